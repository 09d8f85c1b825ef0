//! A report by its name: its JSON, and the table that files and pages are made of.

use serde::Serialize;
use serde_json::Value;

use crate::domain::text_enum;
use crate::domain::time::Instant;
use crate::render::tables::{self, Table};

use super::Office;
use super::error::OfficeResult;
use super::report::Question;
use super::report_groups::Grouping;

text_enum! {
    /// The reports that have a page and files.
    ReportKind {
        Summary = "summary",
        Form06a = "06a",
        Reasons = "reasons",
        Form07a = "07a",
        Units = "units",
        Online = "online",
    }
}

impl ReportKind {
    /// Whether its lines can be fields or units.
    #[must_use]
    pub const fn is_grouped(self) -> bool {
        match self {
            Self::Form06a | Self::Reasons | Self::Form07a => true,
            Self::Summary | Self::Units | Self::Online => false,
        }
    }
}

impl Office {
    /// The answer of a report; `by` is read where its lines can be fields or units.
    ///
    /// # Errors
    /// A wrong period or agency; figures that do not add up; or the database.
    pub fn report(
        &self,
        now: Instant,
        question: &Question,
        kind: ReportKind,
        by: Grouping,
    ) -> OfficeResult<(Value, Table)> {
        Ok(match kind {
            ReportKind::Summary => both(&self.summary(now, question)?, tables::summary)?,
            ReportKind::Form06a => both(&self.form_06a(now, question, by)?, tables::form_06a)?,
            ReportKind::Reasons => both(&self.reasons_report(now, question, by)?, tables::reasons)?,
            ReportKind::Form07a => both(&self.form_07a(now, question, by)?, tables::form_07a)?,
            ReportKind::Units => both(&self.units_report(now, question)?, tables::units)?,
            ReportKind::Online => both(&self.online_report(now, question)?, tables::online)?,
        })
    }
}

fn both(report: &impl Serialize, table: fn(&Value) -> Table) -> OfficeResult<(Value, Table)> {
    let json = serde_json::to_value(report)?;
    let table = table(&json);
    Ok((json, table))
}
