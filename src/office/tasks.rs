//! What the desk has to do for a citizen whom no message reaches, each with its own clock.

use serde::Deserialize;

use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::text_enum;
use crate::domain::time::Instant;
use crate::render::desk::{late_task_text, tray_reason};
use crate::store::dossiers::DossierRow;
use crate::store::outbox::{self, Delivery, Message, OutboxState, Raised};
use crate::store::submissions::{self, Submission};
use crate::store::tasks::{self, Task, TaskKind};
use crate::store::{Conn, Tx, dossiers, evidence, kept};

use super::alarm::Alarm;
use super::error::{OfficeError, OfficeResult};
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::sweep::SweepReport;
use super::{Actor, Office, ids};

/// Until when late tasks were looked for, among the facts of the installation.
const LOOKED_UNTIL: &str = "tasks/looked-until";

/// So many tasks are opened by one sweep for what lies in the tray without one.
const MENDED_AT_ONCE: i64 = 500;

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

/// What a task is about.
#[derive(Debug, Clone)]
pub enum About {
    Dossier(Box<DossierRow>),
    /// An online file that is no dossier yet.
    Submission(Box<Submission>),
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
    /// Opens a task of the desk, once for its key; its clock runs in office hours.
    pub(super) fn open_task(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        about: &About,
        wanted: &Wanted<'_>,
    ) -> OfficeResult<Raised> {
        let (agency_id, dossier_id, submission_id) = match about {
            About::Dossier(row) => (&row.agency_id, Some(row.id.clone()), None),
            About::Submission(submission) => (&submission.agency_id, None, Some(submission.id.clone())),
        };
        let task = Task {
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
        about: &About,
        message: &Message,
        failed: &str,
    ) -> OfficeResult<()> {
        let wanted = Wanted {
            kind: kind_of(message, about),
            reason: &tray_reason(failed),
            outbox_id: Some(&message.id),
            key: &format!("message/{}", message.id),
        };
        self.open_task(tx, rules, now, about, &wanted)?;
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
        self.open_task(tx, rules, now, &row.into(), &wanted)
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

    /// How many tasks of the desk are open.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_tasks(&self) -> OfficeResult<u64> {
        let open = self.store().read(tasks::count_open)?;
        Ok(u64::try_from(open).unwrap_or(0))
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
                if outbox::hand_over(tx, id, now)? == 0 {
                    return Err(OfficeError::NotFound);
                }
                tasks::finish_of_message(tx, id, now, actor.journal_name(), TaskEnd::HandedOver.as_str())?;
            }
            Ok(ids.len())
        })
    }

    /// Ends tasks that have nothing left to do, and tells the desk's supervisor of the late ones, once each.
    pub(super) fn sweep_tasks(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<()> {
        // What was put into the tray before there were tasks of its kind.
        for message in tasks::missing(tx, MENDED_AT_ONCE)? {
            if let Some(about) = about_message(tx, &message)? {
                self.open_tray_task(tx, rules, now, &about, &message, "")?;
            }
        }
        for id in tasks::settled_otherwise(tx)? {
            tasks::finish(tx, &id, now, Actor::System.journal_name(), TaskEnd::Settled.as_str())?;
        }
        let known = kept::get(tx, LOOKED_UNTIL)?;
        let from = known.and_then(|text| text.parse().ok()).unwrap_or(Instant::UNIX_EPOCH);
        let mut unheard = false;
        for task in tasks::came_due(tx, from, now)? {
            match self.alarm_late_task(tx, rules, now, &task)? {
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
        task: &Task,
    ) -> OfficeResult<Option<Raised>> {
        let about = about(tx, task)?;
        let others = match &about {
            About::Dossier(row) => tasks::of_dossier(tx, &row.id)?,
            About::Submission(submission) => tasks::of_submission(tx, &submission.id)?,
        };
        // Several tasks of one file are several levels.
        let number = others.iter().position(|one| one.id == task.id).map_or(1, |at| at + 1);
        let level = i32::try_from(number).unwrap_or(i32::MAX);
        let reason = late_task_text(task.kind.as_str(), &task.reason);
        let row = match &about {
            About::Dossier(row) => row,
            About::Submission(submission) => {
                return self.alarm_about(tx, rules, now, submission, (NoticeKind::TaskLate, level, &reason));
            }
        };
        let alarm = Alarm {
            kind: NoticeKind::TaskLate,
            level,
            audience: Audience::Supervisor,
            promise: row.promise_number,
            ways: &[Way::Screen, Way::Mail],
            bundling: Bundling::Single,
            urgency: Urgency::Normal,
            acknowledge_by: None,
            reason: &reason,
        };
        // The task lies at the desk: its own supervisor hears of it, not the one of the handling unit.
        let at_desk = DossierRow { unit_id: rules.desk().map(|unit| unit.id.clone()), ..DossierRow::clone(row) };
        self.alarm(tx, rules, now, &at_desk, &alarm)
    }
}

impl From<&DossierRow> for About {
    fn from(row: &DossierRow) -> Self {
        Self::Dossier(Box::new(row.clone()))
    }
}

impl From<&Submission> for About {
    fn from(submission: &Submission) -> Self {
        Self::Submission(Box::new(submission.clone()))
    }
}

fn about(conn: &mut Conn, task: &Task) -> OfficeResult<About> {
    let found = found(conn, task.dossier_id.as_deref(), task.submission_id.as_deref())?;
    found.ok_or_else(|| OfficeError::Broken(format!("task {} is about nothing", task.id)))
}

fn about_message(conn: &mut Conn, message: &Message) -> OfficeResult<Option<About>> {
    found(conn, message.dossier_id.as_deref(), message.submission_id.as_deref())
}

fn found(conn: &mut Conn, dossier_id: Option<&str>, submission_id: Option<&str>) -> OfficeResult<Option<About>> {
    Ok(match (dossier_id, submission_id) {
        (Some(id), _) => dossiers::find(conn, id)?.map(|row| About::Dossier(Box::new(row))),
        (None, Some(id)) => submissions::find(conn, id)?.map(|submission| About::Submission(Box::new(submission))),
        (None, None) => None,
    })
}

fn noted(end: TaskEnd, note: &str) -> String {
    if note.is_empty() { end.to_string() } else { format!("{end}: {note}") }
}

/// What the desk does with a message: a letter is paper, the rest is said where there is a telephone.
fn kind_of(message: &Message, about: &About) -> TaskKind {
    let (phone, address) = match about {
        About::Dossier(row) => (row.applicant_phone.is_some(), row.applicant_address.is_some()),
        About::Submission(submission) => (submission.applicant_phone.is_some(), false),
    };
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
