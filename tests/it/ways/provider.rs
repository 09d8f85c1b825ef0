//! A provider of short messages that does, request by request, what the test orders.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a request is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conduct {
    /// Status and body.
    Answer(u16, &'static str),
    /// A redirect to another host.
    Redirect,
    /// Reads everything, never answers.
    Hang,
    /// Closes before it has answered.
    Close,
    /// A good status, and a body without end.
    Endless,
}

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub line: String,
    pub head: String,
    pub body: String,
}

pub struct Provider {
    pub port: u16,
    taken: Arc<Mutex<Vec<Request>>>,
}

impl Provider {
    /// Requests follow `conducts` in order; the last holds for all that come after.
    pub fn start(conducts: &[Conduct]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (conducts, kept) = (conducts.to_vec(), taken.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, kept, conducts) = (stream.unwrap(), kept.clone(), conducts.clone());
                // A client that goes away is what some of the tests are about.
                std::thread::spawn(move || talk(stream, &conducts, &kept).unwrap_or_default());
            }
        });
        Self { port, taken }
    }

    pub fn taken(&self) -> Vec<Request> {
        self.taken.lock().unwrap().clone()
    }
}

fn talk(stream: TcpStream, conducts: &[Conduct], taken: &Mutex<Vec<Request>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    let (mut line, mut head, mut length) = (String::new(), String::new(), 0);
    reader.read_line(&mut line)?;
    loop {
        let mut field = String::new();
        reader.read_line(&mut field)?;
        if let Some(value) = field.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if field.trim().is_empty() {
            break;
        }
        head.push_str(&field);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let number = {
        let mut taken = taken.lock().unwrap();
        let body = String::from_utf8(body).unwrap();
        taken.push(Request { line: line.trim().to_owned(), head, body });
        taken.len() - 1
    };
    match conducts[number.min(conducts.len() - 1)] {
        Conduct::Answer(status, body) => {
            let length = body.len();
            write!(
                writer,
                "HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            )
        }
        Conduct::Redirect => write!(
            writer,
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ),
        Conduct::Hang => {
            std::thread::sleep(Duration::from_secs(30));
            Ok(())
        }
        Conduct::Close => Ok(()),
        Conduct::Endless => {
            write!(writer, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            loop {
                writer.write_all(&vec![b' '; 65_536])?;
            }
        }
    }
}
