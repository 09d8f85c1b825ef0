//! What citizens say on their page: that their contact is wrong (a task for the desk), and what a delay
//! cost them (an alert to the supervisor). Who knows the page's secret speaks for the dossier.

use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::{Instant, civil_day, day_begins};
use crate::render::words::contact_said;
use crate::store::Tx;
use crate::store::citizen_messages::{self, CitizenMessage, CitizenMessageKind};
use crate::store::dossiers::{self, DossierRow};
use crate::store::tasks::{self, Task, TaskKind};

use super::alarm::Alarm;
use super::at_hand::AtHand;
use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::intake::nfc;
use super::look::verdict;
use super::rules::Rules;
use super::{Actor, Office, ids};

/// Messages of a kind about one dossier in one day; more is no message but an attack or a mistake.
pub const A_DAY: usize = 3;
/// Longest account of what a delay cost, in characters.
pub const COST_MAX: usize = 1_000;
/// Longest telephone number or mail address, as text.
const CONTACT_MAX: usize = 120;
/// Longest remark beside them.
const NOTE_MAX: usize = 500;

/// How the citizen can be reached; everything may stay empty.
#[derive(Debug, Clone, Default)]
pub struct ContactSaid {
    pub phone: String,
    pub email: String,
    pub note: String,
}

impl Office {
    /// "My contact is wrong": kept, and a task for the desk until the end of the next working day.
    ///
    /// # Errors
    /// Not found; a text that is too long; too much said today.
    pub fn say_contact(&self, now: Instant, token: &str, said: &ContactSaid) -> OfficeResult<()> {
        let mut errors = Vec::new();
        let mut short = |field, text: &str, max| {
            let text = plain(text).replace('\n', " ");
            if text.chars().count() > max {
                errors.push(FieldError::new(field, &text, Problem::TooLong { max }));
            }
            text
        };
        let (phone, email, note) = (
            short("phone", &said.phone, CONTACT_MAX),
            short("email", &said.email, CONTACT_MAX),
            short("note", &said.note, NOTE_MAX),
        );
        if !errors.is_empty() {
            return Err(OfficeError::Invalid(errors));
        }
        self.writing(|tx, rules| {
            let row = dossiers::by_status_token(tx, token)?.ok_or(OfficeError::NotFound)?;
            let text = contact_said(&phone, &email, &note);
            let message = keep(tx, now, &row, CitizenMessageKind::Contact, &text)?;
            let task = Task {
                id: ids::id(now)?,
                agency_id: row.agency_id.clone(),
                dossier_id: Some(row.id.clone()),
                submission_id: None,
                outbox_id: None,
                task_key: format!("{}/contact/{message}", row.id),
                kind: TaskKind::Contact,
                reason: text,
                opened_at: now,
                due_at: next_working_day_ends(rules, now),
                done_at: None,
                done_by: String::new(),
                note: String::new(),
            };
            tasks::open(tx, task)?;
            Ok(())
        })
    }

    /// What the delay cost: kept, and told to the supervisor, who has to acknowledge it.
    ///
    /// # Errors
    /// Not found; refused when the dossier is not late; an empty or too long text; too much said today.
    pub fn say_cost(&self, now: Instant, token: &str, text: &str) -> OfficeResult<()> {
        let text = plain(text);
        self.writing(|tx, rules| {
            let row = dossiers::by_status_token(tx, token)?.ok_or(OfficeError::NotFound)?;
            if !verdict(&row, now).is_late() {
                return Err(Refusal::NotLate.into());
            }
            match text.chars().count() {
                0 => return Err(FieldError::new("text", "", Problem::Required).into()),
                count if count > COST_MAX => {
                    return Err(FieldError::new("text", &text, Problem::TooLong { max: COST_MAX }).into());
                }
                _ => {}
            }
            keep(tx, now, &row, CitizenMessageKind::Cost, &text)?;
            let said = citizen_messages::of_dossier(tx, &row.id)?;
            let costs = said.iter().filter(|message| message.kind == CitizenMessageKind::Cost).count();
            let alarm = Alarm {
                kind: NoticeKind::CitizenCost,
                // Each message is told: the n-th has a key of its own.
                level: i32::try_from(costs).unwrap_or(i32::MAX),
                audience: Audience::Supervisor,
                promise: row.promise_number,
                ways: &[Way::Screen, Way::Mail],
                bundling: Bundling::Single,
                urgency: Urgency::Normal,
                acknowledge_by: Some(next_working_day_ends(rules, now)),
                reason: &text,
            };
            let (row, raised) = AtHand::at_once(tx, row, |dossier| self.alarm(rules, now, dossier, &alarm))?;
            if raised.is_none() {
                tracing::warn!(dossier = %row.code, "nobody to tell what the delay cost");
            }
            Ok(())
        })
    }

    /// Somebody of the office read what a citizen said.
    ///
    /// # Errors
    /// Not found when there is no such message of this dossier that nobody saw.
    pub fn see_citizen_message(&self, now: Instant, actor: &Actor, code: &str, id: &str) -> OfficeResult<()> {
        self.writing(|tx, _| {
            let row = dossiers::by_code(tx, code)?.ok_or(OfficeError::NotFound)?;
            match citizen_messages::see(tx, id, &row.id, actor.journal_name(), now)? {
                0 => Err(OfficeError::NotFound),
                _ => Ok(()),
            }
        })
    }
}

/// Keeps the message unless enough was said today; answers its id.
fn keep(tx: &mut Tx<'_>, now: Instant, row: &DossierRow, kind: CitizenMessageKind, text: &str) -> OfficeResult<String> {
    let midnight = day_begins(civil_day(now));
    let today = citizen_messages::count_since(tx, &row.id, kind, midnight)?;
    if usize::try_from(today).unwrap_or(usize::MAX) >= A_DAY {
        let field = match kind {
            CitizenMessageKind::Contact => "note",
            CitizenMessageKind::Cost => "text",
        };
        return Err(FieldError::new(field, text, Problem::EnoughToday { max: A_DAY }).into());
    }
    let id = ids::id(now)?;
    let message = CitizenMessage {
        id: id.clone(),
        agency_id: row.agency_id.clone(),
        dossier_id: row.id.clone(),
        kind,
        text: text.to_owned(),
        said_at: now,
        seen_at: None,
        seen_by: String::new(),
    };
    citizen_messages::insert(tx, message)?;
    Ok(id)
}

/// Composed (NFC), its lines ended by LF; control characters are spaces, since nobody typed them.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    nfc(text.trim())
}

fn next_working_day_ends(rules: &Rules, now: Instant) -> Instant {
    let day = rules.calendar.nth_working_day_after(civil_day(now), 1);
    day.and_then(|day| rules.calendar.closes(day)).unwrap_or(now + chrono::Duration::days(1))
}
