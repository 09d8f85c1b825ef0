//! `ledger CODE`: why each date of a dossier is what it is, for people and for scripts.

use serde_json::json;

use crate::office::Office;
use crate::render::ledger;
use crate::render::pages::Lang;
use crate::web::api::ledger::dossier_ledger;

use super::output::{Failure, Streams};

/// Answers `ledger`.
///
/// # Errors
/// When there is no such dossier.
pub fn run(office: &Office, code: &str, lang: Lang, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let whole = office.whole(code).map_err(|error| Failure::office(&error, &format!("hồ sơ {code}")))?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let answer = json!(dossier_ledger(&whole, &rules, lang));
    streams.answer(&answer, || ledger::text(&office.ledger_of(&whole, &rules), lang))
}
