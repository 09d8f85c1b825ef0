//! A test message to an address that an administrator types, through the courier that real ones take.

use chrono::Duration;
use serde_json::json;

use crate::delivery::{DeliveryError, Mobile, Outgoing, is_address};
use crate::domain::time::Instant;
use crate::store::journal;
use crate::store::outbox::Delivery;

use super::accounts::note;
use super::error::{FieldError, OfficeResult, Problem};
use super::{Actor, Office, ids};

/// So many tests within so many minutes, by anybody: enough to set a server up, too few to send spam.
const MOST: i64 = 5;
const MINUTES: i64 = 10;

/// The journal's word for a test.
pub const TESTED: &str = "test_sent";

/// How a test ended, in the words of the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    pub taken: bool,
    pub answer: String,
}

/// The text of a test, made by who knows the languages.
#[derive(Debug, Clone)]
pub struct TestText {
    pub subject: String,
    pub text: String,
}

impl Office {
    /// Sends a test and answers what the server said. The journal keeps who tried which way, and whether it was
    /// taken, not the address.
    ///
    /// # Errors
    /// A wrong address, a way that is not set up, or too many tests just now.
    pub fn send_test(
        &self,
        now: Instant,
        actor: &Actor,
        (way, to): (Delivery, &str),
        text: TestText,
    ) -> OfficeResult<Tested> {
        let to = to.trim();
        let fits = if way == Delivery::Mail { is_address(to) } else { Mobile::parse(to).is_some() };
        if !fits {
            let problem = if way == Delivery::Mail { Problem::NotAnEmail } else { Problem::NotAPhone };
            return Err(FieldError::new("to", to, problem).into());
        }
        let Some(courier) = self.courier(way) else {
            return Err(FieldError::new("way", way.as_str(), Problem::WayNotSetUp).into());
        };
        let since = now - Duration::minutes(MINUTES);
        let lately = self.store().read(|conn| journal::newest_of_kind(conn, TESTED, MOST))?;
        if lately.iter().filter(|at| **at > since).count() >= usize::try_from(MOST).unwrap_or(usize::MAX) {
            return Err(FieldError::new("to", to, Problem::TooOften { minutes: MINUTES }).into());
        }
        let mail = &self.settings().mail;
        let outgoing = Outgoing {
            message_id: self.message_id(&ids::id(now)?),
            at: now,
            from: mail.from.clone(),
            from_name: mail.from_name.clone(),
            to: to.to_owned(),
            to_name: String::new(),
            html: format!("<p>{}</p>", text.text),
            subject: text.subject,
            text: text.text,
            kind: "test".to_owned(),
            dossier_code: String::new(),
            attachment: None,
        };
        let tested = match courier.send(&outgoing) {
            Ok(taken) => Tested { taken: true, answer: taken.answer },
            Err(DeliveryError::Unreachable(why) | DeliveryError::Temporary(why) | DeliveryError::Permanent(why)) => {
                Tested { taken: false, answer: why }
            }
        };
        courier.rest();
        let body = json!({ "way": way, "taken": tested.taken });
        self.store().write(|tx| note(tx, now, actor.journal_name(), TESTED, &body.to_string()))?;
        Ok(tested)
    }
}
