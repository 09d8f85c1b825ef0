//! The text in both languages, over promises that the domain made.

use chrono::NaiveDate;

use super::{LedgerFacts, Made, PromiseFacts, day_lines, text};
use crate::domain::calendar::{CalendarDay, Confidence, DayKind, SAME_DAY_CUTOFF, WorkingCalendar};
use crate::domain::deadline::due;
use crate::domain::limit::Limit;
use crate::domain::office_hours::OfficeHours;
use crate::domain::pause::Pause;
use crate::domain::time::parse_instant;
use crate::render::pages::Lang;

/// November 2026 with its new holiday on the 24th, as calendar version 7.
fn calendar() -> WorkingCalendar {
    let day = |day, kind, name: &str| CalendarDay {
        date: NaiveDate::from_ymd_opt(2026, 11, day).unwrap(),
        kind,
        name: name.to_owned(),
        basis: Some("NQ 28/2026/QH16".to_owned()),
        confidence: Confidence::Confirmed,
    };
    let days = [day(24, DayKind::Holiday, "Ngày Văn hóa Việt Nam"), day(28, DayKind::SwappedWorking, "Làm bù")];
    WorkingCalendar::new(7, &days, &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap()
}

fn promise(number: i32, made: Made, limit: &str, restarted: Option<&str>, pauses: &[Pause]) -> PromiseFacts {
    let at = |text| parse_instant(text).unwrap();
    let counted = |limit: &str| {
        due(at("2026-11-20 08:00"), restarted.map(at), &limit.parse::<Limit>().unwrap(), pauses, &calendar()).unwrap()
    };
    let promise = counted(limit);
    let statutory = counted("30 working_day");
    PromiseFacts {
        number,
        made,
        due_at: promise.due_at,
        computed_due_at: None,
        superseded_at: None,
        provisional: false,
        basis: "1.004873 v3; Luật Hộ tịch 2014".to_owned(),
        calendar_version: 7,
        ledger: Some(promise.ledger),
        statutory: Some((statutory.due_at, statutory.ledger)),
    }
}

/// Three promises: the first, one after a supplement with a pause, the new date of an apology.
pub(crate) fn sample(procedure: &str) -> LedgerFacts {
    let at = |text| parse_instant(text).unwrap();
    let pause = Pause { from: at("2026-11-25 09:00"), to: at("2026-11-27 10:00") };
    let first = PromiseFacts {
        superseded_at: Some(at("2026-11-23 10:00")),
        statutory: None,
        ..promise(1, Made::Initial, "5 working_day", None, &[])
    };
    let again = promise(2, Made::Restarted, "5 working_day", Some("2026-11-23 10:00"), &[pause]);
    let apology = PromiseFacts {
        due_at: at("2026-12-09 17:00"),
        provisional: true,
        basis: "khoản 6 Điều 19 Nghị định số 118/2025/NĐ-CP; in_process".to_owned(),
        ledger: None,
        statutory: None,
        ..promise(3, Made::Rescheduled, "5 working_day", None, &[])
    };
    LedgerFacts {
        code: "H38.12-261120-0021".to_owned(),
        procedure_code: "1.004873".to_owned(),
        procedure: procedure.to_owned(),
        rule_version: Some(3),
        received_at: at("2026-11-20 08:00"),
        promises: vec![first, again, apology],
    }
}

#[test]
fn the_text_tells_limit_rule_basis_calendar_and_every_day() {
    let told = text(&sample("Cấp giấy xác nhận tình trạng hôn nhân"), Lang::Vi);
    let first = told.split("\n\n").nth(1).unwrap();
    assert_eq!(
        first,
        "1. Hẹn trả khi tiếp nhận: 17:00 thứ Bảy 28/11/2026
   Thời hạn: 5 ngày làm việc
   Quy tắc: thủ tục 1.004873, phiên bản 3
   Căn cứ: Luật Hộ tịch 2014
   Lịch làm việc: phiên bản 7
   Tiếp nhận: 08:00 thứ Sáu 20/11/2026
   Được thay từ: 10:00 thứ Hai 23/11/2026
      –  thứ Sáu 20/11/2026: ngày tiếp nhận, không tính
      –  thứ Bảy 21/11/2026: nghỉ hằng tuần: thứ Bảy
      –  Chủ nhật 22/11/2026: nghỉ hằng tuần: Chủ nhật
      1  thứ Hai 23/11/2026: ngày làm việc
      –  thứ Ba 24/11/2026: nghỉ lễ: Ngày Văn hóa Việt Nam (NQ 28/2026/QH16)
      2  thứ Tư 25/11/2026: ngày làm việc
      3  thứ Năm 26/11/2026: ngày làm việc
      4  thứ Sáu 27/11/2026: ngày làm việc
      5  thứ Bảy 28/11/2026: ngày làm việc: Làm bù (NQ 28/2026/QH16)"
    );
}

#[test]
fn the_english_text_has_no_vietnamese_but_names() {
    let told = text(&sample("(name)"), Lang::En);
    for wanted in [
        "1. Promised at receipt: 17:00 Sat 28/11/2026",
        "Limit: 5 working days",
        "Rule: procedure 1.004873, version 3",
        "Counted afresh from: 10:00 Mon 23/11/2026",
        "Paused: 09:00 Wed 25/11/2026 to 10:00 Fri 27/11/2026",
        "By the statutory limit: 17:00",
        "3. The new date of the letter of apology: 17:00 Wed 09/12/2026",
        "the dossier is still being handled",
        "Provisional: the calendar of that year is not published",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    for stranger in ["ngày", "thứ", "Tiếp nhận", "working_day", "in_process"] {
        let told = told.replace("Ngày Văn hóa Việt Nam", "");
        assert!(!told.contains(stranger), "{stranger}: {told}");
    }
}

#[test]
fn counted_days_are_numbered_without_a_gap_and_no_other_day_is() {
    for limit in ["5 working_day", "12 calendar_day", "20 working_hour", "30 hour", "same_day", "1 month"] {
        let ledger = promise(1, Made::Initial, limit, None, &[]).ledger.unwrap();
        let days = day_lines(&ledger, Lang::Vi);
        let counted: u32 = ledger
            .spans
            .iter()
            .filter(|span| span.kind.is_counted())
            .map(|span| u32::try_from((span.to - span.from).num_days() + 1).unwrap())
            .sum();
        let numbers: Vec<u32> = days.iter().filter_map(|day| day.number).collect();
        assert_eq!(numbers, (1..=counted).collect::<Vec<_>>(), "{limit}");
        assert_eq!(days.last().unwrap().date, ledger.spans.last().unwrap().to, "{limit}");
    }
}
