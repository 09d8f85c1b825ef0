use super::{DigestFacts, DigestLine, Mail, MailFacts, Urgent, compose, compose_digest, unanswered_text};
use crate::domain::notice::Audience;
use crate::render::RenderError;
use crate::render::desk::{late_task_text, tray_reason};
use crate::render::letter::LetterForm;
use crate::render::words::draft_line;

mod digest;
mod hostile;

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
