//! What a dossier is promised by: the statutory limit, with what its area adds, and the office's own
//! shorter commitment. The promise is whichever ends earlier; the other date is kept beside it.

use chrono::NaiveDate;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::channel::Channel;
use crate::domain::deadline::{DeadlineError, Promise, due};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::pause::Pause;
use crate::domain::time::{Instant, civil_day};
use crate::domain::time_rule::RuleKind;
use crate::store::time_rules::TimeRule;

use super::rules::{ProcedureVersion, Rules};

/// The limits that hold for one dossier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// With the addition of the area; `None` when the law's number is missing.
    pub statutory: Option<Limit>,
    pub commitment: Option<Limit>,
    /// What they rest on, in one line: procedure, version, decision, addition, any doubt.
    pub basis: String,
}

/// A promise by the shorter of two limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    pub promise: Promise,
    pub by_law: ByLaw,
}

/// What the statutory limit gives beside a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByLaw {
    /// The promise itself.
    Promised,
    /// A later date: the office committed to less.
    Later(Promise),
    /// Nothing: the law's number is missing, the promise is the office's alone.
    Unknown,
}

impl Agreed {
    /// What the statutory limit gives; `None` while the law's number is missing.
    #[must_use]
    pub const fn statutory(&self) -> Option<&Promise> {
        match &self.by_law {
            ByLaw::Promised => Some(&self.promise),
            ByLaw::Later(statutory) => Some(statutory),
            ByLaw::Unknown => None,
        }
    }

    /// The date of the statutory limit; `None` while the law's number is missing.
    #[must_use]
    pub fn statutory_due_at(&self) -> Option<Instant> {
        self.statutory().map(|statutory| statutory.due_at)
    }

    /// The second ledger as it is kept; empty when there is none beside the promise's own.
    ///
    /// # Errors
    /// Never for a ledger of ours.
    pub fn statutory_ledger(&self) -> Result<String, serde_json::Error> {
        match &self.by_law {
            ByLaw::Later(statutory) => serde_json::to_string(&statutory.ledger),
            ByLaw::Promised | ByLaw::Unknown => Ok(String::new()),
        }
    }
}

impl Terms {
    /// Whether nothing can be promised.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.statutory.is_none() && self.commitment.is_none()
    }

    /// The promise for a dossier, `None` without any limit; arguments as of [`due`].
    ///
    /// # Errors
    /// As [`due`].
    pub fn agree(
        &self,
        received: Instant,
        restarted: Option<Instant>,
        pauses: &[Pause],
        calendar: &WorkingCalendar,
    ) -> Result<Option<Agreed>, DeadlineError> {
        let count = |limit: &Limit| due(received, restarted, limit, pauses, calendar);
        let statutory = self.statutory.as_ref().map(count).transpose()?;
        let commitment = self.commitment.as_ref().map(count).transpose()?;
        Ok(match (statutory, commitment) {
            (None, None) => None,
            (Some(statutory), Some(ours)) if ours.due_at < statutory.due_at => {
                Some(Agreed { promise: ours, by_law: ByLaw::Later(statutory) })
            }
            (Some(promise), Some(_) | None) => Some(Agreed { promise, by_law: ByLaw::Promised }),
            (None, Some(promise)) => Some(Agreed { promise, by_law: ByLaw::Unknown }),
        })
    }
}

impl Rules {
    /// The limits of a procedure for a dossier that came in through `channel` at `received_at`.
    #[must_use]
    pub fn terms(&self, version: &ProcedureVersion, channel: Channel, received_at: Instant) -> Terms {
        let mut basis = format!("{} v{}", version.row.code, version.row.version);
        let mut add = |part: &str| {
            if !part.is_empty() {
                basis.push_str("; ");
                basis.push_str(part);
            }
        };
        let row = version.limit_row(channel);
        if let Some(row) = row {
            add(&row.basis);
            add(if row.confidence == "confirmed" { "" } else { &row.confidence });
        }
        let mut statutory = version.limit(channel);
        let addition = self.time_rule(RuleKind::AreaAddition, &version.row.sector, civil_day(received_at));
        if let (Some(limit), Some(rule)) = (statutory, addition)
            && let Some(longer) = with_days(limit, rule)
        {
            statutory = Some(longer);
            add(&format!("{limit} + {}: {}", rule.limit_value.unwrap_or(0), rule.basis));
            add(if rule.confidence == "confirmed" { "" } else { &rule.confidence });
        }
        let commitment = version.commitment(channel);
        if let (Some(limit), Some(row)) = (commitment, version.commitment_row(channel)) {
            add(&format!("commitment {limit}: {}", row.basis));
        }
        Terms { statutory, commitment, basis }
    }

    /// The time rule in force on `day` for a sector, in the areas of the agency: the one named most
    /// closely, in its newest version that has begun; `None` when there is none, or it ended.
    #[must_use]
    pub fn time_rule(&self, kind: RuleKind, sector: &str, day: NaiveDate) -> Option<&TimeRule> {
        let areas = self.agencies.first().map_or("", |agency| agency.area.as_str());
        let holds = |rule: &&TimeRule| {
            rule.kind == kind
                && rule.valid_from <= day
                && (rule.area.is_empty() || areas.lines().any(|area| area == rule.area))
                && (rule.sector.is_empty() || rule.sector == sector)
        };
        let closeness =
            |rule: &&TimeRule| (!rule.area.is_empty(), !rule.sector.is_empty(), rule.valid_from, rule.version);
        self.time_rules.iter().filter(holds).max_by_key(closeness).filter(|rule| rule.limit_value.is_some())
    }
}

impl TimeRule {
    /// The time it gives; `None` for an addition, or when the rule ended.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        Limit::new(u32::try_from(self.limit_value?).ok()?, self.limit_unit?).ok()
    }
}

/// A limit in days, longer by the addition in its own unit; other units have none.
fn with_days(limit: Limit, addition: &TimeRule) -> Option<Limit> {
    let more = u32::try_from(addition.limit_value?).ok()?;
    match limit.unit() {
        LimitUnit::WorkingDay | LimitUnit::CalendarDay => Limit::new(limit.value() + more, limit.unit()).ok(),
        LimitUnit::Month | LimitUnit::WorkingHour | LimitUnit::Hour | LimitUnit::SameDay => None,
    }
}
