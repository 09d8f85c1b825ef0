//! The tray of who signs, the register of what was signed, and the same by the machine interface.

use dunghen::office::delay::DelayForm;
use dunghen::store::letters::{LetterRow, LetterState};

use super::client::{Answer, Service, read};
use crate::support::{App, THREE_DAYS, officer};

const HOSTILE: &str = "=cmd()<script>alert(1)</script>";

fn service() -> Service {
    Service::of(App::with("[apology]\nmode = \"signed\"\n"))
}

/// A file whose delay was declared, and its draft.
fn drafted(service: &Service, name: &str, reason: &str) -> (String, LetterRow) {
    let app = &service.app;
    let code = app.log(THREE_DAYS, "online").name(name).done().code;
    let form = DelayForm { reason_code: "verification".to_owned(), reason: reason.to_owned(), new_due_on: None };
    app.office.declare_delay(app.now(), &officer(), &code, &form).unwrap();
    let draft = app.whole(&code).drafts.remove(0);
    (code, draft)
}

fn stored(service: &Service, id: &str) -> LetterRow {
    service.app.office.letter(id).unwrap()
}

#[test]
fn a_supervisor_signs_what_is_ticked_and_reads_what_became_of_each() {
    let service = service();
    let (first, one) = drafted(&service, HOSTILE, "Chờ xác minh tại xã cũ");
    let (second, two) = drafted(&service, "Đào Thị Kiểm", "Chờ công an trả lời");
    let (third, three) = drafted(&service, "Lý Văn Thử", "Chờ đo đạc");
    let browser = service.signed_in("phutrach.vhxh");
    let tray = service.get(&browser, "/thu/ky");
    assert_eq!(tray.status, 200);
    for code in [&first, &second, &third] {
        assert!(tray.body.contains(code.as_str()), "{code}");
    }
    assert!(!tray.body.contains("<script>alert") && tray.body.contains("09/03/2026") || tray.body.contains("/03/2026"));
    let letters = service.get(&browser, "/thu");
    assert!(letters.body.contains("/thu/ky\""), "the tray is offered");
    service.app.resolve(&third);
    let ticked = [("id", one.id.as_str()), ("id", two.id.as_str()), ("id", three.id.as_str()), ("id", "none")];
    let answer = service.post(&browser, "/thu/ky", &ticked);
    assert_eq!(answer.status, 200, "{}", answer.body);
    for shown in ["01/PXL-TTPVHCC", "02/PXL-TTPVHCC", "2/3", third.as_str()] {
        assert!(answer.body.contains(shown), "{shown}");
    }
    let states = [&one, &two, &three].map(|letter| stored(&service, &letter.id).state);
    assert_eq!(states, [LetterState::Issued, LetterState::Issued, LetterState::Void]);
    let register = service.get(&browser, "/thu/so");
    assert!(register.body.contains("01/PXL-TTPVHCC") && register.body.contains("Trưởng phòng Văn hóa – Xã hội"));
    assert!(!read(&register.body).contains("phutrach.vhxh"), "who signed stands there by name");
    assert!(!register.body.contains("<script>alert"));
    let csv = service.get(&browser, "/thu/so.csv?nam=2026");
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(csv.body.contains("'=cmd()"), "no cell becomes a formula: {}", csv.body);
    assert!(csv.body.contains("phutrach.vhxh"), "a file keeps the account");
    assert!(service.get(&browser, "/thu/so.xlsx?nam=2026").body.starts_with("PK"));
    assert_eq!(service.get(&browser, "/thu/so?nam=1999").status, 200);
    assert_eq!(service.get(&browser, &format!("/thu/{}.pdf", one.id)).status, 200);
}

#[test]
fn a_delay_that_waits_to_be_signed_is_not_asked_for_again() {
    let service = service();
    let (code, _) = drafted(&service, "Đào Thị Kiểm", "Chờ xác minh");
    service.app.at("2026-03-06 08:00");
    let browser = service.signed_in("congchuc.vhxh");
    let page = service.get(&browser, "/viec-cua-toi").body;
    assert!(page.contains(&code) && !page.contains(&format!("/ho-so/{code}/tre-hen")), "{page}");
}

#[test]
fn a_letter_is_opened_edited_and_signed() {
    let service = service();
    let (code, draft) = drafted(&service, "Đào Thị Kiểm", "Chờ xác minh");
    let browser = service.signed_in("phutrach.vhxh");
    let at = format!("/thu/ky/{}", draft.id);
    let page = service.get(&browser, &at);
    assert!(page.body.contains("Chờ xác minh") && page.body.contains(&code));
    let preview = service.get(&browser, &format!("{at}/xem-truoc.pdf"));
    assert_eq!((preview.status, preview.header("content-type")), (200, Some("application/pdf")));
    assert_eq!(service.get(&browser, &format!("/thu/{}.pdf", draft.id)).status, 404, "nothing was issued");
    let wrong = [("reason", "Lý do khách quan khác"), ("new_due_on", "2026-03-07")];
    let answer = service.post(&browser, &format!("{at}/ky"), &wrong);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("href=\"#reason\"") && answer.body.contains("href=\"#new_due_on\""));
    assert!(answer.body.contains("2026-03-07"), "what was typed is kept");
    let right = [("reason", "Xã cũ hẹn trả lời ngày 06/03"), ("new_due_on", "2026-03-10")];
    let answer = service.post(&browser, &format!("{at}/ky"), &right);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/thu/ky")), "{}", answer.body);
    let letter = stored(&service, &draft.id);
    assert!(letter.facts.contains("Xã cũ hẹn trả lời ngày 06/03"));
    assert_eq!(service.post(&browser, &format!("{at}/ky"), &right).status, 409, "once");
    assert!(!service.get(&browser, &at).body.contains("name=\"why\""), "nothing left to decide");
}

#[test]
fn a_letter_of_another_unit_is_neither_shown_nor_signed() {
    let service = service();
    let (code, draft) = drafted(&service, "Đào Thị Kiểm", "Chờ xác minh");
    let browser = service.signed_in("phutrach.kt");
    assert!(!service.get(&browser, "/thu/ky").body.contains(&code));
    let at = format!("/thu/ky/{}", draft.id);
    assert_eq!(service.post(&browser, &format!("{at}/ky"), &[]).status, 409);
    assert_eq!(service.post(&browser, &format!("{at}/tu-choi"), &[("why", "Không phải của tôi")]).status, 409);
    assert_eq!(stored(&service, &draft.id).state, LetterState::Draft);
    let clerk = service.signed_in("motcua");
    assert_eq!(service.get(&clerk, "/thu/ky").status, 403);
}

#[test]
fn a_refused_letter_needs_a_reason_and_the_officer_reads_it_on_the_dossier() {
    let service = service();
    let (code, draft) = drafted(&service, "Đào Thị Kiểm", "Chờ xác minh");
    let browser = service.signed_in("giamdoc");
    let at = format!("/thu/ky/{}/tu-choi", draft.id);
    assert_eq!(service.post(&browser, &at, &[("why", " ")]).status, 422);
    assert_eq!(service.post(&browser, &at, &[("why", "Nêu rõ chờ ai")]).status, 303);
    let officer = service.signed_in("congchuc.vhxh");
    let page = service.get(&officer, &format!("/ho-so/{code}"));
    assert!(page.body.contains("Nêu rõ chờ ai") && page.body.contains("tre-hen"), "declared again from there");
}

#[test]
fn a_loss_is_declared_on_the_dossier_and_by_the_interface() {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let browser = service.signed_in("congchuc.vhxh");
    let fields = [("kind", "loss"), ("what_happened", "Mất bản gốc giấy khai sinh"), ("remedy", "")];
    let answer = service.post(&browser, &format!("/ho-so/{code}/mat-sai-sot"), &fields);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Mất bản gốc giấy khai sinh"), "what was typed is kept");
    let fields = [("kind", "loss"), ("what_happened", "Mất bản gốc giấy khai sinh"), ("remedy", "Trích lục lại")];
    assert_eq!(service.post(&browser, &format!("/ho-so/{code}/mat-sai-sot"), &fields).status, 303);
    let now = service.app.now();
    let token =
        service.app.office.add_token(now, &dunghen::office::Actor::CommandLine, "congchuc.vhxh", "may").unwrap();
    let bearer = format!("Bearer {token}");
    let post = |body: &str| {
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        service.send("POST", &format!("/api/v1/dossiers/{code}/loss"), &headers, body)
    };
    assert_eq!(post(r#"{"kind":"flood","what_happened":"x y","remedy":"z"}"#).status, 422);
    let done = post(r#"{"kind":"error","what_happened":"Ghi sai tên","remedy":"Cấp lại bản đúng"}"#);
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(service.app.whole(&code).letters.len(), 2);
}

#[test]
fn a_program_signs_and_refuses() {
    let service = service();
    let (_, one) = drafted(&service, "Đào Thị Kiểm", "Chờ xác minh");
    let (_, two) = drafted(&service, "Lý Văn Thử", "Chờ đo đạc");
    let now = service.app.now();
    let bearer = |username: &str| {
        let token =
            service.app.office.add_token(now, &dunghen::office::Actor::CommandLine, username, username).unwrap();
        format!("Bearer {token}")
    };
    let (manager, officer) = (bearer("giamdoc"), bearer("congchuc.vhxh"));
    let post = |who: &str, id: &str, body: &str| {
        let headers = [("Authorization", who), ("Content-Type", "application/json")];
        service.send("POST", &format!("/api/v1/letters/{id}/signature"), &headers, body)
    };
    assert_eq!(post(&officer, &one.id, r#"{"sign":true}"#).status, 403);
    assert_eq!(post(&manager, &one.id, "{}").status, 422);
    assert_eq!(post(&manager, &one.id, r#"{"sign":true,"refuse":"both"}"#).status, 422);
    assert_eq!(post(&manager, "none", r#"{"sign":true}"#).status, 404);
    let waiting = service.send("GET", "/api/v1/letters?state=draft", &[("Authorization", &manager)], "");
    assert!(waiting.body.contains(&one.id) && waiting.body.contains(&two.id));
    let signed = post(&manager, &one.id, r#"{"sign":true}"#);
    assert_eq!(signed.status, 200, "{}", signed.body);
    assert!(signed.body.contains("01/PXL-TTPVHCC"));
    assert_eq!(post(&manager, &one.id, r#"{"sign":true}"#).status, 409);
    assert_eq!(post(&manager, &two.id, r#"{"refuse":"Nêu rõ chờ ai"}"#).status, 200);
    assert_eq!(stored(&service, &two.id).state, LetterState::Refused);
}

/// Sends to the machine interface as this account.
fn ask(
    service: &Service,
    username: &str,
    (method, path): (&str, &str),
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let now = service.app.now();
    let actor = dunghen::office::Actor::CommandLine;
    let bearer = format!("Bearer {}", service.app.office.add_token(now, &actor, username, "may").unwrap());
    let own = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    service.send(method, path, &[&own, headers].concat(), body)
}

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_str(&answer.body).unwrap()
}

#[test]
fn a_signature_repeated_under_its_key_is_answered_again_and_another_under_that_key_refused() {
    let service = service();
    let (_, one) = drafted(&service, "Đào Thị Kiểm", "Chờ xác minh");
    let (_, two) = drafted(&service, "Lý Văn Thử", "Chờ đo đạc");
    let sign = |id: &str, key: &str, body: &str| {
        let path = format!("/api/v1/letters/{id}/signature");
        ask(&service, "giamdoc", ("POST", &path), &[("Idempotency-Key", key)], body)
    };
    let (first, again) = (sign(&one.id, "k", r#"{"sign":true}"#), sign(&one.id, "k", r#"{"sign":true}"#));
    assert_eq!((first.status, again.status), (200, 200), "{}", again.body);
    assert_eq!(json(&first)["number"], json(&again)["number"]);
    assert_eq!(sign(&two.id, "k", r#"{"sign":true}"#).status, 409);
    let silent = json(&sign(&two.id, "l", r#"{"refuse":" "}"#));
    assert_eq!(silent["errors"][0]["field"], "refuse", "named as it was sent");
    let refuse = || sign(&two.id, "m", r#"{"refuse":"Nêu rõ chờ ai"}"#);
    assert_eq!((refuse().status, refuse().status), (200, 200));
    assert_eq!(service.app.number("SELECT count(*) FROM letters WHERE state = 'issued'"), 1);
}

#[test]
fn letters_are_listed_page_by_page_by_the_state_of_their_newest_message() {
    let service = Service::start();
    let app = &service.app;
    let codes: Vec<String> = (0..7).map(|_| app.log(THREE_DAYS, "online").done().code).collect();
    app.at("2026-03-05 17:05");
    app.sweep();
    app.dispatch();
    // The oldest letter came back, and lies at the desk.
    let mail = app.whole(&codes[0]).messages.into_iter().find(|message| message.letter_id.is_some()).unwrap();
    let bounced = dunghen::office::delivery_report::DeliveryReport::Bounced;
    app.office.report_delivery(app.now(), &mail.message_id, bounced, "550").unwrap();
    let list = |query: &str| ask(&service, "giamdoc", ("GET", &format!("/api/v1/letters{query}")), &[], "");
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = json(&list(&format!("?limit=3&cursor={cursor}")));
        let items = page["items"].as_array().unwrap().clone();
        assert!(items.len() <= 3);
        seen.extend(items.iter().map(|item| item["dossier_code"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    seen.sort();
    assert_eq!(seen, codes, "each once");
    let ready = json(&list("?state=ready&limit=1"));
    assert_eq!(
        (&ready["items"][0]["dossier_code"], &ready["next"]),
        (&codes[0].as_str().into(), &serde_json::Value::Null)
    );
    assert_eq!(json(&list("?state=bounced"))["items"].as_array().unwrap().len(), 0, "another way was taken");
    assert_eq!(json(&list("?state=sent"))["items"].as_array().unwrap().len(), 6);
    for wrong in ["?state=eaten", "?cursor=x"] {
        let answer = list(wrong);
        assert_eq!(answer.status, 422, "{wrong}");
        assert_eq!(json(&answer)["errors"][0]["field"], &wrong[1..wrong.find('=').unwrap()]);
    }
    let unreadable = list("?limit=many");
    assert_eq!((unreadable.status, unreadable.header("content-type")), (400, Some("application/problem+json")));
    let page = service.get(&service.signed_in("giamdoc"), "/thu?cursor=many");
    assert_eq!((page.status, page.header("content-type")), (400, Some("text/html; charset=utf-8")));
}

#[test]
fn drafts_are_listed_page_by_page_without_a_moment_of_issue() {
    let service = service();
    let ids: Vec<String> = (0..3).map(|n| drafted(&service, "Đào Thị Kiểm", &format!("Chờ {n}")).1.id).collect();
    let list = |query: &str| json(&ask(&service, "giamdoc", ("GET", &format!("/api/v1/letters{query}")), &[], ""));
    let first = list("?state=draft&limit=2");
    let next = list(&format!("?state=draft&limit=2&cursor={}", first["next"].as_str().unwrap()));
    let pages: Vec<&serde_json::Value> =
        [&first, &next].iter().flat_map(|page| page["items"].as_array().unwrap()).collect();
    assert_eq!(pages.iter().map(|item| item["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    assert_eq!(next["next"], serde_json::Value::Null);
    let item = pages[0];
    assert_eq!(
        (&item["state"], &item["issued_at"], &item["pdf_url"]),
        (&"draft".into(), &serde_json::Value::Null, &serde_json::Value::Null)
    );
    assert!(item["decide_by"].as_str().is_some_and(|at| at.ends_with("+07:00")));
}

#[test]
fn what_is_missing_in_a_new_dossier_is_named_field_by_field() {
    let service = Service::start();
    for path in ["/api/v1/dossiers", "/api/v1/submissions"] {
        let answer = ask(&service, "motcua", ("POST", path), &[], "{}");
        assert_eq!((answer.status, answer.header("content-type")), (422, Some("application/problem+json")), "{path}");
        let problem = json(&answer);
        let fields: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().filter_map(|error| error["field"].as_str()).collect();
        assert!(fields.contains(&"procedure_code") && fields.contains(&"applicant_name"), "{path}: {fields:?}");
    }
}
