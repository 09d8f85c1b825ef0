//! A service on a free port, and a client that sends exactly what a test says.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::{App as WebApp, HttpServer, web};
use dunghen::clock::{Clock, ShiftedClock};
use dunghen::jobs::timetable;
use dunghen::office::Actor;
use dunghen::web::site::{Demo, Site};
use dunghen::web::{guard, routes};
use secrecy::SecretString;

use crate::support::App;

pub const PASSWORD: &str = "mat-khau-thu-nghiem";
/// User name and role of one account of each role, from the shipped settings.
pub const ACCOUNTS: [(&str, &str); 5] = [
    ("motcua", "clerk"),
    ("congchuc.vhxh", "officer"),
    ("phutrach.vhxh", "supervisor"),
    ("giamdoc", "manager"),
    ("quantri", "admin"),
];

/// A running service over an office of the test.
pub struct Service {
    pub app: App,
    address: SocketAddr,
    handle: ServerHandle,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
    /// The same as it came, for what is no text.
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (field, value) = line.split_once(": ")?;
            field.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// Value of a cookie that this answer sets.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let start = format!("{name}=");
        let set = self.head.lines().filter_map(|line| line.split_once(": "));
        set.filter(|(field, _)| field.eq_ignore_ascii_case("set-cookie"))
            .find_map(|(_, value)| value.strip_prefix(start.as_str())?.split(';').next())
    }
}

/// A signed-in browser.
#[derive(Debug, Clone)]
pub struct Browser {
    pub cookie: String,
    pub csrf: String,
}

impl Service {
    pub fn start() -> Self {
        Self::of(App::new())
    }

    /// Over an office with settings of its own.
    pub fn of(app: App) -> Self {
        let clock: Arc<dyn Clock> = app.clock.clone();
        Self::over(app, clock, None)
    }

    /// With these settings (TOML) on top.
    pub fn with(overrides: &str) -> Self {
        let app = App::with(overrides);
        let clock: Arc<dyn Clock> = app.clock.clone();
        Self::over(app, clock, None)
    }

    /// As the demonstration: a clock that visitors may move.
    pub fn demo() -> Self {
        let app = App::new();
        let clock = Arc::new(ShiftedClock::showing(app.now()));
        let demo = Demo { clock: Arc::clone(&clock), accounts: Arc::new(Vec::new()) };
        Self::over(app, clock, Some(demo))
    }

    fn over(app: App, clock: Arc<dyn Clock>, demo: Option<Demo>) -> Self {
        let jobs = Arc::new(timetable::jobs(&app.settings.jobs).unwrap());
        let site = Site {
            office: app.office.clone(),
            clock,
            jobs,
            visits: Arc::default(),
            lookups: Arc::default(),
            warm: Arc::default(),
            demo,
        };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (send, receive) = std::sync::mpsc::channel();
        let most = app.settings.server.max_body_bytes;
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    WebApp::new()
                        .app_data(web::Data::new(site.clone()))
                        .app_data(web::PayloadConfig::new(most))
                        .wrap(from_fn(guard::guard))
                        .configure(routes::register)
                });
                let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
                send.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Self { handle: receive.recv().unwrap(), app, address }
    }

    /// Sends a request byte for byte and reads until the server closes.
    pub fn raw(&self, head: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(format!("{head}Host: {}\r\nConnection: close\r\n\r\n", self.address).as_bytes()).unwrap();
        // The server may refuse before it has read everything.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect(head);
        let begins = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        Answer { status, head: head.to_owned(), body: body.to_owned(), bytes: bytes.split_off(begins) }
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\n");
        for &(name, value) in headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        if method == "POST" {
            head.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
        }
        self.raw(&head, body.as_bytes())
    }

    pub fn get(&self, browser: &Browser, path: &str) -> Answer {
        self.send("GET", path, &[("Cookie", &browser.cookie)], "")
    }

    /// Posts a form of a page, with the token of its session.
    pub fn post(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = [&[("csrf", browser.csrf.as_str())], fields].concat();
        self.send("POST", path, &[("Cookie", &browser.cookie)], &form(&fields))
    }

    pub fn try_sign_in(&self, username: &str, password: &str) -> Answer {
        self.send("POST", "/dang-nhap", &[], &form(&[("username", username), ("password", password)]))
    }

    /// Gives the account its password, once.
    pub fn set_password(&self, username: &str) {
        let password = SecretString::from(PASSWORD);
        self.app.office.set_password(self.app.now(), &Actor::CommandLine, username, &password).unwrap();
    }

    pub fn sign_in(&self, username: &str) -> Browser {
        let answer = self.try_sign_in(username, PASSWORD);
        assert_eq!(answer.status, 303, "{}", answer.body);
        self.browser(answer.cookie("dunghen_session").expect("a session"))
    }

    /// A browser that holds this session.
    pub fn browser(&self, session: &str) -> Browser {
        let cookie = format!("dunghen_session={session}");
        let page = self.send("GET", "/thu-tuc", &[("Cookie", &cookie)], "");
        Browser { csrf: between(&page.body, r#"name="csrf" value=""#, "\"").expect("a token").to_owned(), cookie }
    }

    pub fn signed_in(&self, username: &str) -> Browser {
        self.set_password(username);
        self.sign_in(username)
    }

    /// One browser for each role, by the role's name.
    pub fn everybody(&self) -> HashMap<&'static str, Browser> {
        ACCOUNTS.iter().map(|(username, role)| (*role, self.signed_in(username))).collect()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let stopped = self.handle.stop(false);
        actix_web::rt::System::new().block_on(stopped);
    }
}

/// Fields as a browser encodes them.
pub fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        let byte = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(byte).collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

/// The text between two marks.
pub fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(found, _)| found)
}

/// What stands between the tags of a page.
pub fn read(page: &str) -> String {
    let text = page.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect::<Vec<_>>();
    text.join("\n")
}
