//! Closing a period on its page and by the API; the bytes behind the printed hash.

use sha2::{Digest, Sha256};

use super::client::{Service, between};
use super::numbers::{links_fit, live};

fn sha256(text: &str) -> String {
    dunghen::store::journal::hex(&Sha256::digest(text.as_bytes()))
}

#[test]
fn a_period_is_looked_at_signed_and_downloaded_under_its_printed_hash() {
    let service = Service::start();
    live(&service);
    let manager = service.signed_in("giamdoc");
    let page = service.get(&manager, "/ky-bao-cao/2026-02");
    assert_eq!(page.status, 200, "{}", page.body);
    let seen = between(&page.body, "name=\"seen\" value=\"", "\"").unwrap().to_owned();
    let close = |fields: &[(&str, &str)]| service.post(&manager, "/ky-bao-cao/2026-02/chot", fields).status;
    assert_eq!(close(&[("seen", &seen), ("shape", "calendar")]), 422, "without the tick");
    assert_eq!(close(&[("seen", "others"), ("shape", "calendar"), ("agree", "yes")]), 409);
    assert_eq!(close(&[("seen", &seen), ("shape", "calendar"), ("agree", "yes")]), 303);
    assert_eq!(close(&[("seen", &seen), ("shape", "calendar"), ("agree", "yes")]), 409, "once");
    let page = service.get(&manager, "/ky-bao-cao/2026-02?shape=calendar");
    let printed = between(&page.body, "<code>", "</code>").unwrap();
    let signed = service.get(&manager, "/ky-bao-cao/2026-02/goc.json?shape=calendar");
    assert_eq!((signed.status, sha256(&signed.body).as_str()), (200, printed));
    assert_eq!(signed.header("etag"), Some(format!("\"{printed}\"").as_str()));
    let files: Vec<&str> = page.body.split("href=\"").filter_map(|rest| rest.split('"').next()).collect();
    let files: Vec<&&str> = files.iter().filter(|href| href.contains("/bieu/") && href.contains("2026-02")).collect();
    assert_eq!(files.len(), 12 * 3, "each signed report in three formats");
    for href in files {
        let file = service.get(&manager, href);
        let kinds = [(".csv", "text/csv"), (".xlsx", "spreadsheetml"), (".pdf", "application/pdf")];
        let (_, kind) = kinds.into_iter().find(|(ending, _)| href.contains(ending)).unwrap();
        assert!(file.status == 200 && file.header("content-type").is_some_and(|found| found.contains(kind)), "{href}");
        if kind == "text/csv" {
            assert!(file.body.contains(printed) && file.body.lines().count() > 3, "{href}: {}", file.body);
        }
    }
    assert!(links_fit(&service, &manager, "/ky-bao-cao/2026-02?shape=calendar") >= 40, "each number opens its list");
    let delta = service.get(&manager, "/ky-bao-cao/2026-02/chenh-lech?shape=calendar");
    assert!(delta.status == 200 && delta.body.contains("Không có chênh lệch"), "{}", delta.body);
    let list = service.get(&manager, "/ky-bao-cao");
    assert!(list.status == 200 && list.body.contains("Đã chốt"));
}

#[test]
fn a_period_that_runs_or_is_none_is_said_with_the_remedy() {
    let service = Service::start();
    live(&service);
    let manager = service.signed_in("giamdoc");
    let runs = service.get(&manager, "/ky-bao-cao/2026-03");
    assert!(runs.status == 409 && runs.body.contains("01/04/2026"), "{}", runs.body);
    for wrong in ["2026-13", "x", "2026-Q9"] {
        assert_eq!(service.get(&manager, &format!("/ky-bao-cao/{wrong}")).status, 422, "{wrong}");
    }
    let supervisor = service.signed_in("phutrach.mc");
    assert_eq!(service.post(&supervisor, "/ky-bao-cao/2026-02/chot", &[("seen", "x")]).status, 403);
}
