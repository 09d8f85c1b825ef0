//! Online files before they are dossiers: eight office hours to answer, told once, never counted as
//! received, and never lost.

use dunghen::domain::role::Role;
use dunghen::domain::time::{local, rfc3339};
use dunghen::office::accounts::AccountForm;
use dunghen::office::error::{OfficeError, Problem, Refusal};
use dunghen::office::intake::IntakeForm;
use dunghen::office::once::Once;
use dunghen::office::report::{Question, WaitingForReception};
use dunghen::office::submissions::{Answer, Seen};
use dunghen::office::sweep::Run;
use dunghen::office::{Actor, OfficeResult};
use dunghen::store::dossiers::DossierRow;
use dunghen::store::submissions::{Submission, SubmissionState};

use crate::support::{App, NO_LIMIT, THREE_DAYS, instant};

const CITIZEN: &str = "cong.dan@example.invalid";
const DESK: &str = "motcua@example.invalid";
const SUPERVISOR: &str = "phutrach.mc@example.invalid";

fn form(procedure: &str) -> IntakeForm {
    IntakeForm {
        procedure_code: procedure.to_owned(),
        applicant_name: "Nguyễn Thị Thử Nghiệm".to_owned(),
        applicant_phone: "0900 000 001".to_owned(),
        applicant_email: CITIZEN.to_owned(),
        applicant_address: "Thôn 3".to_owned(),
        ..IntakeForm::default()
    }
}

fn clerk() -> Actor {
    Actor::Account { id: "clerk".to_owned(), username: "motcua".to_owned() }
}

fn submit(app: &App) -> Submission {
    app.office.submit_once(app.now(), &Actor::System, &form(THREE_DAYS), None).expect("an online file")
}

fn accept(app: &App, code: &str) -> OfficeResult<DossierRow> {
    app.office.accept_submission(app.now(), &clerk(), code, Seen::Any, None)
}

fn answer(app: &App, code: &str, answer: &Answer) -> OfficeResult<Submission> {
    app.office.answer_submission(app.now(), &clerk(), code, Seen::Any, answer, None)
}

fn send_back() -> Answer {
    Answer::SendBack { note: "Bản chụp căn cước bị mờ".to_owned() }
}

/// Raises and sends what is owed at `at`; answers what left by it.
fn news(app: &App, at: &str) -> Vec<String> {
    let before = app.mails().len();
    app.at(at);
    app.sweep();
    app.dispatch();
    let mut fresh: Vec<String> =
        app.mails()[before..].iter().map(|mail| format!("{} {}", mail.kind, mail.to)).collect();
    fresh.sort();
    fresh
}

fn waiting(app: &App) -> WaitingForReception {
    let question =
        Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), as_of: None, agency: None };
    app.office.summary(app.now(), &question).unwrap().waiting_for_reception
}

#[test]
fn eight_office_hours_reach_over_lunch_night_and_tet() {
    let app = App::new();
    for (submitted, due) in [
        ("2026-03-02 10:00", "2026-03-03T10:30:00+07:00"),
        ("2026-03-02 12:00", "2026-03-03T14:00:00+07:00"),
        ("2026-03-02 22:00", "2026-03-04T08:00:00+07:00"),
        ("2026-02-13 15:00", "2026-02-23T15:30:00+07:00"),
        ("2026-02-28 09:00", "2026-03-03T08:00:00+07:00"),
    ] {
        app.at("2026-03-02 23:00");
        let form = IntakeForm { received_at: submitted.to_owned(), ..form(THREE_DAYS) };
        let one = app.office.submit_once(app.now(), &Actor::System, &form, None).unwrap();
        assert_eq!(rfc3339(one.due_at), due, "submitted {submitted}");
        assert_eq!(one.basis, "điểm c khoản 2 Điều 17 Nghị định số 118/2025/NĐ-CP");
    }
}

#[test]
fn the_desk_is_warned_once_and_its_supervisor_hears_once() {
    let app = App::new();
    app.at("2026-03-02 10:00");
    let one = submit(&app);
    let nothing: Vec<String> = Vec::new();
    assert_eq!(news(&app, "2026-03-02 10:01"), [format!("submission-received {CITIZEN}")]);
    assert_eq!(news(&app, "2026-03-03 08:29"), nothing, "more than two office hours are left");
    let dry = app.office.sweep(instant("2026-03-03 08:30"), Run::Dry).unwrap();
    assert_eq!(dry.raised.get("acceptance-due"), Some(&1));
    assert_eq!(dry.examined, 1);
    assert_eq!(news(&app, "2026-03-03 08:30"), [format!("acceptance-due {DESK}")], "the dry run wrote nothing");
    assert_eq!(news(&app, "2026-03-03 09:00"), nothing);
    assert_eq!(news(&app, "2026-03-03 10:30"), nothing, "the due moment itself is still in time");
    assert_eq!(news(&app, "2026-03-03 10:30:01"), [format!("acceptance-late {SUPERVISOR}")]);
    for at in ["2026-03-03 12:00", "2026-03-04 08:00", "2026-03-10 08:00"] {
        assert_eq!(news(&app, at), nothing, "{at}");
    }
    app.sql("UPDATE submissions SET next_check_at = submitted_at");
    let again = app.sweep();
    assert_eq!((again.already_there, again.raised.len()), (1, 0), "the key holds even when the index is lost");
    let mail = app.mails().into_iter().find(|mail| mail.kind == "acceptance-due").unwrap();
    assert_eq!(mail.dossier_code, one.code);
    assert!(mail.text.contains("Phải trả lời trước: 10:30 ngày 03/03/2026"), "{}", mail.text);
    assert!(mail.text.contains("Thời gian còn lại: 2 giờ làm việc"), "{}", mail.text);
    assert!(mail.text.contains(&format!("/truc-tuyen/{}", one.code)), "{}", mail.text);
}

#[test]
fn an_accepted_file_is_a_dossier_received_then_with_its_code_and_its_page() {
    let app = App::new();
    let one = submit(&app);
    assert_eq!(app.number("SELECT count(*) FROM dossiers"), 0);
    app.at("2026-03-02 15:00");
    let row = accept(&app, &one.code).unwrap();
    assert_eq!((row.code.as_str(), row.status_token.as_str()), (one.code.as_str(), one.status_token.as_str()));
    assert_eq!(rfc3339(row.received_at), "2026-03-02T15:00:00+07:00");
    assert_eq!(row.due_at.map(rfc3339).as_deref(), Some("2026-03-05T17:00:00+07:00"));
    assert_eq!(row.channel.as_str(), "online");
    let nothing: Vec<String> = Vec::new();
    let told = news(&app, "2026-03-02 15:05");
    assert_eq!(told, [format!("receipt {CITIZEN}"), format!("submission-received {CITIZEN}")]);
    let receipt = app.mails().into_iter().find(|mail| mail.kind == "receipt").unwrap();
    assert!(receipt.text.contains("Hẹn trả kết quả: 17:00 ngày 05/03/2026"), "{}", receipt.text);
    assert_eq!(news(&app, "2026-03-03 12:00"), nothing, "nobody waits for acceptance any more");
    let events: Vec<(String, String)> =
        app.whole(&one.code).events.iter().map(|event| (event.kind.clone(), rfc3339(event.at))).collect();
    assert!(events.contains(&("submitted_online".to_owned(), "2026-03-02T08:00:00+07:00".to_owned())), "{events:?}");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_second_acceptance_or_a_late_answer_is_refused() {
    let app = App::new();
    let one = submit(&app);
    accept(&app, &one.code).unwrap();
    for tried in [
        accept(&app, &one.code).map(|_| ()),
        answer(&app, &one.code, &send_back()).map(|_| ()),
        answer(&app, &one.code, &Answer::Complete).map(|_| ()),
        answer(&app, &one.code, &Answer::Decline { reason: "x".to_owned() }).map(|_| ()),
    ] {
        assert!(matches!(tried, Err(OfficeError::Refused(Refusal::NotWaiting))), "{tried:?}");
    }
    assert_eq!(app.number("SELECT count(*) FROM dossiers"), 1);
    assert!(matches!(accept(&app, "H38.19-000000-0000"), Err(OfficeError::NotFound)));
}

#[test]
fn sending_back_stops_the_clock_and_the_answer_starts_it_afresh() {
    let app = App::new();
    app.at("2026-03-02 10:00");
    let one = submit(&app);
    app.at("2026-03-02 16:00");
    let back = answer(&app, &one.code, &send_back()).unwrap();
    assert_eq!(back.state, SubmissionState::Returned);
    let told = news(&app, "2026-03-02 16:05");
    assert_eq!(told, [format!("submission-received {CITIZEN}"), format!("submission-returned {CITIZEN}")]);
    let nothing: Vec<String> = Vec::new();
    assert_eq!(news(&app, "2026-03-06 12:00"), nothing, "the clock stands still");
    assert!(matches!(accept(&app, &one.code), Err(OfficeError::Refused(Refusal::NotWaiting))));
    app.at("2026-03-09 08:00");
    let again = answer(&app, &one.code, &Answer::Complete).unwrap();
    assert_eq!(rfc3339(again.counted_from), "2026-03-09T08:00:00+07:00");
    assert_eq!(rfc3339(again.due_at), "2026-03-10T08:30:00+07:00", "eight hours afresh");
    assert_eq!(rfc3339(again.first_due_at), "2026-03-03T10:30:00+07:00", "what was owed first stays known");
    assert_eq!(news(&app, "2026-03-09 16:00"), [format!("acceptance-due {DESK}")]);
    assert_eq!(news(&app, "2026-03-10 08:31"), [format!("acceptance-late {SUPERVISOR}")]);
    let refused = answer(&app, &one.code, &send_back());
    assert!(matches!(refused, Err(OfficeError::Refused(Refusal::SentBackBefore))), "{refused:?}");
    assert!(accept(&app, &one.code).is_ok());
}

#[test]
fn each_wait_is_told_of_once_and_an_alarm_of_the_first_is_void_in_the_second() {
    let app = App::new();
    app.at("2026-03-02 10:00");
    let one = submit(&app);
    app.at("2026-03-03 10:31");
    assert_eq!(app.sweep().raised.get("acceptance-late"), Some(&1));
    answer(&app, &one.code, &send_back()).unwrap();
    answer(&app, &one.code, &Answer::Complete).unwrap();
    let sent = app.dispatch();
    // The alarm, and the request that was met before it left.
    assert_eq!(sent.void, 2, "{sent:?}");
    assert!(!app.sent().iter().any(|line| line.starts_with("acceptance")), "{:?}", app.sent());
    assert_eq!(
        news(&app, "2026-03-04 11:32"),
        [format!("acceptance-late {SUPERVISOR}")],
        "the second wait has its own"
    );
}

#[test]
fn a_declined_file_is_told_with_its_reason_and_never_counted_as_received() {
    let app = App::new();
    let one = submit(&app);
    let missing = answer(&app, &one.code, &Answer::Decline { reason: " \r\n ".to_owned() });
    assert!(matches!(missing, Err(OfficeError::Invalid(ref errors)) if errors[0].field == "reason"), "{missing:?}");
    let declined = answer(&app, &one.code, &Answer::Decline { reason: "Sai thẩm\r\nquyền".to_owned() }).unwrap();
    assert_eq!(declined.note, "Sai thẩm quyền");
    assert_eq!(
        news(&app, "2026-03-10 09:00"),
        [format!("submission-declined {CITIZEN}"), format!("submission-received {CITIZEN}")]
    );
    let mail = app.mails().into_iter().find(|mail| mail.kind == "submission-declined").unwrap();
    assert!(mail.text.contains("Lý do: Sai thẩm quyền"), "{}", mail.text);
    assert_eq!(app.number("SELECT count(*) FROM dossiers"), 0);
}

#[test]
fn the_report_tells_what_waits_apart_and_an_earlier_cut_gives_the_same_answer_again() {
    let app = App::new();
    let (first, second) = (submit(&app), submit(&app));
    submit(&app);
    app.at("2026-03-02 09:00");
    answer(&app, &first.code, &send_back()).unwrap();
    answer(&app, &second.code, &Answer::Decline { reason: "Sai thẩm quyền".to_owned() }).unwrap();
    let told = |report: &WaitingForReception| (report.in_time, report.late, report.returned, report.not_accepted);
    assert_eq!(told(&waiting(&app)), (1, 0, 1, 1));
    app.at("2026-03-03 09:00");
    assert_eq!(told(&waiting(&app)), (0, 1, 1, 1));
    let cut = app.now();
    app.at("2026-03-04 09:00");
    answer(&app, &first.code, &Answer::Complete).unwrap();
    accept(&app, &first.code).unwrap();
    assert_eq!(told(&waiting(&app)), (0, 1, 0, 1));
    let then = Question { from: local(cut).date(), to: local(cut).date(), as_of: Some(cut), agency: None };
    let report = app.office.summary(app.now(), &then).unwrap();
    assert_eq!(told(&report.waiting_for_reception), (0, 1, 1, 0), "declined before the period: not its figure");
    assert_eq!(report.received.total, 0, "a file that waits was not received");
}

#[test]
fn a_repeated_submission_is_the_same_file_and_a_repeated_acceptance_the_same_dossier() {
    let app = App::new();
    let once = |request: &str| Once::new("portal", "key-1", request);
    let send =
        |request: &str| app.office.submit_once(app.now(), &Actor::System, &form(THREE_DAYS), Some(&once(request)));
    let (one, two) = (send("a").unwrap(), send("a").unwrap());
    assert_eq!((one.code.clone(), one.status_token), (two.code, two.status_token));
    assert!(matches!(send("b"), Err(OfficeError::Refused(Refusal::KeyReused))));
    assert_eq!(app.number("SELECT count(*) FROM submissions"), 1);
    let key = Once::new("portal", "key-2", "accept");
    let accept = || app.office.accept_submission(app.now(), &clerk(), &one.code, Seen::Any, Some(&key));
    assert_eq!(accept().unwrap().id, accept().unwrap().id);
}

#[test]
fn a_code_belongs_to_one_file_only() {
    let app = App::new();
    let foreign = IntakeForm { code: "G22.99-260302-0007".to_owned(), ..form(THREE_DAYS) };
    let one = app.office.submit_once(app.now(), &Actor::System, &foreign, None).unwrap();
    let taken = |tried: OfficeResult<()>| match tried {
        Err(OfficeError::Invalid(errors)) => errors[0].problem == Problem::CodeTaken,
        _ => false,
    };
    assert!(taken(app.office.submit_once(app.now(), &Actor::System, &foreign, None).map(|_| ())));
    assert!(taken(app.log(THREE_DAYS, "counter").code("G22.99-260302-0007").tried().map(|_| ())));
    let (ours, logged) = (submit(&app), app.log(THREE_DAYS, "counter").done());
    assert_ne!(ours.code, logged.code);
    assert_eq!(accept(&app, &one.code).unwrap().code, "G22.99-260302-0007");
}

#[test]
fn who_has_no_address_or_no_limit_is_served_all_the_same() {
    let app = App::new();
    let form = IntakeForm { applicant_email: String::new(), ..form(NO_LIMIT) };
    let one = app.office.submit_once(app.now(), &Actor::System, &form, None).unwrap();
    let row = accept(&app, &one.code).unwrap();
    assert_eq!(row.due_at, None, "nothing was promised");
    assert_eq!(app.number("SELECT count(*) FROM outbox"), 0);
}

#[test]
fn wrong_fields_are_told_at_once_and_nothing_is_kept() {
    let app = App::new();
    let form = IntakeForm {
        procedure_code: "9.999999".to_owned(),
        applicant_name: String::new(),
        applicant_email: "a@b\r\nBcc: c@d".to_owned(),
        received_at: "2027-01-01 08:00".to_owned(),
        ..IntakeForm::default()
    };
    let Err(OfficeError::Invalid(errors)) = app.office.submit_once(app.now(), &Actor::System, &form, None) else {
        panic!("it must be refused")
    };
    let fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
    for field in ["procedure_code", "applicant_name", "applicant_email", "received_at"] {
        assert!(fields.contains(&field), "{field}: {fields:?}");
    }
    assert_eq!(app.number("SELECT count(*) FROM submissions"), 0);
}

#[test]
fn when_nobody_can_be_told_the_sweep_says_so_and_tries_again() {
    let app = App::with(
        "[[people]]\nusername = \"motcua\"\nname = \"Bộ phận\"\nrole = \"clerk\"\n
         [[units]]\ncode = \"X\"\nname = \"X\"\nofficer = \"motcua\"",
    );
    app.at("2026-03-02 10:00");
    submit(&app);
    app.at("2026-03-03 08:30");
    let swept = app.sweep();
    assert_eq!((swept.failed, swept.raised.len()), (1, 0), "{swept:?}");
    let reachable = AccountForm {
        username: "motcua".to_owned(),
        name: "Bộ phận".to_owned(),
        role: Role::Clerk,
        unit: None,
        email: Some("moi@example.invalid".to_owned()),
        phone: None,
    };
    app.office.change_account(app.now(), &Actor::CommandLine, &reachable).unwrap();
    let nothing: Vec<String> = Vec::new();
    app.dispatch();
    assert_eq!(news(&app, "2026-03-03 09:00"), nothing, "looked at again after an hour");
    assert_eq!(news(&app, "2026-03-03 09:31"), ["acceptance-due moi@example.invalid"]);
}
