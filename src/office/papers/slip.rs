//! The control slip (06): who gave the file to whom and when, and whether in time. It grows with its
//! dossier; each print with new rows is an occasion of its own.

use crate::domain::dossier::{StageName, StepKind};
use crate::domain::sub_deadline::{SubDeadlineKind, SubOutcome};
use crate::domain::time::{Instant, local};
use crate::office::correction::Corrected;
use crate::office::error::OfficeResult;
use crate::render::paper::{Frame, SlipFacts, SlipRow};
use crate::render::words::slip;
use crate::store::journal::Entry;
use crate::store::papers::{Paper, PaperKind};
use crate::store::sub_deadlines::SubDeadline;

use super::Making;
use super::frozen::note_of;

impl Making<'_> {
    pub(super) fn slip(&self, frame: Frame) -> SlipFacts {
        let mut other_bodies: Vec<String> = Vec::new();
        for asked in self.sub_deadlines.iter().filter(|sub| sub.kind == SubDeadlineKind::Consultation) {
            if !other_bodies.contains(&asked.body) {
                other_bodies.push(asked.body.clone());
            }
        }
        SlipFacts {
            frame,
            applicant_name: self.row.applicant_name.clone(),
            procedure_name: self.procedure_name(),
            lead_body: self.unit(),
            other_bodies,
            received_at: local(self.row.received_at),
            due_at: self.row.due_at.map(local),
            new_due_at: self.row.new_due_at.map(local),
            rows: self.rows(),
        }
    }

    /// Whether a slip that was made says what one made now would say.
    pub(super) fn same_rows(&self, made: &Paper) -> OfficeResult<bool> {
        let made: SlipFacts = serde_json::from_str(&made.facts)?;
        let now = self.slip(self.frame(PaperKind::ControlSlip, "")?);
        Ok((made.rows, made.due_at, made.new_due_at) == (now.rows, now.due_at, now.new_due_at))
    }

    fn rows(&self) -> Vec<SlipRow> {
        let mut rows: Vec<(Instant, SlipRow)> =
            self.events.iter().filter_map(|entry| Some((entry.at, self.step_row(entry)?))).collect();
        for asked in self.sub_deadlines.iter().filter(|sub| sub.kind == SubDeadlineKind::Consultation) {
            rows.extend(self.consultation_rows(asked));
        }
        rows.sort_by_key(|(at, _)| *at);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn step_row(&self, entry: &Entry) -> Option<SlipRow> {
        let step = entry.kind.parse::<StepKind>().ok()?;
        let applicant = || slip::applicant(&self.row.applicant_name);
        let desk = || self.rules.desk().map(|unit| unit.name.clone()).unwrap_or_default();
        let unit = || with_officer(self.unit_at(entry), &self.person(&entry.actor));
        let due_of = |kind| {
            let done = self.sub_deadlines.iter().find(|sub| sub.kind == kind && sub.ended_at == Some(entry.at));
            Self::against(entry.at, done.map(|sub| sub.due_at))
        };
        let corrected = Corrected::of(entry).map(|corrected| corrected.becomes).ok();
        let (giver, receiver, result) = match step {
            StepKind::Logged => (
                applicant(),
                Some(self.person(&entry.actor)).filter(|name| !name.is_empty()).unwrap_or_else(desk),
                String::new(),
            ),
            StepKind::HandedOver => (desk(), self.unit_at(entry), due_of(SubDeadlineKind::HandOver)),
            StepKind::Reassigned => {
                (self.holder(entry, "from_unit", "from_officer"), self.holder(entry, "unit", "officer"), String::new())
            }
            StepKind::SupplementRequested | StepKind::ObligationRequested => (unit(), applicant(), String::new()),
            StepKind::SupplementReceived => (applicant(), unit(), due_of(SubDeadlineKind::Supplement)),
            StepKind::ObligationMet => (applicant(), unit(), String::new()),
            StepKind::ResultReady => (unit(), desk(), Self::against(entry.at, self.row.due_at)),
            StepKind::ResultCorrected => (unit(), desk(), Self::against(corrected?, self.row.due_at)),
            StepKind::Returned => (desk(), applicant(), String::new()),
            StepKind::Withdrawn | StepKind::Stopped => (unit(), desk(), String::new()),
            StepKind::DelayDeclared
            | StepKind::Rescheduled
            | StepKind::Redated
            | StepKind::PromiseImported
            | StepKind::ConsultationAsked
            | StepKind::ConsultationAnswered
            | StepKind::ReadyConfirmed
            | StepKind::LetterDrafted
            | StepKind::LetterIssued
            | StepKind::LetterRefused
            | StepKind::LossDeclared => return None,
        };
        let refused = step == StepKind::ResultReady && self.row.stage == StageName::Refused;
        let note = if step == StepKind::Reassigned {
            slip::passed_on(&note_of(entry))
        } else {
            slip::note(step, refused).to_owned()
        };
        let at = local(corrected.unwrap_or(entry.at));
        Some(SlipRow { giver, receiver, at, result, note })
    }

    fn consultation_rows(&self, asked: &SubDeadline) -> Vec<(Instant, SlipRow)> {
        let row = |giver: &str, receiver: &str, at: Instant, result: String, note: String| {
            let row = SlipRow { giver: giver.to_owned(), receiver: receiver.to_owned(), at: local(at), result, note };
            (at, row)
        };
        let unit = self.unit();
        let question = row(&unit, &asked.body, asked.started_at, String::new(), slip::asked(&asked.content));
        let answered = asked.ended_at.filter(|_| matches!(asked.outcome, Some(SubOutcome::Met | SubOutcome::Late)));
        let answer = answered
            .map(|at| row(&asked.body, &unit, at, Self::against(at, Some(asked.due_at)), slip::answered().to_owned()));
        std::iter::once(question).chain(answer).collect()
    }

    /// The unit that held the dossier when this was written down: the next hand-over says from whom.
    fn unit_at(&self, entry: &Entry) -> String {
        let passed_on = |later: &&Entry| later.kind == StepKind::Reassigned.as_str() && later.seq > entry.seq;
        match self.events.iter().find(passed_on) {
            Some(later) => self.unit_named(&word_of(later, "from_unit")),
            None => self.unit(),
        }
    }

    fn holder(&self, entry: &Entry, unit: &str, officer: &str) -> String {
        with_officer(self.unit_named(&word_of(entry, unit)), &self.person(&word_of(entry, officer)))
    }

    fn unit_named(&self, code: &str) -> String {
        self.rules.unit_named(code).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
    }
}

fn with_officer(unit: String, name: &str) -> String {
    if name.is_empty() { unit } else { format!("{unit} ({name})") }
}

/// A word of a journal line's body.
fn word_of(entry: &Entry, name: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(&entry.body).unwrap_or_default();
    body.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}
