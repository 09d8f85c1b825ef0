//! What is left out where nothing is known, and what stays text whatever it holds.

use super::*;

#[test]
fn a_request_without_a_rule_threatens_nothing() {
    let mut facts = facts("supplement-request", Audience::Applicant);
    let about = facts.sub_deadline.as_mut().unwrap();
    (about.due_at, about.closes) = (None, false);
    let mail = compose(&facts).unwrap();
    assert!(!mail.text.contains("đóng") && !mail.text.contains("Bổ sung trước"), "{}", mail.text);
    assert_eq!(mail.subject, "Cần bổ sung hồ sơ 000.00.15.H00-261127-0012");
}

#[test]
fn a_warning_after_the_one_new_date_does_not_offer_another() {
    let mail = compose(&MailFacts::sample("due-soon", Audience::Officer)).unwrap();
    assert!(mail.text.contains("đã được hẹn lại một lần và không được hẹn lại thêm lần nữa"));
    assert!(mail.text.contains("Hẹn trả kết quả: 17:00 ngày 09/12/2026"));
    assert!(!mail.text.contains("ghi lý do chậm vào hồ sơ trước thời điểm hẹn"));
}

#[test]
fn an_apology_without_a_new_date_promises_no_date() {
    let mut facts = MailFacts::sample("apology", Audience::Applicant);
    facts.new_due_at = None;
    let mail = compose(&facts).unwrap();
    assert_eq!(mail.subject, "Xin lỗi vì chậm trả kết quả hồ sơ 000.00.15.H00-261127-0012");
    assert!(mail.text.contains("Ông/Bà sẽ được thông báo ngay khi có kết quả."));
    assert!(!mail.text.contains("Hẹn lại"));
}

#[test]
fn a_provisional_date_is_called_so() {
    for kind in ["apology", "redated", "receipt"] {
        let mut facts = facts(kind, Audience::Applicant);
        assert!(!compose(&facts).unwrap().text.contains("chưa được công bố"));
        facts.provisional = true;
        assert!(compose(&facts).unwrap().text.contains("lịch nghỉ lễ, Tết của năm đó chưa được công bố"));
    }
}

#[test]
fn a_receipt_without_a_limit_says_so() {
    let mut facts = facts("receipt", Audience::Applicant);
    facts.due_at = None;
    let text = compose(&facts).unwrap().text;
    assert!(text.contains("chưa có thời hạn giải quyết được công bố"));
    assert!(!text.contains("Hẹn trả kết quả:"));
}

#[test]
fn both_parts_say_the_same_and_the_page_loads_nothing() {
    for &(kind, audience) in EVERY {
        let mail = compose(&facts(kind, audience)).unwrap();
        for line in mail.text.lines().filter(|line| !line.is_empty()) {
            for part in line.splitn(2, ": ") {
                assert!(mail.html.contains(part), "{kind}: the page lacks {part:?}");
            }
        }
        for loader in ["src=", "<img", "<script", "<link", "url(", "@import", "<form"] {
            assert!(!mail.html.contains(loader), "{kind}: the page has {loader}");
        }
        assert_eq!(mail.html.matches("http").count(), 1, "{kind}: one link, to the dossier");
    }
}

#[test]
fn hostile_facts_stay_text() {
    let hostile = "<script>alert(1)</script>\r\nBcc: x@example.com\u{0}\"' &amp; {{ 7*7 }}";
    for &(kind, audience) in EVERY {
        let mut facts = facts(kind, audience);
        for text in [
            &mut facts.recipient_name,
            &mut facts.dossier_code,
            &mut facts.procedure_name,
            &mut facts.applicant_name,
            &mut facts.unit,
            &mut facts.officer_name,
            &mut facts.reason,
            &mut facts.agency_name,
            &mut facts.agency_phone,
        ] {
            hostile.clone_into(text);
        }
        if let Some(about) = &mut facts.sub_deadline {
            for text in [&mut about.asked, &mut about.body, &mut about.basis] {
                hostile.clone_into(text);
            }
        }
        facts.link = Some("javascript:alert(1)".to_owned());
        let mail = compose(&facts).unwrap();
        assert!(!mail.subject.contains(['\r', '\n']), "{kind}: {}", mail.subject);
        assert!(!mail.text.contains('\r') && !mail.text.contains('\u{0}'));
        assert!(!mail.text.lines().any(|line| line.starts_with("Bcc:")), "{kind}");
        assert!(!mail.html.contains("<script"), "{kind}");
        assert!(!mail.html.contains("javascript:"), "{kind}");
        assert!(mail.html.contains("&#60;script&#62;"), "{kind}: the name is still shown");
    }
}

#[test]
fn an_address_cannot_leave_its_attribute() {
    let mut facts = MailFacts::sample("apology", Audience::Applicant);
    facts.link = Some("https://example.vn/\"onmouseover=\"alert(1)".to_owned());
    let html = compose(&facts).unwrap().html;
    assert!(!html.contains("\"onmouseover"));
}

#[test]
fn a_very_long_name_shortens_the_subject_and_nothing_else() {
    let mut facts = MailFacts::sample("receipt", Audience::Applicant);
    facts.dossier_code = "9".repeat(5_000);
    let mail = compose(&facts).unwrap();
    assert_eq!(mail.subject.chars().count(), 200);
    assert!(mail.subject.ends_with('…'));
    assert!(mail.text.contains(&facts.dossier_code));
}

#[test]
fn a_kind_without_words_is_an_error() {
    let facts = MailFacts::sample("birthday", Audience::Applicant);
    assert_eq!(compose(&facts), Err(RenderError::UnknownKind("birthday".to_owned())));
}

#[test]
fn frozen_facts_read_back_as_they_were() {
    let facts = MailFacts::sample("escalation", Audience::Manager);
    let json = serde_json::to_string(&facts).unwrap();
    assert!(json.contains(r#""audience":"manager""#));
    assert_eq!(serde_json::from_str::<MailFacts>(&json).unwrap(), facts);
}
