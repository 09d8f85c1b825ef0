//! Every late file is in exactly one state, and what was done about one can be shown from the records alone.

use std::collections::BTreeMap;
use std::io::Cursor;

use dunghen::domain::dossier::Step;
use dunghen::office::Actor;
use dunghen::office::delay::DelayForm;
use dunghen::office::import::{Mapping, Run};
use dunghen::office::late::{ApologyStanding, Excuse, Gap, LateFile};
use dunghen::office::proof_of::ApologyTold;
use dunghen::office::report::Question;
use dunghen::store::attempts::{self, Attempt, AttemptOutcome};
use dunghen::store::letters::{self, LetterKind, LetterRow, LetterState};
use dunghen::store::tasks;
use dunghen::web::api;
use serde_json::Value;

use crate::support::{App, SAME_DAY, THREE_DAYS, instant, officer};

fn march() -> Question {
    Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), as_of: None, agency: None }
}

fn files(app: &App) -> BTreeMap<String, LateFile> {
    let files = app.office.late_files(app.now(), &march()).unwrap();
    let count = files.len();
    let by_code: BTreeMap<String, LateFile> = files.into_iter().map(|file| (file.row.code.clone(), file)).collect();
    assert_eq!(by_code.len(), count, "a file stands there once");
    // The figures of the summary and this list judge alike.
    let report = app.office.summary(app.now(), &march()).unwrap();
    assert_eq!(u64::try_from(count).unwrap(), report.rates.apology.total);
    let with = by_code.values().filter(|file| file.apology.letter().is_some()).count();
    assert_eq!(u64::try_from(with).unwrap(), report.rates.apology.of);
    by_code
}

/// Takes away what any step may have written for a letter, as if no step had.
fn forget_letters(app: &App, code: &str) {
    let id = app.row(code).id;
    app.sql(&format!("DELETE FROM attempts WHERE outbox_id IN (SELECT id FROM outbox WHERE dossier_id = '{id}')"));
    app.sql(&format!("DELETE FROM outbox WHERE dossier_id = '{id}'"));
    app.sql(&format!("DELETE FROM letters WHERE dossier_id = '{id}'"));
}

fn draft(app: &App, code: &str, state: LetterState, decide_by: Option<&str>) {
    forget_letters(app, code);
    let row = app.row(code);
    let letter = LetterRow {
        id: format!("letter-{code}"),
        agency_id: row.agency_id,
        dossier_id: row.id,
        kind: LetterKind::Apology,
        promise_number: row.promise_number,
        state,
        year: None,
        serial: None,
        number: String::new(),
        drafted_at: app.now(),
        decide_by: decide_by.map(instant),
        issued_at: None,
        signer: String::new(),
        signed_by: if state == LetterState::Refused { "phutrach.vhxh".to_owned() } else { String::new() },
        note: "lý do chưa rõ".to_owned(),
        reason_code: "verification".to_owned(),
        facts: "{}".to_owned(),
        document_hash: None,
    };
    app.office.store().write(|tx| letters::insert(tx, vec![letter])).unwrap();
}

#[test]
fn after_a_sweep_and_a_dispatch_nobody_late_is_without_a_letter() {
    let app = App::new();
    for n in 0..12 {
        app.at(&format!("2026-03-{:02} 08:0{}", 2 + n / 4, n % 4));
        let code = app.log(THREE_DAYS, "counter").email(if n % 3 == 0 { "" } else { "a@example.invalid" }).done().code;
        match n {
            1 => _ = app.resolve(&code),
            2 => _ = app.step(&code, &Step::RequestSupplement { note: "thiếu bản sao".to_owned() }),
            _ => {}
        }
    }
    app.at("2026-03-06 08:00");
    assert!(files(&app).values().all(|file| matches!(file.apology, ApologyStanding::Missing(Gap::SweepDue { .. }))));
    assert_eq!(files(&app).len(), 2, "those of the second of March, but the finished and the waiting one");
    app.at("2026-03-11 08:00");
    app.sweep();
    let issued = files(&app);
    assert_eq!(issued.len(), 10);
    assert!(issued.values().all(|file| matches!(file.apology, ApologyStanding::OnTheWay { .. })), "not sent yet");
    app.dispatch();
    let after = files(&app);
    let in_hand = after.values().filter(|file| matches!(file.apology, ApologyStanding::InHand { .. })).count();
    // Without an address the letter waits at the desk to be handed over.
    assert_eq!((in_hand, after.len() - in_hand), (6, 4));
    assert!(after.values().all(|file| file.apology.exception().is_none()), "the list is empty");
    let message = after.values().find_map(|file| match &file.apology {
        ApologyStanding::OnTheWay { message, .. } => message.as_deref(),
        ApologyStanding::InHand { .. } | ApologyStanding::Excused(_) | ApologyStanding::Missing(_) => None,
    });
    let waiting = message.expect("a letter at the desk").id.clone();
    app.office.hand_over(app.now(), &crate::support::officer(), &[waiting]).unwrap();
    let in_hand = files(&app).values().filter(|file| matches!(file.apology, ApologyStanding::InHand { .. })).count();
    assert_eq!(in_hand, 7);
}

#[test]
fn each_reason_for_a_missing_letter_is_told_and_only_real_ones_excuse() {
    let app = App::new();
    let log = || app.log(THREE_DAYS, "counter").done().code;
    let [waits, withdrawn, stopped, finished, drafted, unsigned, refused, dropped] = std::array::from_fn(|_| log());
    let header = "code,procedure_code,applicant_name,channel,received_at,due_at,resolved_at,outcome\n";
    let line = "CU-1,1.004873,Đào Thị Cũ,counter,2026-03-02 08:00,2026-03-03 17:00,2026-03-04 09:00,granted\n";
    app.at("2026-03-05 18:00");
    let file = Cursor::new(format!("{header}{line}").into_bytes());
    app.office
        .import_dossiers(app.now(), &Actor::CommandLine, file, &Mapping::native(), Run::Real, &mut |_| {})
        .unwrap();
    // All are late since an hour, and nobody looked yet.
    app.step(&waits, &Step::RequestSupplement { note: "bản sao".to_owned() });
    app.step(&withdrawn, &Step::Withdraw { reason: String::new() });
    app.step(&stopped, &Step::Stop { reason: "không đủ căn cứ".to_owned() });
    app.resolve(&finished);
    for code in [&withdrawn, &stopped, &finished] {
        forget_letters(&app, code);
    }
    app.at("2026-03-09 08:00");
    app.sweep();
    draft(&app, &drafted, LetterState::Draft, Some("2026-03-09 17:00"));
    draft(&app, &unsigned, LetterState::Draft, Some("2026-03-06 17:00"));
    draft(&app, &refused, LetterState::Refused, None);
    app.sql(&format!("UPDATE outbox SET state = 'void' WHERE dossier_id = '{}'", app.row(&dropped).id));
    let found = files(&app);
    let told = |code: &str| found.get(code).unwrap_or_else(|| panic!("{code}")).apology.exception();
    for (code, expected) in [
        (waits.as_str(), "waiting_for_citizen"),
        (&withdrawn, "withdrawn"),
        (&stopped, "stopped"),
        (&finished, "finished_without_letter"),
        (&drafted, "waiting_for_signature"),
        (&unsigned, "unsigned"),
        (&refused, "refused"),
        (&dropped, "never_left"),
        ("CU-1", "finished_elsewhere"),
    ] {
        assert_eq!(told(code), Some(expected), "{code}");
    }
    let missing = |file: &&LateFile| matches!(file.apology, ApologyStanding::Missing(_));
    assert_eq!(found.values().filter(missing).count(), 4, "finished, unsigned, refused, dropped");
    let ApologyStanding::Excused(Excuse::Draft { tray, decide_by, told_at, .. }) = &found[&drafted].apology else {
        panic!("a draft that waits");
    };
    assert!(!tray.is_empty() && *decide_by == Some(instant("2026-03-09 17:00")) && told_at.is_none());
    assert_eq!(found[&drafted].reason_code, "verification");
    assert!(found[&drafted].reason_group.is_some());
}

#[test]
fn where_the_calendar_ends_no_date_can_be_promised_and_that_is_said() {
    let app = App::new();
    app.at("2100-12-27 08:00");
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.at("2100-12-31 08:00");
    app.sweep();
    let year = Question { from: "2100-01-01".parse().unwrap(), to: "2100-12-31".parse().unwrap(), ..march() };
    let found = app.office.late_files(app.now(), &year).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].row.code.as_str(), found[0].apology.exception()), (code.as_str(), Some("no_date_possible")));
}

#[test]
fn a_file_that_waits_since_before_its_promise_is_not_late_and_not_in_the_list() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-04 09:00");
    app.step(&code, &Step::RequestSupplement { note: "bản sao".to_owned() });
    app.at("2026-03-20 09:00");
    app.sweep();
    assert!(files(&app).is_empty());
    let judged = app.office.evidence(app.now(), &code).unwrap().judged;
    assert_eq!((judged.late, judged.apology), (None, ApologyTold::NotOwed));
}

fn proof(app: &App, code: &str) -> Value {
    serde_json::to_value(api::proof::proof(&app.office, app.now(), code).unwrap()).unwrap()
}

fn lines<'a>(proof: &'a Value, what: &str) -> Vec<&'a Value> {
    proof["lines"].as_array().unwrap().iter().filter(|line| line["what"] == what).collect()
}

#[test]
fn the_proof_shows_exactly_the_messages_and_attempts_of_the_database() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "counter").done();
    app.log(SAME_DAY, "online").done();
    app.at("2026-03-05 17:30");
    app.sweep();
    app.dispatch();
    for (number, message) in (1..).zip(app.whole(&row.code).messages) {
        let answered = Attempt {
            id: format!("attempt-{number}"),
            outbox_id: message.id,
            number: 9,
            at: app.now(),
            outcome: AttemptOutcome::Delivered,
            answer: format!("<b>250</b> {number}"),
        };
        app.office.store().write(|tx| attempts::insert(tx, answered)).unwrap();
    }
    let found = proof(&app, &row.code);
    let of = |table: &str| app.number(&format!("SELECT COUNT(*) FROM {table} WHERE dossier_id = '{}'", row.id));
    let told = |what: &str| i64::try_from(lines(&found, what).len()).unwrap();
    assert!(told("message") >= 3, "officer, supervisor, citizen");
    assert_eq!((told("message"), told("letter")), (of("outbox"), of("letters")));
    assert_eq!((told("alert"), told("event")), (of("alerts"), of("journal")));
    let attempts: usize =
        lines(&found, "message").iter().map(|message| message["attempts"].as_array().unwrap().len()).sum();
    let kept = app.number(&format!(
        "SELECT COUNT(*) FROM attempts WHERE outbox_id IN (SELECT id FROM outbox WHERE dossier_id = '{}')",
        row.id
    ));
    assert!(kept > 0);
    assert_eq!(i64::try_from(attempts).unwrap(), kept);
    let apology = lines(&found, "message").into_iter().find(|line| line["kind"] == "apology").unwrap();
    let mail = app.mails().into_iter().find(|mail| mail.kind == "apology" && mail.dossier_code == row.code).unwrap();
    assert_eq!((apology["subject"].as_str(), apology["body"].as_str()), (Some(&*mail.subject), Some(&*mail.text)));
    assert_eq!(apology["message_id"].as_str(), Some(&*mail.message_id));
    let letter = lines(&found, "letter")[0];
    assert_eq!(letter["document_sha256"].as_str().map(str::len), Some(64), "its bytes are kept");
    let moments: Vec<&str> =
        found["lines"].as_array().unwrap().iter().map(|line| line["at"].as_str().unwrap()).collect();
    assert!(moments.is_sorted(), "{moments:?}");
}

#[test]
fn the_verdict_says_whether_the_apology_came_before_the_promise() {
    let app = App::new();
    let form = DelayForm { reason_code: "verification".into(), reason: "Chờ xác minh".into(), new_due_on: None };
    let early = app.log(THREE_DAYS, "counter").done().code;
    let close = app.log(THREE_DAYS, "counter").done().code;
    let late = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-04 16:00");
    app.office.declare_delay(app.now(), &officer(), &early, &form).unwrap();
    app.at("2026-03-05 10:00");
    app.office.declare_delay(app.now(), &officer(), &close, &form).unwrap();
    app.at("2026-03-09 08:00");
    app.sweep();
    app.dispatch();
    let judged = |code: &str| app.office.evidence(app.now(), code).unwrap().judged;
    assert_eq!(judged(&early).apology, ApologyTold::DayBefore { at: instant("2026-03-04 16:00") });
    assert_eq!(judged(&close).apology, ApologyTold::SameDay { at: instant("2026-03-05 10:00") });
    let third = judged(&late);
    assert_eq!(third.apology, ApologyTold::After { at: instant("2026-03-09 08:00"), working_days: 2 });
    assert_eq!((third.late, third.late_again, third.reached_at), (Some(2), None, Some(instant("2026-03-09 08:00"))));
    app.at("2026-03-25 08:00");
    assert!(judged(&late).late_again > Some(0), "the new date passed too");
    let found = proof(&app, &late);
    assert_eq!(found["verdict"]["apology"], "after");
    assert_eq!(found["verdict"]["apology_working_days_after"], 2);
}

#[test]
fn what_citizens_say_is_kept_told_to_the_supervisor_once_each_and_in_the_proof() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "counter").done();
    app.at("2026-03-06 08:00");
    app.sweep();
    app.dispatch();
    let before = app.mails().len();
    app.office.say_cost(app.now(), &row.status_token, "Nghỉ thêm\r\nmột ngày công").unwrap();
    app.office.say_cost(app.now(), &row.status_token, "Lỡ hạn vay").unwrap();
    app.dispatch();
    let told: Vec<_> = app.mails().into_iter().skip(before).collect();
    assert_eq!(told.iter().filter(|mail| mail.kind == "citizen-cost").count(), 2);
    // Several threads send: which of the two left first is nobody's promise.
    assert!(told.iter().any(|mail| mail.text.contains("Nghỉ thêm một ngày công")), "{told:?}");
    let found = proof(&app, &row.code);
    assert_eq!(lines(&found, "said").len(), 2);
    assert_eq!(lines(&found, "said")[0]["text"], "Nghỉ thêm\nmột ngày công");
    assert_eq!(lines(&found, "alert").iter().filter(|alert| alert["kind"] == "citizen-cost").count(), 2);
    let said = dunghen::office::citizen_says::ContactSaid { phone: "0911 222 333".into(), ..Default::default() };
    app.office.say_contact(app.now(), &row.status_token, &said).unwrap();
    let open = app.office.store().read(|conn| tasks::of_dossier(conn, &row.id)).unwrap();
    assert_eq!((open.len(), open[0].kind, open[0].due_at), (1, tasks::TaskKind::Contact, instant("2026-03-09 17:00")));
    assert!(open[0].reason.contains("0911 222 333"));
    let id = lines(&proof(&app, &row.code), "said")[0]["id"].as_str().unwrap().to_owned();
    app.office.see_citizen_message(app.now(), &officer(), &row.code, &id).unwrap();
    assert!(app.office.see_citizen_message(app.now(), &officer(), &row.code, &id).is_err(), "seen once");
    assert_eq!(lines(&proof(&app, &row.code), "said")[0]["seen_by"], "congchuc.vhxh");
}
