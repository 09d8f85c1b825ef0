//! The digest of the morning.

use super::*;

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
    reads(&mail, include_str!("../expected/digest.officer.txt"));
    assert_eq!(mail.html.matches("<li").count(), 5);
    assert!(mail.html.contains(r#"<a href="https://hoso.example.vn/ho-so/000.00.15.H00-261120-0007""#));
}

#[test]
fn a_strangers_text_in_a_digest_stays_text() {
    let mail = compose_digest(&digest_facts(), &digest_lines("<script>\r\nBcc: a@b")).unwrap();
    assert!(!mail.html.contains("<script>") && !mail.text.contains('\r'));
    assert!(mail.text.lines().all(|line| !line.starts_with("Bcc")));
}
