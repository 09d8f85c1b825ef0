//! Telling a citizen: the way a message takes, and to where.

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::store::Tx;
use crate::store::dossiers::DossierRow;
use crate::store::outbox::{self, Delivery, Message, Raised};

use super::Office;
use super::error::OfficeResult;
use super::messages::Addressed;
use super::rules::Rules;

/// What a citizen is told about a dossier.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub kind: NoticeKind,
    /// Number of the promise it speaks of.
    pub promise: i32,
    pub reason: &'a str,
    /// The letter that goes with it.
    pub letter_id: Option<&'a str>,
}

/// By mail where there is an address, else by the desk: on paper, or in words.
pub(super) fn citizen(row: &DossierRow) -> (Delivery, String) {
    match &row.applicant_email {
        Some(email) => (Delivery::Mail, email.clone()),
        None => {
            let reached = row.applicant_phone.as_ref().or(row.applicant_address.as_ref());
            (Delivery::Tray, reached.cloned().unwrap_or_default())
        }
    }
}

impl Office {
    /// Puts a message to the applicant on its way, once.
    pub(super) fn tell_citizen(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        told: &Told<'_>,
    ) -> OfficeResult<Raised> {
        let (delivery, recipient) = citizen(row);
        let addressed = Addressed {
            kind: told.kind,
            audience: Audience::Applicant,
            promise: told.promise,
            delivery,
            recipient: &recipient,
            recipient_name: &row.applicant_name,
            reason: told.reason,
        };
        let message = self.message(tx, rules, now, row, &addressed)?;
        Ok(outbox::raise(tx, Message { letter_id: told.letter_id.map(str::to_owned), ..message })?)
    }
}
