//! What the desk has to do for a citizen whom no message reaches, each with its own clock.

use serde::Deserialize;

use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::text_enum;
use crate::domain::time::Instant;
use crate::render::desk::{late_task_text, tray_reason};
use crate::store::dossiers::DossierRow;
use crate::store::outbox::{self, Delivery, Message, OutboxState, Raised};
use crate::store::tasks::{self, Task, TaskKind};
use crate::store::{Tx, kept};

use super::alarm::Alarm;
use super::error::{OfficeError, OfficeResult};
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::sweep::SweepReport;
use super::{Actor, Office, ids};

/// Until when late tasks were looked for, among the facts of the installation.
const LOOKED_UNTIL: &str = "tasks/looked-until";

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

/// Something that waits at the desk: a task, or a message of the tray that has none.
#[derive(Debug, Clone)]
pub struct DeskItem {
    pub task: Option<Task>,
    pub message: Option<Message>,
    /// `None` for an online file that is no dossier yet.
    pub row: Option<DossierRow>,
    pub kind: TaskKind,
    pub opened_at: Instant,
    pub due_at: Instant,
}

impl Office {
    /// Opens a task of the desk, once for its key; its clock runs in office hours.
    pub(super) fn open_task(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        wanted: &Wanted<'_>,
    ) -> OfficeResult<Raised> {
        let task = Task {
            id: ids::id(now)?,
            agency_id: row.agency_id.clone(),
            dossier_id: row.id.clone(),
            outbox_id: wanted.outbox_id.map(str::to_owned),
            task_key: wanted.key.to_owned(),
            kind: wanted.kind,
            reason: wanted.reason.to_owned(),
            opened_at: now,
            due_at: self.task_due(rules, wanted.kind, now),
            done_at: None,
            done_by: String::new(),
            note: String::new(),
        };
        Ok(tasks::open(tx, task)?)
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
    pub(super) fn open_tray_task(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        message: &Message,
        failed: &str,
    ) -> OfficeResult<()> {
        let wanted = Wanted {
            kind: kind_of(message, Some(row)),
            reason: &tray_reason(failed),
            outbox_id: Some(&message.id),
            key: &format!("message/{}", message.id),
        };
        self.open_task(tx, rules, now, row, &wanted)?;
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
        self.open_task(tx, rules, now, row, &Wanted { kind: TaskKind::Contact, reason, outbox_id: None, key: &key })
    }

    /// What waits at the desk, the soonest due first, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn desk(&self, limit: i64) -> OfficeResult<Vec<DeskItem>> {
        self.reading(|conn, rules| {
            let mut items = Vec::new();
            for (task, row) in tasks::open_by_due(conn, limit)? {
                let message = match &task.outbox_id {
                    Some(id) => outbox::find(conn, id)?,
                    None => None,
                };
                let (kind, opened_at, due_at) = (task.kind, task.opened_at, task.due_at);
                items.push(DeskItem { task: Some(task), message, row: Some(row), kind, opened_at, due_at });
            }
            let with_task: Vec<&str> =
                items.iter().filter_map(|item| item.message.as_ref()).map(|message| message.id.as_str()).collect();
            let mut bare = Vec::new();
            for message in outbox::in_tray(conn, limit)? {
                if with_task.contains(&message.id.as_str()) {
                    continue;
                }
                let row = match &message.dossier_id {
                    Some(id) => crate::store::dossiers::find(conn, id)?,
                    None => None,
                };
                let kind = kind_of(&message, row.as_ref());
                let (opened_at, due_at) = (message.created_at, self.task_due(rules, kind, message.created_at));
                bare.push(DeskItem { task: None, message: Some(message), row, kind, opened_at, due_at });
            }
            items.extend(bare);
            items.sort_by_key(|item| item.due_at);
            Ok(items)
        })
    }

    /// Ends a task, or a message of the tray that has none: what lay in the tray is done with.
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
            let Some(task) = tasks::find(tx, id)? else { return Self::taken_from_tray(tx, now, actor, id, end, &note) };
            if tasks::finish(tx, &task.id, now, actor.journal_name(), &noted(end, &note))? == 0 {
                return Err(OfficeError::NotFound);
            }
            if let Some(message) = &task.outbox_id {
                outbox::hand_over(tx, message, now)?;
            }
            Ok(())
        })
    }

    /// Papers of the tray were handed over or posted, all or none; answers how many.
    ///
    /// # Errors
    /// Not found when one of them is not in the tray.
    pub fn hand_over(&self, now: Instant, actor: &Actor, ids: &[String]) -> OfficeResult<usize> {
        self.store().write(|tx| {
            for id in ids {
                Self::taken_from_tray(tx, now, actor, id, TaskEnd::HandedOver, "")?;
            }
            Ok(ids.len())
        })
    }

    fn taken_from_tray(
        tx: &mut Tx<'_>,
        now: Instant,
        actor: &Actor,
        message_id: &str,
        end: TaskEnd,
        note: &str,
    ) -> OfficeResult<()> {
        if outbox::hand_over(tx, message_id, now)? == 0 {
            return Err(OfficeError::NotFound);
        }
        tasks::finish_of_message(tx, message_id, now, actor.journal_name(), &noted(end, note))?;
        Ok(())
    }

    /// Ends tasks that have nothing left to do, and tells the desk's supervisor of the late ones, once each.
    pub(super) fn sweep_tasks(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<()> {
        for id in tasks::settled_otherwise(tx)? {
            tasks::finish(tx, &id, now, Actor::System.journal_name(), TaskEnd::Settled.as_str())?;
        }
        let known = kept::get(tx, LOOKED_UNTIL)?;
        let from = known.and_then(|text| text.parse().ok()).unwrap_or(Instant::UNIX_EPOCH);
        let mut unheard = false;
        for (task, row) in tasks::came_due(tx, from, now)? {
            match self.alarm_late_task(tx, rules, now, &row, &task)? {
                Some(Raised::New) => *report.raised.entry(NoticeKind::TaskLate.to_string()).or_default() += 1,
                Some(Raised::AlreadyThere) => report.already_there += 1,
                None => {
                    report.failed += 1;
                    unheard = true;
                }
            }
        }
        // Nobody to tell: that may be mended by the next sweep.
        if !unheard && now > from {
            kept::put(tx, LOOKED_UNTIL, &now.to_rfc3339())?;
        }
        Ok(())
    }

    fn alarm_late_task(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        task: &Task,
    ) -> OfficeResult<Option<Raised>> {
        let of_dossier = tasks::of_dossier(tx, &row.id)?;
        let number = of_dossier.iter().position(|one| one.id == task.id).map_or(1, |at| at + 1);
        let reason = late_task_text(task.kind.as_str(), &task.reason);
        let alarm = Alarm {
            kind: NoticeKind::TaskLate,
            // Several tasks of one dossier are several levels.
            level: i32::try_from(number).unwrap_or(i32::MAX),
            audience: Audience::Supervisor,
            promise: row.promise_number,
            ways: &[Way::Screen, Way::Mail],
            bundling: Bundling::Single,
            urgency: Urgency::Normal,
            acknowledge_by: None,
            reason: &reason,
        };
        // The task lies at the desk: its own supervisor hears of it, not the one of the handling unit.
        let at_desk = DossierRow { unit_id: rules.desk().map(|unit| unit.id.clone()), ..row.clone() };
        self.alarm(tx, rules, now, &at_desk, &alarm)
    }
}

fn noted(end: TaskEnd, note: &str) -> String {
    if note.is_empty() { end.to_string() } else { format!("{end}: {note}") }
}

/// What the desk does with a message: a letter is paper, the rest is said where there is a telephone.
fn kind_of(message: &Message, row: Option<&DossierRow>) -> TaskKind {
    let phone = row.map_or(!message.recipient.is_empty(), |row| row.applicant_phone.is_some());
    let address = row.is_some_and(|row| row.applicant_address.is_some());
    match (message.letter_id.is_some(), phone, address) {
        (_, false, false) => TaskKind::Contact,
        (true, _, _) | (false, false, true) => TaskKind::Print,
        (false, true, _) => TaskKind::Phone,
    }
}

/// Whether a message still lies in the tray.
#[must_use]
pub fn is_in_tray(message: &Message) -> bool {
    message.delivery == Delivery::Tray && message.state == OutboxState::Ready
}
