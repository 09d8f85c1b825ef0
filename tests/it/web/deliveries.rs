//! Reports of providers come in by the machine interface; the desk works by its pages.

use serde_json::{Value, json};

use super::client::Service;
use crate::support::THREE_DAYS;

#[test]
fn a_provider_reports_what_became_of_a_message_and_wrong_reports_are_told_why() {
    let service = Service::start();
    let app = &service.app;
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-06 09:00");
    app.sweep();
    app.dispatch();
    let mail = app.whole(&code).messages.into_iter().find(|message| message.letter_id.is_some()).unwrap();
    let report = |username: &str, body: &Value| {
        let who = service.signed_in(username);
        let headers =
            [("Cookie", who.cookie.as_str()), ("X-CSRF-Token", &who.csrf), ("Content-Type", "application/json")];
        let answer = service.send("POST", "/api/v1/deliveries", &headers, &body.to_string());
        (answer.status, serde_json::from_str::<Value>(&answer.body).unwrap_or_default())
    };
    let bounced = json!({ "message_id": mail.message_id, "status": "bounced", "detail": "550\r\nunknown" });
    assert_eq!(report("motcua", &bounced).0, 403);
    assert_eq!(report("quantri", &bounced).0, 200);
    assert_eq!(report("quantri", &bounced).0, 200);
    assert_eq!(app.number("SELECT count(*) FROM tasks"), 1);
    assert_eq!(report("quantri", &json!({ "id": "nobody@example.invalid", "status": "delivered" })).0, 404);
    let (status, problem) = report("quantri", &json!({ "id": "x", "status": "eaten" }));
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("status")));
    let (status, problem) = report("quantri", &json!({ "status": "failed" }));
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("id")));
    assert_eq!(report("quantri", &json!({ "status": 5 })).0, 400);
}

#[test]
fn the_desk_prints_all_letters_ticks_several_and_corrects_a_contact() {
    let service = Service::start();
    let app = &service.app;
    assert_eq!(service.get(&service.signed_in("motcua"), "/thu/in.pdf").status, 404);
    let codes: Vec<String> =
        (0..2).map(|_| app.log(THREE_DAYS, "counter").email("").name("Lê <i>Văn</i> Thử").done().code).collect();
    app.at("2026-03-06 09:00");
    app.sweep();
    // Days later: the first session is over.
    let desk = service.signed_in("motcua");
    let page = service.get(&desk, "/viec").body;
    assert!(page.contains("/thu/in.pdf"), "{page}");
    assert!(codes.iter().all(|code| page.contains(code)) && !page.contains("<i>Văn"), "{page}");
    let printed = service.get(&desk, "/thu/in.pdf");
    assert_eq!((printed.status, printed.header("content-type")), (200, Some("application/pdf")));
    assert!(service.get(&desk, "/thu?state=print").body.contains("id=\"batch\""));
    let letters: Vec<String> = codes.iter().map(|code| app.whole(code).letters[0].id.clone()).collect();
    let fields: Vec<(&str, &str)> = letters.iter().map(|id| ("letter", id.as_str())).collect();
    assert_eq!(service.post(&desk, "/thu/da-giao", &fields[..1]).status, 303);
    assert_eq!(service.post(&desk, "/thu/da-giao", &fields).status, 404, "one of them is done");
    let path = format!("/ho-so/{}/lien-he", codes[1]);
    let form = service.get(&desk, &path).body;
    assert!(form.contains("0900 000 001"));
    let version = app.row(&codes[1]).revision.to_string();
    let wrong = [("version", version.as_str()), ("applicant_email", "khong")];
    let refused = service.post(&desk, &path, &wrong);
    assert!(refused.status == 422 && refused.body.contains("email-error"), "{}", refused.body);
    let right = [("version", version.as_str()), ("applicant_email", "moi@example.invalid"), ("contact_ways", "mail")];
    assert_eq!(service.post(&desk, &path, &right).status, 303);
    assert_eq!(service.post(&desk, &path, &right).status, 409, "somebody was faster");
    assert!(!service.get(&desk, "/viec").body.contains(&codes[1]));
    assert_eq!(service.get(&service.signed_in("giamdoc"), "/viec").status, 403);
}

#[test]
fn a_tick_of_the_tray_is_undone_on_its_page() {
    let service = Service::start();
    let app = &service.app;
    let code = app.log(THREE_DAYS, "counter").email("").done().code;
    app.at("2026-03-06 09:00");
    app.sweep();
    let (desk, letter) = (service.signed_in("motcua"), app.whole(&code).letters[0].id.clone());
    assert_eq!(service.post(&desk, &format!("/thu/{letter}/da-giao"), &[]).status, 303);
    let officer = service.get(&service.signed_in("congchuc.vhxh"), "/viec").body;
    assert!(!officer.contains("/hoan-tac"), "somebody else's tick");
    let page = service.get(&desk, "/thu?state=print").body;
    let action = page.split("action=\"").find(|part| part.contains("/hoan-tac\"")).unwrap().split('"').next().unwrap();
    assert!(service.get(&desk, "/viec").body.contains(action));
    let answer = service.post(&desk, action, &[("back", "thu")]);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/thu?state=print")));
    assert!(service.get(&desk, "/thu?state=print").body.contains("id=\"batch\""));
    assert_eq!(service.post(&desk, action, &[]).status, 404, "once");
}
