//! The pages of procedures, time rules and proposals, as an administrator and a manager use them.

use super::client::{Answer, Browser, Service, between, form};
use crate::support::{App, NO_LIMIT, THREE_DAYS};
use dunghen::office::Actor;

const COLUMNS: &str = "code,name,field,channel,limit_value,limit_unit,filing,decision,confidence";
const HOSTILE: &str = "<script>alert(1)</script>\"'&";

/// The form of a procedure with everything right.
fn fields<'a>(name: &'a str, limit: &'a str, step: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", name),
        ("sector", "Hộ tịch"),
        ("service_level", "full"),
        ("basis", "QĐ 9/QĐ-UBND"),
        ("confidence", "confirmed"),
        ("limit_any", limit),
        ("unit_any", "working_day"),
        ("valid_from", ""),
        ("step", step),
    ]
}

fn versions(app: &App) -> i64 {
    app.number("SELECT count(*) FROM procedures")
}

/// Uploads a file as a browser does.
fn upload(service: &Service, browser: &Browser, content: &[u8]) -> Answer {
    let part = |name: &str| format!("--x9\r\nContent-Disposition: form-data; name=\"{name}\"");
    let head = format!(
        "{}\r\n\r\n{}\r\n{}\r\n\r\npreview\r\n{}; filename=\"danh mục.csv\"\r\nContent-Type: text/csv\r\n\r\n",
        part("csrf"),
        browser.csrf,
        part("step"),
        part("file")
    );
    let body = [head.as_bytes(), content, b"\r\n--x9--\r\n"].concat();
    let head = format!(
        "POST /thu-tuc/nhap HTTP/1.1\r\nCookie: {}\r\nContent-Type: multipart/form-data; boundary=x9\r\nContent-Length: {}\r\n",
        browser.cookie,
        body.len()
    );
    service.raw(&head, &body)
}

#[test]
fn a_change_is_previewed_proposed_and_approved_by_somebody_else() {
    let service = Service::start();
    let (admin, manager) = (service.signed_in("quantri"), service.signed_in("giamdoc"));
    let path = format!("/thu-tuc/{THREE_DAYS}");
    assert_eq!(service.get(&admin, &format!("{path}/sua")).status, 200);
    let before = versions(&service.app);
    let preview = service.post(&admin, &path, &fields("Tên mới", "2", "preview"));
    assert_eq!(preview.status, 200, "{}", preview.body);
    assert!(preview.body.contains("3 ngày làm việc") && preview.body.contains("<b>2 ngày làm việc</b>"));
    let sent = service.post(&admin, &path, &fields("Tên mới", "2", "propose"));
    assert_eq!(sent.status, 303, "{}", sent.body);
    let proposal = sent.header("location").unwrap().to_owned();
    assert!(proposal.starts_with("/de-xuat/"));
    assert_eq!(versions(&service.app), before, "nothing holds yet");

    let badge = r#"<b class="count">1</b>"#;
    assert!(service.get(&manager, "/bao-cao").body.contains(badge));
    assert!(!service.get(&admin, "/thu-tuc").body.contains(badge), "one's own proposal does not wait for oneself");
    let own = service.get(&admin, &proposal);
    assert!(own.body.contains("/rut") && !own.body.contains("/duyet"));
    let page = service.get(&manager, &proposal);
    let base = between(&page.body, r#"name="base" value=""#, "\"").unwrap().to_owned();
    assert!(page.body.contains("Thời hạn theo quy định") && page.body.contains("Tên mới"), "{}", page.body);
    let refused = service.post(&admin, &format!("{proposal}/duyet"), &[("base", &base)]);
    assert_eq!(refused.status, 409);
    let token = service.app.office.add_token(service.app.now(), &Actor::CommandLine, "quantri", "t").unwrap();
    let bearer = [("Authorization", format!("Bearer {token}"))];
    let headers: Vec<(&str, &str)> = bearer.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let by_token =
        service.send("POST", &format!("{proposal}/duyet"), &headers, &form(&[("csrf", ""), ("base", &base)]));
    assert_eq!(by_token.status, 409, "the token of the same person is the same person");
    assert_eq!(versions(&service.app), before);
    let done = service.post(&manager, &format!("{proposal}/duyet"), &[("base", &base)]);
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(versions(&service.app), before + 1);
    let page = service.get(&manager, &path).body;
    assert!(page.contains("quantri") && page.contains("giamdoc") && page.contains("đang áp dụng"), "{page}");
    assert!(!service.get(&manager, "/bao-cao").body.contains(badge));
}

#[test]
fn wrong_fields_come_back_with_what_was_typed() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let mut typed = fields(HOSTILE, "3 tuần", "propose");
    typed.extend([("commitment_any", "2"), ("valid_from", "2020-01-01")]);
    let answer = service.post(&admin, &format!("/thu-tuc/{THREE_DAYS}"), &typed);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("&#60;script&#62;") && !answer.body.contains("<script>alert"), "kept, as text");
    assert!(answer.body.contains(r#"value="3 tuần""#) && answer.body.contains(r#"value="2020-01-01""#));
    for field in ["limit_any", "commitment_basis", "valid_from"] {
        assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{field}");
    }
    let new = service.post(&admin, "/thu-tuc", &[&fields("Tên", "2", "preview")[..], &[("code", "a/b")]].concat());
    assert!(new.status == 422 && new.body.contains(r##"href="#code""##));
    assert_eq!(service.post(&admin, "/thu-tuc/9.999999", &fields("Tên", "2", "preview")).status, 404);
    assert_eq!(service.get(&admin, "/thu-tuc/9.999999").status, 404);
    let rule =
        service.post(&admin, "/quy-tac", &[("kind", "acceptance"), ("limit_value", HOSTILE), ("step", "preview")]);
    assert!(rule.status == 422 && rule.body.contains("&#60;script&#62;"), "{}", rule.body);
    for path in [format!("/thu-tuc/{NO_LIMIT}/sua"), "/quy-tac/sua?kind=hand_over&area=&sector=".to_owned()] {
        assert_eq!(service.get(&admin, &path).status, 200, "{path}");
    }
    assert_eq!(service.app.number("SELECT count(*) FROM proposals"), 0);
}

#[test]
fn a_list_is_uploaded_looked_at_and_taken_through_a_second_person() {
    let service = Service::start();
    let (admin, manager) = (service.signed_in("quantri"), service.signed_in("giamdoc"));
    let list = format!(
        "\u{feff}{COLUMNS}\r\n{THREE_DAYS},{},Hộ tịch,any,2,working_day,online,QĐ 1,confirmed\r\n\
         9.000001,=cmd(),Hộ tịch,any,2,working_day,online,,confirmed\r\n\
         9.000002,Tên,Hộ tịch,any,hai,working_day,online,,confirmed\r\n",
        "\"<script>alert(1)</script>\"\"'&\""
    );
    let before = versions(&service.app);
    let page = upload(&service, &admin, list.as_bytes());
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        !page.body.contains("<script>alert") && page.body.contains("&#60;script&#62;") && page.body.contains("=cmd()")
    );
    assert!(page.body.contains(">limit_value<") && page.body.contains("vẫn được giữ"), "{}", page.body);
    assert_eq!(versions(&service.app), before);
    let data = between(&page.body, r#"name="data" value=""#, "\"").unwrap();
    let late =
        service.post(&admin, "/thu-tuc/nhap", &[("data", data), ("step", "propose"), ("valid_from", "2020-01-01")]);
    assert_eq!(late.status, 422);
    let sent =
        service.post(&admin, "/thu-tuc/nhap", &[("data", data), ("step", "propose"), ("valid_from", "2026-03-10")]);
    let proposal = sent.header("location").expect(&sent.body).to_owned();
    let page = service.get(&manager, &proposal);
    assert!(page.body.contains("10/03/2026") && !page.body.contains("<script>alert"), "{}", page.body);
    let base = between(&page.body, r#"name="base" value=""#, "\"").unwrap();
    assert_eq!(service.post(&manager, &format!("{proposal}/duyet"), &[("base", base)]).status, 303);
    assert_eq!(versions(&service.app), before + 2);
    let listed = service.get(&manager, "/thu-tuc").body;
    assert!(listed.contains("Sắp có hiệu lực") && listed.contains("9.000001") && !listed.contains("<script>alert"));
    let api = service.get(&manager, &format!("/api/v1/procedures/{THREE_DAYS}"));
    let api: serde_json::Value = serde_json::from_str(&api.body).unwrap();
    assert_eq!((&api["current"]["version"], &api["versions"][1]["version"]), (&1.into(), &2.into()));
    assert_eq!(api["versions"][1]["valid_from"], "2026-03-10T00:00:00+07:00");
    assert_eq!(api["versions"][1]["limits"][0]["value"], 2);
    assert_eq!(api["coming"][0], "2026-03-10T00:00:00+07:00");
}

#[test]
fn a_file_that_is_no_list_is_told_and_changes_nothing() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let before = versions(&service.app);
    for file in [&b"PK\x03\x04 no workbook"[..], b"a,b\n1,2\n", b"\xff\xfea\0", b""] {
        let answer = upload(&service, &admin, file);
        assert_eq!(answer.status, 422, "{file:?}");
        assert!(answer.body.contains(r##"href="#file""##), "{file:?}");
    }
    for data in ["", "%%%", "AAAA"] {
        let answer = service.post(&admin, "/thu-tuc/nhap", &[("data", data), ("step", "propose")]);
        assert_eq!(answer.status, 422, "{data}");
    }
    let large = vec![b'x'; 2_000_000];
    assert_eq!(upload(&service, &admin, &large).status, 413);
    let stranger = Browser { csrf: "guessed".to_owned(), ..admin.clone() };
    assert_eq!(upload(&service, &stranger, b"a").status, 403);
    assert_eq!(versions(&service.app), before);
}

#[test]
fn procedures_are_found_without_marks_by_page_and_machine() {
    let service = Service::start();
    let clerk = service.signed_in("motcua");
    let page = service.get(&clerk, "/thu-tuc?q=khai+sinh").body;
    assert!(page.contains("1.001193") && !page.contains("/thu-tuc/moi"), "a clerk proposes nothing");
    let answer = service.get(&clerk, "/api/v1/procedures?q=khai%20sinh");
    let found: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let codes: Vec<_> = found["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"1.001193") && !codes.contains(&THREE_DAYS), "{codes:?}");
    assert_eq!(service.get(&clerk, "/api/v1/procedures/9.999999").status, 404);
    assert_eq!(service.get(&clerk, "/quy-tac").status, 200);
    assert_eq!(service.get(&clerk, &format!("/thu-tuc/{THREE_DAYS}/sua")).status, 403);
}

#[test]
fn the_ladder_is_shown_and_a_rung_is_changed_through_a_second_person() {
    let service = Service::start();
    let (admin, manager, clerk) =
        (service.signed_in("quantri"), service.signed_in("giamdoc"), service.signed_in("motcua"));
    let page = service.get(&clerk, "/bac-thang");
    assert!(page.status == 200 && page.body.contains("<svg") && page.body.contains("Vẫn quá hạn"), "{}", page.body);
    assert!(!page.body.contains("/bac-thang/sua"), "who may not change it sees no way to");
    assert_eq!(service.get(&clerk, "/bac-thang/sua").status, 403);
    let form = service.get(&admin, "/bac-thang/sua?kind=overdue&procedure=&agency=&level=1").body;
    assert!(form.contains(r#"name="audience_supervisor" value="true" checked"#), "{form}");

    let fields = |step| {
        vec![
            ("procedure", THREE_DAYS),
            ("kind", "overdue"),
            ("level", "1"),
            ("audience_manager", "true"),
            ("accountable", "manager"),
            ("way_screen", "true"),
            ("bundling", "single"),
            ("urgency", "urgent"),
            ("acknowledge_hours", "2"),
            ("basis", "Quyết định số 7"),
            ("valid_from", "2026-12-01"),
            ("step", step),
        ]
    };
    let preview = service.post(&admin, "/bac-thang", &fields("preview"));
    assert_eq!(preview.status, 200, "{}", preview.body);
    assert!(preview.body.contains("<b>lãnh đạo</b>") && preview.body.contains("khẩn"), "{}", preview.body);
    let sent = service.post(&admin, "/bac-thang", &fields("propose"));
    assert_eq!(sent.status, 303, "{}", sent.body);
    let proposal = sent.header("location").unwrap().to_owned();
    let shown = service.get(&manager, &proposal);
    let base = between(&shown.body, r#"name="base" value=""#, "\"").unwrap().to_owned();
    assert!(shown.body.contains("Bậc nhắc việc") && shown.body.contains("lãnh đạo"), "{}", shown.body);
    assert_eq!(service.post(&manager, &format!("{proposal}/duyet"), &[("base", &base)]).status, 303);
    let page = service.get(&clerk, "/bac-thang").body;
    assert!(page.contains(&format!("Thủ tục {THREE_DAYS}")) && page.contains("01/12/2026"), "{page}");

    let mut wrong = fields("propose");
    wrong.extend([("level", "0"), ("procedure", HOSTILE), ("accountable", "officer"), ("basis", " ")]);
    let answer = service.post(&admin, "/bac-thang", &wrong);
    assert_eq!(answer.status, 422);
    for field in ["level", "procedure", "accountable", "basis"] {
        assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", answer.body);
    }
    assert!(!answer.body.contains("<script>alert"));
}
