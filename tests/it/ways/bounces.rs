use std::path::Path;

use dunghen::delivery::{BounceAction, BounceMark, read_bounces};
use dunghen::office::bounces::BounceReport;
use dunghen::store::outbox::OutboxState;

use crate::support::{App, THREE_DAYS};

/// A report as Postfix writes one, about the mail of this id.
fn postfix(action: &str, message_id: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.invalid (Mail Delivery System)\nTo: a@example.invalid\n\
         Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"B1/mx\"\n\
         Message-Id: <20260302.1@mx.example.invalid>\n\nThis is a MIME-encapsulated message.\n\n--B1/mx\n\
         Content-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\nI'm sorry.\n\n--B1/mx\n\
         Content-Description: Delivery report\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.example.invalid\nX-Postfix-Queue-ID: 4F0\nArrival-Date: Mon,  2 Mar 2026 09:00:00 +0700\n\n\
         Final-Recipient: rfc822; cong.dan@example.invalid\nAction: {action}\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 5.1.1 <cong.dan@example.invalid>: Recipient\n    address rejected: User unknown\n\n\
         --B1/mx\nContent-Description: Undelivered Message Headers\nContent-Type: text/rfc822-headers\n\n\
         From: =?utf-8?b?VHJ1bmcgdMOibQ==?= <a@example.invalid>\nSubject: x\nMessage-ID:\n {message_id}\n\n--B1/mx--\n"
    )
}

/// A report as Exchange writes one: the whole mail is returned.
fn exchange(message_id: &str) -> String {
    format!(
        "From: <postmaster@example.invalid>\r\nTo: <a@example.invalid>\r\nSubject: Undeliverable: x\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"_1_\"\r\nMIME-Version: 1.0\r\n\r\n\
         --_1_\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--_1_\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns;ex.example.invalid\r\n\r\nFinal-recipient: RFC822;cong.dan@example.invalid\r\n\
         Action: FAILED\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp;552 mailbox full\r\n\r\n--_1_\r\n\
         Content-Type: message/rfc822\r\n\r\nFrom: a@example.invalid\r\nMessage-ID: {message_id}\r\nSubject: x\r\n\r\n\
         body\r\n--_1_--\r\n"
    )
}

fn mbox(mails: &[String]) -> String {
    let one = |mail: &String| format!("From MAILER-DAEMON Mon Mar  2 09:00:00 2026\n{}\n", mail.replace("\r\n", "\n"));
    mails.iter().map(one).collect::<Vec<_>>().concat()
}

/// An office that reads a mailbox, with one mail sent; its id.
fn office(mailbox: &Path) -> (App, String) {
    let app = App::with(&format!("[bounces]\nmailbox = {:?}", mailbox.to_str().unwrap()));
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-06 09:00");
    app.sweep();
    app.dispatch();
    let messages = app.whole(&code).messages;
    let mail = messages.iter().find(|message| message.letter_id.is_some()).unwrap();
    (app, mail.message_id.clone())
}

fn state(app: &App, id: &str) -> OutboxState {
    app.office.store().read(|conn| dunghen::store::outbox::named(conn, id)).unwrap().unwrap().state
}

fn read(app: &App) -> BounceReport {
    app.office.read_bounces(app.now()).unwrap()
}

#[test]
fn reports_of_several_servers_name_our_mail_the_action_and_the_servers_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mbox");
    let mails = [
        postfix("failed", "<one@example.invalid>"),
        exchange("<two@example.invalid>"),
        postfix("delayed", "<three@example.invalid>"),
        postfix("delivered", "<four@example.invalid>"),
    ];
    std::fs::write(&path, mbox(&mails)).unwrap();
    let found = read_bounces(&path, &mut BounceMark::default()).unwrap();
    let told: Vec<_> = found.reports.iter().map(|one| (one.message_id.as_str(), one.action)).collect();
    let expected = [
        ("one@example.invalid", BounceAction::Failed),
        ("two@example.invalid", BounceAction::Failed),
        ("three@example.invalid", BounceAction::Delayed),
        ("four@example.invalid", BounceAction::Delivered),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        found.reports[0].detail,
        "550 5.1.1 <cong.dan@example.invalid>: Recipient address rejected: User unknown"
    );
    assert_eq!(found.reports[1].detail, "5.2.2 552 mailbox full");
}

#[test]
fn returned_mail_settles_the_message_once_and_the_desk_takes_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mbox");
    let (app, id) = office(&path);
    std::fs::write(&path, mbox(&[postfix("delayed", &id)])).unwrap();
    assert_eq!(read(&app).delayed, 1);
    assert_eq!(state(&app, &id), OutboxState::Sent);
    let more =
        mbox(&[postfix("delayed", &id), postfix("failed", "<stranger@example.invalid>"), postfix("failed", &id)]);
    std::fs::write(&path, more).unwrap();
    assert_eq!(read(&app), BounceReport { read: 2, failed: 1, other: 1, ..BounceReport::default() });
    assert_eq!(state(&app, &id), OutboxState::Bounced);
    assert_eq!(app.number("SELECT count(*) FROM tasks"), 1);
    assert_eq!(read(&app), BounceReport::default());
    assert_eq!(app.number("SELECT count(*) FROM attempts WHERE outcome = 'bounced'"), 1);
}

#[test]
fn a_mailbox_cut_short_or_exchanged_is_read_from_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mbox");
    let (app, id) = office(&path);
    let stranger = |number: u32| postfix("failed", &format!("<s{number}@example.invalid>"));
    std::fs::write(&path, mbox(&[stranger(1), stranger(2)])).unwrap();
    assert_eq!(read(&app).read, 2);
    std::fs::write(&path, mbox(&[stranger(3)])).unwrap();
    assert_eq!(read(&app).read, 1);
    // Another file, longer than the old one.
    std::fs::write(&path, mbox(&[exchange("<x@example.invalid>"), stranger(4), postfix("failed", &id)])).unwrap();
    assert_eq!(read(&app).read, 3);
    assert_eq!(state(&app, &id), OutboxState::Bounced);
    std::fs::remove_file(&path).unwrap();
    assert!(app.office.read_bounces(app.now()).is_err(), "a mailbox that is gone is told");
}

#[test]
fn a_mail_still_being_written_waits_until_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mbox");
    let (app, id) = office(&path);
    let whole = mbox(&[postfix("failed", &id)]);
    let half = whole.split("Final-Recipient").next().unwrap().to_owned() + "Final-Re";
    std::fs::write(&path, half).unwrap();
    assert_eq!(read(&app).read, 0);
    std::fs::write(&path, whole).unwrap();
    assert_eq!(read(&app).failed, 1);
    assert_eq!(state(&app, &id), OutboxState::Bounced);
}

#[test]
fn a_maildir_is_read_once_whatever_flags_its_mails_get() {
    let folder = tempfile::tempdir().unwrap();
    let (app, id) = office(folder.path());
    for name in ["new", "cur", "tmp"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    std::fs::write(folder.path().join("tmp/3.half"), "half").unwrap();
    std::fs::write(folder.path().join("new/1.mx"), postfix("failed", &id)).unwrap();
    assert_eq!(read(&app).failed, 1);
    std::fs::rename(folder.path().join("new/1.mx"), folder.path().join("cur/1.mx:2,S")).unwrap();
    assert_eq!(read(&app), BounceReport::default());
    std::fs::write(folder.path().join("2.eml"), exchange("<nobody@example.invalid>")).unwrap();
    assert_eq!(read(&app).other, 1);
    assert_eq!(state(&app, &id), OutboxState::Bounced);
}

#[test]
fn hostile_mail_is_read_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mbox");
    let (app, id) = office(&path);
    let mut bytes = Vec::new();
    for mail in [
        String::new(),
        "no headers at all".to_owned(),
        format!("Content-Type: multipart/report; boundary=a\n\n{}", "--a\n".repeat(5_000)),
        "Content-Type: multipart/report; boundary=\"\"\n\n--\n".to_owned(),
        format!("Subject: {}\n\n{}", "x".repeat(3 << 20), "y".repeat(30 << 20)),
        postfix("failed\r\nAction: delivered", "<\r\n>"),
        postfix("exploded", &id),
        postfix("failed", &"<".repeat(100_000)),
    ] {
        bytes.extend_from_slice(format!("From x\n{mail}\n\n").as_bytes());
    }
    bytes.extend_from_slice(b"From x\n\xff\xfe\x00\x00\n\n");
    std::fs::write(&path, bytes).unwrap();
    let report = read(&app);
    assert_eq!((report.read, report.failed), (9, 0));
    assert_eq!(state(&app, &id), OutboxState::Sent);
    let good = mbox(&[postfix("failed", &id)]);
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    std::io::Write::write_all(&mut file, good.as_bytes()).unwrap();
    assert_eq!(read(&app).failed, 1);
}

#[test]
fn without_a_mailbox_nothing_is_read() {
    assert_eq!(read(&App::new()), BounceReport::default());
}
