//! In which order a citizen wishes to be reached: said at intake, by whatever door.

use std::io::Cursor;

use dunghen::domain::dossier::Step;
use dunghen::domain::notice::{Audience, NoticeKind};
use dunghen::office::import::{Mapping, Run};
use dunghen::office::intake::IntakeForm;
use dunghen::office::submissions::{Answer, Seen};
use dunghen::office::{Actor, OfficeError};
use dunghen::store::outbox::{self, Delivery};

use super::Post;
use super::provider::Conduct;
use crate::support::{App, THREE_DAYS, officer};

const TAKEN: Conduct = Conduct::Answer(200, r#"{"id":"m-7"}"#);

/// How the letter to the citizen of a late file leaves.
fn way_of_the_letter(app: &App, code: &str) -> Delivery {
    app.at("2026-03-06 09:00");
    app.sweep();
    let messages = app.whole(code).messages;
    messages.into_iter().find(|message| message.letter_id.is_some()).expect("the letter").delivery
}

#[test]
fn who_wishes_a_short_message_gets_one_though_there_is_a_mail_address() {
    for (wish, way) in [("", Delivery::Mail), ("sms, mail", Delivery::Sms), ("tray", Delivery::Tray)] {
        let post = Post::new(&[TAKEN]);
        let mut intake = post.app.log(THREE_DAYS, "counter");
        intake.form.contact_ways = wish.to_owned();
        let code = intake.done().code;
        assert_eq!(way_of_the_letter(&post.app, &code), way, "{wish:?}");
    }
}

#[test]
fn a_way_that_nobody_knows_is_named_with_its_field() {
    let app = App::new();
    let mut intake = app.log(THREE_DAYS, "counter").name("");
    intake.form.contact_ways = "mail bồ câu".to_owned();
    let Err(OfficeError::Invalid(errors)) = intake.tried() else { panic!("nobody sends pigeons") };
    let fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, ["applicant_name", "contact_ways"], "with every other wrong field");
    assert_eq!(app.number("SELECT count(*) FROM contacts"), 0);
}

#[test]
fn the_wish_of_an_online_file_holds_before_and_after_it_is_a_dossier() {
    let post = Post::new(&[TAKEN]);
    let app = &post.app;
    let form = IntakeForm {
        procedure_code: THREE_DAYS.to_owned(),
        applicant_name: "Nguyễn Thị Thử Nghiệm".to_owned(),
        applicant_phone: "0900 000 001".to_owned(),
        applicant_email: "cong.dan@example.invalid".to_owned(),
        contact_ways: "sms".to_owned(),
        ..IntakeForm::default()
    };
    let submission = app.office.submit_once(app.now(), &Actor::System, &form, None).unwrap();
    let answer = |answer: Answer| {
        app.office.answer_submission(app.now(), &officer(), &submission.code, Seen::Any, &answer, None).unwrap();
    };
    answer(Answer::SendBack { note: "Bản chụp bị mờ".to_owned() });
    let told = app.office.store().read(|conn| outbox::of_submission(conn, &submission.id)).unwrap();
    assert!(told.len() == 2 && told.iter().all(|message| message.delivery == Delivery::Sms), "{told:?}");
    answer(Answer::Complete);
    app.office.accept_submission(app.now(), &officer(), &submission.code, Seen::Any, None).unwrap();
    assert_eq!(way_of_the_letter(app, &submission.code), Delivery::Sms);
}

#[test]
fn who_was_authorised_to_be_told_is_told_by_that_wish_and_the_applicant_is_not() {
    for (wish, way, recipient) in [("", Delivery::Sms, "0987654321"), ("tray", Delivery::Tray, "0987 654 321")] {
        let post = Post::new(&[TAKEN]);
        let mut intake = post.app.log(THREE_DAYS, "counter");
        intake.form.contact_ways = wish.to_owned();
        intake.form.filed_by = "representative".to_owned();
        intake.form.representative_name = "Trần Văn Thay".to_owned();
        intake.form.representative_phone = "0987 654 321".to_owned();
        intake.form.addressee = "representative".to_owned();
        let code = intake.done().code;
        post.app.step(&code, &Step::RequestSupplement { note: "Bản sao căn cước".to_owned() });
        post.app.at("2026-03-03 08:00");
        post.app.step(&code, &Step::ReceiveSupplement);
        post.app.at("2026-03-09 09:00");
        post.app.sweep();
        let messages = post.app.whole(&code).messages;
        let told: Vec<_> = messages.iter().filter(|message| message.audience == Audience::Applicant).collect();
        assert!(told.iter().any(|message| message.kind == NoticeKind::SupplementRequest), "{wish:?}: {told:?}");
        assert!(told.iter().any(|message| message.letter_id.is_some()), "{wish:?}: {told:?}");
        for message in told {
            let to = (message.delivery, message.recipient.as_str(), message.recipient_name.as_str());
            assert_eq!(to, (way, recipient, "Trần Văn Thay"), "{wish:?}");
            assert!(message.facts.contains("\"recipient_name\":\"Trần Văn Thay\""), "{}", message.facts);
        }
    }
}

#[test]
fn an_import_has_a_column_for_it() {
    let post = Post::new(&[TAKEN]);
    let file = format!(
        "code,procedure_code,applicant_name,channel,received_at,applicant_phone,applicant_email,contact_ways\n\
         X-1,{THREE_DAYS},Nguyễn Văn An,counter,2026-03-02 08:00,0900 000 001,a@example.invalid,sms mail\n\
         X-2,{THREE_DAYS},Nguyễn Văn Ba,counter,2026-03-02 08:00,0900 000 002,b@example.invalid,fax\n"
    );
    let (now, file) = (post.app.at("2026-03-02 09:00"), Cursor::new(file.into_bytes()));
    let mapping = Mapping::native();
    let report = post.app.office.import_dossiers(now, &Actor::CommandLine, file, &mapping, Run::Real, &mut |_| {});
    let report = report.unwrap();
    assert_eq!((report.imported, report.rejected_rows), (1, 1), "{report:?}");
    assert_eq!(way_of_the_letter(&post.app, "X-1"), Delivery::Sms);
}
