//! Words to the world: mail by SMTP, or into a folder. Knows nothing of dossiers.

mod folder;
mod message;
mod smtp;

pub use folder::FolderCourier;
pub use message::{Attachment, Outgoing};
pub use smtp::{Security, SmtpCourier, SmtpSettings};

/// Why a message did not leave. Decided where the answer of the server is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryError {
    /// Worth another try: no connection, a timeout, a 4xx answer, a full disk.
    Temporary(String),
    /// The same message will never be taken: a 5xx answer, an impossible address.
    Permanent(String),
}

impl std::fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Temporary(why) | Self::Permanent(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for DeliveryError {}

/// Takes a message to where it is read.
pub trait Courier: Send + Sync {
    /// Hands the message over; `Ok` means that the other side has taken it.
    ///
    /// # Errors
    /// See [`DeliveryError`].
    fn send(&self, message: &Outgoing) -> Result<(), DeliveryError>;
}

/// Keeps what would have gone out where it is: the demonstration's mailbox reads the outbox itself.
#[derive(Debug, Default)]
pub struct KeptCourier;

impl Courier for KeptCourier {
    fn send(&self, message: &Outgoing) -> Result<(), DeliveryError> {
        message.formatted().map(|_| ())
    }
}

/// Whether `text` is one mail address and nothing else: no line feed can follow it into a header.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.parse::<lettre::Address>().is_ok() && !text.chars().any(|c| c.is_control() || c.is_whitespace())
}
