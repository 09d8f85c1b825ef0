//! Online files through the front door: the machine interface of a portal, and the desk's pages.

use super::client::{Answer, Browser, Service, between};
use crate::support::THREE_DAYS;

const HOSTILE: &str = "<script>alert(1)</script>\"'&";

fn bearer(service: &Service, username: &str) -> String {
    let office = &service.app.office;
    let token = office.add_token(service.app.now(), &dunghen::office::Actor::CommandLine, username, username).unwrap();
    format!("Bearer {token}")
}

fn body(name: &str) -> String {
    let name = serde_json::to_string(name).unwrap();
    format!(r#"{{"procedure_code":"{THREE_DAYS}","applicant":{{"name":{name},"email":"cong.dan@example.invalid"}}}}"#)
}

fn json(answer: &Answer) -> serde_json::Value {
    // The body of a chunked answer never comes: the server tells its length.
    serde_json::from_str(&answer.body).expect(&answer.body)
}

fn call(service: &Service, token: &str, path: &str, body: &str) -> Answer {
    service.send("POST", path, &[("Authorization", token), ("Content-Type", "application/json")], body)
}

/// Hands a file in and answers its code and the path of its citizen's page.
fn submit(service: &Service, name: &str) -> (String, String) {
    let answer = call(service, &bearer(service, "motcua"), "/api/v1/submissions", &body(name));
    assert_eq!(answer.status, 201, "{}", answer.body);
    let told = json(&answer);
    let text = |field: &str| told[field].as_str().unwrap().to_owned();
    let page = text("status_url");
    (text("code"), page[page.find("/tra-cuu/").unwrap()..].to_owned())
}

fn citizen(service: &Service, page: &str) -> String {
    let answer = service.send("GET", page, &[("X-Forwarded-For", "192.0.2.7")], "");
    assert_eq!(answer.status, 200);
    answer.body
}

fn act(service: &Service, browser: &Browser, code: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
    let page = service.get(browser, &format!("/truc-tuyen/{code}")).body;
    let version = between(&page, r#"name="version" value=""#, "\"").unwrap_or("0").to_owned();
    let fields = [&[("version", version.as_str())], fields].concat();
    service.post(browser, &format!("/truc-tuyen/{code}/{verb}"), &fields)
}

#[test]
fn a_portal_hands_in_and_the_answers_follow_the_file() {
    let service = Service::start();
    let token = bearer(&service, "motcua");
    let key = |path: &str, body: &str, key: &str| {
        service.send("POST", path, &[("Authorization", &token), ("Idempotency-Key", key)], body)
    };
    let first = key("/api/v1/submissions", &body("Nguyễn Thị Thử"), "k1");
    assert_eq!(first.status, 201, "{}", first.body);
    let told = json(&first);
    assert_eq!(told["submitted_at"], "2026-03-02T08:00:00+07:00");
    assert_eq!(told["due_at"], "2026-03-03T08:30:00+07:00");
    assert_eq!(json(&key("/api/v1/submissions", &body("Nguyễn Thị Thử"), "k1")), told, "once");
    assert_eq!(key("/api/v1/submissions", &body("Somebody else"), "k1").status, 409);
    let code = told["code"].as_str().unwrap();
    let path = format!("/api/v1/submissions/{code}");
    let get = |path: &str| json(&service.send("GET", path, &[("Authorization", &token)], ""));
    assert_eq!(get("/api/v1/submissions")["items"].as_array().unwrap().len(), 1);
    assert_eq!(get(&path)["state"], "waiting");
    assert_eq!(call(&service, &token, &format!("{path}/return"), "{}").status, 422, "without a note");
    let back = call(&service, &token, &format!("{path}/return"), r#"{"note":"Thiếu bản chụp"}"#);
    assert_eq!((back.status, json(&back)["state"].as_str().unwrap().to_owned()), (200, "returned".to_owned()));
    assert_eq!(call(&service, &token, &format!("{path}/acceptance"), "").status, 409, "it waits for the applicant");
    assert_eq!(call(&service, &token, &format!("{path}/completion"), "").status, 200);
    let again = call(&service, &token, &format!("{path}/return"), r#"{"note":"Còn thiếu"}"#);
    assert_eq!(again.status, 409);
    assert!(again.body.contains("đầy đủ trong một lần"), "{}", again.body);
    let accepted = call(&service, &token, &format!("{path}/acceptance"), "");
    assert_eq!(accepted.status, 200, "{}", accepted.body);
    let logged = json(&accepted);
    assert_eq!((logged["code"].as_str(), logged["status_url"].as_str()), (Some(code), told["status_url"].as_str()));
    assert_eq!(logged["due_at"], "2026-03-05T17:00:00+07:00");
    assert_eq!(call(&service, &token, &format!("{path}/acceptance"), "").status, 409, "accepted twice");
    assert_eq!(call(&service, &token, &format!("{path}/nonsense"), "").status, 404);
    assert_eq!(call(&service, &token, "/api/v1/submissions", r#"{"channel":"online"}"#).status, 400);
    let wrong = call(&service, &token, "/api/v1/submissions", &body("").replace(THREE_DAYS, "9.999999"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("procedure_code") && wrong.body.contains("applicant_name"), "{}", wrong.body);
}

#[test]
fn the_desk_answers_a_file_on_its_pages_and_the_citizens_page_follows() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let (code, page) = submit(&service, "Đặng Thị Ngọc Ánh");
    let list = service.get(&browser, "/truc-tuyen").body;
    assert!(list.contains(&code) && list.contains("còn 1 ngày làm việc"), "{list}");
    assert!(list.contains(r#"<b class="count">1</b>"#), "the navigation counts it");
    assert!(citizen(&service, &page).contains("Chờ tiếp nhận"));
    assert!(!citizen(&service, &page).contains("Ngọc"), "initials only");
    let empty = act(&service, &browser, &code, "yeu-cau-bo-sung", &[("note", "  ")]);
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("aria-invalid=\"true\"") && empty.body.contains("Bắt buộc"), "{}", empty.body);
    let back = act(&service, &browser, &code, "yeu-cau-bo-sung", &[("note", HOSTILE)]);
    assert_eq!((back.status, back.header("location")), (303, Some(format!("/truc-tuyen/{code}").as_str())));
    let told = citizen(&service, &page);
    assert!(told.contains("Chờ ông/bà bổ sung hồ sơ") && told.contains("&#60;script&#62;alert(1)"), "{told}");
    assert!(!told.contains("<script>alert"));
    let list = service.get(&browser, "/truc-tuyen?state=returned&q=dang+thi").body;
    assert!(list.contains(&code) && list.contains("Chờ dân bổ sung"), "found without diacritics");
    assert!(!list.contains("class=\"count\""), "nothing waits for the desk");
    assert_eq!(act(&service, &browser, &code, "da-bo-sung", &[]).status, 303);
    let one = service.get(&browser, &format!("/truc-tuyen/{code}")).body;
    assert!(!one.contains("yeu-cau-bo-sung"), "once only: the button is gone");
    let refused = act(&service, &browser, &code, "yeu-cau-bo-sung", &[("note", "thêm nữa")]);
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("đầy đủ trong một lần"), "{}", refused.body);
    let accepted = act(&service, &browser, &code, "tiep-nhan", &[]);
    assert_eq!(accepted.header("location"), Some(format!("/ho-so/{code}").as_str()), "{}", accepted.body);
    assert_eq!(act(&service, &browser, &code, "tiep-nhan", &[]).status, 409, "accepted twice");
    let dossier = service.get(&browser, &format!("/ho-so/{code}")).body;
    assert!(dossier.contains("Nộp trực tuyến"), "the dossier knows when it was handed in");
    assert!(citizen(&service, &page).contains("Ngày hẹn trả kết quả"), "the old link leads to the dossier");
    assert!(service.get(&browser, &format!("/truc-tuyen/{code}")).body.contains(&format!("href=\"/ho-so/{code}\"")));
}

#[test]
fn a_late_file_is_marked_by_icon_and_word_and_counted_for_monitoring() {
    let service = Service::start();
    let (code, page) = submit(&service, "Nguyễn Thị Thử");
    service.app.at("2026-03-03 09:00");
    let browser = service.signed_in("motcua");
    let list = service.get(&browser, "/truc-tuyen").body;
    let row = between(&list, "<td class=\"st\">", "</td>").unwrap();
    assert!(row.contains("<svg") && row.contains("Quá hạn") && row.contains("quá 30 phút làm việc"), "{row}");
    assert!(citizen(&service, &page).contains("Chậm tiếp nhận"));
    assert_eq!(json(&service.send("GET", "/health/ready", &[], ""))["submissions_late"], 1);
    assert!(service.send("GET", "/metrics", &[], "").body.contains("dunghen_submissions_late 1"));
    let english = service.get(&browser, "/truc-tuyen?lang=en").body;
    assert!(english.contains("30 minutes of work over") && english.contains("Send back"), "{english}");
    let declined = act(&service, &browser, &code, "tu-choi", &[("reason", "Sai thẩm quyền")]);
    assert_eq!(declined.status, 303);
    assert!(citizen(&service, &page).contains("Sai thẩm quyền"));
    assert_eq!(json(&service.send("GET", "/health/ready", &[], ""))["submissions_late"], 0);
}

#[test]
fn a_hostile_name_is_text_and_a_manager_only_looks() {
    let service = Service::start();
    let (code, _) = submit(&service, HOSTILE);
    let (clerk, manager) = (service.signed_in("motcua"), service.signed_in("giamdoc"));
    for path in ["/truc-tuyen".to_owned(), format!("/truc-tuyen/{code}"), format!("/truc-tuyen/{code}?viec=tu-choi")] {
        for browser in [&clerk, &manager] {
            let page = service.get(browser, &path);
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.body.contains("<script>alert") && page.body.contains("&#60;script&#62;alert(1)"), "{path}");
        }
    }
    let page = service.get(&manager, &format!("/truc-tuyen/{code}")).body;
    assert!(!page.contains("/tiep-nhan"), "no button that stays shut");
    assert_eq!(service.post(&manager, &format!("/truc-tuyen/{code}/tiep-nhan"), &[("version", "0")]).status, 403);
    let opened = service.get(&clerk, &format!("/truc-tuyen/{code}?viec=tu-choi")).body;
    assert_eq!(opened.matches("<details open").count(), 1, "the form that was asked for stands open");
    let outdated = service.post(&clerk, &format!("/truc-tuyen/{code}/tiep-nhan"), &[("version", "7")]);
    assert_eq!(outdated.status, 409, "who looks at an older state is told");
    assert_eq!(service.app.number("SELECT count(*) FROM dossiers"), 0);
}

#[test]
fn both_calls_of_the_interface_take_the_wish_how_to_be_reached() {
    let service = Service::start();
    let token = bearer(&service, "motcua");
    let wish = |ways: &str| body("Nguyễn Thị Thử").replacen('{', &format!("{{\"contact_ways\":{ways},"), 1);
    let dossier = |ways: &str| wish(ways).replacen('{', "{\"channel\":\"counter\",", 1);
    for (path, body) in [
        ("/api/v1/submissions", wish(r#"["zalo","mail"]"#)),
        ("/api/v1/dossiers", dossier(r#"["zalo","mail"]"#)),
        ("/api/v1/submissions", wish("[]")),
    ] {
        let answer = call(&service, &token, path, &body);
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    assert_eq!(service.app.number("SELECT count(*) FROM contacts WHERE ways = 'zalo mail'"), 1);
    for (path, body) in
        [("/api/v1/submissions", wish(r#"["fax"]"#)), ("/api/v1/dossiers", dossier(r#"["mail","fax"]"#))]
    {
        let answer = call(&service, &token, path, &body);
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert_eq!(json(&answer)["errors"][0]["field"], "contact_ways");
    }
    let described = json(&service.send("GET", "/api/openapi.json", &[("Authorization", &token)], ""));
    for shape in ["NewDossier", "NewSubmission"] {
        let field = &described["components"]["schemas"][shape]["properties"]["contact_ways"];
        assert_eq!(field["type"], "array", "{shape}: {field}");
    }
}
