//! The citizen's page as a citizen, a stranger and an attacker meet it.

use dunghen::domain::dossier::Step;
use dunghen::web::visits::{GUESSES_PER_MINUTE, PER_MINUTE};

use super::client::{Answer, Service, between, form};
use crate::support::THREE_DAYS;

const NAME: &str = "Đặng Thị Rất Riêng Tư";
const PHONE: &str = "0987 654 321";
const EMAIL: &str = "rieng.tu@example.invalid";

/// A dossier received on Monday 2 March, its code and the path of its page.
fn logged(service: &Service) -> (String, String) {
    let mut intake = service.app.log(THREE_DAYS, "counter").name(NAME).email(EMAIL);
    intake.form.applicant_phone = PHONE.to_owned();
    let row = intake.done();
    (row.code, format!("/tra-cuu/{}", row.status_token))
}

/// The same, late and swept.
fn late(service: &Service) -> (String, String) {
    let found = logged(service);
    service.app.at("2026-03-06 08:00");
    service.app.sweep();
    service.app.dispatch();
    found
}

fn say(service: &Service, path: &str, fields: &[(&str, &str)]) -> Answer {
    service.send("POST", path, &[], &form(fields))
}

fn said(service: &Service) -> i64 {
    service.app.number("SELECT COUNT(*) FROM citizen_messages")
}

#[test]
fn the_page_tells_initials_only_in_every_state() {
    let service = Service::start();
    let (code, path) = logged(&service);
    let look = |state: &str| {
        for lang in ["vi", "en"] {
            let page = service.send("GET", &format!("{path}?lang={lang}"), &[], "");
            assert_eq!(page.status, 200, "{state}");
            assert!(page.body.contains("Đ.T.R.R.T."), "{state}");
            for secret in [NAME, PHONE, EMAIL, "Thôn 3", "0987654321"] {
                assert!(!page.body.contains(secret), "{state} tells {secret}");
            }
        }
        service.send("GET", &path, &[], "").body
    };
    look("running");
    service.app.step(&code, &Step::RequestSupplement { note: format!("gọi {NAME}") });
    look("waiting");
    service.app.step(&code, &Step::ReceiveSupplement);
    service.app.at("2026-03-13 08:00");
    service.app.sweep();
    let page = look("rescheduled");
    assert!(page.contains("Đã hẹn lại ngày trả") && page.contains("Phiếu xin lỗi"));
    assert!(page.contains("Nơi giải quyết"), "the unit, not the person");
    let officer = service.app.number("SELECT COUNT(*) FROM accounts WHERE username = 'congchuc.vhxh'");
    assert_eq!(officer, 1);
    assert_eq!(say(&service, &format!("{path}/lien-he"), &[("phone", PHONE), ("note", NAME)]).status, 303);
    assert!(look("said").contains("Đã nhận, chưa có người đọc"));
    service.app.at("2026-04-13 08:00");
    assert!(look("missed twice").contains("Đã quá cả ngày hẹn mới"));
    service.app.resolve(&code);
    look("ready");
}

#[test]
fn a_letter_is_given_to_its_own_citizen_only() {
    let service = Service::start();
    let (_, mine) = logged(&service);
    let (_, other) = late(&service);
    let page = service.send("GET", &mine, &[], "").body;
    let href =
        between(&page, "<ul class=\"letters\">", "</a>").and_then(|list| between(list, "href=\"", "\"")).unwrap();
    let letter = service.send("GET", href, &[], "");
    assert_eq!((letter.status, letter.body.starts_with("%PDF")), (200, true));
    assert_eq!(letter.header("cache-control"), Some("no-store"));
    let stolen = href.replace(&mine, &other);
    assert_ne!(stolen, href);
    assert_eq!(service.send("GET", &stolen, &[], "").status, 404);
}

#[test]
fn an_address_that_leads_nowhere_says_the_same_whatever_it_is() {
    let service = Service::start();
    let (_, path) = logged(&service);
    let cut = path.get(..path.len() - 1).unwrap().to_owned();
    let pages: Vec<String> = ["/tra-cuu/none", &cut, "/tra-cuu/none/thu.pdf", "/tra-cuu/none/cam-on/lien-he"]
        .iter()
        .map(|path| {
            let answer = service.send("GET", path, &[], "");
            assert_eq!(answer.status, 404, "{path}");
            // The language switch alone names the address that was asked.
            answer.body.replace(&path.replace('/', "&#x2f;"), "?").replace(path, "?")
        })
        .collect();
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]), "{pages:#?}");
    assert_eq!(say(&service, "/tra-cuu/none/lien-he", &[("phone", "1")]).status, 404);
    assert_eq!(say(&service, "/tra-cuu/none/thiet-hai", &[("text", "x")]).status, 404);
    assert_eq!(said(&service), 0);
}

#[test]
fn a_wrong_contact_becomes_a_task_that_the_desk_sees() {
    let service = Service::start();
    let (code, path) = logged(&service);
    let fields = [("phone", "0911 222 333"), ("email", ""), ("note", "gọi con trai <script>alert(1)</script>")];
    let answer = say(&service, &format!("{path}/lien-he"), &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let thanks = service.send("GET", answer.header("location").unwrap(), &[], "");
    assert!(thanks.status == 200 && thanks.body.contains("Cảm ơn ông/bà"));
    assert_eq!(service.app.number("SELECT COUNT(*) FROM tasks WHERE kind = 'contact' AND done_at IS NULL"), 1);
    let desk = service.signed_in("motcua");
    let dossier = service.get(&desk, &format!("/ho-so/{code}")).body;
    assert!(dossier.contains("0911 222 333") && dossier.contains("&#60;script&#62;alert(1)"));
    assert!(!dossier.contains("<script>alert"));
    let proof = service.get(&desk, &format!("/ho-so/{code}/bang-chung"));
    assert!(proof.status == 200 && proof.body.contains("0911 222 333") && !proof.body.contains("<script>alert"));
    let seen = between(&dossier, "/nguoi-dan/", "/da-doc\"").expect("a button").to_owned();
    assert_eq!(service.post(&desk, &format!("/ho-so/{code}/nguoi-dan/{seen}/da-doc"), &[]).status, 303);
    assert!(service.send("GET", &path, &[], "").body.contains("Cơ quan đã đọc lúc"));
    // Nothing written at all says so too.
    let empty = say(&service, &format!("{path}/lien-he"), &[("csrf", ""), ("phone", "")]);
    assert_eq!(empty.status, 303, "{}", empty.body);
}

#[test]
fn what_a_delay_cost_is_heard_only_of_a_late_file_and_reaches_the_supervisor() {
    let service = Service::start();
    let (_, path) = logged(&service);
    let to = format!("{path}/thiet-hai");
    assert!(!service.send("GET", &path, &[], "").body.contains("thiệt hại gì"));
    let early = say(&service, &to, &[("text", "tôi bực")]);
    assert_eq!((early.status, said(&service)), (409, 0));
    assert!(early.body.contains("không trễ hẹn"));
    service.app.at("2026-03-06 08:00");
    service.app.sweep();
    assert!(service.send("GET", &path, &[], "").body.contains("thiệt hại gì"));
    let hostile = "Nghỉ một ngày\r\nBcc: x@example.invalid\r\n\r\n<script>alert(1)</script>";
    assert_eq!(say(&service, &to, &[("text", hostile)]).status, 303);
    service.app.dispatch();
    let mail = service.app.mails().into_iter().find(|mail| mail.kind == "citizen-cost").expect("a mail");
    assert!(mail.text.contains("Nghỉ một ngày Bcc: x@example.invalid"), "{}", mail.text);
    let raw = String::from_utf8(mail.formatted().unwrap().formatted()).unwrap();
    assert!(!raw.contains("\r\nBcc:"), "no header of its own");
    assert!(!mail.html.contains("<script>"));
}

#[test]
fn a_form_that_is_refused_keeps_what_was_typed() {
    let service = Service::start();
    let (_, path) = late(&service);
    let long = "ă".repeat(1_001);
    let answer = say(&service, &format!("{path}/thiet-hai"), &[("text", &long)]);
    assert_eq!((answer.status, said(&service)), (422, 0));
    assert!(answer.body.contains(&long) && answer.body.contains("1000") && answer.body.contains("<details open>"));
    let empty = say(&service, &format!("{path}/thiet-hai"), &[("text", " \r\n ")]);
    assert!(empty.status == 422 && empty.body.contains("aria-invalid"));
    let answer = say(&service, &format!("{path}/lien-he"), &[("phone", &"1".repeat(121)), ("note", "giữ lại nhé")]);
    assert!(answer.status == 422 && answer.body.contains("giữ lại nhé"));
    assert_eq!(service.app.number("SELECT COUNT(*) FROM tasks"), 0, "nothing half-written");
}

#[test]
fn three_messages_of_a_kind_a_day_are_enough() {
    let service = Service::start();
    let (_, path) = late(&service);
    let to = format!("{path}/thiet-hai");
    for n in 0..3 {
        assert_eq!(say(&service, &to, &[("text", &format!("lần {n}"))]).status, 303);
    }
    let fourth = say(&service, &to, &[("text", "lần bốn vẫn còn đây")]);
    assert_eq!((fourth.status, said(&service)), (429, 3));
    assert!(fourth.body.contains("lần bốn vẫn còn đây"), "nothing is lost");
    assert_eq!(say(&service, &format!("{path}/lien-he"), &[("phone", "1")]).status, 303, "another kind");
    service.app.at("2026-03-07 00:00");
    assert_eq!(say(&service, &to, &[("text", "hôm sau")]).status, 303);
}

#[test]
fn a_form_from_another_site_or_too_large_changes_nothing() {
    let service = Service::start();
    let (_, path) = late(&service);
    let to = format!("{path}/thiet-hai");
    for header in [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"), ("Origin", "null")] {
        assert_eq!(service.send("POST", &to, &[header], "text=x").status, 403, "{header:?}");
    }
    let large = format!("POST {to} HTTP/1.1\r\nContent-Length: 2097152\r\n");
    assert_eq!(service.raw(&large, b"text=").status, 413);
    let chunk = "a".repeat(65_536);
    let body: String = format!("10000\r\n{chunk}\r\n").repeat(32) + "0\r\n\r\n";
    let unsaid = service.raw(&format!("POST {to} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"), body.as_bytes());
    assert_eq!(unsaid.status, 413);
    assert_eq!(said(&service), 0);
}

#[test]
fn an_official_can_use_the_page_only_with_the_token_of_the_session() {
    let service = Service::start();
    let (_, path) = late(&service);
    let desk = service.signed_in("motcua");
    let page = service.get(&desk, &path).body;
    assert!(page.contains(&format!("name=\"csrf\" value=\"{}\"", desk.csrf)));
    assert!(!page.contains("Đăng xuất"), "it looks as it does to the citizen");
    let to = format!("{path}/lien-he");
    assert_eq!(service.send("POST", &to, &[("Cookie", &desk.cookie)], "phone=1").status, 403);
    assert_eq!(service.post(&desk, &to, &[("phone", "1")]).status, 303);
}

#[test]
fn whoever_asks_too_often_is_told_in_words_when_to_come_back() {
    let service = Service::start();
    let (_, path) = logged(&service);
    service.app.at("2026-03-02 08:00:20");
    let ask = |from: &str, path: &str| service.send("GET", path, &[("X-Forwarded-For", from)], "");
    for _ in 0..PER_MINUTE {
        assert_eq!(ask("192.0.2.77", &path).status, 200);
    }
    let stopped = ask("192.0.2.77", &path);
    assert_eq!((stopped.status, stopped.header("retry-after")), (429, Some("40")));
    assert!(stopped.body.contains("40 giây") && !stopped.body.contains("Đ.T.R.R.T."));
    assert_eq!(ask("1.2.3.4, 192.0.2.77", &path).status, 429, "what the visitor wrote does not count");
    assert_eq!(ask("192.0.2.78", &path).status, 200, "others are served");
    for _ in 0..GUESSES_PER_MINUTE {
        assert_eq!(ask("192.0.2.79", "/tra-cuu/none").status, 404);
    }
    assert_eq!(ask("192.0.2.79", "/tra-cuu/none").status, 429);
    assert_eq!(ask("192.0.2.79", &path).status, 429, "nothing is found by guessing on");
    service.app.at("2026-03-02 08:01:00");
    assert_eq!(ask("192.0.2.77", &path).status, 200);
}

#[test]
fn without_a_trusted_proxy_nobody_can_pretend_to_be_another_visitor() {
    let service = Service::with("[server]\ntrusted_proxy = \"\"");
    let (_, path) = logged(&service);
    let ask = |from: u32| service.send("GET", &path, &[("X-Forwarded-For", &format!("192.0.2.{from}"))], "").status;
    let answers: Vec<u16> = (0..=PER_MINUTE).map(ask).collect();
    assert_eq!(answers.last(), Some(&429));
    assert!(answers.iter().rev().skip(1).all(|status| *status == 200));
}
