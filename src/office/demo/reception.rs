//! Online files at the desk when the demonstration begins: some wait, one has little time left, one is
//! late, one was sent back, others were answered. Counted back from now in office time, so that it is
//! so on every day and at every hour.

use std::collections::VecDeque;

use chrono::Duration;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::time::Instant;
use crate::store::Tx;
use crate::store::dossiers::DossierRow;

use super::super::error::{OfficeError, OfficeResult};
use super::super::intake::IntakeForm;
use super::super::rules::Rules;
use super::super::submissions::{Answer, Seen};
use super::super::{Actor, Office};
use super::arrivals::Demand;
use super::dice::Dice;

/// How far back to look for the office time.
const LOOK_BACK_DAYS: i64 = 60;
/// Serial numbers of these applicants: none of the year's has them.
const FIRST_SERIAL: u64 = 900_000;

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Submit,
    SendBack,
    Complete,
    Decline,
    Accept,
}

/// Each file: how many office minutes ago what happened.
const FILES: &[&[(i64, What)]] = &[
    &[(18, What::Submit)],
    &[(95, What::Submit)],
    &[(190, What::Submit)],
    &[(445, What::Submit)],
    &[(505, What::Submit)],
    &[(640, What::Submit), (400, What::SendBack)],
    &[(980, What::Submit), (700, What::SendBack), (120, What::Complete)],
    &[(560, What::Submit), (300, What::Decline)],
    &[(820, What::Submit), (600, What::Accept)],
    &[(1300, What::Submit), (1000, What::SendBack), (900, What::Complete), (560, What::Accept)],
];

/// One thing that happens at the desk.
pub(super) struct Step {
    pub at: Instant,
    file: usize,
    what: What,
}

/// The desk's online files: what is to come, by time, and the codes given so far.
#[derive(Default)]
pub(super) struct Reception {
    steps: VecDeque<Step>,
    forms: Vec<(IntakeForm, Dice)>,
    codes: Vec<Option<String>>,
}

impl Reception {
    pub(super) fn of(demand: &Demand<'_>, now: Instant, calendar: &WorkingCalendar) -> Self {
        let forms: Vec<_> = (FIRST_SERIAL..).zip(FILES).filter_map(|(serial, _)| demand.online_form(serial)).collect();
        let mut steps: Vec<Step> = (0..forms.len())
            .zip(FILES)
            .flat_map(|(file, acts)| acts.iter().map(move |(minutes, what)| (file, *minutes, *what)))
            .map(|(file, minutes, what)| Step { at: office_time_before(now, minutes, calendar), file, what })
            .collect();
        steps.sort_by_key(|step| step.at);
        Self { steps: steps.into(), codes: vec![None; forms.len()], forms }
    }

    /// When the next step comes.
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.steps.front().map(|step| step.at)
    }

    pub(super) fn next(&mut self) -> Option<Step> {
        self.steps.pop_front()
    }

    /// Takes the step with the office's own verbs; an accepted file is a dossier.
    pub(super) fn take(
        &mut self,
        office: &Office,
        tx: &mut Tx<'_>,
        rules: &Rules,
        desk: &Actor,
        step: &Step,
    ) -> OfficeResult<Option<(DossierRow, Dice)>> {
        let gone = || OfficeError::Broken("a file of the demonstration is gone".to_owned());
        let (form, dice) = self.forms.get(step.file).ok_or_else(gone)?;
        let code = self.codes.get_mut(step.file).ok_or_else(gone)?;
        let answer = match step.what {
            What::Submit => {
                *code = Some(office.submit(tx, rules, step.at, &Actor::System, form)?.code);
                return Ok(None);
            }
            What::Accept => {
                let code = code.as_deref().ok_or_else(gone)?;
                let row = office.accept(tx, rules, step.at, desk, code, Seen::Any)?;
                return Ok(Some((row, dice.clone())));
            }
            What::SendBack => Answer::SendBack {
                note: "Bản chụp giấy tờ tùy thân bị mờ: đề nghị chụp lại đủ hai mặt, rõ bốn góc".to_owned(),
            },
            What::Complete => Answer::Complete,
            What::Decline => Answer::Decline {
                reason: "Thủ tục thuộc thẩm quyền của cơ quan khác: đề nghị nộp đúng nơi".to_owned(),
            },
        };
        let code = code.as_deref().ok_or_else(gone)?;
        office.answer(tx, rules, step.at, desk, (code, Seen::Any), &answer)?;
        Ok(None)
    }
}

/// The last moment before `now` that lies `minutes` of office time back.
fn office_time_before(now: Instant, minutes: i64, calendar: &WorkingCalendar) -> Instant {
    let wanted = minutes * 60;
    // Between `early`, far enough back, and `late`, not far enough.
    let (mut early, mut late) = (now - Duration::days(LOOK_BACK_DAYS), now);
    while late - early > Duration::seconds(1) {
        let middle = early + Duration::seconds((late - early).num_seconds() / 2);
        if calendar.office_seconds_between(middle, now) >= wanted {
            early = middle;
        } else {
            late = middle;
        }
    }
    early
}
