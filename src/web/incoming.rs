//! A form with one large file (`multipart/form-data`), read piece by piece as it comes: what the file
//! holds goes on at once and is never in memory as a whole.

use std::pin::Pin;

use actix_web::body::{BodyStream, MessageBody as _};
use actix_web::web::{Bytes, Payload};

use super::upload::{find, value_of};

/// Longest head of a part, and longest value of a plain field.
const HEAD_MAX: usize = 8 * 1024;
const VALUE_MAX: usize = 16 * 1024;

/// What is read next.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// A plain field, whole.
    Field {
        name: String,
        value: String,
    },
    /// The file begins; its name as the browser says it.
    File {
        name: String,
    },
    /// A piece of the file.
    Data(Vec<u8>),
    End,
}

/// The form is not what its head says, or broke off.
#[derive(Debug)]
pub struct Broken;

/// Reads a form from the body of a request.
pub struct Incoming<S> {
    source: S,
    delimiter: Vec<u8>,
    buffer: Vec<u8>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Head,
    File,
    Done,
}

/// Where the bytes come from.
pub trait Source {
    /// The next bytes; `None` at the end.
    fn next(&mut self) -> impl Future<Output = Result<Option<Bytes>, Broken>>;
}

/// The body of a request.
pub struct Body(Pin<Box<BodyStream<Payload>>>);

impl Body {
    #[must_use]
    pub fn new(payload: Payload) -> Self {
        Self(Box::pin(BodyStream::new(payload)))
    }
}

impl Source for Body {
    async fn next(&mut self) -> Result<Option<Bytes>, Broken> {
        let chunk = std::future::poll_fn(|cx| self.0.as_mut().poll_next(cx)).await;
        chunk.transpose().map_err(|_| Broken)
    }
}

impl<S: Source> Incoming<S> {
    /// `boundary` as the head of the request names it.
    pub fn new(source: S, boundary: &str) -> Self {
        let delimiter = format!("\r\n--{boundary}").into_bytes();
        // The first delimiter has no line before it.
        Self { source, delimiter, buffer: b"\r\n".to_vec(), state: State::Before }
    }

    /// What comes next.
    ///
    /// # Errors
    /// When the form is broken.
    pub async fn next(&mut self) -> Result<Piece, Broken> {
        loop {
            let piece = match self.state {
                State::Done => Some(Piece::End),
                State::Before => self.delimited()?,
                State::Head => self.head()?,
                State::File => self.data(),
            };
            if let Some(piece) = piece {
                return Ok(piece);
            }
            match self.source.next().await? {
                Some(bytes) => self.buffer.extend_from_slice(&bytes),
                None => return Err(Broken),
            }
        }
    }

    /// Passes over a delimiter; `None` while it has not come whole.
    fn delimited(&mut self) -> Result<Option<Piece>, Broken> {
        let after = self.delimiter.len();
        let Some(end) = self.buffer.get(after..after + 2) else { return Ok(None) };
        if !self.buffer.starts_with(&self.delimiter) {
            return Err(Broken);
        }
        self.state = match end {
            b"--" => State::Done,
            b"\r\n" => State::Head,
            _ => return Err(Broken),
        };
        self.buffer.drain(..after + 2);
        if self.state == State::Done { Ok(Some(Piece::End)) } else { self.head() }
    }

    /// The head of a part, and the value of a plain field.
    fn head(&mut self) -> Result<Option<Piece>, Broken> {
        let Some(head_end) = find(&self.buffer, b"\r\n\r\n") else {
            return if self.buffer.len() > HEAD_MAX { Err(Broken) } else { Ok(None) };
        };
        let head = self.buffer.get(..head_end).and_then(|head| std::str::from_utf8(head).ok()).ok_or(Broken)?;
        let name = value_of(head, "name").ok_or(Broken)?;
        if let Some(file) = value_of(head, "filename") {
            self.buffer.drain(..head_end + 4);
            self.state = State::File;
            return Ok(Some(Piece::File { name: file }));
        }
        let value_at = head_end + 4;
        let rest = self.buffer.get(value_at..).unwrap_or_default();
        let Some(length) = find(rest, &self.delimiter) else {
            return if rest.len() > VALUE_MAX { Err(Broken) } else { Ok(None) };
        };
        let value = rest.get(..length).and_then(|value| std::str::from_utf8(value).ok()).ok_or(Broken)?.to_owned();
        self.buffer.drain(..value_at + length);
        self.state = State::Before;
        Ok(Some(Piece::Field { name, value }))
    }

    /// What surely belongs to the file: all but what may be the beginning of a delimiter.
    fn data(&mut self) -> Option<Piece> {
        if let Some(end) = find(&self.buffer, &self.delimiter) {
            self.state = State::Before;
            let data: Vec<u8> = self.buffer.drain(..end).collect();
            return Some(Piece::Data(data));
        }
        let sure = self.buffer.len().saturating_sub(self.delimiter.len());
        (sure > 0).then(|| Piece::Data(self.buffer.drain(..sure).collect()))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::web::Bytes;

    use super::{Broken, Incoming, Piece, Source};

    const BODY: &str = "--x1\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nt\r\n--x1\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"a; b.csv\"\r\nContent-Type: text/csv\r\n\r\n\
        a,b\r\n--x\r\n\r\n1\r\n--x1--\r\n";

    struct Parts(Vec<Bytes>);

    impl Source for Parts {
        async fn next(&mut self) -> Result<Option<Bytes>, Broken> {
            Ok(if self.0.is_empty() { None } else { Some(self.0.remove(0)) })
        }
    }

    async fn read(body: &str, size: usize) -> Result<(Vec<(String, String)>, Vec<u8>), Broken> {
        let parts = body.as_bytes().chunks(size).map(Bytes::copy_from_slice).collect();
        let mut form = Incoming::new(Parts(parts), "x1");
        let (mut fields, mut data) = (Vec::new(), Vec::new());
        loop {
            match form.next().await? {
                Piece::Field { name, value } => fields.push((name, value)),
                Piece::File { name } => fields.push(("file".to_owned(), name)),
                Piece::Data(more) => data.extend(more),
                Piece::End => return Ok((fields, data)),
            }
        }
    }

    #[actix_web::test]
    async fn a_form_is_read_the_same_however_it_is_cut() {
        for size in 1..BODY.len() {
            let (fields, data) = read(BODY, size).await.unwrap();
            let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
            assert_eq!(fields, [pair("csrf", "t"), pair("file", "a; b.csv")], "{size}");
            assert_eq!(data, b"a,b\r\n--x\r\n\r\n1", "{size}: a line like a boundary is content");
        }
    }

    #[actix_web::test]
    async fn a_form_that_breaks_off_is_told() {
        for cut in 0..BODY.len() - 4 {
            assert!(read(BODY.get(..cut).unwrap(), 7).await.is_err(), "{cut}");
        }
    }
}
