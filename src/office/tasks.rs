//! What the desk has to do for a citizen whom no message reaches, each with its own clock.

mod about;
mod late;
mod undo;

use serde::Deserialize;
use serde_json::json;

use crate::domain::text_enum;
use crate::domain::time::Instant;
use crate::render::desk::tray_reason;
use crate::store::dossiers::DossierRow;
use crate::store::journal::{self, Line};
use crate::store::outbox::{self, Delivery, Message, OutboxState, Raised};
use crate::store::tasks::{self, Task, TaskKind};
use crate::store::{Tx, evidence};

use super::error::{OfficeError, OfficeResult};
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::{Actor, Office, ids};
pub use about::About;
use about::{about, kind_of};
pub use undo::{Ticked, UNDO_MINUTES};

/// A task to be opened.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub kind: TaskKind,
    pub reason: &'a str,
    /// The message that it is about.
    pub outbox_id: Option<&'a str>,
    /// Makes it exist once.
    pub key: &'a str,
}

text_enum! {
    /// How a task ended.
    TaskEnd {
        /// spoken to
        Reached = "reached",
        /// a word left with somebody else
        LeftWord = "left-word",
        /// paper handed over or posted
        HandedOver = "handed-over",
        /// the address was put right
        Mended = "mended",
        /// the program saw that nothing is left to do
        Settled = "settled",
    }
}

/// What the desk says with a task.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TaskForm {
    /// A [`TaskEnd`].
    pub end: String,
    pub note: String,
}

/// Something that waits at the desk.
#[derive(Debug, Clone)]
pub struct DeskItem {
    pub task: Task,
    pub message: Option<Message>,
    pub about: About,
}

/// How much waits at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskCounts {
    pub open: u64,
    /// Those whose time is over.
    pub late: u64,
    /// Letters to be printed.
    pub papers: u64,
}

impl Office {
    /// A task of the desk, once for its key; its clock runs in office hours.
    fn task(&self, rules: &Rules, now: Instant, about: &About, wanted: &Wanted<'_>) -> OfficeResult<Task> {
        let (agency_id, dossier_id, submission_id) = match about {
            About::Dossier(row, _) => (&row.agency_id, Some(row.id.clone()), None),
            About::Submission(submission) => (&submission.agency_id, None, Some(submission.id.clone())),
        };
        Ok(Task {
            id: ids::id(now)?,
            agency_id: agency_id.clone(),
            dossier_id,
            submission_id,
            outbox_id: wanted.outbox_id.map(str::to_owned),
            task_key: wanted.key.to_owned(),
            kind: wanted.kind,
            reason: wanted.reason.to_owned(),
            opened_at: now,
            due_at: self.task_due(rules, wanted.kind, now),
            done_at: None,
            done_by: String::new(),
            note: String::new(),
        })
    }

    fn task_due(&self, rules: &Rules, kind: TaskKind, from: Instant) -> Instant {
        let settings = self.settings().tasks;
        let hours = match kind {
            TaskKind::Phone => settings.phone_hours,
            TaskKind::Print => settings.print_hours,
            TaskKind::Contact => settings.contact_hours,
        };
        let seconds = i64::from(hours) * 3600;
        let due_at = rules.calendar.add_office_seconds(from, seconds);
        due_at.unwrap_or_else(|| from + chrono::Duration::seconds(seconds))
    }

    /// The task of a message in the tray; `failed` is why no other way is left.
    pub(super) fn tray_task(
        &self,
        rules: &Rules,
        now: Instant,
        about: &About,
        message: &Message,
        failed: &str,
    ) -> OfficeResult<Task> {
        let wanted = Wanted {
            kind: kind_of(message, about),
            reason: &tray_reason(failed),
            outbox_id: Some(&message.id),
            key: &format!("message/{}", message.id),
        };
        self.task(rules, now, about, &wanted)
    }

    /// Opens it at once.
    pub(super) fn open_tray_task(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        about: &About,
        (message, failed): (&Message, &str),
    ) -> OfficeResult<()> {
        tasks::open(tx, self.tray_task(rules, now, about, message, failed)?)?;
        Ok(())
    }

    /// The citizen says that nobody reaches them: one open task a dossier.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn open_contact_task(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        reason: &str,
    ) -> OfficeResult<Raised> {
        let known = tasks::of_dossier(tx, &row.id)?;
        let done = known.iter().filter(|task| task.kind == TaskKind::Contact && task.done_at.is_some()).count();
        let key = format!("{}/contact/{done}", row.id);
        let wanted = Wanted { kind: TaskKind::Contact, reason, outbox_id: None, key: &key };
        Ok(tasks::open(tx, self.task(rules, now, &About::dossier(row, None), &wanted)?)?)
    }

    /// A page of what waits at the desk, the soonest due first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn desk(&self, offset: i64, limit: i64) -> OfficeResult<Vec<DeskItem>> {
        self.store().read(|conn| {
            let tasks = tasks::open_by_due(conn, offset, limit)?;
            let ids: Vec<String> = tasks.iter().filter_map(|task| task.outbox_id.clone()).collect();
            let messages = evidence::messages(conn, &ids)?;
            let mut items = Vec::with_capacity(tasks.len());
            for task in tasks {
                let about = about(conn, &task)?;
                let message = messages.iter().find(|one| Some(&one.id) == task.outbox_id.as_ref()).cloned();
                items.push(DeskItem { task, message, about });
            }
            Ok(items)
        })
    }

    /// How much waits at the desk.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn desk_counts(&self, now: Instant) -> OfficeResult<DeskCounts> {
        let number = |count: i64| u64::try_from(count).unwrap_or(0);
        self.store().read(|conn| {
            Ok(DeskCounts {
                open: number(tasks::count_open(conn)?),
                late: number(tasks::count_late(conn, now)?),
                papers: number(outbox::count_papers(conn)?),
            })
        })
    }

    /// Ends a task; what lay in the tray for it is done with.
    ///
    /// # Errors
    /// Not found when nothing of that id is open; a wrong end or note.
    pub fn finish_task(&self, now: Instant, actor: &Actor, id: &str, form: &TaskForm) -> OfficeResult<()> {
        let expected = &["reached", "left-word", "handed-over", "mended"];
        let wrong = || super::FieldError::new("end", &form.end, super::Problem::NotOneOf { expected });
        let end: TaskEnd = form.end.trim().parse().map_err(|_| wrong())?;
        if end == TaskEnd::Settled {
            return Err(wrong().into());
        }
        let note = one_line("note", &form.note, Need::Optional)?;
        self.store().write(|tx| {
            let task = tasks::find(tx, id)?.ok_or(OfficeError::NotFound)?;
            if tasks::finish(tx, &task.id, now, actor.journal_name(), &noted(end, &note))? == 0 {
                return Err(OfficeError::NotFound);
            }
            if let Some(message) = &task.outbox_id {
                outbox::hand_over(tx, message, now)?;
            }
            write_down(tx, now, actor, DONE, &[(&task, end.as_str())])
        })
    }

    /// Papers of the tray were handed over or posted, all or none; answers how many.
    ///
    /// # Errors
    /// Not found when one of them is not in the tray.
    pub fn hand_over(&self, now: Instant, actor: &Actor, ids: &[String]) -> OfficeResult<usize> {
        let end = TaskEnd::HandedOver.as_str();
        self.store().write(|tx| {
            let mut done = Vec::with_capacity(ids.len());
            for id in ids {
                if outbox::hand_over(tx, id, now)? == 0 {
                    return Err(OfficeError::NotFound);
                }
                done.extend(tasks::of_message(tx, id)?.into_iter().filter(|task| task.done_at.is_none()));
                tasks::finish_of_message(tx, id, now, actor.journal_name(), end)?;
            }
            write_down(tx, now, actor, DONE, &done.iter().map(|task| (task, end)).collect::<Vec<_>>())?;
            Ok(ids.len())
        })
    }
}

/// The journal's words for a tick of the desk and for its undoing.
pub const DONE: &str = "task_done";
pub const UNDONE: &str = "task_undone";

/// A line for each task; what the desk noted stays with the task, since it may name people.
fn write_down(tx: &mut Tx<'_>, now: Instant, actor: &Actor, kind: &str, done: &[(&Task, &str)]) -> OfficeResult<()> {
    let lines = done.iter().map(|(task, end)| Line {
        recorded_at: now,
        at: now,
        actor: actor.journal_name(),
        kind,
        dossier_id: task.dossier_id.as_deref(),
        body: json!({ "task": task.id, "end": end }).to_string(),
    });
    Ok(journal::append(tx, &lines.collect::<Vec<_>>())?)
}

fn noted(end: TaskEnd, note: &str) -> String {
    if note.is_empty() { end.to_string() } else { format!("{end}: {note}") }
}

/// Whether a message still lies in the tray.
#[must_use]
pub fn is_in_tray(message: &Message) -> bool {
    message.delivery == Delivery::Tray && message.state == OutboxState::Ready
}
