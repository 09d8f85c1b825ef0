//! Mail by SMTP: none, STARTTLS or TLS, with or without login.
//!
//! The dialogue is held here and not left to lettre's transport, since that writes a message in two
//! pieces: its text, then the final dot. The dot is a small packet behind another one that is not yet
//! acknowledged, so Nagle's algorithm holds it back until the server's delayed acknowledgement comes, 40 ms
//! later; lettre offers no `TCP_NODELAY`. Here text and dot leave in one write.

mod line;

use std::sync::Mutex;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;

use self::line::Begin;
use super::{Courier, DeliveryError, Outgoing, Taken};

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    None,
    StartTls,
    Tls,
}

/// The mail server to hand messages to.
#[derive(Clone)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// User name and password.
    pub login: Option<(String, String)>,
    /// How long one step may take.
    pub timeout: Duration,
    /// A certificate (PEM) to trust besides the public ones: an office's own mail server.
    pub extra_certificate: Option<Vec<u8>>,
}

impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpSettings").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// Hands messages to a mail server; lines stay open from one message to the next until [`Courier::rest`].
pub struct SmtpCourier {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
    open: Mutex<Vec<SmtpConnection>>,
}

impl std::fmt::Debug for SmtpCourier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpCourier").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl SmtpCourier {
    /// Prepares the connection; nothing is opened before the first message.
    ///
    /// # Errors
    /// When the TLS parameters cannot be made from the host name or the certificate.
    pub fn new(settings: &SmtpSettings) -> Result<Self, DeliveryError> {
        let unfit = |error: SmtpError| DeliveryError::Permanent(format!("TLS: {error}"));
        let parameters = || {
            let mut builder = TlsParameters::builder(settings.host.clone());
            if let Some(pem) = &settings.extra_certificate {
                builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(unfit)?);
            }
            builder.build_rustls().map_err(unfit)
        };
        let tls = match settings.security {
            Security::None => None,
            Security::StartTls | Security::Tls => Some(parameters()?),
        };
        Ok(Self { settings: settings.clone(), tls, open: Mutex::new(Vec::new()) })
    }

    /// A fresh line, protected and signed in; whatever fails here is no fault of a message.
    fn connect(&self) -> Result<SmtpConnection, DeliveryError> {
        let unreachable = |error: SmtpError| DeliveryError::Unreachable(words(&error));
        let settings = &self.settings;
        let hello = ClientId::default();
        let at_once = self.tls.as_ref().filter(|_| settings.security == Security::Tls);
        let place = (settings.host.as_str(), settings.port);
        let mut line =
            SmtpConnection::connect(place, Some(settings.timeout), &hello, at_once, None).map_err(unreachable)?;
        if let Some(tls) = self.tls.as_ref().filter(|_| settings.security == Security::StartTls) {
            line.starttls(tls, &hello).map_err(unreachable)?;
        }
        if let Some((user, password)) = &settings.login {
            let login = Credentials::new(user.clone(), password.clone());
            line.auth(DEFAULT_MECHANISMS, &login).map_err(unreachable)?;
        }
        Ok(line)
    }

    /// A line on which the message was begun: one that was kept open, or, when that has died meanwhile, a
    /// fresh one.
    fn begun(&self, envelope: &Envelope, text: &str) -> Result<SmtpConnection, DeliveryError> {
        while let Some(mut kept) = self.open.lock().ok().and_then(|mut open| open.pop()) {
            match line::begin(&mut kept, envelope, text) {
                Ok(()) => return Ok(kept),
                Err(Begin::Unfit(why)) => return Err(DeliveryError::Permanent(why.to_owned())),
                Err(Begin::Refused(error)) => {
                    kept.abort();
                    if error.status().is_some_and(|code| u16::from(code) != 421) {
                        return Err(refused(&error));
                    }
                }
            }
        }
        let mut line = self.connect()?;
        match line::begin(&mut line, envelope, text) {
            Ok(()) => Ok(line),
            Err(Begin::Unfit(why)) => Err(DeliveryError::Permanent(why.to_owned())),
            Err(Begin::Refused(error)) => {
                line.abort();
                Err(refused(&error))
            }
        }
    }
}

impl Courier for SmtpCourier {
    fn send(&self, message: &Outgoing) -> Result<Taken, DeliveryError> {
        let message = message.formatted()?;
        let text = String::from_utf8(message.formatted())
            .map_err(|_| DeliveryError::Permanent("the message is not UTF-8".to_owned()))?;
        let mut line = self.begun(message.envelope(), &text)?;
        match line::finish(&mut line, message.envelope(), &text) {
            Ok(response) => {
                if let Ok(mut open) = self.open.lock() {
                    open.push(line);
                }
                let answer = format!("{} {}", response.code(), response.first_line().unwrap_or_default());
                Ok(Taken { answer: answer.trim().to_owned(), provider_id: None })
            }
            Err(error) => {
                line.abort();
                Err(refused(&error))
            }
        }
    }

    fn rest(&self) {
        let open = self.open.lock().map(|mut open| std::mem::take(&mut *open)).unwrap_or_default();
        for mut line in open {
            line.abort();
        }
    }
}

impl Drop for SmtpCourier {
    fn drop(&mut self) {
        self.rest();
    }
}

/// What a failure in the middle of a message means for it.
fn refused(error: &SmtpError) -> DeliveryError {
    match error.status().map(u16::from) {
        // The server goes away, or wants a login or TLS (530 to 538): our settings, not the message.
        Some(421 | 530..=538) => DeliveryError::Unreachable(words(error)),
        // Else only a 5xx answer is final; a broken line, a timeout or a 4xx may be better next time.
        Some(_) if error.is_permanent() => DeliveryError::Permanent(words(error)),
        Some(_) | None => DeliveryError::Temporary(words(error)),
    }
}

/// The code and the words of the server; where it said nothing, what happened to the line.
fn words(error: &SmtpError) -> String {
    let source = std::error::Error::source(error).map(ToString::to_string);
    match (error.status(), source) {
        (Some(code), Some(said)) => format!("{code} {said}"),
        (Some(code), None) => code.to_string(),
        (None, _) => error.to_string(),
    }
}
