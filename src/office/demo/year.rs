//! The year as it unfolds: everything in the order of time, a day in one transaction.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use crate::domain::dossier::Step;
use crate::domain::role::Role;
use crate::domain::time::{Instant, day_begins};
use crate::store::Tx;
use crate::store::dossiers::{self, DossierRow};
use crate::store::outbox::Gate;

use super::arrivals::Arrival;
use super::dice::Dice;
use super::life::{Act, Fate};
use super::reception::Reception;
use super::{DemoReport, SLOW_SECTORS, actor, life, post, reception, signatures};
use crate::office::dispatch::DispatchReport;
use crate::office::error::OfficeResult;
use crate::office::intake::{OldReceipt, check};
use crate::office::progress::Moment;
use crate::office::rules::Rules;
use crate::office::sweep::SweepReport;
use crate::office::{Actor, Office, OfficeError, sub_deadlines};

/// What is still to come for an open dossier.
struct Coming {
    dossier_id: String,
    act: Act,
    fate: Fate,
    dice: Dice,
}

/// The year as it unfolds.
#[derive(Default)]
pub(super) struct Year {
    /// By time, and by the order in which it was planned.
    coming: BTreeMap<(Instant, u64), Coming>,
    planned: u64,
    reception: Reception,
    pub(super) report: DemoReport,
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
    pub(super) fn of(reception: Reception) -> Self {
        Self { reception, ..Self::default() }
    }

    /// One day in one transaction, up to `now`, everything in the order of time.
    pub(super) fn live(
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

    pub(super) fn finished(self) -> DemoReport {
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
