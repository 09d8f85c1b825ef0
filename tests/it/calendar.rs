//! A calendar that changes while dossiers are open: promises move later, never earlier, and never silently.

use dunghen::domain::calendar::{Confidence, DayKind};
use dunghen::domain::dossier::Step;
use dunghen::domain::problem::{DayProblem, Problem};
use dunghen::domain::time::rfc3339;
use dunghen::office::calendar_change::{CalendarChange, DayEdit, SpecialDay};
use dunghen::office::proposals::{Change, Proposed};
use dunghen::office::report::Question;
use dunghen::office::{Actor, OfficeError};
use dunghen::store::promises::PromiseKind;

use crate::support::{App, LAND, THREE_DAYS};

fn admin() -> Actor {
    Actor::Account { id: "admin".to_owned(), username: "quantri".to_owned() }
}

fn alone() -> App {
    App::with("[rules]\nfour_eyes = false")
}

fn day(date: &str, kind: DayKind) -> DayEdit {
    let becomes = SpecialDay {
        kind,
        name: "Nghỉ theo quyết định".to_owned(),
        basis: "QĐ 9/QĐ-TTg".to_owned(),
        confidence: Confidence::Confirmed,
    };
    DayEdit { date: date.parse().unwrap(), becomes: Some(becomes) }
}

fn holiday(date: &str) -> DayEdit {
    day(date, DayKind::Holiday)
}

fn plain(date: &str) -> DayEdit {
    DayEdit { date: date.parse().unwrap(), becomes: None }
}

fn change(edits: &[DayEdit]) -> CalendarChange {
    CalendarChange { decision: "QĐ 9/QĐ-TTg".to_owned(), edits: edits.to_vec() }
}

fn apply(app: &App, edits: &[DayEdit]) {
    let done = app.office.propose(app.now(), &admin(), &Change::Calendar(change(edits))).unwrap();
    assert_eq!(done, Proposed::Applied);
}

fn refused(app: &App, edits: &[DayEdit]) -> Vec<Problem> {
    match app.office.propose(app.now(), &admin(), &Change::Calendar(change(edits))) {
        Err(OfficeError::Invalid(errors)) => errors.into_iter().map(|error| error.problem).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

fn due(app: &App, code: &str) -> String {
    rfc3339(app.row(code).due_at.unwrap())
}

fn sound(app: &App) {
    let report = app.office.verify(&mut |_| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
}

fn delay_declared(app: &App, code: &str) {
    let form = dunghen::office::delay::DelayForm {
        reason_code: "verification".to_owned(),
        reason: "Chờ xác minh".to_owned(),
        new_due_on: None,
    };
    app.office.declare_delay(app.now(), &admin(), code, &form).unwrap();
}

fn told(app: &App) -> i64 {
    app.number("SELECT COUNT(*) FROM outbox WHERE kind = 'redated'")
}

#[test]
fn a_holiday_announced_late_moves_open_files_later_and_tells_each_once() {
    let app = alone();
    let mail = app.log(THREE_DAYS, "online").done();
    let paper = app.log(THREE_DAYS, "counter").email("").done();
    let after = app.log(LAND, "counter").received_at("2026-02-27 08:00").done();
    let closed = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-02 10:00");
    app.resolve(&closed.code);
    apply(&app, &[holiday("2026-03-04")]);
    assert_eq!(due(&app, &mail.code), "2026-03-06T17:00:00+07:00");
    assert_eq!(due(&app, &paper.code), "2026-03-06T17:00:00+07:00");
    assert_eq!(due(&app, &closed.code), "2026-03-05T17:00:00+07:00", "finished files are left alone");
    assert!(app.row(&after.code).due_at > after.due_at);
    assert_eq!(told(&app), 3);
    let whole = app.whole(&mail.code);
    let promise = whole.promises.last().unwrap();
    assert_eq!((promise.kind, promise.number), (PromiseKind::Redated, 2));
    assert!(promise.basis.contains("QĐ 9/QĐ-TTg"), "{}", promise.basis);
    assert!(whole.promises[0].superseded_at.is_some());
    let event = whole.events.iter().find(|event| event.kind == "redated").expect("an event");
    assert!(event.body.contains("QĐ 9/QĐ-TTg") && event.body.contains("2026-03-05"), "{}", event.body);
    assert_eq!(app.row(&mail.code).statutory_due_at, app.row(&mail.code).due_at);
    app.dispatch();
    let letter =
        app.mails().into_iter().find(|one| one.kind == "redated" && one.dossier_code == mail.code).expect("a message");
    for words in ["17:00 ngày 05/03/2026", "17:00 ngày 06/03/2026", "04/03/2026", "QĐ 9/QĐ-TTg"] {
        assert!(letter.text.contains(words), "{words} in {}", letter.text);
    }
    app.office.redate_pending(app.now()).unwrap();
    app.sweep();
    app.dispatch();
    assert_eq!(told(&app), 3, "told once");
    assert_eq!(app.number("SELECT COUNT(*) FROM promises WHERE kind = 'redated'"), 3);
    sound(&app);
}

#[test]
fn removing_a_day_off_never_moves_a_promise_earlier() {
    let app = alone();
    app.at("2026-08-27 08:00");
    let before = app.log(THREE_DAYS, "online").done();
    assert_eq!(due(&app, &before.code), "2026-09-04T17:00:00+07:00");
    app.at("2026-08-27 09:00");
    apply(&app, &[plain("2026-09-01")]);
    assert_eq!(due(&app, &before.code), "2026-09-04T17:00:00+07:00");
    assert_eq!(told(&app), 0);
    let fresh = app.log(THREE_DAYS, "online").done();
    assert_eq!(due(&app, &fresh.code), "2026-09-03T17:00:00+07:00", "new files are counted by the new calendar");
    // And the day comes back: what was never moved stays, what was counted without it moves.
    apply(&app, &[holiday("2026-09-01")]);
    assert_eq!(due(&app, &before.code), "2026-09-04T17:00:00+07:00");
    assert_eq!(due(&app, &fresh.code), "2026-09-04T17:00:00+07:00");
    assert_eq!(told(&app), 1);
    sound(&app);
}

#[test]
fn a_swap_is_one_change_of_two_days() {
    let app = alone();
    let off = day("2026-03-04", DayKind::SwappedOff);
    let worked = day("2026-03-07", DayKind::SwappedWorking);
    assert_eq!(refused(&app, std::slice::from_ref(&off)), [Problem::Day(DayProblem::PairIncomplete)]);
    assert_eq!(refused(&app, std::slice::from_ref(&worked)), [Problem::Day(DayProblem::PairIncomplete)]);
    let friday = day("2026-03-06", DayKind::SwappedWorking);
    assert!(refused(&app, &[off.clone(), friday]).contains(&Problem::Day(DayProblem::AlreadyWorked)));
    let saturday = day("2026-03-07", DayKind::SwappedOff);
    assert!(refused(&app, &[saturday, worked.clone()]).contains(&Problem::Contradicts { other: "date" }));
    let new_year = day("2026-04-30", DayKind::SwappedOff);
    assert!(refused(&app, &[new_year, worked.clone()]).contains(&Problem::Day(DayProblem::Occupied)));
    let row = app.log(THREE_DAYS, "online").done();
    let long = app.log(LAND, "counter").done();
    apply(&app, &[off, worked]);
    assert_eq!(due(&app, &row.code), "2026-03-06T17:00:00+07:00", "before the day worked: a day later");
    assert_eq!(due(&app, &long.code), rfc3339(long.due_at.unwrap()), "after both: nothing lost, nothing won");
    assert_eq!(refused(&app, &[plain("2026-03-07")]), [Problem::Day(DayProblem::PairIncomplete)]);
    apply(&app, &[plain("2026-03-04"), plain("2026-03-07")]);
    assert_eq!(due(&app, &row.code), "2026-03-06T17:00:00+07:00");
    sound(&app);
}

#[test]
fn a_change_without_decision_or_effect_is_refused_with_the_field() {
    let app = alone();
    assert_eq!(refused(&app, &[plain("2026-03-04")]), [Problem::Day(DayProblem::NothingChanges)]);
    assert_eq!(refused(&app, &[]), [Problem::Day(DayProblem::NothingChanges)]);
    let nameless = CalendarChange { decision: " ".to_owned(), edits: vec![holiday("2026-03-04")] };
    let error = app.office.propose(app.now(), &admin(), &Change::Calendar(nameless));
    assert!(matches!(&error, Err(OfficeError::Invalid(errors)) if errors[0].field == "decision"), "{error:?}");
    assert_eq!(app.number("SELECT MAX(version) FROM calendar_versions"), 1, "nothing was written");
}

#[test]
fn a_promise_that_passed_stays_judged_and_its_apology_moves_off_a_day_off() {
    let app = alone();
    let row = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-06 08:00");
    app.sweep();
    let late = app.row(&row.code);
    let new_day = late.new_due_at.expect("an apology with a new date");
    let number = late.reschedule_number;
    let date = rfc3339(new_day)[..10].to_owned();
    apply(&app, &[holiday("2026-03-04"), holiday(&date)]);
    let moved = app.row(&row.code);
    assert_eq!(moved.due_at, late.due_at, "what passed stays judged");
    assert!(moved.new_due_at > late.new_due_at);
    assert!(moved.reschedule_number > number);
    let whole = app.whole(&row.code);
    assert_eq!(whole.promises.last().unwrap().kind, PromiseKind::Rescheduled, "never judged");
    assert_eq!(whole.letters.len(), 1, "no second apology");
    assert_eq!(told(&app), 1);
    app.at("2026-03-06 09:00");
    app.sweep();
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE kind = 'apology'"), 1);
    sound(&app);
}

#[test]
fn a_delay_told_in_time_is_still_told_in_time_after_its_date_moved() {
    let app = alone();
    let row = app.log(THREE_DAYS, "online").done();
    let form = dunghen::office::delay::DelayForm {
        reason_code: "workload".to_owned(),
        reason: "Nhiều hồ sơ.".to_owned(),
        new_due_on: Some("2026-03-10".to_owned()),
    };
    app.at("2026-03-03 08:00");
    app.office.declare_delay(app.now(), &crate::support::officer(), &row.code, &form).unwrap();
    app.at("2026-03-09 08:00");
    app.sweep();
    apply(&app, &[holiday("2026-03-10")]);
    assert_eq!(rfc3339(app.row(&row.code).new_due_at.unwrap()), "2026-03-11T17:00:00+07:00");
    app.sweep();
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE kind = 'overdue'"), 0);
    sound(&app);
}

#[test]
fn a_promise_and_its_new_date_that_move_together_both_stand_in_the_journal() {
    let app = alone();
    let code = app.log(THREE_DAYS, "online").done().code;
    app.at("2026-03-03 10:00");
    delay_declared(&app, &code);
    apply(&app, &[holiday("2026-03-05"), holiday("2026-03-06"), holiday("2026-03-09")]);
    assert_eq!(due(&app, &code), "2026-03-10T17:00:00+07:00");
    assert!(app.row(&code).new_due_at >= app.row(&code).due_at);
    sound(&app);
}

#[test]
fn a_file_that_waits_for_the_citizen_is_counted_again_when_work_goes_on() {
    let app = alone();
    let row = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-03 08:00");
    app.step(&row.code, &Step::RequestObligation { note: "lệ phí".to_owned() });
    apply(&app, &[holiday("2026-03-05")]);
    assert_eq!(app.row(&row.code).due_at, row.due_at);
    assert_eq!(told(&app), 0);
    app.at("2026-03-03 16:00");
    app.step(&row.code, &Step::MeetObligation);
    assert_eq!(due(&app, &row.code), "2026-03-06T17:00:00+07:00");
    sound(&app);
}

#[test]
fn a_report_as_of_before_the_change_judges_by_the_date_of_then() {
    let app = alone();
    let row = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-04 08:00");
    apply(&app, &[holiday("2026-03-05")]);
    app.at("2026-03-06 16:00");
    app.resolve(&row.code);
    let march = |as_of: Option<&str>| Question {
        from: "2026-03-01".parse().unwrap(),
        to: "2026-03-31".parse().unwrap(),
        as_of: as_of.map(crate::support::instant),
        agency: None,
    };
    let now = app.office.summary(app.now(), &march(None)).unwrap();
    assert_eq!((now.resolved.on_time, now.resolved.late), (1, 0), "on the day it was moved to");
    let then = app.office.summary(app.now(), &march(Some("2026-03-03 08:00"))).unwrap();
    assert_eq!((then.in_progress.in_time, then.in_progress.overdue), (1, 0));
    let between = app.office.summary(app.now(), &march(Some("2026-03-05 18:00"))).unwrap();
    assert_eq!((between.in_progress.in_time, between.in_progress.overdue), (1, 0), "moved before it passed");
}

#[test]
fn an_imported_calendar_and_new_office_hours_move_open_files_as_well() {
    let mut app = alone();
    let row = app.log(THREE_DAYS, "online").done();
    let text: String =
        include_str!("../../config/calendar.csv").to_owned() + "2026-03-04,holiday,Nghỉ thêm,QĐ 3,confirmed\n";
    let report = app.office.import_calendar(app.now(), &Actor::CommandLine, text.as_bytes()).unwrap();
    assert_eq!(report.redated.unwrap().redated, 1);
    assert_eq!(due(&app, &row.code), "2026-03-06T17:00:00+07:00");
    let week = |close: &str| {
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
        let day = |day: &&str| format!("{day} = [\"07:30-11:30\", \"13:30-{close}\"]\n");
        format!("[[office_hours]]\n{}", days.iter().map(day).collect::<String>())
    };
    app.settings =
        dunghen::config::Settings::from_toml(&format!("{}\n[rules]\nfour_eyes = false", week("17:30"))).unwrap();
    app.restart();
    let moved = app.office.redate_pending(app.now()).unwrap();
    assert_eq!((moved.redated, moved.told), (1, 1));
    assert_eq!(due(&app, &row.code), "2026-03-06T17:30:00+07:00");
    assert_eq!(app.office.redate_pending(app.now()).unwrap().redated, 0);
    app.settings = dunghen::config::Settings::from_toml(&week("16:30")).unwrap();
    app.restart();
    app.office.redate_pending(app.now()).unwrap();
    assert_eq!(due(&app, &row.code), "2026-03-06T17:30:00+07:00", "never earlier");
    sound(&app);
}

#[test]
fn a_calendar_written_out_and_taken_in_again_changes_nothing() {
    let app = alone();
    let odd = SpecialDay {
        kind: DayKind::Holiday,
        name: "=cmd(), \"nghỉ\"; dài: một tên rất dài để dòng iCalendar phải gấp lại vì quá bảy mươi lăm byte"
            .to_owned(),
        basis: "QĐ 1/QĐ-TTg; dòng, phẩy \\ gạch".to_owned(),
        confidence: Confidence::Unconfirmed,
    };
    let quoted = SpecialDay { name: "'=1+1".to_owned(), basis: "-1".to_owned(), ..odd.clone() };
    let edit = |date: &str, day: SpecialDay| DayEdit { date: date.parse().unwrap(), becomes: Some(day) };
    apply(&app, &[edit("2026-06-03", odd), edit("2026-06-04", quoted)]);
    let version = app.number("SELECT MAX(version) FROM calendar_versions");
    let (_, days, made) = app.office.calendar_days(2026).unwrap();
    assert!(days.len() > 15);
    let csv = dunghen::render::calendar_file::csv(&days);
    assert!(csv.contains("'=cmd()"), "no spreadsheet takes it for a formula");
    let ics = dunghen::render::calendar_file::ics(&days, made.made_at.naive_utc(), "Lịch 2026");
    assert!(ics.lines().all(|line| line.len() <= 75), "lines are folded");
    assert!(ics.contains("UID:2026-11-24@calendar.dunghen") && ics.contains("CATEGORIES:swapped_off"));
    for text in [format!("\u{feff}{csv}"), ics] {
        let report = app.office.import_calendar(app.now(), &Actor::CommandLine, text.as_bytes()).unwrap();
        assert_eq!(report.rejected, []);
        assert_eq!((report.added, report.changed, report.removed), (0, 0, 0), "{text}");
        assert_eq!(usize::try_from(report.unchanged).unwrap(), days.len());
    }
    assert_eq!(app.number("SELECT MAX(version) FROM calendar_versions"), version);
}

#[test]
fn a_hostile_icalendar_gets_a_clear_answer_and_changes_nothing() {
    let app = alone();
    let event = |body: &str| {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:x\r\n{body}END:VEVENT\r\nEND:VCALENDAR\r\n")
    };
    let whole = |date: &str| format!("DTSTART;VALUE=DATE:{date}\r\nSUMMARY:Nghỉ\r\nCATEGORIES:holiday\r\n");
    for (text, field) in [
        (event(&format!("{}RRULE:FREQ=YEARLY\r\n", whole("20260603"))), "rrule"),
        (event("DTSTART:20260603T080000Z\r\nSUMMARY:Nghỉ\r\nCATEGORIES:holiday\r\n"), "dtstart"),
        (event(&whole("20260631")), "dtstart"),
        (event("SUMMARY:Nghỉ\r\nCATEGORIES:holiday\r\n"), "dtstart"),
        (event("DTSTART;VALUE=DATE:20260603\r\nSUMMARY:Nghỉ\r\nCATEGORIES:party\r\n"), "kind"),
        (event("DTSTART;VALUE=DATE:20260603\r\nCATEGORIES:holiday\r\n"), "name"),
        (event(&format!("{}DTEND;VALUE=DATE:20270603\r\n", whole("20260603"))), "dtend"),
        (event(&whole("18260603")), "date"),
    ] {
        let report = app.office.import_calendar(app.now(), &Actor::CommandLine, text.as_bytes()).unwrap();
        assert_eq!(report.rejected.iter().map(|one| one.field).collect::<Vec<_>>(), [field], "{text}");
        assert_eq!(report.added, 0);
    }
    let nested = format!("BEGIN:VCALENDAR\r\n{}", "BEGIN:VEVENT\r\n".repeat(60_000));
    let long = format!("BEGIN:VCALENDAR\r\nX-A:{}\r\n", "a".repeat(10 * 1024 * 1024));
    let torn = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART".to_owned();
    let empty = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n".to_owned();
    for text in [nested, long, torn, empty] {
        let begun = std::time::Instant::now();
        let answer = app.office.import_calendar(app.now(), &Actor::CommandLine, text.as_bytes());
        assert!(matches!(&answer, Err(OfficeError::Invalid(errors)) if errors[0].field == "file"), "{answer:?}");
        assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    }
    // Several days, a folded line and another order of properties are all fine.
    let fine = event(
        "CATEGORIES:holiday\r\nDTEND;VALUE=DATE:20300605\r\nSUMMARY:Nghỉ\r\n  dài\r\nSTATUS:CONFIRMED\r\nDTSTART;VALUE=DATE:20300603\r\n",
    );
    let report = app.office.import_calendar(app.now(), &Actor::CommandLine, fine.as_bytes()).unwrap();
    assert_eq!((report.added, report.rejected.len()), (2, 0));
    assert_eq!(
        app.number("SELECT COUNT(*) FROM calendar_days WHERE name = 'Nghỉ dài' AND confidence = 'confirmed'"),
        2
    );
}

#[test]
fn from_october_on_next_years_calendar_is_asked_for_once_a_month_until_it_is_there() {
    let app = alone();
    let asked = || app.number("SELECT COUNT(*) FROM outbox WHERE kind = 'calendar-missing'");
    app.at("2026-09-30 08:00");
    assert_eq!(app.office.ask_for_calendar(app.now()).unwrap().missing, Vec::<i32>::new());
    app.at("2026-10-01 08:00");
    let report = app.office.ask_for_calendar(app.now()).unwrap();
    assert_eq!((report.missing, report.raised), (vec![2027], 2), "the administrator and the manager");
    app.at("2026-10-20 08:00");
    assert_eq!(app.office.ask_for_calendar(app.now()).unwrap().raised, 0, "once a month");
    app.dispatch();
    assert_eq!(
        app.sent(),
        ["calendar-missing to giamdoc@example.invalid", "calendar-missing to quantri@example.invalid"]
    );
    let letter = &app.mails()[0];
    assert!(letter.subject.contains("2027") && letter.text.contains("/lich?nam=2027"), "{}", letter.text);
    assert!(letter.text.contains("16/04/2027"), "what is missing is named: {}", letter.text);
    app.at("2026-11-02 08:00");
    assert_eq!(app.office.ask_for_calendar(app.now()).unwrap().raised, 2);
    let confirmed = include_str!("../../config/calendar.csv").replace("unconfirmed", "confirmed");
    app.office.import_calendar(app.now(), &Actor::CommandLine, confirmed.as_bytes()).unwrap();
    app.dispatch();
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE kind = 'calendar-missing' AND state = 'void'"), 2);
    app.at("2026-12-01 08:00");
    assert_eq!(app.office.ask_for_calendar(app.now()).unwrap().raised, 0);
    assert_eq!(asked(), 4);
}

#[test]
fn a_promise_is_provisional_until_the_days_it_rests_on_are_confirmed() {
    let app = alone();
    app.at("2026-12-29 08:00");
    let row = app.log(THREE_DAYS, "online").done();
    let provisional = || {
        let rules = app.office.store().read(|conn| app.office.rules(conn)).unwrap();
        rules.is_provisional(&app.whole(&row.code).promises[0])
    };
    assert!(provisional(), "1 January 2027 is not confirmed");
    let day = SpecialDay {
        kind: DayKind::Holiday,
        name: "Tết Dương lịch".to_owned(),
        basis: "TB 1".to_owned(),
        confidence: Confidence::Confirmed,
    };
    apply(&app, &[DayEdit { date: "2027-01-01".parse().unwrap(), becomes: Some(day) }]);
    assert!(!provisional());
    assert_eq!(told(&app), 0, "the date is the same");
}

#[test]
fn whatever_changes_no_open_promise_gets_earlier() {
    use proptest::test_runner::{Config, TestRunner};
    let app = alone();
    let codes: Vec<String> = (0..24)
        .map(|n| {
            let procedure = if n % 2 == 0 { THREE_DAYS } else { LAND };
            let row = app.log(procedure, "counter").received_at(&format!("2026-02-{:02} 09:00", 23 + n % 5)).done();
            row.code
        })
        .collect();
    app.step(&codes[3], &Step::RequestSupplement { note: "x".to_owned() });
    app.sweep();
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let kinds = proptest::collection::vec((0..60_u64, 0..4_u8), 1..6);
    runner
        .run(&kinds, |days| {
            let dates = || -> Vec<_> {
                codes.iter().map(|code| app.row(code)).map(|row| (row.due_at, row.new_due_at)).collect()
            };
            let before = dates();
            let first: chrono::NaiveDate = "2026-03-01".parse().unwrap();
            let mut edits: Vec<DayEdit> = Vec::new();
            for (at, kind) in days {
                let date = first + chrono::Days::new(at);
                if edits.iter().all(|edit| edit.date != date) {
                    let text = date.to_string();
                    edits.push(if kind == 0 { plain(&text) } else { holiday(&text) });
                }
            }
            let _ = app.office.propose(app.now(), &admin(), &Change::Calendar(change(&edits)));
            for (before, after) in before.iter().zip(dates()) {
                proptest::prop_assert!(after.0 >= before.0 && after.1 >= before.1, "{before:?} {after:?}");
            }
            Ok(())
        })
        .unwrap();
    assert!(app.number("SELECT COUNT(*) FROM promises WHERE kind = 'redated'") > 0);
    sound(&app);
}

#[test]
fn an_online_file_gets_the_office_hours_that_a_holiday_takes_away() {
    let app = alone();
    let form = app.log(THREE_DAYS, "online").form;
    app.at("2026-03-02 15:00");
    let waiting = app.office.submit_once(app.now(), &Actor::System, &form, None).unwrap();
    assert_eq!(rfc3339(waiting.due_at), "2026-03-03T15:30:00+07:00");
    apply(&app, &[holiday("2026-03-03")]);
    let moved = app.office.submission(&waiting.code).unwrap();
    assert_eq!(rfc3339(moved.due_at), "2026-03-04T15:30:00+07:00");
    assert_eq!(moved.first_due_at, moved.due_at);
    apply(&app, &[plain("2026-03-03")]);
    assert_eq!(app.office.submission(&waiting.code).unwrap().due_at, moved.due_at, "never earlier");
}

#[test]
fn a_citizen_who_was_not_told_yet_is_told_the_last_date_only() {
    let app = alone();
    let paper = app.log(THREE_DAYS, "counter").email("").done();
    apply(&app, &[holiday("2026-03-04")]);
    apply(&app, &[holiday("2026-03-06")]);
    assert_eq!(due(&app, &paper.code), "2026-03-09T17:00:00+07:00");
    let state =
        |state| app.number(&format!("SELECT COUNT(*) FROM outbox WHERE kind = 'redated' AND state = '{state}'"));
    assert_eq!((state("ready"), state("void")), (1, 1));
    let mail = app.log(THREE_DAYS, "online").done();
    apply(&app, &[holiday("2026-03-05")]);
    apply(&app, &[holiday("2026-03-09")]);
    app.dispatch();
    assert_eq!(app.mails().iter().filter(|one| one.kind == "redated" && one.dossier_code == mail.code).count(), 1);
}
