use super::{Diacritics, compose, segments};
use crate::domain::notice::Audience;
use crate::render::RenderError;
use crate::render::mail::MailFacts;

/// What a citizen is told, as a person reviewed it, without and with diacritics.
const EVERY: [(&str, &str, &str); 13] = [
    (
        "receipt",
        "Da nhan ho so 000.00.15.H00-261127-0012, hen tra ket qua 17:00 02/12/2026.",
        "Đã nhận hồ sơ 000.00.15.H00-261127-0012, hẹn trả kết quả 17:00 02/12/2026.",
    ),
    (
        "submission-received",
        "Da nhan ho so truc tuyen 000.00.15.H00-261127-0012, se tra loi truoc 17:00 02/12/2026.",
        "Đã nhận hồ sơ trực tuyến 000.00.15.H00-261127-0012, sẽ trả lời trước 17:00 02/12/2026.",
    ),
    (
        "submission-returned",
        "Ho so truc tuyen 000.00.15.H00-261127-0012 can hoan thien them.",
        "Hồ sơ trực tuyến 000.00.15.H00-261127-0012 cần hoàn thiện thêm.",
    ),
    (
        "submission-declined",
        "Ho so truc tuyen 000.00.15.H00-261127-0012 khong duoc tiep nhan.",
        "Hồ sơ trực tuyến 000.00.15.H00-261127-0012 không được tiếp nhận.",
    ),
    (
        "apology",
        "Xin loi: ho so 000.00.15.H00-261127-0012 khong kip hen 02/12/2026, hen lai 17:00 09/12/2026.",
        "Xin lỗi: hồ sơ 000.00.15.H00-261127-0012 không kịp hẹn 02/12/2026, hẹn lại 17:00 09/12/2026.",
    ),
    (
        "delay-notice",
        "Xin loi: ho so 000.00.15.H00-261127-0012 khong kip hen 02/12/2026. Phieu hen lai se gui sau.",
        "Xin lỗi: hồ sơ 000.00.15.H00-261127-0012 không kịp hẹn 02/12/2026. Phiếu hẹn lại sẽ gửi sau.",
    ),
    (
        "late-result",
        "Xin loi: ho so 000.00.15.H00-261127-0012 hen 02/12/2026 da co ket qua, cham so voi hen.",
        "Xin lỗi: hồ sơ 000.00.15.H00-261127-0012 hẹn 02/12/2026 đã có kết quả, chậm so với hẹn.",
    ),
    (
        "loss",
        "Xin loi: co quan co sai sot voi ho so 000.00.15.H00-261127-0012, xem phieu xin loi.",
        "Xin lỗi: cơ quan có sai sót với hồ sơ 000.00.15.H00-261127-0012, xem phiếu xin lỗi.",
    ),
    (
        "second-miss",
        "Xin loi: ho so 000.00.15.H00-261127-0012 khong kip hen lai 17:00 09/12/2026. Xem phieu va nguoi phu trach.",
        "Xin lỗi: hồ sơ 000.00.15.H00-261127-0012 không kịp hẹn lại 17:00 09/12/2026. Xem phiếu và người phụ trách.",
    ),
    (
        "redated",
        "Ho so 000.00.15.H00-261127-0012: lich lam viec thay doi, hen tra 17:00 02/12/2026 chuyen sang 17:00 09/12/2026.",
        "Hồ sơ 000.00.15.H00-261127-0012: lịch làm việc thay đổi, hẹn trả 17:00 02/12/2026 chuyển sang 17:00 09/12/2026.",
    ),
    (
        "supplement-request",
        "Ho so 000.00.15.H00-261127-0012 can bo sung truoc 17:00 16/12/2026.",
        "Hồ sơ 000.00.15.H00-261127-0012 cần bổ sung trước 17:00 16/12/2026.",
    ),
    (
        "supplement-reminder",
        "Nhac: ho so 000.00.15.H00-261127-0012 can bo sung truoc 17:00 16/12/2026.",
        "Nhắc: hồ sơ 000.00.15.H00-261127-0012 cần bổ sung trước 17:00 16/12/2026.",
    ),
    (
        "closed-unanswered",
        "Ho so 000.00.15.H00-261127-0012 da dong vi chua nhan duoc bo sung.",
        "Hồ sơ 000.00.15.H00-261127-0012 đã đóng vì chưa nhận được bổ sung.",
    ),
];

fn facts(kind: &str) -> MailFacts {
    MailFacts::sample(kind, Audience::Applicant)
}

#[test]
fn every_message_reads_as_it_was_reviewed_and_ends_with_telephone_and_page() {
    for (kind, without, _) in EVERY {
        let text = compose(&facts(kind), Diacritics::Dropped).unwrap();
        assert_eq!(text, format!("{without} DT 0214 000 0000. https://hoso.example.vn/tra-cuu/k7Qm2Xw9"));
        assert!(text.is_ascii());
    }
}

#[test]
fn diacritics_are_written_where_the_whole_fits() {
    for (kind, _, with) in EVERY {
        let facts = MailFacts { agency_phone: String::new(), link: None, ..facts(kind) };
        assert_eq!(compose(&facts, Diacritics::Written).unwrap(), with);
    }
}

#[test]
fn a_text_too_long_for_two_segments_with_diacritics_is_written_without() {
    let text = compose(&facts("apology"), Diacritics::Written).unwrap();
    assert!(text.starts_with("Xin loi: ho so"), "{text}");
    assert_eq!(segments(&text), 1.max(text.len().div_ceil(153)));
}

#[test]
fn no_message_names_a_person_or_a_procedure_or_the_reason() {
    for (kind, _, _) in EVERY {
        for diacritics in [Diacritics::Written, Diacritics::Dropped] {
            let mut facts = facts(kind);
            facts.applicant_name = "SECRETNAME".to_owned();
            facts.recipient_name = "SECRETNAME".to_owned();
            facts.officer_name = "SECRETNAME".to_owned();
            facts.procedure_name = "SECRETPROCEDURE".to_owned();
            facts.reason = "SECRETREASON".to_owned();
            if let Some(sub) = &mut facts.sub_deadline {
                sub.asked = "SECRETPAPER".to_owned();
            }
            let text = compose(&facts, diacritics).unwrap();
            assert!(!text.contains("SECRET"), "{kind}: {text}");
        }
    }
}

#[test]
fn nothing_makes_a_message_longer_than_two_segments_or_than_one_line() {
    for (kind, _, _) in EVERY {
        for diacritics in [Diacritics::Written, Diacritics::Dropped] {
            for (code, phone, link) in [
                ("A".repeat(60), "0".repeat(300), format!("https://x.example/{}", "k".repeat(120))),
                ("A".repeat(60), "0214".to_owned(), format!("https://x.example/{}", "k".repeat(400))),
                ("{[~]}".repeat(200), "1\r\nBcc: x".to_owned(), "https://x.example/".to_owned()),
                ("Ệ\u{202e}\r\n".repeat(90), String::new(), "javascript:alert(1)".to_owned()),
            ] {
                let facts = MailFacts { dossier_code: code, agency_phone: phone, link: Some(link), ..facts(kind) };
                let text = compose(&facts, diacritics).unwrap();
                assert!(segments(&text) <= 2, "{kind}: {} segments: {text}", segments(&text));
                assert!(!text.contains(['\r', '\n']) && !text.contains("javascript:"), "{text}");
            }
        }
    }
}

#[test]
fn an_official_is_told_the_code_and_where_to_look() {
    let facts = MailFacts::sample("overdue", Audience::Officer);
    assert_eq!(
        compose(&facts, Diacritics::Dropped).unwrap(),
        "Ho so 000.00.15.H00-261127-0012 qua han 17:00 02/12/2026. DT 0214 000 0000. \
         https://hoso.example.vn/ho-so/000.00.15.H00-261127-0012"
    );
}

#[test]
fn a_kind_without_words_for_a_citizen_is_an_error() {
    let unknown = compose(&facts("hand-over-late"), Diacritics::Dropped);
    assert!(matches!(unknown, Err(RenderError::UnknownKind(kind)) if kind == "hand-over-late"));
}

#[test]
fn segments_are_counted_as_telephones_count_them() {
    assert_eq!(segments(&"a".repeat(160)), 1);
    assert_eq!(segments(&"a".repeat(161)), 2);
    assert_eq!(segments(&"a".repeat(306)), 2);
    assert_eq!(segments(&"a".repeat(307)), 3);
    assert_eq!(segments(&"{".repeat(81)), 2);
    assert_eq!(segments(&"ơ".repeat(70)), 1);
    assert_eq!(segments(&"ơ".repeat(134)), 2);
    assert_eq!(segments(&"ơ".repeat(135)), 3);
}
