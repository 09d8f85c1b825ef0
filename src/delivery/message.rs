//! A message as the post takes it: addresses, texts, an attachment, and the headers of interfaces.

use chrono::{DateTime, Utc};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as Part, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::DeliveryError;

/// A file that goes with a message.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub file_name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// Everything a courier needs.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Stable for a notice: a repeat after a crash carries the same one.
    pub message_id: String,
    /// The `Date` header.
    pub at: DateTime<Utc>,
    pub from: String,
    pub from_name: String,
    pub to: String,
    pub to_name: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// `X-Dunghen-Kind`
    pub kind: String,
    /// `X-Dunghen-Dossier`
    pub dossier_code: String,
    pub attachment: Option<Attachment>,
}

impl Outgoing {
    /// The message in the form of RFC 5322.
    ///
    /// # Errors
    /// [`DeliveryError::Permanent`] when an address or header cannot be written.
    pub fn formatted(&self) -> Result<Message, DeliveryError> {
        let permanent =
            |what: &str, error: &dyn std::fmt::Display| DeliveryError::Permanent(format!("{what}: {error}"));
        let mailbox = |name: &str, address: &str| {
            let address: Address = address.parse().map_err(|error| permanent("address", &error))?;
            Ok::<_, DeliveryError>(Mailbox::new(Some(one_line(name)).filter(|name| !name.is_empty()), address))
        };
        let texts = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        let body = match &self.attachment {
            None => texts,
            Some(file) => {
                let kind = ContentType::parse(file.media_type).map_err(|error| permanent("media type", &error))?;
                let part: SinglePart = Part::new(file.file_name.clone()).body(file.bytes.clone(), kind);
                MultiPart::mixed().multipart(texts).singlepart(part)
            }
        };
        let mut message = Message::builder()
            .message_id(Some(self.message_id.clone()))
            .date(self.at.into())
            .from(mailbox(&self.from_name, &self.from)?)
            .to(mailbox(&self.to_name, &self.to)?)
            .subject(one_line(&self.subject))
            .multipart(body)
            .map_err(|error| permanent("message", &error))?;
        for (name, value) in [
            (HeaderName::new_from_ascii_str("X-Dunghen-Kind"), &self.kind),
            (HeaderName::new_from_ascii_str("X-Dunghen-Dossier"), &self.dossier_code),
            (HeaderName::new_from_ascii_str("Auto-Submitted"), &"auto-generated".to_owned()),
        ] {
            message.headers_mut().insert_raw(HeaderValue::new(name, one_line(value)));
        }
        Ok(message)
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}
