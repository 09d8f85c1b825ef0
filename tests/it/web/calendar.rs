//! The calendar's page: who may change it, what is shown before, and its files.

use super::client::{Browser, Service, between};
use crate::support::THREE_DAYS;

fn hidden(body: &str) -> String {
    let value = between(body, r#"name="change" value=""#, "\"").expect("the change");
    value.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#38;", "&").replace("&amp;", "&")
}

fn upload(service: &Service, browser: &Browser, file: &str, text: &str, decision: &str) -> super::client::Answer {
    let part =
        |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body = format!(
        "{}{}--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\n{text}\r\n--b--\r\n",
        part("csrf", &browser.csrf),
        part("decision", decision)
    );
    let headers = [("Cookie", browser.cookie.as_str()), ("Content-Type", "multipart/form-data; boundary=b")];
    service.send("POST", "/lich/tep", &headers, &body)
}

#[test]
fn a_change_is_shown_with_its_dossiers_proposed_by_one_and_approved_by_another() {
    let service = Service::start();
    let row = service.app.log(THREE_DAYS, "online").done();
    let admin = service.signed_in("quantri");
    let manager = service.signed_in("giamdoc");
    let day = [
        ("date", "2026-03-04"),
        ("kind", "holiday"),
        ("name", "<script>"),
        ("decision", "QĐ 9"),
        ("confidence", "confirmed"),
    ];
    let shown = service.post(&admin, "/lich/ngay", &day);
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert!(shown.body.contains(&row.code) && shown.body.contains("17:00 thứ Sáu 06/03/2026"), "{}", shown.body);
    assert!(!shown.body.contains("<script>"));
    let change = hidden(&shown.body);
    let proposed = service.post(&admin, "/lich/thay-doi", &[("change", &change)]);
    assert_eq!(proposed.status, 303, "{}", proposed.body);
    let at = proposed.header("location").unwrap().to_owned();
    assert!(at.starts_with("/de-xuat/"), "{at}");
    let waiting = service.get(&manager, &at);
    let effects = between(&waiting.body, r#"href="/lich/de-xuat/"#, "\"").expect("a way to the effects").to_owned();
    let effects = service.get(&manager, &format!("/lich/de-xuat/{effects}"));
    assert!(effects.status == 200 && effects.body.contains(&row.code), "{}", effects.body);
    let base = between(&waiting.body, r#"name="base" value=""#, "\"").unwrap();
    assert_eq!(service.post(&manager, &format!("{at}/duyet"), &[("base", base)]).status, 303);
    let page = service.get(&manager, "/lich?nam=2026");
    assert!(page.body.contains("QĐ 9") && page.body.contains("giamdoc") && page.body.contains("quantri"));
    assert!(!page.body.contains("/lich/ngay"), "a manager reads");
    let dossier = service.get(&manager, &format!("/ho-so/{}", row.code));
    assert!(dossier.body.contains("Dời ngày hẹn theo lịch nghỉ"), "{}", dossier.body);
}

#[test]
fn what_is_wrong_is_said_at_the_form_and_nothing_is_written() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let one_side = [
        ("date", "2026-03-04"),
        ("kind", "swapped_off"),
        ("name", "x"),
        ("decision", "QĐ 9"),
        ("confidence", "confirmed"),
    ];
    let answer = service.post(&admin, "/lich/ngay", &one_side);
    assert!(answer.status == 422 && answer.body.contains("Hoán đổi phải đủ hai ngày"), "{}", answer.body);
    let swap = [("off", "2026-03-04"), ("worked", "2026-03-05"), ("decision", "QĐ 9"), ("confidence", "confirmed")];
    assert!(service.post(&admin, "/lich/hoan-doi", &swap).body.contains("thứ Bảy hoặc Chủ nhật"));
    let empty = service.post(&admin, "/lich/ngay", &[("date", "31/02/2026")]);
    assert!(empty.status == 422 && empty.body.contains("2026-11-24"), "{}", empty.body);
    assert_eq!(service.post(&admin, "/lich/thay-doi", &[("change", "{}")]).status, 400);
    let clerk = service.signed_in("motcua");
    assert_eq!(service.post(&clerk, "/lich/ngay", &one_side).status, 403);
    assert_eq!(service.app.number("SELECT COUNT(*) FROM proposals"), 0);
}

#[test]
fn a_file_is_shown_before_it_is_taken_and_a_wrong_row_stops_it() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let csv = service.get(&admin, "/lich.csv?nam=2026");
    assert_eq!(csv.status, 200);
    assert!(csv.header("content-disposition").unwrap().contains("lich-2026.csv"));
    let ics = service.get(&admin, "/lich.ics?nam=2026");
    assert!(ics.body.contains("DTSTART;VALUE=DATE:20261124"), "{}", ics.body);
    let same = upload(&service, &admin, "l.csv", csv.body.trim_end(), "QĐ 1");
    assert!(same.status == 422 && same.body.contains("không có gì thay đổi"), "{}", same.body);
    let more = format!("{}\r\n2026-06-03,holiday,Nghỉ,QĐ 1,confirmed", csv.body.trim_end());
    let shown = upload(&service, &admin, "l.csv", &more, "QĐ 1");
    assert!(shown.status == 200 && shown.body.contains("03/06/2026"), "{}", shown.body);
    let wrong = upload(&service, &admin, "l.csv", "date,kind,name\n2026-13-01,holiday,A", "QĐ 1");
    assert!(wrong.status == 422 && wrong.body.contains("2026-13-01"), "{}", wrong.body);
    assert!(upload(&service, &admin, "l.csv", "", "QĐ 1").status == 422);
    let thief = Browser { csrf: "other".to_owned(), ..admin };
    assert_eq!(upload(&service, &thief, "l.csv", &more, "QĐ 1").status, 403);
    assert_eq!(service.app.number("SELECT MAX(version) FROM calendar_versions"), 1);
}

#[test]
fn programs_read_a_year_with_its_version() {
    let service = Service::start();
    let token = service
        .app
        .office
        .add_token(service.app.now(), &dunghen::office::Actor::CommandLine, "motcua", "test")
        .unwrap();
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str())];
    let answer = service.send("GET", "/api/v1/calendar?year=2027", &headers, "");
    let year: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&year["year"], &year["version"], &year["provisional"]), (&2027.into(), &1.into(), &true.into()));
    assert!(year["days"].as_array().unwrap().iter().any(|day| day["date"] == "2027-02-06" && day["kind"] == "holiday"));
    assert_eq!(service.send("GET", "/api/v1/calendar?year=x", &headers, "").status, 422);
}
