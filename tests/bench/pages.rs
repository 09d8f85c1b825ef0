//! The office's pages over HTTP with 8 clients who are signed in: queue, dossier, search while typing and by
//! page, for 100,000 dossiers in SQLite and, when `DUNGHEN_BENCH_POSTGRES_SERVER` names a server, for a
//! million in a database of its own there. Both are filled once and kept for the next run.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::pages_data::{self, Sample};
use super::{http, process};

const CLIENTS: usize = 8;
const TIME: Duration = Duration::from_secs(20);
/// Who looks: the desk, an officer, a supervisor, the manager.
const PEOPLE: [&str; 4] = ["motcua", "congchuc.vhxh", "phutrach.vhxh", "giamdoc"];
/// The manager's page.
const MANAGER: &str = "/dieu-hanh";

#[expect(clippy::disallowed_methods, reason = "a benchmark is told by its caller, not by the settings")]
pub fn measure(_: &Path) {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages.db");
    run("SQLite", &format!("sqlite:{}", file.display()), 100_000);
    if let Ok(server) = std::env::var("DUNGHEN_BENCH_POSTGRES_SERVER") {
        let url = pages_data::postgres(&server, "dunghen_pages");
        run("PostgreSQL", &url, 1_000_000);
    }
}

fn run(name: &str, url: &str, dossiers: u32) {
    let begun = Instant::now();
    let sample = pages_data::filled(url, dossiers, &PEOPLE);
    println!(
        "pages on {name}: {} dossiers, {} open, ready after {:.0} s",
        sample.dossiers,
        sample.open,
        begun.elapsed().as_secs_f64()
    );
    let never = "0 0 0 1 1 *";
    let jobs = ["SWEEP", "DISPATCH", "DIGEST", "BOUNCES", "HOUSEKEEPING"].map(|job| format!("DUNGHEN__JOBS__{job}"));
    let mut settings: Vec<(&str, &str)> = jobs.iter().map(|job| (job.as_str(), never)).collect();
    settings.push(("DUNGHEN__DATABASE__URL", url));
    let folder = tempfile::tempdir().unwrap();
    let server = process::serve(&folder.path().join("unused.db"), &settings);
    http::wait_until_live(server.address);
    weights(server.address);
    let taken: Mutex<BTreeMap<&'static str, Vec<Duration>>> = Mutex::default();
    let cookies: Vec<String> = PEOPLE.iter().map(|who| sign_in(server.address, who)).collect();
    let counting = Instant::now();
    figures_are_there(server.address, &cookies[PEOPLE.len() - 1]);
    println!("  the manager's figures computed for the first time: {:.1} s", counting.elapsed().as_secs_f64());
    // Once through everything: connections opened, pages of the database in memory.
    walk(server.address, &cookies, &sample, 0, Duration::from_secs(3));
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (taken, cookies, sample) = (&taken, &cookies, &sample);
            scope.spawn(move || {
                for (kind, mut times) in walk(server.address, cookies, sample, client, TIME) {
                    taken.lock().unwrap().entry(kind).or_default().append(&mut times);
                }
            });
        }
    });
    let mut all = 0;
    for (kind, times) in taken.lock().unwrap().iter_mut() {
        times.sort();
        let at = |share: usize| times[(times.len() - 1) * share / 1000].as_secs_f64() * 1000.0;
        println!(
            "  {kind}: p50 {:.1} ms, p99 {:.1} ms, most {:.1} ms ({} asked)",
            at(500),
            at(990),
            at(1000),
            times.len()
        );
        all += times.len();
    }
    println!(
        "  {all} pages in {} s with {CLIENTS} clients; the service holds {} MB",
        TIME.as_secs(),
        server.resident_mb()
    );
}

/// Waits until the manager's page shows figures: until then it would be measured empty.
fn figures_are_there(address: SocketAddr, cookie: &str) {
    let mut line = Line::open(address);
    let begun = Instant::now();
    while !String::from_utf8_lossy(&line.get_plain(MANAGER, cookie).body).contains("class=\"overview\"") {
        assert!(begun.elapsed() < Duration::from_mins(10), "no figures");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// One client until its time is over: what it asked and how long each took.
fn walk(
    address: SocketAddr,
    cookies: &[String],
    sample: &Sample,
    client: usize,
    time: Duration,
) -> BTreeMap<&'static str, Vec<Duration>> {
    let mut line = Line::open(address);
    let mut taken: BTreeMap<&'static str, Vec<Duration>> = BTreeMap::new();
    let begun = Instant::now();
    let mut turn = client * 7_919;
    while begun.elapsed() < time {
        turn += 1;
        let cookie = &cookies[turn % cookies.len()];
        let of = |list: &[String]| list[turn % list.len()].clone();
        let (kind, path) = match turn % 10 {
            0 | 5 => ("queue", of(&sample.queues)),
            1 | 3 | 6 => ("dossier", format!("/ho-so/{}", of(&sample.codes))),
            8 => {
                let asked = Instant::now();
                assert_eq!(line.get(MANAGER, &cookies[PEOPLE.len() - 1]).status, 200);
                taken.entry("manager").or_default().push(asked.elapsed());
                continue;
            }
            2 => ("search by page", format!("/ho-so?state=all&q={}", of(&sample.questions))),
            9 if turn % 30 == 9 => ("proof", format!("/ho-so/{}/bang-chung", of(&sample.codes))),
            _ => ("search while typing", format!("/tim?q={}", of(&sample.questions))),
        };
        let asked = Instant::now();
        let answer = line.get(&path, cookie);
        let took = asked.elapsed();
        assert_eq!(answer.status, 200, "{path}");
        taken.entry(kind).or_default().push(took);
    }
    taken
}

/// What a visit weighs as it goes over the wire: the page, and on the first visit all that it loads.
fn weights(address: SocketAddr) {
    let cookie = sign_in(address, "motcua");
    let mut line = Line::open(address);
    let page = line.get_plain("/ho-so", &cookie);
    let html = String::from_utf8_lossy(&page.body).into_owned();
    let mut assets = 0;
    for asset in html.split("\"/assets/").skip(1).filter_map(|rest| rest.split('"').next()) {
        let answer = line.get(&format!("/assets/{asset}"), "");
        assert!(answer.head.contains("immutable"), "{asset}");
        assets += answer.wire;
    }
    let code = html.split("class=\"code\"><a href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for (name, path) in [("queue", "/ho-so"), ("dossier", code.as_str()), ("search", "/ho-so?state=all&q=nguyen")] {
        let again = line.get(path, &cookie).wire;
        let first = again + assets;
        println!("  weight of {name}: {:.1} KB on the first visit, {:.1} KB after", kb(first), kb(again));
    }
}

fn kb(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap()) / 1024.0
}

fn sign_in(address: SocketAddr, username: &str) -> String {
    let mut line = Line::open(address);
    let body = format!("username={username}&password={}", pages_data::PASSWORD);
    let head = format!(
        "POST /dang-nhap HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = line.ask(&head);
    assert_eq!(answer.status, 303);
    let session = answer.head.split("dunghen_session=").nth(1).unwrap().split(';').next().unwrap();
    format!("dunghen_session={session}")
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
    /// Bytes of the body on the wire.
    wire: usize,
}

/// A kept connection.
struct Line {
    reader: BufReader<TcpStream>,
    stream: TcpStream,
}

impl Line {
    fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { reader: BufReader::new(stream.try_clone().unwrap()), stream }
    }

    fn get(&mut self, path: &str, cookie: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\nAccept-Encoding: gzip\r\n\r\n"))
    }

    fn get_plain(&mut self, path: &str, cookie: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\n\r\n"))
    }

    fn ask(&mut self, request: &str) -> Answer {
        self.stream.write_all(request.as_bytes()).unwrap();
        let (mut head, mut length, mut chunked) = (String::new(), 0, false);
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line).unwrap();
            let lower = line.to_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            chunked |= lower.starts_with("transfer-encoding: chunked");
            if line.trim().is_empty() {
                break;
            }
            head.push_str(&line);
        }
        let mut body = Vec::new();
        if chunked {
            self.chunks(&mut body);
        } else {
            self.take(length, &mut body);
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, wire: body.len(), body }
    }

    fn take(&mut self, length: usize, body: &mut Vec<u8>) {
        let from = body.len();
        body.resize(from + length, 0);
        self.reader.read_exact(&mut body[from..]).unwrap();
    }

    fn chunks(&mut self, body: &mut Vec<u8>) {
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line).unwrap();
            let length = usize::from_str_radix(line.trim(), 16).unwrap();
            self.take(length, body);
            let mut end = Cursor::new([0; 2]);
            self.reader.read_exact(end.get_mut()).unwrap();
            if length == 0 {
                return;
            }
        }
    }
}
