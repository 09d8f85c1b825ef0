//! Closing a period: its reports as they are known at that moment, kept byte for byte, signed by a person, proven
//! by a line of the journal. Nothing computes or writes them a second time.

mod delta;
mod frozen;
mod open_data;

use chrono::{Duration, NaiveDate};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::reporting_period::{PeriodKind, PeriodShape, ReportingPeriod};
use crate::domain::role::Right;
use crate::domain::time::{Instant, civil_day, day_begins};
use crate::store::closed_periods::{self, ClosedPeriod};
use crate::store::journal::{self, Line};
use crate::store::people::{Account, Agency};
use crate::store::{Conn, StoreError, documents};

pub use delta::{Changed, ChangedBy, Delta, DeltaLine};
pub use frozen::{Frozen, LateLine, Reports, Signature};
pub use open_data::{OpenFile, OpenLine, OpenMonth};

use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::report::Question;
use super::{Actor, Office, Rules, ids};

/// The journal's word for it.
pub(super) const CLOSED: &str = "period_closed";

/// Which period of which agency is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodAsked {
    pub period: ReportingPeriod,
    /// `None`: as the settings say.
    pub shape: Option<PeriodShape>,
    /// Code of the agency; `None`: the first.
    pub agency: Option<String>,
}

impl PeriodAsked {
    /// By its name.
    ///
    /// # Errors
    /// [`Problem::NotAPeriod`]; [`Problem::NotOneOf`] for the shape.
    pub fn read(period: &str, shape: Option<&str>, agency: Option<&str>) -> OfficeResult<Self> {
        let named = period.trim().parse().map_err(|_| FieldError::new("period", period, Problem::NotAPeriod))?;
        let shape = match shape.filter(|text| !text.is_empty()) {
            None => None,
            Some(text) => Some(text.parse().map_err(|_| {
                FieldError::new("shape", text, Problem::NotOneOf { expected: &["calendar", "official"] })
            })?),
        };
        Ok(Self { period: named, shape, agency: agency.filter(|code| !code.is_empty()).map(str::to_owned) })
    }
}

/// How a period stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodStanding {
    pub period: ReportingPeriod,
    pub shape: PeriodShape,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub state: PeriodState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodState {
    /// Runs until the end of its last day.
    Open,
    /// Over, and nobody closed it.
    Ended,
    Closed(Box<ClosedPeriod>),
}

/// The figures of a period that is over, to be looked at before they are signed.
#[derive(Debug, Clone)]
pub struct Preview {
    pub frozen: Frozen,
    /// Says which figures were looked at.
    pub seen: String,
}

impl Office {
    /// Closes a period. `seen` is [`Preview::seen`] of the figures that the person looked at; `None` where nothing
    /// was shown.
    ///
    /// # Errors
    /// Refused while it runs, when it is closed, to who may not sign, or when the figures are others by now; an
    /// agency that nobody knows; or the database.
    pub fn close_period(
        &self,
        now: Instant,
        actor: &Actor,
        asked: &PeriodAsked,
        seen: Option<&str>,
    ) -> OfficeResult<ClosedPeriod> {
        let (agency, signer, seq) = self.reading(|conn, rules| {
            let agency = agency_of(rules, asked)?.clone();
            let signer = signer(rules, actor, &agency)?.clone();
            // Seen before anything is counted: what comes meanwhile is found below.
            Ok((agency, signer, journal::head(conn)?.0))
        })?;
        let frozen = self.frozen_now(now, asked, &agency, Some(Signature::of(&signer, now)))?;
        if seen.is_some_and(|seen| seen != frozen.seen()) {
            return Err(Refusal::FiguresMoved.into());
        }
        let bytes = serde_json::to_vec(&frozen)?;
        let sha256 = journal::hex(&Sha256::digest(&bytes));
        let ends = day_begins(frozen.to + Duration::days(1));
        self.writing(|tx, _| {
            if closed_periods::find(tx, &agency.id, &frozen.period.to_string(), frozen.shape)?.is_some() {
                return Err(Refusal::PeriodClosed.into());
            }
            if journal::earliest_effect_after(tx, seq)?.is_some_and(|at| at < ends) {
                return Err(StoreError::Conflict("the period was written to while it was closed".to_owned()).into());
            }
            let body = json!({
                "agency": agency.code,
                "period": frozen.period,
                "shape": frozen.shape,
                "from": frozen.from,
                "to": frozen.to,
                "sha256": sha256,
            });
            let line = Line {
                recorded_at: now,
                at: now,
                actor: actor.journal_name(),
                kind: CLOSED,
                dossier_id: None,
                body: body.to_string(),
            };
            journal::append(tx, &[line])?;
            documents::keep(tx, &sha256, "application/json", &bytes, now)?;
            let closed = ClosedPeriod {
                id: ids::id(now)?,
                agency_id: agency.id.clone(),
                period: frozen.period.to_string(),
                shape: frozen.shape,
                from_day: frozen.from,
                to_day: frozen.to,
                closed_at: now,
                closed_by: signer.username.clone(),
                signer: signer.name.clone(),
                signer_role: signer.role,
                sha256: sha256.clone(),
                journal_seq: journal::head(tx)?.0,
            };
            closed_periods::insert(tx, closed.clone())?;
            Ok(closed)
        })
    }

    /// What closing the period now would keep.
    ///
    /// # Errors
    /// As [`Office::close_period`].
    pub fn preview_period(&self, now: Instant, asked: &PeriodAsked) -> OfficeResult<Preview> {
        let agency = self.reading(|_, rules| Ok(agency_of(rules, asked)?.clone()))?;
        let frozen = self.frozen_now(now, asked, &agency, None)?;
        Ok(Preview { seen: frozen.seen(), frozen })
    }

    /// A closed period with its frozen bytes, exactly as they were kept.
    ///
    /// # Errors
    /// Not found while it is not closed; an agency that nobody knows; or the database.
    pub fn closed_period(&self, asked: &PeriodAsked) -> OfficeResult<(ClosedPeriod, Vec<u8>)> {
        let shape = self.shape(asked);
        self.reading(|conn, rules| {
            let agency = agency_of(rules, asked)?;
            let found = closed_periods::find(conn, &agency.id, &asked.period.to_string(), shape)?;
            let closed = found.ok_or(OfficeError::NotFound)?;
            let bytes = closed_periods::bytes(conn, &closed)?.ok_or_else(|| lost(&closed))?;
            Ok((closed, bytes))
        })
    }

    /// The periods of an agency: those that run, those that ended since its first dossier, and every closed one;
    /// the newest of each kind first.
    ///
    /// # Errors
    /// An agency that nobody knows; or the database.
    pub fn periods(&self, now: Instant, agency: Option<&str>) -> OfficeResult<Vec<PeriodStanding>> {
        let shape = self.settings().reports.periods;
        self.reading(|conn, rules| {
            let question = Question { agency: agency.map(str::to_owned), ..Question::default() };
            let agency = question.agency_of(rules)?;
            let mut closed = closed_periods::of_agency(conn, &agency.id)?;
            let first = closed_periods::first_receipt(conn, &agency.id, now)?.map_or(civil_day(now), civil_day);
            let mut found = Vec::new();
            for kind in PeriodKind::ALL {
                let mut at = ReportingPeriod::holding(*kind, civil_day(now), shape);
                while let Some(period) = at.filter(|period| period.days(shape).1 >= first) {
                    let (from, to) = period.days(shape);
                    let name = period.to_string();
                    let known = closed.iter().position(|row| row.period == name && row.shape == shape);
                    let state = match known {
                        Some(index) => PeriodState::Closed(Box::new(closed.swap_remove(index))),
                        None if to < civil_day(now) => PeriodState::Ended,
                        None => PeriodState::Open,
                    };
                    found.push(PeriodStanding { period, shape, from, to, state });
                    at = period.before();
                }
            }
            // Closed under another setting.
            found.extend(closed.into_iter().filter_map(|row| {
                let (period, shape, from, to) = (row.period.parse().ok()?, row.shape, row.from_day, row.to_day);
                Some(PeriodStanding { period, shape, from, to, state: PeriodState::Closed(Box::new(row)) })
            }));
            Ok(found)
        })
    }

    /// The period of each kind that ended last, where nobody closed it.
    ///
    /// # Errors
    /// The database.
    pub fn periods_to_close(&self, now: Instant) -> OfficeResult<Vec<PeriodStanding>> {
        let all = self.periods(now, None)?;
        let newest = |kind: &PeriodKind| {
            let over = all.iter().find(|one| one.period.kind() == *kind && one.to < civil_day(now))?;
            (over.state == PeriodState::Ended).then(|| over.clone())
        };
        Ok(PeriodKind::ALL.iter().filter_map(newest).collect())
    }

    fn shape(&self, asked: &PeriodAsked) -> PeriodShape {
        asked.shape.unwrap_or(self.settings().reports.periods)
    }

    /// The reports of a period that is over and not closed, as known now.
    fn frozen_now(
        &self,
        now: Instant,
        asked: &PeriodAsked,
        agency: &Agency,
        signed: Option<Signature>,
    ) -> OfficeResult<Frozen> {
        let shape = self.shape(asked);
        let (from, to) = asked.period.days(shape);
        if civil_day(now) <= to {
            return Err(Refusal::PeriodRuns { until: to + Duration::days(1) }.into());
        }
        let is_closed = |conn: &mut Conn| closed_periods::find(conn, &agency.id, &asked.period.to_string(), shape);
        if self.store().read(is_closed)?.is_some() {
            return Err(Refusal::PeriodClosed.into());
        }
        let question = Question { from, to, as_of: Some(now), agency: Some(agency.code.clone()) };
        self.together().frozen(now, (asked.period, shape), agency, &question, signed)
    }
}

fn agency_of<'a>(rules: &'a Rules, asked: &PeriodAsked) -> OfficeResult<&'a Agency> {
    Question { agency: asked.agency.clone(), ..Question::default() }.agency_of(rules)
}

/// The person who signs.
fn signer<'a>(rules: &'a Rules, actor: &Actor, agency: &Agency) -> OfficeResult<&'a Account> {
    let account = match actor {
        Actor::Account { id, .. } => rules.accounts.get(id),
        Actor::System | Actor::CommandLine => None,
    };
    let may = |account: &&Account| {
        account.role.may(Right::Close) && account.disabled_at.is_none() && account.agency_id == agency.id
    };
    account.filter(may).ok_or_else(|| Refusal::MayNotClose.into())
}

fn lost(closed: &ClosedPeriod) -> StoreError {
    StoreError::Corrupt(format!("closed period {}: its bytes are gone", closed.period))
}
