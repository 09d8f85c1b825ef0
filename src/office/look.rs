//! Reading: a dossier with all that belongs to it, lists, and the state of the works.

use crate::domain::calendar::WorkingCalendar;
use crate::domain::time::Instant;
use crate::domain::timeliness::{Facts, Timeliness, law_due_at, timeliness};
use crate::domain::working_time::working_days_late;
use crate::store::dossiers::{self, After, DossierRow, Filter, Order};
use crate::store::journal::{self, Entry};
use crate::store::letters::{self, LetterRow, LetterState};
use crate::store::outbox::{self, Message};
use crate::store::promises::{self, PauseRow, PromiseRow};
use crate::store::sub_deadlines::{self, SubDeadline};
use crate::store::submissions;

use super::Office;
use super::error::{OfficeError, OfficeResult};
use super::outage::Lines;

/// A dossier and everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Whole {
    pub row: DossierRow,
    pub promises: Vec<PromiseRow>,
    pub pauses: Vec<PauseRow>,
    pub events: Vec<Entry>,
    pub sub_deadlines: Vec<SubDeadline>,
    /// Issued.
    pub letters: Vec<LetterRow>,
    /// Not issued: drafts, refused and dropped ones.
    pub drafts: Vec<LetterRow>,
    pub messages: Vec<Message>,
}

/// How the works run: for `/health/ready` and `/metrics`.
#[derive(Debug, Clone)]
pub struct Health {
    pub sweep_finished_at: Option<Instant>,
    pub dispatch_finished_at: Option<Instant>,
    /// Since when the oldest message could have left and did not.
    pub oldest_unsent_at: Option<Instant>,
    pub lines: Lines,
    pub outbox: Vec<(String, i64)>,
    /// Online files whose time for acceptance is over.
    pub submissions_late: i64,
}

impl Office {
    /// The dossier with this code and all that belongs to it.
    ///
    /// # Errors
    /// Not found; or the database.
    pub fn whole(&self, code: &str) -> OfficeResult<Whole> {
        self.store().read(|conn| {
            let row = dossiers::by_code(conn, code)?.ok_or(OfficeError::NotFound)?;
            let all = letters::all_of_dossier(conn, &row.id)?.into_iter();
            let (mut issued, drafts): (Vec<_>, Vec<_>) = all.partition(|letter| letter.state == LetterState::Issued);
            issued.sort_by_key(|letter| (letter.issued_at, letter.serial));
            Ok(Whole {
                promises: promises::of_dossier(conn, &row.id)?,
                pauses: promises::pauses_of(conn, &row.id)?,
                events: journal::of_dossier(conn, &row.id)?,
                sub_deadlines: sub_deadlines::of_dossier(conn, &row.id)?,
                letters: issued,
                drafts,
                messages: outbox::of_dossier(conn, &row.id)?,
                row,
            })
        })
    }

    /// What was promised for a dossier, oldest first.
    ///
    /// # Errors
    /// The database.
    pub fn promises(&self, row: &DossierRow) -> OfficeResult<Vec<PromiseRow>> {
        Ok(self.store().read(|conn| promises::of_dossier(conn, &row.id))?)
    }

    /// The dates inside the limit of a dossier, in the order they began.
    ///
    /// # Errors
    /// The database.
    pub fn sub_deadlines(&self, row: &DossierRow) -> OfficeResult<Vec<SubDeadline>> {
        Ok(self.store().read(|conn| sub_deadlines::of_dossier(conn, &row.id))?)
    }

    /// The dossier behind the secret of the citizen's page.
    ///
    /// # Errors
    /// Not found; or the database.
    pub fn whole_by_status_token(&self, token: &str) -> OfficeResult<Whole> {
        let row = self.store().read(|conn| dossiers::by_status_token(conn, token))?.ok_or(OfficeError::NotFound)?;
        let mut whole = self.whole(&row.code)?;
        // It never was the citizen's.
        whole.letters.retain(|letter| !letter.is_taken_back());
        Ok(whole)
    }

    /// One page of a list.
    ///
    /// # Errors
    /// The database.
    pub fn list(
        &self,
        filter: &Filter,
        order: Order,
        after: Option<&After>,
        limit: i64,
    ) -> OfficeResult<Vec<DossierRow>> {
        Ok(self.store().read(|conn| dossiers::list(conn, filter, order, after, limit))?)
    }

    /// When the jobs last ended well, and what waits to be sent.
    ///
    /// # Errors
    /// The database.
    pub fn health(&self, now: Instant) -> OfficeResult<Health> {
        let lines = self.lines(now)?;
        self.reading(|conn, rules| {
            let jobs = crate::store::jobs::all(conn)?;
            let finished = |name: &str| jobs.iter().find(|job| job.name == name).and_then(|job| job.finished_at);
            Ok(Health {
                sweep_finished_at: finished("sweep"),
                dispatch_finished_at: finished("dispatch"),
                oldest_unsent_at: self.overdue_since(rules, now, outbox::oldest_waiting(conn, now)?),
                lines,
                submissions_late: submissions::count_late(conn, now)?,
                outbox: outbox::count_by_state(conn)?
                    .into_iter()
                    .map(|(state, count)| (state.to_string(), count))
                    .collect(),
            })
        })
    }
}

/// The verdict on a dossier against its judged promise.
#[must_use]
pub fn verdict(row: &DossierRow, now: Instant) -> Timeliness {
    timeliness(&Facts { due_at: row.due_at, closed_at: row.closed_at, paused_since: row.paused_since }, now)
}

/// The date of the statutory limit, beside the promise; `None` while the law's number is unknown.
#[must_use]
pub fn law_date(row: &DossierRow) -> Option<Instant> {
    law_due_at(row.due_at, row.statutory_due_at)
}

/// The verdict against the statutory limit; `None` while the law's number is unknown.
#[must_use]
pub fn law_verdict(row: &DossierRow, now: Instant) -> Option<Timeliness> {
    let due_at = Some(law_date(row)?);
    Some(timeliness(&Facts { due_at, closed_at: row.closed_at, paused_since: row.paused_since }, now))
}

/// How late a dossier is against its promise and against the law, in working days after the due day
/// (0: later on that day); `None`: not late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    pub promise: Option<u32>,
    pub law: Option<u32>,
}

impl Lateness {
    /// As it stood at `at`.
    #[must_use]
    pub fn of(row: &DossierRow, at: Instant, calendar: &WorkingCalendar) -> Self {
        let until = row.closed_at.map_or(at, |closed| closed.min(at));
        let days = |due_at: Option<Instant>, verdict: Option<Timeliness>| {
            let due_at = due_at.filter(|_| verdict.is_some_and(Timeliness::is_late))?;
            Some(working_days_late(due_at, until, calendar))
        };
        Self { promise: days(row.due_at, Some(verdict(row, at))), law: days(law_date(row), law_verdict(row, at)) }
    }
}
