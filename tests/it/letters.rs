//! Letters to citizens in both modes of signing: who drafts, who signs, what is numbered, and what the
//! citizen is told when nobody signs or the file is finished first.

use chrono::Duration;
use dunghen::domain::dossier::Step;
use dunghen::domain::notice::NoticeKind;
use dunghen::domain::time::rfc3339;
use dunghen::office::Actor;
use dunghen::office::delay::DelayForm;
use dunghen::office::error::{OfficeError, OfficeResult, Problem, Refusal};
use dunghen::office::loss::LossForm;
use dunghen::office::signing::ToSign;
use dunghen::render::letter::LetterFacts;
use dunghen::store::dossiers::DossierRow;
use dunghen::store::letters::{LetterKind, LetterRow, LetterState};
use dunghen::store::outbox::OutboxState;

use crate::support::{App, SAME_DAY, THREE_DAYS, acting, officer};

const SIGNED: &str = "[apology]\nmode = \"signed\"\n";
const CITIZEN: &str = "cong.dan@example.invalid";

fn app_signed() -> App {
    App::with(SIGNED)
}

fn delay(reason: &str) -> DelayForm {
    DelayForm { reason_code: "verification".to_owned(), reason: reason.to_owned(), new_due_on: None }
}

fn supervisor(app: &App) -> Actor {
    acting(app, "phutrach.vhxh")
}

fn sign(app: &App, actor: &Actor, letter: &str) -> OfficeResult<LetterRow> {
    signed_with(app, actor, ToSign { id: letter.to_owned(), ..ToSign::default() })
}

fn signed_with(app: &App, actor: &Actor, wanted: ToSign) -> OfficeResult<LetterRow> {
    app.office.sign_letters(app.now(), actor, &[wanted]).remove(0).outcome
}

/// Received Monday 2 March 08:00, due Thursday 5 March 17:00.
fn three_days(app: &App) -> DossierRow {
    app.log(THREE_DAYS, "online").done()
}

fn letter_of(app: &App, code: &str, kind: LetterKind) -> LetterRow {
    let whole = app.whole(code);
    let mut all = whole.letters.into_iter().chain(whole.drafts);
    all.rfind(|letter| letter.kind == kind).expect("a letter of that kind")
}

fn facts(letter: &LetterRow) -> LetterFacts {
    serde_json::from_str(&letter.facts).unwrap()
}

fn to_citizen(app: &App) -> Vec<String> {
    app.mails().iter().filter(|mail| mail.to == CITIZEN).map(|mail| mail.kind.clone()).collect()
}

fn is_sound(app: &App) {
    let report = app.office.verify(&mut |_| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
    let register = app.office.outgoing_register(app.now(), None, |_| (0, 100)).unwrap();
    assert_eq!(register.missing, Vec::<i64>::new());
}

#[test]
fn a_declared_delay_waits_for_its_signature_and_moves_the_date_with_it() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    let row = app.office.declare_delay(app.now(), &officer(), &code, &delay("Chờ xác minh tại xã cũ")).unwrap();
    assert_eq!((row.reschedule_number, row.new_due_at), (0, None), "nothing is promised yet");
    let draft = letter_of(&app, &code, LetterKind::Apology);
    assert_eq!((draft.state, draft.number.as_str(), draft.serial), (LetterState::Draft, "", None));
    assert_eq!(draft.decide_by.map(rfc3339).as_deref(), Some("2026-03-04T17:00:00+07:00"), "one working day before");
    app.dispatch();
    assert_eq!(app.sent(), ["signature-due to phutrach.vhxh@example.invalid"]);
    assert!(app.office.letter_pdf(app.now(), &draft.id).is_err(), "a draft has no issued bytes");
    assert!(app.office.draft_pdf(&draft.id).unwrap().starts_with(b"%PDF"));
    app.at("2026-03-04 10:00");
    let letter = sign(&app, &supervisor(&app), &draft.id).unwrap();
    assert_eq!((letter.state, letter.number.as_str()), (LetterState::Issued, "01/PXL-TTPVHCC"));
    assert_eq!(letter.signed_by, "phutrach.vhxh");
    let row = app.row(&code);
    assert_eq!(row.new_due_at.map(rfc3339).as_deref(), Some("2026-03-09T17:00:00+07:00"));
    app.dispatch();
    assert_eq!(to_citizen(&app), ["apology"]);
    let mail = app.mails().into_iter().find(|mail| mail.kind == "apology").unwrap();
    assert!(mail.text.contains("Chờ xác minh tại xã cũ") && mail.text.contains("09/03/2026"), "{}", mail.text);
    assert!(mail.attachment.unwrap().bytes.starts_with(b"%PDF"));
    let again = sign(&app, &supervisor(&app), &draft.id);
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::LetterDecided))), "{again:?}");
    app.at("2026-03-06 10:00");
    app.sweep();
    app.dispatch();
    assert_eq!(to_citizen(&app), ["apology"], "once");
    is_sound(&app);
}

#[test]
fn the_sweep_drafts_and_the_legal_moment_passes_once() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-05 17:00:01");
    for _ in 0..3 {
        app.sweep();
    }
    let draft = letter_of(&app, &code, LetterKind::Apology);
    assert_eq!(draft.decide_by.map(rfc3339).as_deref(), Some("2026-03-06T11:30:00+07:00"), "four office hours");
    assert_eq!(app.row(&code).reschedule_number, 0);
    app.at("2026-03-06 11:29");
    app.sweep();
    app.dispatch();
    assert_eq!(to_citizen(&app), Vec::<String>::new());
    app.at("2026-03-06 11:30");
    for _ in 0..3 {
        app.sweep();
        app.dispatch();
    }
    assert_eq!(to_citizen(&app), ["delay-notice"]);
    assert_eq!(app.sent().iter().filter(|sent| sent.starts_with("unsigned to giamdoc@")).count(), 1);
    let notice = app.mails().into_iter().find(|mail| mail.kind == "delay-notice").unwrap();
    assert!(notice.attachment.is_none() && !notice.text.contains("/PXL"), "{}", notice.text);
    assert!(!notice.text.contains("Hẹn lại"), "no date is promised: {}", notice.text);
    // The draft stays, and is signed in the end by the manager.
    app.at("2026-03-06 14:00");
    sign(&app, &acting(&app, "giamdoc"), &draft.id).unwrap();
    app.dispatch();
    assert_eq!(to_citizen(&app), ["delay-notice", "apology"]);
    is_sound(&app);
}

#[test]
fn a_date_that_passed_while_the_draft_waited_is_not_signed() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    let form = DelayForm { new_due_on: Some("2026-03-09".to_owned()), ..delay("Chờ xác minh") };
    app.office.declare_delay(app.now(), &officer(), &code, &form).unwrap();
    let draft = letter_of(&app, &code, LetterKind::Apology);
    app.at("2026-03-09 10:00");
    let refused = sign(&app, &supervisor(&app), &draft.id);
    assert!(
        matches!(&refused, Err(OfficeError::Invalid(errors)) if errors[0].field == "new_due_on"),
        "today is not after today: {refused:?}"
    );
    for wrong in ["2026-03-14", "2026-12-31", "tomorrow"] {
        let edit = ToSign { id: draft.id.clone(), new_due_on: Some(wrong.to_owned()), ..ToSign::default() };
        assert!(matches!(signed_with(&app, &supervisor(&app), edit), Err(OfficeError::Invalid(_))), "{wrong}");
    }
    assert_eq!(app.number("SELECT count(*) FROM letters WHERE state = 'issued'"), 0);
    let edit = ToSign {
        id: draft.id,
        reason: Some("Xã cũ\ntrả lời ngày 09/03, còn phải đối chiếu.".to_owned()),
        new_due_on: Some("2026-03-11".to_owned()),
        ..ToSign::default()
    };
    let letter = signed_with(&app, &supervisor(&app), edit).unwrap();
    assert_eq!(letter.number, "01/PXL-TTPVHCC", "what was refused took no number");
    assert_eq!(facts(&letter).reason, "Xã cũ trả lời ngày 09/03, còn phải đối chiếu.");
    assert_eq!(app.row(&code).new_due_at.map(rfc3339).as_deref(), Some("2026-03-11T17:00:00+07:00"));
    is_sound(&app);
}

#[test]
fn a_refused_draft_goes_back_and_is_declared_again_in_its_row() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Bận")).unwrap();
    let waiting = app.office.declare_delay(app.now(), &officer(), &code, &delay("Bận quá"));
    assert!(matches!(waiting, Err(OfficeError::Refused(Refusal::LetterWaits))), "{waiting:?}");
    let draft = letter_of(&app, &code, LetterKind::Apology);
    let silent = app.office.refuse_letter(app.now(), &supervisor(&app), &draft.id, "  ");
    assert!(matches!(silent, Err(OfficeError::Invalid(_))), "a reason is needed");
    app.office.refuse_letter(app.now(), &supervisor(&app), &draft.id, "Nêu rõ đang chờ việc gì").unwrap();
    app.dispatch();
    let back = app.mails().into_iter().find(|mail| mail.kind == "letter-refused").expect("told");
    assert_eq!(back.to, "congchuc.vhxh@example.invalid");
    assert!(back.text.contains("Nêu rõ đang chờ việc gì"), "{}", back.text);
    app.at("2026-03-03 15:00");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Công an xã chưa trả lời xác minh")).unwrap();
    let again = letter_of(&app, &code, LetterKind::Apology);
    assert_eq!((again.id.as_str(), again.state), (draft.id.as_str(), LetterState::Draft));
    app.dispatch();
    assert_eq!(
        app.sent().iter().filter(|sent| sent.starts_with("signature-due")).count(),
        1,
        "the first was taken back"
    );
    let letter = sign(&app, &supervisor(&app), &draft.id).unwrap();
    assert_eq!(letter.number, "01/PXL-TTPVHCC");
    is_sound(&app);
}

#[test]
fn a_refused_draft_of_a_promise_that_passes_is_raised_by_the_system_once() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-04 09:00");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Bận")).unwrap();
    let draft = letter_of(&app, &code, LetterKind::Apology);
    app.office.refuse_letter(app.now(), &supervisor(&app), &draft.id, "Không nêu việc").unwrap();
    app.at("2026-03-05 17:05");
    app.sweep();
    let raised = letter_of(&app, &code, LetterKind::Apology);
    assert_eq!((raised.id.as_str(), raised.state), (draft.id.as_str(), LetterState::Draft));
    assert!(facts(&raised).reason.contains("Phòng Văn hóa – Xã hội"), "{}", facts(&raised).reason);
    app.office.refuse_letter(app.now(), &supervisor(&app), &draft.id, "Sai đơn vị").unwrap();
    app.at("2026-03-10 09:00");
    app.sweep();
    app.dispatch();
    assert_eq!(letter_of(&app, &code, LetterKind::Apology).state, LetterState::Refused, "now it is the officer's");
    assert_eq!(to_citizen(&app), ["delay-notice"], "and the citizen is not left without a word");
}

#[test]
fn only_who_answers_for_the_unit_signs() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Chờ xác minh")).unwrap();
    let draft = letter_of(&app, &code, LetterKind::Apology);
    for stranger in ["phutrach.kt", "phutrach.mc", "congchuc.vhxh", "quantri", "motcua"] {
        let refused = sign(&app, &acting(&app, stranger), &draft.id);
        assert!(matches!(refused, Err(OfficeError::Refused(Refusal::NotTheirUnit))), "{stranger}: {refused:?}");
        let Actor::Account { id, .. } = acting(&app, stranger) else { panic!() };
        assert_eq!(app.office.count_letters_to_sign(app.now(), &id).unwrap(), 0, "{stranger}");
    }
    let away = Some(("2026-03-02".parse().unwrap(), "2026-03-06".parse().unwrap()));
    app.office.set_absence(app.now(), &Actor::CommandLine, "phutrach.vhxh", away).unwrap();
    let Actor::Account { id, .. } = acting(&app, "phutrach.mc") else { panic!() };
    assert_eq!(app.office.count_letters_to_sign(app.now(), &id).unwrap(), 1, "who stands in sees it");
    sign(&app, &acting(&app, "phutrach.mc"), &draft.id).unwrap();
}

#[test]
fn who_stands_in_for_a_stand_in_who_is_away_too_signs() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    let away = Some(("2026-03-02".parse().unwrap(), "2026-03-06".parse().unwrap()));
    for username in ["phutrach.vhxh", "phutrach.mc"] {
        app.office.set_absence(app.now(), &Actor::CommandLine, username, away).unwrap();
    }
    app.sql("UPDATE accounts SET stand_in_id = (SELECT id FROM accounts WHERE username = 'phutrach.kt') WHERE username = 'phutrach.mc'");
    app.sql("UPDATE settings_kept SET value = 'changed' WHERE name = 'rules_revision'");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Chờ xác minh")).unwrap();
    app.dispatch();
    assert_eq!(app.sent(), ["signature-due to phutrach.kt@example.invalid"]);
    let draft = letter_of(&app, &code, LetterKind::Apology);
    let tray = |username: &str| {
        let Actor::Account { id, .. } = acting(&app, username) else { panic!() };
        app.office.count_letters_to_sign(app.now(), &id).unwrap()
    };
    assert_eq!((tray("phutrach.kt"), tray("phutrach.mc")), (1, 0));
    sign(&app, &acting(&app, "phutrach.kt"), &draft.id).unwrap();
}

#[test]
fn many_are_signed_at_once_and_one_that_cannot_be_keeps_no_other_back() {
    let app = app_signed();
    let codes: Vec<String> = (0..5).map(|_| three_days(&app).code).collect();
    app.at("2026-03-05 17:05");
    app.sweep();
    app.resolve(&codes[2]);
    let drafts: Vec<ToSign> = codes
        .iter()
        .map(|code| ToSign { id: letter_of(&app, code, LetterKind::Apology).id, ..ToSign::default() })
        .collect();
    let results = app.office.sign_letters(app.now(), &supervisor(&app), &drafts);
    let numbers: Vec<Option<String>> =
        results.into_iter().map(|one| one.outcome.ok().map(|letter| letter.number)).collect();
    let number = |n: u32| Some(format!("0{n}/PXL-TTPVHCC"));
    assert_eq!(numbers, [number(1), number(2), None, number(3), number(4)]);
    is_sound(&app);
}

#[test]
fn two_who_sign_at_once_leave_no_gap_and_double_nothing() {
    let app = app_signed();
    let codes: Vec<String> = (0..20).map(|_| three_days(&app).code).collect();
    let now = app.at("2026-03-05 17:05");
    app.sweep();
    let drafts: Vec<ToSign> = codes
        .iter()
        .map(|code| ToSign { id: letter_of(&app, code, LetterKind::Apology).id, ..ToSign::default() })
        .collect();
    let other = app.another_process(app.mailbox.clone());
    let (one, two) = (supervisor(&app), acting(&app, "giamdoc"));
    let signed: usize = std::thread::scope(|scope| {
        let first = scope.spawn(|| app.office.sign_letters(now, &one, &drafts));
        let second = scope.spawn(|| other.sign_letters(now, &two, &drafts));
        [first, second]
            .into_iter()
            .map(|thread| thread.join().unwrap().iter().filter(|one| one.outcome.is_ok()).count())
            .sum()
    });
    assert_eq!(signed, 20);
    assert_eq!(app.number("SELECT max(serial) FROM letters"), 20);
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE kind = 'apology'"), 20);
    assert_eq!(app.number("SELECT count(*) FROM promises WHERE kind = 'rescheduled'"), 20);
    is_sound(&app);
}

#[test]
fn a_draft_of_a_file_finished_in_time_is_dropped_without_a_word() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Chờ xác minh")).unwrap();
    app.at("2026-03-04 09:00");
    app.resolve(&code);
    app.at("2026-03-06 09:00");
    app.sweep();
    app.dispatch();
    assert_eq!(letter_of(&app, &code, LetterKind::Apology).state, LetterState::Void);
    assert_eq!(app.mails().len(), 0, "{:?}", app.sent());
    assert_eq!(app.number("SELECT count(*) FROM letters WHERE number <> ''"), 0);
}

#[test]
fn a_draft_of_a_file_finished_late_becomes_the_letter_of_the_result() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Chờ xác minh tại xã cũ")).unwrap();
    app.at("2026-03-06 09:00");
    app.resolve(&code);
    assert_eq!(letter_of(&app, &code, LetterKind::Apology).state, LetterState::Void);
    let draft = letter_of(&app, &code, LetterKind::LateResult);
    assert_eq!(draft.state, LetterState::Draft);
    assert_eq!(facts(&draft).reason, "Chờ xác minh tại xã cũ", "what the officer said holds");
    app.step(&code, &Step::Return);
    let letter = sign(&app, &supervisor(&app), &draft.id).unwrap();
    assert_eq!(letter.number, "01/PXL-TTPVHCC");
    app.dispatch();
    assert_eq!(to_citizen(&app), ["late-result"]);
    is_sound(&app);
}

#[test]
fn a_late_result_without_an_apology_brings_one() {
    let app = App::new();
    let code = three_days(&app).code;
    app.at("2026-03-06 09:00");
    app.resolve(&code);
    let letter = letter_of(&app, &code, LetterKind::LateResult);
    assert_eq!((letter.state, letter.number.as_str()), (LetterState::Issued, "01/PXL-TTPVHCC"));
    app.step(&code, &Step::Return);
    app.dispatch();
    app.sweep();
    assert_eq!(to_citizen(&app), ["late-result"]);
    let mail = &app.mails()[0];
    assert!(mail.text.contains("17:00 05/03/2026") || mail.text.contains("05/03/2026"), "{}", mail.text);
    let question = dunghen::office::report::Question {
        from: "2026-03-01".parse().unwrap(),
        to: "2026-03-31".parse().unwrap(),
        as_of: None,
        agency: None,
    };
    let resolved = app.office.summary(app.now() + Duration::days(1), &question).unwrap().resolved;
    assert_eq!((resolved.late, resolved.late_with_apology), (1, 1));
    is_sound(&app);
}

#[test]
fn an_apology_that_had_not_left_gives_way_to_one_truthful_message() {
    for email in [CITIZEN, ""] {
        let app = App::new();
        let code = app.log(THREE_DAYS, "counter").email(email).done().code;
        app.at("2026-03-05 17:05");
        app.sweep();
        app.at("2026-03-06 08:00");
        app.resolve(&code);
        app.dispatch();
        let whole = app.whole(&code);
        let state = |kind| whole.messages.iter().find(|message| message.kind == kind).unwrap().state;
        assert_eq!(state(NoticeKind::Apology), OutboxState::Void, "{email:?}");
        let late = if email.is_empty() { OutboxState::Ready } else { OutboxState::Sent };
        assert_eq!(state(NoticeKind::LateResult), late, "{email:?}");
        is_sound(&app);
    }
}

#[test]
fn an_apology_that_arrived_needs_no_second() {
    let app = App::new();
    let code = three_days(&app).code;
    app.at("2026-03-05 17:05");
    app.sweep();
    app.dispatch();
    app.at("2026-03-06 08:00");
    app.resolve(&code);
    app.step(&code, &Step::Return);
    app.dispatch();
    assert_eq!(to_citizen(&app), ["apology"]);
}

#[test]
fn an_apology_that_is_just_leaving_is_looked_at_again() {
    let app = App::new();
    let code = three_days(&app).code;
    let now = app.at("2026-03-05 17:05");
    app.sweep();
    // A sender took it and died before anything was sent.
    let claimed = app.office.claim(now).unwrap();
    assert!(claimed.messages.iter().any(|message| message.kind == NoticeKind::Apology));
    app.at("2026-03-05 17:06");
    app.resolve(&code);
    assert_eq!(app.whole(&code).letters.len(), 1, "nobody knows yet");
    app.at("2026-03-05 17:30");
    app.dispatch();
    app.sweep();
    app.dispatch();
    assert_eq!(to_citizen(&app), ["late-result"]);
    app.sweep();
    assert_eq!(app.number("SELECT count(*) FROM dossiers WHERE next_check_at IS NOT NULL"), 0);
}

#[test]
fn withdrawn_and_stopped_files_get_no_letter() {
    for step in [Step::Withdraw { reason: String::new() }, Step::Stop { reason: "Trùng".to_owned() }] {
        let app = app_signed();
        let code = three_days(&app).code;
        app.at("2026-03-05 17:05");
        app.sweep();
        app.step(&code, &step);
        app.at("2026-03-09 09:00");
        app.sweep();
        app.dispatch();
        assert_eq!(to_citizen(&app), Vec::<String>::new());
        assert_eq!(letter_of(&app, &code, LetterKind::Apology).state, LetterState::Void);
    }
}

#[test]
fn where_it_is_required_the_apology_comes_before_the_hand_over() {
    let app = App::with("[apology]\nmode = \"signed\"\nbefore_hand_over = \"require\"\n");
    let code = three_days(&app).code;
    app.at("2026-03-06 09:00");
    app.resolve(&code);
    let refused = app.office.step(app.now(), &officer(), &code, &Step::Return);
    assert!(matches!(refused, Err(OfficeError::Refused(Refusal::ApologyFirst))), "{refused:?}");
    let draft = letter_of(&app, &code, LetterKind::LateResult);
    app.office.refuse_letter(app.now(), &supervisor(&app), &draft.id, "Viết rõ hơn").unwrap();
    let refused = app.office.step(app.now(), &officer(), &code, &Step::Return);
    assert!(matches!(refused, Err(OfficeError::Refused(Refusal::ApologyFirst))), "{refused:?}");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Xã cũ trả lời muộn hai ngày")).unwrap();
    sign(&app, &supervisor(&app), &draft.id).unwrap();
    app.step(&code, &Step::Return);
    is_sound(&app);
    // A file in time is not held up.
    let timely = app.log(SAME_DAY, "counter").done().code;
    app.resolve(&timely);
    app.step(&timely, &Step::Return);
}

#[test]
fn a_second_miss_names_who_answers_and_gives_no_date() {
    let app = App::new();
    let code = three_days(&app).code;
    app.at("2026-03-05 17:05");
    app.sweep();
    app.dispatch();
    app.at("2026-03-09 17:05");
    for _ in 0..3 {
        app.sweep();
        app.dispatch();
    }
    assert_eq!(to_citizen(&app), ["apology", "second-miss"]);
    assert!(app.sent().contains(&"escalation to giamdoc@example.invalid".to_owned()));
    let letter = letter_of(&app, &code, LetterKind::SecondMiss);
    let facts = facts(&letter);
    assert!(facts.person_in_charge.contains("Trưởng phòng Văn hóa – Xã hội"), "{}", facts.person_in_charge);
    assert!(facts.person_contact.contains("phutrach.vhxh@example.invalid"), "{}", facts.person_contact);
    let mail = app.mails().into_iter().find(|mail| mail.kind == "second-miss").unwrap();
    assert!(mail.text.contains("Trưởng phòng Văn hóa – Xã hội"), "{}", mail.text);
    assert!(mail.text.contains("không hẹn thêm ngày khác"), "{}", mail.text);
    assert_eq!(letter.number, "02/PXL-TTPVHCC");
    assert_eq!(app.whole(&code).promises.len(), 2);
    is_sound(&app);
}

#[test]
fn a_second_miss_waits_for_its_signature_too() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Chờ xác minh")).unwrap();
    sign(&app, &supervisor(&app), &letter_of(&app, &code, LetterKind::Apology).id).unwrap();
    app.at("2026-03-10 09:00");
    app.sweep();
    let draft = letter_of(&app, &code, LetterKind::SecondMiss);
    assert_eq!(draft.state, LetterState::Draft);
    app.office.refuse_letter(app.now(), &supervisor(&app), &draft.id, "Nêu việc đang chờ").unwrap();
    app.sweep();
    assert_eq!(letter_of(&app, &code, LetterKind::SecondMiss).state, LetterState::Refused);
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Xã cũ chưa trả lời lần hai")).unwrap();
    sign(&app, &acting(&app, "giamdoc"), &draft.id).unwrap();
    app.dispatch();
    assert_eq!(to_citizen(&app), ["apology", "second-miss"]);
    assert_eq!(app.whole(&code).promises.len(), 2, "no further date");
    is_sound(&app);
}

#[test]
fn the_reason_printed_is_where_the_file_stands_and_for_whom_it_waits() {
    let app = App::new();
    let code = three_days(&app).code;
    app.at("2026-03-03 10:00");
    let asked = Step::Consult {
        body: "Công an xã".to_owned(),
        content: "Xác minh nơi thường trú".to_owned(),
        due_on: "2026-03-04".parse().unwrap(),
    };
    app.step(&code, &asked);
    app.at("2026-03-05 17:05");
    app.sweep();
    let reason = facts(&letter_of(&app, &code, LetterKind::Apology)).reason;
    for fact in ["Phòng Văn hóa – Xã hội", "02/03/2026", "Công an xã", "03/03/2026", "04/03/2026"] {
        assert!(reason.contains(fact), "{fact} is missing: {reason}");
    }
}

#[test]
fn the_name_of_a_reason_is_no_reason() {
    let app = App::new();
    let code = three_days(&app).code;
    for canned in ["Phải xác minh thực địa hoặc xác minh giấy tờ", " lý do khách quan KHÁC. ", "…"]
    {
        let refused = app.office.declare_delay(app.now(), &officer(), &code, &delay(canned));
        assert!(
            matches!(&refused, Err(OfficeError::Invalid(errors)) if errors[0].problem == Problem::CannedSentence),
            "{canned}: {refused:?}"
        );
    }
}

fn loss(kind: &str, new_due_on: &str) -> LossForm {
    LossForm {
        kind: kind.to_owned(),
        what_happened: "Bản gốc giấy khai sinh bị ướt khi lưu kho".to_owned(),
        remedy: "Trích lục lại, không thu phí".to_owned(),
        new_due_on: new_due_on.to_owned(),
        seen: None,
    }
}

#[test]
fn a_loss_is_told_with_what_is_done_about_it() {
    let app = App::new();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    let wrong = LossForm { remedy: String::new(), ..loss("fire", "") };
    let refused = app.office.apologise_for_loss(app.now(), &officer(), &code, &wrong, None);
    let Err(OfficeError::Invalid(errors)) = refused else { panic!("{refused:?}") };
    assert_eq!(errors.iter().map(|error| error.field).collect::<Vec<_>>(), ["kind", "remedy"]);
    let row = app.office.apologise_for_loss(app.now(), &officer(), &code, &loss("loss", "2026-03-10"), None).unwrap();
    assert_eq!(row.new_due_at.map(rfc3339).as_deref(), Some("2026-03-10T17:00:00+07:00"));
    app.dispatch();
    let mail = app.mails().into_iter().find(|mail| mail.kind == "loss").unwrap();
    for fact in ["bị ướt khi lưu kho", "Trích lục lại", "10/03/2026"] {
        assert!(mail.text.contains(fact), "{fact} is missing: {}", mail.text);
    }
    // A second error is a letter of its own, and moves the date no more.
    let again = app.office.apologise_for_loss(app.now(), &officer(), &code, &loss("error", "2026-03-11"), None);
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::AlreadyRescheduled))), "{again:?}");
    app.office.apologise_for_loss(app.now(), &officer(), &code, &loss("error", ""), None).unwrap();
    let numbers: Vec<String> = app.whole(&code).letters.into_iter().map(|letter| letter.number).collect();
    assert_eq!(numbers, ["01/PXL-TTPVHCC", "02/PXL-TTPVHCC"]);
    app.at("2026-03-06 09:00");
    app.sweep();
    app.dispatch();
    assert_eq!(to_citizen(&app), ["loss", "loss"], "the new date was told before the old one passed");
    is_sound(&app);
}

#[test]
fn hostile_sentences_stay_text_in_letter_and_mail() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    let broken = app.office.declare_delay(app.now(), &officer(), &code, &delay("a\r\nBcc: x@example.invalid"));
    assert!(matches!(broken, Err(OfficeError::Invalid(_))));
    let hostile = "<script>alert(1)</script> #import \"x\" =cmd() \\u{202e}";
    app.office.declare_delay(app.now(), &officer(), &code, &delay(hostile)).unwrap();
    let draft = letter_of(&app, &code, LetterKind::Apology);
    assert!(app.office.draft_pdf(&draft.id).unwrap().starts_with(b"%PDF"));
    let edit = ToSign {
        id: draft.id,
        reason: Some("<script>alert(2)</script>\r\nBcc: x@example.invalid".to_owned()),
        ..ToSign::default()
    };
    signed_with(&app, &supervisor(&app), edit).unwrap();
    app.dispatch();
    for mail in app.mails() {
        assert!(!mail.html.contains("<script>"), "{}", mail.html);
        assert!(!mail.text.lines().any(|line| line.starts_with("Bcc:")), "{}", mail.text);
    }
}

#[test]
fn marks_that_turn_the_direction_of_writing_are_taken_out() {
    let app = app_signed();
    let mut intake = app.log(THREE_DAYS, "online").name("\u{202e}Đào Thị Kiểm\u{2069}");
    intake.form.applicant_phone = "\u{202a}0900 000 001\u{202c}".to_owned();
    let row = intake.done();
    assert_eq!((row.applicant_name.as_str(), row.applicant_phone.as_deref()), ("Đào Thị Kiểm", Some("0900 000 001")));
    app.at("2026-03-03 09:00");
    app.office.declare_delay(app.now(), &officer(), &row.code, &delay("Chờ \u{202e}xác minh")).unwrap();
    assert_eq!(facts(&letter_of(&app, &row.code, LetterKind::Apology)).reason, "Chờ xác minh");
}

#[test]
fn a_supplement_that_starts_the_limit_afresh_takes_the_draft_back() {
    let app = app_signed();
    let code = three_days(&app).code;
    app.at("2026-03-03 09:00");
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Chờ xác minh")).unwrap();
    app.step(&code, &Step::RequestSupplement { note: "Thiếu giấy tờ".to_owned() });
    let draft = letter_of(&app, &code, LetterKind::Apology);
    app.at("2026-03-05 09:00");
    app.sweep();
    app.dispatch();
    assert!(!to_citizen(&app).contains(&"delay-notice".to_owned()), "it may yet be in time");
    let refused = sign(&app, &supervisor(&app), &draft.id);
    assert!(matches!(refused, Err(OfficeError::Refused(Refusal::NotInProgress))), "{refused:?}");
    app.step(&code, &Step::ReceiveSupplement);
    assert_eq!(letter_of(&app, &code, LetterKind::Apology).state, LetterState::Void);
    app.office.declare_delay(app.now(), &officer(), &code, &delay("Vẫn chờ xác minh")).unwrap();
    assert_eq!(app.number("SELECT count(*) FROM letters WHERE state = 'draft'"), 1);
}
