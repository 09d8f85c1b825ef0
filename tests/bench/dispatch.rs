//! Dispatch: a thousand letters of apology made, attached and handed to a mail server on this machine. The
//! server is a process of its own (this program, started again), the rows are new, every PDF is rendered.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use dunghen::clock::{Clock, SystemClock};
use dunghen::delivery::{Attachment, Courier, Outgoing, Security, SmtpCourier, SmtpSettings};
use dunghen::render::letter::{LetterFacts, LetterPress};
use lettre::{SmtpTransport, Transport};

use super::process;

/// The first argument under which this program is the mail server.
pub const SINK: &str = "smtp-sink";
const LETTERS: u32 = 1_000;
const AT: &str = "2026-11-23T09:00";

pub fn measure(folder: &Path) {
    let sink = Sink::start();
    let letter = letter();
    let size = letter.formatted().unwrap().formatted().len() / 1024;
    println!("smtp: a message of {size} KB over one connection, ms each (with 4 KB text only in brackets)");
    let plain = Outgoing { attachment: None, ..letter.clone() };
    let transport = SmtpTransport::builder_dangerous("127.0.0.1").port(sink.port).build();
    let by_lettre = |message: &Outgoing| {
        let message = message.formatted().unwrap();
        each(50, || drop(transport.send(&message).unwrap()))
    };
    println!("  lettre's transport: {:.2} ({:.2})", by_lettre(&letter), by_lettre(&plain));
    let courier = SmtpCourier::new(&settings(sink.port)).unwrap();
    let ours = |message: &Outgoing| each(200, || drop(courier.send(message).unwrap()));
    println!("  text and dot in one write: {:.2} ({:.2})", ours(&letter), ours(&plain));
    let single = |message: &Outgoing| {
        each(200, || {
            courier.send(message).unwrap();
            courier.rest();
        })
    };
    println!("  the same, a connection for each: {:.2} ({:.2})", single(&letter), single(&plain));
    let press = LetterPress::new().unwrap();
    let facts = LetterFacts::sample();
    println!("  to render the PDF, one core: {:.2} for the same again", each(200, || drop(press.pdf(&facts).unwrap())));
    for (what, with_code) in [("a QR code", true), ("none", false)] {
        let mut number = 0;
        let another = each(200, || {
            number += 1;
            let facts = LetterFacts {
                number: format!("{number:02}/PXL-TTPVHCC"),
                dossier_code: format!("H38.12-261117-{number:04}"),
                applicant_name: format!("{} {number}", facts.applicant_name),
                status_url: facts.status_url.as_ref().filter(|_| with_code).map(|url| format!("{url}{number}")),
                ..facts.clone()
            };
            drop(press.pdf(&facts).unwrap());
        });
        println!("  to render the PDF, one core: {another:.2} for one after the other, each with {what}");
    }
    println!("  to write the message down: {:.2}", each(200, || drop(letter.formatted().unwrap().formatted())));
    whole(folder, &sink, "letters alone", Some(&screens_only()));
    whole(folder, &sink, "letters and alarms", None);
}

/// The whole way, as a separate process: claim, check, render, keep, send, settle. With the shipped ladder
/// each late file has its letter and two mails to officials; with `screens_only` the letters leave alone.
fn whole(folder: &Path, sink: &Sink, name: &str, ladder: Option<&str>) {
    let database = folder.join(format!("dispatch-{name}.db"));
    let file = folder.join("dispatch.csv");
    std::fs::write(&file, super::register(LETTERS, |_| "2026-11-20T17:00")).unwrap();
    process::run(&database, &["migrate"]);
    if let Some(ladder) = ladder {
        let rungs = folder.join("ladder.csv");
        std::fs::write(&rungs, ladder).unwrap();
        process::run(&database, &["import", "ladder", rungs.to_str().unwrap(), "--now", "2026-11-20T16:00"]);
    }
    process::run(&database, &["import", "dossiers", file.to_str().unwrap(), "--json", "--now", "2026-11-20T16:00"]);
    process::run(&database, &["sweep", "--json", "--now", AT]);
    let before = sink.taken();
    let port = sink.port.to_string();
    let smtp = [
        ("DUNGHEN__MAIL__TRANSPORT", "smtp"),
        ("DUNGHEN__MAIL__HOST", "127.0.0.1"),
        ("DUNGHEN__MAIL__PORT", port.as_str()),
    ];
    let run = process::run_with(&database, &["dispatch", "--json", "--now", AT], &smtp);
    let taken = sink.taken() - before;
    let output = run.output.split_whitespace().collect::<String>();
    println!(
        "dispatch, {name}: {taken} mails, {:.2} s for the whole process, peak {} MB; {output}",
        run.seconds, run.peak_mb
    );
    println!(
        "dispatch, {name}: {:.0} letters of apology a second with their PDF, {:.0} mails a second in all",
        f64::from(LETTERS) / run.seconds,
        f64::from(u32::try_from(taken).unwrap()) / run.seconds
    );
}

/// The shipped ladder, officials told on their screens only.
fn screens_only() -> String {
    include_str!("../../config/ladder.csv").replace("screen mail", "screen").replace("2000-01-01", "2000-01-02")
}

/// Milliseconds for one of `count`, after one that does not count.
fn each(count: u32, mut act: impl FnMut()) -> f64 {
    act();
    let begun = Instant::now();
    for _ in 0..count {
        act();
    }
    begun.elapsed().as_secs_f64() * 1000.0 / f64::from(count)
}

fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        login: None,
        timeout: Duration::from_secs(20),
        extra_certificate: None,
    }
}

fn letter() -> Outgoing {
    let bytes = LetterPress::new().unwrap().pdf(&LetterFacts::sample()).unwrap();
    Outgoing {
        message_id: "<bench@example.invalid>".to_owned(),
        at: SystemClock.now(),
        from: "dung-hen@example.invalid".to_owned(),
        from_name: "Trung tâm Phục vụ hành chính công".to_owned(),
        to: "nguoi.nop@example.invalid".to_owned(),
        to_name: "Người nộp".to_owned(),
        subject: "Xin lỗi và hẹn lại ngày trả kết quả".to_owned(),
        text: "Kính gửi Ông/Bà, xin lỗi vì chậm trả kết quả.\n".repeat(20),
        html: "<p>Kính gửi Ông/Bà, xin lỗi vì chậm trả kết quả.</p>".repeat(20),
        kind: "apology".to_owned(),
        dossier_code: "H38.19-261123-0001".to_owned(),
        attachment: Some(Attachment { file_name: "phieu.pdf".to_owned(), media_type: "application/pdf", bytes }),
    }
}

/// The mail server as a process of its own.
struct Sink {
    child: Child,
    port: u16,
}

impl Sink {
    fn start() -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg(SINK)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, port: line.trim().parse().unwrap() }
    }

    /// Messages taken so far, asked by a command of our own.
    fn taken(&self) -> u64 {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        (&stream).write_all(b"XCNT\r\n").unwrap();
        line.clear();
        reader.read_line(&mut line).unwrap();
        line.trim().trim_start_matches("250 ").parse().unwrap()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
    }
}

/// Takes every message and throws it away, until standard input closes.
pub fn sink() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    std::io::stdout().flush().unwrap();
    let taken = Arc::new(AtomicU64::new(0));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let taken = Arc::clone(&taken);
            // A line that breaks is the client's business.
            std::thread::spawn(move || talk(stream.unwrap(), &taken).unwrap_or_default());
        }
    });
    let mut nothing = String::new();
    while std::io::stdin().read_line(&mut nothing).unwrap() > 0 {}
}

fn talk(mut stream: TcpStream, taken: &AtomicU64) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    stream.write_all(b"220 sink\r\n")?;
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let answer = match line.get(..4).unwrap_or_default() {
            b"EHLO" => "250-sink\r\n250 8BITMIME\r\n".to_owned(),
            b"QUIT" => return stream.write_all(b"221 bye\r\n"),
            b"XCNT" => format!("250 {}\r\n", taken.load(Ordering::Relaxed)),
            b"DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                while line != b".\r\n" {
                    line.clear();
                    if reader.read_until(b'\n', &mut line)? == 0 {
                        return Ok(());
                    }
                }
                taken.fetch_add(1, Ordering::Relaxed);
                "250 taken\r\n".to_owned()
            }
            _ => "250 fine\r\n".to_owned(),
        };
        stream.write_all(answer.as_bytes())?;
    }
}
