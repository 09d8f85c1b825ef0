//! The rules in force, read from the database: procedures, calendar, units, people.
//!
//! A snapshot in memory. Every change raises `rules_revision` in the database, so that all
//! processes read again at their next step: an edit takes effect without a restart.

mod calendar;
mod ladder;
mod procedure;

use std::collections::HashMap;
use std::sync::Arc;

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
    pub calendar: Arc<WorkingCalendar>,
    /// The rows of that calendar, by day.
    pub days: Arc<Vec<StoredDay>>,
    /// Which decision made it, who answers for it, and its office hours.
    pub made: CalendarVersion,
    /// The one of the settings first; narrowed, the one they are narrowed to.
    pub agencies: Vec<Agency>,
    /// These are the rules of one agency of several.
    pub narrowed: bool,
    /// Whether what all agencies share (procedures, calendar, time rules) is changed from here.
    pub leads: bool,
    pub units: Vec<Unit>,
    /// Every version of every time rule; [`Rules::time_rule`] answers which holds.
    pub time_rules: Arc<Vec<TimeRule>>,
    /// Every version of every rung; [`Rules::ladder`] answers which hold.
    pub rungs: Vec<RungRow>,
    pub accounts: HashMap<String, Account>,
    pub notices: NoticePolicy,
    /// Calendar days before its end at which a citizen is reminded of a supplement; 0: never.
    pub supplement_reminder_days: u32,
    pub new_date: NewDatePolicy,
    /// The settings describe another agency than this one.
    elsewhere: bool,
    ladders: Ladders,
    procedures: Arc<HashMap<String, Vec<ProcedureVersion>>>,
    versions: Arc<HashMap<String, (String, usize)>>,
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
        let mut agencies = people::all_agencies(conn)?;
        agencies.sort_by_key(|agency| agency.code != settings.agency.code);
        let rungs = rungs::all(conn)?;
        Ok(Self {
            revision,
            calendar_version,
            calendar: Arc::new(calendar),
            days: Arc::new(days),
            made,
            narrowed: false,
            leads: true,
            elsewhere: false,
            ladders: Ladders::new(&rungs, &agencies)?,
            rungs,
            agencies,
            units: people::all_units(conn)?,
            time_rules: Arc::new(time_rules::all(conn)?),
            accounts: people::all_accounts(conn)?.into_iter().map(|account| (account.id.clone(), account)).collect(),
            notices: NoticePolicy { acceptance_warn_hours: settings.notices.acceptance_warn_hours },
            supplement_reminder_days: settings.notices.supplement_reminder_days,
            new_date: NewDatePolicy {
                share_percent: settings.apology.new_date_share_percent,
                min_working_days: settings.apology.new_date_min_working_days,
                max_working_days: settings.apology.new_date_max_working_days,
            },
            procedures: Arc::new(procedures),
            versions: Arc::new(versions),
        })
    }

    /// The rules as one of several agencies has them: its own people, units and rungs, and what all share.
    ///
    /// # Errors
    /// Not found for an agency that is not there.
    pub(super) fn narrowed_to(&self, agency_id: &str) -> OfficeResult<Self> {
        let agency = self.agencies.iter().find(|agency| agency.id == agency_id).ok_or(OfficeError::NotFound)?;
        let first = self.agencies.first().is_some_and(|first| first.id == agency_id);
        let agencies = vec![agency.clone()];
        let of_us = |row: &&RungRow| row.agency_code.is_empty() || row.agency_code == agency.code;
        let rungs: Vec<RungRow> = self.rungs.iter().filter(of_us).cloned().collect();
        let accounts = self.accounts.iter().filter(|(_, account)| account.agency_id == agency_id);
        Ok(Self {
            revision: self.revision.clone(),
            calendar_version: self.calendar_version,
            calendar: Arc::clone(&self.calendar),
            days: Arc::clone(&self.days),
            made: self.made.clone(),
            ladders: Ladders::new(&rungs, &agencies)?,
            rungs,
            narrowed: true,
            leads: agency.oversees || (first && self.agencies.iter().all(|agency| !agency.oversees)),
            elsewhere: !first,
            agencies,
            units: self.units.iter().filter(|unit| unit.agency_id == agency_id).cloned().collect(),
            time_rules: Arc::clone(&self.time_rules),
            accounts: accounts.map(|(id, account)| (id.clone(), account.clone())).collect(),
            notices: self.notices,
            supplement_reminder_days: self.supplement_reminder_days,
            new_date: self.new_date,
            procedures: Arc::clone(&self.procedures),
            versions: Arc::clone(&self.versions),
        })
    }

    /// The name under which the agency keeps what each has for itself; the first agency's is that of an
    /// install that has no other.
    #[must_use]
    pub fn own_name(&self, name: &str) -> String {
        match self.agencies.first().filter(|_| self.elsewhere) {
            Some(agency) => format!("{}/{name}", agency.id),
            None => name.to_owned(),
        }
    }

    /// The version of a procedure that held at `at`; for a receipt before the first, the first.
    #[must_use]
    pub fn procedure_at(&self, code: &str, at: Instant) -> Option<&ProcedureVersion> {
        let versions = self.procedures.get(code)?;
        in_force(versions, at).or_else(|| versions.iter().min_by_key(|version| version.row.version))
    }

    /// Every version of every procedure, by code.
    pub(super) fn procedures(&self) -> &HashMap<String, Vec<ProcedureVersion>> {
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
