//! The queue at work: found while typing, ordered, paged both ways, filters kept by name, many at once.

use dunghen::domain::dossier::Step;
use dunghen::domain::time::Instant;
use dunghen::office::queue::Horizon;
use dunghen::store::dossiers::{self, Ends, Filter, Part};

use super::client::{Browser, Service, between, form};
use crate::support::{LAND, NO_LIMIT, SAME_DAY, THREE_DAYS};

/// Codes of a page's rows, in order.
fn codes(page: &str) -> Vec<String> {
    page.split("class=\"code\"><a href=\"/ho-so/")
        .skip(1)
        .map(|row| row.split('"').next().unwrap().to_owned())
        .collect()
}

fn link(page: &str, rel: &str) -> Option<String> {
    let before = page.split(&format!("rel=\"{rel}\"")).next().filter(|before| before.len() < page.len())?;
    Some(before.rsplit("href=\"").next()?.split('"').next()?.replace("&#38;", "&"))
}

fn found(service: &Service, browser: &Browser, q: &str) -> String {
    let answer = service.get(browser, &format!("/tim?{}", form(&[("q", q)])));
    assert_eq!(answer.status, 200, "{q}");
    answer.body
}

#[test]
fn a_dossier_is_found_by_any_words_in_any_order_by_its_codes_end_and_by_its_telephone() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let mut intake = service.app.log(THREE_DAYS, "counter").name("Đặng Thị Ngọc Ánh");
    intake.form.applicant_phone = "0912 345 678".to_owned();
    let code = intake.done().code;
    let other = service.app.log(THREE_DAYS, "counter").name("Đặng Văn Bình").done().code;
    let end = code.split_once('-').unwrap().1;
    for q in [
        "dang ngoc",
        "ÁNH đặng",
        "anh thi ngo",
        &code,
        &code.to_lowercase(),
        end,
        "0912345678",
        "0912 345",
        "+84 912 345 678",
        "345678",
    ] {
        let hits = found(&service, &browser, q);
        assert!(hits.contains(&code) && hits.contains("role=\"option\""), "{q}: {hits}");
        assert!(!hits.contains(&other), "{q}");
        let page = service.get(&browser, &format!("/ho-so?{}", form(&[("state", "all"), ("q", q)]))).body;
        assert_eq!(codes(&page), [code.as_str()], "{q}");
    }
    for q in ["dang", "da ngoc", "van ng", "g thi", "%", "_", "", "   ", "2345678", "<script>"] {
        let hits = found(&service, &browser, q);
        assert_eq!(hits.contains(&code), q == "dang", "{q}: {hits}");
    }
    let token = service.app.office.add_token(service.app.now(), &dunghen::office::Actor::CommandLine, "motcua", "t");
    let bearer = format!("Bearer {}", token.unwrap());
    let listed = service.send("GET", "/api/v1/dossiers?q=anh+dang", &[("Authorization", &bearer)], "");
    assert!(listed.body.contains(&code) && !listed.body.contains(&other), "{}", listed.body);
}

#[test]
fn a_corrected_telephone_is_found_and_the_old_one_is_not() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let fields = [
        ("version", "0"),
        ("applicant_phone", "0987 000 999"),
        ("applicant_email", "moi@example.invalid"),
        ("applicant_address", "Thôn 3"),
    ];
    let answer = service.post(&browser, &format!("/ho-so/{code}/lien-he"), &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(found(&service, &browser, "0987000").contains(&code));
    assert!(found(&service, &browser, "moi@example").contains(&code));
    assert!(!found(&service, &browser, "0900000001").contains(&code));
    assert!(found(&service, &browser, "thu nghiem").contains(&code), "the name stays");
}

#[test]
fn the_counts_of_the_chips_are_those_of_the_lists() {
    let service = Service::start();
    let app = &service.app;
    app.at("2026-03-02 08:00");
    for procedure in [THREE_DAYS, THREE_DAYS, NO_LIMIT, LAND, SAME_DAY] {
        app.log(procedure, "counter").done();
    }
    let waits = app.log(THREE_DAYS, "online").done();
    app.step(&waits.code, &Step::RequestSupplement { note: "giấy khai sinh".to_owned() });
    let late = app.log(SAME_DAY, "online").done();
    let closed = app.log(SAME_DAY, "online").done();
    app.resolve(&closed.code);
    app.at("2026-03-03 08:00");
    // A pause that began after the promise had passed hides no lateness.
    app.step(&late.code, &Step::RequestSupplement { note: "bản sao".to_owned() });
    for moment in ["2026-03-03 08:00", "2026-03-04 17:30", "2026-03-09 09:00"] {
        counts_agree(&service, app.at(moment));
    }
}

fn counts_agree(service: &Service, now: Instant) {
    let store = service.app.office.store();
    let Horizon { now, today_ends: today, tomorrow_ends: tomorrow, week_ends: week } = Horizon::of(now);
    let rules = store.read(|conn| service.app.office.rules(conn)).unwrap();
    let unit = rules.units.iter().find(|unit| !unit.sectors.is_empty()).map(|unit| unit.id.clone());
    let officer = rules.person_named("congchuc.vhxh").map(|who| who.id.clone());
    let mut some = 0;
    for (unit_id, officer_id) in [(None, None), (unit.clone(), None), (None, officer.clone()), (unit, officer)] {
        let count = |part| {
            let filter = Filter { part, unit_id: unit_id.clone(), officer_id: officer_id.clone(), ..Filter::default() };
            store.read(|conn| dossiers::count(conn, &filter)).unwrap()
        };
        let ends = Ends { now, today, tomorrow, week };
        let counts =
            store.read(|conn| dossiers::counts(conn, ends, unit_id.as_deref(), officer_id.as_deref())).unwrap();
        assert_eq!(counts.open, count(Part::Open));
        assert_eq!(counts.overdue, count(Part::Overdue(now)));
        assert_eq!(counts.today, count(Part::DueBetween(now, today)));
        assert_eq!(counts.tomorrow, count(Part::DueBetween(today, tomorrow)));
        assert_eq!(counts.week, count(Part::DueBetween(now, week)));
        assert_eq!(counts.waiting, count(Part::Waiting));
        assert_eq!(counts.without_promise, count(Part::WithoutPromise));
        assert_eq!(counts.hand_over, count(Part::AwaitingHandOver));
        assert_eq!(counts.consultation, count(Part::ConsultationLate(now)));
        some += counts.open + counts.overdue + counts.waiting;
    }
    assert!(some > 0, "something is counted");
}

#[test]
fn the_list_is_ordered_both_ways_and_paged_both_ways() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let mut logged = Vec::new();
    for at in 0..70 {
        let procedure = if at % 10 == 0 { NO_LIMIT } else { [THREE_DAYS, LAND][at % 2] };
        service.app.advance(chrono::Duration::minutes(1));
        logged.push(service.app.log(procedure, "counter").done().code);
    }
    for sort in ["due_at", "-due_at", "-received_at", "received_at"] {
        let first = service.get(&browser, &format!("/ho-so?sort={sort}")).body;
        assert!(link(&first, "prev").is_none(), "{sort}");
        let next = link(&first, "next").unwrap();
        let second = service.get(&browser, &next).body;
        assert!(link(&second, "next").is_none(), "{sort}");
        let all = [codes(&first), codes(&second)].concat();
        assert_eq!(all.len(), 70, "{sort}");
        let mut sorted = all.clone();
        sorted.sort();
        let mut expected = logged.clone();
        expected.sort();
        assert_eq!(sorted, expected, "{sort}: every dossier once");
        let back = service.get(&browser, &link(&second, "prev").unwrap()).body;
        assert_eq!(codes(&back), codes(&first), "{sort}: the way back");
        assert!(link(&back, "prev").is_none() && link(&back, "next") == Some(next), "{sort}");
        match sort {
            "received_at" => assert_eq!(all, logged),
            "-received_at" => assert!(all.iter().eq(logged.iter().rev())),
            "due_at" => assert!(all[63..].iter().all(|code| service.app.row(code).due_at.is_none())),
            _ => assert!(all[..7].iter().all(|code| service.app.row(code).due_at.is_none())),
        }
    }
}

#[test]
fn a_filter_is_saved_by_name_shared_renamed_and_deleted_by_its_owner_only() {
    let service = Service::start();
    let (owner, other) = (service.signed_in("motcua"), service.signed_in("congchuc.vhxh"));
    let query = "state=overdue&unit=VHXH&cursor=abc&csrf=x&q=%C4%91%E1%BA%A5t";
    let saved = service.post(&owner, "/bo-loc", &[("name", "  Đất   quá hạn "), ("query", query)]);
    let to = saved.header("location").unwrap().to_owned();
    assert_eq!(to, "/ho-so?state=overdue&officer=&unit=VHXH&q=%C4%91%E1%BA%A5t", "filters alone are kept");
    let page = service.get(&owner, &to).body;
    assert!(page.contains("aria-current=\"true\">Đất quá hạn</a>"), "its name stands above the list");
    assert!(!service.get(&other, "/ho-so").body.contains("Đất quá hạn"), "each person's own");

    let manage = service.get(&owner, "/bo-loc").body;
    let id = between(&manage, "action=\"/bo-loc/", "/ten\"").unwrap().to_owned();
    assert!(manage.contains(&format!("/bo-loc/{id}\"")), "a link to pass on");
    let opened = service.get(&other, &format!("/bo-loc/{id}"));
    assert_eq!((opened.status, opened.header("location")), (303, Some(to.as_str())));

    let twice = service.post(&owner, "/bo-loc", &[("name", "Đất quá hạn"), ("query", "state=today")]);
    assert_eq!(twice.status, 422);
    assert!(twice.body.contains("id=\"name-error\"") && twice.body.contains("value=\"state=today&#38;officer=\""));
    for name in ["", &"x".repeat(61)] {
        assert_eq!(service.post(&owner, "/bo-loc", &[("name", name), ("query", "")]).status, 422);
    }
    for (path, fields) in [("ten", vec![("name", "Của tôi")]), ("xoa", vec![])] {
        assert_eq!(service.post(&other, &format!("/bo-loc/{id}/{path}"), &fields).status, 404, "{path}");
    }
    let renamed = service.post(&owner, &format!("/bo-loc/{id}/ten"), &[("name", "<script>alert(1)</script>")]);
    assert_eq!(renamed.status, 303);
    let page = service.get(&owner, "/ho-so").body;
    assert!(!page.contains("<script>alert") && page.contains("&#60;script&#62;alert(1)"));
    assert_eq!(service.post(&owner, &format!("/bo-loc/{id}/ten"), &[("name", " ")]).status, 422);
    assert_eq!(service.post(&owner, &format!("/bo-loc/{id}/xoa"), &[]).status, 303);
    assert_eq!(service.get(&other, &format!("/bo-loc/{id}")).status, 404);
}

#[test]
fn a_step_on_several_is_taken_or_refused_for_each_alone() {
    let service = Service::start();
    let browser = service.signed_in("congchuc.vhxh");
    let app = &service.app;
    let (one, two) = (app.log(THREE_DAYS, "counter").done(), app.log(THREE_DAYS, "online").done());
    let closed = app.resolve(&app.log(SAME_DAY, "counter").done().code);
    let moved = app.log(THREE_DAYS, "counter").done();
    app.step(&moved.code, &Step::ConfirmReady);
    let tick = |revision: i32, code: &str| format!("{revision}/{code}");
    let files = [
        tick(one.revision, &one.code),
        tick(two.revision, &two.code),
        tick(closed.revision, &closed.code),
        tick(moved.revision, &moved.code),
        "0/X-KHONG-CO".to_owned(),
        "vô lý".to_owned(),
    ];
    let mut fields = vec![("act", "ket-qua"), ("back", "/ho-so?state=today")];
    fields.extend(files.iter().map(|file| ("file", file.as_str())));
    let page = service.post(&browser, "/ho-so-nhieu", &fields);
    assert_eq!(page.status, 200, "{}", page.body);
    let said = |code: &str| between(&page.body, &format!("/ho-so/{code}\">"), "</tr>").unwrap().to_owned();
    assert!(said(&closed.code).contains("đã giải quyết"), "why: {}", said(&closed.code));
    assert!(said(&moved.code).contains("Có người vừa cập nhật"), "somebody was faster");
    assert!(said("X-KHONG-CO").contains("Không tìm thấy"));
    assert_eq!((page.body.matches("badge good").count(), page.body.matches("badge bad").count()), (2, 3));
    assert!(page.body.contains("href=\"/ho-so?state=today\"") && page.body.contains("không có nút hoàn tác"));
    assert!([&one, &two].iter().all(|row| app.row(&row.code).closed_at.is_some()));
    assert!(app.row(&moved.code).closed_at.is_none());

    let english = service.post(&browser, "/ho-so-nhieu?lang=en", &[("act", "ket-qua"), ("file", "0/X-KHONG-CO")]).body;
    assert!(english.contains("Not found") && !english.contains("Không tìm thấy"), "{english}");

    let nothing = service.post(&browser, "/ho-so-nhieu", &[("act", "ket-qua"), ("back", "//evil.example")]);
    assert_eq!(nothing.status, 422);
    assert!(nothing.body.contains("Chưa chọn hồ sơ") && !nothing.body.contains("evil.example"));
    let unknown = service.post(&browser, "/ho-so-nhieu", &[("act", "xoa"), ("file", &files[0])]);
    assert_eq!(unknown.status, 422);
}

#[test]
fn a_result_of_several_is_on_paper_or_electronic_as_it_was_chosen() {
    let service = Service::start();
    let browser = service.signed_in("congchuc.vhxh");
    for (act, electronic) in [("ket-qua", false), ("ket-qua-dien-tu", true)] {
        let row = service.app.log(THREE_DAYS, "online").done();
        let file = format!("{}/{}", row.revision, row.code);
        assert_eq!(service.post(&browser, "/ho-so-nhieu", &[("act", act), ("file", &file)]).status, 200);
        let row = service.app.row(&row.code);
        assert_eq!((row.closed_at.is_some(), row.e_result), (true, electronic), "{act}");
    }
}

#[test]
fn each_paper_that_a_dossier_offers_can_be_made_with_its_own_form() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let code = service.app.log(THREE_DAYS, "counter").done().code;
    let page = service.get(&browser, &format!("/ho-so/{code}")).body;
    let forms: Vec<&str> = page.split(&format!("action=\"/ho-so/{code}/giay/")).skip(1).collect();
    assert!(forms.len() >= 2, "receipt and control slip: {page}");
    for form in forms {
        let kind = form.split('"').next().unwrap();
        let form = form.split("</form>").next().unwrap();
        let occasion = between(form, "name=\"occasion\" value=\"", "\"").unwrap_or("");
        let fields = [("occasion", occasion), ("reason", "")];
        let made = service.post(&browser, &format!("/ho-so/{code}/giay/{kind}"), &fields);
        assert_eq!(made.status, 303, "{kind}: {}", made.body);
        assert_eq!(service.get(&browser, made.header("location").unwrap()).status, 200, "{kind}");
    }
}

#[test]
fn control_slips_of_several_are_one_file_to_print() {
    let service = Service::start();
    let browser = service.signed_in("congchuc.vhxh");
    let rows = [service.app.log(THREE_DAYS, "counter").done(), service.app.log(LAND, "counter").done()];
    let files = rows.each_ref().map(|row| format!("0/{}", row.code));
    let fields = [("act", "phieu-kiem-soat"), ("file", &files[0]), ("file", &files[1])];
    let page = service.post(&browser, "/ho-so-nhieu", &fields);
    let href = between(&page.body, "href=\"/phieu-kiem-soat.pdf?", "\"").unwrap().replace("&#38;", "&");
    let pdf = service.get(&browser, &format!("/phieu-kiem-soat.pdf?{href}"));
    assert_eq!((pdf.status, pdf.header("content-type")), (200, Some("application/pdf")));
    assert!(pdf.body.starts_with("%PDF"));
    for query in ["", "?ma=X", "?state=1"] {
        assert_eq!(service.get(&browser, &format!("/phieu-kiem-soat.pdf{query}")).status, 404, "{query}");
    }
    assert!(rows.iter().all(|row| service.app.row(&row.code).revision == 0), "printing changes no dossier");
}

#[test]
fn who_may_only_look_is_offered_no_step_on_several() {
    let service = Service::start();
    service.app.log(THREE_DAYS, "counter").done();
    let (manager, clerk) = (service.signed_in("giamdoc"), service.signed_in("motcua"));
    assert!(!service.get(&manager, "/ho-so").body.contains("ho-so-nhieu"));
    assert!(service.get(&clerk, "/ho-so").body.contains("ho-so-nhieu"));
    assert!(service.get(&manager, "/phim-tat").body.contains("Phím tắt"));
}
