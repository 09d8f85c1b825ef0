//! The files behind a number of a report: exactly as many as it says.

use std::collections::HashMap;

use crate::config::Settings;
use crate::domain::ageing::{AgeBand, DueBand, ages};
use crate::domain::channel::Channel;
use crate::domain::late_reason::LateReason;
use crate::domain::summary::{Bucket, Counted, Period};
use crate::domain::text_enum;
use crate::domain::time::Instant;
use crate::store::dossiers::{self, DossierRow};
use crate::store::{Conn, filings};

use super::error::{FieldError, OfficeResult, Problem};
use super::report::Question;
use super::report_groups::Grouping;
use super::report_procedures::calendar_at;
use super::report_reasons::Reasons;
use super::{Office, Rules};

text_enum! {
    /// Who filled a file in, as far as it is recorded.
    Filer {
        /// an officer of the centre, with the citizen
        Assisted = "assisted",
        Representative = "representative",
        /// the applicant, or nobody knows: files taken over from another system do not tell
        SelfOrUnknown = "self_or_unknown",
    }
}

/// A narrower question about a number; what is not named is not asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Narrow<'a> {
    /// Its code.
    pub procedure: Option<&'a str>,
    pub channel: Option<Channel>,
    /// Code of the unit that handles the files; empty: no unit does.
    pub unit: Option<&'a str>,
    /// Name of the field of their procedures; empty: it has none.
    pub field: Option<&'a str>,
    pub filed: Option<Filer>,
    pub age: Option<AgeBand>,
    pub due: Option<DueBand>,
    pub reason: Option<LateReason>,
}

impl Narrow<'_> {
    fn check(&self, rules: &Rules, now: Instant) -> OfficeResult<()> {
        if let Some(code) = self.procedure.filter(|code| rules.procedure_at(code, now).is_none()) {
            return Err(FieldError::new("procedure", code, Problem::UnknownProcedure).into());
        }
        if let Some(code) = self.unit.filter(|code| !code.is_empty() && rules.unit_named(code).is_none()) {
            return Err(FieldError::new("unit", code, Problem::UnknownUnit).into());
        }
        Ok(())
    }

    /// Those of the files that are asked for.
    fn of<'a>(
        &self,
        conn: &mut Conn,
        (rules, settings): (&Rules, &Settings),
        period: &Period,
        mut files: Vec<&'a Counted>,
    ) -> OfficeResult<Vec<&'a Counted>> {
        files.retain(|one| self.channel.is_none_or(|channel| one.channel == channel));
        let parts = [(Grouping::Procedure, self.procedure), (Grouping::Unit, self.unit), (Grouping::Field, self.field)];
        for (grouping, asked) in parts {
            let unit = asked.filter(|_| grouping == Grouping::Unit).and_then(|code| rules.unit_named(code));
            // A unit may be asked for by its name.
            let asked = unit.map(|unit| unit.code.as_str()).or(asked);
            files.retain(|one| asked.is_none_or(|code| grouping.code(rules, one) == code));
        }
        if let Some(filer) = self.filed {
            let known = Filers::of(conn, files.iter().copied())?;
            files.retain(|one| known.of_file(one) == filer);
        }
        if self.age.is_some() || self.due.is_some() {
            let older = calendar_at(conn, rules, period.cut)?;
            let calendar = older.as_ref().unwrap_or(&rules.calendar);
            files.retain(|one| {
                ages(one, period, calendar).is_some_and(|(age, due)| {
                    self.age.is_none_or(|asked| age == asked) && self.due.is_none_or(|asked| due == asked)
                })
            });
        }
        if let Some(reason) = self.reason {
            let known = Reasons::at(conn, settings, period.cut, files.iter().copied())?;
            files.retain(|one| known.of(one) == reason);
        }
        Ok(files)
    }
}

/// Who filled in what, where that is recorded.
#[derive(Debug, Default)]
pub(super) struct Filers {
    known: filings::Helped,
}

impl Filers {
    pub(super) fn of<'a>(conn: &mut Conn, files: impl IntoIterator<Item = &'a Counted>) -> OfficeResult<Self> {
        let (mut first, mut last): (Option<Instant>, Option<Instant>) = (None, None);
        for file in files {
            first = Some(first.map_or(file.received_at, |at| at.min(file.received_at)));
            last = last.max(Some(file.received_at));
        }
        let Some((first, last)) = first.zip(last) else { return Ok(Self::default()) };
        Ok(Self { known: filings::helped_between(conn, first, last + chrono::Duration::seconds(1))? })
    }

    pub(super) fn of_file(&self, file: &Counted) -> Filer {
        use crate::domain::filing::FiledBy;
        match self.known.get(&file.dossier_id) {
            Some(FiledBy::Assisted) => Filer::Assisted,
            Some(FiledBy::Representative) => Filer::Representative,
            Some(FiledBy::Itself) | None => Filer::SelfOrUnknown,
        }
    }
}

impl Office {
    /// The dossiers behind a number of the summary: exactly as many as it says.
    ///
    /// # Errors
    /// As [`Office::summary`].
    pub fn behind(&self, now: Instant, question: &Question, bucket: Bucket) -> OfficeResult<Vec<DossierRow>> {
        self.behind_of(now, question, bucket, &Narrow::default())
    }

    /// The dossiers behind a number, only those that the narrower question leaves.
    ///
    /// # Errors
    /// As [`Office::summary`]; a procedure or unit that nobody knows.
    pub fn behind_of(
        &self,
        now: Instant,
        question: &Question,
        bucket: Bucket,
        narrow: &Narrow<'_>,
    ) -> OfficeResult<Vec<DossierRow>> {
        let period = question.period(now)?;
        let (_, counted) = self.counted(question, &period)?;
        self.reading(|conn, rules| {
            narrow.check(rules, now)?;
            let files = in_bucket(&counted, bucket, &period);
            let files = narrow.of(conn, (rules, self.settings()), &period, files)?;
            let ends: HashMap<&str, Instant> =
                files.iter().filter_map(|one| Some((one.dossier_id.as_str(), one.closed_at?))).collect();
            let ids: Vec<&str> = files.iter().map(|one| one.dossier_id.as_str()).collect();
            let mut rows = dossiers::by_ids(conn, &ids)?;
            // A result that was corrected since is shown as it was recorded then.
            for row in rows.iter_mut().filter(|row| row.closed_at.is_some()) {
                row.closed_at = ends.get(row.id.as_str()).copied().or(row.closed_at);
            }
            Ok(rows)
        })
    }
}

fn in_bucket<'a>(counted: &'a [Counted], bucket: Bucket, period: &Period) -> Vec<&'a Counted> {
    counted.iter().filter(|one| one.is_in(bucket, period)).collect()
}
