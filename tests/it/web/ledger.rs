//! Why each promised day is that day: the page, the text, the interface and the citizen's own page.

use dunghen::domain::dossier::Step;

use super::client::{Browser, Service};
use crate::support::THREE_DAYS;

/// A file with three promises: at receipt, after a supplement, and by apology.
fn three_promises(service: &Service) -> String {
    let app = &service.app;
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-03 09:00");
    app.step(&code, &Step::RequestSupplement { note: "ảnh".to_owned() });
    app.at("2026-03-04 10:00");
    app.step(&code, &Step::ReceiveSupplement);
    app.at("2026-03-16 08:00");
    app.sweep();
    code
}

fn section<'a>(page: &'a str, id: &str) -> &'a str {
    page.split(&format!("id=\"{id}\"")).nth(1).and_then(|rest| rest.split("</section>").next()).expect(id)
}

fn page_of(service: &Service, browser: &Browser, path: &str) -> String {
    let answer = service.get(browser, path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

#[test]
fn the_page_shows_every_promise_and_numbers_exactly_the_counted_days() {
    let service = Service::start();
    let code = three_promises(&service);
    let browser = service.signed_in("motcua");
    let page = page_of(&service, &browser, &format!("/ho-so/{code}/so-tinh-ngay"));
    for promise in service.app.whole(&code).promises {
        let section = section(&page, &format!("lan-{}", promise.number));
        assert!(section.contains("Lịch làm việc"), "{section}");
        let ledger: Option<dunghen::domain::ledger::Ledger> = serde_json::from_str(&promise.ledger).ok();
        let counted = ledger.iter().flat_map(|ledger| &ledger.spans).filter(|span| span.kind.is_counted());
        let days: i64 = counted.map(|span| (span.to - span.from).num_days() + 1).sum();
        for number in 1..=days {
            assert!(section.contains(&format!("ngày thứ {number}</td>")), "{number}: {section}");
            assert!(section.contains(&format!("<b>{number}")), "{number} in the picture: {section}");
        }
        assert!(!section.contains(&format!("ngày thứ {}</td>", days + 1)), "{section}");
    }
    assert!(section(&page, "lan-1").contains("đã được thay"));
    let again = section(&page, "lan-2");
    assert!(again.contains("10:00 thứ Tư 04/03/2026") && again.contains("tính lại từ đầu"), "{again}");
    assert!(section(&page, "lan-3").contains("không đếm từ thời hạn"));
    // The dossier leads there.
    let dossier = page_of(&service, &browser, &format!("/ho-so/{code}"));
    assert!(dossier.contains(&format!("/ho-so/{code}/so-tinh-ngay#lan-2")), "{dossier}");
    assert!(dossier.contains(&format!("/ho-so/{code}/so-tinh-ngay#lan-3")));
    assert_eq!(service.get(&browser, "/ho-so/none/so-tinh-ngay").status, 404);
}

#[test]
fn the_account_comes_in_english_as_page_as_text_and_as_json() {
    let service = Service::start();
    let code = three_promises(&service);
    let browser = service.signed_in("quantri");
    let page = page_of(&service, &browser, &format!("/ho-so/{code}/so-tinh-ngay?lang=en"));
    for wanted in ["Ledger of days", "Counted afresh from the complete supplement", "weekly rest day: Saturday"] {
        assert!(page.contains(wanted), "{wanted}");
    }
    let text = service.get(&browser, &format!("/ho-so/{code}/so-tinh-ngay.txt?lang=en"));
    assert_eq!(text.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(text.body.contains("Limit: 3 working days") && text.body.contains("day of receipt"), "{}", text.body);
    let text = page_of(&service, &browser, &format!("/ho-so/{code}/so-tinh-ngay.txt"));
    assert!(text.contains("Thời hạn: 3 ngày làm việc"), "{text}");
    let ask = |query: &str| {
        let answer = service.get(&browser, &format!("/api/v1/dossiers/{code}/ledger{query}"));
        (answer.status, serde_json::from_str::<serde_json::Value>(&answer.body).unwrap())
    };
    let (_, vi) = ask("");
    let (_, en) = ask("?language=en");
    assert_eq!(vi["promises"][1]["ledger"][0]["why"], "trước ngày nhận đủ hồ sơ bổ sung, tính lại từ đầu");
    assert_eq!(en["promises"][1]["ledger"][0]["why"], "before the complete supplement arrived, counted afresh");
    let again = &en["promises"][1];
    assert_eq!(again["restarted_at"], "2026-03-04T10:00:00+07:00");
    assert_eq!((&again["calendar_version"], &en["procedure_version"]), (&1.into(), &1.into()));
    assert!(again["basis"].as_str().unwrap().starts_with(THREE_DAYS));
    let numbers: Vec<_> = again["ledger"].as_array().unwrap().iter().filter_map(|day| day["number"].as_u64()).collect();
    assert_eq!(numbers, [1, 2, 3]);
    let (status, refused) = ask("?language=fr");
    assert_eq!(status, 422);
    assert_eq!(refused["errors"][0]["field"], "language", "{refused}");
}

#[test]
fn the_citizen_reads_why_and_no_name_of_anybody() {
    let service = Service::start();
    let row = service.app.log(THREE_DAYS, "counter").done();
    let page = service.send("GET", &format!("/tra-cuu/{}", row.status_token), &[], "");
    assert_eq!(page.status, 200);
    let why = section(&page.body, "h-ledger");
    assert!(why.contains("3 ngày làm việc") && why.contains("ngày tiếp nhận, không tính"), "{why}");
    assert!(!page.body.contains(&row.applicant_name), "{}", row.applicant_name);
    assert!(!page.body.contains("/ho-so"), "a way into the office");
}
