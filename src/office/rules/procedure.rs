//! Versions of a procedure: which holds when, and the limits it gives.

use std::collections::HashMap;

use crate::domain::channel::Channel;
use crate::domain::limit::{Limit, LimitKind};
use crate::domain::time::Instant;
use crate::office::Actor;
use crate::store::procedures::{self, Procedure, ProcedureLimit};
use crate::store::{Conn, StoreResult};

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

/// Every version of every procedure by code, each list by the first moment of its versions; of two that
/// begin together the later one holds.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::office) fn procedure_versions(conn: &mut Conn) -> StoreResult<HashMap<String, Vec<ProcedureVersion>>> {
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
pub(in crate::office) fn in_force(versions: &[ProcedureVersion], at: Instant) -> Option<&ProcedureVersion> {
    versions.iter().rev().find(|version| version.row.valid_from <= at && version.ever_holds())
}
