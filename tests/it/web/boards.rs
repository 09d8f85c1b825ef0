//! The pages where a manager, a supervisor and an officer begin: every number is the length of its list.

use chrono::Duration;
use dunghen::domain::dossier::Step;
use dunghen::office::Actor;

use super::client::{Browser, Service, between};
use super::numbers::{live, rows};
use crate::support::{LAND, THREE_DAYS};

/// Follows every link to a list and compares its length with the number in the link.
fn numbers_are_lists(service: &Service, browser: &Browser, body: &str, prefix: &str) -> usize {
    let mut checked = 0;
    for link in body.split(&format!("href=\"{prefix}?")).skip(1) {
        let (query, rest) = link.split_once('"').unwrap();
        let text = rest.split_once('>').unwrap().1.split("</a>").next().unwrap();
        let text = between(text, "<b>", "</b>").unwrap_or(text);
        let number: usize = text.replace('.', "").parse().unwrap_or_else(|_| panic!("{text}"));
        let path = format!("{prefix}?{}", query.replace("&#38;", "&"));
        let (count, said) = rows(service, browser, &path);
        assert_eq!((count, said), (number, number.to_string()), "{path}");
        checked += 1;
    }
    checked
}

/// `1,20` or `−0,57` in hundredths.
fn hundredths(text: &str) -> i64 {
    text.replace(',', "").replace('−', "-").parse().unwrap_or_else(|_| panic!("{text}"))
}

fn refresh(service: &Service) {
    service.app.office.refresh_figures(service.app.now(), &|_, _| {}).unwrap();
}

#[test]
fn every_number_of_the_managers_page_is_the_length_of_its_list() {
    let service = Service::start();
    live(&service);
    refresh(&service);
    let browser = service.signed_in("giamdoc");
    let page = service.get(&browser, "/dieu-hanh");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Số liệu lúc <b>08:00 09/03/2026</b>"), "{}", page.body);
    let checked = numbers_are_lists(&service, &browser, &page.body, "/bao-cao/ho-so");
    assert!(checked >= 15, "only {checked} numbers");
    let link = between(&page.body, "href=\"/tre-chua-xin-loi?", "</a>").unwrap();
    let (query, number) = link.split_once("\">").unwrap();
    let list = service.get(&browser, &format!("/tre-chua-xin-loi?{}", query.replace("&#38;", "&")));
    assert_eq!(list.status, 200);
    assert_eq!(number, "0");
}

#[test]
fn the_managers_page_is_printed_with_the_same_figures_on_one_sheet() {
    let service = Service::start();
    live(&service);
    let browser = service.signed_in("giamdoc");
    let before = service.get(&browser, "/dieu-hanh.pdf");
    assert_eq!((before.status, before.header("location")), (303, Some("/dieu-hanh")), "nothing is computed yet");
    refresh(&service);
    let page = service.get(&browser, "/dieu-hanh").body;
    let big = between(&page, "<p class=\"big\">", " ").unwrap();
    for (lang, title) in [("vi", "Điều hành tháng 03/2026"), ("en", "Overview of 03/2026")] {
        let printed = service.get(&browser, &format!("/dieu-hanh.pdf?lang={lang}"));
        assert_eq!((printed.status, printed.header("content-type")), (200, Some("application/pdf")));
        let Some(text) = crate::smtp::parts::pdf_text(&printed.bytes) else { continue };
        assert!(text.contains(title), "{text}");
        let share = if lang == "vi" { big.to_owned() } else { big.replace(',', ".") };
        assert!(text.contains(&share), "{share} is missing: {text}");
        assert_eq!(text.matches('\u{c}').count(), 1, "one sheet");
    }
    assert_eq!(service.get(&service.signed_in("motcua"), "/dieu-hanh.pdf").status, 403);
}

#[test]
fn the_contributions_on_the_page_add_up_to_the_gap_on_it() {
    let service = Service::start();
    live(&service);
    refresh(&service);
    let browser = service.signed_in("giamdoc");
    let page = service.get(&browser, "/dieu-hanh").body;
    let mut checked = 0;
    for id in ["h-late-procedures", "h-late-units", "h-online-procedures", "h-online-units"] {
        let section = between(&page, &format!("aria-labelledby=\"{id}\""), "</section>").unwrap();
        let table = section.split("<tbody>").nth(1).unwrap();
        let last_cell = |row: &str| {
            let cell = row.rsplit("<td class=\"num\">").next().unwrap();
            hundredths(cell.trim_start_matches("<b>").split('<').next().unwrap())
        };
        let parts: Vec<i64> = table.split("<tr").skip(1).map(last_cell).collect();
        let (sum, rows) = parts.split_last().unwrap();
        assert_eq!(rows.iter().sum::<i64>(), *sum, "{id}: {parts:?}");
        assert!(*sum > 0, "{id}: the office of the test misses both targets");
        checked += rows.len();
    }
    assert!(checked > 4);
    let tile = between(&page, "aria-labelledby=\"h-1\"", "</section>").unwrap();
    let said = between(tile, "còn thiếu ", " điểm").unwrap();
    let section = between(&page, "aria-labelledby=\"h-late-units\"", "</section>").unwrap();
    assert!(section.contains(&format!("<td class=\"num\"><b>{said}</b></td></tr>")), "the gap is the same: {said}");
}

#[test]
fn figures_say_of_when_they_are_and_are_only_replaced_as_a_whole() {
    let service = Service::start();
    live(&service);
    refresh(&service);
    let browser = service.signed_in("giamdoc");
    service.app.at("2026-03-09 08:45");
    service.app.log(THREE_DAYS, "online").done();
    let page = service.get(&browser, "/dieu-hanh").body;
    assert!(page.contains("08:00 09/03/2026") && page.contains("cũ hơn 30 phút"));
    numbers_are_lists(&service, &browser, &page, "/bao-cao/ho-so");
    assert_eq!(service.post(&browser, "/dieu-hanh/tinh-lai", &[]).status, 303);
    let page = computed(&service, &browser, "08:45 09/03/2026");
    assert!(!page.contains("cũ hơn 30 phút"));
    // In the next month the figures of the last one are not shown as if they were today's.
    service.app.at("2026-04-01 07:30");
    let browser = service.sign_in("giamdoc");
    assert!(computed(&service, &browser, "07:30 01/04/2026").contains("tháng 04/2026"));
}

/// The page once its figures are of that moment: they are computed beside the request.
fn computed(service: &Service, browser: &Browser, as_of: &str) -> String {
    for _ in 0..2_000 {
        let page = service.get(browser, "/dieu-hanh");
        assert_eq!(page.status, 200);
        if page.body.contains(as_of) {
            return page.body;
        }
    }
    panic!("no figures of {as_of}");
}

#[test]
fn the_first_visit_computes_the_figures_and_an_empty_office_has_dashes() {
    let service = Service::start();
    let browser = service.signed_in("giamdoc");
    let page = computed(&service, &browser, "08:00 02/03/2026");
    for tile in ["h-1", "h-2"] {
        let tile = between(&page, &format!("aria-labelledby=\"{tile}\""), "</section>").unwrap();
        assert!(tile.contains("<p class=\"big\">– ") && tile.contains("Chưa có số liệu"), "{tile}");
    }
    for lang in ["vi", "en"] {
        assert_eq!(service.get(&browser, &format!("/dieu-hanh?lang={lang}")).status, 200);
    }
}

/// A unit with late, risky, waiting and unassigned files.
fn unit_at_work(service: &Service) {
    let app = &service.app;
    let said = app.log(THREE_DAYS, "online").done();
    let waits = app.log(THREE_DAYS, "counter").done();
    app.step(&waits.code, &Step::RequestSupplement { note: "bản sao".to_owned() });
    app.log(LAND, "counter").done();
    app.at("2026-03-06 08:00");
    app.sweep();
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-10 08:00");
    app.log(THREE_DAYS, "online").officer("phutrach.vhxh").done();
    app.sweep();
    app.office.say_cost(app.now(), &said.status_token, "Tôi phải nghỉ làm một ngày").unwrap();
}

#[test]
fn every_number_of_a_units_board_is_the_length_of_its_list() {
    let service = Service::start();
    unit_at_work(&service);
    let browser = service.signed_in("phutrach.vhxh");
    let page = service.get(&browser, "/don-vi-toi");
    assert_eq!(page.status, 200);
    let checked = numbers_are_lists(&service, &browser, &page.body, "/don-vi-toi/ho-so");
    assert!(checked >= 5 + 2 * 5, "five of the unit and five of each officer, not {checked}");
    assert!(page.body.contains("Tôi phải nghỉ làm một ngày"), "what a citizen said is there");
    for number in ["phan=qua-han\">", "phan=cho-dan\">", "phan=sap-tre\">"] {
        let tile = between(&page.body, number, "</a>").unwrap();
        assert_ne!(between(tile, "<b>", "</b>").unwrap(), "0", "{number} is not tried");
    }
}

#[test]
fn a_board_shows_who_is_away_and_who_stands_in_and_takes_acknowledgements() {
    let service = Service::start();
    unit_at_work(&service);
    let app = &service.app;
    let days = ("2026-03-09".parse().unwrap(), "2026-03-12".parse().unwrap());
    app.office.set_absence(app.now(), &Actor::CommandLine, "congchuc.vhxh", Some(days)).unwrap();
    let browser = service.signed_in("phutrach.vhxh");
    let page = service.get(&browser, "/don-vi-toi").body;
    let away = between(&page, "aria-labelledby=\"h-away\"", "</section>").unwrap();
    assert!(away.contains("Công chức Văn hóa – Xã hội") && away.contains("chưa có người thay"), "{away}");
    let alerts = between(&page, "aria-labelledby=\"h-alerts\"", "</section>").unwrap();
    let id = between(alerts, "name=\"id\" value=\"", "\"").unwrap();
    let answer = service.post(&browser, "/bao-dong/da-nhan", &[("id", id), ("back", "/don-vi-toi?don-vi=PVHXH")]);
    assert_eq!(answer.header("location"), Some("/don-vi-toi?don-vi=PVHXH"));
    assert!(!service.get(&browser, "/don-vi-toi").body.contains(id));
    for evil in ["https://evil.example", "//evil.example", "/don-vi-toi\r\nX: y"] {
        let answer = service.post(&browser, "/bao-dong/da-nhan", &[("id", id), ("back", evil)]);
        assert_eq!(answer.header("location"), Some("/bao-dong"), "{evil}");
    }
    assert_eq!(service.get(&browser, "/don-vi-toi?don-vi=KHONG").status, 422);
    assert_eq!(service.get(&browser, "/don-vi-toi/ho-so?don-vi=PVHXH&phan=khong").status, 422);
    assert_eq!(service.get(&browser, "/don-vi-toi/ho-so?don-vi=PVHXH&phan=qua-han&can-bo=khong").status, 422);
}

#[test]
fn a_supervisor_without_a_unit_is_led_to_the_list_of_all_files_and_told_why() {
    let service = Service::start();
    service.app.sql("UPDATE units SET supervisor_id = NULL");
    service.app.sql("UPDATE accounts SET unit_id = NULL WHERE username = 'phutrach.vhxh'");
    let browser = service.signed_in("phutrach.vhxh");
    let answer = service.get(&browser, "/don-vi-toi");
    assert_eq!((answer.status, answer.header("location")), (303, Some("/ho-so")));
    assert_eq!(answer.cookie("dunghen_flash"), Some("no-unit"));
}

#[test]
fn a_manager_can_look_at_the_board_of_every_unit() {
    let service = Service::start();
    unit_at_work(&service);
    let browser = service.signed_in("giamdoc");
    let page = service.get(&browser, "/don-vi-toi").body;
    for code in ["TTPVHCC", "PVHXH", "PKT"] {
        assert!(page.contains(&format!("don-vi={code}\"")), "{code}");
        let board = service.get(&browser, &format!("/don-vi-toi?don-vi={code}"));
        assert_eq!(board.status, 200);
        numbers_are_lists(&service, &browser, &board.body, "/don-vi-toi/ho-so");
    }
}

#[test]
fn an_officer_answers_on_their_own_page_whether_a_file_will_be_ready() {
    let service = Service::start();
    let app = &service.app;
    let (kept, late, waits) = (
        app.log(THREE_DAYS, "online").done(),
        app.log(THREE_DAYS, "online").done(),
        app.log(THREE_DAYS, "online").done(),
    );
    app.step(&waits.code, &Step::RequestSupplement { note: "bản sao".to_owned() });
    app.at("2026-03-04 09:00");
    let browser = service.signed_in("congchuc.vhxh");
    let page = service.get(&browser, "/viec-cua-toi").body;
    for code in [&kept.code, &late.code, &waits.code] {
        let shown = page.matches(&format!("<a class=\"mono\" href=\"/ho-so/{code}\">")).count();
        let told_in_head = usize::from(between(&page, "<div class=\"head\">", "</h1>").is_some() && shown == 2);
        assert_eq!(shown - told_in_head, 1, "{code} is in exactly one group");
    }
    assert!(page.contains("17:00 thứ Tư 04/03/2026"), "a delay has to be told today");
    let version = |code: &str| app.row(code).revision.to_string();
    let yes = [("version", version(&kept.code)), ("back", "/viec-cua-toi".to_owned())];
    let fields: Vec<(&str, &str)> = yes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = service.post(&browser, &format!("/ho-so/{}/kip-han", kept.code), &fields);
    assert_eq!(answer.header("location"), Some("/viec-cua-toi"));
    let no = version(&late.code);
    let fields = [
        ("version", no.as_str()),
        ("back", "/viec-cua-toi"),
        ("reason_code", "verification"),
        ("reason", "Chờ xác minh nơi cư trú trước đây"),
    ];
    let answer = service.post(&browser, &format!("/ho-so/{}/tre-hen", late.code), &fields);
    assert_eq!(answer.header("location"), Some("/viec-cua-toi"), "{}", answer.body);
    assert!(app.row(&late.code).new_due_at.is_some());
    let page = service.get(&browser, "/viec-cua-toi").body;
    assert!(!page.contains(&format!("/ho-so/{}/kip-han", kept.code)), "it was answered");
    assert!(!page.contains(&format!("/ho-so/{}/tre-hen", late.code)), "one new date, not two");
    let only = service.get(&browser, "/viec-cua-toi?nhom=cho-dan").body;
    assert!(only.contains(&waits.code) && !only.contains(&format!("href=\"/ho-so/{}\">", late.code)));
}

#[test]
fn who_stands_in_sees_the_files_of_who_is_away() {
    let service = Service::start();
    let app = &service.app;
    let code = app.log(THREE_DAYS, "online").done().code;
    app.sql(
        "UPDATE accounts SET stand_in_id = (SELECT id FROM accounts WHERE username = 'congchuc.kt') \
         WHERE username = 'congchuc.vhxh'",
    );
    let browser = service.signed_in("congchuc.kt");
    assert!(!service.get(&browser, "/viec-cua-toi").body.contains(&code));
    let today = "2026-03-02".parse().unwrap();
    app.office.set_absence(app.now(), &Actor::CommandLine, "congchuc.vhxh", Some((today, today))).unwrap();
    let page = service.get(&browser, "/viec-cua-toi").body;
    assert!(page.contains(&code) && page.contains("thay Công chức Văn hóa – Xã hội"));
    app.advance(Duration::days(1));
    assert!(!service.get(&browser, "/viec-cua-toi").body.contains(&code));
}
