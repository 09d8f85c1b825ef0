//! `/ho-so/{code}`: one dossier, its dates and why, its history, and what may be done now.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, FieldError, error_at};
use super::intake::Flag;
use super::ledger::PromiseView;
use super::papers::PaperView;
use super::sub_deadlines::SubDeadlineView;
use super::words::{Channel, FiledBy, Outcome, Status};

mod actions;
mod views;

pub use actions::{ActionDraft, Holders, Verb};
pub use views::{ApplicantView, DatesView, EventView, MessageView, ReadinessView, SaidView};

/// Actions post `csrf`, `version` and: `note` (supplement, obligation requests, withdrawal),
/// `reason` (stop), `reason_code`, `reason`, `new_due_on` (delay), `outcome`, `e_result` (result),
/// `body`, `content`, `due_on` (consultation), `number` (its answer), `kind`, `what_happened`, `remedy`,
/// `new_due_on` (loss), `unit`, `officer`, `reason` (reassign).
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "dossier.html")]
pub struct DossierPage {
    pub c: Ctx,
    pub code: String,
    /// Number of events so far: two people editing one dossier are told.
    pub version: u64,
    pub procedure_code: String,
    pub procedure: String,
    pub sector: String,
    pub channel: Channel,
    pub applicant: ApplicantView,
    pub unit: String,
    pub officer: Option<String>,
    pub flags: Vec<Flag>,
    /// Papers it came with: `Tờ khai (bản chính)`.
    pub papers_in: Vec<String>,
    /// Who handed in for the applicant, or filled it in with them.
    pub filed_by: Option<FiledBy>,
    /// Name and telephone.
    pub representative: Option<String>,
    pub dates: DatesView,
    pub status: Status,
    pub sub_deadlines: Vec<SubDeadlineView>,
    /// How often the applicant was asked for a supplement before.
    pub requests_before: u64,
    /// Consultations that wait for an answer.
    pub unanswered: Vec<Choice>,
    /// The judged promise and why; `None` when nothing was promised.
    pub ledger: Option<PromiseView>,
    pub events: Vec<EventView>,
    pub messages: Vec<MessageView>,
    /// What the citizen said on their page, oldest first.
    pub said: Vec<SaidView>,
    /// The forms that are there or can be made.
    pub papers: Vec<PaperView>,
    pub actions: Vec<Verb>,
    pub reasons: Vec<Choice>,
    pub holders: Holders,
    /// The action whose form was refused; shown open with its errors and draft.
    pub open: Option<Verb>,
    pub draft: ActionDraft,
    /// Done by others since the form was opened.
    pub since: Vec<EventView>,
    pub errors: Vec<FieldError>,
    pub readiness: ReadinessView,
    /// `/tra-cuu/{token}`.
    /// When its result was ready can be corrected here.
    pub correctable: bool,
    pub citizen_href: String,
}

impl DossierPage {
    /// The reason that was chosen in a form that comes back.
    pub fn choose_reason(&mut self, code: &str) {
        if self.reasons.iter().any(|one| one.value == code) {
            self.reasons.iter_mut().for_each(|one| one.selected = one.value == code);
        }
    }

    #[must_use]
    pub fn is_open(&self, verb: &Verb) -> bool {
        self.open == Some(*verb)
    }

    /// The error at a field of a form; only the refused form shows any.
    #[must_use]
    pub fn error(&self, verb: &Verb, field: &str) -> Option<&str> {
        self.is_open(verb).then(|| error_at(&self.errors, field)).flatten()
    }

    /// A draft belongs to the refused form alone.
    #[must_use]
    pub fn kept<'a>(&self, verb: &Verb, text: &'a str) -> &'a str {
        if self.is_open(verb) { text } else { "" }
    }

    /// Whether somebody is asked to answer yes or no.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        matches!(self.readiness, ReadinessView::Asked | ReadinessView::AskedAgain)
    }

    /// Whether the answer "no" is possible: a delay can be declared.
    #[must_use]
    pub fn may_delay(&self) -> bool {
        self.actions.contains(&Verb::Delay)
    }

    /// Who confirmed, when.
    #[must_use]
    pub fn confirmed(&self) -> Option<&str> {
        match &self.readiness {
            ReadinessView::Confirmed(text) => Some(text),
            ReadinessView::Unasked | ReadinessView::Asked | ReadinessView::AskedAgain => None,
        }
    }

    /// Whether the applicant would be asked for a supplement once more.
    #[must_use]
    pub fn asks_again(&self, verb: &Verb) -> bool {
        *verb == Verb::SupplementRequest && self.requests_before > 0
    }

    #[must_use]
    pub fn outcomes(&self) -> &'static [Outcome] {
        Outcome::ALL
    }
}
