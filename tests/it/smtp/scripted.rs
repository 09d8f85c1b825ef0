//! A mail server that does, connection by connection, what the test orders.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a connection does to the first message it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conduct {
    Take,
    /// 550 to the recipient
    Refuse,
    /// 451 to the recipient
    Defer,
    /// says go on, reads a little, closes
    CloseInData,
    /// never says hello
    HangAtGreeting,
    /// reads everything, never answers
    HangAfterData,
}

pub struct Scripted {
    pub port: u16,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// Connections follow `conducts` in order; the last holds for all that come after.
    pub fn start(conducts: &[Conduct]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (conducts, kept) = (conducts.to_vec(), taken.clone());
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let conduct = conducts[number.min(conducts.len() - 1)];
                let (stream, kept) = (stream.unwrap(), kept.clone());
                // A client that goes away is what some of the tests are about.
                std::thread::spawn(move || talk(stream, conduct, &kept).unwrap_or_default());
            }
        });
        Self { port, taken }
    }

    /// The messages taken, as they came.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

fn talk(stream: TcpStream, conduct: Conduct, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    if conduct == Conduct::HangAtGreeting {
        std::thread::sleep(Duration::from_secs(30));
        return Ok(());
    }
    writer.write_all(b"220 localhost scripted\r\n")?;
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let command = line.get(..4).unwrap_or("").to_ascii_uppercase();
        let answer = match (command.as_str(), conduct) {
            ("EHLO", _) => "250-localhost\r\n250 8BITMIME\r\n",
            ("RCPT", Conduct::Refuse) => "550 no such mailbox\r\n",
            ("RCPT", Conduct::Defer) => "451 try again later\r\n",
            ("QUIT", _) => return writer.write_all(b"221 bye\r\n"),
            ("DATA", _) => {
                writer.write_all(b"354 go on\r\n")?;
                let mut message = String::new();
                loop {
                    line.clear();
                    if reader.read_line(&mut line)? == 0 {
                        return Ok(());
                    }
                    if conduct == Conduct::CloseInData {
                        return Ok(());
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    message.push_str(&line);
                }
                if conduct == Conduct::HangAfterData {
                    std::thread::sleep(Duration::from_secs(30));
                    return Ok(());
                }
                taken.lock().unwrap().push(message);
                "250 taken\r\n"
            }
            _ => "250 fine\r\n",
        };
        writer.write_all(answer.as_bytes())?;
    }
}
