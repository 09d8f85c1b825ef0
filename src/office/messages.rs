//! Who gets a notice, under which key it exists once, and the facts its text is made of.

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::{Instant, civil_day, local};
use crate::domain::working_time::{WorkingTime, working_days_late, working_time_left};
use crate::render::letter::LetterFacts;
use crate::render::mail::{HistoryLine, LetterNews, MailFacts};
use crate::render::words::{self, time_late_text, working_time_text};
use crate::store::citizen_messages::CitizenMessageKind;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{LetterKind, LetterRow};
use crate::store::outbox::{Decided, Delivery, Message};
use crate::store::people::{Account, Unit};
use crate::store::promises::PromiseRow;

use super::alarm::recipients;
use super::apology::{form_of, notice_of};
use super::at_hand::AtHand;
use super::error::OfficeResult;
use super::letters::file_name;
use super::rules::Rules;
use super::{Office, ids};

/// What a message says beyond the dossier itself, to whom, and which way it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Addressed<'a> {
    pub kind: NoticeKind,
    pub audience: Audience,
    /// Number of the promise it speaks of.
    pub promise: i32,
    pub delivery: Delivery,
    pub recipient: &'a str,
    pub recipient_name: &'a str,
    pub reason: &'a str,
}

/// The key under which a message exists once.
fn key(row: &DossierRow, addressed: &Addressed<'_>) -> String {
    let Addressed { kind, promise, recipient, delivery, audience, .. } = addressed;
    if *audience == Audience::Applicant {
        // Whatever way it takes: an address put right does not make it another message.
        return format!("{}/{promise}/{kind}/{audience}", row.id);
    }
    format!("{}/{promise}/{kind}/{recipient}/{delivery}", row.id)
}

/// Whose work something is: a unit and an officer of it, as far as there are any.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    unit: Option<&'a Unit>,
    officer_id: Option<&'a str>,
}

impl<'a> Place<'a> {
    /// Where a dossier is worked on.
    pub(super) fn of(rules: &'a Rules, row: &'a DossierRow) -> Self {
        Self { unit: row.unit_id.as_deref().and_then(|id| rules.unit(id)), officer_id: row.officer_id.as_deref() }
    }

    /// The desk, which no officer of another unit answers for.
    pub(super) fn desk(rules: &'a Rules) -> Self {
        Self { unit: rules.desk(), officer_id: None }
    }
}

/// Who hears of it by mail: who holds the post, or who stands in while they are away; when the post is
/// empty or has no address the next one up, so that no late file goes unheard.
pub(super) fn person<'a>(rules: &'a Rules, at: Place<'_>, audience: Audience, now: Instant) -> Option<&'a Account> {
    let posts = recipients::posts(rules, at.unit, at.officer_id, audience);
    recipients::reached(rules, &posts, civil_day(now), |who| who.email.is_some())
}

/// On whose screen it stands: as [`person`], with or without an address.
pub(super) fn holder<'a>(rules: &'a Rules, at: Place<'_>, audience: Audience, now: Instant) -> Option<&'a Account> {
    let posts = recipients::posts(rules, at.unit, at.officer_id, audience);
    recipients::reached(rules, &posts, civil_day(now), |_| true)
}

impl Office {
    /// A message ready to leave, its facts frozen.
    pub(super) fn message(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &AtHand,
        addressed: &Addressed<'_>,
    ) -> OfficeResult<Message> {
        let facts = self.mail_facts(rules, now, dossier, addressed)?;
        self.message_of(now, &dossier.row, addressed, &facts)
    }

    /// The outbox row of these facts.
    pub(super) fn message_of(
        &self,
        now: Instant,
        row: &DossierRow,
        addressed: &Addressed<'_>,
        facts: &MailFacts,
    ) -> OfficeResult<Message> {
        let id = ids::id(now)?;
        let decided = Decided {
            message_id: self.message_id(&id),
            id,
            agency_id: row.agency_id.clone(),
            about: row.code.clone(),
            notice_key: key(row, addressed),
            kind: addressed.kind,
            audience: addressed.audience,
            promise_number: addressed.promise,
            delivery: addressed.delivery,
            recipient: addressed.recipient.to_owned(),
            recipient_name: addressed.recipient_name.to_owned(),
            facts: serde_json::to_string(facts)?,
            at: now,
        };
        Ok(Message { dossier_id: Some(row.id.clone()), ..Message::decided(decided) })
    }

    /// The facts of a message, frozen when it is decided.
    pub(super) fn mail_facts(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &AtHand,
        wording: &Addressed<'_>,
    ) -> OfficeResult<MailFacts> {
        let (settings, row) = (self.settings(), &dossier.row);
        let procedure = rules.procedure_version(&row.procedure_id);
        let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
        let officer = row.officer_id.as_deref().and_then(|id| rules.accounts.get(id)).map(|who| who.name.clone());
        let current = row.new_due_at.or(row.due_at);
        let left = current.map_or(WorkingTime::default(), |due_at| working_time_left(now, due_at, &rules.calendar));
        let late_from = if wording.kind == NoticeKind::Escalation { row.new_due_at } else { row.due_at };
        let late = late_from.map_or(0, |due_at| working_days_late(due_at, now, &rules.calendar));
        let link = match wording.audience {
            Audience::Applicant => self.status_url(row),
            Audience::Officer | Audience::Supervisor | Audience::Manager | Audience::Desk | Audience::Admin => {
                let asks = matches!(wording.kind, NoticeKind::DueSoon | NoticeKind::ApologyDue);
                if matches!(wording.kind, NoticeKind::SignatureDue | NoticeKind::Unsigned) {
                    format!("{}/thu/ky", self.settings().server.public_url.trim_end_matches('/'))
                } else {
                    format!("{}{}", self.dossier_url(row), if asks { "#kip-han" } else { "" })
                }
            }
        };
        let in_force = if row.reschedule_number == 0 { row.promise_number } else { row.reschedule_number };
        let of_force = |promise: &&PromiseRow| promise.number == in_force;
        let provisional = dossier.promises.iter().filter(of_force).any(|promise| rules.is_provisional(promise));
        let letter = carried_letter(dossier, wording);
        Ok(MailFacts {
            kind: wording.kind.as_str().to_owned(),
            audience: wording.audience,
            recipient_name: wording.recipient_name.to_owned(),
            salutation: "Ông/Bà".to_owned(),
            dossier_code: row.code.clone(),
            procedure_name: procedure.map(|procedure| procedure.row.name.clone()).unwrap_or_default(),
            applicant_name: row.applicant_name.clone(),
            unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            officer_name: officer.or_else(|| row.officer_label.clone()).unwrap_or_default(),
            received_at: local(row.received_at),
            due_at: row.due_at.map(local),
            new_due_at: row.new_due_at.map(local),
            time_left: working_time_text(left),
            time_late: time_late_text(late),
            reason: wording.reason.to_owned(),
            legal_basis: "khoản 6 Điều 19 Nghị định số 118/2025/NĐ-CP".to_owned(),
            history: history(rules, dossier, wording.kind),
            attachment: letter.map(|letter| file_name(&letter.number)),
            provisional,
            agency_name: rules.agency()?.name.clone(),
            agency_phone: settings.agency.phone.clone(),
            link: Some(link),
            accountable: String::new(),
            sub_deadline: None,
            letter: letter.filter(|letter| letter.kind != LetterKind::Apology).map(news_of).transpose()?,
        })
    }

    /// Where officials see the dossier.
    #[must_use]
    pub fn dossier_url(&self, row: &DossierRow) -> String {
        format!("{}/ho-so/{}", self.settings().server.public_url.trim_end_matches('/'), row.code)
    }

    /// Where the citizen sees the dossier, behind its secret.
    #[must_use]
    pub fn status_url(&self, row: &DossierRow) -> String {
        format!("{}/tra-cuu/{}", self.settings().server.public_url.trim_end_matches('/'), row.status_token)
    }

    /// Stable for a message: a repeat after a crash is recognised by it.
    pub(super) fn message_id(&self, id: &str) -> String {
        let host = self.settings().mail.from.rsplit('@').next().unwrap_or("localhost");
        format!("<{id}@{host}>")
    }
}

/// The letter that a message brings; `None` for other messages.
fn carried_letter<'a>(dossier: &'a AtHand, wording: &Addressed<'_>) -> Option<&'a LetterRow> {
    let brings =
        |letter: &&LetterRow| notice_of(letter.kind) == wording.kind && letter.promise_number == wording.promise;
    dossier.issued().into_iter().find(brings)
}

/// What the letter says that the message repeats.
fn news_of(letter: &LetterRow) -> OfficeResult<LetterNews> {
    let facts: LetterFacts = serde_json::from_str(&letter.facts)?;
    Ok(LetterNews {
        result_at: facts.result_at,
        what_happened: facts.what_happened,
        person_in_charge: facts.person_in_charge,
        person_contact: facts.person_contact,
    })
}

/// The past of a dossier: the receipt and what was written to the applicant; for who has to decide also
/// who said that it would be ready, and what the applicant wrote.
fn history(rules: &Rules, dossier: &AtHand, kind: NoticeKind) -> Vec<HistoryLine> {
    let row = &dossier.row;
    let mut lines = vec![(row.received_at, words::received_text())];
    for letter in dossier.issued() {
        let promised = dossier.promises.iter().find(|promise| Some(promise.made_at) == letter.issued_at);
        let promised = promised.map(|promise| local(promise.due_at));
        lines.push((letter.dated_at(), words::letter_sent_text(form_of(letter.kind), &letter.number, promised)));
    }
    let whole = matches!(kind, NoticeKind::StillOverdue | NoticeKind::Escalation | NoticeKind::Unacknowledged);
    if whole {
        lines.extend(said_of(rules, dossier));
    }
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(at, what)| HistoryLine { at: local(at), what }).collect()
}

/// Who confirmed that it would be ready, and what the applicant wrote.
fn said_of(rules: &Rules, dossier: &AtHand) -> Vec<(Instant, String)> {
    let mut lines = Vec::new();
    for line in &dossier.confirmed {
        let who = rules.accounts.values().find(|who| who.username == line.actor);
        lines.push((line.at, words::ready_confirmed_text(who.map_or(line.actor.as_str(), |who| &who.name))));
    }
    for said in &dossier.said {
        lines.push((said.said_at, words::citizen_said_text(said.kind == CitizenMessageKind::Cost)));
    }
    lines
}
