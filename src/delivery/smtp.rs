//! Mail by SMTP: none, STARTTLS or TLS, with or without login.

use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{SmtpTransport, Transport};

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

/// Hands messages to a mail server over a small pool of connections.
pub struct SmtpCourier {
    transport: SmtpTransport,
}

impl std::fmt::Debug for SmtpCourier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpCourier").finish_non_exhaustive()
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
                builder = builder
                    .add_root_certificate(lettre::transport::smtp::client::Certificate::from_pem(pem).map_err(unfit)?);
            }
            builder.build_rustls().map_err(unfit)
        };
        let tls = match settings.security {
            Security::None => Tls::None,
            Security::StartTls => Tls::Required(parameters()?),
            Security::Tls => Tls::Wrapper(parameters()?),
        };
        let mut builder = SmtpTransport::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(settings.timeout))
            .pool_config(PoolConfig::new().max_size(4).idle_timeout(Duration::from_secs(30)));
        if let Some((username, password)) = &settings.login {
            builder = builder.credentials(Credentials::new(username.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build() })
    }
}

impl Courier for SmtpCourier {
    fn send(&self, message: &Outgoing) -> Result<Taken, DeliveryError> {
        let message = message.formatted()?;
        match self.transport.send(&message) {
            Ok(response) => {
                let answer = format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "));
                Ok(Taken { answer: answer.trim().to_owned(), provider_id: None })
            }
            // A refused login or a missing TLS (530 to 538) is the fault of our settings, not of the message.
            Err(error) if error.status().is_some_and(|code| (530..=538).contains(&u16::from(code))) => {
                Err(DeliveryError::Temporary(error.to_string()))
            }
            // Else only a 5xx answer is final; a broken line, a timeout or a 4xx may be better next time.
            Err(error) if error.is_permanent() => Err(DeliveryError::Permanent(error.to_string())),
            Err(error) => Err(DeliveryError::Temporary(error.to_string())),
        }
    }
}
