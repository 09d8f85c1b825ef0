//! Words to the world: mail by SMTP or into a folder, short messages by HTTP. Knows nothing of dossiers.

use std::sync::Arc;

mod bounce;
mod folder;
mod gateway;
mod message;
mod phone;
mod smtp;

pub use bounce::{
    Action as BounceAction, Found as BouncesFound, Mark as BounceMark, StatusReport, read_mailbox as read_bounces,
};
pub use folder::FolderCourier;
pub use gateway::{GatewayCourier, GatewaySettings, PhoneFormat, address_problem};
pub use message::{Attachment, Outgoing};
pub use phone::Mobile;
pub use smtp::{Security, SmtpCourier, SmtpSettings};

/// What the other side said when it took a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// In its own words: `250 2.0.0 Ok: queued as 4F…`.
    pub answer: String,
    /// How it names the message in later reports, when it says so.
    pub provider_id: Option<String>,
}

/// Why a message did not leave. Decided where the answer of the server is seen; in the server's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryError {
    /// The way itself does not work: no connection, no greeting, our login refused. It says nothing of the
    /// message, so it does not count as an attempt.
    Unreachable(String),
    /// This message was not taken, for now: a 4xx answer, a line that broke in the middle, a full disk.
    Temporary(String),
    /// The same message will never be taken: a 5xx answer, an impossible address.
    Permanent(String),
}

impl std::fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreachable(why) | Self::Temporary(why) | Self::Permanent(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for DeliveryError {}

/// Takes a message to where it is read.
pub trait Courier: Send + Sync {
    /// Hands the message over; `Ok` means that the other side has taken it, with its answer.
    ///
    /// # Errors
    /// See [`DeliveryError`].
    fn send(&self, message: &Outgoing) -> Result<Taken, DeliveryError>;

    /// Nothing more is to be sent for now: lines that are kept open may be closed.
    fn rest(&self) {}
}

/// The couriers of an office: mail always, short messages where a provider is set up.
#[derive(Clone)]
pub struct Couriers {
    pub mail: Arc<dyn Courier>,
    pub sms: Option<Arc<dyn Courier>>,
    pub zalo: Option<Arc<dyn Courier>>,
}

impl std::fmt::Debug for Couriers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Couriers").finish_non_exhaustive()
    }
}

impl From<Arc<dyn Courier>> for Couriers {
    fn from(mail: Arc<dyn Courier>) -> Self {
        Self { mail, sms: None, zalo: None }
    }
}

impl<T: Courier + 'static> From<Arc<T>> for Couriers {
    fn from(mail: Arc<T>) -> Self {
        Self { mail, sms: None, zalo: None }
    }
}

/// Keeps what would have gone out where it is: the demonstration's mailbox reads the outbox itself.
#[derive(Debug, Default)]
pub struct KeptCourier;

impl Courier for KeptCourier {
    fn send(&self, message: &Outgoing) -> Result<Taken, DeliveryError> {
        message.formatted().map(|_| Taken { answer: "kept here".to_owned(), provider_id: None })
    }
}

/// Whether `text` is one mail address and nothing else: no line feed can follow it into a header.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.parse::<lettre::Address>().is_ok() && !text.chars().any(|c| c.is_control() || c.is_whitespace())
}
