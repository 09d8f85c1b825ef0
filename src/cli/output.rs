//! Where answers go: text or JSON to the output, reasons to the error stream.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use serde_json::{Value, json};

use crate::domain::time::{Instant, local};
use crate::office::OfficeError;
use crate::render::dates::visit_moment;

use super::reasons;

/// For whom an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Human,
    Json,
}

/// What the output is connected to: bytes are not thrown at a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sink {
    Screen,
    Pipe,
}

/// The streams of a run.
pub struct Streams<'a> {
    pub input: &'a mut dyn BufRead,
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
    pub sink: Sink,
    pub shape: Shape,
}

impl Streams<'_> {
    /// The answer in the shape that was asked for; `human` without its last line end.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn answer(&mut self, json: &Value, human: impl FnOnce() -> String) -> Result<(), Failure> {
        match self.shape {
            Shape::Json => writeln!(self.out, "{json:#}")?,
            Shape::Human => writeln!(self.out, "{}", human())?,
        }
        Ok(())
    }

    /// Bytes of a document: into `file`, or to the output when that is no screen.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn document(&mut self, bytes: &[u8], file: Option<&Path>) -> Result<(), Failure> {
        match (file, self.sink) {
            (Some(path), _) => {
                std::fs::write(path, bytes).map_err(|error| Failure::reason(format!("{}: {error}", path.display())))
            }
            (None, Sink::Pipe) => Ok(self.out.write_all(bytes)?),
            (None, Sink::Screen) => {
                Err(Failure::reason("đầu ra là màn hình: hãy thêm --out FILE hoặc chuyển đầu ra vào tệp"))
            }
        }
    }

    /// A remark that is no answer.
    pub fn note(&mut self, text: &str) {
        // Nothing can be said where the error stream is gone.
        writeln!(self.err, "{text}").unwrap_or_default();
    }

    /// Tells why it failed; answers the exit code.
    pub fn fail(&mut self, failure: Failure) -> u8 {
        match failure {
            Failure::Unsound => 1,
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Failure::Output(error) => {
                self.note(&format!("không ghi được đầu ra: {error}"));
                1
            }
            Failure::Usage(why) => {
                self.note(&why);
                2
            }
            Failure::Refused { lines, fields } => {
                for line in &lines {
                    self.note(line);
                }
                if self.shape == Shape::Json {
                    let mut body = json!({ "error": lines.join("\n") });
                    if let (Some(body), false) = (body.as_object_mut(), fields.is_empty()) {
                        body.insert("fields".to_owned(), fields.into());
                    }
                    writeln!(self.out, "{body:#}").unwrap_or_default();
                }
                1
            }
        }
    }
}

/// How a verb ended when it did not end well.
#[derive(Debug)]
pub enum Failure {
    /// Not done, with the reasons; `fields` say them by field for machines.
    Refused { lines: Vec<String>, fields: Vec<Value> },
    /// The words make no sense together.
    Usage(String),
    /// The answer is given and says what is wrong.
    Unsound,
    /// The output cannot be written; a reader that left is no failure.
    Output(io::Error),
}

impl Failure {
    /// Refused for one reason.
    #[must_use]
    pub fn reason(line: impl Into<String>) -> Self {
        Self::reasons(vec![line.into()])
    }

    /// Refused for several reasons.
    #[must_use]
    pub fn reasons(lines: Vec<String>) -> Self {
        Self::Refused { lines, fields: Vec::new() }
    }

    /// What the office said; `missing` names what was looked for, should that be the trouble.
    #[must_use]
    pub fn office(error: &OfficeError, missing: &str) -> Self {
        let fields = match error {
            OfficeError::Invalid(errors) => errors
                .iter()
                .map(|error| json!({ "field": error.field, "value": error.value, "reason": reasons::problem(&error.problem) }))
                .collect(),
            OfficeError::NotFound | OfficeError::Refused(_) | OfficeError::Store(_) | OfficeError::Broken(_) => Vec::new(),
        };
        Self::Refused { lines: reasons::office(error, missing), fields }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<OfficeError> for Failure {
    fn from(error: OfficeError) -> Self {
        Self::office(&error, "dữ liệu được hỏi")
    }
}

/// Whether the standard output is a screen.
#[must_use]
pub fn sink() -> Sink {
    if io::stdout().is_terminal() { Sink::Screen } else { Sink::Pipe }
}

/// `17:00, thứ Ba ngày 24/11/2026`
#[must_use]
pub fn moment(at: Instant) -> String {
    visit_moment(local(at))
}
