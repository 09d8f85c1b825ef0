//! Short messages through a provider's HTTP interface, whichever it is: the settings say what it
//! wants and what its answers mean.

use std::io::Read as _;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use ureq::http::{HeaderName, HeaderValue, Method, Request, Uri};

use super::{Courier, DeliveryError, Mobile, Outgoing, Taken};

mod template;

use template::{Escape, fill, one_line};

/// So much of an answer is read; providers answer in a line.
const ANSWER_LIMIT: u64 = 65_536;
/// So much of an answer is kept.
const KEPT: usize = 500;

/// How the provider wants a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneFormat {
    /// `0900000001`
    Local,
    /// `84900000001`
    International,
    /// `+84900000001`
    Plus,
}

/// A provider: what it is sent, and how its answers are read. Not `Debug`: it holds a secret.
#[derive(Clone)]
pub struct GatewaySettings {
    /// As it is named in errors: `sms`, `zalo`.
    pub name: String,
    /// May hold `{phone}`, `{text}`, `{id}`, `{secret}`, as may headers and body.
    pub url: String,
    pub method: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub secret: SecretString,
    /// Empty: 200 to 299.
    pub success_statuses: Vec<u16>,
    /// JSON pointer into the answer that has to be `success_value`; empty: the status says it all.
    pub success_pointer: String,
    pub success_value: String,
    /// JSON pointer to the provider's name of the message; empty: it gives none.
    pub id_pointer: String,
    /// Statuses that mean "never"; empty: 400 to 499 without those that blame the sender or the hour.
    pub permanent_statuses: Vec<u16>,
    /// Values at `success_pointer` that mean "never".
    pub permanent_values: Vec<String>,
    pub timeout: Duration,
    pub phone_format: PhoneFormat,
}

/// What is wrong with the address of a gateway, or nothing.
#[must_use]
pub fn address_problem(url: &str) -> Option<&'static str> {
    // Placeholders are no part of the host; braces are not allowed in an address.
    let Ok(uri) = url.replace(['{', '}'], "").parse::<Uri>() else { return Some("is no web address") };
    let host = uri.host().unwrap_or_default();
    let authority = uri.authority().map(|part| part.as_str().to_owned()).unwrap_or_default();
    if !url.contains(&format!("://{authority}")) || host.is_empty() || authority.contains('@') {
        return Some("must name a host, without placeholders and without a user");
    }
    let loopback =
        host == "localhost" || host == "[::1]" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    match uri.scheme_str() {
        Some("https") => None,
        Some("http") if loopback => None,
        _ => Some("must begin with https:// (http:// only to this machine itself)"),
    }
}

/// Hands short messages to one provider.
pub struct GatewayCourier {
    settings: GatewaySettings,
    method: Method,
    agent: ureq::Agent,
}

impl std::fmt::Debug for GatewayCourier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GatewayCourier").field("name", &self.settings.name).finish_non_exhaustive()
    }
}

impl GatewayCourier {
    /// Prepares the way; nothing is contacted yet.
    ///
    /// # Errors
    /// [`DeliveryError::Permanent`] when address, method or a header's name is impossible.
    pub fn new(settings: GatewaySettings) -> Result<Self, DeliveryError> {
        let unfit = |what: &str| DeliveryError::Permanent(format!("{}: {what}", settings.name));
        if let Some(problem) = address_problem(&settings.url) {
            return Err(unfit(&format!("url {problem}")));
        }
        let method = match settings.method.as_str() {
            "GET" => Method::GET,
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            _ => return Err(unfit("method must be POST, PUT or GET")),
        };
        if settings.headers.iter().any(|(name, _)| name.parse::<HeaderName>().is_err()) {
            return Err(unfit("headers: a name is impossible"));
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(settings.timeout))
            // A redirect would carry number and secret to somebody else: it is an answer like another.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // Settings come from the settings, not from the environment.
            .proxy(None)
            .user_agent("dunghen")
            .max_idle_connections_per_host(4)
            .build();
        Ok(Self { method, agent: config.into(), settings })
    }

    fn request(&self, phone: &str, text: &str, id: &str) -> Result<Request<String>, DeliveryError> {
        let settings = &self.settings;
        let values = [("phone", phone), ("text", text), ("id", id), ("secret", settings.secret.expose_secret())];
        let kind = settings.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let escape = Escape::of(kind.map_or("", |(_, value)| value));
        let mut builder =
            Request::builder().method(self.method.clone()).uri(fill(&settings.url, &values, Escape::Form));
        for (name, value) in &settings.headers {
            let value = HeaderValue::from_str(&fill(value, &values, Escape::Line));
            // The reason would show the value, which may be the secret.
            let mut value = value.map_err(|_| self.permanent("a header cannot be written"))?;
            value.set_sensitive(true);
            builder = builder.header(name, value);
        }
        let body = if self.method == Method::GET { String::new() } else { fill(&settings.body, &values, escape) };
        builder.body(body).map_err(|_| self.permanent("the request cannot be written"))
    }

    fn permanent(&self, what: &str) -> DeliveryError {
        DeliveryError::Permanent(format!("{}: {what}", self.settings.name))
    }

    fn temporary(&self, what: &str) -> DeliveryError {
        DeliveryError::Temporary(format!("{}: {what}", self.settings.name))
    }

    fn unreachable(&self, what: &str) -> DeliveryError {
        DeliveryError::Unreachable(format!("{}: {what}", self.settings.name))
    }

    /// The answer in one line, short, without the secret however it is written.
    fn told(&self, status: u16, body: &str) -> String {
        let mut text = format!("{status} {}", one_line(body).trim());
        let secret = self.settings.secret.expose_secret();
        if !secret.is_empty() {
            for escape in [Escape::Line, Escape::Json, Escape::Form, Escape::Xml] {
                text = text.replace(&escape.apply(secret), "***");
            }
        }
        text.trim().chars().take(KEPT).collect()
    }

    fn judge(&self, status: u16, body: &str) -> Result<Taken, DeliveryError> {
        let settings = &self.settings;
        let json: Value = serde_json::from_str(body).unwrap_or(Value::Null);
        let at = |pointer: &str| (!pointer.is_empty()).then(|| json.pointer(pointer).and_then(plain)).flatten();
        let said = at(&settings.success_pointer);
        let taken = match settings.success_statuses.as_slice() {
            [] => (200..300).contains(&status),
            statuses => statuses.contains(&status),
        };
        let agreed = settings.success_pointer.is_empty() || said.as_deref() == Some(settings.success_value.as_str());
        let answer = self.told(status, body);
        if taken && agreed {
            let provider_id = at(&settings.id_pointer).map(|id| id.chars().take(200).collect());
            return Ok(Taken { answer, provider_id });
        }
        let never = match settings.permanent_statuses.as_slice() {
            [] => is_about_the_message(status),
            statuses => statuses.contains(&status),
        };
        let never = never || said.is_some_and(|said| settings.permanent_values.contains(&said));
        Err(match never {
            true => self.permanent(&answer),
            false if matches!(status, 300..=399 | 401..=405 | 407) => self.unreachable(&answer),
            false => self.temporary(&answer),
        })
    }
}

/// Whether a status condemns this message: not our login, account or address (401 to 405, 407), and
/// not the hour (408, 425, 429).
fn is_about_the_message(status: u16) -> bool {
    (400..500).contains(&status) && !matches!(status, 401..=405 | 407 | 408 | 425 | 429)
}

/// A JSON value as text: providers write 0, "0" and true.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

impl Courier for GatewayCourier {
    fn send(&self, message: &Outgoing) -> Result<Taken, DeliveryError> {
        let mobile = Mobile::parse(&message.to).ok_or_else(|| self.permanent("not a mobile number"))?;
        let phone = match self.settings.phone_format {
            PhoneFormat::Local => mobile.local(),
            PhoneFormat::International => mobile.international(),
            PhoneFormat::Plus => format!("+{}", mobile.international()),
        };
        let id = message.message_id.trim_matches(['<', '>']);
        let request = self.request(&phone, &message.text, id)?;
        let answer = self.agent.run(request);
        // After these the request may have arrived.
        let unsure = |error: &ureq::Error| matches!(error, ureq::Error::Timeout(_) | ureq::Error::Io(_));
        let mut answer = answer.map_err(|error| {
            if unsure(&error) { self.temporary(&reason(&error)) } else { self.unreachable(&reason(&error)) }
        })?;
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        let read = answer.body_mut().as_reader().take(ANSWER_LIMIT).read_to_end(&mut body);
        if read.is_err() && !self.settings.success_pointer.is_empty() {
            return Err(self.temporary(&format!("{status}, and the answer broke off")));
        }
        self.judge(status, &String::from_utf8_lossy(&body))
    }
}

/// Why no answer came, without the address: it may hold number and secret.
#[expect(clippy::wildcard_enum_match_arm, reason = "errors of a library that may add some")]
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "no answer in time".to_owned(),
        ureq::Error::HostNotFound => "the host is not known".to_owned(),
        ureq::Error::ConnectionFailed => "no connection".to_owned(),
        ureq::Error::Io(error) => format!("the line: {}", error.kind()),
        ureq::Error::Rustls(error) => format!("TLS: {error}"),
        ureq::Error::Tls(what) => format!("TLS: {what}"),
        _ => "the request failed".to_owned(),
    }
}
