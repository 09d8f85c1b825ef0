//! Who may open which door.

use actix_web::http::Method;
use chrono::Duration;
use dunghen::domain::role::{Right, Role};
use dunghen::office::Actor;
use dunghen::web::routes::{self, Access};

use super::client::{ACCOUNTS, PASSWORD, Service, form};
use crate::support::THREE_DAYS;

/// The address of a row, its parts filled with things that exist where that matters.
fn address(path: &str, code: &str) -> String {
    path.replace("{code}", code)
        .replace("{verb}", if path.starts_with("/api") { "return" } else { "tra" })
        .replace("{id}", "none")
        .replace("{token}", "none")
        .replace("{name}", "none")
        .replace("{username}", "none")
        .replace("{report}", "06a")
        .replace("{ending}", "csv")
}

fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

#[test]
fn every_door_opens_to_the_roles_of_its_row_and_to_nobody_else() {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let browsers = service.everybody();
    let mut tried = 0;
    for route in routes::all() {
        let (method, path) = (route.method.as_str(), address(route.path, &code));
        let anonymous = service.send(method, &path, &[], "");
        match route.access {
            Access::Public => {
                assert!(![303, 401, 403].contains(&anonymous.status) || path == "/dang-nhap", "{route:?}");
            }
            Access::SignedIn | Access::Needs(_) | Access::Leads(_) | Access::Across(_) if is_api(&path) => {
                assert_eq!(anonymous.status, 401, "{route:?}");
            }
            Access::SignedIn | Access::Needs(_) | Access::Leads(_) | Access::Across(_) => {
                assert_eq!(anonymous.status, 303, "{route:?}");
                assert!(anonymous.header("location").unwrap().starts_with("/dang-nhap?tiep="), "{route:?}");
            }
        }
        for (username, role) in ACCOUNTS {
            let allowed = match route.access {
                Access::Public | Access::SignedIn => true,
                // One agency leads itself, and there are no others to look at.
                Access::Needs(right) | Access::Leads(right) => role.parse::<Role>().unwrap().may(right),
                Access::Across(_) => false,
            };
            let browser = if path == "/dang-xuat" { service.sign_in(username) } else { browsers[role].clone() };
            let answer = if route.method == Method::POST && !is_api(&path) && path != "/dang-nhap" {
                service.post(&browser, &path, &[])
            } else {
                service.send(method, &path, &[("Cookie", &browser.cookie)], "")
            };
            if allowed && path != "/dang-nhap" {
                assert!(![401, 403].contains(&answer.status), "{role} at {route:?}: {}", answer.status);
                assert!(answer.status != 500, "{role} at {route:?}: {}", answer.body);
            } else if !allowed {
                assert_eq!(answer.status, 403, "{role} at {route:?}");
            }
            tried += 1;
        }
    }
    assert!(tried > 150, "only {tried} doors were tried");
}

#[test]
fn an_api_token_opens_what_its_account_may_open() {
    let service = Service::start();
    let now = service.app.now();
    let bearer = |username: &str| {
        let token = service.app.office.add_token(now, &Actor::CommandLine, username, username).unwrap();
        format!("Bearer {token}")
    };
    let (clerk, manager) = (bearer("motcua"), bearer("giamdoc"));
    let report = "/api/v1/reports/summary?from=2026-03-01&to=2026-03-31";
    assert_eq!(service.send("GET", report, &[("Authorization", &manager)], "").status, 200);
    assert_eq!(service.send("GET", report, &[("Authorization", &clerk)], "").status, 403);
    assert_eq!(service.send("GET", report, &[("Authorization", "Bearer guessed")], "").status, 401);
}

#[test]
fn a_form_without_its_token_or_from_another_site_changes_nothing() {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let browser = service.signed_in("quantri");
    let own = [("csrf", browser.csrf.as_str())];
    let mut tried = 0;
    for route in routes::all().filter(|route| route.method == Method::POST && !is_api(route.path)) {
        let path = address(route.path, &code);
        let foreign = [("Cookie", browser.cookie.as_str()), ("Origin", "https://evil.example")];
        assert_eq!(service.send("POST", &path, &foreign, &form(&own)).status, 403, "{route:?} from another site");
        let sneaked = [("Cookie", browser.cookie.as_str()), ("Sec-Fetch-Site", "cross-site")];
        assert_eq!(service.send("POST", &path, &sneaked, &form(&own)).status, 403, "{route:?} across sites");
        for body in ["", "csrf=", "csrf=guessed"] {
            let answer = service.send("POST", &path, &[("Cookie", &browser.cookie)], body);
            assert_eq!(answer.status, 403, "{route:?} with {body:?}");
            assert!(answer.header("content-type").unwrap().starts_with("text/html"), "{route:?}");
        }
        tried += 1;
    }
    assert!(tried >= 8, "only {tried} forms were tried");
    assert_eq!(service.app.row(&code).revision, 0);
    assert_eq!(service.get(&browser, "/ho-so").status, 200, "still signed in");
}

#[test]
fn after_five_wrong_passwords_the_right_one_waits_too() {
    let service = Service::start();
    service.set_password("motcua");
    for _ in 0..4 {
        assert_eq!(service.try_sign_in("motcua", "wrong-password").status, 401);
    }
    assert_eq!(service.try_sign_in("motcua", "wrong-password").status, 429);
    let locked = service.try_sign_in("motcua", PASSWORD);
    assert_eq!(locked.status, 429);
    assert!(locked.cookie("dunghen_session").is_none());
    assert!(locked.body.contains("phút"), "{}", locked.body);
    service.app.advance(Duration::minutes(16));
    assert_eq!(service.try_sign_in("motcua", PASSWORD).status, 303);
}

#[test]
fn a_wrong_name_and_a_wrong_password_are_told_alike() {
    let service = Service::start();
    service.set_password("motcua");
    let (known, unknown) = (service.try_sign_in("motcua", "x"), service.try_sign_in("nobody", "x"));
    assert_eq!((known.status, unknown.status), (401, 401));
    assert_eq!(known.body.replace("motcua", "?"), unknown.body.replace("nobody", "?"));
}

#[test]
fn signing_in_leads_back_to_a_page_of_this_site_only() {
    let service = Service::start();
    service.set_password("motcua");
    for (next, expected) in
        [("/thu?state=sent", "/thu?state=sent"), ("//evil.example", "/"), ("https://evil.example", "/")]
    {
        let fields = [("username", "motcua"), ("password", PASSWORD), ("next", next)];
        let answer = service.send("POST", "/dang-nhap", &[], &form(&fields));
        assert_eq!(answer.header("location"), Some(expected), "{next}");
        let cookie = answer.head.lines().find(|line| line.contains("dunghen_session=")).unwrap();
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
            "{cookie}"
        );
    }
}

#[test]
fn after_signing_out_the_old_cookie_opens_nothing() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    assert_eq!(service.post(&browser, "/dang-xuat", &[]).status, 303);
    assert_eq!(service.get(&browser, "/ho-so").status, 303);
}

#[test]
fn each_role_begins_where_its_work_is() {
    let service = Service::start();
    let browsers = service.everybody();
    for (role, home) in [
        ("clerk", "/ho-so"),
        ("officer", "/viec-cua-toi"),
        ("supervisor", "/don-vi-toi"),
        ("manager", "/dieu-hanh"),
        ("admin", "/ho-so"),
    ] {
        assert_eq!(service.get(&browsers[role], "/").header("location"), Some(home), "{role}");
    }
    assert!(!Role::Manager.may(Right::Intake));
    assert!(!service.get(&browsers["manager"], "/ho-so").body.contains("/ho-so/moi"), "no door that stays shut");
}
