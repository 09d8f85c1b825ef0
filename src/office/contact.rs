//! Putting right how an applicant is reached: telephone, mail, address, and the way they prefer; and the
//! telephone of who was authorised.

use serde::Deserialize;
use serde_json::json;

use crate::domain::filing::{Addressee, FiledBy};
use crate::domain::notice::Audience;
use crate::domain::time::Instant;
use crate::store::contacts;
use crate::store::dossiers::{self, ContactColumns, DossierRow};
use crate::store::filings::{self, Filing};
use crate::store::journal::{self, Line};
use crate::store::outbox::{self, Delivery, Message, OutboxState};
use crate::store::search_key::dossier_key;
use crate::store::tasks::{self, TaskKind};
use crate::store::{StoreError, Tx};

use super::at_hand::AtHand;
use super::error::{OfficeError, OfficeResult};
use super::fallback::{joined, usual};
use super::filing::phone_of;
use super::intake_form::{TextOf, reachable, wished};
use super::reach::{Addresses, named};
use super::tasks::{TaskEnd, is_in_tray};
use super::{Actor, Office};

/// The journal's word for it; its line names fields, never what stands in them.
pub const CORRECTED: &str = "contact-corrected";

/// Why a message is not sent to where it was to go.
const ADDRESS_GONE: &str = "the address was taken away";

/// How an applicant is reached, as it should be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    pub applicant_phone: String,
    pub applicant_email: String,
    pub applicant_address: String,
    /// Of the person who handed it in for the applicant; `None`: as it is, or nobody did.
    pub representative_phone: Option<String>,
    /// Ways in order of preference, parted by spaces or commas; empty: as usual.
    pub contact_ways: String,
    /// The dossier as the person saw it.
    pub version: i32,
}

impl Office {
    /// Puts a contact right. Ways that failed count again where their address changed, what lay at the desk
    /// for want of a way is sent, and what waits goes to the new address.
    ///
    /// # Errors
    /// Not found; every field that is wrong; a conflict when somebody was faster.
    pub fn correct_contact(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        form: &ContactForm,
    ) -> OfficeResult<DossierRow> {
        self.store().write(|tx| {
            let row = dossiers::by_code(tx, code)?.ok_or(OfficeError::NotFound)?;
            if row.revision != form.version {
                return Err(StoreError::Conflict(format!("dossier {code} was at revision {}", row.revision)).into());
            }
            let filing = filings::find(tx, &row.id)?;
            let (wanted, representative) = checked(&row, filing.as_ref(), form)?;
            let known = contacts::find(tx, &row.id)?.unwrap_or_else(|| usual(&row.id, now));
            let ways = joined(&wished(&form.contact_ways)?);
            let mut fields = changed(&row, &wanted);
            if representative.is_some() {
                fields.push("representative_phone");
            }
            if ways != known.ways {
                fields.push("contact_ways");
            }
            if fields.is_empty() {
                return Ok(row);
            }
            let addressee = filing.map_or(Addressee::Applicant, |filing| filing.addressee);
            let dead: Vec<Delivery> =
                named(&known.dead).into_iter().filter(|way| !fields.contains(&field(addressee, *way))).collect();
            if let Some(phone) = &representative {
                filings::save_phone(tx, &row.id, phone)?;
            }
            contacts::put(tx, contacts::Contact { ways, dead: joined(&dead), changed_at: now, ..known })?;
            dossiers::save_contact(tx, &row, wanted)?;
            let line = Line {
                recorded_at: now,
                at: now,
                actor: actor.journal_name(),
                kind: CORRECTED,
                dossier_id: Some(&row.id),
                body: json!({ "fields": fields }).to_string(),
            };
            journal::append(tx, &[line])?;
            let row = dossiers::find(tx, &row.id)?.ok_or(OfficeError::NotFound)?;
            self.send_anew(tx, now, actor, &row)?;
            Ok(row)
        })
    }

    /// What the desk was to tell goes by the way that is there now, what waits goes to the address that is
    /// there now; wrong contacts are mended.
    fn send_anew(&self, tx: &mut Tx<'_>, now: Instant, actor: &Actor, row: &DossierRow) -> OfficeResult<()> {
        let by = actor.journal_name();
        for task in tasks::of_dossier(tx, &row.id)?.iter().filter(|task| task.kind == TaskKind::Contact) {
            if task.outbox_id.is_none() {
                tasks::finish(tx, &task.id, now, by, TaskEnd::Mended.as_str())?;
            }
        }
        let dossier = AtHand::to_tell(tx, row.clone())?;
        let (way, told) = (self.way_to(&dossier), dossier.addressee());
        let waits = |message: &Message| {
            let state = matches!(message.state, OutboxState::Ready | OutboxState::Retry);
            message.audience == Audience::Applicant && state
        };
        for message in outbox::of_dossier(tx, &row.id)?.into_iter().filter(waits) {
            if is_in_tray(&message) && way.0 != Delivery::Tray {
                let again = self.again_by(now, &message, way.clone())?;
                if outbox::raise(tx, again)? == outbox::Raised::New {
                    outbox::void(tx, &message.id, now, "sent to the corrected contact")?;
                    tasks::finish_of_message(tx, &message.id, now, by, TaskEnd::Mended.as_str())?;
                }
            } else {
                self.follow_contact(tx, now, &message, told.into())?;
            }
        }
        Ok(())
    }

    /// A message that waits goes to the address that is there now; where there is none any more, another way.
    pub(super) fn follow_contact(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        message: &Message,
        to: Addresses<'_>,
    ) -> OfficeResult<()> {
        match self.address(message.delivery, to) {
            Some(address) if address == message.recipient => {}
            Some(address) => {
                outbox::readdress(tx, &message.id, (&address, &message.recipient_name), &message.facts)?;
            }
            None => {
                self.fall_back(tx, now, message, ADDRESS_GONE)?;
                outbox::void(tx, &message.id, now, ADDRESS_GONE)?;
            }
        }
        Ok(())
    }
}

/// The columns of the applicant, and the telephone of the representative where it is another one now.
fn checked(
    row: &DossierRow,
    filing: Option<&Filing>,
    form: &ContactForm,
) -> OfficeResult<(ContactColumns, Option<String>)> {
    let text = TextOf { phone: &form.applicant_phone, email: &form.applicant_email, address: &form.applicant_address };
    let mut errors = Vec::new();
    let (phone, email, address) = reachable(&text, &mut errors);
    let authorised = filing.filter(|filing| filing.filed_by == FiledBy::Representative);
    let representative = authorised.zip(form.representative_phone.as_deref()).and_then(|(filing, typed)| {
        Some(phone_of(typed, &mut errors)).filter(|phone| *phone != filing.representative_phone)
    });
    if !errors.is_empty() {
        return Err(OfficeError::Invalid(errors));
    }
    let search_key = dossier_key(&row.code, &row.applicant_name, phone.as_deref(), email.as_deref());
    let columns =
        ContactColumns { applicant_phone: phone, applicant_email: email, applicant_address: address, search_key };
    Ok((columns, representative))
}

/// The field that a way to who is told depends on.
const fn field(addressee: Addressee, way: Delivery) -> &'static str {
    match (addressee, way) {
        (Addressee::Representative, _) => "representative_phone",
        (Addressee::Applicant, Delivery::Mail) => "applicant_email",
        (Addressee::Applicant, Delivery::Sms | Delivery::Zalo) => "applicant_phone",
        (Addressee::Applicant, Delivery::Tray) => "applicant_address",
    }
}

fn changed(row: &DossierRow, wanted: &ContactColumns) -> Vec<&'static str> {
    [
        ("applicant_phone", row.applicant_phone != wanted.applicant_phone),
        ("applicant_email", row.applicant_email != wanted.applicant_email),
        ("applicant_address", row.applicant_address != wanted.applicant_address),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}
