//! Other limits for a procedure: a new version that holds from now on.

use dunghen::domain::channel::Channel;
use dunghen::domain::limit::{Limit, LimitKind};
use dunghen::office::{OfficeError, ids, rules};
use dunghen::store::procedures::{self, Procedure, ProcedureLimit};

use super::App;

/// A limit of a procedure, for one channel or for all.
pub type Given = (LimitKind, Option<Channel>, &'static str);

pub const fn statutory(limit: &'static str) -> Given {
    (LimitKind::Statutory, None, limit)
}

pub const fn commitment(limit: &'static str) -> Given {
    (LimitKind::Commitment, None, limit)
}

impl App {
    /// Gives the procedure these limits and no others.
    pub fn limits(&self, code: &str, given: &[Given]) {
        let now = self.now();
        let done: Result<(), OfficeError> = self.office.store().write(|tx| {
            let before = procedures::all(tx)?.into_iter().rfind(|row| row.code == code).expect("a procedure");
            procedures::end(tx, &before.id, now)?;
            let id = ids::id(now)?;
            let limit = |(kind, channel, text): &Given| {
                let limit: Limit = text.parse().expect("a limit");
                ProcedureLimit {
                    id: ids::id(now).unwrap(),
                    procedure_id: id.clone(),
                    channel: *channel,
                    limit_value: i32::try_from(limit.value()).ok(),
                    limit_unit: Some(limit.unit()),
                    basis: "Quyết định thử".to_owned(),
                    confidence: "confirmed".to_owned(),
                    kind: *kind,
                }
            };
            let limits = given.iter().map(limit).collect();
            let version = before.version + 1;
            procedures::insert(tx, Procedure { id: id.clone(), version, valid_from: now, ..before }, limits)?;
            Ok(rules::touch(tx, now)?)
        });
        done.expect("new limits");
    }
}
