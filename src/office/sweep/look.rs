//! The look at one dossier: what is owed about it, and when to look again.

use crate::domain::calendar::WorkingCalendar;
use crate::domain::ladder::Rung;
use crate::domain::notice::{Notice, NoticeKind, notices_due};
use crate::domain::time::Instant;
use crate::office::alarm::Alarm;
use crate::office::apology::{Ready, Series};
use crate::office::at_hand::AtHand;
use crate::office::delay::apology;
use crate::office::finished::owes_apology;
use crate::office::intake::facts_of;
use crate::office::rules::Rules;
use crate::office::second_miss::second_miss;
use crate::office::sub_deadlines::next_change;
use crate::office::{Actor, Office, OfficeError, OfficeResult};
use crate::store::outbox::Raised;
use crate::store::sub_deadlines::SubDeadline;

use super::{RETRY_AFTER, SweepReport};

impl Office {
    /// Tells officials what they are owed, and finds the letter that the citizen is.
    pub(super) fn look(&self, rules: &Rules, now: Instant, dossier: &mut AtHand) -> OfficeResult<Looked> {
        let mut looked = Looked::default();
        looked.report.examined = 1;
        let facts = facts_of(&dossier.row, &dossier.promises);
        for notice in notices_due(&facts, rules.ladder(&dossier.row), now, &rules.calendar) {
            if let Some(rung) = notice.rung {
                looked.report.count(notice.kind, self.raise_notice(rules, now, dossier, &notice, rung)?);
                continue;
            }
            match self.owed_letter(rules, now, dossier, &notice)? {
                Letter::Owed(ready) => looked.letter = Some((notice.kind, *ready)),
                Letter::AlreadyThere => looked.report.count(notice.kind, Some(Raised::AlreadyThere)),
                Letter::Impossible => looked.report.count(notice.kind, None),
            }
        }
        Ok(looked)
    }

    /// Puts the letter that was found, tells of sub-deadlines, and says when to look again.
    pub(super) fn close_look(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        looked: &mut Looked,
        series: Series<'_>,
    ) -> OfficeResult<()> {
        if let Some((kind, ready)) = looked.letter.take() {
            self.put(rules, now, &Actor::System, dossier, ready, series)?;
            looked.report.count(kind, Some(Raised::New));
        }
        looked.closes = self.sweep_sub_deadlines(rules, now, dossier, &mut looked.report)?;
        if looked.closes.is_none() {
            // Nobody to tell, or no day to promise: that may be mended by then.
            let mended = Some(now + RETRY_AFTER).filter(|_| looked.report.failed > 0);
            let next = || next_change(&dossier.row, &dossier.promises, &dossier.subs, rules, now);
            dossier.look_again(mended.or_else(next));
        }
        Ok(())
    }

    fn raise_notice(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        notice: &Notice<'_>,
        rung: &Rung,
    ) -> OfficeResult<Option<Raised>> {
        let alarm = Alarm {
            kind: notice.kind,
            level: notice.level,
            audience: notice.audience,
            promise: notice.promise,
            ways: &rung.ways,
            bundling: rung.bundling,
            urgency: rung.urgency,
            acknowledge_by: acknowledge_by(rung, now, &rules.calendar),
            reason: "",
        };
        let raised = self.alarm(rules, now, dossier, &alarm)?;
        if raised.is_none() {
            tracing::warn!(dossier = %dossier.row.code, audience = %notice.audience, "nobody with an address to tell");
        }
        Ok(raised)
    }

    /// The apology, or the letter about a second miss, held against everything that may forbid it.
    fn owed_letter(&self, rules: &Rules, now: Instant, dossier: &AtHand, notice: &Notice<'_>) -> OfficeResult<Letter> {
        let row = &dossier.row;
        let proposed = if notice.kind == NoticeKind::SecondMiss {
            second_miss(rules, dossier, notice.promise).map(Ok)
        } else {
            let owed = row.reschedule_number == 0 && owes_apology(row, &dossier.letters);
            owed.then(|| apology(rules, now, dossier))
        };
        let Some(proposed) = proposed else { return Ok(Letter::AlreadyThere) };
        match proposed.and_then(|proposed| self.ready(rules, dossier, proposed)) {
            Ok(ready) => Ok(Letter::Owed(Box::new(ready))),
            Err(OfficeError::Invalid(errors)) => {
                let fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
                tracing::warn!(dossier = %row.code, ?fields, "no new date can be promised");
                Ok(Letter::Impossible)
            }
            // One dossier in an odd state must not silence all the others.
            Err(OfficeError::Refused(refusal)) => {
                tracing::warn!(dossier = %row.code, ?refusal, "no letter can be issued");
                Ok(Letter::Impossible)
            }
            Err(error) => Err(error),
        }
    }
}

/// What a look at one dossier found.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub report: SweepReport,
    pub letter: Option<(NoticeKind, Ready)>,
    /// The unanswered request that closes it.
    pub closes: Option<SubDeadline>,
}

/// The letter that a dossier is owed.
enum Letter {
    Owed(Box<Ready>),
    AlreadyThere,
    /// No day can be promised, or its state forbids it.
    Impossible,
}

/// Until when a rung has to be acknowledged: its office hours count from when it can be read.
fn acknowledge_by(rung: &Rung, now: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
    let hours = Some(rung.acknowledge_hours).filter(|hours| *hours > 0)?;
    calendar.add_office_seconds(now, i64::from(hours) * 3600)
}
