//! What can be proven of a dossier: every notice, letter, alert and task with who did what when, the
//! texts as they left, and the answers of the servers. Reads only.

use crate::domain::calendar::WorkingCalendar;
use crate::domain::time::{Instant, civil_day};
use crate::domain::timeliness::{Facts, Timeliness, timeliness};
use crate::domain::working_time::working_days_late;
use crate::render::mail::digest_item;
use crate::store::alerts::{self, Alert};
use crate::store::attempts::{self, Attempt};
use crate::store::citizen_messages::{self, CitizenMessage};
use crate::store::dossiers::DossierRow;
use crate::store::evidence;
use crate::store::journal::Entry;
use crate::store::letters::{LetterRow, LetterState};
use crate::store::outbox::{Message, OutboxState};
use crate::store::rungs::{self, RungRow};
use crate::store::tasks::{self, Task};

use super::Office;
use super::apology::is_an_apology;
use super::error::OfficeResult;
use super::look::{Lateness, Whole, verdict};

/// A dossier with everything that was told, tried and answered about it.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub whole: Whole,
    /// Drafts and refused letters too.
    pub letters: Vec<LetterRow>,
    pub attempts: Vec<Attempt>,
    /// The digests that collected messages left with.
    pub digests: Vec<Message>,
    pub alerts: Vec<Alert>,
    pub tasks: Vec<Task>,
    pub said: Vec<CitizenMessage>,
    pub rungs: Vec<RungRow>,
    pub judged: Judged,
}

/// How the dossier stands against what was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Against the original promise, as the law judges.
    pub timeliness: Timeliness,
    /// Working days late against the original promise; `None`: not late.
    pub late: Option<u32>,
    /// The same against the new date; `None` too when there is none.
    pub late_again: Option<u32>,
    pub apology: ApologyTold,
    /// When the letter reached the citizen, as far as we know.
    pub reached_at: Option<Instant>,
}

/// Whether the apology came in its time (NĐ 118/2025 Art. 19(6): before the promise runs out).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApologyTold {
    /// Neither late nor moved.
    NotOwed,
    /// Late, and no letter was issued.
    Missing,
    /// At the latest on the day before the promised day.
    DayBefore { at: Instant },
    /// On the promised day, before the promised hour.
    SameDay { at: Instant },
    /// So many working days after the promise; 0: later on that day.
    After { at: Instant, working_days: u32 },
}

/// One line of the account.
#[derive(Debug, Clone, Copy)]
pub enum ProofLine<'a> {
    Event(&'a Entry),
    Letter(&'a LetterRow),
    Message(&'a Message),
    Alert(&'a Alert),
    Task(&'a Task),
    Said(&'a CitizenMessage),
}

impl Office {
    /// Everything that can be proven of the dossier with this code, as it stands at `now`.
    ///
    /// # Errors
    /// Not found; or the database.
    pub fn evidence(&self, now: Instant, code: &str) -> OfficeResult<Evidence> {
        let whole = self.whole(code)?;
        self.reading(|conn, rules| {
            let id = whole.row.id.as_str();
            let mut bundles: Vec<String> = whole.messages.iter().filter_map(|one| one.bundle_id.clone()).collect();
            bundles.sort();
            bundles.dedup();
            let digests = evidence::messages(conn, &bundles)?;
            let sent: Vec<String> = whole.messages.iter().chain(&digests).map(|one| one.id.clone()).collect();
            let letters = evidence::letters_of(conn, &[id])?;
            let judged = judge(&whole.row, &letters, &whole.messages, &rules.calendar, now);
            Ok(Evidence {
                attempts: attempts::of_messages(conn, &sent)?,
                alerts: alerts::of_dossier(conn, id)?,
                tasks: tasks::of_dossier(conn, id)?,
                said: citizen_messages::of_dossier(conn, id)?,
                rungs: rungs::all(conn)?,
                letters,
                digests,
                judged,
                whole,
            })
        })
    }
}

impl Evidence {
    /// Everything in the order in which it was decided.
    #[must_use]
    pub fn lines(&self) -> Vec<(Instant, ProofLine<'_>)> {
        let events = self.whole.events.iter().map(|one| (one.at, ProofLine::Event(one)));
        let letters = self.letters.iter().map(|one| (one.drafted_at, ProofLine::Letter(one)));
        let messages = self.whole.messages.iter().map(|one| (one.created_at, ProofLine::Message(one)));
        let alerts = self.alerts.iter().map(|one| (one.raised_at, ProofLine::Alert(one)));
        let tasks = self.tasks.iter().map(|one| (one.opened_at, ProofLine::Task(one)));
        let said = self.said.iter().map(|one| (one.said_at, ProofLine::Said(one)));
        let mut lines: Vec<_> = events.chain(letters).chain(alerts).chain(messages).chain(tasks).chain(said).collect();
        lines.sort_by_key(|(at, _)| *at);
        lines
    }

    /// The attempts to bring a message, oldest first.
    pub fn attempts_of<'a>(&'a self, message: &'a Message) -> impl Iterator<Item = &'a Attempt> {
        self.attempts.iter().filter(|attempt| attempt.outbox_id == message.id)
    }

    /// The digest that a message left with.
    #[must_use]
    pub fn digest_of(&self, message: &Message) -> Option<&Message> {
        let id = message.bundle_id.as_deref()?;
        self.digests.iter().find(|digest| digest.id == id)
    }

    /// Subject and text of a message as they left; of one that left in a digest, the digest's subject and what
    /// it said of this dossier. `None`: it did not leave, or not yet.
    #[must_use]
    pub fn as_left(&self, message: &Message) -> Option<(String, String)> {
        if let (Some(subject), Some(body)) = (&message.subject, &message.body) {
            return Some((subject.clone(), body.clone()));
        }
        let digest = self.digest_of(message).filter(|_| message.state.has_left())?;
        item_of(digest, message)
    }

    /// The promise a message or alert speaks of: its date.
    #[must_use]
    pub fn promise(&self, number: i32) -> Option<Instant> {
        self.whole.promises.iter().find(|promise| promise.number == number).map(|promise| promise.due_at)
    }

    /// The rung that an alert came from: the most particular one in force on the day of receipt.
    #[must_use]
    pub fn rung_of(&self, alert: &Alert, agency: &str, procedure: &str) -> Option<&RungRow> {
        let received = civil_day(self.whole.row.received_at);
        let fits = |rung: &&RungRow| {
            rung.kind == alert.kind
                && rung.level == alert.level
                && (rung.agency_code.is_empty() || rung.agency_code == agency)
                && (rung.procedure_code.is_empty() || rung.procedure_code == procedure)
                && rung.valid_from <= received
        };
        let particular =
            |rung: &&RungRow| (!rung.procedure_code.is_empty(), !rung.agency_code.is_empty(), rung.version);
        self.rungs.iter().filter(fits).max_by_key(particular)
    }
}

/// Subject of a digest that left, and what it said about the dossier of one of its notices.
#[must_use]
pub fn item_of(digest: &Message, message: &Message) -> Option<(String, String)> {
    Some((digest.subject.clone()?, digest_item(digest.body.as_deref()?, &message.about)?))
}

/// Whether a letter apologises for the first broken promise.
#[must_use]
pub fn apologises(letter: &LetterRow) -> bool {
    is_an_apology(letter)
}

/// Whether a message came to whom it was for, as far as its way tells.
#[must_use]
pub const fn arrived(state: OutboxState) -> bool {
    matches!(state, OutboxState::Sent | OutboxState::Delivered)
}

/// Working days that the work ended, or goes on, after the new date.
#[must_use]
pub fn late_again(row: &DossierRow, calendar: &WorkingCalendar, at: Instant) -> Option<u32> {
    let new_due_at = row.new_due_at?;
    let facts = Facts { due_at: Some(new_due_at), closed_at: row.closed_at, paused_since: row.paused_since };
    let until = row.closed_at.map_or(at, |closed| closed.min(at));
    timeliness(&facts, at).is_late().then(|| working_days_late(new_due_at, until, calendar))
}

fn judge(
    row: &DossierRow,
    letters: &[LetterRow],
    messages: &[Message],
    calendar: &WorkingCalendar,
    now: Instant,
) -> Judged {
    let verdict = verdict(row, now);
    let issued =
        |letter: &&LetterRow| letter.state == LetterState::Issued && !letter.is_taken_back() && apologises(letter);
    let letter = letters.iter().filter(issued).min_by_key(|letter| letter.dated_at());
    let apology = match (letter.map(LetterRow::dated_at), row.due_at) {
        (Some(at), Some(due_at)) if civil_day(at) < civil_day(due_at) => ApologyTold::DayBefore { at },
        (Some(at), Some(due_at)) if at <= due_at => ApologyTold::SameDay { at },
        (Some(at), due_at) => {
            let working_days = due_at.map_or(0, |due_at| working_days_late(due_at, at, calendar));
            ApologyTold::After { at, working_days }
        }
        (None, _) if verdict.is_late() => ApologyTold::Missing,
        (None, _) => ApologyTold::NotOwed,
    };
    let reached = messages.iter().filter(|message| {
        arrived(message.state) && letter.is_some_and(|letter| message.letter_id.as_deref() == Some(&letter.id))
    });
    Judged {
        timeliness: verdict,
        late: Lateness::of(row, now, calendar).promise,
        late_again: late_again(row, calendar, now),
        apology,
        reached_at: reached.filter_map(|message| message.settled_at).min(),
    }
}
