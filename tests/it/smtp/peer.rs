//! A real SMTP server in its own process (`tests/support/smtp_server.py`), which ends with the test.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::variable;

pub struct Peer {
    pub port: u16,
    folder: tempfile::TempDir,
    process: Child,
}

impl Peer {
    pub fn start(options: &[&str]) -> Self {
        let python = variable("DUNGHEN_TEST_AIOSMTPD")
            .expect("DUNGHEN_TEST_AIOSMTPD is not set: run tests/run, which installs and names the SMTP server");
        let folder = tempfile::tempdir().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/smtp_server.py");
        let mut process = Command::new(python)
            .arg("-B")
            .arg(script)
            .arg("--dir")
            .arg(folder.path())
            .args(options)
            .arg("--until-stdin-closes")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the Python of tests/run");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the port on the first line");
        Self { port, folder, process }
    }

    /// What the server accepted, oldest first: the message after what only the dialogue knew.
    pub fn received(&self) -> Vec<String> {
        let mut files: Vec<_> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        files.sort();
        files.iter().map(|path| String::from_utf8(std::fs::read(path).unwrap()).unwrap()).collect()
    }

    /// The authority that signed the server's certificate.
    pub fn authority(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("ca.pem")).unwrap()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Its standard input closes with ours; the wait leaves no process behind.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
