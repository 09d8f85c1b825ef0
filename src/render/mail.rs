//! The text of every mail, in Vietnamese: to officials about their dossiers, to applicants about theirs.
//!
//! [`MailFacts`] is frozen in the transaction that decides a notice; [`compose`] turns it into
//! words when it is sent. A new kind gets its key in [`compose`] and its words in `mail/wording/`.

mod alarms;
mod delivery_alarm;
mod desk;
mod digest;
mod facts;
mod layout;
mod letters;
mod proof;
mod sub_deadlines;
mod submissions;
mod wording;

pub use alarms::unanswered_text;
pub use digest::{DigestFacts, DigestLine, Urgent, compose_digest, digest_item, unsent_digest};
pub use facts::{HistoryLine, LetterNews, MailFacts, SubDeadlineFacts};

use crate::render::RenderError;
use wording::{citizens, officials};

/// One mail, ready to be addressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line without CR or LF, at most 200 characters.
    pub subject: String,
    /// The plain text part, lines ended by LF.
    pub text: String,
    /// The HTML part: the same words, a complete document that loads nothing from elsewhere.
    pub html: String,
}

/// The mail for these facts.
///
/// # Errors
/// [`RenderError::UnknownKind`] unless `facts.kind` has words here, in `mail/submissions.rs`,
/// `mail/sub_deadlines.rs`, `mail/alarms.rs` or `mail/letters.rs`.
pub fn compose(facts: &MailFacts) -> Result<Mail, RenderError> {
    let facts = facts.clean();
    let message = match facts.kind.as_str() {
        "due-soon" => officials::due_soon(&facts),
        "overdue" => officials::overdue(&facts),
        "escalation" => officials::escalation(&facts),
        "apology" => citizens::apology(&facts),
        "receipt" => citizens::receipt(&facts),
        "acceptance-due" => submissions::acceptance_due(&facts),
        "acceptance-late" => submissions::acceptance_late(&facts),
        "submission-received" => submissions::received(&facts),
        "submission-returned" => submissions::returned(&facts),
        "submission-declined" => submissions::declined(&facts),
        "redated" => citizens::redated(&facts),
        "citizen-cost" => proof::citizen_cost(&facts),
        "calendar-missing" => officials::calendar_missing(&facts),
        "delivery-alarm" => delivery_alarm::delivery_alarm(&facts),
        _ => match sub_deadlines::message(&facts)
            .or_else(|| alarms::message(&facts))
            .or_else(|| letters::message(&facts))
            .or_else(|| desk::message(&facts))
        {
            Some(message) => message,
            None => return Err(RenderError::UnknownKind(facts.kind)),
        },
    };
    layout::lay_out(message)
}

#[cfg(test)]
mod tests;
