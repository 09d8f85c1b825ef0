//! Both limits on the pages, the machine interface and the command line's lists.

use dunghen::domain::channel::Channel;
use dunghen::domain::limit::LimitKind;
use dunghen::office::Actor;

use super::client::{Browser, Service, between};
use crate::support::{Given, THREE_DAYS, commitment, statutory};

/// 5 working days by law, 3 by commitment, received Monday 2 March 08:00.
fn committed() -> (Service, Browser, String) {
    let service = Service::start();
    service.app.limits(THREE_DAYS, &[statutory("5 working_day"), commitment("3 working_day")]);
    let code = service.app.log(THREE_DAYS, "online").done().code;
    let browser = service.signed_in("giamdoc");
    (service, browser, code)
}

#[test]
fn the_pages_tell_the_promise_and_the_law_apart() {
    let (service, browser, code) = committed();
    let page = service.get(&browser, &format!("/ho-so/{code}")).body;
    let dates = between(&page, "<section class=\"dates\"", "</section>").unwrap();
    for part in ["(cam kết)", "17:00 thứ Năm 05/03/2026", "Hạn theo quy định", "17:00 thứ Hai 09/03/2026"] {
        assert!(dates.contains(part), "{part}: {dates}");
    }
    assert!(!page.contains("trong hạn luật định"), "nothing is late yet");
    let receipt = service.get(&browser, &format!("/ho-so/{code}/bien-nhan")).body;
    assert!(receipt.contains("5 ngày làm việc theo quy định; cơ quan cam kết 3 ngày làm việc"), "{receipt}");

    service.app.at("2026-03-06 09:00");
    let browser = service.sign_in("giamdoc");
    let page = service.get(&browser, &format!("/ho-so/{code}")).body;
    assert!(page.contains("quá hẹn nhưng trong hạn luật định"), "{page}");
    assert!(service.get(&browser, "/ho-so?state=overdue").body.contains("quá hẹn nhưng trong hạn luật định"));
    service.app.at("2026-03-10 09:00");
    let browser = service.sign_in("giamdoc");
    assert!(service.get(&browser, "/ho-so?state=overdue").body.contains("quá cả hạn luật định"));
    let late = service.get(&browser, "/bao-cao/ho-so?from=2026-03-01&to=2026-03-31&bucket=late_all").body;
    for part in ["17:00 thứ Năm 05/03/2026", "quá 3 ngày làm việc", "17:00 09/03/2026", "quá 1 ngày làm việc"]
    {
        assert!(late.contains(part), "{part}: {late}");
    }
    let report = service.get(&browser, "/bao-cao?from=2026-03-01&to=2026-03-31").body;
    let of_the_law = |part: &&str| part.contains("statutory_late");
    let line = report.split("<p class=\"by-law\">").skip(1).find(of_the_law).unwrap();
    assert!(line.contains("0,00%") && line.contains("bucket=statutory_late\">1<"), "{line}");
}

#[test]
fn a_promise_by_the_law_alone_is_shown_as_before() {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "online").done().code;
    service.app.at("2026-03-06 09:00");
    let browser = service.signed_in("giamdoc");
    for path in [format!("/ho-so/{code}"), "/ho-so?state=overdue".to_owned()] {
        let page = service.get(&browser, &path).body;
        assert!(page.contains(&code) && page.contains("Quá hạn"), "{page}");
        assert!(!page.contains("luật định") && !page.contains("cam kết") && !page.contains("Hạn theo"), "{page}");
    }
}

#[test]
fn the_preview_at_intake_shows_the_limits_of_the_channel() {
    let service = Service::start();
    let online: Given = (LimitKind::Commitment, Some(Channel::Online), "2 working_day");
    service.app.limits(THREE_DAYS, &[statutory("5 working_day"), online]);
    let browser = service.signed_in("motcua");
    let option = |channel: &str| {
        let page = service.get(&browser, &format!("/thu-tuc?fragment=1&q={THREE_DAYS}&channel={channel}")).body;
        let value = |name: &str| between(&page, &format!("data-{name}=\""), "\"").unwrap().to_owned();
        [value("limit"), value("commitment"), value("promise"), value("by-law")]
    };
    let told = option("online");
    assert_eq!(told, ["5 ngày làm việc", "2 ngày làm việc", "17:00 thứ Tư 04/03/2026", "17:00 thứ Hai 09/03/2026"]);
    assert_eq!(option("counter"), ["5 ngày làm việc", "", "17:00 thứ Hai 09/03/2026", ""]);
    assert_eq!(option("pigeon"), option("counter"));
    let fields = [("step", "preview"), ("procedure_code", THREE_DAYS), ("channel", "online")];
    let page = service.post(&browser, "/ho-so", &fields).body;
    let preview = between(&page, "id=\"promise\"", "</dl>").unwrap();
    for part in ["5 ngày làm việc", "2 ngày làm việc", "04/03/2026", "09/03/2026"] {
        assert!(preview.contains(part), "{part}: {preview}");
    }
}

#[test]
fn the_machine_interface_tells_both_dates_and_both_verdicts() {
    let (service, _, code) = committed();
    let now = service.app.now();
    let token = service.app.office.add_token(now, &Actor::CommandLine, "giamdoc", "thử").unwrap();
    let get = |path: &str| -> serde_json::Value {
        let answer = service.send("GET", path, &[("Authorization", &format!("Bearer {token}"))], "");
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    service.app.at("2026-03-06 09:00");
    let dossier = get(&format!("/api/v1/dossiers/{code}"));
    assert_eq!(dossier["due_at"], "2026-03-05T17:00:00+07:00");
    assert_eq!(dossier["statutory_due_at"], "2026-03-09T17:00:00+07:00");
    assert_eq!((&dossier["timeliness"], &dossier["late_by_statute"]), (&"overdue".into(), &false.into()));
    service.app.at("2026-03-10 09:00");
    assert_eq!(get(&format!("/api/v1/dossiers/{code}"))["late_by_statute"], true);
    let report = get("/api/v1/reports/summary?from=2026-03-01&to=2026-03-31");
    let statutory = serde_json::json!({ "late": 1, "on_time_rate": { "of": 0, "total": 1, "percent": "0.00" } });
    assert_eq!(report["statutory"], statutory);
}
