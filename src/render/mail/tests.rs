use super::{DigestFacts, DigestLine, Mail, MailFacts, Urgent, compose, compose_digest, unanswered_text};
use crate::domain::notice::Audience;
use crate::render::RenderError;
use crate::render::desk::{late_task_text, tray_reason};
use crate::render::letter::LetterForm;
use crate::render::words::draft_line;

/// What the sample's mail says, subject first: compared with the text a person reviewed.
#[track_caller]
fn check(kind: &str, audience: Audience, reviewed: &str) {
    reads(&compose(&facts(kind, audience)).unwrap(), reviewed);
}

#[track_caller]
fn reads(mail: &Mail, reviewed: &str) {
    assert_eq!(format!("{}\n\n{}", mail.subject, mail.text), reviewed);
}

/// The sample as it would be frozen: a first notice knows of no new promise yet.
fn facts(kind: &str, audience: Audience) -> MailFacts {
    let mut facts = MailFacts::sample(kind, audience);
    if kind == "due-soon"
        || kind == "apology-due"
        || kind == "overdue"
        || kind == "receipt"
        || facts.sub_deadline.is_some()
    {
        facts.new_due_at = None;
    }
    facts
}

const EVERY: &[(&str, Audience)] = &[
    ("apology-due", Audience::Officer),
    ("delivery-alarm", Audience::Admin),
    ("still-overdue", Audience::Supervisor),
    ("still-overdue", Audience::Manager),
    ("unacknowledged", Audience::Supervisor),
    ("citizen-cost", Audience::Supervisor),
    ("late-result", Audience::Applicant),
    ("loss", Audience::Applicant),
    ("second-miss", Audience::Applicant),
    ("delay-notice", Audience::Applicant),
    ("signature-due", Audience::Supervisor),
    ("unsigned", Audience::Manager),
    ("letter-refused", Audience::Officer),
    ("task-late", Audience::Supervisor),
    ("redated", Audience::Applicant),
    ("calendar-missing", Audience::Admin),
    ("supplement-request", Audience::Applicant),
    ("supplement-reminder", Audience::Applicant),
    ("closed-unanswered", Audience::Applicant),
    ("completion-late", Audience::Supervisor),
    ("consultation-due", Audience::Officer),
    ("consultation-late", Audience::Manager),
    ("hand-over-late", Audience::Supervisor),
    ("due-soon", Audience::Officer),
    ("due-soon", Audience::Supervisor),
    ("overdue", Audience::Officer),
    ("overdue", Audience::Supervisor),
    ("escalation", Audience::Manager),
    ("apology", Audience::Applicant),
    ("receipt", Audience::Applicant),
    ("acceptance-due", Audience::Desk),
    ("acceptance-late", Audience::Supervisor),
    ("submission-received", Audience::Applicant),
    ("submission-returned", Audience::Applicant),
    ("submission-declined", Audience::Applicant),
];

#[test]
fn the_supervisor_is_told_of_a_task_that_waits_too_long() {
    let mut facts = facts("task-late", Audience::Supervisor);
    facts.reason = late_task_text("phone", &tray_reason("550 5.1.1 no such user"));
    let mail = compose(&facts).unwrap();
    reads(&mail, include_str!("expected/task-late.supervisor.txt"));
}

#[test]
fn the_officer_is_warned_while_there_is_time() {
    check("due-soon", Audience::Officer, include_str!("expected/due-soon.officer.txt"));
}

#[test]
fn the_officer_is_told_of_an_overdue_dossier() {
    check("overdue", Audience::Officer, include_str!("expected/overdue.officer.txt"));
}

#[test]
fn the_supervisor_is_asked_to_press_for_an_overdue_dossier() {
    check("overdue", Audience::Supervisor, include_str!("expected/overdue.supervisor.txt"));
}

#[test]
fn the_manager_learns_who_is_in_charge_and_what_happened() {
    check("escalation", Audience::Manager, include_str!("expected/escalation.manager.txt"));
}

#[test]
fn the_officer_is_asked_whether_it_will_be_ready_and_told_the_law() {
    check("apology-due", Audience::Officer, include_str!("expected/apology-due.officer.txt"));
}

#[test]
fn the_supervisor_learns_how_long_it_is_overdue_and_what_happened() {
    check("still-overdue", Audience::Supervisor, include_str!("expected/still-overdue.supervisor.txt"));
}

#[test]
fn the_next_one_up_learns_who_did_not_answer_and_since_when() {
    let mut facts = facts("unacknowledged", Audience::Supervisor);
    let at = |hour| facts.received_at.date().and_hms_opt(hour, 30, 0).unwrap();
    facts.reason = unanswered_text(crate::domain::notice::NoticeKind::Overdue, "Lê Văn Thử", at(7), at(11));
    let mail = compose(&facts).unwrap();
    reads(&mail, include_str!("expected/unacknowledged.supervisor.txt"));
}

fn digest_facts() -> DigestFacts {
    let facts = MailFacts::sample("digest", Audience::Officer);
    DigestFacts {
        recipient_name: facts.recipient_name,
        day: facts.received_at.date(),
        agency_name: facts.agency_name,
        agency_phone: facts.agency_phone,
        link: "https://hoso.example.vn/bao-dong".to_owned(),
    }
}

fn digest_lines(procedure: &str) -> Vec<DigestLine> {
    let line = |urgent, serial: u32, day: Option<u32>, time: &str| DigestLine {
        urgent,
        code: format!("000.00.15.H00-261120-{serial:04}"),
        procedure: procedure.to_owned(),
        due_at: day.and_then(|day| chrono::NaiveDate::from_ymd_opt(2026, 11, day)?.and_hms_opt(17, 0, 0)),
        time: time.to_owned(),
        link: format!("https://hoso.example.vn/ho-so/000.00.15.H00-261120-{serial:04}"),
    };
    vec![
        line(Urgent::Overdue, 7, Some(20), "quá hạn 5 ngày làm việc"),
        line(Urgent::Overdue, 3, Some(25), "quá hạn 2 ngày làm việc"),
        line(Urgent::DueToday, 9, Some(27), "còn 7 giờ 30 phút làm việc"),
        line(Urgent::Soon, 4, Some(30), "còn 1 ngày 7 giờ làm việc"),
        line(Urgent::Undated, 5, None, ""),
    ]
}

#[test]
fn the_digest_lists_the_worst_first_with_a_link_each() {
    let mail = compose_digest(&digest_facts(), &digest_lines("Đăng ký khai sinh")).unwrap();
    reads(&mail, include_str!("expected/digest.officer.txt"));
    assert_eq!(mail.html.matches("<li").count(), 5);
    assert!(mail.html.contains(r#"<a href="https://hoso.example.vn/ho-so/000.00.15.H00-261120-0007""#));
}

#[test]
fn a_strangers_text_in_a_digest_stays_text() {
    let mail = compose_digest(&digest_facts(), &digest_lines("<script>\r\nBcc: a@b")).unwrap();
    assert!(!mail.html.contains("<script>") && !mail.text.contains('\r'));
    assert!(mail.text.lines().all(|line| !line.starts_with("Bcc")));
}

#[test]
fn the_supervisor_reads_what_the_delay_cost_in_the_citizens_words() {
    let mut facts = facts("citizen-cost", Audience::Supervisor);
    facts.reason = "Tôi phải nghỉ thêm hai ngày công và lỡ hạn vay vốn ngày 05/12.".to_owned();
    let mail = compose(&facts).unwrap();
    reads(&mail, include_str!("expected/citizen-cost.supervisor.txt"));
}

#[test]
fn the_applicant_gets_an_apology_a_reason_and_the_new_date() {
    check("apology", Audience::Applicant, include_str!("expected/apology.applicant.txt"));
}

#[test]
fn the_applicant_gets_a_receipt() {
    check("receipt", Audience::Applicant, include_str!("expected/receipt.applicant.txt"));
}

#[test]
fn the_applicant_is_told_which_day_off_moved_the_date() {
    let mut facts = facts("redated", Audience::Applicant);
    facts.reason = "Lịch nghỉ thay đổi: ngày 01/12/2026 được nghỉ (Nghỉ thêm, QĐ 9/QĐ-TTg).".to_owned();
    facts.legal_basis = "Điều 148 Bộ luật Dân sự 2015".to_owned();
    facts.new_due_at = facts.due_at.map(|due| due + chrono::Duration::days(1));
    let mail = compose(&facts).unwrap();
    reads(&mail, include_str!("expected/redated.applicant.txt"));
}

#[test]
fn who_keeps_the_calendar_is_asked_for_the_year_to_come() {
    let mut facts = facts("calendar-missing", Audience::Admin);
    facts.dossier_code = "2028".to_owned();
    facts.link = Some("https://hoso.example.vn/lich?nam=2028".to_owned());
    facts.reason = "chưa có ngày nghỉ nào của năm 2028".to_owned();
    facts.legal_basis = String::new();
    let mail = compose(&facts).unwrap();
    reads(&mail, include_str!("expected/calendar-missing.admin.txt"));
}

#[test]
fn operators_learn_which_way_is_down_since_when_and_why() {
    let mut facts = facts("delivery-alarm", Audience::Admin);
    facts.dossier_code = "mail-3".to_owned();
    facts.procedure_name = "thư điện tử".to_owned();
    facts.time_late = "31".to_owned();
    facts.reason = "421 4.3.2 the server is shutting down".to_owned();
    facts.link = Some("https://hoso.example.vn/hop-di".to_owned());
    let mail = compose(&facts).unwrap();
    reads(&mail, include_str!("expected/delivery-alarm.admin.txt"));
}

/// As of an online file handed in on Friday 27 November at 08:00: eight office hours.
fn check_online(kind: &str, audience: Audience, reviewed: &str) {
    let mut facts = facts(kind, audience);
    facts.due_at =
        facts.received_at.date().succ_opt().and_then(|day| (day + chrono::Duration::days(2)).and_hms_opt(8, 30, 0));
    facts.time_left = "1 giờ 55 phút làm việc".to_owned();
    facts.time_late = "45 phút làm việc".to_owned();
    facts.reason = "Bản chụp căn cước mặt sau bị mờ: đề nghị chụp lại rõ bốn góc.".to_owned();
    facts.legal_basis = "điểm c khoản 2 Điều 17 Nghị định số 118/2025/NĐ-CP".to_owned();
    let mail = compose(&facts).unwrap();
    reads(&mail, reviewed);
}

#[test]
fn the_desk_is_warned_of_an_online_file_and_its_supervisor_hears_of_a_late_one() {
    check_online("acceptance-due", Audience::Desk, include_str!("expected/acceptance-due.desk.txt"));
    check_online("acceptance-late", Audience::Supervisor, include_str!("expected/acceptance-late.supervisor.txt"));
}

#[test]
fn who_hands_in_online_hears_at_each_step() {
    check_online(
        "submission-received",
        Audience::Applicant,
        include_str!("expected/submission-received.applicant.txt"),
    );
    check_online(
        "submission-returned",
        Audience::Applicant,
        include_str!("expected/submission-returned.applicant.txt"),
    );
    check_online(
        "submission-declined",
        Audience::Applicant,
        include_str!("expected/submission-declined.applicant.txt"),
    );
}

#[test]
fn the_applicant_learns_what_is_missing_by_when_and_what_follows() {
    check("supplement-request", Audience::Applicant, include_str!("expected/supplement-request.applicant.txt"));
    check("supplement-reminder", Audience::Applicant, include_str!("expected/supplement-reminder.applicant.txt"));
    check("closed-unanswered", Audience::Applicant, include_str!("expected/closed-unanswered.applicant.txt"));
}

#[test]
fn officials_learn_which_date_inside_the_limit_was_not_kept() {
    check("completion-late", Audience::Supervisor, include_str!("expected/completion-late.supervisor.txt"));
    check("consultation-due", Audience::Officer, include_str!("expected/consultation-due.officer.txt"));
    check("consultation-late", Audience::Manager, include_str!("expected/consultation-late.manager.txt"));
    check("hand-over-late", Audience::Supervisor, include_str!("expected/hand-over-late.supervisor.txt"));
}

/// A letter of a file that was not rescheduled.
#[track_caller]
fn check_letter(kind: &str, audience: Audience, reviewed: &str) {
    let mut facts = facts(kind, audience);
    facts.new_due_at = None;
    let mail = compose(&facts).unwrap();
    reads(&mail, reviewed);
}

#[test]
fn each_letter_has_its_own_message() {
    check_letter("late-result", Audience::Applicant, include_str!("expected/late-result.applicant.txt"));
    check_letter("loss", Audience::Applicant, include_str!("expected/loss.applicant.txt"));
    check("second-miss", Audience::Applicant, include_str!("expected/second-miss.applicant.txt"));
}

#[test]
fn a_delay_is_told_without_number_and_date_while_nobody_signed() {
    check_letter("delay-notice", Audience::Applicant, include_str!("expected/delay-notice.applicant.txt"));
}

#[test]
fn who_signs_and_who_wrote_learn_what_waits_and_what_came_back() {
    for (kind, audience, reviewed) in [
        ("signature-due", Audience::Supervisor, include_str!("expected/signature-due.supervisor.txt")),
        ("unsigned", Audience::Manager, include_str!("expected/unsigned.manager.txt")),
        ("letter-refused", Audience::Officer, include_str!("expected/letter-refused.officer.txt")),
    ] {
        let mut facts = facts(kind, audience);
        let decide_by = facts.due_at.map(|due| due - chrono::Duration::days(1));
        facts.reason = match kind {
            "letter-refused" => "Nêu rõ cơ quan được hỏi và ngày hỏi.".to_owned(),
            _ => draft_line(LetterForm::Apology, facts.new_due_at, decide_by, &facts.reason),
        };
        facts.new_due_at = None;
        let mail = compose(&facts).unwrap();
        reads(&mail, reviewed);
    }
}

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
