//! The items of the page of proof: one for each thing that was decided.

use crate::config::DelayReason;
use crate::domain::time::Instant;
use crate::office::Rules;
use crate::office::proof_of::{Evidence, ProofLine};
use crate::render::letter::LetterFacts;
use crate::render::mail::{self, MailFacts};
use crate::render::pages::proof::{AttemptView, DigestView, Mark, ProofItem, SentText, TextOf, ToSee};
use crate::render::pages::words::{AttemptWord, Hearer, Label, LetterWord, SendState, TakenWay, TaskWord};
use crate::render::pages::{Ctx, phrases, records};
use crate::store::alerts::Alert;
use crate::store::attempts::AttemptOutcome;
use crate::store::citizen_messages::{CitizenMessage, CitizenMessageKind};
use crate::store::journal::Entry;
use crate::store::letters::{LetterRow, LetterState};
use crate::store::outbox::{Delivery, Message, OutboxState};
use crate::store::tasks::{Task, TaskKind};
use crate::web::pages::citizen::letter_word;
use crate::web::pages::{dossier_view, encoded, shown};

/// What every item is made from.
pub(super) struct Maker<'a> {
    pub evidence: &'a Evidence,
    pub rules: &'a Rules,
    pub reasons: &'a [DelayReason],
    pub c: &'a Ctx,
    pub may_see: bool,
}

fn way(delivery: Delivery) -> TakenWay {
    match delivery {
        Delivery::Mail => TakenWay::Mail,
        Delivery::Sms => TakenWay::Sms,
        Delivery::Zalo => TakenWay::Zalo,
        Delivery::Tray => TakenWay::Tray,
    }
}

fn attempt_word(outcome: AttemptOutcome) -> AttemptWord {
    match outcome {
        AttemptOutcome::Sent => AttemptWord::Sent,
        AttemptOutcome::Retry => AttemptWord::Retry,
        AttemptOutcome::Failed => AttemptWord::Failed,
        AttemptOutcome::Delivered => AttemptWord::Delivered,
        AttemptOutcome::Bounced => AttemptWord::Bounced,
    }
}

/// Facts that are known, in order.
fn facts<const N: usize>(facts: [(Label, Option<String>); N]) -> Vec<(Label, String)> {
    facts.into_iter().filter_map(|(label, text)| Some((label, text.filter(|text| !text.is_empty())?))).collect()
}

impl Maker<'_> {
    pub fn item(&self, at: Instant, line: ProofLine<'_>) -> Option<ProofItem> {
        let item = match line {
            ProofLine::Event(entry) => self.event(entry)?,
            ProofLine::Letter(letter) => self.letter(letter),
            ProofLine::Message(message) => self.message(message),
            ProofLine::Alert(alert) => self.alert(alert),
            ProofLine::Task(task) => self.task(task),
            ProofLine::Said(said) => self.said(said),
        };
        Some(ProofItem { at: shown::at(at), ..item })
    }

    fn bare(icon: &'static str, title: String) -> ProofItem {
        ProofItem {
            at: String::new(),
            icon,
            title,
            mark: None,
            facts: Vec::new(),
            text: None,
            digest: None,
            attempts: Vec::new(),
            pdf_href: None,
            to_see: None,
        }
    }

    fn event(&self, entry: &Entry) -> Option<ProofItem> {
        let view = dossier_view::line(entry, self.rules, self.c.lang)?;
        let facts = facts([(Label::Detail, view.note), (Label::By, Some(view.by))]);
        Some(ProofItem { facts, ..Self::bare(view.kind.icon(), view.kind.word(self.c).to_owned()) })
    }

    fn letter(&self, letter: &LetterRow) -> ProofItem {
        let kept: Option<LetterFacts> = serde_json::from_str(&letter.facts).ok();
        let (word, tone, icon) = match letter.state {
            LetterState::Draft => (LetterWord::Draft, "warn", "clock"),
            LetterState::Issued => (LetterWord::Issued, "good", "check"),
            LetterState::Refused => (LetterWord::Refused, "bad", "stop"),
            LetterState::Void => (LetterWord::Void, "none", "stop"),
        };
        let who = Some(letter.signed_by.as_str()).filter(|who| !who.is_empty()).map(|who| self.person(who));
        let by = if letter.state == LetterState::Refused { Label::RefusedBy } else { Label::SignedBy };
        let reason = kept.as_ref().map(|facts| facts.reason.clone()).unwrap_or_default();
        let code = self.reason_name(&letter.reason_code);
        let why = [reason, code].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        ProofItem {
            mark: Some(Mark { tone, icon, word: word.word(self.c).to_owned() }),
            facts: facts([
                (Label::Number, Some(letter.number.clone())),
                (Label::Why, Some(why.join(" · "))),
                (Label::Promise, self.promised(letter.promise_number)),
                (Label::DecideBy, letter.decide_by.map(shown::at)),
                (Label::IssuedAt, letter.issued_at.map(shown::at)),
                (Label::Signer, Some(letter.signer.clone())),
                (by, who),
                (Label::Note, Some(records::cause(self.c.lang, &letter.note))),
                (Label::Hash, letter.document_hash.clone()),
            ]),
            pdf_href: (letter.state == LetterState::Issued).then(|| format!("/thu/{}.pdf", letter.id)),
            ..Self::bare("letter", letter_word(letter.kind).word(self.c).to_owned())
        }
    }

    fn message(&self, message: &Message) -> ProofItem {
        let state = shown::send_state(message);
        let kept: Option<MailFacts> = serde_json::from_str(&message.facts).ok();
        let digest = self.evidence.digest_of(message);
        let failed = message.fallback_of.as_deref().and_then(|id| {
            let of = self.evidence.whole.messages.iter().find(|one| one.id == id)?;
            Some(format!("{}, {}, {}", way(of.delivery).word(self.c), of.recipient, shown::at(of.created_at)))
        });
        let left_with = digest.map(|digest| {
            let at = digest.settled_at.unwrap_or(digest.created_at);
            format!("{} · {}", shown::send_state(digest).word(self.c), shown::at(at))
        });
        let attempts =
            self.evidence.attempts_of(message).chain(digest.into_iter().flat_map(|one| self.evidence.attempts_of(one)));
        let waits = message.settled_at.is_none() && message.ready_at > message.created_at;
        let to = if message.recipient_name.is_empty() { &message.recipient } else { &message.recipient_name };
        let kind = shown::message_kind(message.kind).word(self.c);
        let last = message.last_error.as_deref().map(|text| records::cause(self.c.lang, text));
        ProofItem {
            mark: Some(mark(state, self.c)),
            facts: facts([
                (Label::Way, Some(way(message.delivery).word(self.c).to_owned())),
                (Label::Address, Some(message.recipient.clone())),
                (Label::Why, kept.as_ref().map(|facts| facts.reason.clone())),
                (Label::Promise, self.promised(message.promise_number)),
                (Label::NotBefore, waits.then(|| shown::at(message.ready_at))),
                (Label::Digest, left_with),
                (Label::InsteadOf, failed),
                (Label::Settled, message.settled_at.map(shown::at)),
                (if state == SendState::Void { Label::Dropped } else { Label::LastAnswer }, last),
            ]),
            text: self.text(message, kept.as_ref()),
            digest: digest.and_then(digest_view),
            attempts: attempts
                .map(|attempt| AttemptView {
                    number: attempt.number,
                    at: shown::at(attempt.at),
                    word: attempt_word(attempt.outcome),
                    answer: records::cause(self.c.lang, &attempt.answer),
                })
                .collect(),
            ..Self::bare("send", format!("{kind} → {to} ({})", Hearer::from(message.audience).word(self.c)))
        }
    }

    fn alert(&self, alert: &Alert) -> ProofItem {
        let person = self.rules.accounts.get(&alert.account_id).map(|who| who.name.clone()).unwrap_or_default();
        let acknowledged =
            alert.acknowledged_at.map(|at| format!("{} · {}", self.person(&alert.acknowledged_by), shown::at(at)));
        let row = &self.evidence.whole.row;
        let procedure = self.rules.procedure_version(&row.procedure_id).map(|version| version.row.code.as_str());
        let agency = self.rules.agencies.iter().find(|agency| agency.id == row.agency_id);
        let rung = self.evidence.rung_of(
            alert,
            agency.map_or("", |agency| agency.code.as_str()),
            procedure.unwrap_or_default(),
        );
        let rule = rung.map(|rung| {
            let kind = shown::message_kind(rung.kind).word(self.c);
            phrases::rung(self.c.lang, kind, rung.level, rung.version, &rung.basis)
        });
        let kept: Option<MailFacts> = serde_json::from_str(&alert.facts).ok();
        let kind = shown::message_kind(alert.kind).word(self.c);
        ProofItem {
            facts: facts([
                (Label::Person, Some(person)),
                (Label::Rule, rule),
                (Label::Why, kept.map(|facts| facts.reason)),
                (Label::Promise, self.promised(alert.promise_number)),
                (Label::AcknowledgeBy, alert.acknowledge_by.map(shown::at)),
                (Label::Acknowledged, acknowledged),
                (Label::Answer, Some(records::answer(self.c.lang, &alert.answer))),
                (Label::Ended, alert.ended_at.filter(|_| alert.acknowledged_at.is_none()).map(shown::at)),
            ]),
            ..Self::bare("alarm", format!("{kind} ({})", Hearer::from(alert.audience).word(self.c)))
        }
    }

    fn task(&self, task: &Task) -> ProofItem {
        let word = match task.kind {
            TaskKind::Phone => TaskWord::Phone,
            TaskKind::Print => TaskWord::Print,
            TaskKind::Contact => TaskWord::Contact,
        };
        let done = task.done_at.map(|at| format!("{} · {}", self.person(&task.done_by), shown::at(at)));
        ProofItem {
            facts: facts([
                (Label::Why, Some(task.reason.clone())),
                (Label::DueBy, Some(shown::at(task.due_at))),
                (Label::Done, done),
                (Label::Note, Some(records::task_note(self.c.lang, &task.note))),
            ]),
            ..Self::bare("people", word.word(self.c).to_owned())
        }
    }

    fn said(&self, said: &CitizenMessage) -> ProofItem {
        let seen = said.seen_at.map(|at| format!("{} · {}", self.person(&said.seen_by), shown::at(at)));
        let action = format!("/ho-so/{}/nguoi-dan/{}/da-doc", encoded(&self.evidence.whole.row.code), said.id);
        ProofItem {
            facts: facts([(Label::Said, Some(said.text.clone())), (Label::Seen, seen)]),
            to_see: (said.seen_at.is_none() && self.may_see).then_some(ToSee { action }),
            ..Self::bare("people", saying(said.kind).word(self.c).to_owned())
        }
    }

    /// The text as it left; what has not left yet as it would, unless it leaves in a digest, whose words are
    /// only made then.
    fn text(&self, message: &Message, kept: Option<&MailFacts>) -> Option<SentText> {
        if let Some((subject, body)) = self.evidence.as_left(message) {
            let of = if message.body.is_some() { TextOf::Left } else { TextOf::DigestItem };
            return Some(SentText { subject, body, of });
        }
        if message.state == OutboxState::Collected || message.bundle_id.is_some() {
            return None;
        }
        let mail = kept.and_then(|facts| mail::compose(facts).ok())?;
        Some(SentText { subject: mail.subject, body: mail.text, of: TextOf::Unsent })
    }

    /// The reason of a letter as the settings name it.
    fn reason_name(&self, code: &str) -> String {
        let listed = self.reasons.iter().find(|reason| reason.code == code);
        listed.map_or_else(|| phrases::own_reason(self.c.lang, code), |reason| reason.name.clone())
    }

    fn promised(&self, number: i32) -> Option<String> {
        self.evidence.promise(number).map(|at| phrases::promise_number(self.c.lang, number, &shown::at(at)))
    }

    /// The name behind a user name; the system and the command line have words of their own.
    fn person(&self, username: &str) -> String {
        dossier_view::actor(username, self.rules, self.c.lang)
    }
}

/// What a citizen's message is called.
pub fn saying(kind: CitizenMessageKind) -> crate::render::pages::citizen::Saying {
    match kind {
        CitizenMessageKind::Contact => crate::render::pages::citizen::Saying::Contact,
        CitizenMessageKind::Cost => crate::render::pages::citizen::Saying::Cost,
    }
}

fn mark(state: SendState, c: &Ctx) -> Mark {
    Mark { tone: state.tone(), icon: state.icon(), word: state.word(c).to_owned() }
}

/// A digest that left.
fn digest_view(digest: &Message) -> Option<DigestView> {
    Some(DigestView {
        message_id: digest.message_id.clone(),
        subject: digest.subject.clone()?,
        body: digest.body.clone()?,
    })
}
