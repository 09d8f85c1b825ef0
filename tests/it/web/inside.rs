//! The dates inside a limit on pages and in the machine interface.

use serde_json::{Value, json};

use super::client::Service;
use crate::support::{LAND, THREE_DAYS};

const LOGGED: &str = "2026-03-02T08:00:00+07:00";

fn revision(service: &Service, code: &str) -> String {
    service.app.row(code).revision.to_string()
}

#[test]
fn the_steps_inside_a_limit_are_taken_on_the_page_and_shown_there() {
    let service = Service::start();
    let browser = service.signed_in("congchuc.vhxh");
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let path = format!("/ho-so/{code}");
    let page = service.get(&browser, &path).body;
    for shown in ["Các mốc bên trong thời hạn", "Bàn giao hồ sơ giấy", "17:00 thứ Hai 02/03/2026", "khoản 5 Điều 19"]
    {
        assert!(page.contains(shown), "{shown} is missing");
    }
    assert!(!page.contains("y-kien-tra-loi"), "nothing was asked, nothing can be answered");
    let waiting = service.get(&browser, "/ho-so?state=hand-over&officer=").body;
    assert!(waiting.contains(&code) && waiting.contains("Chờ bàn giao giấy"));
    let version = revision(&service, &code);
    let done = service.post(&browser, &format!("{path}/ban-giao"), &[("version", &version)]);
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(!service.get(&browser, "/ho-so?officer=").body.contains("Chờ bàn giao giấy"), "nothing waits any more");

    let version = revision(&service, &code);
    let hostile = "<script>alert(1)</script>";
    let asked = |body: &str, due_on: &str, version: &str| {
        let fields = [("version", version), ("body", body), ("content", hostile), ("due_on", due_on)];
        service.post(&browser, &format!("{path}/lay-y-kien"), &fields)
    };
    let wrong = asked("", "2026-02-27", &version);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("id=\"body-error\""), "{}", wrong.body);
    let past = asked("Công an xã", "2026-02-27", &version);
    assert_eq!(past.status, 422);
    assert!(past.body.contains("Ngày này đã qua") && past.body.contains("value=\"2026-02-27\""));
    assert_eq!(asked("Công an xã", "2026-03-04", &version).status, 303);
    let page = service.get(&browser, &path).body;
    assert!(page.contains("Công an xã") && page.contains("17:00 thứ Tư 04/03/2026"));
    assert!(!page.contains("<script>alert") && page.contains("&#60;script&#62;alert(1)"));
    assert!(service.get(&browser, &format!("{path}?lang=en")).body.contains("Dates inside the limit"));

    service.app.at("2026-03-05 08:00");
    let browser = service.sign_in("congchuc.vhxh");
    assert!(service.get(&browser, "/ho-so?state=consultation&officer=").body.contains(&code));
    let version = revision(&service, &code);
    let fields = [("version", version.as_str()), ("number", "1")];
    assert_eq!(service.post(&browser, &format!("{path}/y-kien-tra-loi"), &fields).status, 303);
    let version = revision(&service, &code);
    let fields = [("version", version.as_str()), ("number", "1")];
    assert_eq!(service.post(&browser, &format!("{path}/y-kien-tra-loi"), &fields).status, 409);
}

#[test]
fn the_citizens_page_says_until_when_a_supplement_may_come() {
    let service = Service::start();
    let code = service.app.log(LAND, "online").done().code;
    let token = service.app.row(&code).status_token;
    let page = || service.send("GET", &format!("/tra-cuu/{token}"), &[("X-Forwarded-For", "192.0.2.7")], "").body;
    assert!(!page().contains("Cần bổ sung trước"));
    let step = dunghen::domain::dossier::Step::RequestSupplement { note: "Thiếu bản sao".to_owned() };
    service.app.step(&code, &step);
    assert!(page().contains("Cần bổ sung trước 17:00 thứ Ba 17/03/2026"));
    service.app.step(&code, &dunghen::domain::dossier::Step::ReceiveSupplement);
    assert!(!page().contains("Cần bổ sung trước"));
}

#[test]
fn the_desk_sees_whom_to_tell_and_ticks_it_off_once() {
    let service = Service::start();
    let desk = service.signed_in("motcua");
    let name = "Đào <b>Thị</b> Không Thư";
    let code = service.app.log(LAND, "counter").email("").name(name).done().code;
    let step = dunghen::domain::dossier::Step::RequestSupplement { note: "Thiếu bản sao".to_owned() };
    service.app.step(&code, &step);
    let page = service.get(&desk, "/viec").body;
    for shown in ["Gọi điện báo", "0900 000 001", "Thiếu bản sao", "17:00 ngày 17/03/2026", "hồ sơ sẽ được đóng"]
    {
        assert!(page.contains(shown), "{shown} is missing");
    }
    assert!(!page.contains("<b>Thị</b>"));
    assert!(page.contains(r#"<b class="count">1</b>"#), "the navigation counts it");
    let row = service.app.row(&code);
    let tasks = service.app.office.store().read(|conn| dunghen::store::tasks::of_dossier(conn, &row.id)).unwrap();
    let tick = |end| service.post(&desk, &format!("/viec/{}/xong", tasks[0].id), &[("end", end)]).status;
    assert_eq!(tick("forgotten"), 422);
    assert_eq!(tick("reached"), 303);
    assert_eq!(tick("reached"), 404, "told once");
    assert!(!service.get(&desk, "/viec").body.contains("Thiếu bản sao"));
}

#[test]
fn the_machine_interface_shows_and_moves_the_dates_inside_a_limit() {
    let service = Service::start();
    let officer = service.signed_in("congchuc.vhxh");
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let send = |method: &str, path: &str, body: &Value| {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let headers = [
            ("Cookie", officer.cookie.as_str()),
            ("X-CSRF-Token", &officer.csrf),
            ("Content-Type", "application/json"),
        ];
        let answer = service.send(method, &format!("/api/v1/dossiers/{code}{path}"), &headers, &body);
        (answer.status, serde_json::from_str::<Value>(&answer.body).unwrap_or_default())
    };
    let (status, dossier) = send("GET", "", &Value::Null);
    assert_eq!(status, 200);
    let subs = dossier["sub_deadlines"].as_array().unwrap();
    assert_eq!(subs.len(), 2);
    let paper = subs.iter().find(|sub| sub["kind"] == "hand_over").unwrap();
    assert_eq!(paper["started_at"], LOGGED);
    assert_eq!(paper["due_at"], "2026-03-02T17:00:00+07:00");
    assert_eq!(paper["outcome"], Value::Null);
    let (status, dossier) = send("POST", "/hand-over", &json!({}));
    assert_eq!(status, 200, "{dossier}");
    assert_eq!(send("POST", "/hand-over", &json!({})).0, 409);
    let asked = json!({ "body": "Công an xã", "content": "Xác minh nơi cư trú", "due_on": "2026-03-04" });
    let (status, dossier) = send("POST", "/consultation", &asked);
    assert_eq!(status, 200, "{dossier}");
    let last = dossier["sub_deadlines"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["kind"], &last["number"]), (&json!("consultation"), &json!(1)));
    let (status, problem) = send("POST", "/consultation", &json!({ "due_on": "mai" }));
    assert_eq!(status, 422);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 3, "{problem}");
    assert_eq!(send("POST", "/consultation-answer", &json!({})).0, 422);
    assert_eq!(send("POST", "/consultation-answer", &json!({ "number": 7 })).0, 409);
    let (status, dossier) = send("POST", "/consultation-answer", &json!({ "number": 1 }));
    assert_eq!(status, 200, "{dossier}");
    assert_eq!(dossier["sub_deadlines"].as_array().unwrap().last().unwrap()["outcome"], "met");
}
