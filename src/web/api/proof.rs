//! What can be proven of a dossier, for machines; the command line prints the same.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::time::{Instant, rfc3339};
use crate::office::proof_of::{ApologyTold, Evidence, ProofLine};
use crate::office::{Office, OfficeResult};
use crate::store::attempts::Attempt;
use crate::web::problem::Problem;
use crate::web::site::Site;

use super::shapes;

/// Everything that was told about a dossier, oldest first, and how it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Proof {
    pub code: String,
    pub as_of: String,
    pub verdict: Verdict,
    pub lines: Vec<Line>,
}

/// How the dossier stands against what was promised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Verdict {
    pub received_at: String,
    pub due_at: Option<String>,
    pub new_due_at: Option<String>,
    pub closed_at: Option<String>,
    /// As of the dossier.
    pub timeliness: &'static str,
    /// Against the original promise; `null`: not late.
    pub working_days_late: Option<u32>,
    /// Against the new promise.
    pub working_days_late_by_new_date: Option<u32>,
    /// `not_owed`, `missing`, `day_before`, `same_day`, `after`
    pub apology: &'static str,
    pub apology_issued_at: Option<String>,
    /// Of an apology after the promise.
    pub apology_working_days_after: Option<u32>,
    pub apology_reached_at: Option<String>,
}

/// One thing that was decided, with what followed from it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Line {
    Event {
        at: String,
        kind: String,
        by: String,
        data: serde_json::Value,
        hash: String,
    },
    Letter {
        at: String,
        id: String,
        kind: &'static str,
        state: &'static str,
        promise: i32,
        number: String,
        decide_by: Option<String>,
        issued_at: Option<String>,
        signer: String,
        signed_by: String,
        reason_code: String,
        note: String,
        document_sha256: Option<String>,
        pdf_url: Option<String>,
    },
    Message {
        at: String,
        id: String,
        kind: &'static str,
        audience: &'static str,
        way: &'static str,
        recipient: String,
        recipient_name: String,
        promise: i32,
        state: &'static str,
        letter_id: Option<String>,
        alert_id: Option<String>,
        digest_id: Option<String>,
        /// Of the digest it left with.
        digest_message_id: Option<String>,
        fallback_of: Option<String>,
        message_id: String,
        /// As it left, of a digest what it said of this dossier; `null`: not yet.
        subject: Option<String>,
        body: Option<String>,
        settled_at: Option<String>,
        last_answer: Option<String>,
        attempts: Vec<AttemptShape>,
    },
    Alert {
        at: String,
        id: String,
        kind: &'static str,
        level: i32,
        audience: &'static str,
        promise: i32,
        account: Option<String>,
        acknowledge_by: Option<String>,
        acknowledged_at: Option<String>,
        acknowledged_by: String,
        answer: String,
        ended_at: Option<String>,
    },
    Task {
        at: String,
        id: String,
        kind: &'static str,
        reason: String,
        due_at: String,
        done_at: Option<String>,
        done_by: String,
        note: String,
    },
    Said {
        at: String,
        id: String,
        kind: &'static str,
        text: String,
        seen_at: Option<String>,
        seen_by: String,
    },
}

/// An attempt to bring a message, or what was reported of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttemptShape {
    pub number: i32,
    pub at: String,
    /// `sent`, `retry`, `failed`, `delivered`, `bounced`
    pub outcome: &'static str,
    pub answer: String,
}

/// `GET /api/v1/dossiers/{code}/proof`
///
/// # Errors
/// 404.
pub async fn one(site: Site, code: web::Path<String>) -> Result<HttpResponse, Problem> {
    let proof = site.work(move |office, now| proof(office, now, &code)).await?;
    Ok(HttpResponse::Ok().json(proof))
}

/// The proof of a dossier as it stands at `now`.
///
/// # Errors
/// Not found; or the database.
pub fn proof(office: &Office, now: Instant, code: &str) -> OfficeResult<Proof> {
    let evidence = office.evidence(now, code)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let username = |id: &str| rules.accounts.get(id).map(|account| account.username.clone());
    let lines = evidence.lines();
    Ok(Proof {
        code: evidence.whole.row.code.clone(),
        as_of: rfc3339(now),
        verdict: verdict(&evidence),
        lines: lines.iter().map(|(at, one)| line(rfc3339(*at), *one, &evidence, &username)).collect(),
    })
}

fn verdict(evidence: &Evidence) -> Verdict {
    let (row, judged) = (&evidence.whole.row, &evidence.judged);
    let (apology, issued_at, after) = match judged.apology {
        ApologyTold::NotOwed => ("not_owed", None, None),
        ApologyTold::Missing => ("missing", None, None),
        ApologyTold::DayBefore { at } => ("day_before", Some(at), None),
        ApologyTold::SameDay { at } => ("same_day", Some(at), None),
        ApologyTold::After { at, working_days } => ("after", Some(at), Some(working_days)),
    };
    Verdict {
        received_at: rfc3339(row.received_at),
        due_at: row.due_at.map(rfc3339),
        new_due_at: row.new_due_at.map(rfc3339),
        closed_at: row.closed_at.map(rfc3339),
        timeliness: shapes::timeliness(judged.timeliness),
        working_days_late: judged.late,
        working_days_late_by_new_date: judged.late_again,
        apology,
        apology_issued_at: issued_at.map(rfc3339),
        apology_working_days_after: after,
        apology_reached_at: judged.reached_at.map(rfc3339),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: the fields of each kind of line")]
fn line(at: String, one: ProofLine<'_>, evidence: &Evidence, username: &dyn Fn(&str) -> Option<String>) -> Line {
    match one {
        ProofLine::Event(entry) => Line::Event {
            at,
            kind: entry.kind.clone(),
            by: entry.actor.clone(),
            data: serde_json::from_str(&entry.body).unwrap_or_default(),
            hash: entry.hash.clone(),
        },
        ProofLine::Letter(letter) => Line::Letter {
            at,
            id: letter.id.clone(),
            kind: letter.kind.as_str(),
            state: letter.state.as_str(),
            promise: letter.promise_number,
            number: letter.number.clone(),
            decide_by: letter.decide_by.map(rfc3339),
            issued_at: letter.issued_at.map(rfc3339),
            signer: letter.signer.clone(),
            signed_by: letter.signed_by.clone(),
            reason_code: letter.reason_code.clone(),
            note: letter.note.clone(),
            document_sha256: letter.document_hash.clone(),
            pdf_url: letter.issued_at.map(|_| format!("/api/v1/letters/{}.pdf", letter.id)),
        },
        ProofLine::Message(message) => {
            let left = evidence.as_left(message);
            Line::Message {
                at,
                id: message.id.clone(),
                kind: message.kind.as_str(),
                audience: message.audience.as_str(),
                way: message.delivery.as_str(),
                recipient: message.recipient.clone(),
                recipient_name: message.recipient_name.clone(),
                promise: message.promise_number,
                state: message.state.as_str(),
                letter_id: message.letter_id.clone(),
                alert_id: message.alert_id.clone(),
                digest_id: message.bundle_id.clone(),
                digest_message_id: evidence.digest_of(message).map(|digest| digest.message_id.clone()),
                fallback_of: message.fallback_of.clone(),
                message_id: message.message_id.clone(),
                subject: left.as_ref().map(|(subject, _)| subject.clone()),
                body: left.map(|(_, body)| body),
                settled_at: message.settled_at.map(rfc3339),
                last_answer: message.last_error.clone(),
                attempts: evidence
                    .attempts_of(message)
                    .chain(evidence.digest_of(message).into_iter().flat_map(|digest| evidence.attempts_of(digest)))
                    .map(attempt)
                    .collect(),
            }
        }
        ProofLine::Alert(alert) => Line::Alert {
            at,
            id: alert.id.clone(),
            kind: alert.kind.as_str(),
            level: alert.level,
            audience: alert.audience.as_str(),
            promise: alert.promise_number,
            account: username(&alert.account_id),
            acknowledge_by: alert.acknowledge_by.map(rfc3339),
            acknowledged_at: alert.acknowledged_at.map(rfc3339),
            acknowledged_by: alert.acknowledged_by.clone(),
            answer: alert.answer.clone(),
            ended_at: alert.ended_at.map(rfc3339),
        },
        ProofLine::Task(task) => Line::Task {
            at,
            id: task.id.clone(),
            kind: task.kind.as_str(),
            reason: task.reason.clone(),
            due_at: rfc3339(task.due_at),
            done_at: task.done_at.map(rfc3339),
            done_by: task.done_by.clone(),
            note: task.note.clone(),
        },
        ProofLine::Said(said) => Line::Said {
            at,
            id: said.id.clone(),
            kind: said.kind.as_str(),
            text: said.text.clone(),
            seen_at: said.seen_at.map(rfc3339),
            seen_by: said.seen_by.clone(),
        },
    }
}

fn attempt(attempt: &Attempt) -> AttemptShape {
    AttemptShape {
        number: attempt.number,
        at: rfc3339(attempt.at),
        outcome: attempt.outcome.as_str(),
        answer: attempt.answer.clone(),
    }
}
