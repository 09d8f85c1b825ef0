//! The list of late files without an apology, its number in the report, and the page of proof.

use super::client::{Service, between, read};
use crate::support::{THREE_DAYS, officer};
use dunghen::domain::dossier::Step;
use dunghen::office::tasks::TaskForm;

#[test]
fn the_number_of_the_report_is_the_length_of_the_list() {
    let service = Service::start();
    let app = &service.app;
    let unseen = app.log(THREE_DAYS, "counter").name("<script>alert(1)</script>").done();
    let gone = app.log(THREE_DAYS, "counter").done();
    app.log(THREE_DAYS, "counter").email("").done();
    app.at("2026-03-05 17:30");
    app.step(&gone.code, &Step::Withdraw { reason: String::new() });
    let browser = service.signed_in("giamdoc");
    let numbers = || {
        let report = service.get(&browser, "/bao-cao?from=2026-03-01&to=2026-03-31").body;
        let link = between(&report, "<a class=\"without\" href=\"", "</a>").unwrap();
        let (path, number) = link.split_once("\">").unwrap();
        let list = service.get(&browser, &path.replace("&#38;", "&"));
        assert_eq!(list.status, 200);
        let without = list.body.split("id=\"h-way\"").next().unwrap();
        let rows = without.matches("<th scope=\"row\" class=\"code\">").count();
        assert_eq!(number, rows.to_string());
        assert_eq!(between(&list.body, "class=\"sum\">", "<"), Some(number));
        let red = between(&list.body, "class=\"sum-missing\">", "<").unwrap().to_owned();
        (number.to_owned(), red, list.body)
    };
    let (without, red, body) = numbers();
    assert_eq!((without.as_str(), red.as_str()), ("3", "2"));
    assert!(body.contains(&unseen.code) && body.contains("Chưa rà từ khi quá hẹn"));
    app.sweep();
    let (without, red, body) = numbers();
    assert_eq!((without.as_str(), red.as_str()), ("1", "0"), "only who withdrew is left, for a reason");
    assert!(body.contains("Danh sách trống") && body.contains("Người nộp đã rút hồ sơ"));
    let underway = body.split("id=\"h-way\"").nth(1).unwrap();
    assert_eq!(underway.matches("<th scope=\"row\" class=\"code\">").count(), 2, "issued, not in hand yet");
    let clerk = service.signed_in("motcua");
    assert_eq!(service.get(&clerk, "/tre-chua-xin-loi").status, 403);
    let wrong = service.get(&browser, "/tre-chua-xin-loi?from=2026-03-31&to=2026-03-01");
    assert_eq!(wrong.status, 422);
}

#[test]
fn the_page_of_proof_shows_texts_answers_and_names_as_text() {
    let service = Service::start();
    let app = &service.app;
    let row = app.log(THREE_DAYS, "counter").name("<script>alert(1)</script>").done();
    app.at("2026-03-06 08:00");
    app.sweep();
    app.dispatch();
    let browser = service.signed_in("congchuc.vhxh");
    let page = service.get(&browser, &format!("/ho-so/{}/bang-chung", row.code));
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(!page.body.contains("<script>alert"));
    assert!(page.body.contains("Xin lỗi sau khi đã quá hẹn"), "the verdict");
    let letter = between(&page.body, "href=\"/thu/", "\"").expect("the PDF");
    assert_eq!(service.get(&browser, &format!("/thu/{letter}")).header("content-type"), Some("application/pdf"));
    for mail in app.mails().iter().filter(|mail| mail.dossier_code == row.code) {
        let subject = mail.subject.replace('<', "&#60;").replace('>', "&#62;");
        assert!(page.body.contains(&subject), "{subject}");
    }
    let json = service.get(&browser, &format!("/ho-so/{}/bang-chung.json", row.code));
    let api = service.get(&browser, &format!("/api/v1/dossiers/{}/proof", row.code));
    assert_eq!((json.status, &json.body), (200, &api.body));
    let found: serde_json::Value = serde_json::from_str(&api.body).unwrap();
    assert_eq!(found["verdict"]["apology"], "after");
    assert_eq!(service.get(&browser, "/ho-so/none/bang-chung").status, 404);
    let manager = service.signed_in("giamdoc");
    let report = service.get(&manager, "/api/v1/reports/late?from=2026-03-01&to=2026-03-31").body;
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!((&report["total"], &report["without_apology"], &report["missing"]), (&1.into(), &0.into(), &0.into()));
    assert_eq!(report["items"][0]["apology"], "in_hand");
    assert_eq!(report["items"][0]["delivered_at"], "2026-03-06T08:00:00+07:00");
}

#[test]
fn every_word_of_the_proof_and_of_a_message_is_one_that_people_use() {
    let service = Service::start();
    let app = &service.app;
    let asked = app.log(THREE_DAYS, "counter").email("").done();
    app.at("2026-03-05 08:00");
    app.sweep();
    app.step(&asked.code, &Step::ConfirmReady);
    app.at("2026-03-06 09:00");
    app.sweep();
    app.dispatch();
    app.office.say_cost(app.now(), &asked.status_token, "Nghỉ một ngày công").unwrap();
    let task = app.office.desk(0, 10).unwrap().remove(0).task;
    let form = TaskForm { end: "handed-over".to_owned(), note: "tại nhà".to_owned() };
    app.office.finish_task(app.now(), &officer(), &task.id, &form).unwrap();
    app.sql("UPDATE outbox SET state = 'void', last_error = 'it was acknowledged meanwhile' WHERE kind = 'due-soon'");
    app.sql("UPDATE alerts SET level = 1 WHERE kind = 'overdue'");
    let browser = service.signed_in("congchuc.vhxh");
    let page = service.get(&browser, &format!("/ho-so/{}/bang-chung", asked.code));
    let text = read(&page.body);
    for words in ["Đã giao hoặc gửi: tại nhà", "đã có người xác nhận", "Xác nhận sẽ kịp hạn", "Quá hạn, bậc 1, bản"]
    {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    let raw = [
        "handed-over",
        "ready_confirmed",
        "meanwhile",
        "overdue",
        "due-soon",
        "apology-due",
        "in_process",
        "task-late",
        "citizen-cost",
        "system",
        "supervisor",
        "applicant",
        "tray",
        "void",
        "issued",
    ];
    for word in raw {
        assert!(!text.contains(word), "{word} is a word of the program, not of people: {text}");
    }
    let admin = service.signed_in("quantri");
    let id = |kind: &str| {
        let messages = app.whole(&asked.code).messages;
        messages.into_iter().find(|message| message.kind.as_str() == kind).expect(kind).id
    };
    let message = read(&service.get(&admin, &format!("/hop-di/{}", id("due-soon"))).body);
    assert!(!message.contains("meanwhile") && !message.contains("due-soon"), "{message}");
    let list = read(&service.get(&admin, "/hop-di?state=void").body);
    assert!(list.contains("đã có người xác nhận") && !list.contains("meanwhile"), "{list}");
}

#[test]
fn a_digest_that_waits_has_a_page_and_its_notices_lead_to_it() {
    let service = Service::start();
    let app = &service.app;
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-06 07:30");
    app.sweep();
    app.sql("UPDATE outbox SET state = 'collected' WHERE alert_id IS NOT NULL AND state = 'ready'");
    app.office.digest(app.now()).unwrap();
    let admin = service.signed_in("quantri");
    let notice = app.whole(&code).messages.into_iter().find(|one| one.bundle_id.is_some()).unwrap();
    let digest = format!("/hop-di/{}", notice.bundle_id.unwrap());
    let waits = service.get(&admin, &digest);
    assert_eq!(waits.status, 200, "{}", waits.body);
    assert!(waits.body.contains("lập lúc gửi"));
    app.dispatch();
    let left = service.get(&admin, &format!("/hop-di/{}", notice.id)).body;
    assert!(left.contains(&format!("href=\"{digest}\"")) && left.contains(&format!("- {code} · ")), "{left}");
    let proof = service.get(&admin, &format!("/ho-so/{code}/bang-chung")).body;
    assert!(proof.contains("Trong bản tin, về hồ sơ này:") && proof.contains("Toàn văn bản tin đã gửi"), "{proof}");
}
