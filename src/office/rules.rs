//! The rules in force, read from the database: procedures, calendar, units, people.
//!
//! A snapshot in memory. Every change raises `rules_revision` in the database, so that all
//! processes read again at their next step: an edit takes effect without a restart.

use std::collections::HashMap;

use chrono::NaiveTime;

use crate::config::Settings;
use crate::domain::calendar::{CalendarDay, WorkingCalendar};
use crate::domain::channel::Channel;
use crate::domain::limit::{Limit, LimitKind};
use crate::domain::notice::NoticePolicy;
use crate::domain::office_hours::OfficeHours;
use crate::domain::reschedule::NewDatePolicy;
use crate::domain::time::{Instant, civil_day};
use crate::store::calendar_days::{self, StoredDay};
use crate::store::calendar_versions::CalendarVersion;
use crate::store::people::{self, Account, Agency, Unit};
use crate::store::procedures::{self, Procedure, ProcedureLimit};
use crate::store::promises::{PromiseKind, PromiseRow};
use crate::store::time_rules::{self, TimeRule};
use crate::store::{Conn, StoreError, StoreResult, Tx, calendar_versions, kept};

use super::Actor;
use super::error::{OfficeError, OfficeResult};

const REVISION: &str = "rules_revision";

/// A version of a procedure with its limits.
#[derive(Debug, Clone)]
pub struct ProcedureVersion {
    pub row: Procedure,
    pub limits: Vec<ProcedureLimit>,
}

impl ProcedureVersion {
    /// The row of the statutory limit for `channel`: its own, else the one for every channel.
    #[must_use]
    pub fn limit_row(&self, channel: Channel) -> Option<&ProcedureLimit> {
        self.row_of(LimitKind::Statutory, channel)
    }

    /// The statutory limit for `channel`, without what an area adds; `None` when the law's number is missing.
    #[must_use]
    pub fn limit(&self, channel: Channel) -> Option<Limit> {
        self.limit_row(channel).and_then(limit_of)
    }

    /// The row of the office's own shorter limit for `channel`.
    #[must_use]
    pub fn commitment_row(&self, channel: Channel) -> Option<&ProcedureLimit> {
        self.row_of(LimitKind::Commitment, channel)
    }

    /// The office's own shorter limit for `channel`, if it committed to one.
    #[must_use]
    pub fn commitment(&self, channel: Channel) -> Option<Limit> {
        self.commitment_row(channel).and_then(limit_of)
    }

    /// Whether another version did not take its place before it began.
    #[must_use]
    pub fn ever_holds(&self) -> bool {
        self.row.valid_to.is_none_or(|end| end > self.row.valid_from)
    }

    /// When it begins, if somebody announced it for later than `now`. What came with the set-up or from
    /// the command line records what held before as well, so that older receipts find it.
    #[must_use]
    pub fn announced_for(&self, now: Instant) -> Option<Instant> {
        let seeded = ["", Actor::System.journal_name(), Actor::CommandLine.journal_name()];
        (self.row.valid_from > now && !seeded.contains(&self.row.entered_by.as_str())).then_some(self.row.valid_from)
    }

    fn row_of(&self, kind: LimitKind, channel: Channel) -> Option<&ProcedureLimit> {
        let mut rows = self.limits.iter().filter(|limit| limit.kind == kind);
        let own = rows.clone().find(|limit| limit.channel == Some(channel));
        own.or_else(|| rows.find(|limit| limit.channel.is_none()))
    }
}

fn limit_of(row: &ProcedureLimit) -> Option<Limit> {
    Limit::new(u32::try_from(row.limit_value?).ok()?, row.limit_unit?).ok()
}

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
    pub accounts: HashMap<String, Account>,
    pub notices: NoticePolicy,
    /// Calendar days before its end at which a citizen is reminded of a supplement; 0: never.
    pub supplement_reminder_days: u32,
    pub new_date: NewDatePolicy,
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
        Ok(Self {
            revision,
            calendar_version,
            calendar,
            days,
            made,
            agencies: people::all_agencies(conn)?,
            units: people::all_units(conn)?,
            time_rules: time_rules::all(conn)?,
            accounts: people::all_accounts(conn)?.into_iter().map(|account| (account.id.clone(), account)).collect(),
            notices: NoticePolicy {
                due_soon_working_days: settings.notices.due_soon_working_days,
                due_soon_share_percent: settings.notices.due_soon_share_percent,
                acceptance_warn_hours: settings.notices.acceptance_warn_hours,
            },
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

/// Every version of every procedure by code, each list by the first moment of its versions; of two that
/// begin together the later one holds.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn procedure_versions(conn: &mut Conn) -> StoreResult<HashMap<String, Vec<ProcedureVersion>>> {
    let mut limits: HashMap<String, Vec<ProcedureLimit>> = HashMap::new();
    for limit in procedures::all_limits(conn)? {
        limits.entry(limit.procedure_id.clone()).or_default().push(limit);
    }
    let mut by_code: HashMap<String, Vec<ProcedureVersion>> = HashMap::new();
    for row in procedures::all(conn)? {
        let limits = limits.remove(&row.id).unwrap_or_default();
        by_code.entry(row.code.clone()).or_default().push(ProcedureVersion { row, limits });
    }
    for versions in by_code.values_mut() {
        versions.sort_by_key(|version| (version.row.valid_from, version.row.version));
    }
    Ok(by_code)
}

/// The version of a sorted list that holds at `at`; one that ended before it began never did.
pub(super) fn in_force(versions: &[ProcedureVersion], at: Instant) -> Option<&ProcedureVersion> {
    versions.iter().rev().find(|version| version.row.valid_from <= at && version.ever_holds())
}

/// The calendar as version `version` had it.
///
/// # Errors
/// When the database cannot be read, or the rows contradict each other.
pub fn calendar_of(conn: &mut Conn, version: i32) -> OfficeResult<WorkingCalendar> {
    let (days, made) = rows_of(conn, version)?;
    calendar_made(&made, days)
}

fn rows_of(conn: &mut Conn, version: i32) -> OfficeResult<(Vec<StoredDay>, CalendarVersion)> {
    let made = calendar_versions::find(conn, version)?
        .ok_or_else(|| OfficeError::Broken(format!("calendar version {version} is gone: run `dunghen migrate`")))?;
    Ok((calendar_days::of_version(conn, version)?, made))
}

/// The calendar of these rows with the hours of a version.
///
/// # Errors
/// When the rows contradict each other.
pub fn calendar_made(made: &CalendarVersion, days: Vec<StoredDay>) -> OfficeResult<WorkingCalendar> {
    calendar_with(made.version, days, &serde_json::from_str(&made.office_hours)?, made.same_day_cutoff.parse().ok())
}

/// The calendar that rows and hours make; `cutoff` is the same-day cut-off.
///
/// # Errors
/// When the rows contradict each other, or there is no cut-off.
pub fn calendar_with(
    version: i32,
    days: Vec<StoredDay>,
    hours: &OfficeHours,
    cutoff: Option<NaiveTime>,
) -> OfficeResult<WorkingCalendar> {
    let days = days.into_iter().map(calendar_day).collect::<StoreResult<Vec<_>>>()?;
    let cutoff = cutoff.ok_or_else(|| OfficeError::Broken(format!("calendar version {version}: no cut-off")))?;
    WorkingCalendar::new(version, &days, hours, cutoff)
        .map_err(|error| OfficeError::Broken(format!("calendar: {error}")))
}

fn calendar_day(row: StoredDay) -> StoreResult<CalendarDay> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("calendar_days.{what} on {}", row.day));
    Ok(CalendarDay {
        date: row.day,
        kind: row.kind.parse().map_err(|_| corrupt("kind"))?,
        confidence: row.confidence.parse().map_err(|_| corrupt("confidence"))?,
        basis: Some(row.basis).filter(|basis| !basis.is_empty()),
        name: row.name,
    })
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
