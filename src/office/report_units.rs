//! The summary of each unit that handled files at the cut.

use serde::Serialize;

use crate::domain::indicator::Indicator;
use crate::domain::summary::Summary;
use crate::domain::time::Instant;
use crate::render::report_words::{Definition, definitions};

use super::error::OfficeResult;
use super::report::{Head, Question, SummaryFigures};
use super::report_groups::Grouping;
use super::{Office, OfficeError};

#[derive(Debug, Clone, Serialize)]
pub struct UnitsReport {
    #[serde(flatten)]
    pub head: Head,
    pub units: Vec<UnitLine>,
    /// What the summary of the agency says.
    pub total: SummaryFigures,
    pub definitions: Vec<Definition>,
}

#[derive(Debug, Clone, Serialize)]
pub struct UnitLine {
    pub no: u64,
    /// Empty: no unit handled the files.
    pub code: String,
    pub name: String,
    #[serde(flatten)]
    pub figures: SummaryFigures,
}

impl Office {
    /// The figures of a period by unit.
    ///
    /// # Errors
    /// A wrong period or agency; the database; [`OfficeError::Broken`] when the units do not add up to the summary.
    pub fn units_report(&self, now: Instant, question: &Question) -> OfficeResult<UnitsReport> {
        let period = question.period(now)?;
        let (agency, files) = self.counted(question, &period)?;
        let whole = Summary::of(files.iter(), &period);
        let units = self.reading(|_, rules| {
            let groups = Grouping::Unit.of(rules, &period, &files).into_iter();
            Ok(groups
                .map(|group| (group.code.to_owned(), group.name, Summary::of(group.files, &period)))
                .collect::<Vec<_>>())
        })?;
        let sound = units.iter().all(|(_, _, summary)| summary.is_consistent()) && whole.is_consistent();
        if !sound || Summary::sum(units.iter().map(|(_, _, summary)| summary)) != whole {
            return Err(OfficeError::Broken("the units do not add up to the summary".to_owned()));
        }
        let line = |(no, (code, name, summary)): (u64, (String, String, Summary))| UnitLine {
            no,
            code,
            name,
            figures: SummaryFigures::of(&summary),
        };
        Ok(UnitsReport {
            head: question.head(now, agency),
            units: (1..).zip(units).map(line).collect(),
            total: SummaryFigures::of(&whole),
            definitions: definitions(Indicator::ALL),
        })
    }
}
