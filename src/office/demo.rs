//! The demonstration: one commune, a year of dossiers up to now, the same on every machine.
//!
//! It goes through the same verbs as real life, in the order of time: dossiers are logged, moved,
//! swept for notices and letters, and the post leaves, a day in one transaction. Memory holds the
//! dossiers that are still open, never the year.

mod arrivals;
mod commitments;
mod dice;
mod life;
mod people;
mod post;
mod reception;
mod signatures;

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use secrecy::SecretString;
use serde::Serialize;

use crate::config::Settings;
use crate::domain::dossier::Step;
use crate::domain::role::Role;
use crate::domain::time::{Instant, civil_day, day_begins, rfc3339};
use crate::store::dossiers::{self, DossierRow};
use crate::store::outbox::Gate;
use crate::store::people as posts;
use crate::store::{Tx, kept};

use self::arrivals::{Arrival, Demand};
use self::dice::Dice;
use self::life::{Act, Fate};
use self::reception::Reception;
use super::dispatch::DispatchReport;
use super::error::OfficeResult;
use super::intake::{OldReceipt, check};
use super::progress::Moment;
use super::rules::Rules;
use super::sweep::SweepReport;
use super::{Actor, Counts, Office, OfficeError, passwords, rules, sub_deadlines};

const SEED: u64 = 118_2025;
/// The password of every post of the demonstration.
pub const PASSWORD: &str = "dunghen-demo";
/// Set when the year is complete: a fill that was killed half-way is no demonstration.
const FILLED: &str = "demo_filled_at";
/// The commune commits itself to shorter limits after the first quarter, so that its reports have both.
const DAYS_WITHOUT_COMMITMENTS: i64 = 90;
/// Sectors in which the citizen pays land taxes before the result.
const SLOW_SECTORS: &[&str] = &["Đất đai", "Tài chính đất đai"];

/// What the demonstration year holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DemoReport {
    pub dossiers: u64,
    /// Steps taken after the receipts.
    pub steps: u64,
    /// Notices and letters raised by the sweeps, by kind.
    pub raised: Counts,
    pub declared: u64,
    pub sent: u64,
    pub void: u64,
}

/// The settings of the demonstration's commune: in the mountains, unless it was given an area.
#[must_use]
pub fn settled(mut settings: Settings) -> Settings {
    if settings.agency.areas.is_empty() {
        settings.agency.areas.push("mountain".to_owned());
    }
    settings
}

/// When the year that ends at `now` begins, and with it the office's rules.
#[must_use]
pub fn begins(now: Instant) -> Instant {
    day_begins(civil_day(now) - Duration::days(364))
}

/// Whether the demonstration year is in this database, complete.
///
/// # Errors
/// The database.
pub fn is_filled(office: &Office) -> OfficeResult<bool> {
    Ok(office.store().read(|conn| kept::get(conn, FILLED))?.is_some())
}

/// Gives every post without a password the demonstration's; answers who can sign in with it.
///
/// # Errors
/// The database.
pub fn accounts(office: &Office, now: Instant) -> OfficeResult<Vec<(String, Role, &'static str)>> {
    // One slow hash for all: the password is printed on the first page anyway.
    let hash = passwords::hashed(&SecretString::from(PASSWORD))?;
    office.store().write(|tx| {
        let mut posts = posts::all_accounts(tx)?;
        posts.sort_by(|a, b| a.username.cmp(&b.username));
        let mut answer = Vec::with_capacity(posts.len());
        for post in posts {
            answer.push((post.username.clone(), post.role, PASSWORD));
            if post.password_hash.is_none() {
                posts::update_account(tx, posts::Account { password_hash: Some(hash.clone()), ..post })?;
            }
        }
        rules::touch(tx, now)?;
        Ok(answer)
    })
}

/// Fills the year that ends at `now` with about `dossiers` dossiers. The office must have none of
/// its own; a database opened with `Durability::Relaxed` takes a quarter less time. `progress`
/// hears after each day how many are logged.
///
/// # Errors
/// The database; or a calendar that does not reach back a year.
pub fn fill(office: &Office, now: Instant, dossiers: u32, progress: &mut dyn FnMut(u64)) -> OfficeResult<DemoReport> {
    let mut rules = office.store().read(|conn| office.rules(conn))?;
    let last = civil_day(now);
    let wanted_first = civil_day(begins(now));
    let first = rules.calendar.first_day().map_or(wanted_first, |known| known.max(wanted_first));
    let weights: Vec<(NaiveDate, u64)> = first
        .iter_days()
        .take_while(|day| *day <= last)
        .map(|day| (day, arrivals::weight(day, &rules.calendar)))
        .collect();
    let total: u64 = weights.iter().map(|(_, weight)| weight).sum();
    let mut year = Year { reception: Reception::of(&Demand::of(&rules, now), now, &rules.calendar), ..Year::default() };
    let (mut so_far, mut serial) = (0_u64, 0_u64);
    for (day, weight) in &weights {
        if *day == first + Duration::days(DAYS_WITHOUT_COMMITMENTS) {
            commitments::make(office, &rules, now, day_begins(*day))?;
            rules = office.store().read(|conn| office.rules(conn))?;
        }
        let demand = Demand::of(&rules, now);
        so_far += weight;
        let upto = u64::from(dossiers) * so_far / total.max(1);
        let elapsed = u32::try_from(so_far * 1000 / total.max(1)).unwrap_or(1000);
        let arrivals = demand.of_day(*day, upto - serial, serial, elapsed, &rules.calendar);
        serial = upto;
        office.store().write(|tx| year.live(office, tx, &rules, *day, now, arrivals))?;
        progress(year.report.dossiers);
    }
    office.store().write(|tx| kept::put(tx, FILLED, &rfc3339(now)).map_err(OfficeError::from))?;
    Ok(year.finished())
}

/// What is still to come for an open dossier.
struct Coming {
    dossier_id: String,
    act: Act,
    fate: Fate,
    dice: Dice,
}

/// The year as it unfolds.
#[derive(Default)]
struct Year {
    /// By time, and by the order in which it was planned.
    coming: BTreeMap<(Instant, u64), Coming>,
    planned: u64,
    reception: Reception,
    report: DemoReport,
    swept: SweepReport,
    posted: DispatchReport,
    /// Messages may wait for the end of the quiet hours.
    held: bool,
}

/// The next thing on a day.
enum Next {
    Arrival(Box<Arrival>),
    Act(Instant, Box<Coming>),
    Reception(reception::Step),
    Sweep(Instant),
}

impl Year {
    /// One day in one transaction, up to `now`, everything in the order of time.
    fn live(
        &mut self,
        office: &Office,
        tx: &mut Tx<'_>,
        rules: &Rules,
        day: NaiveDate,
        now: Instant,
        arrivals: Vec<Arrival>,
    ) -> OfficeResult<()> {
        let end = now.min(day_begins(day + Duration::days(1)) - Duration::seconds(1));
        let mut sweeps = life::sweeps(day, &rules.calendar);
        if end == now {
            sweeps.push(now);
        }
        let mut arrivals = arrivals.into_iter().filter(|arrival| arrival.at <= end).peekable();
        let mut sweeps = sweeps.into_iter().filter(|at| *at <= end).peekable();
        if rules.calendar.is_working_day(day)
            && let Some(opens) = rules.calendar.opens(day).filter(|opens| *opens <= end)
        {
            post::hand_over_tray(tx, opens)?;
            let signed = signatures::sign_waiting(office, tx, rules, opens)?;
            if office.bundle(tx, rules, opens)?.digests > 0 || signed > 0 {
                self.post(office, tx, rules, opens)?;
            }
        }
        loop {
            let arrival = arrivals.peek().map(|arrival| arrival.at);
            let sweep = sweeps.peek().copied();
            let act = self.coming.first_key_value().map(|((at, _), _)| *at).filter(|at| *at <= end);
            let desk = self.reception.next_at().filter(|at| *at <= end);
            let Some(first) = [act, arrival, desk, sweep].into_iter().flatten().min() else { return Ok(()) };
            let next = if act == Some(first) {
                self.coming.pop_first().map(|((at, _), coming)| Next::Act(at, Box::new(coming)))
            } else if arrival == Some(first) {
                arrivals.next().map(|arrival| Next::Arrival(Box::new(arrival)))
            } else if desk == Some(first) {
                self.reception.next().map(Next::Reception)
            } else {
                sweeps.next().map(Next::Sweep)
            };
            match next {
                Some(Next::Act(at, coming)) => self.act(office, tx, rules, at, *coming)?,
                Some(Next::Arrival(arrival)) => self.log(office, tx, rules, *arrival)?,
                Some(Next::Reception(step)) => self.at_the_desk(office, tx, rules, &step)?,
                Some(Next::Sweep(at)) => self.sweep(office, tx, rules, at)?,
                None => return Ok(()),
            }
        }
    }

    fn log(&mut self, office: &Office, tx: &mut Tx<'_>, rules: &Rules, arrival: Arrival) -> OfficeResult<()> {
        let Arrival { at, form, dice } = arrival;
        let checked = check(&form, rules, at, OldReceipt::Refused).map_err(OfficeError::Invalid)?;
        let actor = match checked.channel {
            crate::domain::channel::Channel::Online => Actor::System,
            crate::domain::channel::Channel::Counter | crate::domain::channel::Channel::Post => clerk(rules),
        };
        let row = office.log(tx, rules, at, &actor, &checked)?;
        self.begin(tx, rules, row, dice)
    }

    fn at_the_desk(
        &mut self,
        office: &Office,
        tx: &mut Tx<'_>,
        rules: &Rules,
        step: &reception::Step,
    ) -> OfficeResult<()> {
        if let Some((row, dice)) = self.reception.take(office, tx, rules, &clerk(rules), step)? {
            self.begin(tx, rules, row, dice)?;
        }
        self.post(office, tx, rules, step.at)
    }

    /// A dossier was received: what will become of it?
    fn begin(&mut self, tx: &mut Tx<'_>, rules: &Rules, row: DossierRow, mut dice: Dice) -> OfficeResult<()> {
        self.report.dossiers += 1;
        let slow = rules
            .procedure_version(&row.procedure_id)
            .is_some_and(|version| SLOW_SECTORS.contains(&version.row.sector.as_str()));
        if let Some(due_at) = sub_deadlines::paper_due(tx, &row)? {
            let handed = life::hand_over(&mut dice, due_at, &row, &rules.calendar);
            self.plan(row.id.clone(), handed, Fate::Timely, dice.clone());
        }
        let fate = life::fate(&mut dice, &row, &rules.calendar);
        let next = life::after_receipt(&mut dice, &row, fate, slow, &rules.calendar);
        self.plan(row.id, next, fate, dice);
        Ok(())
    }

    fn act(
        &mut self,
        office: &Office,
        tx: &mut Tx<'_>,
        rules: &Rules,
        at: Instant,
        coming: Coming,
    ) -> OfficeResult<()> {
        let Coming { dossier_id, act, fate, mut dice } = coming;
        let row = dossiers::find(tx, &dossier_id)?.ok_or(OfficeError::NotFound)?;
        // The file ended meanwhile: what was to come inside its limit no longer does.
        if row.closed_at.is_some() && !matches!(act, Act::Take(Step::Return)) {
            return Ok(());
        }
        let actor = if matches!(act, Act::Take(Step::HandOver)) { clerk(rules) } else { handler(rules, &row) };
        let row = match &act {
            Act::Take(step) => office.act(tx, rules, Moment { now: at, at }, &actor, row, step)?,
            Act::Declare(form) => {
                let row = office.delay(tx, rules, at, &actor, &row.code, form)?;
                self.report.declared += 1;
                self.post(office, tx, rules, at)?;
                row
            }
        };
        self.report.steps += 1;
        let next = life::after(&mut dice, &row, &act, at, fate, &rules.calendar);
        self.plan(dossier_id, next, fate, dice);
        Ok(())
    }

    fn sweep(&mut self, office: &Office, tx: &mut Tx<'_>, rules: &Rules, at: Instant) -> OfficeResult<()> {
        let before = self.raised();
        office.sweep_all(tx, rules, at, &mut self.swept)?;
        // Most sweeps raise nothing; then there is nothing to look for either.
        if self.raised() == before && !self.held { Ok(()) } else { self.post(office, tx, rules, at) }
    }

    fn post(&mut self, office: &Office, tx: &mut Tx<'_>, rules: &Rules, at: Instant) -> OfficeResult<()> {
        let gate = post::settle_past(office, tx, rules, at, &mut self.posted)?;
        self.held = gate == Gate::UrgentOnly;
        Ok(())
    }

    fn raised(&self) -> u64 {
        self.swept.raised.values().sum()
    }

    fn plan(&mut self, dossier_id: String, next: Option<(Instant, Act)>, fate: Fate, dice: Dice) {
        if let Some((at, act)) = next {
            self.planned += 1;
            self.coming.insert((at, self.planned), Coming { dossier_id, act, fate, dice });
        }
    }

    fn finished(self) -> DemoReport {
        DemoReport { raised: self.swept.raised, sent: self.posted.sent, void: self.posted.void, ..self.report }
    }
}

fn clerk(rules: &Rules) -> Actor {
    let clerks = rules.accounts.values().filter(|account| account.role == Role::Clerk);
    clerks.min_by(|a, b| a.username.cmp(&b.username)).map_or(Actor::System, actor)
}

fn handler(rules: &Rules, row: &DossierRow) -> Actor {
    row.officer_id.as_deref().and_then(|id| rules.accounts.get(id)).map_or(Actor::System, actor)
}

fn actor(account: &posts::Account) -> Actor {
    Actor::Account { id: account.id.clone(), username: account.username.clone() }
}
