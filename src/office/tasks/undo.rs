//! Taking back a tick of the desk: a slip of the hand, put right by who made it while nothing followed from it.
//! A step of a dossier is none: the law counts its days from it.

use chrono::Duration;

use crate::domain::time::{Instant, civil_day};
use crate::office::alarm::recipients::screens;
use crate::office::error::{OfficeError, OfficeResult, Refusal};
use crate::office::rules::Rules;
use crate::office::stale::void_reason;
use crate::office::{Actor, Office};
use crate::store::outbox::{self, Delivery, Message, OutboxState};
use crate::store::tasks::{self, Task};
use crate::store::{Conn, journal};

use super::about::{About, about};
use super::{DONE, UNDONE, write_down};

/// So long a tick can be taken back.
pub const UNDO_MINUTES: i64 = 10;

/// So many ticks are offered to be taken back.
const OFFERED: i64 = 20;

/// A tick that can still be taken back.
#[derive(Debug, Clone)]
pub struct Ticked {
    pub task: Task,
    pub about: About,
    /// It was about a letter.
    pub letter_id: Option<String>,
}

impl Office {
    /// What was just ticked off and `actor` may take back, the newest first.
    ///
    /// # Errors
    /// The database.
    pub fn just_ticked(&self, now: Instant, actor: &Actor) -> OfficeResult<Vec<Ticked>> {
        self.reading(|conn, rules| {
            let mut ticked = Vec::new();
            for task in tasks::done_since(conn, now - Duration::minutes(UNDO_MINUTES), OFFERED)? {
                match can_be_undone(conn, rules, now, actor, &task) {
                    Ok(message) => ticked.push(Ticked {
                        about: about(conn, &task)?,
                        letter_id: message.and_then(|message| message.letter_id),
                        task,
                    }),
                    Err(OfficeError::Refused(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(ticked)
        })
    }

    /// Takes a tick back: the task is open again with its clock, its letter lies in the tray again. The
    /// journal keeps both lines.
    ///
    /// # Errors
    /// Not found when it is not done; refused for somebody else, too late, or when something followed from it.
    pub fn undo_task(&self, now: Instant, actor: &Actor, id: &str) -> OfficeResult<()> {
        self.writing(|tx, rules| {
            let task = tasks::find(tx, id)?.ok_or(OfficeError::NotFound)?;
            let message = can_be_undone(tx, rules, now, actor, &task)?;
            if let (Some(message), Some(done_at)) = (message, task.done_at)
                && outbox::put_back(tx, &message.id, done_at)? == 0
            {
                return Err(Refusal::TickFollowed.into());
            }
            tasks::reopen(tx, &task.id)?;
            write_down(tx, now, actor, UNDONE, &[(&task, task.note.split(':').next().unwrap_or_default())])
        })
    }
}

/// Holds a tick against what forbids its undoing; answers the message that was told with it.
fn can_be_undone(
    conn: &mut Conn,
    rules: &Rules,
    now: Instant,
    actor: &Actor,
    task: &Task,
) -> OfficeResult<Option<Message>> {
    let done_at = task.done_at.ok_or(OfficeError::NotFound)?;
    let supervises = supervises_desk(rules, actor, now);
    if task.done_by != actor.journal_name() && !supervises {
        return Err(Refusal::NotYourTick.into());
    }
    if now - done_at > Duration::minutes(UNDO_MINUTES) {
        return Err(Refusal::UndoOver.into());
    }
    // Its clock ran out: whether it goes on is no longer for who ticked it to say.
    if task.due_at <= now && !supervises {
        return Err(Refusal::TickFollowed.into());
    }
    if moved_on(conn, task)? {
        return Err(Refusal::TickFollowed.into());
    }
    let Some(id) = &task.outbox_id else { return Ok(None) };
    let message = outbox::find(conn, id)?.ok_or(OfficeError::NotFound)?;
    let ticked =
        message.delivery == Delivery::Tray && message.state == OutboxState::Sent && message.settled_at == Some(done_at);
    if !ticked || told_otherwise(conn, &message)? || void_reason(conn, &message)?.is_some() {
        return Err(Refusal::TickFollowed.into());
    }
    Ok(Some(message))
}

/// Whether the dossier has moved on since the tick, or the task ended without one.
fn moved_on(conn: &mut Conn, task: &Task) -> OfficeResult<bool> {
    let Some(dossier_id) = &task.dossier_id else { return Ok(false) };
    let lines = journal::of_dossier(conn, dossier_id)?;
    let tick = lines.iter().rposition(|line| line.kind == DONE && line.body.contains(&task.id));
    let since = tick.map(|at| lines.iter().skip(at + 1));
    Ok(since.is_none_or(|mut since| since.any(|line| line.kind != DONE && line.kind != UNDONE)))
}

/// Whether the citizen has the same letter by another way.
fn told_otherwise(conn: &mut Conn, message: &Message) -> OfficeResult<bool> {
    let Some(letter) = &message.letter_id else { return Ok(false) };
    let carriers = outbox::of_letters(conn, std::slice::from_ref(letter))?;
    Ok(carriers.iter().any(|one| one.id != message.id && one.state.arrived()))
}

/// Whether somebody supervises the desk, or stands in for who does.
fn supervises_desk(rules: &Rules, actor: &Actor, now: Instant) -> bool {
    let Actor::Account { id, .. } = actor else { return false };
    let supervisor = rules.desk().and_then(|desk| desk.supervisor_id.as_ref());
    supervisor.is_some_and(|supervisor| screens(rules, id, civil_day(now)).contains(supervisor))
}
