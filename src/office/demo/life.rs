//! What becomes of a dossier: most are answered in time, some wait for the citizen, a few are late.

use chrono::{Duration, NaiveDate};

use crate::domain::calendar::WorkingCalendar;
use crate::domain::channel::Channel;
use crate::domain::dossier::{ElectronicResult, ResultOutcome, Step};
use crate::domain::sub_deadline::consultation_due;
use crate::domain::time::{Instant, civil_day};
use crate::store::dossiers::DossierRow;

use super::super::delay::DelayForm;
use super::dice::Dice;

const HOUR: u32 = 3600;
/// Office seconds of a working day under the default hours; only plausibility rests on it.
const DAY: u32 = 27_000;

/// What happens next to a dossier.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Take(Step),
    Declare(DelayForm),
}

/// How the office will do with a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Timely,
    /// answered after the promise
    Late,
    /// late, and told before the promise passed
    Declared,
}

/// The reason the officer gives, in words of this file.
const REASONS: &[(&str, &str)] = &[
    ("verification", "Phải xác minh lại nguồn gốc giấy tờ tại cơ quan đã cấp; chưa nhận được văn bản trả lời"),
    ("verification", "Phải kiểm tra thực địa để xác định ranh giới thửa đất với các hộ liền kề"),
    ("consultation", "Đang chờ ý kiến của Chi nhánh Văn phòng đăng ký đất đai"),
    ("consultation", "Đang chờ cơ quan thuế xác định nghĩa vụ tài chính"),
    ("workload", "Số lượng hồ sơ tiếp nhận trong tuần tăng gấp đôi so với ngày thường"),
    ("absence", "Công chức phụ trách đi tập huấn, đã giao người khác xử lý tiếp"),
    ("system", "Hệ thống thông tin hộ tịch gián đoạn, không in được giấy tờ trong ngày"),
];

/// Who is asked, and what.
const CONSULTED: &[(&str, &str)] = &[
    ("Chi nhánh Văn phòng đăng ký đất đai", "Xác nhận hiện trạng sử dụng và biến động của thửa đất"),
    ("Công an xã", "Xác minh nơi cư trú của người nộp hồ sơ"),
    ("Phòng Kinh tế", "Ý kiến về sự phù hợp với quy hoạch"),
];

/// The fate of a dossier that was just logged.
pub(super) fn fate(dice: &mut Dice, row: &DossierRow, calendar: &WorkingCalendar) -> Fate {
    let long =
        row.due_at.is_some_and(|due| calendar.working_days_between(civil_day(row.received_at), civil_day(due)) >= 2);
    match dice.between(0, 999) {
        0..38 => Fate::Late,
        38..58 if long => Fate::Declared,
        _ => Fate::Timely,
    }
}

/// The first thing that happens after the receipt, and when.
pub(super) fn after_receipt(
    dice: &mut Dice,
    row: &DossierRow,
    fate: Fate,
    slow_sector: bool,
    calendar: &WorkingCalendar,
) -> Option<(Instant, Act)> {
    let share = dice.between(10, 60);
    let early = || part_of(row.received_at, row.due_at, share, calendar);
    match dice.between(0, 999) {
        0..10 => Some((early()?, Act::Take(Step::Withdraw { reason: "Người nộp có đơn rút hồ sơ".to_owned() }))),
        10..70 => {
            let note = "Bổ sung giấy tờ còn thiếu theo hướng dẫn".to_owned();
            Some((early()?, Act::Take(Step::RequestSupplement { note })))
        }
        70..420 if slow_sector => {
            let note = "Thông báo nộp nghĩa vụ tài chính về đất đai".to_owned();
            Some((early()?, Act::Take(Step::RequestObligation { note })))
        }
        950..1000
            if row.due_at.is_none_or(|due_at| {
                calendar.working_days_between(civil_day(row.received_at), civil_day(due_at)) >= 5
            }) =>
        {
            let (body, content) = dice.pick(CONSULTED).copied()?;
            let due_on = calendar.nth_working_day_after(civil_day(row.received_at), dice.between(3, 4))?;
            let at = later(row.received_at, dice.between(HOUR, DAY), calendar)?;
            let (body, content) = (body.to_owned(), content.to_owned());
            Some((at, Act::Take(Step::Consult { body, content, due_on })))
        }
        _ => work(dice, row, row.received_at, fate, calendar),
    }
}

/// When the paper of a dossier reaches the handling unit: mostly in time.
pub(super) fn hand_over(
    dice: &mut Dice,
    due_at: Instant,
    row: &DossierRow,
    calendar: &WorkingCalendar,
) -> Option<(Instant, Act)> {
    let at = later(row.received_at, dice.between(HOUR / 3, 3 * HOUR), calendar)?;
    let at = if dice.happens(30) { later(due_at, dice.between(HOUR / 4, 5 * HOUR), calendar)? } else { at.min(due_at) };
    Some((at, Act::Take(Step::HandOver)))
}

/// What follows a step; `None` when nothing will.
pub(super) fn after(
    dice: &mut Dice,
    row: &DossierRow,
    act: &Act,
    at: Instant,
    fate: Fate,
    calendar: &WorkingCalendar,
) -> Option<(Instant, Act)> {
    match act {
        // Never answered: the sweep closes the file when the time is over.
        Act::Take(Step::RequestSupplement { .. }) if dice.happens(60) => None,
        Act::Take(Step::RequestSupplement { .. }) => {
            Some((later(at, dice.between(2 * HOUR, 6 * DAY), calendar)?, Act::Take(Step::ReceiveSupplement)))
        }
        Act::Take(Step::RequestObligation { .. }) => {
            Some((later(at, dice.between(DAY, 9 * DAY), calendar)?, Act::Take(Step::MeetObligation)))
        }
        Act::Take(Step::Consult { due_on, .. }) => {
            let answer = Act::Take(Step::AnswerConsultation { number: 1 });
            let due_at = consultation_due(*due_on, calendar)?;
            if dice.happens(780) {
                return Some((part_of(at, Some(due_at), dice.between(20, 98), calendar)?, answer));
            }
            Some((later(due_at, dice.between(HOUR, 3 * DAY), calendar)?, answer))
        }
        Act::Take(Step::ReceiveSupplement | Step::MeetObligation | Step::AnswerConsultation { .. }) => {
            work(dice, row, at, fate, calendar)
        }
        Act::Declare(_) => {
            let second = row.new_due_at?;
            let kept = part_of(at, Some(second), dice.between(30, 95), calendar);
            let broken = later(second, dice.between(HOUR, 5 * DAY), calendar);
            Some((if dice.happens(880) { kept? } else { broken? }, resolved(dice, row)))
        }
        Act::Take(Step::Resolve { .. }) if dice.happens(25) => None, // never collected
        Act::Take(Step::Resolve { .. }) => {
            let at = match row.channel {
                Channel::Online if row.e_result => at + Duration::minutes(i64::from(dice.between(2, 90))),
                Channel::Online | Channel::Counter | Channel::Post => {
                    later(at, dice.between(HOUR / 2, 3 * DAY), calendar)?
                }
            };
            Some((at, Act::Take(Step::Return)))
        }
        Act::Take(
            Step::Return
            | Step::Withdraw { .. }
            | Step::Stop { .. }
            | Step::HandOver
            | Step::ConfirmReady
            | Step::Reassign { .. },
        ) => None,
    }
}

/// When the office is done with a dossier it began to work on at `from`, or declares its delay.
fn work(
    dice: &mut Dice,
    row: &DossierRow,
    from: Instant,
    fate: Fate,
    calendar: &WorkingCalendar,
) -> Option<(Instant, Act)> {
    let Some(due_at) = row.due_at else {
        return Some((later(from, dice.between(DAY, 8 * DAY), calendar)?, resolved(dice, row)));
    };
    match fate {
        Fate::Timely => {
            let share = match dice.between(0, 99) {
                0..72 => dice.between(8, 49),
                72..94 => dice.between(50, 85),
                _ => dice.between(86, 99),
            };
            let at = part_of(from, Some(due_at), share, calendar)?;
            Some((at, resolved(dice, row)))
        }
        Fate::Late => {
            let by = match dice.between(0, 99) {
                0..50 => dice.between(HOUR, 2 * DAY),
                50..80 => dice.between(2 * DAY, 8 * DAY),
                _ => dice.between(8 * DAY, 30 * DAY),
            };
            Some((later(due_at, by, calendar)?, resolved(dice, row)))
        }
        Fate::Declared => {
            let (code, reason) = dice.pick(REASONS).copied()?;
            let form = DelayForm { reason_code: code.to_owned(), reason: reason.to_owned(), new_due_on: None };
            Some((part_of(from, Some(due_at), dice.between(80, 96), calendar)?, Act::Declare(form)))
        }
    }
}

fn resolved(dice: &mut Dice, row: &DossierRow) -> Act {
    let outcome = if dice.happens(28) { ResultOutcome::Refused } else { ResultOutcome::Granted };
    let issued = dice.happens(if row.channel == Channel::Online { 982 } else { 700 });
    let electronic = if issued { ElectronicResult::Issued } else { ElectronicResult::PaperOnly };
    Act::Take(Step::Resolve { outcome, electronic })
}

/// The moment at which `percent` of the office time up to the promise is over.
fn part_of(from: Instant, due_at: Option<Instant>, percent: u32, calendar: &WorkingCalendar) -> Option<Instant> {
    // Without a promise, or with one that had passed before the dossier waited: a day's work.
    let Some(due_at) = due_at.filter(|due_at| *due_at > from) else { return later(from, DAY, calendar) };
    let span = calendar.office_seconds_between(from, due_at);
    if span < 600 {
        return Some(from + (due_at - from) * i32::try_from(percent).ok()? / 100);
    }
    Some(calendar.add_office_seconds(from, span * i64::from(percent) / 100)?.max(from))
}

fn later(from: Instant, office_seconds: u32, calendar: &WorkingCalendar) -> Option<Instant> {
    calendar.add_office_seconds(from, i64::from(office_seconds))
}

/// When the sweep looked on `day`: through the day, and after closing; on closed days twice.
pub(super) fn sweeps(day: NaiveDate, calendar: &WorkingCalendar) -> Vec<Instant> {
    let times: &[(u32, u32)] = match calendar.is_working_day(day) {
        true => &[(7, 35), (9, 30), (11, 35), (14, 0), (15, 45), (17, 5), (22, 0)],
        false => &[(8, 0), (17, 5)],
    };
    let at = |&(hour, minute): &(u32, u32)| Some(crate::domain::time::instant(day.and_hms_opt(hour, minute, 0)?));
    times.iter().filter_map(at).collect()
}
