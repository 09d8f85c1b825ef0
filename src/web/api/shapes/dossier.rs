//! A dossier as it is answered: freshly logged, as it stands, and with the dates inside its limit.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::filing::{Addressee, FiledBy, PaperLine};
use crate::domain::time::{Instant, rfc3339};
use crate::domain::timeliness::Timeliness;
use crate::office::Rules;
use crate::office::filing::papers_of;
use crate::office::look::{law_date, law_verdict, verdict};
use crate::store;
use crate::store::dossiers::DossierRow;
use crate::store::filings::Filing;
use crate::web::api::ledger::LedgerDay;

use super::requests::{Applicant, Paper, Representative};

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
    /// How it was handed in; left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filing: Option<HandedIn>,
}

/// How a dossier was handed in, in the words of its logging.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandedIn {
    pub cross_boundary: bool,
    /// `self`, `assisted`, `representative`
    pub filed_by: &'static str,
    pub representative: Option<Representative>,
    /// `applicant`, `representative`
    pub addressee: &'static str,
    pub papers: Vec<Paper>,
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
        filing: None,
    }
}

/// The dossier with the dates inside its limit, and how it was handed in.
#[must_use]
pub fn in_detail(dossier: Dossier, subs: &[store::sub_deadlines::SubDeadline], filing: Option<&Filing>) -> Dossier {
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
    Dossier { sub_deadlines: Some(subs.iter().map(shape).collect()), filing: Some(filed(filing)), ..dossier }
}

/// Nothing is kept of what was handed in as usual.
fn filed(filing: Option<&Filing>) -> HandedIn {
    let by = filing.map_or(FiledBy::Itself, |filing| filing.filed_by);
    let paper = |PaperLine { name, copies, form }: PaperLine| Paper { name, copies: Some(copies), form: Some(form) };
    HandedIn {
        cross_boundary: filing.is_some_and(|filing| filing.cross_boundary),
        filed_by: by.as_str(),
        representative: filing.filter(|_| by == FiledBy::Representative).map(|filing| Representative {
            name: filing.representative_name.clone(),
            phone: filing.representative_phone.clone(),
        }),
        addressee: filing.map_or(Addressee::Applicant, |filing| filing.addressee).as_str(),
        papers: filing.map(papers_of).unwrap_or_default().into_iter().map(paper).collect(),
    }
}
