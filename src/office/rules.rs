//! The rules in force, read from the database: procedures, calendar, units, people.
//!
//! A snapshot in memory. Every change raises `rules_revision` in the database, so that all
//! processes read again at their next step: an edit takes effect without a restart.

mod calendar;
mod ladder;
mod procedure;

use std::collections::HashMap;

use crate::config::Settings;
use crate::domain::calendar::WorkingCalendar;
use crate::domain::notice::NoticePolicy;
use crate::domain::reschedule::NewDatePolicy;
use crate::domain::time::{Instant, civil_day};
use crate::store::calendar_days::StoredDay;
use crate::store::calendar_versions::CalendarVersion;
use crate::store::people::{self, Account, Agency, Unit};
use crate::store::promises::{PromiseKind, PromiseRow};
use crate::store::rungs::{self, RungRow};
use crate::store::time_rules::{self, TimeRule};
use crate::store::{Conn, StoreResult, Tx, calendar_versions, kept};

use super::error::{OfficeError, OfficeResult};

pub use calendar::{calendar_made, calendar_of, calendar_with};
pub use ladder::rung;
pub use procedure::ProcedureVersion;
pub(super) use procedure::{in_force, procedure_versions};

use self::calendar::rows_of;
use self::ladder::Ladders;

const REVISION: &str = "rules_revision";

/// Everything a verb needs to know besides its input.
#[derive(Debug)]
pub struct Rules {
    pub revision: String,
    pub calendar_version: i32,
    pub calendar: WorkingCalendar,
    /// The rows of that calendar, by day.
    pub days: Vec<StoredDay>,
    /// Which decision made it, who answers for it, and its office hours.
    pub made: CalendarVersion,
    pub agencies: Vec<Agency>,
    pub units: Vec<Unit>,
    /// Every version of every time rule; [`Rules::time_rule`] answers which holds.
    pub time_rules: Vec<TimeRule>,
    /// Every version of every rung; [`Rules::ladder`] answers which hold.
    pub rungs: Vec<RungRow>,
    pub accounts: HashMap<String, Account>,
    pub notices: NoticePolicy,
    /// Calendar days before its end at which a citizen is reminded of a supplement; 0: never.
    pub supplement_reminder_days: u32,
    pub new_date: NewDatePolicy,
    ladders: Ladders,
    procedures: HashMap<String, Vec<ProcedureVersion>>,
    versions: HashMap<String, (String, usize)>,
}

impl Rules {
    /// Reads them.
    ///
    /// # Errors
    /// When the database cannot be read, or its calendar contradicts itself.
    pub fn load(conn: &mut Conn, settings: &Settings) -> OfficeResult<Self> {
        let revision = revision(conn)?;
        let calendar_version = calendar_versions::newest(conn)?;
        let (days, made) = rows_of(conn, calendar_version)?;
        let calendar = calendar_made(&made, days.clone())?;
        let procedures = procedure_versions(conn)?;
        let place =
            |(at, version): (usize, &ProcedureVersion)| (version.row.id.clone(), (version.row.code.clone(), at));
        let versions = procedures.values().flat_map(|of_code| of_code.iter().enumerate().map(place)).collect();
        let agencies = people::all_agencies(conn)?;
        let rungs = rungs::all(conn)?;
        Ok(Self {
            revision,
            calendar_version,
            calendar,
            days,
            made,
            ladders: Ladders::new(&rungs, &agencies)?,
            rungs,
            agencies,
            units: people::all_units(conn)?,
            time_rules: time_rules::all(conn)?,
            accounts: people::all_accounts(conn)?.into_iter().map(|account| (account.id.clone(), account)).collect(),
            notices: NoticePolicy { acceptance_warn_hours: settings.notices.acceptance_warn_hours },
            supplement_reminder_days: settings.notices.supplement_reminder_days,
            new_date: NewDatePolicy {
                share_percent: settings.apology.new_date_share_percent,
                min_working_days: settings.apology.new_date_min_working_days,
                max_working_days: settings.apology.new_date_max_working_days,
            },
            procedures,
            versions,
        })
    }

    /// The version of a procedure that held at `at`; for a receipt before the first, the first.
    #[must_use]
    pub fn procedure_at(&self, code: &str, at: Instant) -> Option<&ProcedureVersion> {
        let versions = self.procedures.get(code)?;
        in_force(versions, at).or_else(|| versions.iter().min_by_key(|version| version.row.version))
    }

    /// Every version of every procedure, by code.
    pub(super) const fn procedures(&self) -> &HashMap<String, Vec<ProcedureVersion>> {
        &self.procedures
    }

    /// Every version of every procedure, in no order.
    pub fn every_version(&self) -> impl Iterator<Item = &ProcedureVersion> {
        self.procedures.values().flatten()
    }

    /// Every version of a procedure, by its first moment; empty for an unknown code.
    #[must_use]
    pub fn versions_of(&self, code: &str) -> &[ProcedureVersion] {
        self.procedures.get(code).map_or(&[], Vec::as_slice)
    }

    /// The version with this id.
    #[must_use]
    pub fn procedure_version(&self, id: &str) -> Option<&ProcedureVersion> {
        let (code, index) = self.versions.get(id)?;
        self.procedures.get(code)?.get(*index)
    }

    /// The procedures in force at `now`, by code.
    #[must_use]
    pub fn current_procedures(&self, now: Instant) -> Vec<&ProcedureVersion> {
        let mut current: Vec<_> = self.procedures.values().filter_map(|versions| in_force(versions, now)).collect();
        current.sort_by(|a, b| a.row.code.cmp(&b.row.code));
        current
    }

    /// The version of every procedure that holds at `at`, by code.
    #[must_use]
    pub fn procedures_at(&self, at: Instant) -> Vec<&ProcedureVersion> {
        let mut codes: Vec<&str> = self.procedures.keys().map(String::as_str).collect();
        codes.sort_unstable();
        let ended = |version: &&ProcedureVersion| version.row.valid_to.is_some_and(|end| end <= at);
        codes.into_iter().filter_map(|code| self.procedure_at(code, at).filter(|version| !ended(version))).collect()
    }

    /// The versions that begin after `now` and were not replaced before, by code and first moment.
    #[must_use]
    pub fn coming_procedures(&self, now: Instant) -> Vec<&ProcedureVersion> {
        let comes = |version: &&ProcedureVersion| version.row.valid_from > now && version.ever_holds();
        let mut coming: Vec<_> = self.every_version().filter(comes).collect();
        coming.sort_by(|a, b| (&a.row.code, a.row.valid_from).cmp(&(&b.row.code, b.row.valid_from)));
        coming
    }

    /// The unit with this code or name.
    #[must_use]
    pub fn unit_named(&self, text: &str) -> Option<&Unit> {
        let text = text.trim();
        self.units.iter().find(|unit| unit.code.eq_ignore_ascii_case(text) || unit.name == text)
    }

    #[must_use]
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The unit that handles a sector; the agency's first unit takes what no unit claims.
    #[must_use]
    pub fn unit_for_sector(&self, sector: &str) -> Option<&Unit> {
        let claims = |unit: &&Unit| unit.sectors.lines().any(|claimed| claimed == sector);
        self.units.iter().find(claims).or_else(|| self.desk())
    }

    /// The unit that receives files (bộ phận một cửa): the one that claims no sector, else the first.
    #[must_use]
    pub fn desk(&self) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.sectors.is_empty()).or_else(|| self.units.first())
    }

    /// The person with this user name or name.
    #[must_use]
    pub fn person_named(&self, text: &str) -> Option<&Account> {
        let text = text.trim();
        let fits =
            |account: &&Account| account.disabled_at.is_none() && (account.username == text || account.name == text);
        self.accounts.values().filter(fits).min_by(|a, b| a.username.cmp(&b.username))
    }

    /// Whether a promise is still provisional: it was when it was made, and the days it relied on are not
    /// published and confirmed yet. The new date of an apology relies on its own day only.
    #[must_use]
    pub fn is_provisional(&self, promise: &PromiseRow) -> bool {
        let due_day = civil_day(promise.due_at);
        let from = match promise.kind {
            PromiseKind::Rescheduled => due_day,
            PromiseKind::Initial
            | PromiseKind::Imported
            | PromiseKind::Restarted
            | PromiseKind::Resumed
            | PromiseKind::Redated => civil_day(promise.counted_from),
        };
        promise.provisional && self.calendar.is_doubtful(from, due_day)
    }

    /// The agency dossiers belong to.
    ///
    /// # Errors
    /// When none was set up.
    pub fn agency(&self) -> OfficeResult<&Agency> {
        self.agencies.first().ok_or_else(|| OfficeError::Broken("no agency: run `dunghen migrate`".to_owned()))
    }
}

/// The revision that the database has now.
///
/// # Errors
/// When the database cannot be read.
pub fn revision(conn: &mut Conn) -> StoreResult<String> {
    Ok(kept::get(conn, REVISION)?.unwrap_or_default())
}

/// Makes every process read the rules again.
///
/// # Errors
/// When the database cannot be written.
pub fn touch(tx: &mut Tx<'_>, now: Instant) -> StoreResult<()> {
    let count: u64 = revision(tx)?.split('@').next().and_then(|count| count.parse().ok()).unwrap_or(0);
    kept::put(tx, REVISION, &format!("{}@{}", count + 1, now.timestamp()))
}
