//! A dossier passed on: its dates stay, who is asked about them changes, the control slip keeps it.

use dunghen::domain::notice::NoticeKind;
use dunghen::domain::summary::Bucket;
use dunghen::office::error::{OfficeError, Problem, Refusal};
use dunghen::office::reassign::ReassignForm;
use dunghen::office::report::{Narrow, Question};
use dunghen::office::sub_deadlines::consultation;
use dunghen::render::paper::SlipFacts;
use dunghen::store::papers::PaperKind;

use crate::support::{App, THREE_DAYS, instant, officer};
use crate::web::client::Service;

fn to(unit: &str, officer: &str) -> ReassignForm {
    ReassignForm { unit: unit.to_owned(), officer: officer.to_owned(), reason: "Đúng chuyên môn".to_owned() }
}

fn pass_on(app: &App, code: &str, form: &ReassignForm) -> Result<(), OfficeError> {
    app.office.reassign_once(app.now(), &officer(), code, form, None).map(|_| ())
}

/// User name of who has the open alerts of a kind.
fn alerted(app: &App, kind: &str) -> Vec<String> {
    ["congchuc.vhxh", "congchuc.kt", "phutrach.vhxh", "phutrach.kt"]
        .into_iter()
        .filter(|username| {
            app.number(&format!(
                "SELECT COUNT(*) FROM alerts JOIN accounts ON accounts.id = alerts.account_id \
                 WHERE alerts.kind = '{kind}' AND accounts.username = '{username}' AND ended_at IS NULL"
            )) > 0
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn alerts_and_unsent_notices_follow_and_no_date_moves() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "counter").done();
    app.at("2026-03-05 17:30");
    app.sweep();
    let asked = alerted(&app, "overdue");
    assert!(asked.contains(&"congchuc.vhxh".to_owned()), "{asked:?}");
    let before = app.row(&row.code);
    let subs = app.whole(&row.code).sub_deadlines;
    pass_on(&app, &row.code, &to("PKT", "")).unwrap();
    let after = app.whole(&row.code);
    assert_ne!(after.row.unit_id, before.unit_id);
    assert_ne!(after.row.officer_id, before.officer_id);
    assert_eq!((after.row.due_at, after.row.new_due_at), (before.due_at, before.new_due_at));
    assert_eq!(after.sub_deadlines, subs, "the date of the hand-over stays");
    let there: Vec<String> = asked.iter().map(|username| username.replace("vhxh", "kt")).collect();
    assert_eq!(alerted(&app, "overdue"), there);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM alerts WHERE acknowledged_by <> ''"),
        0,
        "nobody acknowledged anything"
    );
    let waiting = "state IN ('ready', 'collected', 'retry') AND audience IN ('officer', 'supervisor')";
    let old = format!(
        "SELECT COUNT(*) FROM outbox WHERE {waiting} AND (recipient LIKE '%.vhxh@%' OR facts LIKE '%\"recipient_name\":\"Công chức Văn hóa%')"
    );
    assert!(app.number(&format!("SELECT COUNT(*) FROM outbox WHERE {waiting}")) > 0, "something waits");
    assert_eq!(app.number(&old), 0);
    assert_eq!(after.events.last().unwrap().kind, "reassigned");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
    app.at("2026-03-06 08:00");
    app.sweep();
    assert!(!alerted(&app, "still-overdue").contains(&"congchuc.vhxh".to_owned()));
}

#[test]
fn a_question_that_stands_on_no_screen_follows_as_well() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.step(&code, &consultation("Công an xã", "Xác minh nơi cư trú", "2026-03-04").unwrap());
    app.at("2026-03-03 07:30");
    app.sweep();
    let asked = || app.whole(&code).messages.into_iter().find(|one| one.kind == NoticeKind::ConsultationDue).unwrap();
    assert_eq!(asked().recipient, "congchuc.vhxh@example.invalid");
    pass_on(&app, &code, &to("PKT", "congchuc.kt")).unwrap();
    assert_eq!(asked().recipient, "congchuc.kt@example.invalid");
    app.dispatch();
    let sent = app.sent();
    assert!(sent.iter().any(|sent| sent == "consultation-due to congchuc.kt@example.invalid"), "{sent:?}");
}

#[test]
fn what_was_told_of_a_consultation_is_not_told_again_to_who_holds_it_next() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.step(&code, &consultation("Công an xã", "Xác minh nơi cư trú", "2026-03-04").unwrap());
    app.at("2026-03-03 07:30");
    app.sweep();
    app.dispatch();
    pass_on(&app, &code, &to("PKT", "congchuc.kt")).unwrap();
    app.at("2026-03-03 09:00");
    app.sweep();
    app.dispatch();
    let told: Vec<_> = app.sent().into_iter().filter(|sent| sent.starts_with("consultation-due")).collect();
    assert_eq!(told, ["consultation-due to congchuc.vhxh@example.invalid"]);
}

#[test]
fn what_the_desk_is_late_with_stays_with_the_desk() {
    let mut app = App::new();
    app.sql("UPDATE time_rules SET notice = 'mail' WHERE kind = 'hand_over'");
    app.restart();
    let code = app.log(THREE_DAYS, "counter").email("").done().code;
    app.at("2026-03-02 17:00:01");
    app.sweep();
    app.at("2026-03-06 09:00");
    app.sweep();
    app.at("2026-03-09 09:31");
    app.sweep();
    let of_desk = "SELECT COUNT(*) FROM outbox WHERE kind IN ('task-late', 'hand-over-late') AND state = 'ready' \
                   AND recipient = 'phutrach.mc@example.invalid'";
    let on_screen = "SELECT COUNT(*) FROM alerts JOIN accounts ON accounts.id = alerts.account_id \
                     WHERE alerts.kind = 'task-late' AND accounts.username = 'phutrach.mc'";
    assert_eq!((app.number(of_desk), app.number(on_screen)), (2, 1));
    pass_on(&app, &code, &to("PKT", "congchuc.kt")).unwrap();
    assert_eq!((app.number(of_desk), app.number(on_screen)), (2, 1));
}

#[test]
fn a_figure_of_the_past_stays_with_the_unit_that_had_the_dossier_then() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    let of = |unit: &str, as_of: &str| {
        let question = Question {
            from: "2026-03-01".parse().unwrap(),
            to: "2026-03-31".parse().unwrap(),
            as_of: Some(instant(as_of)),
            agency: None,
        };
        let narrow = Narrow { unit: Some(unit), ..Narrow::default() };
        app.office.behind_of(app.now(), &question, Bucket::ReceivedInPeriod, &narrow).unwrap().len()
    };
    app.at("2026-03-03 09:00");
    pass_on(&app, &code, &to("PKT", "")).unwrap();
    app.at("2026-03-04 09:00");
    pass_on(&app, &code, &to("TTPVHCC", "")).unwrap();
    let each = |as_of: &str| ["PVHXH", "PKT", "TTPVHCC"].map(|unit| of(unit, as_of));
    assert_eq!(each("2026-03-03 08:00"), [1, 0, 0]);
    assert_eq!(each("2026-03-03 12:00"), [0, 1, 0]);
    assert_eq!(each("2026-03-05 08:00"), [0, 0, 1]);
}

#[test]
fn the_control_slip_says_who_held_it_when() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-02 10:00");
    app.step(&code, &dunghen::domain::dossier::Step::HandOver);
    app.at("2026-03-02 14:00");
    pass_on(&app, &code, &to("PKT", "congchuc.kt")).unwrap();
    app.at("2026-03-03 09:00");
    app.resolve(&code);
    let paper = app.office.paper(app.now(), &officer(), &code, PaperKind::ControlSlip, None, "").unwrap();
    let slip: SlipFacts = serde_json::from_str(&paper.facts).unwrap();
    let rows: Vec<String> =
        slip.rows.iter().map(|row| format!("{} → {}: {}", row.giver, row.receiver, row.note)).collect();
    let (culture, economy) = ("Phòng Văn hóa – Xã hội", "Phòng Kinh tế");
    assert!(rows[1].contains(&format!("→ {culture}: Chuyển hồ sơ giấy")), "{rows:?}");
    assert!(rows[2].starts_with(culture) && rows[2].contains(&format!("→ {economy} (")), "{rows:?}");
    assert!(rows[2].ends_with("Chuyển hồ sơ: Đúng chuyên môn"), "{rows:?}");
    assert!(rows[3].starts_with(economy), "{rows:?}");
}

#[test]
fn what_is_wrong_is_told_at_once_and_a_closed_dossier_stays_where_it_is() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    let wrong =
        ReassignForm { unit: "Phòng Không Có".to_owned(), officer: "ai.do".to_owned(), reason: " ".to_owned() };
    match pass_on(&app, &code, &wrong) {
        Err(OfficeError::Invalid(errors)) => {
            let told: Vec<_> = errors.iter().map(|error| error.field).collect();
            assert_eq!(told, ["unit", "officer", "reason"]);
        }
        other => panic!("{other:?}"),
    }
    match pass_on(&app, &code, &to("", "")) {
        Err(OfficeError::Invalid(errors)) => assert_eq!(errors[0].problem, Problem::SameHolder),
        other => panic!("{other:?}"),
    }
    app.resolve(&code);
    assert!(matches!(pass_on(&app, &code, &to("PKT", "")), Err(OfficeError::Refused(Refusal::Transition(_)))));
}

#[test]
fn the_page_and_the_interface_pass_it_on_with_the_reason() {
    let service = Service::start();
    let browser = service.signed_in("congchuc.vhxh");
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let path = format!("/ho-so/{code}/chuyen");
    let refused = service.post(&browser, &path, &[("version", "0"), ("unit", "PKT"), ("reason", "")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("reassign-error") && refused.body.contains("<option value=\"PKT\" selected>"));
    let done = service.post(&browser, &path, &[("version", "0"), ("unit", "PKT"), ("reason", "Đất đai")]);
    assert_eq!(done.status, 303, "{}", done.body);
    let page = service.get(&browser, &format!("/ho-so/{code}")).body;
    assert!(page.contains("Chuyển đơn vị, cán bộ") && page.contains("Đất đai") && page.contains("Phòng Kinh tế"));
    let stale = service.post(&browser, &path, &[("version", "0"), ("unit", "PVHXH"), ("reason", "Lại")]);
    assert_eq!(stale.status, 409);
    let token = service.app.row(&code).status_token;
    let citizen = service.send("GET", &format!("/tra-cuu/{token}"), &[], "").body;
    assert!(!citizen.contains("Chuyển đơn vị"), "who holds it is the office's own matter");
    let api = service
        .app
        .office
        .add_token(service.app.now(), &dunghen::office::Actor::CommandLine, "congchuc.vhxh", "t")
        .unwrap();
    let bearer = format!("Bearer {api}");
    let answer = service.send(
        "POST",
        &format!("/api/v1/dossiers/{code}/reassign"),
        &[("Authorization", &bearer)],
        r#"{"unit":"PVHXH","officer":"congchuc.vhxh","reason":"Trả lại"}"#,
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.body.contains("Phòng Văn hóa"), "{}", answer.body);
}
