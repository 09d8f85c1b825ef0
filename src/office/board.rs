//! The board of a unit: what is late, at risk, waiting, and with whom. A number and the list behind it
//! are one predicate.

use std::collections::{BTreeMap, HashSet};

use chrono::Days;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::legal_moment::LegalMoment;
use crate::domain::role::Role;
use crate::domain::text_enum;
use crate::domain::time::{Instant, civil_day, day_begins};
use crate::domain::timeliness::{Facts, Timeliness, timeliness};
use crate::store::citizen_messages::{self, CitizenMessage};
use crate::store::dossiers::{self, DossierRow};
use crate::store::open_files::{self, OpenFile};
use crate::store::people::{Account, Unit};
use crate::store::{Conn, letters};

use super::alarm::recipients::screens;
use super::error::{FieldError, OfficeResult, Problem};
use super::{Office, Rules};

/// Working days before its date within which a file is at risk; today is the first.
const RISK_DAYS: u32 = 2;

text_enum! {
    /// A number of the board.
    Part {
        Open = "dang-giai-quyet",
        /// past the first promise
        Late = "qua-han",
        /// the date in force comes within two working days, or its apology is due today
        AtRisk = "sap-tre",
        /// a letter about it waits for a signature
        ToSign = "cho-ky",
        /// the clock stands still
        Waiting = "cho-dan",
    }
}

/// How many files each part has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    pub open: u64,
    pub late: u64,
    pub at_risk: u64,
    pub to_sign: u64,
    pub waiting: u64,
}

/// Whose files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    Everybody,
    /// User name.
    Officer(&'a str),
    Nobody,
}

/// The unit as it stands.
#[derive(Debug, Clone)]
pub struct Board {
    pub unit: Unit,
    pub total: Load,
    /// Who has files; `None`: nobody has them.
    pub officers: Vec<(Option<Account>, Load)>,
    /// What citizens said and nobody saw, with the code of the file.
    pub said: Vec<(CitizenMessage, String)>,
    /// People of the unit who are away today, with who stands in.
    pub away: Vec<(Account, Option<Account>)>,
}

impl Load {
    #[must_use]
    pub const fn of(&self, part: Part) -> u64 {
        match part {
            Part::Open => self.open,
            Part::Late => self.late,
            Part::AtRisk => self.at_risk,
            Part::ToSign => self.to_sign,
            Part::Waiting => self.waiting,
        }
    }

    fn add(&mut self, file: &OpenFile, view: &View) {
        let one = |part| u64::from(view.is_in(file, part));
        self.open += one(Part::Open);
        self.late += one(Part::Late);
        self.at_risk += one(Part::AtRisk);
        self.to_sign += one(Part::ToSign);
        self.waiting += one(Part::Waiting);
    }
}

/// What the predicate needs besides the file.
struct View {
    now: Instant,
    risk_ends: Instant,
    /// Files with a letter to be signed.
    to_sign: HashSet<String>,
}

impl View {
    fn of(conn: &mut Conn, office: &Office, rules: &Rules, now: Instant) -> OfficeResult<Self> {
        let to_sign = letters::to_be_signed(conn)?.into_iter().collect();
        Ok(Self { now, risk_ends: risk_ends(now, office.settings().legal_moment(), &rules.calendar), to_sign })
    }

    fn is_in(&self, file: &OpenFile, part: Part) -> bool {
        let facts = Facts { due_at: file.due_at, closed_at: None, paused_since: file.paused_since };
        match part {
            Part::Open => true,
            Part::Late => timeliness(&facts, self.now) == Timeliness::Overdue,
            Part::AtRisk => {
                let coming = |at: Instant| self.now <= at && at < self.risk_ends;
                file.paused_since.is_none() && file.new_due_at.or(file.due_at).is_some_and(coming)
            }
            Part::ToSign => self.to_sign.contains(&file.id),
            Part::Waiting => file.paused_since.is_some(),
        }
    }
}

/// The midnight up to which a date is at risk: two working days from today on, or as far as promises
/// whose delay has to be told today at the latest.
#[must_use]
pub fn risk_ends(now: Instant, moment: LegalMoment, calendar: &WorkingCalendar) -> Instant {
    let today = civil_day(now);
    let mut day = today;
    let next = |day: chrono::NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
    for at in 0..RISK_DAYS {
        let from = if at == 0 { day } else { next(day) };
        day = calendar.next_working_day_from(from).unwrap_or(from);
    }
    while let Some(later) = calendar.next_working_day_from(next(day)) {
        let told_by = calendar.closes(later).and_then(|due_at| moment.before(due_at, calendar));
        if told_by.is_none_or(|by| civil_day(by) > today) {
            break;
        }
        day = later;
    }
    day_begins(next(day))
}

impl Office {
    /// The units whose board an account looks at, its own first: those it supervises (also for people who
    /// are away), every unit for who answers for all of them.
    ///
    /// # Errors
    /// The database.
    pub fn units_of(&self, now: Instant, account: &Account) -> OfficeResult<Vec<Unit>> {
        self.reading(|_, rules| {
            let mine = screens(rules, &account.id, civil_day(now));
            let all = matches!(account.role, Role::Manager | Role::Admin);
            let leads = |unit: &Unit| unit.supervisor_id.as_ref().is_some_and(|id| mine.contains(id));
            let own = |unit: &Unit| account.unit_id.as_ref() == Some(&unit.id);
            let mut units: Vec<Unit> =
                rules.units.iter().filter(|unit| all || leads(unit) || own(unit)).cloned().collect();
            units.sort_by_key(|unit| (!own(unit), unit.code.clone()));
            Ok(units)
        })
    }

    /// The board of a unit.
    ///
    /// # Errors
    /// A unit that nobody knows; the database.
    pub fn board(&self, now: Instant, unit: &str) -> OfficeResult<Board> {
        self.reading(|conn, rules| {
            let unit = known(rules, unit)?;
            let view = View::of(conn, self, rules, now)?;
            let mut total = Load::default();
            let mut loads: BTreeMap<Option<String>, Load> = BTreeMap::new();
            for file in open_files::of_unit(conn, &unit.id)? {
                total.add(&file, &view);
                loads.entry(file.officer_id.clone()).or_default().add(&file, &view);
            }
            let account = |id: &str| rules.accounts.get(id).cloned();
            let mut officers: Vec<(Option<Account>, Load)> =
                loads.into_iter().map(|(id, load)| (id.as_deref().and_then(account), load)).collect();
            officers.sort_by(|(a, x), (b, y)| {
                let urgency = |load: &Load| (load.late, load.at_risk, load.open);
                let name = |who: &Option<Account>| who.as_ref().map(|who| who.name.clone());
                urgency(y).cmp(&urgency(x)).then_with(|| name(a).cmp(&name(b)))
            });
            let today = civil_day(now);
            let of_unit = |who: &&Account| who.unit_id.as_ref() == Some(&unit.id) && who.disabled_at.is_none();
            let mut away: Vec<(Account, Option<Account>)> = rules
                .accounts
                .values()
                .filter(of_unit)
                .filter(|who| who.is_absent_on(today))
                .map(|who| (who.clone(), who.stand_in_id.as_deref().and_then(account)))
                .collect();
            away.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
            let said = citizen_messages::unseen_of_unit(conn, &unit.id)?;
            Ok(Board { unit: unit.clone(), total, officers, said, away })
        })
    }

    /// The files behind a number of the board: exactly as many as it says.
    ///
    /// # Errors
    /// As [`Office::board`]; a user name that nobody has.
    pub fn board_files(&self, now: Instant, unit: &str, part: Part, whose: Whose<'_>) -> OfficeResult<Vec<DossierRow>> {
        self.reading(|conn, rules| {
            let unit = known(rules, unit)?;
            let officer_id = match whose {
                Whose::Everybody | Whose::Nobody => None,
                Whose::Officer(name) => {
                    let unknown = || FieldError::new("can-bo", name, Problem::UnknownOfficer);
                    Some(rules.accounts.values().find(|who| who.username == name).ok_or_else(unknown)?.id.clone())
                }
            };
            let view = View::of(conn, self, rules, now)?;
            let files = open_files::of_unit(conn, &unit.id)?;
            let fits = |file: &&OpenFile| {
                (whose == Whose::Everybody || file.officer_id == officer_id) && view.is_in(file, part)
            };
            let ids: Vec<&str> = files.iter().filter(fits).map(|file| file.id.as_str()).collect();
            Ok(dossiers::by_ids(conn, &ids)?)
        })
    }
}

fn known<'a>(rules: &'a Rules, code: &str) -> OfficeResult<&'a Unit> {
    Ok(rules.unit_named(code).ok_or_else(|| FieldError::new("don-vi", code, Problem::UnknownUnit))?)
}
