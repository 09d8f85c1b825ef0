//! What is told to the citizen whose date moved: the old one, the new one, and the days that moved it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::{Instant, civil_day, local};
use crate::render::mail::MailFacts;
use crate::render::words::{days_off_text, hours_changed_text};
use crate::store::calendar_days::{self, StoredDay};
use crate::store::dossiers::DossierRow;
use crate::store::outbox::Raised;
use crate::store::promises::PromiseRow;
use crate::store::{Conn, Tx, calendar_versions};

use super::super::Office;
use super::super::at_hand::AtHand;
use super::super::error::OfficeResult;
use super::super::messages::Addressed;
use super::super::rules::Rules;

/// What changed between two versions of the calendar.
pub(super) struct Changes {
    pub decision: String,
    /// Days that became days off, with what they are called and rest on.
    off: Vec<(NaiveDate, String)>,
}

impl Changes {
    pub(super) fn between(
        conn: &mut Conn,
        from: i32,
        to: i32,
        old: &WorkingCalendar,
        new: &WorkingCalendar,
    ) -> OfficeResult<Self> {
        let decision = calendar_versions::find(conn, to)?.map(|made| made.decision).unwrap_or_default();
        let rows: BTreeMap<NaiveDate, StoredDay> = calendar_days::of_version(conn, from)?
            .into_iter()
            .map(|day| (day.day, StoredDay { name: String::new(), basis: String::new(), ..day }))
            .chain(calendar_days::of_version(conn, to)?.into_iter().map(|day| (day.day, day)))
            .collect();
        let off = rows
            .into_values()
            .filter(|day| old.is_working_day(day.day) && !new.is_working_day(day.day))
            .map(|day| {
                let said = [day.name.as_str(), day.basis.as_str()].into_iter().filter(|part| !part.is_empty());
                (day.day, said.collect::<Vec<_>>().join(", "))
            })
            .collect();
        Ok(Self { decision, off })
    }

    /// The days off between receipt and the new date, in words.
    pub(super) fn reason(&self, received: NaiveDate, until: Option<Instant>) -> String {
        let until = until.map_or(received, civil_day);
        let between: Vec<(NaiveDate, &str)> = self
            .off
            .iter()
            .filter(|(day, _)| received <= *day && *day <= until)
            .map(|(day, said)| (*day, said.as_str()))
            .collect();
        if between.is_empty() { hours_changed_text() } else { days_off_text(&between) }
    }
}

impl Office {
    /// Puts the message on its way, to the mail address or into the tray; answers how many are new.
    #[expect(clippy::too_many_arguments, reason = "the parts of one message, all read before")]
    pub(super) fn tell_redated(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        before: (Option<Instant>, Option<Instant>),
        promise: &PromiseRow,
        reason: &str,
    ) -> OfficeResult<u64> {
        // The date the citizen goes by: the new one of the apology, where there is one.
        let (was, is) = (before.1.or(before.0), row.new_due_at.or(row.due_at));
        if was == is {
            return Ok(0);
        }
        let mut dossier = AtHand::to_tell(tx, row.clone())?;
        let (delivery, recipient) = self.way_to(&dossier);
        let addressed = Addressed {
            kind: NoticeKind::Redated,
            audience: Audience::Applicant,
            promise: promise.number,
            delivery,
            recipient: &recipient,
            recipient_name: dossier.addressee().name,
            reason,
        };
        let facts = self.redated_facts(rules, row, (was, is), promise, &addressed)?;
        let message = self.message_of(now, row, &addressed, &facts)?;
        let raised = self.deliver(rules, now, &mut dossier, message)?;
        dossier.write(tx)?;
        Ok(match raised {
            Raised::New => 1,
            Raised::AlreadyThere => 0,
        })
    }

    /// Made without a question to the database: a change may move a hundred thousand dates.
    fn redated_facts(
        &self,
        rules: &Rules,
        row: &DossierRow,
        (was, is): (Option<Instant>, Option<Instant>),
        promise: &PromiseRow,
        wording: &Addressed<'_>,
    ) -> OfficeResult<MailFacts> {
        let procedure = rules.procedure_version(&row.procedure_id);
        let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
        Ok(MailFacts {
            accountable: String::new(),
            sub_deadline: None,
            letter: None,
            kind: NoticeKind::Redated.as_str().to_owned(),
            audience: Audience::Applicant,
            recipient_name: wording.recipient_name.to_owned(),
            salutation: "Ông/Bà".to_owned(),
            dossier_code: row.code.clone(),
            procedure_name: procedure.map(|procedure| procedure.row.name.clone()).unwrap_or_default(),
            applicant_name: row.applicant_name.clone(),
            unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            officer_name: String::new(),
            received_at: local(row.received_at),
            due_at: was.map(local),
            new_due_at: is.map(local),
            time_left: String::new(),
            time_late: String::new(),
            reason: wording.reason.to_owned(),
            legal_basis: "Điều 148 Bộ luật Dân sự 2015".to_owned(),
            history: Vec::new(),
            attachment: None,
            provisional: promise.provisional,
            agency_name: rules.agency()?.name.clone(),
            agency_phone: self.settings().agency.phone.clone(),
            link: Some(self.status_url(row)),
        })
    }
}
