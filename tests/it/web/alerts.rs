//! Alerts, the one-click answer and tomorrow morning through the front door.

use super::client::{Answer, Browser, Service, between};
use crate::support::THREE_DAYS;

const HOSTILE: &str = "<script>alert(1)</script>\"'&";

fn bearer(service: &Service, username: &str) -> String {
    let office = &service.app.office;
    let token = office.add_token(service.app.now(), &dunghen::office::Actor::CommandLine, username, username).unwrap();
    format!("Bearer {token}")
}

fn readiness(service: &Service, code: &str, body: &str) -> Answer {
    let token = bearer(service, "congchuc.vhxh");
    let path = format!("/api/v1/dossiers/{code}/readiness");
    service.send("POST", &path, &[("Authorization", &token), ("Content-Type", "application/json")], body)
}

/// A dossier due on Thursday 5 March 17:00, whose officer was warned.
fn asked(service: &Service) -> String {
    let code = service.app.log(THREE_DAYS, "online").name(HOSTILE).done().code;
    service.app.at("2026-03-05 08:00");
    service.app.sweep();
    code
}

fn alert_ids(service: &Service, browser: &Browser) -> Vec<String> {
    let page = service.get(browser, "/bao-dong").body;
    let boxes = page.split(r#"type="checkbox" name="id" value=""#).skip(1);
    boxes.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn alerts_are_counted_in_the_menu_shown_and_acknowledged_several_at_once() {
    let service = Service::start();
    let browser = service.signed_in("congchuc.vhxh");
    assert!(service.get(&browser, "/bao-dong").body.contains("Không có thông báo nào chờ bạn."));
    let code = asked(&service);
    // The session of Monday is over.
    let browser = service.signed_in("congchuc.vhxh");
    let ids = alert_ids(&service, &browser);
    let page = service.get(&browser, "/bao-dong").body;
    assert!(page.contains(&format!("/ho-so/{code}")) && !page.contains("<script>alert"), "{page}");
    assert!(page.contains(&format!("<b class=\"count\">{}</b>", ids.len())), "the menu counts them");
    let nothing = service.post(&browser, "/bao-dong/da-nhan", &[]);
    assert_eq!(nothing.status, 303);
    assert_eq!(alert_ids(&service, &browser).len(), ids.len());
    let stranger = service.signed_in("congchuc.kt");
    assert_eq!(service.post(&stranger, "/bao-dong/da-nhan", &[("id", ids[0].as_str())]).status, 404);
    let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    let done = service.post(&browser, "/bao-dong/da-nhan", &fields);
    assert_eq!((done.status, done.header("location")), (303, Some("/bao-dong")));
    assert!(alert_ids(&service, &browser).is_empty());
}

#[test]
fn looking_never_answers_and_one_click_does() {
    let service = Service::start();
    let code = asked(&service);
    let browser = service.signed_in("congchuc.vhxh");
    let path = format!("/ho-so/{code}");
    let page = service.get(&browser, &path).body;
    assert!(page.contains(r#"id="kip-han""#) && page.contains("?mo=tre-hen#viec-tre-hen"), "{page}");
    assert_eq!(service.get(&browser, &format!("{path}/kip-han")).status, 404, "a GET answers nothing");
    let delay = service.get(&browser, &format!("{path}?mo=tre-hen")).body;
    assert!(delay.contains(r#"<details id="viec-tre-hen" open"#), "{delay}");
    let day = between(&delay, r#"name="new_due_on" value=""#, "\"").unwrap();
    assert!(day.starts_with("2026-03-"), "the day of the policy: {day:?}");
    assert_eq!(service.app.number("SELECT count(*) FROM journal WHERE kind = 'ready_confirmed'"), 0);
    let version = between(&page, r#"name="version" value=""#, "\"").unwrap();
    let yes = service.post(&browser, &format!("{path}/kip-han"), &[("version", version)]);
    assert_eq!((yes.status, yes.header("location")), (303, Some(path.as_str())));
    let after = service.get(&browser, &path).body;
    assert!(after.contains("xác nhận sẽ kịp hạn") && !after.contains("Có kịp hạn không?"), "{after}");
    assert_eq!(service.app.number("SELECT count(*) FROM journal WHERE kind = 'ready_confirmed'"), 1);
    assert!(alert_ids(&service, &browser).is_empty());
}

#[test]
fn the_interface_takes_yes_and_no_and_says_what_is_missing() {
    let service = Service::start();
    let code = asked(&service);
    let unclear = readiness(&service, &code, "{}");
    assert_eq!(unclear.status, 422, "{}", unclear.body);
    assert!(unclear.body.contains("\"ready\""), "{}", unclear.body);
    assert_eq!(readiness(&service, &code, r#"{"ready":true}"#).status, 200);
    let again = readiness(&service, &code, r#"{"ready":true}"#);
    assert_eq!(again.status, 409, "{}", again.body);
    let bare = readiness(&service, &code, r#"{"ready":false}"#);
    assert_eq!(bare.status, 422, "a no needs its reason: {}", bare.body);
    let no = r#"{"ready":false,"reason_code":"verification","reason":"Cơ quan được hỏi chưa trả lời."}"#;
    let moved = readiness(&service, &code, no);
    assert_eq!(moved.status, 200, "{}", moved.body);
    assert!(service.app.row(&code).new_due_at.is_some());
}

#[test]
fn tomorrow_morning_is_shown_to_who_operates_and_writes_nothing() {
    let service = Service::start();
    service.app.log(THREE_DAYS, "online").name(HOSTILE).done();
    service.app.at("2026-03-05 16:30");
    let before = service.app.number("SELECT count(*) FROM outbox");
    let page = service.get(&service.signed_in("quantri"), "/sang-mai");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("07:30 thứ Sáu 06/03/2026"), "{}", page.body);
    assert!(page.body.contains("Phiếu xin lỗi") && !page.body.contains("<script>alert"), "{}", page.body);
    assert_eq!(service.app.number("SELECT count(*) FROM outbox"), before);
    assert_eq!(service.get(&service.signed_in("congchuc.vhxh"), "/sang-mai").status, 403);
}
