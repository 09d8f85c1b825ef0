//! Runs the built binary, timed from outside, with its peak memory from the kernel.

use std::io::Read;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Run {
    pub seconds: f64,
    pub peak_mb: u64,
    pub output: String,
}

fn command(database: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dunghen"));
    command
        .args(arguments)
        .env("DUNGHEN__DATABASE__URL", format!("sqlite:{}", database.display()))
        .env("DUNGHEN__MAIL__FOLDER", database.with_extension("mail"))
        .env("DUNGHEN__LOG__FILTER", "warn")
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    command
}

pub fn run(database: &Path, arguments: &[&str]) -> Run {
    timed(command(database, arguments))
}

/// [`run`] with these settings besides.
pub fn run_with(database: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Run {
    let mut command = command(database, arguments);
    command.envs(settings.iter().copied());
    timed(command)
}

/// On the database of this address.
pub fn run_on(url: &str, folder: &Path, arguments: &[&str]) -> Run {
    run_with(&folder.join("unused.db"), arguments, &[("DUNGHEN__DATABASE__URL", url)])
}

fn timed(mut command: Command) -> Run {
    let begun = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).unwrap();
        text
    });
    let mut peak_mb = 0;
    let status = loop {
        peak_mb = peak_mb.max(memory_mb(child.id(), "VmHWM:").unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let seconds = begun.elapsed().as_secs_f64();
    assert!(status.success(), "{command:?} failed");
    Run { seconds, peak_mb, output: reader.join().unwrap() }
}

/// A running service; ended when dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    pub fn resident_mb(&self) -> u64 {
        memory_mb(self.child.id(), "VmRSS:").unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The service with these settings besides.
pub fn serve(database: &Path, settings: &[(&str, &str)]) -> Server {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let child = command(database, &["serve"])
        .envs(settings.iter().copied())
        .env("DUNGHEN__SERVER__LISTEN", address.to_string())
        .spawn()
        .unwrap();
    Server { child, address }
}

fn memory_mb(id: u32, field: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}
