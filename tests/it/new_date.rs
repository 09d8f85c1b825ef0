//! The one new date of an apology while the file waits for its applicant: it moves on, nothing is missed
//! that was not owed, and it stays the only one.

use dunghen::domain::dossier::Step;
use dunghen::domain::notice::NoticeKind;
use dunghen::domain::time::{parse_instant, rfc3339};
use dunghen::office::delay::DelayForm;
use dunghen::office::dispatch::DispatchReport;
use dunghen::office::error::{OfficeError, Refusal};
use dunghen::office::proof_of::ApologyTold;
use dunghen::store::letters::LetterRow;
use dunghen::store::outbox::{Blame, OutboxState, Settled};

use crate::support::{App, LAND, THREE_DAYS, officer};

/// Declares a delay; its letter leaves at once.
fn delay(app: &App, code: &str) {
    declared(app, code);
    app.dispatch();
}

fn declared(app: &App, code: &str) {
    let form = DelayForm {
        reason_code: "verification".to_owned(),
        reason: "Chờ xác minh nơi cư trú cũ".to_owned(),
        new_due_on: None,
    };
    app.office.declare_delay(app.now(), &officer(), code, &form).unwrap();
}

fn asked(app: &App, code: &str) {
    app.step(code, &Step::RequestSupplement { note: "Thiếu giấy tờ".to_owned() });
}

fn new_due(app: &App, code: &str) -> String {
    rfc3339(app.row(code).new_due_at.expect("a new date"))
}

fn told(app: &App, kind: &str) -> i64 {
    app.number(&format!("SELECT count(*) FROM outbox WHERE kind = '{kind}'"))
}

fn sound(app: &App) {
    let report = app.office.verify(&mut |_| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
}

#[test]
fn a_limit_counted_afresh_after_an_apology_takes_the_new_date_along() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "online").done().code;
    app.at("2026-03-03 10:00");
    delay(&app, &code);
    assert_eq!(new_due(&app, &code), "2026-03-09T17:00:00+07:00");
    app.at("2026-03-04 09:00");
    asked(&app, &code);
    app.at("2026-03-20 09:00");
    let row = app.step(&code, &Step::ReceiveSupplement);
    assert_eq!(row.due_at.map(rfc3339).as_deref(), Some("2026-03-25T17:00:00+07:00"));
    assert!(row.new_due_at >= row.due_at, "no new date before the promise: {:?}", row.new_due_at);
    app.sweep();
    assert_eq!((told(&app, "second-miss"), told(&app, "escalation")), (0, 0), "nothing was missed");
    let again = app.office.declare_delay(
        app.now(),
        &officer(),
        &code,
        &DelayForm { reason_code: "workload".to_owned(), reason: "Chưa xong".to_owned(), new_due_on: None },
    );
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::AlreadyRescheduled))), "once: {again:?}");
    sound(&app);
    app.at("2026-03-25 17:05");
    app.sweep();
    app.at("2026-04-01 17:05");
    app.sweep();
    assert_eq!((told(&app, "second-miss"), told(&app, "escalation")), (1, 1), "and this is");
    // Each letter stands in the past under its own name, with the date that it promised, or with none.
    let past = app.texts("SELECT facts AS value FROM outbox").concat();
    assert!(past.contains("\"Gửi phiếu xin lỗi số 01/PXL-TTPVHCC, hẹn lại 17:00, thứ Hai ngày 09/03/2026\""), "{past}");
    assert!(past.contains("\"Gửi phiếu xin lỗi lỡ hẹn lần hai số 02/PXL-TTPVHCC\""), "{past}");
    sound(&app);
}

#[test]
fn the_new_date_of_a_late_file_does_not_run_while_the_applicant_is_waited_for() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "online").done().code;
    app.at("2026-03-05 17:05");
    app.sweep();
    app.dispatch();
    assert_eq!(new_due(&app, &code), "2026-03-09T17:00:00+07:00");
    app.at("2026-03-06 10:00");
    asked(&app, &code);
    app.at("2026-03-17 10:00");
    app.sweep();
    let row = app.step(&code, &Step::ReceiveSupplement);
    assert_eq!(row.due_at.map(rfc3339).as_deref(), Some("2026-03-05T17:00:00+07:00"), "judged as before");
    assert_eq!(new_due(&app, &code), "2026-03-18T17:00:00+07:00", "seven working days later");
    app.sweep();
    assert_eq!(told(&app, "second-miss"), 0, "the applicant took that time");
    sound(&app);
    app.at("2026-03-18 17:05");
    app.sweep();
    assert_eq!(told(&app, "second-miss"), 1);
    // Missed: waiting again changes nothing any more.
    asked(&app, &code);
    app.at("2026-03-25 09:00");
    app.step(&code, &Step::ReceiveSupplement);
    assert_eq!(new_due(&app, &code), "2026-03-18T17:00:00+07:00");
    sound(&app);
}

#[test]
fn an_obligation_moves_the_new_date_by_its_time() {
    let app = App::new();
    let code = app.log(LAND, "counter").done().code;
    app.at("2026-03-09 09:00");
    delay(&app, &code);
    assert_eq!(new_due(&app, &code), "2026-04-13T17:00:00+07:00");
    app.step(&code, &Step::RequestObligation { note: "Thông báo thuế".to_owned() });
    app.at("2026-03-12 15:00");
    app.step(&code, &Step::MeetObligation);
    assert_eq!(new_due(&app, &code), "2026-04-16T17:00:00+07:00", "three working days later");
    sound(&app);
    // Within a day nothing is gained.
    app.step(&code, &Step::RequestObligation { note: "Lệ phí trước bạ".to_owned() });
    app.at("2026-03-12 16:00");
    app.step(&code, &Step::MeetObligation);
    assert_eq!(new_due(&app, &code), "2026-04-16T17:00:00+07:00");
    sound(&app);
}

/// The apologies of a dossier that were dropped, with the reason.
fn dropped(app: &App, code: &str) -> Vec<String> {
    let messages = app.whole(code).messages.into_iter();
    let void = messages.filter(|one| one.kind == NoticeKind::Apology && one.state == OutboxState::Void);
    void.map(|one| one.last_error.unwrap_or_default()).collect()
}

#[test]
fn an_apology_that_has_not_left_when_the_applicant_is_asked_is_taken_back_and_owed_again() {
    for email in ["cong.dan@example.invalid", ""] {
        let app = App::new();
        let code = app.log(THREE_DAYS, "online").email(email).done().code;
        app.at("2026-03-03 10:00");
        declared(&app, &code);
        asked(&app, &code);
        let row = app.row(&code);
        assert_eq!((row.reschedule_number, row.new_due_at), (0, None), "{email:?}");
        assert_eq!(dropped(&app, &code), ["the dossier waits for the applicant"], "{email:?}");
        assert!(app.whole(&code).letters[0].is_taken_back(), "{email:?}");
        assert!(app.office.waiting_papers(app.now()).is_err(), "nothing is printed: {email:?}");
        app.dispatch();
        assert!(!app.sent().iter().any(|sent| sent.starts_with("apology to")), "{email:?}");
        app.at("2026-03-10 09:00");
        app.step(&code, &Step::ReceiveSupplement);
        app.at("2026-03-13 17:05");
        assert!(app.sweep().raised.contains_key("overdue"), "nobody was told in time: {email:?}");
        app.dispatch();
        let letters = app.whole(&code).letters;
        assert_eq!((letters.len(), letters[1].is_taken_back()), (2, false), "{email:?}");
        assert_eq!(letters[1].promise_number, app.row(&code).promise_number, "{email:?}");
        assert!(app.row(&code).new_due_at > app.row(&code).due_at, "{email:?}");
        let mails = app.sent().iter().filter(|sent| sent.starts_with("apology to")).count();
        assert_eq!(mails, usize::from(!email.is_empty()));
        sound(&app);
    }
}

/// The mail server refuses for now while the applicant is being asked.
#[test]
fn an_apology_that_was_leaving_when_the_applicant_was_asked_and_did_not_arrive_is_taken_back() {
    for outcome in [
        Settled::Retry {
            at: parse_instant("2026-03-03 10:05").unwrap(),
            error: "451".to_owned(),
            blame: Blame::Message,
        },
        Settled::Failed { error: "550".to_owned() },
    ] {
        let app = App::new();
        let code = app.log(THREE_DAYS, "online").email("cong.dan@example.invalid").done().code;
        app.dispatch();
        app.at("2026-03-03 10:00");
        declared(&app, &code);
        let claimed = app.office.claim(app.now()).unwrap();
        let leaving = claimed.messages.iter().find(|one| one.kind == NoticeKind::Apology).unwrap();
        asked(&app, &code);
        assert!(app.row(&code).new_due_at.is_some(), "it may arrive");
        let mut report = DispatchReport::default();
        app.office.settle(app.now(), &claimed.lease, leaving, outcome, &mut report).unwrap();
        assert_eq!((app.row(&code).reschedule_number, app.row(&code).new_due_at), (0, None));
        assert_eq!(dropped(&app, &code), ["the dossier waits for the applicant"]);
        app.at("2026-03-04 09:00");
        app.dispatch();
        assert!(!app.sent().iter().any(|sent| sent.starts_with("apology to")));
        sound(&app);
    }
}

#[test]
fn an_apology_of_a_late_file_that_still_waits_when_work_goes_on_is_written_again_with_a_day_that_holds() {
    for email in ["cong.dan@example.invalid", ""] {
        let app = App::new();
        let code = app.log(THREE_DAYS, "online").email(email).done().code;
        app.at("2026-03-05 19:05");
        app.sweep();
        app.at("2026-03-06 06:30");
        asked(&app, &code);
        assert_eq!(dropped(&app, &code), Vec::<String>::new(), "late before it waits, it stays owed: {email:?}");
        app.at("2026-03-17 10:00");
        app.step(&code, &Step::ReceiveSupplement);
        assert_eq!(dropped(&app, &code), ["another date was promised meanwhile"], "{email:?}");
        assert_eq!(app.office.desk_counts(app.now()).unwrap().papers, 0, "{email:?}");
        app.sweep();
        app.sweep();
        let letters = app.whole(&code).letters;
        assert_eq!(letters.iter().map(LetterRow::is_taken_back).collect::<Vec<_>>(), [true, false], "{email:?}");
        assert!(app.row(&code).new_due_at > Some(app.now()), "{email:?}");
        let proof = app.office.evidence(app.now(), &code).unwrap();
        assert!(matches!(proof.judged.apology, ApologyTold::After { at, .. } if at == app.now()), "{email:?}");
        sound(&app);
    }
}
