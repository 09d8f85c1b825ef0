//! What is typed, and what becomes of it.

use super::client::{Browser, Service, between, form};
use crate::support::{App, NO_LIMIT, THREE_DAYS};

const HOSTILE: &str = "<script>alert(1)</script>\"'&";

fn logged<'a>(name: &'a str, key: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("step", "log"),
        ("idempotency_key", key),
        ("procedure_code", THREE_DAYS),
        ("channel", "counter"),
        ("applicant_name", name),
        ("applicant_phone", "0912 345 678"),
    ]
}

/// Logs a file through the form and answers its code.
fn log(service: &Service, browser: &Browser, name: &str, key: &str) -> String {
    let answer = service.post(browser, "/ho-so", &logged(name, key));
    assert_eq!(answer.status, 303, "{}", answer.body);
    between(answer.header("location").unwrap(), "/ho-so/", "/bien-nhan").unwrap().to_owned()
}

fn dossiers(app: &App) -> i64 {
    app.number("SELECT COUNT(*) FROM dossiers")
}

#[test]
fn a_hostile_name_is_text_on_every_page() {
    let service = Service::start();
    let browser = service.signed_in("quantri");
    let code = log(&service, &browser, HOSTILE, "k1");
    let token = service.app.row(&code).status_token;
    for path in ["/ho-so".to_owned(), format!("/ho-so/{code}"), format!("/ho-so/{code}/bien-nhan")] {
        let page = service.get(&browser, &path);
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.body.contains("<script>alert"), "{path}");
        assert!(page.body.contains("&#60;script&#62;alert(1)"), "{path}: the name is missing");
    }
    let page = service.send("GET", &format!("/tra-cuu/{token}"), &[("X-Forwarded-For", "192.0.2.1")], "");
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("alert(1)"), "the citizen's page shows initials only");
    let search = service.get(&browser, &format!("/ho-so?{}", form(&[("state", "all"), ("q", HOSTILE)])));
    assert!(!search.body.contains("<script>alert") && search.body.contains(&code), "found by what was typed");
}

#[test]
fn wrong_fields_come_back_with_their_messages_and_what_was_typed() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let answer = service.post(
        &browser,
        "/ho-so",
        &[
            ("step", "log"),
            ("procedure_code", "9.999999"),
            ("channel", "counter"),
            ("applicant_name", "Đào Thị Kiểm"),
            ("applicant_phone", "số nhà"),
            ("received_at", "2027-01-01T08:00"),
        ],
    );
    assert_eq!(answer.status, 422);
    for field in ["procedure_code", "applicant_phone", "received_at"] {
        assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{field} is not named");
    }
    assert!(answer.body.contains("Đào Thị Kiểm") && answer.body.contains("số nhà"), "input is kept");
    assert_eq!(dossiers(&service.app), 0);
}

#[test]
fn the_preview_shows_the_promise_and_logs_nothing() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let fields = [("step", "preview"), ("procedure_code", THREE_DAYS), ("channel", "counter")];
    let answer = service.post(&browser, "/ho-so", &fields);
    assert_eq!(answer.status, 200);
    // Received on Monday 2 March 2026; three working days.
    assert!(answer.body.contains("17:00 thứ Năm 05/03/2026"), "{}", answer.body);
    assert_eq!(dossiers(&service.app), 0);
    let found = service.get(&browser, "/thu-tuc?fragment=1&q=tinh+trang+hon+nhan");
    assert!(found.body.contains(THREE_DAYS) && found.body.contains("17:00 thứ Năm 05/03/2026"));
}

#[test]
fn a_form_sent_twice_logs_one_file() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let first = log(&service, &browser, "Lý Văn Thử", "same-key");
    assert_eq!(log(&service, &browser, "Lý Văn Thử", "same-key"), first);
    assert_eq!(dossiers(&service.app), 1);
    let other = service.post(&browser, "/ho-so", &logged("Lý Văn Khác", "same-key"));
    assert_eq!(other.status, 409, "the key belongs to another form");
    assert_eq!(dossiers(&service.app), 1);
}

#[test]
fn a_file_without_a_limit_is_logged_and_shown_as_such() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let mut fields = logged("Lý Văn Thử", "k");
    fields[2] = ("procedure_code", NO_LIMIT);
    let answer = service.post(&browser, "/ho-so", &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let list = service.get(&browser, "/ho-so?state=no-promise");
    assert!(list.body.contains("Lý Văn Thử") && list.body.contains("Chưa có hẹn"));
}

#[test]
fn a_step_on_a_dossier_that_somebody_changed_is_refused_and_shows_the_new_state() {
    let service = Service::start();
    let browser = service.signed_in("congchuc.vhxh");
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let ask = |note: &str, version: &str| {
        service.post(&browser, &format!("/ho-so/{code}/bo-sung-yeu-cau"), &[("version", version), ("note", note)])
    };
    let empty = ask("  ", "0");
    assert_eq!(empty.status, 422, "a request must say what is missing");
    assert!(empty.body.contains("note-error-bo-sung-yeu-cau"));
    assert_eq!(ask("bản sao\r\nsổ hộ khẩu", "0").status, 303);
    let late = service.post(&browser, &format!("/ho-so/{code}/ket-qua"), &[("version", "0"), ("outcome", "granted")]);
    assert_eq!(late.status, 409);
    assert!(late.body.contains("vừa được người khác thay đổi"), "{}", late.body);
    let forbidden =
        service.post(&browser, &format!("/ho-so/{code}/ket-qua"), &[("version", "1"), ("outcome", "granted")]);
    assert_eq!(forbidden.status, 409, "it waits for the applicant");
    let page = service.get(&browser, &format!("/ho-so/{code}")).body;
    assert!(page.contains("bản sao sổ hộ khẩu") && page.contains("Chờ dân bổ sung"));
    assert!(page.contains("/bo-sung\"") && !page.contains("/ket-qua\""), "only steps that the stage allows");
}

#[test]
fn a_declared_delay_makes_a_letter_that_the_citizen_can_open() {
    let service = Service::start();
    let browser = service.signed_in("congchuc.vhxh");
    let row = service.app.log(THREE_DAYS, "counter").done();
    let to = format!("/ho-so/{}/tre-hen", row.code);
    let fields = [("version", "0"), ("reason_code", "verification"), ("reason", "Chờ xác minh nơi cư trú")];
    assert_eq!(service.post(&browser, &to, &fields).status, 303);
    let dossier = service.get(&browser, &format!("/ho-so/{}", row.code)).body;
    assert!(dossier.contains("Chờ xác minh nơi cư trú") && dossier.contains("Đã hẹn lại"));
    let letters = service.get(&browser, "/thu").body;
    let pdf = letters.split("href=\"/thu/").find_map(|part| part.split('"').next()?.strip_suffix(".pdf")).unwrap();
    assert_eq!(service.get(&browser, &format!("/thu/{pdf}.pdf")).header("content-type"), Some("application/pdf"));
    let public = [("X-Forwarded-For", "192.0.2.2")];
    let page = service.send("GET", &format!("/tra-cuu/{}", row.status_token), &public, "");
    assert!(page.body.contains("Đã hẹn lại ngày trả"));
    assert!(!page.body.contains(&row.applicant_name));
    let letter = service.send("GET", &format!("/tra-cuu/{}/thu.pdf", row.status_token), &public, "");
    assert_eq!((letter.status, letter.body.starts_with("%PDF")), (200, true));
}

#[test]
fn what_does_not_exist_is_a_page_that_says_so() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    for path in ["/ho-so/H38.19-990101-0001", "/ho-so/x/bien-nhan", "/thu/none.pdf", "/no-such-page", "/assets/x.css"] {
        let answer = service.get(&browser, path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.header("content-type").unwrap().starts_with("text/html"), "{path}");
    }
    let public = [("X-Forwarded-For", "192.0.2.3")];
    assert_eq!(service.send("GET", "/tra-cuu/none", &public, "").status, 404);
    assert_eq!(service.send("GET", "/tra-cuu/none/thu.pdf", &public, "").status, 404);
    assert_eq!(service.get(&browser, "/api/v1/dossiers/none").header("content-type"), Some("application/problem+json"));
}

#[test]
fn a_body_that_is_too_large_is_refused_unread() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let most = service.app.settings.server.max_body_bytes;
    let said = format!("POST /ho-so HTTP/1.1\r\nCookie: {}\r\nContent-Length: {}\r\n", browser.cookie, most + 1);
    assert_eq!(service.raw(&said, b"csrf=").status, 413);
    let unsaid = format!("POST /ho-so HTTP/1.1\r\nCookie: {}\r\nTransfer-Encoding: chunked\r\n", browser.cookie);
    let mut body = format!("{:x}\r\n", most + 1).into_bytes();
    body.extend(std::iter::repeat_n(b'a', most + 1));
    body.extend(b"\r\n0\r\n\r\n");
    assert_eq!(service.raw(&unsaid, &body).status, 413);
    assert_eq!(dossiers(&service.app), 0);
}

#[test]
fn a_refusal_is_told_in_the_language_of_who_asked() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let refused = service.get(&browser, "/tai-khoan?lang=en");
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("This account may not do that."), "{}", refused.body);
    let vietnamese = service.get(&browser, "/tai-khoan");
    assert!(vietnamese.body.contains("không có quyền làm việc đó."), "{}", vietnamese.body);
}

#[test]
fn the_language_is_switched_on_any_page_and_remembered() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let switched = service.get(&browser, "/ho-so?state=done&lang=en");
    assert!(switched.body.contains("<html lang=\"en\"") && switched.body.contains("Dossiers"));
    assert!(switched.body.contains("/ho-so?state=done&#38;lang=vi"), "the way back keeps the filters");
    let cookie = format!("{}; dunghen_lang={}", browser.cookie, switched.cookie("dunghen_lang").unwrap());
    assert!(service.send("GET", "/thu", &[("Cookie", &cookie)], "").body.contains("<html lang=\"en\""));
    assert!(service.get(&browser, "/thu").body.contains("<html lang=\"vi\""), "Vietnamese unless asked");
}

#[test]
fn the_demonstrations_clock_walks_forward_only_and_letters_appear_on_the_way() {
    let service = Service::demo();
    let browser = service.signed_in("quantri");
    let row = service.app.log(THREE_DAYS, "counter").email("dan@example.vn").done();
    let mails = service.get(&browser, "/thu-mau").body;
    assert!(!mails.contains(&row.code));
    let moved = service.post(&browser, "/dong-ho", &[("step", "week"), ("back", "/thu-mau")]);
    assert_eq!((moved.status, moved.header("location")), (303, Some("/thu-mau")));
    // A week is longer than a session: whoever moves the clock stays signed in.
    let browser = service.browser(moved.cookie("dunghen_session").expect("a fresh session"));
    let mails = service.get(&browser, "/thu-mau").body;
    assert!(mails.contains(&row.code) && mails.contains("Phiếu xin lỗi") && mails.contains("Sắp đến hạn"), "{mails}");
    let message = between(&mails, "href=\"/thu-mau/", "\"").unwrap();
    assert_eq!(service.get(&browser, &format!("/thu-mau/{message}")).status, 200);
    let letter = service.app.whole(&row.code).letters.remove(0);
    let late = letter.dated_at() - row.due_at.unwrap();
    assert!(
        late >= chrono::Duration::zero() && late <= chrono::Duration::hours(4),
        "the letter bears the day it was due: {late}"
    );
    let back = service.post(&browser, "/dong-ho", &[("step", "at"), ("at", "2026-03-01T08:00")]);
    assert_eq!(back.cookie("dunghen_flash"), Some("clock-refused"));
    assert!(service.get(&browser, "/ho-so").body.contains("09/03/2026"), "a week after Monday 2 March");
    let live = Service::start();
    let browser = live.signed_in("quantri");
    assert_eq!(live.post(&browser, "/dong-ho", &[("step", "week")]).status, 404, "a real clock cannot be moved");
    assert_eq!(live.get(&browser, "/thu-mau").status, 404);
}

#[test]
fn a_correction_is_proposed_at_the_dossier_and_approved_by_the_manager() {
    let service = Service::start();
    let clerk = service.signed_in("motcua");
    let row = service.app.log(THREE_DAYS, "online").done();
    let page = format!("/ho-so/{}/dinh-chinh", row.code);
    assert_eq!(service.get(&clerk, &page).status, 404, "there is no result yet");
    assert!(!service.get(&clerk, &format!("/ho-so/{}", row.code)).body.contains("/dinh-chinh"));
    service.app.at("2026-03-05 09:00");
    service.app.resolve(&row.code);
    let clerk = service.signed_in("motcua");
    assert!(service.get(&clerk, &format!("/ho-so/{}", row.code)).body.contains("/dinh-chinh"));
    let form = service.get(&clerk, &page);
    assert!(form.body.contains("value=\"2026-03-05T09:00\""), "{}", form.body);
    let version = service.app.row(&row.code).revision.to_string();
    let with = |at, reason| [("version", version.as_str()), ("at", at), ("reason", reason)];
    let wrong = service.post(&clerk, &page, &with("2026-03-01T10:00", "Sổ giao nhận <b>ghi</b> 16:00"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"2026-03-01T10:00\"") && wrong.body.contains("href=\"#at\""), "{}", wrong.body);
    assert!(wrong.body.contains("&#60;b&#62;ghi") && !wrong.body.contains("<b>ghi"), "{}", wrong.body);
    let stale = [("version", "0"), ("at", "2026-03-04T16:00"), ("reason", "x")];
    assert_eq!(service.post(&clerk, &page, &stale).status, 409);
    let sent = service.post(&clerk, &page, &with("2026-03-04T16:00", "Sổ giao nhận ghi 16:00"));
    assert_eq!((sent.status, sent.header("location").unwrap()), (303, format!("/ho-so/{}", row.code).as_str()));

    let manager = service.signed_in("giamdoc");
    let list = service.get(&manager, "/de-xuat").body;
    let id = between(&list, "href=\"/de-xuat/", "\"").expect("it waits").to_owned();
    let shown = service.get(&manager, &format!("/de-xuat/{id}")).body;
    assert!(shown.contains("Sổ giao nhận ghi 16:00") && shown.contains(&row.code), "{shown}");
    let base = between(&shown, "name=\"base\" value=\"", "\"").unwrap().to_owned();
    let approved = service.post(&manager, &format!("/de-xuat/{id}/duyet"), &[("base", base.as_str())]);
    assert_eq!(approved.status, 303);
    let now = service.get(&clerk, &format!("/ho-so/{}", row.code)).body;
    assert!(now.contains("Đính chính") && now.contains("Sổ giao nhận ghi 16:00"), "{now}");
    let citizens = service.send("GET", &format!("/tra-cuu/{}", row.status_token), &[], "").body;
    assert!(citizens.contains("Đính chính") && !citizens.contains("Sổ giao nhận"), "the reason is the office's");
}

#[test]
fn the_clerk_says_at_intake_how_a_citizen_wishes_to_be_reached() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let form = service.get(&browser, "/ho-so/moi").body;
    assert!(form.contains("name=\"contact_ways\"") && form.contains("Theo thứ tự chung của cơ quan"));
    let with =
        |way: &'static str, key: &'static str| [logged("Đào Thị Kiểm", key), vec![("contact_ways", way)]].concat();
    let wrong = service.post(&browser, "/ho-so", &with("fax", "k1"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("href=\"#contact_ways\"") && wrong.body.contains("id=\"contact_ways\""));
    let again = service.post(&browser, "/ho-so", &[with("zalo", "k2"), vec![("applicant_email", "x")]].concat());
    assert_eq!(again.status, 422);
    assert!(again.body.contains("<option value=\"zalo\" selected>"), "what was chosen is kept");
    let done = service.post(&browser, "/ho-so", &with("zalo", "k3"));
    let code = between(done.header("location").unwrap(), "/ho-so/", "/bien-nhan").unwrap().to_owned();
    let contact = service.get(&browser, &format!("/ho-so/{code}/lien-he")).body;
    assert!(contact.contains("<option value=\"zalo\" selected>"));
    // An order of several, which a program gave, is shown and survives the form.
    service.app.sql("UPDATE contacts SET ways = 'zalo sms mail'");
    let contact = service.get(&browser, &format!("/ho-so/{code}/lien-he")).body;
    assert!(
        contact.contains("<option value=\"zalo sms mail\" selected>Zalo → Tin nhắn SMS → Thư điện tử"),
        "{contact}"
    );
    let usual = service.post(&browser, "/ho-so", &with("", "k4"));
    assert_eq!(usual.status, 303);
    assert_eq!(service.app.number("SELECT count(*) FROM contacts"), 1, "as usual needs no row");
}
