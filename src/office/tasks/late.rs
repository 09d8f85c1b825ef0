//! The clock of the desk's tasks: what nothing is left to do about ends, what is late is told once.

use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::office::alarm::Alarm;
use crate::office::at_hand::AtHand;
use crate::office::error::OfficeResult;
use crate::office::rules::Rules;
use crate::office::sweep::SweepReport;
use crate::office::{Actor, Office};
use crate::render::desk::late_task_text;
use crate::store::dossiers::DossierRow;
use crate::store::outbox::Raised;
use crate::store::tasks::{self, Task};
use crate::store::{Tx, kept};

use super::TaskEnd;
use super::about::{About, about, about_message};

/// Until when late tasks were looked for, among the facts of the installation.
const LOOKED_UNTIL: &str = "tasks/looked-until";

/// So many tasks are opened by one sweep for what lies in the tray without one.
const MENDED_AT_ONCE: i64 = 500;

impl Office {
    /// Ends tasks that have nothing left to do, and tells the desk's supervisor of the late ones, once each.
    pub(in crate::office) fn sweep_tasks(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<()> {
        // What was put into the tray before there were tasks of its kind.
        for message in tasks::missing(tx, MENDED_AT_ONCE)? {
            if let Some(about) = about_message(tx, &message)? {
                self.open_tray_task(tx, rules, now, &about, (&message, ""))?;
            }
        }
        for id in tasks::settled_otherwise(tx)? {
            tasks::finish(tx, &id, now, Actor::System.journal_name(), TaskEnd::Settled.as_str())?;
        }
        let known = kept::get(tx, &rules.own_name(LOOKED_UNTIL))?;
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
            kept::put(tx, &rules.own_name(LOOKED_UNTIL), &now.to_rfc3339())?;
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
            About::Dossier(row, _) => tasks::of_dossier(tx, &row.id)?,
            About::Submission(submission) => tasks::of_submission(tx, &submission.id)?,
        };
        // Several tasks of one file are several levels.
        let number = others.iter().position(|one| one.id == task.id).map_or(1, |at| at + 1);
        let level = i32::try_from(number).unwrap_or(i32::MAX);
        let reason = late_task_text(task.kind.as_str(), &task.reason);
        let row = match &about {
            About::Dossier(row, _) => row,
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
        Ok(AtHand::at_once(tx, at_desk, |dossier| self.alarm(rules, now, dossier, &alarm))?.1)
    }
}
