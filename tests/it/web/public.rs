//! What everybody may read, as a stranger reads it.

use dunghen::web::visits::PER_MINUTE;

use super::client::{Answer, Service, between};
use crate::support::{LAND, SAME_DAY, THREE_DAYS};

const NAME: &str = "Đặng Thị Rất Riêng Tư";
const PHONE: &str = "0987 654 321";

fn log(service: &Service, procedure: &str) -> String {
    let mut intake = service.app.log(procedure, "counter").name(NAME).email("rieng.tu@example.invalid");
    intake.form.applicant_phone = PHONE.to_owned();
    intake.done().code
}

fn look(service: &Service, path: &str) -> Answer {
    service.send("GET", path, &[], "")
}

fn tells_nobody(body: &str) {
    for secret in [NAME, "Riêng Tư", "0987", "rieng.tu", "Thôn 3", "/ho-so/", "/tra-cuu/"] {
        assert!(!body.contains(secret), "{secret} is told");
    }
}

#[test]
fn the_board_shows_codes_and_initials_and_nothing_else_of_anybody() {
    let service = Service::start();
    let late = log(&service, THREE_DAYS);
    service.app.at("2026-03-06 08:00");
    service.app.sweep();
    let ready = log(&service, SAME_DAY);
    service.app.resolve(&ready);
    let today = log(&service, SAME_DAY);
    service.app.advance(chrono::Duration::minutes(2));
    for lang in ["vi", "en"] {
        let board = look(&service, &format!("/bang-thong-bao?lang={lang}"));
        assert_eq!(board.status, 200);
        tells_nobody(&board.body);
        let panels: Vec<&str> = board.body.split("<section class=\"panel").skip(1).collect();
        for (panel, code) in panels.iter().zip([&ready, &today, &late]) {
            assert!(panel.contains(code.as_str()) && panel.contains("Đ.T.R.R.T."), "{code}: {panel}");
            assert_eq!(panel.matches("<li>").count(), 1);
        }
    }
    service.app.step(&ready, &dunghen::domain::dossier::Step::Return);
    assert!(look(&service, "/bang-thong-bao").body.contains(&ready), "what was read serves everybody for a minute");
    service.app.advance(chrono::Duration::minutes(2));
    assert!(!look(&service, "/bang-thong-bao").body.contains(&ready), "it was collected");
}

#[test]
fn a_long_board_turns_through_all_of_it_and_begins_anew() {
    let service = Service::start();
    let codes: Vec<String> = (0..19).map(|_| log(&service, SAME_DAY)).collect();
    let (mut path, mut seen) = ("/bang-thong-bao".to_owned(), String::new());
    for _ in 0..3 {
        let board = look(&service, &path).body;
        seen.push_str(&board);
        path = between(&board, "data-turn-to=\"", "\"").unwrap().to_owned();
    }
    assert_eq!(path, "/bang-thong-bao?trang=1");
    for code in &codes {
        assert_eq!(seen.matches(&format!(">{code}<")).count(), 1, "{code}");
    }
    for odd in ["/bang-thong-bao?trang=0", "/bang-thong-bao?trang=99"] {
        assert_eq!(look(&service, odd).status, 200, "{odd}");
    }
}

#[test]
fn statistics_of_few_files_are_withheld() {
    let service = Service::start();
    for _ in 0..4 {
        log(&service, LAND);
    }
    let codes: Vec<String> = (0..6).map(|_| log(&service, THREE_DAYS)).collect();
    service.app.at("2026-03-03 09:00");
    for code in &codes[..3] {
        service.app.resolve(code);
    }
    service.app.at("2026-03-20 09:00");
    for code in &codes[3..5] {
        service.app.resolve(code);
    }
    service.app.advance(chrono::Duration::seconds(1));
    service.app.office.refresh_statistics(service.app.now()).unwrap();
    let page = look(&service, "/thong-ke");
    assert_eq!(page.status, 200);
    tells_nobody(&page.body);
    assert!(page.body.contains(THREE_DAYS) && !page.body.contains(LAND), "{}", page.body);
    assert!(page.body.contains("1 thủ tục khác có ít hơn 5 hồ sơ"));
    let row = page.body.split(THREE_DAYS).nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(row.contains(">6<"), "{row}");
    assert!(row.contains("50%") || row.contains("50,00%"), "three of five finished and one overdue: {row}");
    assert!(row.contains("1 ngày làm việc"), "half of them took a day: {row}");
}

#[test]
fn the_first_visitor_makes_the_statistics() {
    let service = Service::start();
    for _ in 0..6 {
        log(&service, THREE_DAYS);
    }
    service.app.advance(chrono::Duration::seconds(1));
    let found = (0..50).any(|_| look(&service, "/thong-ke").body.contains(THREE_DAYS));
    assert!(found);
}

#[test]
fn public_pages_can_be_switched_off_and_are_limited() {
    let service = Service::with("[public]\nboard = false\nstatistics = false\n");
    assert_eq!(look(&service, "/bang-thong-bao").status, 404);
    assert_eq!(look(&service, "/thong-ke").status, 404);
    let service = Service::start();
    for _ in 0..PER_MINUTE {
        assert_eq!(look(&service, "/bang-thong-bao").status, 200);
    }
    let refused = look(&service, "/thong-ke");
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").is_some());
}
