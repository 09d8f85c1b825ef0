//! The shorter limits that the commune of the demonstration commits itself to, as new versions of about
//! a third of its procedures.

use crate::domain::limit::{LimitKind, LimitUnit};
use crate::domain::time::Instant;
use crate::store::procedures::{self, Procedure, ProcedureLimit};

use super::super::error::OfficeResult;
use super::super::rules::{self, ProcedureVersion, Rules};
use super::super::{Office, ids};

/// The share cut off, as the plan asks; rounded to whole days it is often a little less.
const CUT_PERCENT: i32 = 30;
/// Below this a cut is less than a day.
const SHORTEST: i32 = 4;
const DECISION: &str = "Kế hoạch cắt giảm thời hạn giải quyết của xã";

/// Makes the commitments, valid from `at` on.
pub(super) fn make(office: &Office, rules: &Rules, at: Instant) -> OfficeResult<()> {
    let long = |version: &&ProcedureVersion| version.limits.iter().any(|limit| shorter(limit).is_some());
    // Every other of those that are long enough: a third of all.
    let chosen: Vec<_> = rules.current_procedures(at).into_iter().filter(long).step_by(2).collect();
    office.store().write(|tx| {
        for version in chosen {
            procedures::end(tx, &version.row.id, at)?;
            let id = ids::id(at)?;
            let mut limits = Vec::with_capacity(version.limits.len() * 2);
            for limit in &version.limits {
                let commitment = shorter(limit);
                for limit in std::iter::once(limit.clone()).chain(commitment) {
                    limits.push(ProcedureLimit { id: ids::id(at)?, procedure_id: id.clone(), ..limit });
                }
            }
            let row = Procedure {
                id,
                version: version.row.version + 1,
                valid_from: at,
                entered_by: "quantri".to_owned(),
                approved_by: "giamdoc".to_owned(),
                ..version.row.clone()
            };
            procedures::insert(tx, row, limits)?;
        }
        Ok(rules::touch(tx, at)?)
    })
}

/// The limit cut by the share; `None` when that is no whole day.
fn shorter(limit: &ProcedureLimit) -> Option<ProcedureLimit> {
    let in_days = matches!(limit.limit_unit, Some(LimitUnit::WorkingDay | LimitUnit::CalendarDay));
    let value = limit.limit_value.filter(|value| in_days && *value >= SHORTEST)?;
    Some(ProcedureLimit {
        limit_value: Some(value - value * CUT_PERCENT / 100),
        basis: DECISION.to_owned(),
        confidence: "confirmed".to_owned(),
        kind: LimitKind::Commitment,
        ..limit.clone()
    })
}
