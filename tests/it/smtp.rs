//! Mail as a server sees it: one of our own that misbehaves on order, and a real one.

pub mod parts;
mod peer;
mod scripted;

use std::sync::Arc;
use std::time::Duration;

use dunghen::delivery::{Courier, Outgoing, Security, SmtpCourier, SmtpSettings};
use dunghen::office::Office;
use dunghen::office::dispatch::DispatchReport;
use dunghen::store::outbox::{Message, OutboxState, newest};

use crate::support::{App, THREE_DAYS};

use self::parts::Mime;
use self::peer::Peer;
use self::scripted::{Conduct, Scripted};

fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "localhost".to_owned(),
        port,
        security: Security::None,
        login: None,
        timeout: Duration::from_secs(5),
        extra_certificate: None,
    }
}

fn office(app: &App, settings: &SmtpSettings) -> Office {
    app.another_process(Arc::new(SmtpCourier::new(settings).expect("a courier")))
}

/// One message waits: the warning to the officer.
fn warned() -> App {
    let app = App::new();
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-04 08:00");
    app.sweep();
    app
}

fn message(app: &App) -> Message {
    app.office.store().read(|conn| newest(conn, None, 0, 1)).unwrap().remove(0)
}

#[test]
fn a_server_that_refuses_makes_a_dead_letter_with_its_words() {
    let app = warned();
    let server = Scripted::start(&[Conduct::Refuse]);
    let report = office(&app, &settings(server.port)).dispatch(app.now()).unwrap();
    assert_eq!(report, DispatchReport { failed: 1, ..DispatchReport::default() });
    assert!(message(&app).last_error.unwrap().contains("no such mailbox"));
}

#[test]
fn a_server_that_defers_gets_the_message_again_under_the_same_id() {
    let app = warned();
    let server = Scripted::start(&[Conduct::Defer, Conduct::Take]);
    let office = office(&app, &settings(server.port));
    assert_eq!(office.dispatch(app.now()).unwrap().retry, 1);
    assert!(message(&app).last_error.unwrap().contains("try again later"));
    app.advance(chrono::Duration::seconds(60));
    assert_eq!(office.dispatch(app.now()).unwrap().sent, 1);
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].contains(&message(&app).message_id));
}

#[test]
fn a_server_that_closes_in_the_middle_of_a_message_gets_it_again() {
    let app = warned();
    let server = Scripted::start(&[Conduct::CloseInData, Conduct::Take]);
    let office = office(&app, &settings(server.port));
    assert_eq!(office.dispatch(app.now()).unwrap().retry, 1);
    app.advance(chrono::Duration::seconds(60));
    assert_eq!(office.dispatch(app.now()).unwrap().sent, 1);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn a_server_that_hangs_costs_the_timeout_and_no_more() {
    for conduct in [Conduct::HangAtGreeting, Conduct::HangAfterData] {
        let app = warned();
        let server = Scripted::start(&[conduct]);
        let short = SmtpSettings { timeout: Duration::from_millis(400), ..settings(server.port) };
        let began = std::time::Instant::now();
        let report = office(&app, &short).dispatch(app.now()).unwrap();
        assert_eq!((report.retry, report.sent), (1, 0), "{conduct:?}");
        assert!(began.elapsed() < Duration::from_secs(5), "{conduct:?}: {:?}", began.elapsed());
        assert_eq!(message(&app).state, OutboxState::Retry);
    }
}

#[test]
fn no_server_at_all_is_a_retry() {
    let app = warned();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(office(&app, &settings(port)).dispatch(app.now()).unwrap().retry, 1);
}

#[test]
fn one_refused_message_does_not_hold_up_the_others() {
    let app = App::new();
    for _ in 0..12 {
        app.log(THREE_DAYS, "online").done();
    }
    app.at("2026-03-04 08:00");
    app.sweep();
    let server = Scripted::start(&[Conduct::Refuse, Conduct::Defer, Conduct::CloseInData, Conduct::Take]);
    let report = office(&app, &settings(server.port)).dispatch(app.now()).unwrap();
    assert_eq!(report.sent + report.retry + report.failed, 12);
    assert_eq!((report.failed, report.retry), (1, 2));
    assert_eq!(server.taken().len(), 9);
}

#[test]
fn a_real_server_receives_the_apology_whole() {
    let peer = Peer::start(&[]);
    let app = App::new();
    let row = app.log(THREE_DAYS, "online").name("Nguyễn Thị Ví Dụ").done();
    app.at("2026-03-05 17:05");
    app.sweep();
    assert_eq!(office(&app, &settings(peer.port)).dispatch(app.now()).unwrap().sent, 3);
    let received = peer.received();
    assert_eq!(received.len(), 3);
    let mail = received.iter().map(|text| Mime::parse(text)).find(|mail| mail.header("X-Dunghen-Kind") == "apology");
    let mail = mail.expect("an apology");
    let sent = app.whole(&row.code).messages.into_iter().find(|message| message.letter_id.is_some()).unwrap();
    assert_eq!(mail.header("Message-ID"), sent.message_id);
    assert_eq!(mail.header("X-Dunghen-Dossier"), row.code);
    assert_eq!(mail.header("X-Envelope-To"), "cong.dan@example.invalid");
    assert_eq!(mail.header("X-Envelope-From"), app.settings.mail.from);
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert_eq!(mail.header("Date"), "Thu, 05 Mar 2026 10:05:00 +0000");
    let text = String::from_utf8(mail.part("text/plain")).unwrap();
    assert_eq!(Some(text.replace("\r\n", "\n").trim()), sent.body.as_deref().map(str::trim), "the text that is kept");
    assert!(text.contains("Nguyễn Thị Ví Dụ") && text.contains(&row.code), "{text}");
    assert!(String::from_utf8(mail.part("text/html")).unwrap().contains("Nguyễn Thị Ví Dụ"));
    let pdf = mail.part("application/pdf");
    assert!(pdf.starts_with(b"%PDF"));
    let (_, issued) = app.office.letter_of_dossier(app.now(), &row.code).unwrap();
    assert_eq!(pdf, issued);
    if let Some(read) = parts::pdf_text(&pdf) {
        assert_eq!(read.matches('\u{c}').count(), 1, "one page");
        let read = read.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(read.contains("Nguyễn Thị Ví Dụ") && read.contains("ngày 09 tháng 3 năm 2026"), "{read}");
    }
}

#[test]
fn the_answers_of_servers_are_kept_with_each_attempt() {
    let answers = |app: &App| {
        let id = message(app).id;
        let attempts = app.office.message_with_attempts(&id).unwrap().1;
        attempts.into_iter().map(|one| format!("{} {} {}", one.number, one.outcome, one.answer)).collect::<Vec<_>>()
    };
    let app = warned();
    let defers = Scripted::start(&[Conduct::Defer]);
    office(&app, &settings(defers.port)).dispatch(app.now()).unwrap();
    app.advance(chrono::Duration::hours(1));
    let peer = Peer::start(&[]);
    assert_eq!(office(&app, &settings(peer.port)).dispatch(app.now()).unwrap().sent, 1);
    assert_eq!(answers(&app), ["1 retry 451 try again later", "2 sent 250 OK kept as 0001.eml"]);
    let app = warned();
    let refuses = Scripted::start(&[Conduct::Refuse]);
    office(&app, &settings(refuses.port)).dispatch(app.now()).unwrap();
    assert_eq!(answers(&app), ["1 failed 550 no such mailbox"]);
}

#[test]
fn a_text_with_lines_of_dots_arrives_as_it_was_and_over_one_line() {
    let peer = Peer::start(&[]);
    let app = warned();
    let courier = SmtpCourier::new(&settings(peer.port)).expect("a courier");
    let text = ".\r\n..\r\n.hidden\r\nQUIT\r\n.";
    for number in 0..3 {
        let outgoing = Outgoing {
            message_id: format!("<dots-{number}@example.invalid>"),
            at: app.now(),
            from: "a@example.invalid".to_owned(),
            from_name: String::new(),
            to: "b@example.invalid".to_owned(),
            to_name: String::new(),
            subject: "dots".to_owned(),
            text: text.to_owned(),
            html: "<p>.</p>".to_owned(),
            kind: "receipt".to_owned(),
            dossier_code: "H38".to_owned(),
            attachment: None,
        };
        courier.send(&outgoing).unwrap();
    }
    let received = peer.received();
    assert_eq!(received.len(), 3);
    let got = String::from_utf8(Mime::parse(&received[2]).part("text/plain")).unwrap();
    assert_eq!(got.trim_end(), text);
}

#[test]
fn a_server_that_cannot_be_reached_costs_no_attempt() {
    let app = warned();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let office = office(&app, &settings(port));
    for _ in 0..15 {
        office.dispatch(app.now()).unwrap();
        app.advance(chrono::Duration::hours(4));
    }
    assert_eq!((message(&app).state, message(&app).attempts), (OutboxState::Retry, 0));
}

#[test]
fn a_real_server_with_tls_and_login_receives_mail() {
    for (option, security) in [("--starttls", Security::StartTls), ("--tls", Security::Tls)] {
        let peer = Peer::start(&[option, "--login", "dunghen", "mat khau dai"]);
        let app = warned();
        let trusted = SmtpSettings {
            security,
            login: Some(("dunghen".to_owned(), "mat khau dai".to_owned())),
            extra_certificate: Some(peer.authority()),
            ..settings(peer.port)
        };
        assert_eq!(office(&app, &trusted).dispatch(app.now()).unwrap().sent, 1, "{option}");
        let mail = Mime::parse(&peer.received()[0]);
        assert!(mail.header("X-Envelope-TLS").starts_with("TLSv1."), "{option}");
        assert_eq!(mail.header("X-Envelope-Login"), "dunghen");
    }
}

#[test]
fn a_server_with_an_unknown_certificate_gets_nothing() {
    for (option, security) in [("--starttls", Security::StartTls), ("--tls", Security::Tls)] {
        let peer = Peer::start(&[option]);
        let app = warned();
        let report = office(&app, &SmtpSettings { security, ..settings(peer.port) }).dispatch(app.now()).unwrap();
        assert_eq!((report.sent, report.retry), (0, 1), "{option}: worth another try once the certificate is known");
        assert_eq!(peer.received().len(), 0);
    }
}

#[test]
fn a_wrong_password_of_ours_kills_no_message() {
    let peer = Peer::start(&["--starttls", "--login", "dunghen", "mat khau dai"]);
    let app = warned();
    let wrong = SmtpSettings {
        security: Security::StartTls,
        login: Some(("dunghen".to_owned(), "mat khau cu".to_owned())),
        extra_certificate: Some(peer.authority()),
        ..settings(peer.port)
    };
    let report = office(&app, &wrong).dispatch(app.now()).unwrap();
    assert_eq!((report.retry, report.failed), (1, 0), "{:?}", message(&app).last_error);
    assert!(!message(&app).last_error.unwrap().contains("mat khau"));
}
