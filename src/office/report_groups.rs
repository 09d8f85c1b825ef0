//! The files of a report by what they have in common.

use std::collections::BTreeMap;

use crate::domain::summary::{Counted, Period};
use crate::domain::text_enum;
use crate::render::report_words::{NO_FIELD, NO_UNIT};

use super::Rules;
use super::error::{FieldError, Problem};

text_enum! {
    /// What makes files a group.
    Grouping {
        /// The field (lĩnh vực) of the procedure's version under which they were received.
        Field = "field",
        /// The unit that handled them at the cut.
        Unit = "unit",
        Procedure = "procedure",
    }
}

/// Files of one kind. The code is the field's name, the unit's or procedure's code; empty: none.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub code: &'a str,
    pub name: String,
    pub files: Vec<&'a Counted>,
}

/// How the report 06a is grouped; by field when nothing is asked.
///
/// # Errors
/// [`Problem::NotOneOf`].
pub fn field_or_unit(text: Option<&str>) -> Result<Grouping, FieldError> {
    match text.filter(|text| !text.is_empty()) {
        None | Some("field") => Ok(Grouping::Field),
        Some("unit") => Ok(Grouping::Unit),
        Some(other) => Err(FieldError::new("by", other, Problem::NotOneOf { expected: &["field", "unit"] })),
    }
}

impl Grouping {
    /// The files, each in exactly one group, by code.
    pub(super) fn of<'a>(self, rules: &'a Rules, period: &Period, files: &'a [Counted]) -> Vec<Group<'a>> {
        let mut found: BTreeMap<&str, Vec<&Counted>> = BTreeMap::new();
        for file in files {
            found.entry(self.code(rules, file)).or_default().push(file);
        }
        found.into_iter().map(|(code, files)| Group { code, name: self.name(rules, period, code), files }).collect()
    }

    pub(super) fn code<'a>(self, rules: &'a Rules, file: &Counted) -> &'a str {
        let version = || rules.procedure_version(&file.procedure_id).map(|version| &version.row);
        let code = match self {
            Self::Field => version().map(|row| &*row.sector),
            Self::Procedure => version().map(|row| &*row.code),
            Self::Unit => file.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| &*unit.code),
        };
        code.unwrap_or_default()
    }

    pub(super) fn name(self, rules: &Rules, period: &Period, code: &str) -> String {
        match self {
            Self::Field if code.is_empty() => NO_FIELD.to_owned(),
            Self::Field => code.to_owned(),
            Self::Unit => rules.unit_named(code).map_or_else(|| NO_UNIT.to_owned(), |unit| unit.name.clone()),
            Self::Procedure => {
                // The name of then: a later version must not change an old report.
                let seen = period.cut - chrono::Duration::seconds(1);
                rules.procedure_at(code, seen).map(|version| version.row.name.clone()).unwrap_or_default()
            }
        }
    }
}
