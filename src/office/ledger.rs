//! Reading why each promised day is that day, without a person's name.

use crate::domain::ledger::Ledger;
use crate::render::ledger::{LedgerFacts, Made, PromiseFacts};
use crate::store::promises::{PromiseKind, PromiseRow};

use super::look::Whole;
use super::{Office, OfficeResult, Rules};

impl Office {
    /// The account of every promise of the dossier with this code.
    ///
    /// # Errors
    /// Not found; or the database.
    pub fn ledger(&self, code: &str) -> OfficeResult<LedgerFacts> {
        let whole = self.whole(code)?;
        let rules = self.store().read(|conn| self.rules(conn))?;
        Ok(self.ledger_of(&whole, &rules))
    }

    /// The account of every promise of a dossier that was read.
    #[must_use]
    pub fn ledger_of(&self, whole: &Whole, rules: &Rules) -> LedgerFacts {
        let procedure = rules.procedure_version(&whole.row.procedure_id).map(|version| &version.row);
        let promise = |row| promise(row, self.basis_of(row));
        LedgerFacts {
            code: whole.row.code.clone(),
            procedure_code: procedure.map(|procedure| procedure.code.clone()).unwrap_or_default(),
            procedure: procedure.map(|procedure| procedure.name.clone()).unwrap_or_default(),
            rule_version: procedure.map(|procedure| procedure.version),
            received_at: whole.row.received_at,
            promises: whole.promises.iter().map(promise).collect(),
        }
    }

    /// The basis as kept; the new date of an apology ends in the code of its reason, which gets its name.
    fn basis_of(&self, row: &PromiseRow) -> String {
        let named =
            row.basis.rsplit_once("; ").filter(|_| row.kind == PromiseKind::Rescheduled).and_then(|(law, code)| {
                let reason = self.settings().delay_reasons.iter().find(|reason| reason.code == code)?;
                Some(format!("{law}; {}", reason.name))
            });
        named.unwrap_or_else(|| row.basis.clone())
    }
}

fn promise(row: &PromiseRow, basis: String) -> PromiseFacts {
    // `{}` and the empty text stand for no ledger.
    let kept = |text: &str| serde_json::from_str::<Ledger>(text).ok();
    PromiseFacts {
        number: row.number,
        made: match row.kind {
            PromiseKind::Initial => Made::Initial,
            PromiseKind::Imported => Made::Imported,
            PromiseKind::Restarted => Made::Restarted,
            PromiseKind::Resumed => Made::Resumed,
            PromiseKind::Rescheduled => Made::Rescheduled,
            PromiseKind::Redated => Made::Redated,
        },
        due_at: row.due_at,
        computed_due_at: row.computed_due_at,
        superseded_at: row.superseded_at,
        provisional: row.provisional,
        basis,
        calendar_version: row.calendar_version,
        ledger: kept(&row.ledger),
        statutory: row.statutory_due_at.zip(kept(&row.statutory_ledger)),
    }
}
