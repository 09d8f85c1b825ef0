//! What happened to a dossier, and the letters that were written about it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::time::rfc3339;
use crate::store::journal::Entry;
use crate::store::letters::{LetterRow, LetterState};

/// An event of a dossier.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Event {
    pub seq: i64,
    pub at: String,
    pub recorded_at: String,
    pub actor: String,
    pub kind: String,
    pub data: serde_json::Value,
    pub hash: String,
}

/// A letter to a citizen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Letter {
    pub id: String,
    pub number: String,
    pub kind: &'static str,
    pub dossier_code: String,
    /// Null until it is signed.
    pub issued_at: Option<String>,
    /// Of a draft: when it has to be signed, after that the citizen is told without it.
    pub decide_by: Option<String>,
    pub signer: String,
    /// State of the newest message with it: `ready`, `sending`, `retry`, `sent`, `delivered`, `bounced`, `failed`,
    /// `void`; of a letter that was not issued: `draft`, `refused`, `void`.
    pub state: Option<&'static str>,
    pub document_sha256: Option<String>,
    pub pdf_url: Option<String>,
}

/// An event as the interface shows it.
#[must_use]
pub fn event(entry: &Entry) -> Event {
    Event {
        seq: entry.seq,
        at: rfc3339(entry.at),
        recorded_at: rfc3339(entry.recorded_at),
        actor: entry.actor.clone(),
        kind: entry.kind.clone(),
        data: serde_json::from_str(&entry.body).unwrap_or_default(),
        hash: entry.hash.clone(),
    }
}

/// A letter as the interface shows it; `state` is that of the newest message with it.
#[must_use]
pub fn letter(row: &LetterRow, code: &str, state: Option<&'static str>) -> Letter {
    let is_issued = row.state == LetterState::Issued;
    Letter {
        id: row.id.clone(),
        number: row.number.clone(),
        kind: row.kind.as_str(),
        dossier_code: code.to_owned(),
        issued_at: row.issued_at.map(rfc3339),
        decide_by: row.decide_by.filter(|_| row.state == LetterState::Draft).map(rfc3339),
        signer: row.signer.clone(),
        state: if is_issued { state } else { Some(row.state.as_str()) },
        document_sha256: row.document_hash.clone(),
        pdf_url: is_issued.then(|| format!("/api/v1/letters/{}.pdf", row.id)),
    }
}
