//! A number on a page and the list behind it.

use super::client::{Browser, Service, between};
use crate::support::{LAND, NO_LIMIT, SAME_DAY, THREE_DAYS};
use dunghen::domain::dossier::Step;

/// Rows of a list over all its pages.
pub(super) fn rows(service: &Service, browser: &Browser, first: &str) -> (usize, String) {
    let (mut count, mut path, mut said) = (0, first.to_owned(), String::new());
    loop {
        let page = service.get(browser, &path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        count += page.body.matches("<th scope=\"row\" class=\"code\">").count();
        said = if said.is_empty() { between(&page.body, "class=\"sum\">", "<").unwrap().to_owned() } else { said };
        let Some(more) = page.body.split("<p class=\"more\">").nth(1) else { return (count, said) };
        path = between(more, "href=\"", "\"").unwrap().replace("&#38;", "&");
    }
}

/// Every linked number of a page is the length of its list; answers how many there are.
pub(super) fn links_fit(service: &Service, browser: &Browser, path: &str) -> usize {
    let page = service.get(browser, path);
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    let mut checked = 0;
    for list in ["/bao-cao/ho-so?", "/bao-cao/cho-tiep-nhan?"] {
        for link in page.body.split(&format!("<a href=\"{list}")).skip(1) {
            let (query, rest) = link.split_once("\">").unwrap();
            let number: usize = rest.split('<').next().unwrap().replace('.', "").parse().unwrap();
            let path = format!("{list}{}", query.replace("&#38;", "&"));
            let (count, said) = rows(service, browser, &path);
            assert_eq!((count, said), (number, number.to_string()), "{path}");
            checked += 1;
        }
    }
    checked
}

/// A small quarter: early, on time, late, waiting, overdue, without promise, by all channels.
pub(super) fn live(service: &Service) {
    let app = &service.app;
    app.at("2026-02-24 08:00");
    let carried = app.log(LAND, "post").done();
    app.at("2026-03-02 08:00");
    let early = app.log(THREE_DAYS, "online").done();
    let late = app.log(THREE_DAYS, "counter").done();
    let waits = app.log(THREE_DAYS, "counter").done();
    for procedure in [THREE_DAYS, NO_LIMIT, LAND] {
        app.log(procedure, "online").done();
    }
    let quick = app.log(SAME_DAY, "online").done();
    app.at("2026-03-02 10:00");
    app.resolve(&quick.code);
    app.step(&waits.code, &Step::RequestSupplement { note: "giấy khai sinh".to_owned() });
    app.at("2026-03-03 09:00");
    app.resolve(&early.code);
    app.at("2026-03-06 09:00");
    app.sweep();
    app.dispatch();
    app.resolve(&late.code);
    app.step(&carried.code, &Step::Withdraw { reason: String::new() });
    app.at("2026-03-09 08:00");
}

#[test]
fn every_number_of_the_report_is_the_length_of_its_list() {
    let service = Service::start();
    live(&service);
    let browser = service.signed_in("giamdoc");
    let path = "/bao-cao?from=2026-03-01&to=2026-03-31";
    let page = service.get(&browser, path);
    assert_eq!(page.status, 200);
    let checked = links_fit(&service, &browser, path);
    assert_eq!(checked, 89, "every number is a link");
    let total = between(&page.body, "bucket=received\">", "<").unwrap();
    assert_eq!(total, "8");
    for bucket in ["late", "overdue", "paused", "no_promise", "carried_over"] {
        let n = between(&page.body, &format!("bucket={bucket}\">"), "<").unwrap();
        assert_ne!(n, "0", "{bucket} is not tried");
    }
}

#[test]
fn the_list_stays_what_the_number_said_when_files_come_meanwhile() {
    let service = Service::start();
    live(&service);
    let browser = service.signed_in("giamdoc");
    let page = service.get(&browser, "/bao-cao").body;
    let link = page.split("<a href=\"").find(|link| link.contains("bucket=received\"")).unwrap();
    let path = link.split('"').next().unwrap().replace("&#38;", "&");
    service.app.at("2026-03-09 09:00");
    service.app.log(THREE_DAYS, "online").done();
    assert_eq!(rows(&service, &browser, &path).0, 8);
}

#[test]
fn every_chip_of_the_queue_counts_its_list() {
    let service = Service::start();
    live(&service);
    let browser = service.signed_in("phutrach.mc");
    let page = service.get(&browser, "/ho-so").body;
    let chips = between(&page, "<nav class=\"chips\"", "</nav>").unwrap();
    let mut checked = 0;
    for chip in chips.split("<a href=\"").skip(1) {
        let path = chip.split('"').next().unwrap().replace("&#38;", "&");
        let number = between(chip, "<b>", "</b>").unwrap();
        let (count, said) = rows(&service, &browser, &path);
        assert_eq!((count.to_string(), said), (number.to_owned(), number.to_owned()), "{path}");
        checked += 1;
    }
    assert_eq!(checked, 9, "eight, and paper waits to be handed over");
    // The next page takes up where the first ended.
    for _ in 0..130 {
        service.app.log(THREE_DAYS, "counter").done();
    }
    assert_eq!(rows(&service, &browser, "/ho-so?state=open").0, 134);
    assert_eq!(rows(&service, &browser, "/ho-so?state=all").0, 138);
}

#[test]
fn the_numbers_of_the_queue_follow_this_process_at_once_and_another_one_within_seconds() {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let browser = service.signed_in("giamdoc");
    let open = || {
        let page = service.get(&browser, "/ho-so?state=open&officer=").body;
        between(&page, "<nav class=\"chips\"", "</nav>")
            .and_then(|chips| between(chips, "<b>", "</b>"))
            .unwrap()
            .to_owned()
    };
    assert_eq!(open(), "1");
    service.app.log(THREE_DAYS, "counter").done();
    assert_eq!(open(), "2", "a write of this process is seen at once");
    service.app.sql(&format!("UPDATE dossiers SET stage = 'granted', closed_at = received_at WHERE code = '{code}'"));
    assert_eq!(open(), "2", "counted a moment ago");
    service.app.advance(chrono::Duration::seconds(5));
    assert_eq!(open(), "1");
}

#[test]
fn an_officer_sees_their_own_work_first_and_can_look_wider() {
    let service = Service::start();
    service.app.log(THREE_DAYS, "counter").done();
    let other = service.app.log(LAND, "counter").done().code;
    let browser = service.signed_in("congchuc.vhxh");
    assert!(!service.get(&browser, "/ho-so").body.contains(&other));
    assert!(service.get(&browser, "/ho-so?officer=").body.contains(&other));
    assert!(
        service.get(&browser, &format!("/ho-so?state=all&q={other}")).body.contains(&other),
        "a search looks everywhere"
    );
}

#[test]
fn a_search_needs_no_diacritics() {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "counter").name("Đặng Thị Ngọc Ánh").done().code;
    let browser = service.signed_in("motcua");
    for q in ["dang+thi", "NGOC+anh", &code] {
        assert!(service.get(&browser, &format!("/ho-so?state=all&q={q}")).body.contains(&code), "{q}");
    }
    assert!(!service.get(&browser, "/ho-so?state=all&q=nguyen").body.contains(&code));
}
