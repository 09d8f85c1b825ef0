//! Clients that keep their connection and post one dossier after another.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

pub fn wait_until_live(address: SocketAddr) {
    for _ in 0..10_000 {
        if let Ok(mut stream) = TcpStream::connect(address) {
            let asked = stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n");
            let mut text = String::new();
            if asked.is_ok() && stream.read_to_string(&mut text).is_ok() && text.starts_with("HTTP/1.1 200") {
                return;
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("the service did not start");
}

/// Dossiers logged a second by `clients` at once.
pub fn post_dossiers(address: SocketAddr, token: &str, clients: u32, time: Duration) -> f64 {
    let count = AtomicU32::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for client in 0..clients {
            let count = &count;
            scope.spawn(move || {
                let stream = TcpStream::connect(address).unwrap();
                stream.set_nodelay(true).unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut stream = stream;
                while begun.elapsed() < time {
                    let body = format!(
                        "{{\"procedure_code\":\"1.004873\",\"channel\":\"online\",\"applicant\":{{\"name\":\"Người nộp {client}\",\
                         \"email\":\"nguoi{client}@example.invalid\"}}}}"
                    );
                    let request = format!(
                        "POST /api/v1/dossiers HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
                         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    stream.write_all(request.as_bytes()).unwrap();
                    let status = answer(&mut reader);
                    assert_eq!(status, 201);
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    f64::from(count.load(Ordering::Relaxed)) / begun.elapsed().as_secs_f64()
}

/// Reads one answer whole; gives its status.
fn answer(reader: &mut BufReader<TcpStream>) -> u16 {
    let mut status = 0;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_lowercase();
        if line.starts_with("http/1.1") {
            status = line.split(' ').nth(1).unwrap().parse().unwrap();
        } else if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        } else if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    status
}
