//! Just enough MIME to look at what a server received.

use std::io::Write;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub struct Mime {
    headers: Vec<(String, String)>,
    body: String,
}

impl Mime {
    pub fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let headers = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect();
        Self { headers, body: body.to_owned() }
    }

    /// The value of a header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.as_str())
    }

    /// The decoded content of the first part of this type.
    pub fn part(&self, media_type: &str) -> Vec<u8> {
        self.find(media_type).unwrap_or_else(|| panic!("no part of type {media_type}"))
    }

    fn find(&self, media_type: &str) -> Option<Vec<u8>> {
        let kind = self.header("Content-Type");
        if kind.starts_with(media_type) {
            return Some(self.decoded());
        }
        let boundary = kind.split_once("boundary=")?.1.trim_matches('"').split('"').next()?;
        self.body
            .split(&format!("--{boundary}"))
            .skip(1)
            .filter(|part| !part.starts_with("--"))
            .find_map(|part| Self::parse(part.strip_prefix("\r\n").unwrap_or(part)).find(media_type))
    }

    fn decoded(&self) -> Vec<u8> {
        match self.header("Content-Transfer-Encoding").to_ascii_lowercase().as_str() {
            "base64" => STANDARD.decode(self.body.split_whitespace().collect::<String>()).expect("base64"),
            "quoted-printable" => quoted_printable(&self.body),
            _ => self.body.clone().into_bytes(),
        }
    }
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'=', [high, low, after @ ..]) => {
                let digits = String::from_utf8(vec![*high, *low]).unwrap();
                bytes.push(u8::from_str_radix(&digits, 16).expect("two hexadecimal digits"));
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    bytes
}

/// What `pdftotext` reads, a form feed after each page; `None` on a machine without it.
pub fn pdf_text(pdf: &[u8]) -> Option<String> {
    let mut process =
        Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    process.stdin.take()?.write_all(pdf).ok()?;
    let output = process.wait_with_output().ok()?;
    assert!(output.status.success(), "pdftotext cannot read the letter");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}
