//! `proof CODE`: what was told about a dossier, when, to whom, and how it was answered.

use serde_json::{Value, json};

use crate::domain::time::Instant;
use crate::office::Office;
use crate::render::tables;
use crate::web::api::proof::proof;

use super::output::{Failure, Streams};

/// Answers `proof`.
///
/// # Errors
/// When there is no such dossier.
pub fn run(office: &Office, now: Instant, code: &str, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let found = proof(office, now, code).map_err(|error| Failure::office(&error, &format!("hồ sơ {code}")))?;
    let answer: Value = json!(found);
    streams.answer(&answer, || tables::lines(&tables::proof(&answer)))
}
