//! The shapes of the machine interface. Instants are RFC 3339 in Vietnam's offset, whole seconds.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::filing::{PaperForm, PaperLine};
use crate::domain::time::{Instant, rfc3339};
use crate::domain::timeliness::Timeliness;
use crate::office::Rules;
use crate::office::intake::IntakeForm;
use crate::office::look::{law_date, law_verdict, verdict};
use crate::store;
use crate::store::dossiers::DossierRow;
use crate::store::journal::Entry;
use crate::store::letters::{LetterRow, LetterState};

use super::ledger::LedgerDay;

/// A dossier to be logged.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDossier {
    // What is missing is named with every other wrong field.
    #[serde(default)]
    #[schema(required = true)]
    pub procedure_code: String,
    /// `online`, `counter` or `post`
    #[serde(default)]
    #[schema(required = true)]
    pub channel: String,
    #[serde(default)]
    #[schema(required = true)]
    pub applicant: Applicant,
    /// Default: now.
    pub received_at: Option<String>,
    /// A foreign code, kept as it is; default: the next of ours.
    pub code: Option<String>,
    /// Code or name; default: by the procedure's sector.
    pub unit: Option<String>,
    /// User name or name; default: the unit's officer.
    pub officer: Option<String>,
    /// In which order the applicant wishes to be reached: `mail`, `zalo`, `sms`, `tray`; default: the office's.
    #[serde(default)]
    pub contact_ways: Vec<String>,
    #[serde(default)]
    pub paper_supplement: bool,
    #[serde(default)]
    pub presence_required: bool,
    #[serde(default)]
    pub fee_due: bool,
    #[serde(default)]
    pub paid_online: bool,
    /// `self` (default), `assisted`: filled in by the office with the citizen, `representative`
    pub filed_by: Option<String>,
    /// Needed with `representative`.
    pub representative: Option<Representative>,
    /// Who is told about the dossier: `applicant` (default) or `representative`
    pub addressee: Option<String>,
    /// The papers handed in; they stand on the receipt.
    #[serde(default)]
    pub papers: Vec<Paper>,
}

/// Who hands in for the applicant.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Representative {
    pub name: String,
    pub phone: String,
}

/// A paper handed in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub name: String,
    /// 1 to 99; default: 1
    pub copies: Option<u8>,
    /// `original` (default), `copy`, `electronic`
    #[schema(value_type = Option<String>)]
    pub form: Option<PaperForm>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Applicant {
    #[serde(default)]
    #[schema(required = true)]
    pub name: String,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
}

impl From<NewDossier> for IntakeForm {
    fn from(new: NewDossier) -> Self {
        let representative = new.representative.unwrap_or_default();
        let paper = |paper: Paper| PaperLine {
            name: paper.name,
            copies: paper.copies.unwrap_or(1),
            form: paper.form.unwrap_or(PaperForm::Original),
        };
        Self {
            procedure_code: new.procedure_code,
            channel: new.channel,
            applicant_name: new.applicant.name,
            applicant_phone: new.applicant.phone.unwrap_or_default(),
            applicant_email: new.applicant.email.unwrap_or_default(),
            applicant_address: new.applicant.address.unwrap_or_default(),
            contact_ways: new.contact_ways.join(" "),
            received_at: new.received_at.unwrap_or_default(),
            code: new.code.unwrap_or_default(),
            unit: new.unit.unwrap_or_default(),
            officer: new.officer.unwrap_or_default(),
            paper_supplement: new.paper_supplement,
            presence_required: new.presence_required,
            fee_due: new.fee_due,
            paid_online: new.paid_online,
            filed_by: new.filed_by.unwrap_or_default(),
            representative_name: representative.name,
            representative_phone: representative.phone,
            addressee: new.addressee.unwrap_or_default(),
            papers: new.papers.into_iter().map(paper).collect(),
        }
    }
}

/// What a freshly logged dossier is answered with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Logged {
    pub code: String,
    pub received_at: String,
    /// `null`: the procedure has no limit, nothing was promised.
    pub due_at: Option<String>,
    /// What the statutory limit gives; later than `due_at` when the office committed to less.
    pub statutory_due_at: Option<String>,
    pub ledger: Vec<LedgerDay>,
    pub receipt_url: String,
    pub status_url: String,
}

/// A dossier as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Dossier {
    pub code: String,
    pub procedure_code: String,
    pub procedure_name: String,
    pub channel: &'static str,
    pub applicant: Applicant,
    pub unit: Option<String>,
    pub officer: Option<String>,
    pub received_at: String,
    pub stage: &'static str,
    pub stage_since: String,
    /// `early`, `on_time`, `late`, `running`, `overdue`, `paused`, `no_promise`, `closed_without_promise`
    pub timeliness: &'static str,
    /// The promise that is judged.
    pub due_at: Option<String>,
    /// What the statutory limit gives; later than `due_at` when the office committed to less, `null`
    /// while the law's number is unknown.
    pub statutory_due_at: Option<String>,
    /// Whether it is late, open or closed, by the statutory limit; `null` while that is unknown.
    pub late_by_statute: Option<bool>,
    /// The one new date of an apology.
    pub new_due_at: Option<String>,
    /// The date in force rests on days that nobody published or confirmed yet.
    pub provisional: bool,
    pub closed_at: Option<String>,
    pub returned_at: Option<String>,
    pub paper_supplement: bool,
    pub presence_required: bool,
    pub fee_due: bool,
    pub paid_online: bool,
    pub e_result: bool,
    pub revision: i32,
    /// Dates inside the limit; left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_deadlines: Option<Vec<SubDeadline>>,
}

/// A date inside the limit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubDeadline {
    /// `completion_notice`, `supplement`, `hand_over`, `consultation`
    pub kind: &'static str,
    /// The n-th of its kind; a consultation is answered by it.
    pub number: i32,
    /// The consulted body.
    pub body: String,
    pub content: String,
    pub started_at: String,
    pub due_at: String,
    pub ended_at: Option<String>,
    /// `met`, `late`, `lapsed`, `moot`; `null`: open
    pub outcome: Option<&'static str>,
    /// `screen`: shown; `mail`: told and, for an unanswered supplement, closed
    pub notice: &'static str,
    pub basis: String,
}

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

/// What a verb on a dossier may be told; each verb reads its own fields.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StepBody {
    /// supplement-request, obligation-request: what is asked for
    pub note: Option<String>,
    /// readiness: whether the result will be ready in time; `false` declares a delay
    pub ready: Option<bool>,
    /// delay, readiness
    pub reason_code: Option<String>,
    /// delay, readiness, withdrawal, stop, reassign
    pub reason: Option<String>,
    /// delay, readiness: `YYYY-MM-DD`; default: by the policy. loss: the one new date; default: none
    pub new_due_on: Option<String>,
    /// result: `granted` (default) or `refused`
    pub outcome: Option<String>,
    /// result: issued electronically as well
    pub e_result: Option<bool>,
    /// consultation: the body that is asked
    pub body: Option<String>,
    /// consultation: what it is asked
    pub content: Option<String>,
    /// consultation: by the end of which day, `YYYY-MM-DD`
    pub due_on: Option<String>,
    /// consultation-answer: which one
    pub number: Option<i32>,
    /// loss: `loss` (lost, damaged) or `error`
    pub kind: Option<String>,
    /// loss: what the office lost or did wrong
    pub what_happened: Option<String>,
    /// loss: what it does about it
    pub remedy: Option<String>,
    /// reassign: code or name of the unit that goes on; default: the one that has it
    pub unit: Option<String>,
    /// reassign: user name or name of the officer that goes on; default: the unit's
    pub officer: Option<String>,
}

/// How the interface names a verdict.
#[must_use]
pub const fn timeliness(verdict: Timeliness) -> &'static str {
    match verdict {
        Timeliness::Early => "early",
        Timeliness::OnTime => "on_time",
        Timeliness::Late => "late",
        Timeliness::ClosedWithoutPromise => "closed_without_promise",
        Timeliness::Running => "running",
        Timeliness::Overdue => "overdue",
        Timeliness::Paused => "paused",
        Timeliness::NoPromise => "no_promise",
    }
}

/// A dossier as the interface shows it.
#[must_use]
pub fn dossier(row: &DossierRow, rules: &Rules, now: Instant) -> Dossier {
    let procedure = rules.procedure_version(&row.procedure_id).map(|version| &version.row);
    let officer = row.officer_id.as_deref().and_then(|id| rules.accounts.get(id)).map(|who| who.name.clone());
    Dossier {
        code: row.code.clone(),
        procedure_code: procedure.map(|procedure| procedure.code.clone()).unwrap_or_default(),
        procedure_name: procedure.map(|procedure| procedure.name.clone()).unwrap_or_default(),
        channel: row.channel.as_str(),
        applicant: Applicant {
            name: row.applicant_name.clone(),
            phone: row.applicant_phone.clone(),
            email: row.applicant_email.clone(),
            address: row.applicant_address.clone(),
        },
        unit: row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone()),
        officer: officer.or_else(|| row.officer_label.clone()),
        received_at: rfc3339(row.received_at),
        stage: row.stage.as_str(),
        stage_since: rfc3339(row.stage_since),
        timeliness: timeliness(verdict(row, now)),
        due_at: row.due_at.map(rfc3339),
        statutory_due_at: law_date(row).map(rfc3339),
        late_by_statute: law_verdict(row, now).map(Timeliness::is_late),
        new_due_at: row.new_due_at.map(rfc3339),
        provisional: false,
        closed_at: row.closed_at.map(rfc3339),
        returned_at: row.returned_at.map(rfc3339),
        paper_supplement: row.paper_supplement,
        presence_required: row.presence_required,
        fee_due: row.fee_due,
        paid_online: row.paid_online,
        e_result: row.e_result,
        revision: row.revision,
        sub_deadlines: None,
    }
}

/// The dossier with the dates inside its limit.
#[must_use]
pub fn with_sub_deadlines(dossier: Dossier, subs: &[store::sub_deadlines::SubDeadline]) -> Dossier {
    let shape = |sub: &store::sub_deadlines::SubDeadline| SubDeadline {
        kind: sub.kind.as_str(),
        number: sub.number,
        body: sub.body.clone(),
        content: sub.content.clone(),
        started_at: rfc3339(sub.started_at),
        due_at: rfc3339(sub.due_at),
        ended_at: sub.ended_at.map(rfc3339),
        outcome: sub.outcome.map(crate::domain::sub_deadline::SubOutcome::as_str),
        notice: sub.notice.as_str(),
        basis: sub.basis.clone(),
    };
    Dossier { sub_deadlines: Some(subs.iter().map(shape).collect()), ..dossier }
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
