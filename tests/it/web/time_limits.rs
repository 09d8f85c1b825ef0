//! The page on time limits: its numbers are those of the JSON, and each leads to its list.

use serde_json::Value;

use super::client::{Service, between};
use crate::cuts::nine;
use crate::support::{LAND, THREE_DAYS};

const MARCH: &str = "from=2026-03-01&to=2026-03-31";

#[test]
fn the_page_shows_what_the_interface_answers_and_every_count_is_its_list() {
    let service = Service::start();
    nine(&service.app);
    for channel in ["online", "post", "post"] {
        service.app.log(LAND, channel).done();
    }
    service.app.advance(chrono::Duration::seconds(1));
    let browser = service.signed_in("giamdoc");
    let json = service.get(&browser, &format!("/api/v1/reports/procedures?{MARCH}&late_share=14.6"));
    assert_eq!(json.status, 200, "{}", json.body);
    let json: Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(json["late_share_percent"], "14.60");
    let page = service.get(&browser, &format!("/bao-cao/thoi-han?{MARCH}&late_share=14.6&sort=files"));
    assert_eq!(page.status, 200, "{}", page.body);
    let rows: Vec<&str> = page.body.split("<th scope=\"row\" class=\"text\">").skip(1).collect();
    let mut lines: Vec<&Value> = json["procedures"].as_array().unwrap().iter().collect();
    lines.retain(|line| line["cases"] != 0);
    lines.sort_by_key(|line| std::cmp::Reverse(line["cases"].as_u64()));
    assert_eq!((rows.len(), lines.len()), (3, 3));
    for (row, line) in rows.iter().zip(&lines) {
        let cells: Vec<&str> = row.split("<td").skip(1).collect();
        assert!(row.contains(line["code"].as_str().unwrap()));
        assert!(cells[1].contains(&format!("{} ngày làm việc", line["statutory"])), "{}", cells[1]);
        for (cell, key) in [(3, "median"), (4, "p90")] {
            let shown = between(cells[cell], ">", "<").unwrap();
            assert_eq!(shown, line[key].as_u64().map_or("–".to_owned(), |n| n.to_string()), "{key}");
        }
        for (key, link) in ["cases", "censored"].iter().zip(cells[0].split("<a href=\"").skip(1)) {
            let path = link.split('"').next().unwrap().replace("&#38;", "&");
            let shown = between(link, "\">", "<").unwrap();
            assert_eq!(shown, line[key].to_string());
            let list = service.get(&browser, &path);
            assert_eq!(list.status, 200, "{path}");
            assert_eq!(between(&list.body, "class=\"sum\">", "<").unwrap(), shown, "{path}");
            assert_eq!(list.body.matches("<th scope=\"row\" class=\"code\">").count().to_string(), shown, "{path}");
        }
    }
    let target = &json["target"];
    assert!(page.body.contains(&format!("<b>{}</b> / {}", target["cut"], target["total"])));
}

#[test]
fn what_was_typed_wrong_is_said_and_stays_in_its_field() {
    let service = Service::start();
    let browser = service.signed_in("giamdoc");
    let page = service.get(&browser, "/bao-cao/thoi-han?late_share=%3Cscript%3E");
    assert_eq!(page.status, 422);
    assert!(page.body.contains("từ 0 đến dưới 100") && page.body.contains("value=\"&#60;script&#62;\""));
    let page = service.get(&browser, "/bao-cao/thoi-han?from=2026-13-01&to=2026-03-31&late_share=200&lang=en");
    assert_eq!(page.status, 422);
    assert!(page.body.contains("0 to below 100"));
    let json = service.get(&browser, &format!("/api/v1/reports/procedures?{MARCH}&late_share=100"));
    assert_eq!(json.status, 422);
    assert!(json.body.contains("late_share"), "{}", json.body);
    let list = service.get(&browser, &format!("/bao-cao/ho-so?{MARCH}&bucket=received&procedure=9.9"));
    assert_eq!(list.status, 422);
    let list =
        service.get(&browser, &format!("/bao-cao/ho-so?{MARCH}&bucket=received&procedure={THREE_DAYS}&channel=fax"));
    assert_eq!(list.status, 422);
}

#[test]
fn the_list_can_be_ordered_and_narrowed() {
    let service = Service::start();
    nine(&service.app);
    let browser = service.signed_in("giamdoc");
    let second = service.get(&browser, &format!("/bao-cao/thoi-han?{MARCH}&late_share=7.5&show=all&cursor=60")).body;
    let next = second.split("<a class=\"button\" href=\"").find(|link| link.contains("rel=\"next\"")).unwrap();
    for kept in ["late_share=7.50", "show=all", "cursor=120", "as_of=2026"] {
        assert!(next.contains(kept), "{kept} is missing: {next}");
    }
    let rows = |query: &str| {
        let page = service.get(&browser, &format!("/bao-cao/thoi-han?{MARCH}&{query}"));
        assert_eq!(page.status, 200, "{query}");
        page.body.matches("<th scope=\"row\" class=\"text\">").count()
    };
    assert_eq!(rows("show=files"), 1);
    assert_eq!(rows("show=could"), 0, "six results are too few");
    assert_eq!(rows("show=cut"), 0);
    for sort in ["possible", "files", "need", "limit", "name", "%3Cb%3E"] {
        let pages = [0, 60, 120, 180].map(|cursor| rows(&format!("show=all&sort={sort}&cursor={cursor}")));
        assert!(pages[..3] == [60; 3] && pages[3] > 20, "{sort}: {pages:?}");
    }
}
