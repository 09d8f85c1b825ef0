use dunghen::domain::dossier::Step;
use dunghen::domain::time::rfc3339;
use dunghen::office::delivery_report::DeliveryReport;
use dunghen::office::intake::IntakeForm;
use dunghen::office::submissions::{Answer, Seen};
use dunghen::office::tasks::{About, TaskForm};
use dunghen::office::{Actor, OfficeError, Refusal};
use dunghen::store::outbox;
use dunghen::store::submissions::Submission;
use dunghen::store::tasks::{self, Task, TaskKind};

use crate::support::{App, THREE_DAYS, acting, officer};

fn tasks_of(app: &App, code: &str) -> Vec<Task> {
    let id = app.row(code).id;
    app.office.store().read(|conn| tasks::of_dossier(conn, &id)).unwrap()
}

/// A dossier whose citizen has to be told on paper, on Friday 6 March at 09:00.
fn on_paper(app: &App) -> String {
    let code = app.log(THREE_DAYS, "counter").email("").done().code;
    app.at("2026-03-06 09:00");
    app.sweep();
    code
}

#[test]
fn a_late_task_is_told_to_the_desks_supervisor_once() {
    let app = App::new();
    on_paper(&app);
    let late = |app: &App| app.sent().into_iter().filter(|line| line.starts_with("task-late")).collect::<Vec<_>>();
    app.at("2026-03-09 09:29");
    app.sweep();
    app.dispatch();
    assert!(late(&app).is_empty());
    app.at("2026-03-09 09:31");
    for _ in 0..3 {
        app.sweep();
        app.dispatch();
    }
    assert_eq!(late(&app), ["task-late to phutrach.mc@example.invalid"]);
}

#[test]
fn a_task_done_in_time_is_kept_with_who_how_and_when_and_is_never_late() {
    let app = App::new();
    let code = on_paper(&app);
    let task = tasks_of(&app, &code)[0].clone();
    let form = TaskForm { end: "handed-over".to_owned(), note: "Gửi bưu điện\nsố 12".to_owned() };
    app.at("2026-03-06 10:00");
    app.office.finish_task(app.now(), &officer(), &task.id, &form).unwrap();
    assert!(matches!(app.office.finish_task(app.now(), &officer(), &task.id, &form), Err(OfficeError::NotFound)));
    let done = &tasks_of(&app, &code)[0];
    assert_eq!(done.done_at.map(rfc3339).as_deref(), Some("2026-03-06T10:00:00+07:00"));
    assert_eq!((done.done_by.as_str(), done.note.as_str()), ("congchuc.vhxh", "handed-over: Gửi bưu điện số 12"));
    // Past its clock, and before the new date that would bring another letter.
    app.at("2026-03-09 16:00");
    app.sweep();
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE kind = 'task-late'"), 0);
    assert!(app.office.desk(0, 100).unwrap().is_empty());
}

#[test]
fn tasks_end_by_themselves_when_the_result_is_handed_over() {
    let app = App::new();
    let code = on_paper(&app);
    app.resolve(&code);
    app.step(&code, &Step::Return);
    app.sweep();
    let done = &tasks_of(&app, &code)[0];
    assert_eq!((done.done_by.as_str(), done.note.as_str()), ("system", "settled"));
}

#[test]
fn several_papers_are_ticked_at_once_or_none() {
    let app = App::new();
    let codes: Vec<String> = (0..3).map(|_| app.log(THREE_DAYS, "counter").email("").done().code).collect();
    app.at("2026-03-06 09:00");
    app.sweep();
    let letters: Vec<String> = codes.iter().map(|code| app.whole(code).letters[0].id.clone()).collect();
    let batch = app.office.waiting_papers(app.now()).unwrap();
    assert!(batch.starts_with(b"%PDF"));
    if let Some(text) = crate::smtp::parts::pdf_text(&batch) {
        let at = |code: &String| text.find(code.as_str()).unwrap_or_else(|| panic!("{code} is not in the batch"));
        assert!(at(&codes[0]) < at(&codes[1]) && at(&codes[1]) < at(&codes[2]));
        assert_eq!(text.matches('\u{c}').count(), 3, "one page a letter");
    }
    let mut wrong = letters.clone();
    wrong.push("no-such-letter".to_owned());
    assert!(app.office.hand_over_letters(app.now(), &officer(), &wrong).is_err());
    assert_eq!(app.office.desk(0, 100).unwrap().len(), 3);
    assert_eq!(app.office.hand_over_letters(app.now(), &officer(), &letters).unwrap(), 3);
    assert!(app.office.desk(0, 100).unwrap().is_empty());
    assert!(codes.iter().all(|code| tasks_of(&app, code)[0].done_at.is_some()));
    assert!(matches!(app.office.waiting_papers(app.now()), Err(OfficeError::NotFound)));
}

#[test]
fn who_can_be_reached_in_no_way_is_looked_for() {
    let app = App::new();
    let mut intake = app.log(THREE_DAYS, "counter").email("");
    intake.form.applicant_phone = String::new();
    intake.form.applicant_address = String::new();
    let code = intake.done().code;
    app.at("2026-03-06 09:00");
    app.sweep();
    assert_eq!(tasks_of(&app, &code)[0].kind, TaskKind::Contact);
}

fn handed_in(app: &App, email: &str) -> Submission {
    let form = IntakeForm {
        procedure_code: THREE_DAYS.to_owned(),
        applicant_name: "Nguyễn Thị Thử Nghiệm".to_owned(),
        applicant_phone: "0900 000 001".to_owned(),
        applicant_email: email.to_owned(),
        ..IntakeForm::default()
    };
    app.office.submit_once(app.now(), &Actor::System, &form, None).unwrap()
}

fn answer(app: &App, code: &str, answer: &Answer) {
    app.office.answer_submission(app.now(), &officer(), code, Seen::Any, answer, None).unwrap();
}

fn send_back(app: &App, code: &str) {
    answer(app, code, &Answer::SendBack { note: "Bản chụp bị mờ".to_owned() });
}

#[test]
fn an_online_applicant_without_mail_is_told_by_the_desk_what_to_complete() {
    let app = App::new();
    let submission = handed_in(&app, "");
    assert!(app.office.desk(0, 100).unwrap().is_empty(), "that it was received is not read out");
    send_back(&app, &submission.code);
    let desk = app.office.desk(0, 100).unwrap();
    assert_eq!((desk.len(), desk[0].task.kind), (1, TaskKind::Phone));
    assert_eq!(rfc3339(desk[0].task.due_at), "2026-03-02T14:00:00+07:00", "four office hours from 08:00");
    assert!(matches!(&desk[0].about, About::Submission(about) if about.code == submission.code));
    assert_eq!(app.office.desk_counts(app.now()).unwrap().open, 1);
    let form = TaskForm { end: "reached".to_owned(), note: String::new() };
    app.office.finish_task(app.now(), &officer(), &desk[0].task.id, &form).unwrap();
    assert!(app.office.desk(0, 100).unwrap().is_empty());
    app.at("2026-03-03 08:00");
    app.sweep();
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE kind = 'task-late'"), 0, "it was done in its time");
}

#[test]
fn a_late_task_about_an_online_file_is_told_to_the_desks_supervisor_once() {
    let app = App::new();
    let submission = handed_in(&app, "");
    send_back(&app, &submission.code);
    let late = |app: &App| app.mails().into_iter().filter(|mail| mail.kind == "task-late").collect::<Vec<_>>();
    app.at("2026-03-02 13:59");
    app.sweep();
    app.dispatch();
    assert!(late(&app).is_empty());
    app.at("2026-03-02 14:01");
    for _ in 0..3 {
        app.sweep();
        app.dispatch();
    }
    let told = late(&app);
    assert_eq!((told.len(), told[0].to.as_str()), (1, "phutrach.mc@example.invalid"));
    for part in [submission.code.as_str(), "Gọi điện báo cho người nộp", &format!("/truc-tuyen/{}", submission.code)]
    {
        assert!(told[0].text.contains(part), "{part} is not in {}", told[0].text);
    }
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE kind = 'task-late'"), 1, "and on the screen, once");
}

#[test]
fn what_the_desk_was_to_tell_ends_when_the_applicant_has_done_it() {
    let app = App::new();
    let submission = handed_in(&app, "");
    send_back(&app, &submission.code);
    app.at("2026-03-02 10:00");
    answer(&app, &submission.code, &Answer::Complete);
    assert!(app.office.desk(0, 100).unwrap().is_empty());
    app.at("2026-03-02 16:00");
    app.sweep();
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE kind = 'task-late'"), 0);
    let open = "SELECT count(*) FROM outbox WHERE state = 'ready' AND delivery = 'tray'";
    assert_eq!(app.number(open), 0, "nor is it read out later");
}

#[test]
fn a_mail_about_an_online_file_that_came_back_is_a_task_with_the_reason() {
    let app = App::new();
    let submission = handed_in(&app, "cong.dan@example.invalid");
    send_back(&app, &submission.code);
    app.dispatch();
    let of = |app: &App| app.office.store().read(|conn| outbox::of_submission(conn, &submission.id)).unwrap();
    let mail = of(&app).into_iter().find(|message| message.kind.as_str() == "submission-returned").unwrap();
    app.office.report_delivery(app.now(), &mail.message_id, DeliveryReport::Bounced, "550 no such user").unwrap();
    let desk = app.office.desk(0, 100).unwrap();
    assert_eq!((desk.len(), desk[0].task.kind), (1, TaskKind::Phone));
    assert!(desk[0].task.reason.contains("550 no such user"), "{}", desk[0].task.reason);
}

#[test]
fn what_lay_in_the_tray_without_a_task_gets_one_with_a_clock_of_its_own() {
    let app = App::new();
    let submission = handed_in(&app, "");
    send_back(&app, &submission.code);
    // As an earlier version left it.
    app.sql("DELETE FROM tasks");
    app.at("2026-03-03 08:00");
    app.sweep();
    app.sweep();
    let desk = app.office.desk(0, 100).unwrap();
    assert_eq!(desk.len(), 1);
    assert_eq!(rfc3339(desk[0].task.due_at), "2026-03-03T14:00:00+07:00", "from when it was seen");
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE kind = 'task-late'"), 0);
}

fn undo(app: &App, actor: &Actor, task: &Task) -> Result<(), OfficeError> {
    app.office.undo_task(app.now(), actor, &task.id)
}

#[test]
fn a_tick_is_taken_back_within_minutes_by_who_made_it_and_the_journal_keeps_both() {
    let app = App::new();
    let code = on_paper(&app);
    let before = tasks_of(&app, &code)[0].clone();
    let letter = app.whole(&code).letters[0].id.clone();
    app.office.hand_over_letters(app.now(), &officer(), &[letter]).unwrap();
    assert_eq!(app.office.just_ticked(app.now(), &officer()).unwrap().len(), 1);
    let other = undo(&app, &acting(&app, "motcua"), &before);
    assert!(matches!(other, Err(OfficeError::Refused(Refusal::NotYourTick))), "{other:?}");
    app.at("2026-03-06 09:10");
    undo(&app, &officer(), &before).unwrap();
    assert_eq!(tasks_of(&app, &code), std::slice::from_ref(&before), "open again, with its clock");
    assert!(app.office.waiting_papers(app.now()).is_ok(), "in the tray again");
    assert!(matches!(undo(&app, &officer(), &before), Err(OfficeError::NotFound)), "once");
    let form = TaskForm { end: "handed-over".to_owned(), note: String::new() };
    app.office.finish_task(app.now(), &officer(), &before.id, &form).unwrap();
    app.at("2026-03-06 09:21");
    let over = undo(&app, &officer(), &before);
    assert!(matches!(over, Err(OfficeError::Refused(Refusal::UndoOver))), "{over:?}");
    assert!(app.office.just_ticked(app.now(), &officer()).unwrap().is_empty());
    let kinds: Vec<String> = app.whole(&code).events.into_iter().map(|line| line.kind).collect();
    assert!(kinds.ends_with(&["task_done".to_owned(), "task_undone".to_owned(), "task_done".to_owned()]), "{kinds:?}");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_tick_that_something_followed_from_stays_and_an_overdue_one_is_the_supervisors() {
    let app = App::new();
    let codes: Vec<String> = (0..2).map(|_| app.log(THREE_DAYS, "counter").email("").done().code).collect();
    app.at("2026-03-06 09:00");
    app.sweep();
    let form = TaskForm { end: "handed-over".to_owned(), note: String::new() };
    let tick = |code: &str| {
        let task = tasks_of(&app, code)[0].clone();
        app.office.finish_task(app.now(), &officer(), &task.id, &form).unwrap();
        task
    };
    let moved = tick(&codes[0]);
    app.resolve(&codes[0]);
    let supervisor = acting(&app, "phutrach.mc");
    let refused = undo(&app, &supervisor, &moved);
    assert!(matches!(refused, Err(OfficeError::Refused(Refusal::TickFollowed))), "{refused:?}");
    // Past its clock, and before the new date that would bring another letter.
    app.at("2026-03-09 09:31");
    let late = tick(&codes[1]);
    let refused = undo(&app, &officer(), &late);
    assert!(matches!(refused, Err(OfficeError::Refused(Refusal::TickFollowed))), "{refused:?}");
    undo(&app, &supervisor, &late).unwrap();
    assert_eq!(app.office.desk(0, 100).unwrap().len(), 1);
}

#[test]
fn the_desk_calls_who_was_authorised_to_be_told() {
    let app = App::new();
    let mut intake = app.log(THREE_DAYS, "counter").email("");
    intake.form.filed_by = "representative".to_owned();
    intake.form.representative_name = "Trần Văn Thay".to_owned();
    intake.form.representative_phone = "0987 654 321".to_owned();
    intake.form.addressee = "representative".to_owned();
    intake.done();
    app.at("2026-03-06 09:00");
    app.sweep();
    let desk = app.office.desk(0, 100).unwrap();
    let told = desk[0].about.told();
    assert_eq!((told.name, told.phone, told.address), ("Trần Văn Thay", Some("0987 654 321"), None));
}
