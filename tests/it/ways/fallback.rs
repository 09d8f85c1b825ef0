use dunghen::office::contact::ContactForm;
use dunghen::office::delivery_report::DeliveryReport;
use dunghen::office::dispatch::DispatchReport;
use dunghen::office::{Actor, OfficeError};
use dunghen::store::outbox::{Blame, Delivery, Message, OutboxState, Settled};
use dunghen::store::tasks::{self, Task, TaskKind};
use dunghen::store::{contacts, journal};

use super::Post;
use super::provider::Conduct;
use crate::support::{App, THREE_DAYS};

const TAKEN: Conduct = Conduct::Answer(200, r#"{"id":"m-7"}"#);
const NEVER: Conduct = Conduct::Answer(400, r#"{"error":"no such number"}"#);

/// A dossier that was promised for 5 March and is not ready on the 6th: its citizen gets an apology.
fn late(app: &App, email: &str) -> String {
    let code = app.log(THREE_DAYS, "counter").email(email).done().code;
    app.at("2026-03-06 09:00");
    app.sweep();
    code
}

fn told(app: &App, code: &str) -> Vec<Message> {
    let messages = app.whole(code).messages;
    messages.into_iter().filter(|message| message.letter_id.is_some()).collect()
}

fn steps(app: &App, code: &str) -> Vec<(Delivery, OutboxState)> {
    told(app, code).iter().map(|message| (message.delivery, message.state)).collect()
}

fn open_tasks(app: &App, code: &str) -> Vec<Task> {
    let id = app.row(code).id;
    let all = app.office.store().read(|conn| tasks::of_dossier(conn, &id)).unwrap();
    all.into_iter().filter(|task| task.done_at.is_none()).collect()
}

fn dead(app: &App, code: &str) -> String {
    let id = app.row(code).id;
    app.office.store().read(|conn| contacts::find(conn, &id)).unwrap().map(|it| it.dead).unwrap_or_default()
}

fn form(app: &App, code: &str) -> ContactForm {
    let row = app.row(code);
    ContactForm {
        applicant_phone: row.applicant_phone.unwrap_or_default(),
        applicant_email: row.applicant_email.unwrap_or_default(),
        applicant_address: row.applicant_address.unwrap_or_default(),
        representative_phone: None,
        contact_ways: String::new(),
        version: row.revision,
    }
}

#[test]
fn who_has_no_mail_address_gets_a_short_message_with_code_and_dates_and_no_name() {
    let post = Post::new(&[TAKEN]);
    let code = late(&post.app, "");
    post.app.dispatch();
    let message = &told(&post.app, &code)[0];
    assert_eq!((message.delivery, message.state), (Delivery::Sms, OutboxState::Sent));
    assert_eq!((message.recipient.as_str(), message.provider_id.as_deref()), ("0900000001", Some("m-7")));
    let request: serde_json::Value = serde_json::from_str(&post.provider.taken()[0].body).unwrap();
    let text = request["text"].as_str().unwrap();
    let link = post.app.office.status_url(&post.app.row(&code));
    for part in [code.as_str(), "05/03/2026", "hen lai 17:00", &link] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    for secret in ["Nguyen", "Nguyễn", "hon nhan", "hôn nhân"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    assert_eq!(post.provider.taken().len(), 1);
    assert!(open_tasks(&post.app, &code).is_empty());
}

#[test]
fn a_mail_that_is_refused_for_good_goes_by_short_message_with_the_same_letter() {
    let post = Post::new(&[TAKEN]);
    let code = post.app.log(THREE_DAYS, "counter").done().code;
    post.app.sql("UPDATE dossiers SET applicant_email = 'khong phai thu'");
    post.app.at("2026-03-06 09:00");
    post.app.sweep();
    let report = post.app.dispatch();
    assert_eq!(report.failed, 1);
    assert_eq!(steps(&post.app, &code), [(Delivery::Mail, OutboxState::Failed), (Delivery::Sms, OutboxState::Sent)]);
    let told = told(&post.app, &code);
    assert_eq!(told[0].letter_id, told[1].letter_id);
    assert_eq!(told[1].fallback_of.as_ref(), Some(&told[0].id));
    assert_ne!(told[0].message_id, told[1].message_id);
    assert_eq!(dead(&post.app, &code), "mail");
}

#[test]
fn at_the_end_of_the_ways_the_desk_has_a_task_with_its_clock() {
    let post = Post::new(&[NEVER]);
    let code = late(&post.app, "");
    post.app.dispatch();
    assert_eq!(steps(&post.app, &code), [(Delivery::Sms, OutboxState::Failed), (Delivery::Tray, OutboxState::Ready)]);
    let tasks = open_tasks(&post.app, &code);
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].kind, TaskKind::Print);
    assert!(tasks[0].reason.contains("400"), "{}", tasks[0].reason);
    // Eight office hours from Friday 09:00: 2.5 and 3.5 that day, two on Monday from 07:30.
    assert_eq!(dunghen::domain::time::rfc3339(tasks[0].due_at), "2026-03-09T09:30:00+07:00");
    assert_eq!(dead(&post.app, &code), "sms");
    // Looked at again, nothing more comes of it.
    post.app.sweep();
    post.app.dispatch();
    assert_eq!(told(&post.app, &code).len(), 2);
}

#[test]
fn what_comes_back_takes_the_next_way_and_a_report_twice_changes_nothing() {
    let post = Post::new(&[TAKEN]);
    let app = &post.app;
    let code = late(app, "cong.dan@example.invalid");
    app.dispatch();
    let mail = told(app, &code)[0].clone();
    assert_eq!(mail.state, OutboxState::Sent);
    for _ in 0..2 {
        app.office.report_delivery(app.now(), &mail.message_id, DeliveryReport::Bounced, "550 unknown").unwrap();
    }
    app.dispatch();
    assert_eq!(steps(app, &code), [(Delivery::Mail, OutboxState::Bounced), (Delivery::Sms, OutboxState::Sent)]);
    assert_eq!(dead(app, &code), "mail");
    for _ in 0..2 {
        app.office.report_delivery(app.now(), "m-7", DeliveryReport::Failed, "gone").unwrap();
    }
    app.dispatch();
    let ways: Vec<Delivery> = told(app, &code).iter().map(|message| message.delivery).collect();
    assert_eq!(ways, [Delivery::Mail, Delivery::Sms, Delivery::Tray]);
    assert_eq!(open_tasks(app, &code).len(), 1);
    assert_eq!(dead(app, &code), "mail sms");
}

#[test]
fn trying_all_dead_letters_again_leaves_out_what_took_another_way() {
    let post = Post::new(&[TAKEN]);
    let app = &post.app;
    let code = late(app, "cong.dan@example.invalid");
    app.dispatch();
    let mail = told(app, &code)[0].clone();
    let retry = || app.office.retry_dead(app.now(), &Actor::System, None, None).unwrap();
    app.office.report_delivery(app.now(), &mail.message_id, DeliveryReport::Failed, "550 gone").unwrap();
    assert_eq!(steps(app, &code), [(Delivery::Mail, OutboxState::Failed), (Delivery::Sms, OutboxState::Ready)]);
    assert_eq!(retry(), 0, "the citizen would be told twice");
    app.sql("DELETE FROM outbox WHERE fallback_of IS NOT NULL");
    assert_eq!(retry(), 1);
}

#[test]
fn what_comes_back_again_after_another_try_is_no_old_report() {
    let app = App::new();
    let code = late(&app, "cong.dan@example.invalid");
    app.dispatch();
    let mail = told(&app, &code)[0].clone();
    let bounce = || app.office.report_delivery(app.now(), &mail.message_id, DeliveryReport::Bounced, "550 unknown");
    bounce().unwrap();
    // Somebody sends it again to the same address; the server says the same again.
    app.office.retry_message(app.now(), &Actor::System, &mail.id).unwrap();
    assert_eq!(app.dispatch().sent, 1);
    assert_eq!(steps(&app, &code)[0], (Delivery::Mail, OutboxState::Sent));
    bounce().unwrap();
    assert_eq!(steps(&app, &code)[0], (Delivery::Mail, OutboxState::Bounced));
    bounce().unwrap();
    assert_eq!(app.number("SELECT count(*) FROM attempts WHERE outcome = 'bounced'"), 2);
    assert_eq!(open_tasks(&app, &code).len(), 1);
}

#[test]
fn what_arrived_and_what_is_unknown_cause_nothing() {
    let post = Post::new(&[TAKEN]);
    let app = &post.app;
    let code = late(app, "cong.dan@example.invalid");
    app.dispatch();
    let mail = told(app, &code)[0].clone();
    let name = mail.message_id.trim_matches(['<', '>']);
    app.office.report_delivery(app.now(), name, DeliveryReport::Delivered, "250").unwrap();
    app.office.report_delivery(app.now(), name, DeliveryReport::Delayed, "421 busy").unwrap();
    assert_eq!(steps(app, &code), [(Delivery::Mail, OutboxState::Delivered)]);
    let unknown = app.office.report_delivery(app.now(), "nobody@example.invalid", DeliveryReport::Bounced, "");
    assert!(matches!(unknown, Err(OfficeError::NotFound)));
}

#[test]
fn who_has_the_result_in_hand_is_not_told_another_way() {
    let post = Post::new(&[TAKEN]);
    let app = &post.app;
    let code = late(app, "cong.dan@example.invalid");
    app.dispatch();
    let mail = told(app, &code)[0].clone();
    app.resolve(&code);
    app.step(&code, &dunghen::domain::dossier::Step::Return);
    app.office.report_delivery(app.now(), &mail.message_id, DeliveryReport::Bounced, "550").unwrap();
    assert_eq!(steps(app, &code), [(Delivery::Mail, OutboxState::Bounced)]);
    assert!(open_tasks(app, &code).is_empty());
}

#[test]
fn a_dossiers_own_preference_comes_before_the_order_of_the_office() {
    let post = Post::new(&[TAKEN]);
    let app = &post.app;
    let code = app.log(THREE_DAYS, "counter").done().code;
    let wish = ContactForm { contact_ways: "sms".to_owned(), ..form(app, &code) };
    app.office.correct_contact(app.now(), &Actor::CommandLine, &code, &wish).unwrap();
    app.at("2026-03-06 09:00");
    app.sweep();
    app.dispatch();
    assert_eq!(steps(app, &code), [(Delivery::Sms, OutboxState::Sent)]);
}

#[test]
fn the_order_of_the_settings_holds_and_a_way_that_is_not_set_up_is_stepped_over() {
    let post = Post::with(&[TAKEN], "[delivery]\norder = [\"zalo\", \"sms\", \"mail\"]");
    let code = late(&post.app, "cong.dan@example.invalid");
    post.app.dispatch();
    assert_eq!(steps(&post.app, &code), [(Delivery::Sms, OutboxState::Sent)]);
}

#[test]
fn a_corrected_contact_is_sent_what_lay_at_the_desk_and_the_journal_names_only_the_field() {
    let app = App::new();
    let code = late(&app, "");
    assert_eq!(steps(&app, &code), [(Delivery::Tray, OutboxState::Ready)]);
    assert_eq!(open_tasks(&app, &code).len(), 1);
    let wanted = ContactForm { applicant_email: "moi@example.invalid".to_owned(), ..form(&app, &code) };
    let row = app.office.correct_contact(app.now(), &Actor::CommandLine, &code, &wanted).unwrap();
    assert_eq!(row.applicant_email.as_deref(), Some("moi@example.invalid"));
    app.dispatch();
    assert_eq!(steps(&app, &code), [(Delivery::Tray, OutboxState::Void), (Delivery::Mail, OutboxState::Sent)]);
    assert!(open_tasks(&app, &code).is_empty());
    let mail = app.mails().into_iter().find(|mail| mail.to == "moi@example.invalid").expect("the apology");
    assert!(mail.attachment.is_some());
    let lines = app.office.store().read(|conn| journal::of_dossier(conn, &row.id)).unwrap();
    let line = lines.iter().find(|line| line.kind == "contact-corrected").unwrap();
    assert_eq!(line.body, r#"{"fields":["applicant_email"]}"#);
    assert!(app.office.verify(&mut |_| {}).is_ok());
    // Found under the new address, and seen as it was no more.
    let stale = app.office.correct_contact(app.now(), &Actor::CommandLine, &code, &wanted);
    assert!(matches!(stale, Err(OfficeError::Store(_))), "{stale:?}");
}

#[test]
fn what_waits_for_an_address_that_was_taken_away_goes_to_the_desk() {
    let app = App::new();
    let code = late(&app, "cu@example.invalid");
    assert_eq!(steps(&app, &code), [(Delivery::Mail, OutboxState::Ready)]);
    let gone = ContactForm { applicant_email: String::new(), ..form(&app, &code) };
    app.office.correct_contact(app.now(), &Actor::CommandLine, &code, &gone).unwrap();
    app.dispatch();
    assert_eq!(steps(&app, &code), [(Delivery::Mail, OutboxState::Void), (Delivery::Tray, OutboxState::Ready)]);
    assert_eq!(open_tasks(&app, &code).len(), 1);
    assert!(app.mails().iter().all(|mail| mail.to != "cu@example.invalid"));
}

#[test]
fn a_message_that_was_leaving_when_its_address_was_put_right_is_tried_again_at_the_new_one() {
    let app = App::new();
    let code = late(&app, "cu@example.invalid");
    let claimed = app.office.claim(app.now()).unwrap();
    let leaving = claimed.messages.iter().find(|one| one.recipient == "cu@example.invalid").unwrap();
    let wanted = ContactForm { applicant_email: "moi@example.invalid".to_owned(), ..form(&app, &code) };
    app.office.correct_contact(app.now(), &Actor::CommandLine, &code, &wanted).unwrap();
    let refused = Settled::Retry { at: app.now(), error: "451".to_owned(), blame: Blame::Message };
    app.office.settle(app.now(), &claimed.lease, leaving, refused, &mut DispatchReport::default()).unwrap();
    app.dispatch();
    assert_eq!(steps(&app, &code), [(Delivery::Mail, OutboxState::Sent)]);
    assert!(app.mails().iter().any(|mail| mail.to == "moi@example.invalid"));
}

#[test]
fn a_contact_with_tricks_is_refused_by_field_and_nothing_is_written() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    let before = app.row(&code);
    let wrong = ContactForm {
        applicant_phone: "0900\r\nBcc: x".to_owned(),
        applicant_email: "a@example.invalid\r\nBcc: b@example.invalid".to_owned(),
        applicant_address: "x".repeat(501),
        representative_phone: None,
        contact_ways: String::new(),
        version: before.revision,
    };
    let Err(OfficeError::Invalid(errors)) = app.office.correct_contact(app.now(), &Actor::CommandLine, &code, &wrong)
    else {
        panic!("taken");
    };
    let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, ["applicant_phone", "applicant_email", "applicant_address"]);
    let pigeon = ContactForm { contact_ways: "pigeon".to_owned(), ..form(&app, &code) };
    let refused = app.office.correct_contact(app.now(), &Actor::CommandLine, &code, &pigeon);
    assert!(matches!(refused, Err(OfficeError::Invalid(errors)) if errors[0].field == "contact_ways"));
    assert_eq!(app.row(&code), before);
}

#[test]
fn a_representatives_telephone_is_put_right_and_what_waits_follows_it() {
    let post = Post::new(&[TAKEN]);
    let app = &post.app;
    let mut intake = app.log(THREE_DAYS, "counter");
    intake.form.filed_by = "representative".to_owned();
    intake.form.representative_name = "Trần Văn Thay".to_owned();
    intake.form.representative_phone = "0987 654 321".to_owned();
    intake.form.addressee = "representative".to_owned();
    let code = intake.done().code;
    app.at("2026-03-06 09:00");
    app.sweep();
    let phone = |phone: &str| ContactForm { representative_phone: Some(phone.to_owned()), ..form(app, &code) };
    for wrong in ["", "không có"] {
        let refused = app.office.correct_contact(app.now(), &Actor::CommandLine, &code, &phone(wrong));
        assert!(matches!(refused, Err(OfficeError::Invalid(errors)) if errors[0].field == "representative_phone"));
    }
    let row = app.office.correct_contact(app.now(), &Actor::CommandLine, &code, &phone("0912 000 333")).unwrap();
    assert_eq!(told(app, &code)[0].recipient, "0912000333");
    app.dispatch();
    assert_eq!(steps(app, &code), [(Delivery::Sms, OutboxState::Sent)]);
    let lines = app.office.store().read(|conn| journal::of_dossier(conn, &row.id)).unwrap();
    let line = lines.iter().find(|line| line.kind == "contact-corrected").unwrap();
    assert_eq!(line.body, r#"{"fields":["representative_phone"]}"#);
}
