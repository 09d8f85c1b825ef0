//! The room of the reports: every number opens its files, and every file holds what the page shows.

use super::client::{Service, between};
use super::numbers::{links_fit, live};
use crate::support::{THREE_DAYS, instant};
use dunghen::office::Actor;

const MARCH: &str = "from=2026-03-01&to=2026-03-31";

#[test]
fn every_number_of_every_report_is_the_length_of_its_list() {
    let service = Service::start();
    live(&service);
    let mut helped = service.app.log(THREE_DAYS, "online");
    helped.form.filed_by = "assisted".to_owned();
    helped.done();
    service.app.advance(chrono::Duration::seconds(1));
    for (code, at) in [("H38.12-260309-9001", "2026-03-05 09:00"), ("H38.12-260309-9002", "2026-03-09 07:45")] {
        submit(&service, code, at);
    }
    service.app.advance(chrono::Duration::seconds(1));
    let browser = service.signed_in("giamdoc");
    for (page, numbers) in [
        ("06a", 40),
        ("06a?by=unit", 30),
        ("ly-do-qua-han", 14),
        ("ly-do-qua-han?by=unit", 14),
        ("07a", 60),
        ("07a?by=unit", 60),
        ("don-vi", 50),
        ("truc-tuyen", 15),
        ("truc-tuyen?chi-tieu=2", 15),
        ("truc-tuyen?chi-tieu=3", 15),
    ] {
        let (page, more) = page.split_once('?').map_or((page, ""), |(page, more)| (page, more));
        let path = format!("/bao-cao/bieu/{page}?{MARCH}&{more}");
        let found = links_fit(&service, &browser, &path);
        assert!(found >= numbers, "{path}: only {found} numbers are links");
    }
}

/// An online file that nobody accepts.
fn submit(service: &Service, code: &str, at: &str) {
    let mut form = service.app.log(THREE_DAYS, "online").code(code).form;
    form.received_at = String::new();
    service.app.office.submit_once(instant(at), &Actor::CommandLine, &form, None).unwrap();
}

#[test]
fn a_period_is_chosen_by_its_name_and_by_its_cut_off() {
    let service = Service::start();
    live(&service);
    let browser = service.signed_in("giamdoc");
    for (query, days) in [
        ("period=2026-03", "01/03/2026 – 31/03/2026"),
        ("period=2026-03&shape=official", "15/02/2026 – 14/03/2026"),
        ("period=2026-Q1&shape=official", "15/12/2025 – 14/03/2026"),
        ("period=2026-H1", "01/01/2026 – 30/06/2026"),
        ("period=2026", "01/01/2026 – 31/12/2026"),
        ("from=2026-03-02&to=2026-03-05", "02/03/2026 – 05/03/2026"),
        ("", "01/03/2026 – 31/03/2026"),
    ] {
        for path in ["/bao-cao", "/bao-cao/bieu/06a"] {
            let page = service.get(&browser, &format!("{path}?{query}"));
            assert_eq!(page.status, 200, "{query}");
            assert!(page.body.contains(&format!("<p class=\"sub\">{days}")), "{path}?{query}");
        }
    }
    let official = service.get(&browser, "/bao-cao/bieu/06a?period=2026-03&shape=official").body;
    assert!(official.contains("<option value=\"2026-03\" selected>Tháng 03/2026"), "{official}");
    assert!(official.contains("<option value=\"official\" selected>"));
    for wrong in ["period=2026-13", "period=2026-03&shape=moon", "from=2026-03-05&to=2026-03-01", "by=procedure"] {
        let page = service.get(&browser, &format!("/bao-cao/bieu/06a?{wrong}"));
        assert_eq!(page.status, 422, "{wrong}");
        assert!(page.body.contains("role=\"alert\""), "{wrong}");
    }
    for missing in ["/bao-cao/bieu/07b", "/bao-cao/tep/06a.docx", "/bao-cao/tep/07b.csv"] {
        assert_eq!(service.get(&browser, missing).status, 404, "{missing}");
    }
}

#[test]
fn the_files_of_a_page_hold_its_answer_also_when_files_come_meanwhile() {
    let service = Service::start();
    live(&service);
    let browser = service.signed_in("giamdoc");
    let page = service.get(&browser, &format!("/bao-cao/bieu/06a?{MARCH}&by=unit")).body;
    let title = between(&page, "<p class=\"lead\">", "</p>").unwrap().to_owned();
    let link = |ending: &str| {
        let links = page.split("href=\"/bao-cao/tep/").skip(1);
        let found = links.map(|link| link.split('"').next().unwrap()).find(|link| link.contains(ending));
        format!("/bao-cao/tep/{}", found.unwrap().replace("&#38;", "&"))
    };
    let of = |ending| service.get(&browser, &link(ending));
    let before = of(".csv");
    assert_eq!(before.header("content-type"), Some("text/csv; charset=utf-8"));
    let name = "attachment; filename=\"bao-cao-06a-2026-03-01-2026-03-31.csv\"";
    assert_eq!(before.header("content-disposition"), Some(name));
    assert!(before.body.contains("Tổng cộng,8,"), "{}", before.body);
    service.app.advance(chrono::Duration::hours(1));
    service.app.log(THREE_DAYS, "online").done();
    assert_eq!(of(".csv").body, before.body, "{title}");
    assert!(of(".pdf").bytes.starts_with(b"%PDF"));
    assert!(of(".xlsx").bytes.starts_with(b"PK"));
    for report in ["tong-hop", "don-vi", "truc-tuyen"] {
        let file = service.get(&browser, &format!("/bao-cao/tep/{report}.csv?{MARCH}"));
        assert_eq!(file.status, 200, "{report}: {}", file.body);
    }
}
