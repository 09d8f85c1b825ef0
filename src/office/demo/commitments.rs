//! The shorter limits that the commune of the demonstration commits itself to, for about a third of its
//! procedures: proposed by one person and approved by another, as in real life.

use std::collections::BTreeMap;

use crate::domain::limit::{LimitKind, LimitUnit};
use crate::domain::role::Role;
use crate::domain::time::Instant;

use super::super::error::OfficeResult;
use super::super::procedure_change::ProcedureChange;
use super::super::procedure_facts::{Facts, LimitFacts};
use super::super::proposals::{Change, Proposed};
use super::super::rules::Rules;
use super::super::{Actor, Office};

/// The share cut off, as the plan asks; rounded to whole days it is often a little less.
const CUT_PERCENT: i32 = 30;
/// Below this a cut is less than a day.
const SHORTEST: i32 = 4;
const DECISION: &str = "Kế hoạch cắt giảm thời hạn giải quyết của xã";

/// Makes the commitments at `at` for the procedures that are in force at `now`.
pub(super) fn make(office: &Office, rules: &Rules, now: Instant, at: Instant) -> OfficeResult<()> {
    let versions = rules.current_procedures(now).into_iter();
    let long = versions.filter_map(|version| Some((version.row.code.clone(), committed(Facts::of(version))?)));
    // Every other of those that are long enough: a third of all.
    let given: BTreeMap<_, _> = long.step_by(2).collect();
    let change = Change::Procedures(ProcedureChange { valid_from: None, given });
    if let Proposed::Waits(id) = office.propose(at, &somebody(rules, Role::Admin), &change)? {
        let (.., base) = office.proposal(&id)?;
        office.approve(at, &somebody(rules, Role::Manager), &id, &base)?;
    }
    Ok(())
}

/// The procedure with a commitment beside each limit that is long enough; `None` without any.
fn committed(mut facts: Facts) -> Option<Facts> {
    let commitments: Vec<_> = facts.limits.iter().filter_map(shorter).collect();
    let some = !commitments.is_empty();
    facts.limits.extend(commitments);
    facts.limits.sort();
    some.then_some(facts)
}

/// The limit cut by the share; `None` when that is no whole day.
fn shorter(limit: &LimitFacts) -> Option<LimitFacts> {
    let in_days = matches!(limit.unit, Some(LimitUnit::WorkingDay | LimitUnit::CalendarDay));
    let value = limit.value.filter(|value| in_days && *value >= SHORTEST)?;
    Some(LimitFacts {
        kind: LimitKind::Commitment,
        value: Some(value - value * CUT_PERCENT / 100),
        basis: DECISION.to_owned(),
        confidence: "confirmed".to_owned(),
        ..limit.clone()
    })
}

fn somebody(rules: &Rules, role: Role) -> Actor {
    let posts = rules.accounts.values().filter(|account| account.role == role);
    posts.min_by(|a, b| a.username.cmp(&b.username)).map_or(Actor::System, super::actor)
}
