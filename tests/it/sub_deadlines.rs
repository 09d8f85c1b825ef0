//! The dates inside a limit, seen from outside: when each ends, who hears of it, and that an
//! unanswered request closes its file once, and only when it was not answered.

use chrono::NaiveDate;
use dunghen::domain::dossier::{StageName, Step};
use dunghen::domain::notice::NoticeKind;
use dunghen::domain::sub_deadline::{SubDeadlineKind, SubOutcome};
use dunghen::domain::time::rfc3339;
use dunghen::office::error::{OfficeError, Refusal};
use dunghen::office::sub_deadlines::consultation;
use dunghen::office::sweep::Run;
use dunghen::store::outbox::{Delivery, OutboxState};
use dunghen::store::sub_deadlines::SubDeadline;

use crate::support::{App, LAND, THREE_DAYS, officer};

const CITIZEN: &str = "cong.dan@example.invalid";
const SUPERVISOR: &str = "phutrach.vhxh@example.invalid";
const MANAGER: &str = "giamdoc@example.invalid";

fn ask(app: &App, code: &str) {
    app.step(code, &Step::RequestSupplement { note: "Bổ sung bản sao giấy khai sinh".to_owned() });
}

fn consult(app: &App, code: &str, due_on: &str) {
    app.step(code, &consultation("Công an xã", "Xác minh nơi cư trú", due_on).unwrap());
}

/// The newest sub-deadline of a kind.
#[track_caller]
fn sub(app: &App, code: &str, kind: SubDeadlineKind) -> SubDeadline {
    let found = app.whole(code).sub_deadlines.into_iter().rfind(|sub| sub.kind == kind);
    found.expect("a sub-deadline of that kind")
}

fn due(app: &App, code: &str, kind: SubDeadlineKind) -> String {
    rfc3339(sub(app, code, kind).due_at)
}

/// What the sweep and the dispatch send at `at`, sorted.
fn news(app: &App, at: &str) -> Vec<String> {
    app.at(at);
    let before = app.mails().len();
    app.sweep();
    app.sweep();
    app.dispatch();
    let mut fresh: Vec<String> =
        app.mails()[before..].iter().map(|mail| format!("{} {}", mail.kind, mail.to)).collect();
    fresh.sort();
    fresh
}

/// The rule of a kind says something else from now on, as an approved change would leave it.
fn rule(app: &mut App, kind: &str, change: &str) {
    app.sql(&format!("UPDATE time_rules SET {change} WHERE kind = '{kind}'"));
    app.restart();
}

#[test]
fn the_request_for_completion_has_three_working_days_from_reception_with_tet_between() {
    let app = App::new();
    for (received, expected) in
        [("2026-02-12 09:00", "2026-02-24T17:00:00+07:00"), ("2026-02-13 16:59", "2026-02-25T17:00:00+07:00")]
    {
        let code = app.log(THREE_DAYS, "online").received_at(received).done().code;
        assert_eq!(due(&app, &code, SubDeadlineKind::CompletionNotice), expected, "{received}");
    }
}

#[test]
fn paper_is_handed_over_the_same_day_or_from_three_sharp_within_an_hour_of_the_next() {
    let app = App::new();
    app.at("2026-03-07 10:00");
    for (received, expected) in [
        ("2026-03-03 14:59:59", "2026-03-03T17:00:00+07:00"),
        ("2026-03-03 15:00", "2026-03-04T08:30:00+07:00"),
        ("2026-03-06 15:00", "2026-03-09T08:30:00+07:00"),
        ("2026-03-07 09:00", "2026-03-09T08:30:00+07:00"),
        ("2026-02-13 15:00", "2026-02-23T08:30:00+07:00"),
    ] {
        let code = app.log(THREE_DAYS, "counter").received_at(received).done().code;
        assert_eq!(due(&app, &code, SubDeadlineKind::HandOver), expected, "{received}");
    }
    let kinds = |code: &str| app.whole(code).sub_deadlines.iter().map(|sub| sub.kind).collect::<Vec<_>>();
    let online = app.log(THREE_DAYS, "online").done().code;
    assert_eq!(kinds(&online), [SubDeadlineKind::CompletionNotice], "no paper, no hand-over");
    let mut own = app.log(THREE_DAYS, "counter");
    own.form.unit = "TTPVHCC".to_owned();
    let own = own.done().code;
    assert_eq!(kinds(&own), [SubDeadlineKind::CompletionNotice], "the receiving unit handles it itself");
}

#[test]
fn a_supplement_has_fifteen_days_and_ends_on_a_working_day() {
    let app = App::new();
    for (asked, expected) in [
        // Fifteen days after Monday 2 March is Tuesday 17; after Saturday 7 March, Sunday 22.
        ("2026-03-02 09:00", "2026-03-17T17:00:00+07:00"),
        ("2026-03-07 09:00", "2026-03-23T17:00:00+07:00"),
        // Thursday 16 April: 1 May is a holiday, and a weekend follows.
        ("2026-04-16 09:00", "2026-05-04T17:00:00+07:00"),
    ] {
        app.at(asked);
        let code = app.log(LAND, "online").done().code;
        ask(&app, &code);
        assert_eq!(due(&app, &code, SubDeadlineKind::Supplement), expected, "{asked}");
    }
}

#[test]
fn the_citizen_is_asked_reminded_and_told_of_the_closing_once_each() {
    let app = App::new();
    let code = app.log(LAND, "online").done().code;
    ask(&app, &code);
    assert_eq!(sub(&app, &code, SubDeadlineKind::CompletionNotice).outcome, Some(SubOutcome::Met));
    assert_eq!(news(&app, "2026-03-02 08:05"), [format!("supplement-request {CITIZEN}")]);
    let asked = app.mails().pop().unwrap();
    assert!(asked.text.contains("Bổ sung bản sao giấy khai sinh"), "{}", asked.text);
    assert!(asked.text.contains("17:00 ngày 17/03/2026") && asked.text.contains("hồ sơ sẽ được đóng"));
    let nothing: [String; 0] = [];
    assert_eq!(news(&app, "2026-03-12 07:29"), nothing);
    assert_eq!(news(&app, "2026-03-12 07:30"), [format!("supplement-reminder {CITIZEN}")]);
    assert_eq!(news(&app, "2026-03-17 17:00"), nothing, "the last moment is still in time");
    assert_eq!(app.row(&code).stage, StageName::AwaitingSupplement);
    assert_eq!(news(&app, "2026-03-17 17:00:01"), [format!("closed-unanswered {CITIZEN}")]);
    for later in ["2026-03-18 08:00", "2026-06-01 08:00"] {
        assert_eq!(news(&app, later), nothing);
    }
    let whole = app.whole(&code);
    assert_eq!(whole.row.stage, StageName::Stopped);
    assert_eq!(sub(&app, &code, SubDeadlineKind::Supplement).outcome, Some(SubOutcome::Lapsed));
    let stopped: Vec<_> = whole.events.iter().filter(|event| event.kind == "stopped").collect();
    assert_eq!(stopped.len(), 1, "closed exactly once");
    assert_eq!(stopped[0].actor, "system");
    assert!(stopped[0].body.contains("khoản 5 Điều 19"), "the reason names its article: {}", stopped[0].body);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_supplement_that_came_is_never_closed_and_starts_no_second_time_for_questions() {
    let app = App::new();
    let code = app.log(LAND, "online").done().code;
    ask(&app, &code);
    app.at("2026-03-17 17:00");
    app.step(&code, &Step::ReceiveSupplement);
    app.at("2026-03-25 08:00");
    app.sweep();
    app.dispatch();
    assert_eq!(app.row(&code).stage, StageName::Processing);
    assert_eq!(sub(&app, &code, SubDeadlineKind::Supplement).outcome, Some(SubOutcome::Met));
    let sent = app.sent();
    assert!(!sent.iter().any(|sent| sent.starts_with("closed-unanswered")), "{sent:?}");
    let notices = app.whole(&code).sub_deadlines.into_iter().filter(|s| s.kind == SubDeadlineKind::CompletionNotice);
    assert_eq!(notices.count(), 1, "Art. 19(5) counts from the reception of the file, once");
}

#[test]
fn a_supplement_that_comes_before_the_sweep_looks_is_late_but_taken() {
    let app = App::new();
    let code = app.log(LAND, "online").done().code;
    ask(&app, &code);
    app.at("2026-03-17 17:02");
    app.step(&code, &Step::ReceiveSupplement);
    app.sweep();
    assert_eq!(app.row(&code).stage, StageName::Processing);
    assert_eq!(sub(&app, &code, SubDeadlineKind::Supplement).outcome, Some(SubOutcome::Late));
}

#[test]
fn a_dry_sweep_closes_nothing() {
    let app = App::new();
    let code = app.log(LAND, "online").done().code;
    ask(&app, &code);
    app.at("2026-03-18 08:00");
    let report = app.office.sweep(app.now(), Run::Dry).unwrap();
    assert_eq!(report.raised.get("closed-unanswered"), Some(&1));
    assert_eq!(app.row(&code).stage, StageName::AwaitingSupplement);
    assert_eq!(app.sweep().raised.get("closed-unanswered"), Some(&1));
}

#[test]
fn no_rule_by_message_no_closing_and_the_request_is_told_all_the_same() {
    for change in ["notice = 'screen'", "notice = 'off'", "limit_value = NULL, limit_unit = NULL"] {
        let mut app = App::new();
        rule(&mut app, "supplement", change);
        let code = app.log(LAND, "online").done().code;
        ask(&app, &code);
        assert_eq!(news(&app, "2026-03-02 08:05"), [format!("supplement-request {CITIZEN}")], "{change}");
        assert!(!app.mails()[0].text.contains("hồ sơ sẽ được đóng"), "{change}");
        let nothing: [String; 0] = [];
        assert_eq!(news(&app, "2026-06-01 08:00"), nothing, "{change}");
        assert_eq!(app.row(&code).stage, StageName::AwaitingSupplement);
        let shown = app.whole(&code).sub_deadlines.iter().any(|sub| sub.kind == SubDeadlineKind::Supplement);
        assert_eq!(shown, change.contains("screen"), "{change}");
    }
}

#[test]
fn a_second_request_is_allowed_counted_and_told_as_such() {
    let app = App::new();
    let code = app.log(LAND, "online").done().code;
    ask(&app, &code);
    app.at("2026-03-03 09:00");
    app.step(&code, &Step::ReceiveSupplement);
    app.at("2026-03-04 09:00");
    ask(&app, &code);
    app.dispatch();
    let whole = app.whole(&code);
    let requests: Vec<i64> = whole
        .events
        .iter()
        .filter(|event| event.kind == "supplement_requested")
        .map(|event| serde_json::from_str::<serde_json::Value>(&event.body).unwrap()["request"].as_i64().unwrap())
        .collect();
    assert_eq!(requests, [1, 2]);
    assert_eq!(sub(&app, &code, SubDeadlineKind::Supplement).number, 2);
    let second = app.mails().pop().unwrap();
    assert!(second.kind == "supplement-request" && second.text.contains("Lần yêu cầu: 2"), "{}", second.text);
    let asked = app.sent().into_iter().filter(|sent| sent.starts_with("supplement-request")).count();
    assert_eq!(asked, 1, "the first one was answered before it left, and never left");
}

#[test]
fn asking_late_is_told_to_the_supervisor() {
    let app = App::new();
    let code = app.log(LAND, "online").done().code;
    let mine = officer_unit_supervisor(&app, &code);
    app.at("2026-03-05 17:00:01");
    ask(&app, &code);
    assert_eq!(sub(&app, &code, SubDeadlineKind::CompletionNotice).outcome, Some(SubOutcome::Late));
    let news = news(&app, "2026-03-05 17:05");
    assert!(news.contains(&format!("completion-late {mine}")), "{news:?}");
    let again = app.sent().into_iter().filter(|sent| sent.starts_with("completion-late")).count();
    assert_eq!(again, 1);
}

/// Where the supervisor of the handling unit of a dossier reads mail.
fn officer_unit_supervisor(app: &App, code: &str) -> String {
    let rules = app.office.store().read(|conn| app.office.rules(conn)).unwrap();
    let unit = rules.unit(app.row(code).unit_id.as_deref().unwrap()).unwrap();
    rules.accounts[unit.supervisor_id.as_deref().unwrap()].email.clone().unwrap()
}

#[test]
fn a_body_that_does_not_answer_is_told_to_the_manager_and_the_clock_runs_on() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "online").done();
    // Asked on Monday to answer by Wednesday.
    consult(&app, &row.code, "2026-03-04");
    assert_eq!(app.row(&row.code).due_at, row.due_at, "consultation does not stop the clock");
    assert_eq!(app.row(&row.code).stage, StageName::Processing);
    let nothing: [String; 0] = [];
    assert_eq!(news(&app, "2026-03-03 07:29"), nothing);
    assert_eq!(news(&app, "2026-03-03 07:30"), ["consultation-due congchuc.vhxh@example.invalid"]);
    let late = news(&app, "2026-03-04 17:00:01");
    assert!(late.contains(&format!("consultation-late {MANAGER}")), "{late:?}");
    assert!(late.contains(&format!("consultation-late {SUPERVISOR}")), "{late:?}");
    app.at("2026-03-05 09:00");
    app.step(&row.code, &Step::AnswerConsultation { number: 1 });
    assert_eq!(sub(&app, &row.code, SubDeadlineKind::Consultation).outcome, Some(SubOutcome::Late));
    let told = news(&app, "2026-03-05 09:05");
    assert!(!told.iter().any(|told| told.starts_with("consultation")), "told once: {told:?}");
    let again = app.office.step(app.now(), &officer(), &row.code, &Step::AnswerConsultation { number: 1 });
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::NothingWaits))), "{again:?}");
}

#[test]
fn an_answer_in_time_silences_the_warning_that_had_not_left() {
    let app = App::new();
    let code = app.log(LAND, "online").done().code;
    consult(&app, &code, "2026-03-04");
    app.at("2026-03-03 07:30");
    assert_eq!(app.sweep().raised.get("consultation-due"), Some(&1));
    app.step(&code, &Step::AnswerConsultation { number: 1 });
    app.dispatch();
    assert!(!app.sent().iter().any(|sent| sent.starts_with("consultation")), "{:?}", app.sent());
    let void = app.whole(&code).messages.into_iter().find(|m| m.kind == NoticeKind::ConsultationDue).unwrap();
    assert_eq!(void.state, OutboxState::Void);
}

#[test]
fn a_consultation_needs_a_body_a_question_and_a_day_to_come() {
    let app = App::new();
    let code = app.log(LAND, "online").done().code;
    let fields = |answer: Result<Step, OfficeError>| match answer {
        Err(OfficeError::Invalid(errors)) => errors.iter().map(|error| error.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(fields(consultation(" ", "", "mai")), ["body", "content", "due_on"]);
    assert_eq!(fields(consultation("Công an\u{0}", &"x".repeat(501), "")), ["body", "content", "due_on"]);
    for past in ["2026-03-01", "0001-01-01", "9999-12-31"] {
        let step = consultation("Công an xã", "Xác minh", past).unwrap();
        let answer = app.office.step(app.now(), &officer(), &code, &step);
        assert!(matches!(answer, Err(OfficeError::Invalid(_))), "{past}: {answer:?}");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM sub_deadlines WHERE kind = 'consultation'"), 0);
    // A Sunday: the end of Monday.
    consult(&app, &code, "2026-03-08");
    assert_eq!(due(&app, &code, SubDeadlineKind::Consultation), "2026-03-09T17:00:00+07:00");
    assert!(NaiveDate::from_ymd_opt(2026, 3, 8).is_some());
}

#[test]
fn paper_handed_over_late_is_told_to_the_desks_supervisor_when_the_rule_says_so() {
    let mut app = App::new();
    let quiet = app.log(THREE_DAYS, "counter").done().code;
    let nothing: [String; 0] = [];
    assert_eq!(news(&app, "2026-03-02 17:00:01"), nothing, "the shipped rule is shown only");
    app.step(&quiet, &Step::HandOver);
    assert_eq!(sub(&app, &quiet, SubDeadlineKind::HandOver).outcome, Some(SubOutcome::Late));
    app.at("2026-03-03 08:00");
    rule(&mut app, "hand_over", "notice = 'mail'");
    let swept = app.log(THREE_DAYS, "counter").done().code;
    let stepped = app.log(THREE_DAYS, "post").done().code;
    let timely = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-03 17:00");
    app.step(&timely, &Step::HandOver);
    app.at("2026-03-03 17:00:01");
    // One is told by its own late step, the other by the sweep; neither twice.
    app.step(&stepped, &Step::HandOver);
    let told = news(&app, "2026-03-03 17:01");
    let desk = "hand-over-late phutrach.mc@example.invalid".to_owned();
    assert_eq!(told.iter().filter(|told| **told == desk).count(), 2, "{told:?}");
    app.at("2026-03-04 08:00");
    app.step(&swept, &Step::HandOver);
    app.sweep();
    app.dispatch();
    assert_eq!(app.sent().iter().filter(|sent| sent.starts_with("hand-over-late")).count(), 2);
    let again = app.office.step(app.now(), &officer(), &swept, &Step::HandOver);
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::NothingWaits))), "{again:?}");
}

#[test]
fn closing_a_file_makes_what_is_open_moot() {
    let app = App::new();
    let code = app.log(LAND, "counter").done().code;
    consult(&app, &code, "2026-03-04");
    app.resolve(&code);
    let subs = app.whole(&code).sub_deadlines;
    assert_eq!(subs.len(), 3);
    assert!(subs.iter().all(|sub| sub.outcome == Some(SubOutcome::Moot)), "{subs:?}");
    let nothing: [String; 0] = [];
    assert_eq!(news(&app, "2026-06-01 08:00"), nothing);
}

#[test]
fn a_citizen_without_mail_is_told_by_the_desk() {
    let app = App::new();
    let code = app.log(LAND, "counter").email("").done().code;
    ask(&app, &code);
    app.dispatch();
    let asked = app.whole(&code).messages.into_iter().find(|m| m.kind == NoticeKind::SupplementRequest).unwrap();
    assert_eq!((asked.delivery, asked.state), (Delivery::Tray, OutboxState::Ready));
    assert_eq!(asked.recipient, "0900 000 001");
    app.at("2026-03-17 17:00:01");
    app.sweep();
    let state = |kind| app.whole(&code).messages.into_iter().find(|m| m.kind == kind).unwrap().state;
    assert_eq!(state(NoticeKind::SupplementRequest), OutboxState::Void, "nobody is asked for a closed file");
    assert_eq!(state(NoticeKind::ClosedUnanswered), OutboxState::Ready);
}
