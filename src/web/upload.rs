//! A form with a file, as browsers send it (`multipart/form-data`, RFC 7578), or a plain form; its token
//! is held against the session's. The body is in memory: its size is limited before it is read.

use std::collections::HashMap;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::caller::Caller;
use super::pages::PageError;
use super::posted;
use super::problem::Problem;

/// Most parts that a form of ours can have.
const PARTS_MAX: usize = 40;

/// The fields of a posted form by name, its token checked. A file is bytes under its field's name.
#[derive(Debug, Default)]
pub struct Upload(HashMap<String, Vec<u8>>, HashMap<String, String>);

impl Upload {
    /// The bytes of a file; `None` when none was chosen.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice).filter(|bytes| !bytes.is_empty())
    }

    /// What the file of a field is called on its sender's machine.
    #[must_use]
    pub fn file_name(&self, name: &str) -> Option<&str> {
        self.file(name).and_then(|_| self.1.get(name)).map(String::as_str)
    }

    /// The text of a field; empty when it is missing or no UTF-8.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl FromRequest for Upload {
    type Error = PageError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Caller>().cloned();
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let boundary = media.and_then(boundary_of);
        let body = web::Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let body = body.await.map_err(|error| posted::unread(&error))?;
            let form = match boundary {
                Some(boundary) => {
                    let parts = parts(&body, &boundary).ok_or_else(|| Problem::bad_request("multipart/form-data"))?;
                    let named = |(name, part): (&String, &Part)| Some((name.clone(), part.file_name.clone()?));
                    let names = parts.iter().filter_map(named).collect();
                    Self(parts.into_iter().map(|(name, part)| (name, part.content)).collect(), names)
                }
                None => {
                    let fields: Vec<(String, String)> = posted::serde_urlencoded(&body)?;
                    let bytes = fields.into_iter().map(|(name, value)| (name, value.into_bytes())).collect();
                    Self(bytes, HashMap::new())
                }
            };
            if caller.is_some_and(|caller| form.text("csrf") != caller.csrf()) {
                return Err(posted::not_this_session(&request, &body).await);
            }
            Ok(form)
        })
    }
}

/// The boundary of a multipart body; `None` for another media type.
pub(super) fn boundary_of(media: &str) -> Option<String> {
    let (kind, parameters) = media.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"').to_owned())
    })?;
    (!boundary.is_empty() && boundary.len() <= 70).then_some(boundary)
}

/// The parts that are text, by name, and whether one was no text; `None` when the body is not what its head says.
pub(super) fn texts(body: &[u8], boundary: &str) -> Option<(Vec<(String, String)>, bool)> {
    let (mut texts, mut lost) = (Vec::new(), false);
    for (name, part) in parts(body, boundary)? {
        match String::from_utf8(part.content) {
            Ok(text) => texts.push((name, text)),
            Err(_) => lost = true,
        }
    }
    texts.sort();
    Some((texts, lost))
}

/// The parts by their names; `None` when the body is not what its head says.
fn parts(body: &[u8], boundary: &str) -> Option<HashMap<String, Part>> {
    let mut form = HashMap::new();
    let delimiter = format!("\r\n--{boundary}").into_bytes();
    let mut rest = body.strip_prefix(format!("--{boundary}").as_bytes())?;
    for _ in 0..PARTS_MAX {
        if rest.starts_with(b"--") {
            return Some(form);
        }
        let part = rest.strip_prefix(b"\r\n")?;
        let (content, after) = part.split_at_checked(find(part, &delimiter)?)?;
        let (head, content) = content.split_at_checked(find(content, b"\r\n\r\n")?)?;
        let head = std::str::from_utf8(head).ok()?;
        let (name, file_name) = (value_of(head, "name")?, value_of(head, "filename"));
        let content = content.get(4..).unwrap_or_default().to_vec();
        form.entry(name).or_insert(Part { content, file_name });
        rest = after.strip_prefix(delimiter.as_slice())?;
    }
    None
}

/// A part of a multipart body.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    content: Vec<u8>,
    file_name: Option<String>,
}

/// A value of a part's head, between quotes.
pub(super) fn value_of(head: &str, wanted: &str) -> Option<String> {
    let line = head.split("\r\n").find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let (_, quoted) = line.split_once(format!("; {wanted}=\"").as_str())?;
    quoted.split_once('"').map(|(name, _)| name.to_owned())
}

pub(super) fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::{boundary_of, parts};

    const BODY: &str = "--x1\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nt\r\n--x1\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"a; name=b.csv\"\r\nContent-Type: text/csv\r\n\r\n\
        a,b\r\n--x\r\n\r\n1\r\n--x1--\r\n";

    #[test]
    fn fields_and_files_are_told_apart_by_their_names() {
        let form = parts(BODY.as_bytes(), "x1").unwrap();
        assert_eq!(form["csrf"].content, b"t");
        assert_eq!(form["file"].content, b"a,b\r\n--x\r\n\r\n1", "a line like a boundary is content");
        assert_eq!(form["file"].file_name.as_deref(), Some("a; name=b.csv"));
        assert_eq!(form.len(), 2);
    }

    #[test]
    fn a_body_that_breaks_off_is_no_form() {
        for cut in 0..BODY.len() - 4 {
            assert_eq!(parts(&BODY.as_bytes()[..cut], "x1"), None, "{cut}");
        }
        assert_eq!(parts("--x1\r\n\r\n".repeat(50).as_bytes(), "x1"), None);
    }

    #[test]
    fn only_a_multipart_form_has_a_boundary() {
        assert_eq!(boundary_of("multipart/form-data; boundary=\"a b\"").as_deref(), Some("a b"));
        assert_eq!(boundary_of("application/x-www-form-urlencoded; boundary=a"), None);
        assert_eq!(boundary_of("multipart/form-data; boundary="), None);
    }
}
