//! The outbox: why messages wait, every attempt with its answer, ways that are down.

use chrono::Duration;
use dunghen::delivery::DeliveryError;

use super::client::{ACCOUNTS, Service, between};
use crate::support::THREE_DAYS;

/// A warning waits; mail has been down for a quarter of an hour.
fn down() -> Service {
    down_with("no <script>alert(1)</script> route")
}

fn down_with(why: &str) -> Service {
    let service = Service::start();
    let app = &service.app;
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-04 08:00");
    app.sweep();
    app.mailbox.goes_down(DeliveryError::Unreachable(why.to_owned()));
    for _ in 0..15 {
        app.dispatch();
        app.advance(Duration::minutes(1));
    }
    service
}

fn ready(service: &Service) -> serde_json::Value {
    serde_json::from_str(&service.send("GET", "/health/ready", &[], "").body).unwrap()
}

#[test]
fn every_page_of_those_who_answer_for_it_says_that_a_way_is_down() {
    let service = down();
    for (username, role) in ACCOUNTS {
        let page = service.get(&service.signed_in(username), "/ho-so").body;
        let told = page.contains("Không gửi được thư điện tử từ 08:00 04/03/2026");
        assert_eq!(told, matches!(role, "manager" | "admin"), "{username}");
    }
    let health = ready(&service);
    assert_eq!((health["status"].as_str(), health["outages"][0]["way"].as_str()), (Some("degraded"), Some("mail")));
    let metrics = service.send("GET", "/metrics", &[], "").body;
    assert!(metrics.contains("dunghen_outage{way=\"mail\"} 1") && metrics.contains("dunghen_outage{way=\"sms\"} 0"));
    let admin = service.signed_in("quantri");
    let page = service.get(&admin, "/hop-di").body;
    assert!(page.contains("Đang hỏng") && page.contains("kênh gửi hỏng từ 08:00 04/03/2026"), "{page}");
    assert!(!page.contains("<script>alert"));
    assert!(service.get(&admin, "/hop-di?lang=en").body.contains("Ways of delivery that failed"));

    service.app.mailbox.comes_back();
    service.app.advance(Duration::minutes(2));
    service.app.dispatch();
    assert!(!service.get(&admin, "/ho-so").body.contains("Không gửi được thư điện tử"));
    assert!(service.get(&admin, "/hop-di").body.contains("Đã khắc phục"));
    assert_eq!(ready(&service)["status"], "ready");
    assert!(service.send("GET", "/metrics", &[], "").body.contains("dunghen_outage{way=\"mail\"} 0"));
}

#[test]
fn a_reason_of_the_program_is_told_in_the_language_of_the_reader() {
    let service = down_with("no answer in time");
    let admin = service.signed_in("quantri");
    for path in ["/hop-di", "/gui-tin"] {
        let page = service.get(&admin, path).body;
        assert!(page.contains("không trả lời kịp") && !page.contains("no answer in time"), "{path}: {page}");
    }
    assert!(service.get(&admin, "/gui-tin?lang=en").body.contains("no answer in time"));
}

#[test]
fn an_alert_about_a_way_names_it_on_the_board_too() {
    let service = down();
    let page = service.get(&service.signed_in("quantri"), "/don-vi-toi").body;
    let alerts = between(&page, "aria-labelledby=\"h-alerts\"", "</section>").unwrap();
    assert!(alerts.contains("thư điện tử") && !alerts.contains("mail-1"), "{alerts}");
}

#[test]
fn the_page_of_a_message_has_each_attempt_and_its_answer() {
    let service = Service::start();
    let app = &service.app;
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-04 08:00");
    app.sweep();
    app.mailbox.refuse_next(DeliveryError::Temporary("451 <b>later</b>".to_owned()));
    app.dispatch();
    let id = app.office.store().read(|conn| dunghen::store::outbox::newest(conn, None, 0, 1)).unwrap().remove(0).id;
    let supervisor = service.signed_in("phutrach.vhxh");
    let path = format!("/hop-di/{id}");
    let page = service.get(&supervisor, &path).body;
    assert!(page.contains("451 &#60;b&#62;later") && page.contains("gửi lúc 08:01 04/03/2026"), "{page}");
    app.advance(Duration::minutes(1));
    app.dispatch();
    let page = service.get(&supervisor, &path).body;
    assert!(page.contains("250 kept as 1") && !page.contains("gửi lúc"), "{page}");
    assert!(service.get(&supervisor, &format!("{path}?lang=en")).body.contains("Attempts and the server"));
    assert_eq!(service.get(&supervisor, "/hop-di/khong-co").status, 404);
    assert_eq!(service.get(&service.signed_in("congchuc.vhxh"), &path).status, 403, "the outbox is not for officers");
}

#[test]
fn at_night_the_outbox_says_when_messages_leave_and_health_is_ready() {
    let service = Service::start();
    let app = &service.app;
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-04 18:30");
    app.sweep();
    app.at("2026-03-04 22:00");
    let page = service.get(&service.signed_in("quantri"), "/hop-di").body;
    assert!(page.contains("ngoài giờ gửi, gửi lúc 07:00 05/03/2026"), "{page}");
    let health = ready(&service);
    assert_eq!((health["status"].as_str(), health["oldest_unsent_age_seconds"].is_null()), (Some("ready"), true));
    assert_eq!(health["sends_from"], "2026-03-05T07:00:00+07:00");
    assert!(service.send("GET", "/metrics", &[], "").body.contains("dunghen_quiet_hours 1"));
}
