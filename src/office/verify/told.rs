//! A promise that no ledger counts (made elsewhere, the new date of an apology, one kept later than our
//! count) is held against the journal: the line that made it says which date it had.

use std::collections::HashMap;

use serde::Deserialize;

use crate::domain::time::rfc3339;
use crate::store::promises::PromiseKind;
use crate::store::proof::{self, Proof};
use crate::store::{Conn, StoreResult};

use super::replay::Difference;

/// Dossiers asked for in one statement.
const AT_ONCE: usize = 500;

/// What a line says of a promise.
#[derive(Debug, Clone, Deserialize)]
struct Said {
    promise: i32,
    /// The new date of an apology that moved on with it.
    new_promise: Option<i32>,
    due_at: Option<String>,
    new_due_at: Option<String>,
}

/// Whether its date stands on nothing but the line that made it.
fn is_only_told(promise: &Proof) -> bool {
    match promise.kind {
        PromiseKind::Imported | PromiseKind::Rescheduled | PromiseKind::Redated => true,
        PromiseKind::Initial | PromiseKind::Restarted | PromiseKind::Resumed => promise.computed_due_at.is_some(),
    }
}

/// The promises of `page` whose date is not the one that was written down when they were made.
pub(super) fn otherwise<'a>(conn: &mut Conn, page: &'a [Proof]) -> StoreResult<Vec<(&'a Proof, Difference)>> {
    let told: Vec<&Proof> = page.iter().filter(|promise| is_only_told(promise)).collect();
    let mut ids: Vec<&str> = told.iter().map(|promise| promise.dossier_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut said: HashMap<(String, i32), Said> = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        for (dossier, body) in proof::bodies(conn, ids)? {
            if let Ok(line) = serde_json::from_str::<Said>(&body) {
                // The first line that names a promise is the one that made it.
                if let Some(number) = line.new_promise {
                    said.entry((dossier.clone(), number)).or_insert_with(|| line.clone());
                }
                said.entry((dossier, line.promise)).or_insert(line);
            }
        }
    }
    Ok(told.into_iter().filter_map(|promise| Some((promise, differs(promise, &said)?))).collect())
}

fn differs(promise: &Proof, said: &HashMap<(String, i32), Said>) -> Option<Difference> {
    let kept = rfc3339(promise.due_at);
    let replayed = match said.get(&(promise.dossier_id.clone(), promise.number)) {
        Some(line) if [&line.due_at, &line.new_due_at].into_iter().flatten().any(|date| *date == kept) => return None,
        Some(line) => {
            let date = if promise.kind == PromiseKind::Rescheduled { &line.new_due_at } else { &line.due_at };
            format!("the journal says {}", date.as_deref().unwrap_or("none"))
        }
        // Beside a promise that was broken before, the law's date moves on without a line of its own.
        None if matches!(promise.kind, PromiseKind::Restarted | PromiseKind::Resumed) => return None,
        None => "no line of the journal made it".to_owned(),
    };
    Some(Difference { kept: promise.due_at, replayed })
}
