//! The facts of the forms 01, 02, 03 and 05, taken from the dossier as it stands.

use chrono::Datelike;
use serde_json::Value;

use crate::domain::dossier::StepKind;
use crate::domain::ledger::Ledger;
use crate::domain::limit::Limit;
use crate::domain::sub_deadline::SubDeadlineKind;
use crate::domain::time::{Instant, civil_day, local};
use crate::office::error::{OfficeError, OfficeResult};
use crate::office::filing::papers_of;
use crate::render::pages::{Lang, phrases};
use crate::render::paper::{Frame, Party, ReceiptFacts, RefusalFacts, Signature, StopFacts, SupplementFacts};
use crate::render::paper_lines::paper_text;
use crate::render::words::channel_text;
use crate::store::journal::Entry;
use crate::store::papers::PaperKind;
use crate::store::promises::PromiseRow;

use super::{Making, form_of};

impl Making<'_> {
    /// The facts as they will be kept.
    pub(super) fn facts(
        &self,
        kind: PaperKind,
        occasion: i32,
        number: &str,
        serial: i64,
        reason: &str,
    ) -> OfficeResult<String> {
        let frame = self.frame(kind, number)?;
        Ok(match kind {
            PaperKind::Receipt => serde_json::to_string(&self.receipt(frame, serial))?,
            PaperKind::SupplementRequest => serde_json::to_string(&self.supplement(frame, occasion)?)?,
            PaperKind::Refusal => serde_json::to_string(&self.refusal(frame, reason)?)?,
            PaperKind::Stop => serde_json::to_string(&self.stop(frame)?)?,
            PaperKind::ControlSlip => serde_json::to_string(&self.slip(frame))?,
        })
    }

    pub(super) fn frame(&self, kind: PaperKind, number: &str) -> OfficeResult<Frame> {
        let (head, agency) = (&self.head, self.rules.agency()?);
        Ok(Frame {
            dressing: self.office.dressing(head, form_of(kind), self.now),
            superior_body: head.superior.clone(),
            issuing_body: head.issuing.clone(),
            issuer_name: agency.name.clone(),
            number: number.to_owned(),
            place: head.place.clone(),
            issued_on: civil_day(self.now),
            dossier_code: self.row.code.clone(),
            contact: head.contact(&agency.name),
            status_url: Some(self.office.status_url(&self.row)),
        })
    }

    fn receipt(&self, frame: Frame, serial: i64) -> ReceiptFacts {
        // The receipt states the first promise, however often the date moved since.
        let first = self.promises.first();
        let logged = self.event(StepKind::Logged, 1);
        ReceiptFacts {
            applicant: self.party(),
            procedure_name: self.procedure_name(),
            procedure_code: self.procedure(|procedure| procedure.code.clone()),
            documents: self.filing.iter().flat_map(papers_of).map(|line| paper_text(&line)).collect(),
            channel: channel_text(self.row.channel).to_owned(),
            limit: first.map_or_else(|| phrases::no_limit(Lang::Vi), limit_words),
            received_at: local(self.row.received_at),
            due_at: first.map(|promise| local(promise.due_at)),
            provisional: first.is_some_and(|promise| self.rules.is_provisional(promise)),
            return_place: [frame.issuer_name.as_str(), &self.head.address]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            book: civil_day(self.now).year().to_string(),
            line: format!("{serial:02}"),
            received_by: logged.map(|entry| self.person(&entry.actor)).unwrap_or_default(),
            frame,
        }
    }

    fn supplement(&self, frame: Frame, request: i32) -> OfficeResult<SupplementFacts> {
        let asked = self.event(StepKind::SupplementRequested, request).ok_or(OfficeError::NotFound)?;
        let answer_by = self
            .sub_deadlines
            .iter()
            .find(|sub| sub.kind == SubDeadlineKind::Supplement && sub.number == request)
            .map(|sub| local(sub.due_at));
        let note = note_of(asked);
        let items = note.split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned);
        Ok(SupplementFacts {
            frame,
            applicant: self.party(),
            procedure_name: self.procedure_name(),
            items: items.collect(),
            request,
            asked_at: local(asked.at),
            answer_by,
            officer: self.person(&asked.actor),
            legal_basis: COMPLETION.to_owned(),
        })
    }

    fn refusal(&self, frame: Frame, reason: &str) -> OfficeResult<RefusalFacts> {
        let resolved = self.event(StepKind::ResultReady, 1).ok_or(OfficeError::NotFound)?;
        Ok(RefusalFacts {
            frame,
            applicant: self.party(),
            procedure_name: self.procedure_name(),
            received_at: local(self.row.received_at),
            refused_at: local(resolved.at),
            reason: reason.to_owned(),
            officer: self.person(&resolved.actor),
        })
    }

    fn stop(&self, frame: Frame) -> OfficeResult<StopFacts> {
        let stopped = self.event(StepKind::Stopped, 1).ok_or(OfficeError::NotFound)?;
        // The system stops a file for one reason: what was asked for did not come.
        let basis = if stopped.actor == "system" { COMPLETION } else { "" };
        Ok(StopFacts {
            frame,
            applicant: self.party(),
            procedure_name: self.procedure_name(),
            received_at: local(self.row.received_at),
            stopped_at: local(stopped.at),
            reason: note_of(stopped),
            legal_basis: basis.to_owned(),
            signature: Signature { signer: self.head.signer(), recipients: self.head.copies.clone() },
        })
    }

    /// The n-th event of a kind, from 1.
    pub(super) fn event(&self, kind: StepKind, number: i32) -> Option<&Entry> {
        let before = usize::try_from(number).ok()?.checked_sub(1)?;
        self.events.iter().filter(|entry| entry.kind == kind.as_str()).nth(before)
    }

    /// The name behind an actor of the journal; none for the system and the command line.
    pub(super) fn person(&self, actor: &str) -> String {
        let account = self.rules.accounts.values().find(|account| account.username == actor);
        account.map(|account| account.name.clone()).unwrap_or_default()
    }

    fn party(&self) -> Party {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Party {
            salutation: self.head.salutation.clone(),
            name: self.row.applicant_name.clone(),
            address: text(&self.row.applicant_address),
            phone: text(&self.row.applicant_phone),
            email: text(&self.row.applicant_email),
        }
    }

    pub(super) fn procedure_name(&self) -> String {
        self.procedure(|procedure| procedure.name.clone())
    }

    fn procedure(&self, field: impl Fn(&crate::store::procedures::Procedure) -> String) -> String {
        self.rules.procedure_version(&self.row.procedure_id).map(|version| field(&version.row)).unwrap_or_default()
    }

    /// The unit that handles the dossier.
    pub(super) fn unit(&self) -> String {
        let unit = self.row.unit_id.as_deref().and_then(|id| self.rules.unit(id));
        unit.map(|unit| unit.name.clone()).unwrap_or_default()
    }

    /// When `at` came, beside what was due.
    pub(super) fn against(at: Instant, due_at: Option<Instant>) -> String {
        let verdict = due_at.map(|due_at| match () {
            () if at > due_at => "Quá hạn",
            () if civil_day(at) < civil_day(due_at) => "Trước hạn",
            () => "Đúng hạn",
        });
        verdict.unwrap_or_default().to_owned()
    }
}

/// The note that a step was given.
pub(super) fn note_of(entry: &Entry) -> String {
    let body: Value = serde_json::from_str(&entry.body).unwrap_or_default();
    body.get("note").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The limit of a promise in words; with a shorter commitment both.
#[must_use]
pub fn limit_words(promise: &PromiseRow) -> String {
    let words = |limit: Limit| phrases::limit(Lang::Vi, i64::from(limit.value()), limit.unit());
    let kept = |ledger: &str| serde_json::from_str::<Ledger>(ledger).ok().map(|ledger| words(ledger.limit));
    match (kept(&promise.statutory_ledger), kept(&promise.ledger)) {
        (Some(statutory), Some(commitment)) => phrases::both_limits(&statutory, &commitment),
        (None, Some(limit)) => limit,
        (_, None) => phrases::no_limit(Lang::Vi),
    }
}

/// The law on completion after examination, and on closing what was not completed.
const COMPLETION: &str = "khoản 5 Điều 19 Nghị định số 118/2025/NĐ-CP";
