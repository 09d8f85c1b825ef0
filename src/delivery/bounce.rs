//! Returned mail: delivery status notifications (RFC 3464) in a mailbox that is read, never changed.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use mail_parser::{MessageParser, MimeHeaders as _, PartType};

/// So much of a returned mail is looked at: the report stands at its head.
const LOOKED_AT: usize = 1 << 20;
/// A file of a folder longer than this is not opened: no server writes such a report.
const LONGEST: u64 = 256 << 20;
/// So many mails are looked at in one go.
const AT_ONCE: usize = 500;

/// What a server says became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Failed,
    Delayed,
    Delivered,
}

/// A report about one of our mails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    /// Of the mail that was reported on, without its brackets.
    pub message_id: String,
    pub action: Action,
    /// The server's words, or its code.
    pub detail: String,
}

/// How far a mailbox was read; empty at first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Of a file: the byte after the last mail read.
    pub offset: u64,
    /// Of a file: the bytes before `offset`, to know it again after a rotation.
    pub seen: String,
    /// Of a file: its length when its last mail was still being written.
    pub held: u64,
    /// Of a folder: the names read before, those that are still there.
    pub names: Vec<String>,
}

/// What a reading found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// How many mails were looked at; none: all was read before.
    pub mails: u64,
    pub reports: Vec<StatusReport>,
    /// Mails that report on nothing of ours.
    pub other: u64,
}

/// Reads what came into the mailbox since `mark`, and moves it.
///
/// # Errors
/// When the file or folder cannot be read.
pub fn read_mailbox(path: &Path, mark: &mut Mark) -> std::io::Result<Found> {
    if path.is_dir() { read_folder(path, mark) } else { read_file(path, mark) }
}

impl Found {
    fn take(&mut self, mail: &[u8]) {
        self.mails += 1;
        let reports = reports(mail);
        if reports.is_empty() {
            self.other += 1;
        }
        self.reports.extend(reports);
    }
}

fn read_folder(path: &Path, mark: &mut Mark) -> std::io::Result<Found> {
    let mut found = Found::default();
    let mut there = Vec::new();
    // A Maildir keeps its mails in two folders below.
    for folder in [path.to_path_buf(), path.join("new"), path.join("cur")] {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_file() && !name.starts_with('.') {
                there.push((name, entry.path()));
            }
        }
    }
    there.sort();
    let mut names = Vec::with_capacity(there.len());
    let known: std::collections::HashSet<String> = mark.names.drain(..).collect();
    for (name, path) in there {
        // The flags after the colon change while the mail stays.
        let name = name.split(":2,").next().unwrap_or_default().to_owned();
        if !known.contains(&name) {
            if found.mails >= u64::try_from(AT_ONCE).unwrap_or(u64::MAX) {
                continue;
            }
            let file = File::open(&path)?;
            let mut mail = Vec::new();
            if file.metadata()?.len() <= LONGEST {
                file.take(u64::try_from(LOOKED_AT).unwrap_or(u64::MAX)).read_to_end(&mut mail)?;
            }
            found.take(&mail);
        }
        names.push(name);
    }
    mark.names = names;
    Ok(found)
}

fn read_file(path: &Path, mark: &mut Mark) -> std::io::Result<Found> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    // Cut short, or another file under the same name: from its beginning. A report twice changes nothing.
    if length < mark.offset || tail_before(&mut file, mark.offset)? != mark.seen {
        *mark = Mark::default();
    }
    file.seek(SeekFrom::Start(mark.offset))?;
    let mut reader = BufReader::new(file);
    let mut found = Found::default();
    let (mut mail, mut line) = (Vec::new(), Vec::new());
    let (mut at, mut begun, mut blank, mut ended) = (mark.offset, mark.offset, true, true);
    while found.mails < u64::try_from(AT_ONCE).unwrap_or(u64::MAX) {
        let (taken, whole) = bounded_line(&mut reader, &mut line)?;
        let next = taken > 0 && blank && line.starts_with(b"From ");
        if (taken == 0 || next) && at > begun {
            let held = taken == 0 && !ended && mark.held != length;
            if held {
                // Its writer has not finished; next time, unless nothing came.
                mark.held = length;
                break;
            }
            found.take(&mail);
            mail.clear();
            begun = at;
        }
        if taken == 0 {
            break;
        }
        blank = line.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        ended = whole;
        if mail.len() < LOOKED_AT {
            mail.extend_from_slice(&line);
        }
        at += taken;
    }
    mark.offset = begun;
    mark.seen = tail_before(reader.get_mut(), begun)?;
    Ok(found)
}

/// The bytes just before `offset`, as hexadecimal digits.
fn tail_before(file: &mut File, offset: u64) -> std::io::Result<String> {
    use std::fmt::Write as _;
    let from = offset.saturating_sub(64);
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.by_ref().take(offset - from).read_to_end(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// One line into `line`, its length in the file, and whether it was ended; what is beyond
/// [`LOOKED_AT`] is read over, so that no line fills the memory.
fn bounded_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<(u64, bool)> {
    line.clear();
    let mut taken = 0_u64;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok((taken, false));
        }
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(chunk.len(), |at| at + 1);
        let kept = length.min(LOOKED_AT.saturating_sub(line.len()));
        line.extend(chunk.iter().take(kept));
        reader.consume(length);
        taken += u64::try_from(length).unwrap_or(0);
        if end.is_some() {
            return Ok((taken, true));
        }
    }
}

/// What a mail reports of ours; nothing when it is no such report.
#[must_use]
pub fn reports(mail: &[u8]) -> Vec<StatusReport> {
    // The line with which a mailbox file parts its mails is none of the mail.
    let mail = match mail.strip_prefix(b"From ") {
        Some(rest) => rest.iter().position(|byte| *byte == b'\n').and_then(|at| rest.get(at + 1..)).unwrap_or_default(),
        None => mail,
    };
    let Some(message) = MessageParser::default().parse(mail) else { return Vec::new() };
    let (mut status, mut about) = (None, None);
    for part in &message.parts {
        let kind = part.content_type().map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()));
        match kind.unwrap_or_default().to_ascii_lowercase().as_str() {
            "message/delivery-status" | "message/global-delivery-status" => status = Some(text_of(part.contents())),
            "message/rfc822" | "message/global" => {
                if let PartType::Message(inner) = &part.body {
                    about = inner.message_id().map(str::to_owned);
                }
            }
            "text/rfc822-headers" | "message/rfc822-headers" | "message/global-headers" => {
                about = field(&unfolded(&text_of(part.contents())), "message-id").map(str::to_owned);
            }
            _ => {}
        }
    }
    let (Some(status), Some(about)) = (status, about) else { return Vec::new() };
    let message_id = about.trim().trim_matches(['<', '>']).to_owned();
    let lines = unfolded(&status);
    let groups = lines.split(String::is_empty);
    groups.filter_map(|group| report(&message_id, group)).collect()
}

fn report(message_id: &str, fields: &[String]) -> Option<StatusReport> {
    let action = match field(fields, "action")?.to_ascii_lowercase().as_str() {
        "failed" => Action::Failed,
        "delayed" => Action::Delayed,
        "delivered" | "relayed" | "expanded" => Action::Delivered,
        _ => return None,
    };
    let code = field(fields, "status").unwrap_or_default();
    let said = field(fields, "diagnostic-code").unwrap_or_default();
    let said = said.split_once(';').map_or(said, |(_, words)| words.trim());
    let detail = if said.contains(code) { said.to_owned() } else { format!("{code} {said}") };
    Some(StatusReport { message_id: message_id.to_owned(), action, detail: detail.trim().to_owned() })
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The lines of a head, continued ones put together.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) && !last.is_empty() => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => lines.push(line.trim_end().to_owned()),
        }
    }
    lines
}

fn field<'a>(lines: &'a [String], name: &str) -> Option<&'a str> {
    lines.iter().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
