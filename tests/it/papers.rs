//! The forms of a dossier, the register and the letterhead: frozen, numbered, printed again identically.

use chrono::Duration;
use dunghen::domain::dossier::{ElectronicResult, ResultOutcome, Step};
use dunghen::domain::time::local;
use dunghen::office::error::{OfficeError, Problem, Refusal};
use dunghen::office::letterhead::{ImageChange, Letterhead};
use dunghen::office::letterhead_preview::Preview;
use dunghen::office::printed::TableFormat;
use dunghen::office::register::Period;
use dunghen::render::letter::LetterFacts;
use dunghen::render::paper::{ReceiptFacts, RefusalFacts, SlipFacts, StopFacts, SupplementFacts};
use dunghen::store::papers::{Paper, PaperKind};

use crate::support::{App, THREE_DAYS, officer};
use crate::web::client::{Service, form};

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle cx='4' cy='4' r='4'/></svg>";

fn make(app: &App, code: &str, kind: PaperKind) -> Paper {
    app.office.paper(app.now(), &officer(), code, kind, None, "").expect("a paper")
}

fn facts<T: serde::de::DeserializeOwned>(paper: &Paper) -> T {
    serde_json::from_str(&paper.facts).expect("kept facts")
}

fn head(app: &App) -> Letterhead {
    app.office.store().read(|conn| app.office.letterhead(conn)).expect("a letterhead")
}

fn supplement() -> Step {
    Step::RequestSupplement { note: "Bản sao quyết định ly hôn; tờ khai ghi rõ mục đích".to_owned() }
}

#[test]
fn a_receipt_is_made_once_and_printed_again_identically_years_later() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    let missing = app.office.paper_pdf(app.now(), &code, PaperKind::Receipt, None);
    assert!(matches!(missing, Err(OfficeError::NotFound)), "reading makes nothing");
    let receipt = make(&app, &code, PaperKind::Receipt);
    let said: ReceiptFacts = facts(&receipt);
    assert_eq!(receipt.number, "01/TNHS");
    assert_eq!(said.due_at.unwrap().to_string(), "2026-03-05 17:00:00");
    assert_eq!(said.frame.dressing.template, "2025-09");
    let (_, first) = app.office.paper_pdf(app.now(), &code, PaperKind::Receipt, None).unwrap();
    assert!(first.starts_with(b"%PDF"));
    app.at("2026-03-05 17:05");
    app.sweep();
    let moved = app.row(&code).new_due_at.map(local);
    assert!(moved.is_some(), "the date was moved");
    app.advance(Duration::days(900));
    assert_eq!(make(&app, &code, PaperKind::Receipt), receipt, "the same paper, not a second one");
    let (_, again) = app.office.paper_pdf(app.now(), &code, PaperKind::Receipt, Some(1)).unwrap();
    assert!(again == first);
    app.sql("DELETE FROM documents");
    let gone = app.office.paper_pdf(app.now(), &code, PaperKind::Receipt, None);
    assert!(matches!(gone, Err(OfficeError::Store(_))), "what was issued is not made up anew");
}

#[test]
fn each_kind_has_its_own_series_without_a_gap_and_starts_afresh_with_the_year() {
    let app = App::new();
    let codes: Vec<String> = (0..3).map(|_| app.log(THREE_DAYS, "counter").done().code).collect();
    let numbers: Vec<String> = codes.iter().map(|code| make(&app, code, PaperKind::Receipt).number).collect();
    assert_eq!(numbers, ["01/TNHS", "02/TNHS", "03/TNHS"]);
    app.step(&codes[0], &supplement());
    assert_eq!(make(&app, &codes[0], PaperKind::SupplementRequest).number, "01/HDHS");
    let refused = app.office.paper(app.now(), &officer(), &codes[1], PaperKind::Stop, None, "");
    assert!(matches!(refused, Err(OfficeError::Refused(Refusal::NothingWaits))), "{refused:?}");
    app.step(&codes[1], &Step::Stop { reason: "Người nộp đã mất".to_owned() });
    assert_eq!(make(&app, &codes[1], PaperKind::Stop).number, "01/TBD-TTPVHCC");
    app.at("2027-01-04 08:00");
    let next = app.log(THREE_DAYS, "counter").done().code;
    assert_eq!(make(&app, &next, PaperKind::Receipt).number, "01/TNHS");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn two_who_make_the_same_paper_get_one() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    let other = app.another_process(app.mailbox.clone());
    let now = app.now();
    let made: Vec<Paper> = std::thread::scope(|scope| {
        let threads: Vec<_> = [&app.office, &other, &app.office, &other]
            .into_iter()
            .map(|office| scope.spawn(|| office.paper(now, &officer(), &code, PaperKind::Receipt, None, "").unwrap()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(made.iter().all(|paper| paper.id == made[0].id && paper.number == "01/TNHS"), "{made:?}");
    assert_eq!(app.number("SELECT count(*) FROM papers"), 1);
    assert_eq!(app.number("SELECT last FROM counters WHERE name LIKE 'paper/%'"), 1);
}

#[test]
fn every_request_to_complete_a_file_has_its_own_paper() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.step(&code, &supplement());
    let first = make(&app, &code, PaperKind::SupplementRequest);
    let said: SupplementFacts = facts(&first);
    assert_eq!(said.items, ["Bản sao quyết định ly hôn", "tờ khai ghi rõ mục đích"]);
    assert!(said.answer_by.is_some());
    app.advance(Duration::hours(2));
    app.step(&code, &Step::ReceiveSupplement);
    app.step(&code, &Step::RequestSupplement { note: "Giấy ủy quyền".to_owned() });
    let second = make(&app, &code, PaperKind::SupplementRequest);
    assert_eq!((second.occasion, second.number.as_str()), (2, "02/HDHS"));
    assert_eq!(facts::<SupplementFacts>(&second).items, ["Giấy ủy quyền"]);
    let third = app.office.paper(app.now(), &officer(), &code, PaperKind::SupplementRequest, Some(3), "");
    assert!(matches!(third, Err(OfficeError::NotFound)), "{third:?}");
    let again = app.office.paper_pdf(app.now(), &code, PaperKind::SupplementRequest, Some(1)).unwrap();
    assert_eq!(again.0.id, first.id);
}

#[test]
fn a_refusal_needs_its_reason_and_a_file_closed_unanswered_says_the_law() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.step(&code, &Step::Resolve { outcome: ResultOutcome::Refused, electronic: ElectronicResult::PaperOnly });
    let bare = app.office.paper(app.now(), &officer(), &code, PaperKind::Refusal, None, " \n ");
    let Err(OfficeError::Invalid(errors)) = bare else { panic!("a refusal without reason: {bare:?}") };
    assert_eq!((errors[0].field, &errors[0].problem), ("reason", &Problem::Required));
    assert_eq!(app.number("SELECT count(*) FROM papers"), 0, "nothing half-written");
    let refusal = app.office.paper(app.now(), &officer(), &code, PaperKind::Refusal, None, "Sai thẩm quyền.").unwrap();
    assert_eq!(facts::<RefusalFacts>(&refusal).reason, "Sai thẩm quyền.");
    assert_eq!(refusal.number, "01/TCHS", "the refused attempt took no number");

    let silent = app.log(THREE_DAYS, "counter").done().code;
    app.step(&silent, &supplement());
    app.advance_days(40);
    app.sweep();
    let stop: StopFacts = facts(&make(&app, &silent, PaperKind::Stop));
    assert!(stop.reason.contains("chưa nhận được"), "{}", stop.reason);
    assert!(stop.legal_basis.contains("118/2025"), "{}", stop.legal_basis);
}

#[test]
fn a_control_slip_follows_its_file_and_each_print_with_news_is_kept() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    let first = make(&app, &code, PaperKind::ControlSlip);
    assert_eq!(facts::<SlipFacts>(&first).rows.len(), 1);
    app.advance(Duration::hours(1));
    assert_eq!(make(&app, &code, PaperKind::ControlSlip).id, first.id, "nothing happened since");
    app.step(
        &code,
        &Step::Consult {
            body: "Công an xã".to_owned(),
            content: "xác minh cư trú".to_owned(),
            due_on: local(app.now()).date(),
        },
    );
    app.advance_days(3);
    app.step(&code, &Step::AnswerConsultation { number: 1 });
    app.at("2026-03-06 09:00");
    app.resolve(&code);
    app.step(&code, &Step::Return);
    let last = make(&app, &code, PaperKind::ControlSlip);
    let said: SlipFacts = facts(&last);
    assert_eq!((last.occasion, said.other_bodies.as_slice()), (2, &["Công an xã".to_owned()][..]));
    let results: Vec<&str> = said.rows.iter().map(|row| row.result.as_str()).collect();
    assert_eq!(results, ["", "", "Quá hạn", "Quá hạn", ""], "{said:?}");
    let (old, _) = app.office.paper_pdf(app.now(), &code, PaperKind::ControlSlip, Some(1)).unwrap();
    assert_eq!(old.id, first.id);
}

#[test]
fn a_letterhead_holds_from_its_save_on_and_not_before() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    let before = make(&app, &code, PaperKind::Receipt);
    let known = head(&app);
    assert_eq!((known.version, known.place.as_str()), (0, "Lào Cai"), "the settings, until it is changed");
    let changed = Letterhead {
        place: "Mường Khương".to_owned(),
        signer_name: "Trần Văn Minh Họa".to_owned(),
        receipt_symbol: "TNHS-MK".to_owned(),
        ..known.clone()
    };
    let put = ImageChange::Put(SVG.as_bytes().to_vec());
    let saved = app.office.save_letterhead(app.now(), &officer(), &changed, &put, &ImageChange::Keep).unwrap();
    assert_eq!(saved.version, 1);
    assert_eq!(head(&app), saved);
    let stale = app.office.save_letterhead(app.now(), &officer(), &changed, &put, &ImageChange::Keep);
    assert!(matches!(stale, Err(OfficeError::Store(_))), "somebody saved meanwhile: {stale:?}");
    assert_eq!(make(&app, &code, PaperKind::Receipt), before);
    let next = app.log(THREE_DAYS, "counter").done().code;
    let after = make(&app, &next, PaperKind::Receipt);
    assert_eq!(after.number, "02/TNHS-MK");
    assert_eq!(facts::<ReceiptFacts>(&after).frame.place, "Mường Khương");
    app.at("2026-03-05 17:05");
    app.sweep();
    let (letter, pdf) = app.office.letter_of_dossier(app.now(), &code).unwrap();
    let said: LetterFacts = serde_json::from_str(&letter.facts).unwrap();
    assert_eq!(said.signer.name, "Trần Văn Minh Họa");
    assert_eq!(said.dressing.signature, saved.signature_hash);
    assert_eq!(said.dressing.template, "2025-07");
    assert!(pdf.starts_with(b"%PDF"));
    let without =
        app.office.save_letterhead(app.now(), &officer(), &saved, &ImageChange::Remove, &ImageChange::Keep).unwrap();
    assert_eq!((without.version, without.signature_hash), (2, None));
    assert_eq!(app.office.letter_of_dossier(app.now(), &code).unwrap().1, pdf, "issued is issued");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_letterhead_with_mistakes_is_refused_whole() {
    let app = App::new();
    let bad = Letterhead {
        place: " ".to_owned(),
        signer_title: "x".repeat(201),
        copies: vec!["Như trên".to_owned(); 13],
        ..head(&app)
    };
    let image = ImageChange::Put(b"<svg><script>alert(1)</script></svg>".to_vec());
    let broken = ImageChange::Put(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x09\0\0\0\x09\x08\x06\0\0\0".to_vec());
    let refused = app.office.save_letterhead(app.now(), &officer(), &bad, &image, &broken);
    let Err(OfficeError::Invalid(errors)) = refused else { panic!("{refused:?}") };
    let fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, ["place", "signer_title", "copies", "signature", "seal"]);
    assert_eq!(head(&app).version, 0);
    assert_eq!(app.number("SELECT count(*) FROM documents"), 0);
    for which in Preview::ALL {
        let pdf = app.office.preview_letterhead(&head(&app), &ImageChange::Keep, &ImageChange::Keep, *which).unwrap();
        assert!(pdf.starts_with(b"%PDF"), "{which}");
    }
}

#[test]
fn the_register_lists_a_period_in_its_order() {
    let app = App::new();
    let first = app.log(THREE_DAYS, "counter").done();
    app.at("2026-03-03 09:00");
    let second = app.log(THREE_DAYS, "online").done();
    app.resolve(&second.code);
    app.at("2026-03-04 09:00");
    app.log(THREE_DAYS, "online").done();
    let period = Period::parse("2026-03-02", "2026-03-03").unwrap();
    let mut rows = Vec::new();
    app.office
        .register(period, |row| {
            rows.push(row);
            Ok(())
        })
        .unwrap();
    let codes: Vec<(u64, &str)> = rows.iter().map(|row| (row.number, row.code.as_str())).collect();
    assert_eq!(codes, [(1, first.code.as_str()), (2, second.code.as_str())]);
    assert_eq!(rows[1].resolved, "09:00 03/03/2026");
    assert_eq!(app.office.register_count(period).unwrap(), 2);
    assert!(app.office.register_as(app.now(), period, TableFormat::Pdf).unwrap().starts_with(b"%PDF"));
    for (from, to) in [("2026-03-03", "2026-03-02"), ("", "2026-03-02"), ("x", "y")] {
        assert!(matches!(Period::parse(from, to), Err(OfficeError::Invalid(_))), "{from} {to}");
    }
}

#[test]
fn the_pages_make_and_show_papers() {
    let service = Service::start();
    let code = service.app.log(THREE_DAYS, "counter").name("=cmd() <script>").done().code;
    let clerk = service.signed_in("motcua");
    let page = format!("/ho-so/{code}");
    let paper = format!("{page}/giay/giay-hen");
    assert_eq!(service.get(&clerk, &format!("{paper}.pdf")).status, 404, "not made yet");
    assert!(service.get(&clerk, &page).body.contains("Giấy tờ theo mẫu"));
    let made = service.post(&clerk, &paper, &[("occasion", "1")]);
    assert_eq!(made.status, 303, "{}", made.body);
    assert_eq!(made.header("location"), Some(format!("{paper}.pdf?lan=1").as_str()));
    let shown = service.get(&clerk, &format!("{paper}.pdf?lan=1"));
    assert_eq!((shown.status, shown.header("content-type")), (200, Some("application/pdf")));
    assert!(service.get(&clerk, &page).body.contains("01/TNHS"));
    let nothing = service.post(&clerk, &format!("{page}/giay/tu-choi"), &[("reason", "x")]);
    assert_eq!(nothing.status, 409, "{}", nothing.body);
    assert_eq!(service.post(&clerk, &format!("{page}/giay/nothing"), &[]).status, 404);
    let foreign = service.send("POST", &paper, &[("Cookie", &clerk.cookie)], &form(&[("csrf", "wrong")]));
    assert_eq!(foreign.status, 403);

    assert_eq!(service.get(&clerk, "/so-theo-doi").status, 200);
    assert_eq!(service.get(&clerk, "/so-theo-doi?from=2026-03-05&to=2026-03-01").status, 422);
    let csv = service.get(&clerk, "/so-theo-doi.csv?from=2026-03-01&to=2026-03-31");
    assert!(csv.body.contains(&code) && csv.body.contains("'=cmd()"), "{}", csv.body);
    assert_eq!(service.get(&clerk, "/so-theo-doi.xlsx").status, 200);
    assert_eq!(service.get(&clerk, "/so-theo-doi.pdf").status, 200);
}

/// The fields as a browser sends a form with files.
fn multipart(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--grenze\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).collect::<String>() + "--grenze--\r\n"
}

#[test]
fn an_administrator_looks_at_a_letterhead_before_saving_it() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let clerk = service.signed_in("motcua");
    assert_eq!(service.get(&clerk, "/mau-giay").status, 403);
    let page = service.get(&admin, "/mau-giay");
    assert!(page.status == 200 && page.body.contains("ĐỀ NGHỊ GIA HẠN"), "both titles are offered");
    let fields = |place: &'static str| {
        vec![
            ("csrf", admin.csrf.as_str()),
            ("version", "0"),
            ("superior", "ỦY BAN NHÂN DÂN XÃ MẪU"),
            ("issuing", "TRUNG TÂM PHỤC VỤ\r\nHÀNH CHÍNH CÔNG"),
            ("place", place),
            ("address", ""),
            ("phone", "1022"),
            ("email", ""),
            ("salutation", "Ông/Bà"),
            ("title", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
            ("symbol", "PXL"),
            ("receipt_symbol", "TNHS"),
            ("supplement_symbol", "HDHS"),
            ("refusal_symbol", "TCHS"),
            ("stop_symbol", "TB"),
            ("signer_authority", ""),
            ("signer_title", "GIÁM ĐỐC"),
            ("signer_name", ""),
            ("copies", "Như trên\r\nLưu: VT"),
            ("seal", SVG),
            ("preview", "apology"),
        ]
    };
    let media = "multipart/form-data; boundary=grenze";
    let send = |path: &str, place| {
        let headers = [("Cookie", admin.cookie.as_str()), ("Content-Type", media)];
        service.send("POST", path, &headers, &multipart(&fields(place)))
    };
    let looked = send("/mau-giay/xem-thu", "Xã Mẫu");
    assert_eq!((looked.status, looked.header("content-type")), (200, Some("application/pdf")), "{}", looked.body);
    assert_eq!(head(&service.app).version, 0, "looking saves nothing");
    let wrong = send("/mau-giay", "");
    assert!(wrong.status == 422 && wrong.body.contains("id=\"place-error\""), "{}", wrong.body);
    let saved = send("/mau-giay", "Xã Mẫu");
    assert_eq!(saved.status, 303, "{}", saved.body);
    let now = head(&service.app);
    assert_eq!((now.version, now.issuing.len(), now.seal_hash.is_some()), (1, 2, true));
    assert_eq!(send("/mau-giay", "Xã Khác").status, 409, "saved meanwhile");
}
