//! What arrives on a day: how many dossiers, of which procedures, by which channel, at what time.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use crate::domain::calendar::WorkingCalendar;
use crate::domain::channel::{Channel, ServiceLevel};
use crate::domain::time::{Instant, instant, rfc3339};

use super::super::intake::IntakeForm;
use super::super::rules::{ProcedureVersion, Rules};
use super::SEED;
use super::dice::Dice;
use super::people::person;

/// The procedures that fill a commune's day, with their share in a thousand; the rest of the list
/// shares what is left.
const FREQUENT: &[(&str, u32)] = &[
    ("2.000635", 150), // bản sao trích lục hộ tịch
    ("1.001193", 120), // khai sinh
    ("1.004873", 95),  // tình trạng hôn nhân
    ("1.000656", 45),  // khai tử
    ("1.000894", 45),  // kết hôn
    ("1.004859", 30),  // thay đổi, cải chính hộ tịch
    ("1.004884", 15),  // đăng ký lại khai sinh
    ("2.000815", 70),  // chứng thực bản sao
    ("2.000884", 35),  // chứng thực chữ ký
    ("2.001035", 12),  // chứng thực giao dịch
    ("1.004194", 60),  // tạm trú
    ("1.004222", 35),  // thường trú
    ("1.010041", 30),  // xác nhận thông tin cư trú
    ("1.012753", 40),  // đăng ký đất đai lần đầu
    ("1.012796", 15),  // đính chính giấy chứng nhận
    ("1.013978", 15),  // đăng ký đất đai
    ("1.013949", 8),   // chuyển mục đích sử dụng đất
    ("1.001612", 45),  // hộ kinh doanh
    ("2.000720", 15),  // thay đổi hộ kinh doanh
    ("1.001776", 25),  // trợ cấp xã hội hằng tháng
    ("1.001653", 12),  // giấy xác nhận khuyết tật
    ("1.010833", 10),  // thân nhân người có công
    ("1.004656", 2),   // no limit published: no date can be promised
];

/// Weights of the 24 hours at which people file from home.
const HOURS_ONLINE: [u32; 24] = [2, 1, 0, 0, 0, 1, 3, 8, 14, 15, 14, 9, 6, 8, 13, 14, 11, 7, 5, 7, 9, 8, 5, 3];

/// Share of online receipts in a thousand on the first and on the last day of the year.
const ONLINE_FIRST_DAY: u32 = 600;
const ONLINE_LAST_DAY: u32 = 800;

/// A dossier on its way in.
#[derive(Debug, Clone)]
pub(super) struct Arrival {
    pub at: Instant,
    pub form: IntakeForm,
    pub dice: Dice,
}

/// How busy a day is beside an ordinary working day (1000): Mondays most, closed days online only.
pub(super) fn weight(day: NaiveDate, calendar: &WorkingCalendar) -> u64 {
    match (calendar.is_working_day(day), day.weekday()) {
        (false, _) => 120,
        (true, Weekday::Mon) => 1250,
        (true, Weekday::Fri) => 880,
        (true, Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Sat | Weekday::Sun) => 1000,
    }
}

/// The procedures with how often they are asked for.
pub(super) struct Demand<'a> {
    all: Vec<(&'a ProcedureVersion, u32)>,
    online: Vec<(&'a ProcedureVersion, u32)>,
    /// Share of the demand that can be filed online, in a thousand.
    online_share: u32,
}

impl<'a> Demand<'a> {
    pub(super) fn of(rules: &'a Rules, now: Instant) -> Self {
        let current = rules.current_procedures(now);
        let frequent: u32 = FREQUENT.iter().map(|(_, weight)| weight).sum();
        let others = u32::try_from(current.len()).unwrap_or(1).saturating_sub(22).max(1);
        // Weights in ten-thousandths, so that two hundred rare procedures can share a few per cent.
        let rare = (1000_u32.saturating_sub(frequent) * 10 / others).max(1);
        let weight = |version: &ProcedureVersion| {
            let known = FREQUENT.iter().find(|(code, _)| *code == version.row.code);
            known.map_or(rare, |(_, weight)| weight * 10)
        };
        let all: Vec<_> = current.into_iter().map(|version| (version, weight(version))).collect();
        let online: Vec<_> =
            all.iter().copied().filter(|(version, _)| version.row.service_level != ServiceLevel::None).collect();
        let sum = |list: &[(&ProcedureVersion, u32)]| list.iter().map(|(_, weight)| weight).sum::<u32>();
        Self { online_share: sum(&online) * 1000 / sum(&all).max(1), all, online }
    }

    /// The dossiers of `day`, by time; `serial` is the number of the first of them, `elapsed` how
    /// much of the year is over, in a thousand.
    pub(super) fn of_day(
        &self,
        day: NaiveDate,
        count: u64,
        serial: u64,
        elapsed: u32,
        calendar: &WorkingCalendar,
    ) -> Vec<Arrival> {
        let online = ONLINE_FIRST_DAY + (ONLINE_LAST_DAY - ONLINE_FIRST_DAY) * elapsed.min(1000) / 1000;
        let online = if calendar.is_working_day(day) { online * 1000 / self.online_share.max(1) } else { 1000 };
        let mut arrivals: Vec<Arrival> =
            (serial..serial + count).filter_map(|serial| self.one(day, serial, online.min(1000), calendar)).collect();
        arrivals.sort_by_key(|arrival| arrival.at);
        arrivals
    }

    fn one(&self, day: NaiveDate, serial: u64, online: u32, calendar: &WorkingCalendar) -> Option<Arrival> {
        let mut dice = Dice::new(SEED, serial);
        let closed = !calendar.is_working_day(day);
        let procedure = *dice.weighted(if closed { &self.online } else { &self.all })?;
        let channel = match procedure.row.service_level {
            ServiceLevel::Full | ServiceLevel::Partial if dice.happens(online) => Channel::Online,
            ServiceLevel::Full | ServiceLevel::Partial | ServiceLevel::None if dice.happens(60) => Channel::Post,
            ServiceLevel::Full | ServiceLevel::Partial | ServiceLevel::None => Channel::Counter,
        };
        let (at, email_permille) = match channel {
            Channel::Online => (at_home(&mut dice, day), 970),
            Channel::Counter | Channel::Post => (in_office_hours(&mut dice, day, calendar)?, 550),
        };
        let form = filled(&mut dice, procedure, channel, serial, email_permille);
        Some(Arrival { at, form: IntakeForm { received_at: rfc3339(at), ..form }, dice })
    }

    /// A file handed in online, which the desk has yet to accept.
    pub(super) fn online_form(&self, serial: u64) -> Option<(IntakeForm, Dice)> {
        let mut dice = Dice::new(SEED, serial);
        let procedure = *dice.weighted(&self.online)?;
        let form = filled(&mut dice, procedure, Channel::Online, serial, 850);
        Some((form, dice))
    }
}

/// What somebody writes into the form, all but when.
fn filled(
    dice: &mut Dice,
    procedure: &ProcedureVersion,
    channel: Channel,
    serial: u64,
    email_permille: u32,
) -> IntakeForm {
    let who = person(dice, serial, email_permille);
    let fee_due = dice.happens(350);
    let paid_online = fee_due && channel == Channel::Online && dice.happens(960);
    IntakeForm {
        procedure_code: procedure.row.code.clone(),
        channel: channel.to_string(),
        applicant_name: who.name,
        applicant_phone: who.phone,
        applicant_email: who.email,
        applicant_address: who.address,
        paper_supplement: channel != Channel::Online || dice.happens(12),
        presence_required: channel == Channel::Counter || dice.happens(12),
        fee_due,
        paid_online,
        // No dice: the others of a file would fall otherwise.
        cross_boundary: serial.is_multiple_of(29),
        ..IntakeForm::default()
    }
}

fn at_home(dice: &mut Dice, day: NaiveDate) -> Instant {
    let hours: Vec<(i64, u32)> = (0..).zip(HOURS_ONLINE).collect();
    let hour = dice.weighted(&hours).copied().unwrap_or(9);
    let seconds = i64::from(dice.between(0, 3599));
    instant(day.and_time(chrono::NaiveTime::MIN)) + Duration::seconds(hour * 3600 + seconds)
}

fn in_office_hours(dice: &mut Dice, day: NaiveDate, calendar: &WorkingCalendar) -> Option<Instant> {
    let (opens, closes) = (calendar.opens(day)?, calendar.closes(day)?);
    // The last ten minutes are for clearing the desk.
    let open = u32::try_from(calendar.office_seconds_between(opens, closes) - 600).ok()?;
    calendar.add_office_seconds(opens, i64::from(dice.between(60, open)))
}
