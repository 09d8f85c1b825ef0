//! Sessions that end while somebody types, and two people who type at once.

use chrono::Duration;

use super::client::{Answer, Browser, PASSWORD, Service, between, form};
use crate::support::THREE_DAYS;

const NOTE: &str = "bản sao «sổ hộ khẩu» & giấy <chứng sinh>";

/// Signs in on the page that carries a form.
fn sign_in_with(service: &Service, username: &str, page: &Answer) -> Answer {
    let kept = between(&page.body, "name=\"kept\" value=\"", "\"").expect("the form").to_owned();
    let fields = [("username", username), ("password", PASSWORD), ("next", "/"), ("kept", kept.as_str())];
    service.send("POST", "/dang-nhap", &[], &form(&fields))
}

/// Everything that a page's form would send, and where to.
fn hidden(page: &str) -> (String, Vec<(String, String)>) {
    let text = |text: &str| {
        let marks = [("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"), ("&#34;", "\""), ("&#39;", "'")];
        marks.iter().fold(text.to_owned(), |text, (mark, plain)| text.replace(mark, plain))
    };
    let main = page.split("<main").nth(1).unwrap();
    let form = main.split("<form method=\"post\" action=\"").nth(1).expect("a form");
    let action = text(form.split('"').next().unwrap());
    let inputs = form.split("</form>").next().unwrap().split("<input type=\"hidden\" ").skip(1);
    let pair =
        |input: &str| (text(between(input, "name=\"", "\"").unwrap()), text(between(input, "value=\"", "\"").unwrap()));
    (action, inputs.map(pair).collect())
}

fn ask(service: &Service, browser: &Browser, code: &str) -> Answer {
    let fields = [("version", "0"), ("note", NOTE)];
    service.post(browser, &format!("/ho-so/{code}/bo-sung-yeu-cau"), &fields)
}

fn supplements(service: &Service) -> i64 {
    service.app.number("SELECT COUNT(*) FROM journal WHERE kind = 'supplement_requested'")
}

/// An officer whose session ended while they were typing.
fn ended() -> (Service, Browser, String) {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let officer = service.signed_in("congchuc.vhxh");
    service.app.advance(Duration::hours(11));
    (service, officer, code)
}

#[test]
fn a_form_that_comes_after_its_session_ended_is_sent_on_after_signing_in() {
    let (service, officer, code) = ended();
    let door = ask(&service, &officer, &code);
    assert_eq!(door.status, 401);
    assert!(door.body.contains("Phiên làm việc đã hết"), "{}", door.body);
    let wrong = service.send(
        "POST",
        "/dang-nhap",
        &[],
        &form(&[
            ("username", "congchuc.vhxh"),
            ("password", "sai-mat-khau"),
            ("kept", between(&door.body, "name=\"kept\" value=\"", "\"").unwrap()),
        ]),
    );
    assert!(wrong.status == 401 && wrong.body.contains("name=\"kept\""), "a wrong password loses nothing");
    let again = sign_in_with(&service, "congchuc.vhxh", &door);
    assert_eq!(again.status, 200, "{}", again.body);
    assert!(again.body.contains("bản sao «sổ hộ khẩu» &#38; giấy &#60;chứng sinh&#62;"), "{}", again.body);
    assert_eq!(supplements(&service), 0, "nothing is sent before somebody says so");
    let cookie = format!("dunghen_session={}", again.cookie("dunghen_session").expect("signed in"));
    let (action, fields) = hidden(&again.body);
    assert_eq!(action, format!("/ho-so/{code}/bo-sung-yeu-cau"));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(service.send("POST", &action, &[("Cookie", &cookie)], &form(&fields)).status, 303);
    assert!(service.app.whole(&code).events.iter().any(|entry| entry.body.contains("bản sao «sổ hộ khẩu»")));
}

#[test]
fn somebody_else_who_signs_in_neither_sees_nor_sends_the_form() {
    let (service, officer, code) = ended();
    service.set_password("motcua");
    let door = ask(&service, &officer, &code);
    let other = sign_in_with(&service, "motcua", &door);
    assert_eq!((other.status, other.cookie("dunghen_flash")), (303, Some("kept-for-another")));
    assert!(!other.body.contains("sổ hộ khẩu"));
    assert_eq!(supplements(&service), 0);
}

#[test]
fn only_a_form_of_our_own_pages_is_carried() {
    let (service, officer, code) = ended();
    let path = format!("/ho-so/{code}/bo-sung-yeu-cau");
    for csrf in ["", "guessed"] {
        let fields = form(&[("csrf", csrf), ("note", NOTE)]);
        let answer = service.send("POST", &path, &[("Cookie", &officer.cookie)], &fields);
        assert_eq!(answer.status, 303, "{csrf:?}");
    }
    let fields = form(&[("csrf", &officer.csrf), ("note", NOTE)]);
    for header in [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")] {
        assert_eq!(service.send("POST", &path, &[("Cookie", &officer.cookie), header], &fields).status, 303);
    }
    let long = form(&[("csrf", &officer.csrf), ("note", &"a".repeat(70_000))]);
    assert_eq!(service.send("POST", &path, &[("Cookie", &officer.cookie)], &long).status, 303, "too long to carry");
    for secret in ["/mat-khau", "/dang-xuat"] {
        let answer = service.post(&officer, secret, &[("current", "mat-khau")]);
        assert_eq!(answer.status, 303, "{secret}: a password is never carried");
    }
    service.set_password("congchuc.vhxh");
    for kept in ["junk", "eyJwYXRoIjoiLy9ldmlsIn0"] {
        let fields = [("username", "congchuc.vhxh"), ("password", PASSWORD), ("kept", kept), ("next", "/thu")];
        let answer = service.send("POST", "/dang-nhap", &[], &form(&fields));
        assert_eq!(answer.header("location"), Some("/thu"), "{kept}");
    }
}

#[test]
fn a_page_of_an_earlier_session_of_the_same_account_is_sent_on_and_of_another_refused() {
    let (service, officer, code) = ended();
    let fresh = service.sign_in("congchuc.vhxh");
    let stale = Browser { cookie: fresh.cookie.clone(), csrf: officer.csrf.clone() };
    let answer = ask(&service, &stale, &code);
    assert_eq!(answer.status, 409);
    let (action, fields) = hidden(&answer.body);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(service.send("POST", &action, &[("Cookie", &fresh.cookie)], &form(&fields)).status, 303);
    assert_eq!(supplements(&service), 1);
    let clerk = service.signed_in("motcua");
    let foreign = Browser { cookie: clerk.cookie, csrf: officer.csrf };
    let refused = ask(&service, &foreign, &code);
    assert_eq!(refused.status, 403);
    assert!(!refused.body.contains("sổ hộ khẩu"));
}

#[test]
fn a_session_that_an_administrator_ended_loses_no_form_and_a_one_time_password_comes_first() {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let officer = service.signed_in("congchuc.vhxh");
    let admin = service.signed_in("quantri");
    let given = service.post(&admin, "/tai-khoan/congchuc.vhxh/mat-khau", &[]);
    let once = between(&given.body, "<output class=\"mono\">", "</output>").unwrap().to_owned();
    let door = ask(&service, &officer, &code);
    assert_eq!(door.status, 401);
    let kept = between(&door.body, "name=\"kept\" value=\"", "\"").unwrap().to_owned();
    let fields = [("username", "congchuc.vhxh"), ("password", once.as_str()), ("kept", kept.as_str())];
    let first = service.send("POST", "/dang-nhap", &[], &form(&fields));
    assert!(first.body.contains("chỉ dùng một lần"), "{}", first.body);
    let cookie = format!("dunghen_session={}", first.cookie("dunghen_session").unwrap());
    let (action, carried) = hidden(&first.body);
    assert_eq!(action, "/mat-khau");
    let mut fields: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("current", once.as_str()), ("new", "mat-khau-cua-minh"), ("again", "mat-khau-cua-minh")]);
    let then = service.send("POST", &action, &[("Cookie", &cookie)], &form(&fields));
    assert_eq!(then.status, 200, "{}", then.body);
    assert_eq!(hidden(&then.body).0, format!("/ho-so/{code}/bo-sung-yeu-cau"));
}

#[test]
fn a_page_says_before_its_session_ends_and_the_session_can_be_made_to_last() {
    let service = Service::start();
    let clerk = service.signed_in("motcua");
    let notice = |page: &str| between(page, "<section class=\"session\"", ">").unwrap().contains("hidden");
    assert!(notice(&service.get(&clerk, "/ho-so").body), "ten hours are left");
    service.app.advance(Duration::minutes(590));
    let page = service.get(&clerk, "/ho-so").body;
    assert!(!notice(&page) && page.contains("18:00 02/03/2026"), "{page}");
    assert_eq!(service.post(&clerk, "/phien", &[]).status, 303);
    service.app.advance(Duration::minutes(20));
    assert_eq!(service.get(&clerk, "/ho-so").status, 200);
    service.app.advance(Duration::hours(10));
    assert_eq!(service.get(&clerk, "/ho-so").status, 303);
    assert_eq!(service.post(&clerk, "/phien", &[]).status, 303);
    assert_eq!(service.get(&clerk, "/ho-so").status, 303, "what ended stays ended");
}

#[test]
fn who_was_slower_reads_what_was_done_meanwhile_and_keeps_what_was_typed() {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let (officer, supervisor) = (service.signed_in("congchuc.vhxh"), service.signed_in("phutrach.vhxh"));
    assert_eq!(ask(&service, &supervisor, &code).status, 303);
    let typed = [("version", "0"), ("reason_code", "verification"), ("reason", "Chờ xác minh ở xã khác")];
    let answer = service.post(&officer, &format!("/ho-so/{code}/tre-hen"), &typed);
    assert_eq!(answer.status, 409);
    for shown in [
        "Từ khi anh/chị mở trang này",
        "Trưởng phòng Văn hóa – Xã hội",
        "Yêu cầu bổ sung hồ sơ",
        "bản sao «sổ hộ khẩu»",
        "Chờ xác minh ở xã khác",
    ] {
        assert!(answer.body.contains(shown), "{shown}: {}", answer.body);
    }
    assert_eq!(service.app.row(&code).revision, 1);

    let contact = [("version", "0"), ("applicant_phone", "0987 654 321"), ("contact_ways", "")];
    let answer = service.post(&service.signed_in("motcua"), &format!("/ho-so/{code}/lien-he"), &contact);
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("Từ khi anh/chị mở trang này") && answer.body.contains("0987 654 321"));
}
