//! The counter: earlier applicants, papers, who hands in, the draft, sending that may be repeated.

use std::io::Cursor;

use dunghen::office::Actor;
use dunghen::office::import::{Mapping, Run};
use serde_json::{Value, json};

use super::client::{Browser, Service, between, form};
use crate::support::{App, SAME_DAY, THREE_DAYS};

fn fields<'a>(name: &'a str, key: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("step", "log"),
        ("idempotency_key", key),
        ("procedure_code", THREE_DAYS),
        ("channel", "counter"),
        ("applicant_name", name),
        ("applicant_phone", "0912 345 678"),
        ("applicant_address", "Thôn Sả Hồ"),
    ]
}

fn log(service: &Service, browser: &Browser, fields: &[(&str, &str)]) -> String {
    let answer = service.post(browser, "/ho-so", fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    between(answer.header("location").unwrap(), "/ho-so/", "/bien-nhan").unwrap().to_owned()
}

fn refused(service: &Service, browser: &Browser, fields: &[(&str, &str)], field: &str) -> String {
    let answer = service.post(browser, "/ho-so", fields);
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{field} is not named");
    answer.body
}

fn drafts(app: &App) -> i64 {
    app.number("SELECT COUNT(*) FROM drafts")
}

#[test]
fn papers_stand_on_the_receipt_and_come_with_the_next_file_of_the_procedure() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let mut first = fields("Lý Thị Giấy", "k1");
    first.push(("papers", "Tờ khai; 1; bản chính\r\nGiấy chứng sinh; 2; bản sao\r\n"));
    let code = log(&service, &browser, &first);
    let receipt = service.get(&browser, &format!("/ho-so/{code}/bien-nhan"));
    assert!(receipt.body.contains("1. Tờ khai (bản chính); 2. Giấy chứng sinh (2 bản sao)."), "{}", receipt.body);
    let english = service.get(&browser, &format!("/ho-so/{code}?lang=en")).body;
    assert!(english.contains("Tờ khai (original); Giấy chứng sinh (2 × copy)"), "{english}");
    let usual = |procedure: &str| service.get(&browser, &format!("/ho-so/moi/giay-to?procedure={procedure}")).body;
    assert_eq!(usual(THREE_DAYS), "Tờ khai; 1; bản chính\nGiấy chứng sinh; 2; bản sao");
    assert_eq!(usual(SAME_DAY), "");
    service.app.advance(chrono::Duration::hours(1));
    let mut second = fields("Lý Thị Khác", "k2");
    second.push(("papers", "Căn cước; bản điện tử"));
    log(&service, &browser, &second);
    assert_eq!(usual(THREE_DAYS), "Căn cước; 1; bản điện tử", "the papers of the last file");
    let paper = service.post(&browser, &format!("/ho-so/{code}/giay/giay-hen"), &[]);
    assert!([200, 303].contains(&paper.status), "{}", paper.status);
    let facts = service.app.number("SELECT COUNT(*) FROM papers WHERE facts LIKE '%Giấy chứng sinh (2 bản sao)%'");
    assert_eq!(facts, 1, "form 01 lists them");
}

#[test]
fn a_line_of_papers_that_cannot_be_read_is_named_and_kept() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let mut typed = fields("Lý Thị Giấy", "k1");
    typed.push(("papers", "Tờ khai\nẢnh; 200; bản chính"));
    let page = refused(&service, &browser, &typed, "papers");
    assert!(page.contains("Dòng 2") && page.contains("Ảnh; 200; bản chính"), "{page}");
}

#[test]
fn a_representative_has_a_name_and_a_telephone_and_may_be_the_one_who_is_told() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let mut typed = fields("Giàng Thị Chủ", "k1");
    typed.extend([
        ("filed_by", "representative"),
        ("addressee", "representative"),
        ("applicant_email", "chu@example.vn"),
    ]);
    refused(&service, &browser, &typed, "representative_name");
    typed.extend([("representative_name", "Giàng Văn Thay"), ("representative_phone", "số máy")]);
    refused(&service, &browser, &typed, "representative_phone");
    typed.pop();
    typed.push(("representative_phone", "0987 654 321"));
    let code = log(&service, &browser, &typed);
    let receipt = service.get(&browser, &format!("/ho-so/{code}/bien-nhan")).body;
    assert!(receipt.contains("Giàng Văn Thay, 0987 654 321"), "{receipt}");
    // The apology: drafted for the owner, told to the one they authorised.
    service.app.at("2026-03-06 08:00");
    service.app.sweep();
    let told = service.app.number(
        "SELECT COUNT(*) FROM outbox WHERE kind = 'apology' AND recipient = '0987 654 321' \
         AND recipient_name = 'Giàng Văn Thay'",
    );
    assert_eq!(told, 1);
    assert_eq!(service.app.number("SELECT COUNT(*) FROM outbox WHERE recipient = 'chu@example.vn'"), 0);
}

#[test]
fn what_was_typed_of_a_representative_is_not_kept_when_the_applicant_hands_in() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let mut typed = fields("Giàng Thị Chủ", "k1");
    typed.extend([("filed_by", "self"), ("representative_name", "Ai đó"), ("addressee", "representative")]);
    log(&service, &browser, &typed);
    assert_eq!(service.app.number("SELECT COUNT(*) FROM filings"), 0);
}

#[test]
fn an_earlier_applicant_is_found_by_telephone_name_and_code_each_person_once() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let code = log(&service, &browser, &fields("Đào Thị Tìm", "k1"));
    log(&service, &browser, &fields("Đào Thị Tìm", "k2"));
    for asked in ["0912 345", "dao thi tim", &code] {
        let found = service.get(&browser, &format!("/ho-so/moi/nguoi-nop?{}", form(&[("q", asked)]))).body;
        assert_eq!(found.matches("role=\"option\"").count(), 1, "{asked}: {found}");
        assert!(
            found.contains("data-name=\"Đào Thị Tìm\"") && found.contains("data-address=\"Thôn Sả Hồ\""),
            "{found}"
        );
    }
    let short = service.get(&browser, "/ho-so/moi/nguoi-nop?q=da").body;
    assert!(!short.contains("role=\"option\""), "two letters would show anybody");
    // Without script: a button finds, another fills in.
    let page = service.post(&browser, "/ho-so", &[("step", "find"), ("applicant_name", "dao thi")]).body;
    assert!(page.contains(&format!("value=\"take:{code}\"")) || page.contains("value=\"take:"), "{page}");
    let page = service.post(&browser, "/ho-so", &[("step", &format!("take:{code}")), ("papers", "Tờ khai")]).body;
    assert!(page.contains("value=\"Đào Thị Tìm\"") && page.contains("Tờ khai"), "{page}");
}

#[test]
fn looking_for_people_again_and_again_has_to_wait() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let ask = |browser: &Browser| service.get(browser, "/ho-so/moi/nguoi-nop?q=0912").status;
    assert!((0..60).all(|_| ask(&browser) == 200));
    let answer = service.get(&browser, "/ho-so/moi/nguoi-nop?q=0912");
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("60")));
    let page = service.post(&browser, "/ho-so", &[("step", "find"), ("applicant_name", "dao thi")]).body;
    assert!(page.contains("thử lại sau 60 giây") && !page.contains("Không có ai khớp"), "{page}");
    assert_eq!(ask(&service.signed_in("congchuc.vhxh")), 200, "another account does not wait");
    service.app.advance(chrono::Duration::minutes(1));
    assert_eq!(ask(&browser), 200);
}

#[test]
fn a_draft_outlives_the_session_is_gone_with_the_log_and_after_a_working_day() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let typed = fields("Vàng Thị Dở", "k1");
    assert_eq!(service.post(&browser, "/ho-so/moi/nhap", &typed).status, 204);
    assert_eq!(service.post(&browser, "/dang-xuat", &[]).status, 303);
    let browser = service.sign_in("motcua");
    let page = service.get(&browser, "/ho-so/moi").body;
    assert!(!page.contains("Vàng Thị Dở"), "the next citizen stands there");
    assert!(page.contains("href=\"/ho-so/moi?nhap-do=1\""), "{page}");
    let page = service.get(&browser, "/ho-so/moi?nhap-do=1").body;
    assert!(page.contains("value=\"Vàng Thị Dở\"") && page.contains("value=\"k1\""), "{page}");
    let other = service.signed_in("congchuc.vhxh");
    assert!(!service.get(&other, "/ho-so/moi?nhap-do=1").body.contains("Vàng Thị Dở"), "a draft is its account's own");
    log(&service, &browser, &typed);
    assert_eq!(drafts(&service.app), 0);
    assert_eq!(service.post(&browser, "/ho-so/moi/nhap", &typed).status, 204);
    assert_eq!(drafts(&service.app), 0, "a late word of the page that was left");
    assert_eq!(service.post(&browser, "/ho-so/moi/nhap", &fields("Vàng Thị Hai", "k2")).status, 204);
    log(&service, &browser, &fields("Vàng Thị Ba", "k3"));
    assert_eq!(drafts(&service.app), 1, "another form in another tab");
    service.app.advance(chrono::Duration::hours(13));
    let browser = service.sign_in("motcua");
    assert!(!service.get(&browser, "/ho-so/moi?nhap-do=1").body.contains("Vàng Thị Hai"));
    service.app.office.keep_house(service.app.now()).unwrap();
    assert_eq!(drafts(&service.app), 0);
}

#[test]
fn a_draft_can_be_thrown_away() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    service.post(&browser, "/ho-so/moi/nhap", &fields("Vàng Thị Bỏ", "k1"));
    assert_eq!(service.post(&browser, "/ho-so/moi/bo-nhap", &[]).header("location"), Some("/ho-so/moi"));
    assert!(!service.get(&browser, "/ho-so/moi?nhap-do=1").body.contains("Vàng Thị Bỏ"));
}

#[test]
fn the_script_of_the_page_is_told_where_the_receipt_is_and_a_repeat_finds_the_same() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let send = || {
        let typed = [&[("csrf", browser.csrf.as_str())], fields("Lù Thị Gửi", "k1").as_slice()].concat();
        let headers = [("Cookie", browser.cookie.as_str()), ("Accept", "application/json")];
        service.send("POST", "/ho-so", &headers, &form(&typed))
    };
    let (first, second) = (send(), send());
    assert_eq!((first.status, second.status), (201, 201));
    assert!(first.header("location").unwrap().ends_with("/bien-nhan"));
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!(service.app.number("SELECT COUNT(*) FROM dossiers"), 1);
    // The same key with something else: the form is there again, with a key of its own.
    let other = service.post(&browser, "/ho-so", &fields("Lù Thị Khác", "k1"));
    assert_eq!(other.status, 409);
    assert!(
        other.body.contains("value=\"Lù Thị Khác\"") && !other.body.contains("name=\"idempotency_key\" value=\"k1\"")
    );
}

#[test]
fn the_procedure_used_most_here_comes_first_and_a_code_before_all() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let first = |q: &str| {
        let page = service.get(&browser, &format!("/thu-tuc?fragment=1&{}", form(&[("q", q)]))).body;
        between(&page, "data-code=\"", "\"").unwrap().to_owned()
    };
    let before = first("khai sinh");
    let other = "1.004884";
    assert_ne!(before, other);
    let mut typed = fields("Sùng Thị Dùng", "k1");
    typed[2] = ("procedure_code", other);
    log(&service, &browser, &typed);
    assert_eq!(first("khai sinh"), other);
    assert_eq!(first("sinh khai"), other, "words in any order");
    assert_eq!(first(SAME_DAY), SAME_DAY);
    // What was taken over from a register was received here as well.
    let row = |at: u8| format!("H1-260203-00{at},{before},Lý A,counter,2026-02-03 08:0{at},2026-02-04 17:00\n");
    let file = format!("code,procedure_code,applicant_name,channel,received_at,due_at\n{}{}", row(1), row(2));
    let (now, mapping) = (service.app.now(), Mapping::native());
    let file = Cursor::new(file.into_bytes());
    let done = service.app.office.import_dossiers(now, &Actor::CommandLine, file, &mapping, Run::Real, &mut |_| {});
    assert_eq!(done.unwrap().imported, 2);
    assert_eq!(first("khai sinh"), before);
}

#[test]
fn the_api_takes_papers_and_a_representative() {
    let service = Service::start();
    let token =
        service.app.office.add_token(service.app.now(), &dunghen::office::Actor::CommandLine, "motcua", "t").unwrap();
    let bearer = format!("Bearer {token}");
    let post = |body: &str| service.send("POST", "/api/v1/dossiers", &[("Authorization", &bearer)], body);
    let whole = format!(
        r#"{{"procedure_code":"{THREE_DAYS}","channel":"counter","applicant":{{"name":"Lý A"}},
            "filed_by":"representative","representative":{{"name":"Lý B","phone":"0912345678"}},
            "papers":[{{"name":"Tờ khai"}},{{"name":"Căn cước","copies":2,"form":"copy"}}]}}"#
    );
    let logged = post(&whole.replace("\"papers\"", "\"cross_boundary\":true,\"papers\""));
    assert_eq!(logged.status, 201);
    let logged: Value = serde_json::from_str(&logged.body).unwrap();
    let path = format!("/api/v1/dossiers/{}", logged["code"].as_str().unwrap());
    let one = service.send("GET", &path, &[("Authorization", &bearer)], "");
    let one: Value = serde_json::from_str(&one.body).unwrap();
    let papers = json!([{"name": "Tờ khai", "copies": 1, "form": "original"}, {"name": "Căn cước", "copies": 2, "form": "copy"}]);
    let expected = json!({"cross_boundary": true, "filed_by": "representative", "addressee": "applicant",
        "representative": {"name": "Lý B", "phone": "0912345678"}, "papers": papers});
    assert_eq!(one["filing"], expected);
    assert_eq!(service.app.number("SELECT COUNT(*) FROM filings WHERE papers LIKE '%\"copies\":2%'"), 1);
    let wrong = whole.replace("\"copies\":2", "\"copies\":0").replace("representative\",", "nobody\",");
    let answer = post(&wrong);
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains("\"filed_by\"") && answer.body.contains("\"papers\""), "{}", answer.body);
}
