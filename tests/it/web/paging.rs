//! Long lists come in pages: each row on one of them, led to by plain links.

use std::collections::BTreeSet;

use dunghen::office::signing::ToSign;

use super::client::{Browser, Service, between};
use crate::support::{App, THREE_DAYS};

/// More than one page, less than two.
const FILES: usize = 65;

/// An office in signed mode whose citizens have no mail address, with `FILES` files overdue since Thursday, on
/// Friday 6 March 09:00.
fn overdue() -> Service {
    let service = Service::of(App::with("[apology]\nmode = \"signed\"\n"));
    for _ in 0..FILES {
        service.app.log(THREE_DAYS, "counter").email("").done();
    }
    service.app.at("2026-03-06 09:00");
    service.app.sweep();
    service
}

fn link(page: &str, rel: &str) -> Option<String> {
    let tag = page.split("<a ").find(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(rel)))?;
    Some(between(tag, "href=\"", "\"")?.replace("&#38;", "&"))
}

/// What stands between `from` and `to` on each page, in the order of the pages; each leads back too.
fn pages(service: &Service, browser: &Browser, path: &str, (from, to): (&str, &str)) -> Vec<Vec<String>> {
    let (mut found, mut next): (Vec<Vec<String>>, _) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let page = service.get(browser, &path);
        assert_eq!(page.status, 200, "{path}");
        let rows = |body: &str| {
            let rows = body.split(from).skip(1).filter_map(|rest| rest.split(to).next()).map(str::to_owned);
            rows.collect::<Vec<_>>()
        };
        if let Some(before) = found.last() {
            let back = link(&page.body, "rel=\"prev\"").expect("a way back");
            assert_eq!(&rows(&service.get(browser, &back).body), before, "{back} is the page before {path}");
        }
        found.push(rows(&page.body));
        next = link(&page.body, "rel=\"next\"");
    }
    found
}

/// The list has `FILES` rows on two pages, each row once, and no cursor breaks it.
fn in_two_pages(service: &Service, browser: &Browser, path: &str, mark: (&str, &str)) {
    let found = pages(service, browser, path, mark);
    let sizes: Vec<usize> = found.iter().map(Vec::len).collect();
    assert_eq!(sizes, [60, FILES - 60], "{path}");
    assert_eq!(found.concat().into_iter().collect::<BTreeSet<_>>().len(), FILES, "{path}: each row once");
    let page = service.get(browser, path).body;
    assert!(page.contains(&format!("1–60 trong số {FILES}")), "{path}: where in the list");
    let join = if path.contains('?') { '&' } else { '?' };
    for cursor in ["-60", "9223372036854775807", "61", "-9223372036854775808"] {
        assert_eq!(service.get(browser, &format!("{path}{join}cursor={cursor}")).status, 200, "{path} {cursor}");
    }
    assert!(service.get(browser, &format!("{path}{join}lang=en")).body.contains("Next page"), "{path}");
    service.get(browser, &format!("{path}{join}lang=vi"));
}

const BOX: (&str, &str) = ("type=\"checkbox\" name=\"id\" value=\"", "\"");
const CODE: (&str, &str) = ("<td class=\"code\"><a href=\"/ho-so/", "\"");

#[test]
fn alerts_and_letters_to_sign_come_in_pages_and_what_is_ticked_on_one_is_done() {
    let service = overdue();
    let officer = service.signed_in("congchuc.vhxh");
    in_two_pages(&service, &officer, "/bao-dong", BOX);
    let second = &pages(&service, &officer, "/bao-dong", BOX)[1];
    let fields = second.iter().map(|id| ("id", id.as_str())).chain([("cursor", "60")]).collect::<Vec<_>>();
    let done = service.post(&officer, "/bao-dong/da-nhan", &fields);
    assert_eq!((done.status, done.header("location")), (303, Some("/bao-dong?cursor=60")));
    let left = pages(&service, &officer, "/bao-dong?cursor=60", BOX);
    assert_eq!(left.iter().map(Vec::len).collect::<Vec<_>>(), [60], "the last page that is left");
    let none = service.post(&officer, "/bao-dong/da-nhan", &[("cursor", "-5")]);
    assert_eq!(none.header("location"), Some("/bao-dong"));

    let supervisor = service.signed_in("phutrach.vhxh");
    in_two_pages(&service, &supervisor, "/thu/ky", BOX);
    assert!(service.get(&supervisor, "/thu").body.contains("<b class=\"count\">65</b>"));
    let second = &pages(&service, &supervisor, "/thu/ky", BOX)[1];
    let fields = second.iter().map(|id| ("id", id.as_str())).chain([("cursor", "60")]).collect::<Vec<_>>();
    let signed = service.post(&supervisor, "/thu/ky", &fields);
    assert!(signed.body.contains("5/5"), "{}", signed.body);
    assert_eq!(signed.body.matches(BOX.0).count(), 60, "what still waits");
    assert_eq!(service.app.number("SELECT count(*) FROM letters WHERE state = 'issued'"), 5);
    let stranger = service.signed_in("phutrach.kt");
    assert_eq!(pages(&service, &stranger, "/thu/ky", BOX), [Vec::<String>::new()]);
}

#[test]
fn the_files_behind_a_number_come_in_pages_with_a_way_back() {
    let service = overdue();
    let supervisor = service.signed_in("phutrach.vhxh");
    let path = "/don-vi-toi/ho-so?don-vi=PVHXH&phan=qua-han";
    let mark = ("class=\"code\"><a href=\"/ho-so/", "\"");
    let found = pages(&service, &supervisor, path, mark);
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [60, FILES - 60]);
    for (cursor, rows) in [("9000", FILES - 60), ("-1", 60)] {
        let page = service.get(&supervisor, &format!("{path}&cursor={cursor}"));
        assert_eq!((page.status, page.body.matches(mark.0).count()), (200, rows), "{cursor}");
    }
}

#[test]
fn the_register_the_desk_the_outbox_and_the_late_files_come_in_pages() {
    let service = overdue();
    let app = &service.app;
    let supervisor = app.office.store().read(dunghen::store::people::all_accounts).unwrap();
    let supervisor = supervisor.into_iter().find(|who| who.username == "phutrach.vhxh").unwrap();
    let actor = dunghen::office::Actor::Account { id: supervisor.id.clone(), username: supervisor.username };
    let waiting = app.office.letters_to_sign(app.now(), &supervisor.id, 0, 100).unwrap();
    let wanted: Vec<ToSign> =
        waiting.iter().map(|one| ToSign { id: one.letter.id.clone(), ..ToSign::default() }).collect();
    assert!(app.office.sign_letters(app.now(), &actor, &wanted).iter().all(|one| one.outcome.is_ok()));

    let clerk = service.signed_in("motcua");
    in_two_pages(&service, &clerk, "/thu/so?nam=2026", ("<th scope=\"row\"><a href=\"/thu/", "\""));
    assert_eq!(service.get(&clerk, "/thu/so.csv?nam=2026").body.lines().count(), FILES + 1, "a file has all");
    in_two_pages(&service, &clerk, "/viec", ("action=\"/viec/", "/xong\""));
    in_two_pages(&service, &clerk, "/thu?state=print", CODE);
    let task = pages(&service, &clerk, "/viec", ("action=\"/viec/", "/xong\""))[1][0].clone();
    let done = service.post(&clerk, &format!("/viec/{task}/xong"), &[("end", "handed-over"), ("cursor", "60")]);
    assert_eq!((done.status, done.header("location")), (303, Some("/viec?cursor=60")), "{}", done.body);

    let admin = service.signed_in("quantri");
    let rows = pages(&service, &admin, "/hop-di", ("<a href=\"/hop-di/", "\"")).concat();
    assert_eq!(i64::try_from(rows.len()).unwrap(), app.number("SELECT count(*) FROM outbox"));
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len());

    let manager = service.signed_in("giamdoc");
    let list = service.get(&manager, "/tre-chua-xin-loi");
    // The one that was handed over stands in the list below.
    let not_in_hand = |page: &str| page.split("id=\"h-hand\"").next().unwrap().matches("/bang-chung\"").count();
    assert_eq!(not_in_hand(&list.body), 60, "one page of letters that are not in hand");
    assert_eq!(list.body.matches("/bang-chung\"").count(), 61);
    let next = link(&list.body, "rel=\"next\"").unwrap();
    assert!(next.ends_with("&gui=60#h-way"), "{next}");
    let last = service.get(&manager, next.split('#').next().unwrap());
    assert_eq!(not_in_hand(&last.body), FILES - 61, "the one handed over is in hand");
    assert!(last.body.contains("<small>64</small>"), "the whole number stands in the heading");
    assert_eq!(service.get(&manager, "/tre-chua-xin-loi?gui=-1&ly_do=99999&thieu=5").status, 200);
}
