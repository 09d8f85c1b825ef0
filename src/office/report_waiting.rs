//! Online files that nobody accepted yet, as reports see them: no dossiers, in no other figure.

use serde::Serialize;

use crate::domain::reception::Standing;
use crate::domain::summary::Period;
use crate::domain::time::Instant;
use crate::store::submissions::{self, Submission};

use super::error::OfficeResult;
use super::known::unknown_submissions;
use super::report::Question;
use super::report_groups::Grouping;
use super::{Office, Rules};

/// Online files that were not accepted as of the cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct WaitingForReception {
    pub in_time: u64,
    pub late: u64,
    /// Sent back, not completed yet.
    pub returned: u64,
    /// Declined in the period.
    pub not_accepted: u64,
}

impl WaitingForReception {
    pub(super) fn of<'a>(files: impl IntoIterator<Item = &'a Submission>, period: &Period) -> Self {
        let mut figures = Self::default();
        for standing in files.into_iter().filter_map(|file| file.moments().standing(period.cut)) {
            *match standing {
                Standing::InTime => &mut figures.in_time,
                Standing::Late => &mut figures.late,
                Standing::Returned => &mut figures.returned,
                Standing::NotAccepted => &mut figures.not_accepted,
            } += 1;
        }
        figures
    }

    pub(super) const fn plus(self, other: &Self) -> Self {
        Self {
            in_time: self.in_time + other.in_time,
            late: self.late + other.late,
            returned: self.returned + other.returned,
            not_accepted: self.not_accepted + other.not_accepted,
        }
    }
}

/// What a line of a report calls the field of the procedure that is asked for, or the unit: its code.
pub(super) fn part_of<'a>(by: Grouping, rules: &'a Rules, file: &Submission) -> &'a str {
    let version = || rules.procedure_at(&file.procedure_code, file.submitted_at).map(|version| &version.row);
    let code = match by {
        Grouping::Field => version().map(|row| &*row.sector),
        Grouping::Procedure => version().map(|row| &*row.code),
        Grouping::Unit => file.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| &*unit.code),
    };
    code.unwrap_or_default()
}

impl Office {
    /// The online files of a period that were no dossiers, the most urgent first.
    pub(super) fn waiting(&self, question: &Question, period: &Period) -> OfficeResult<Vec<Submission>> {
        self.reading(|conn, rules| {
            let agency = question.agency_of(rules)?;
            let unknown = unknown_submissions(conn, period)?;
            let mut files = submissions::at_cut(conn, &agency.id, period.begins, period.cut)?;
            files.retain(|file| !unknown.contains(&file.code));
            Ok(files)
        })
    }

    /// The online files behind a number: those that stood so at the cut, of a field or unit where one is named.
    ///
    /// # Errors
    /// A wrong period or agency; or the database.
    pub fn waiting_behind(
        &self,
        now: Instant,
        question: &Question,
        standing: Standing,
        part: Option<(Grouping, &str)>,
    ) -> OfficeResult<Vec<Submission>> {
        let period = question.period(now)?;
        let mut files = self.waiting(question, &period)?;
        files.retain(|file| file.moments().standing(period.cut) == Some(standing));
        self.reading(|_, rules| {
            files.retain(|file| part.is_none_or(|(by, code)| part_of(by, rules, file) == code));
            Ok(files)
        })
    }
}
