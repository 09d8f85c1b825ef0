//! What is told about an online file that is not accepted yet: to its applicant at each step, to the
//! desk while there is time, to the desk's supervisor when there is none left.

use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::reception::{acceptance_next, acceptance_owed};
use crate::domain::time::{Instant, local};
use crate::domain::working_time::working_time_left;
use crate::render::dates::working_span;
use crate::render::mail::MailFacts;
use crate::render::words::working_time_text;
use crate::store::alerts;
use crate::store::dossiers::DossierRow;
use crate::store::outbox::{self, Decided, Delivery, Message, Raised};
use crate::store::submissions::{self, Submission, SubmissionState};
use crate::store::{Tx, tasks};

use super::alarm::{Alarm, Subject, alert_of};
use super::at_hand::AtHand;
use super::error::OfficeResult;
use super::messages::{Place, holder, person};
use super::queue::office_minutes;
use super::reach::{Told, wish_of};
use super::rules::Rules;
use super::stale::stale_about;
use super::sweep::{BATCH, RETRY_AFTER, SweepReport};
use super::tasks::{TaskEnd, is_in_tray};
use super::{Actor, Office, ids};

/// Who a message goes to.
struct Reader<'a> {
    audience: Audience,
    address: &'a str,
    name: &'a str,
}

impl Office {
    /// Raises what is owed about files that wait; answers how many were looked at.
    pub(super) fn sweep_submissions(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<i64> {
        let waiting = submissions::to_check(tx, now, BATCH)?;
        let seen = i64::try_from(waiting.len()).unwrap_or(BATCH);
        for submission in waiting {
            report.examined += 1;
            let (from, due_at) = (submission.counted_from, submission.due_at);
            let owed = acceptance_owed(from, due_at, rules.notices, now, &rules.calendar);
            let owed = owed.filter(|_| submission.state == SubmissionState::Waiting);
            let raised = match owed {
                None => None,
                Some((kind, audience)) => Some((kind, self.raise_about(tx, rules, now, &submission, kind, audience)?)),
            };
            let mut next = acceptance_next(from, due_at, rules.notices, now, &rules.calendar);
            match raised {
                Some((kind, Some(Raised::New))) => *report.raised.entry(kind.to_string()).or_default() += 1,
                Some((_, Some(Raised::AlreadyThere))) => report.already_there += 1,
                Some((_, None)) => {
                    tracing::warn!(submission = %submission.code, "nobody with an address to tell");
                    report.failed += 1;
                    // That may be mended by then.
                    next = Some(now + RETRY_AFTER);
                }
                None => {}
            }
            submissions::set_next_check(tx, &submission.id, next)?;
        }
        Ok(seen)
    }

    fn raise_about(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        submission: &Submission,
        kind: NoticeKind,
        audience: Audience,
    ) -> OfficeResult<Option<Raised>> {
        let Some(who) = person(rules, Place::desk(rules), audience, now) else { return Ok(None) };
        let Some(address) = who.email.as_deref() else { return Ok(None) };
        let reader = Reader { audience, address, name: &who.name };
        let message = self.message_about(rules, now, submission, kind, &reader)?;
        Ok(Some(outbox::raise(tx, message)?))
    }

    /// Puts an alert about an online file on the screen of the desk's supervisor, once for its level, with a
    /// mail; `None` when nobody can be found, or nobody has an address.
    pub(super) fn alarm_about(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        submission: &Submission,
        (kind, level, reason): (NoticeKind, i32, &str),
    ) -> OfficeResult<Option<Raised>> {
        let audience = Audience::Supervisor;
        let alarm = Alarm {
            kind,
            level,
            audience,
            promise: submission.round(),
            ways: &[Way::Screen, Way::Mail],
            bundling: Bundling::Single,
            urgency: Urgency::Normal,
            acknowledge_by: None,
            reason,
        };
        let Some(who) = holder(rules, Place::desk(rules), audience, now) else { return Ok(None) };
        let key = alarm.key(&submission.id);
        let facts = |reader: &Reader<'_>| {
            let facts = self.facts_about(rules, now, submission, kind, reader)?;
            OfficeResult::Ok(serde_json::to_string(&MailFacts { reason: reason.to_owned(), ..facts })?)
        };
        let subject = Subject { agency_id: &submission.agency_id, dossier_id: None, code: &submission.code };
        let said = facts(&Reader { audience, address: "", name: &who.name })?;
        let raised = alerts::raise(tx, alert_of(now, subject, &alarm, who, key.clone(), said)?)?;
        // Whoever was not reached by mail then may be now; what was answered needs no mail any more.
        let Some(alert) = alerts::by_key(tx, &key)?.filter(|alert| alert.ended_at.is_none()) else {
            return Ok(Some(raised));
        };
        let mailed = person(rules, Place::desk(rules), audience, now);
        let Some((name, address)) = mailed.and_then(|who| Some((&who.name, who.email.as_deref()?))) else {
            return Ok(None);
        };
        let reader = Reader { audience, address, name };
        let message = self.message_about(rules, now, submission, kind, &reader)?;
        let facts = facts(&reader)?;
        let message = Message { notice_key: format!("{key}/mail"), alert_id: Some(alert.id), facts, ..message };
        Ok(Some(if outbox::raise(tx, message)? == Raised::New { Raised::New } else { raised }))
    }

    /// Tells the applicant, who may have given no address: the page behind their link says it too.
    pub(super) fn tell_applicant(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        submission: &Submission,
        kind: NoticeKind,
    ) -> OfficeResult<()> {
        let wish = wish_of(submission, now);
        let ways = self.ways_of(submission.into(), Some(&wish));
        let (delivery, address) = ways.into_iter().next().unwrap_or((Delivery::Tray, String::new()));
        // That it was received needs nobody to read it out.
        if delivery == Delivery::Tray && kind == NoticeKind::SubmissionReceived {
            return Ok(());
        }
        let reader = Reader { audience: Audience::Applicant, address: &address, name: &submission.applicant_name };
        let message = self.message_about(rules, now, submission, kind, &reader)?;
        let message = Message { delivery, ..message };
        if outbox::raise(tx, message.clone())? == Raised::New && delivery == Delivery::Tray {
            self.open_tray_task(tx, rules, now, &submission.into(), (&message, ""))?;
        }
        Ok(())
    }

    /// What the desk was still to tell about an online file, and no longer holds, is taken from it.
    pub(super) fn take_from_desk(tx: &mut Tx<'_>, now: Instant, submission: &Submission) -> OfficeResult<()> {
        for message in outbox::of_submission(tx, &submission.id)?.iter().filter(|message| is_in_tray(message)) {
            if let Some(reason) = stale_about(message, submission) {
                outbox::void(tx, &message.id, now, reason)?;
                let by = Actor::System.journal_name();
                tasks::finish_of_message(tx, &message.id, now, by, TaskEnd::Settled.as_str())?;
            }
        }
        Ok(())
    }

    /// The receipt of an accepted file, with its promise (Art. 17(3)).
    pub(super) fn send_receipt(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
    ) -> OfficeResult<()> {
        // Without a way for messages the paper and the page say it.
        let mut dossier = AtHand::one(tx, row.clone())?;
        if self.way_to(&dossier).0 != Delivery::Tray {
            let (kind, promise) = (NoticeKind::Receipt, row.promise_number);
            self.tell_citizen(rules, now, &mut dossier, &Told { kind, promise, reason: "", letter_id: None })?;
        }
        dossier.write(tx)?;
        Ok(())
    }

    fn message_about(
        &self,
        rules: &Rules,
        now: Instant,
        submission: &Submission,
        kind: NoticeKind,
        reader: &Reader<'_>,
    ) -> OfficeResult<Message> {
        let facts = self.facts_about(rules, now, submission, kind, reader)?;
        let id = ids::id(now)?;
        let decided = Decided {
            message_id: self.message_id(&id),
            id,
            agency_id: submission.agency_id.clone(),
            about: submission.code.clone(),
            // Once for each wait, whoever holds the post meanwhile.
            notice_key: format!("{}/{}/{kind}/{}", submission.id, submission.round(), reader.audience),
            kind,
            audience: reader.audience,
            promise_number: submission.round(),
            delivery: Delivery::Mail,
            recipient: reader.address.to_owned(),
            recipient_name: reader.name.to_owned(),
            facts: serde_json::to_string(&facts)?,
            at: now,
        };
        Ok(Message { submission_id: Some(submission.id.clone()), ..Message::decided(decided) })
    }

    fn facts_about(
        &self,
        rules: &Rules,
        now: Instant,
        submission: &Submission,
        kind: NoticeKind,
        reader: &Reader<'_>,
    ) -> OfficeResult<MailFacts> {
        let procedure = rules.procedure_at(&submission.procedure_code, submission.submitted_at);
        let unit = submission.unit_id.as_deref().and_then(|id| rules.unit(id));
        let (over, a_day) = office_minutes(&rules.calendar, submission.due_at, now);
        let citizen = reader.audience == Audience::Applicant;
        Ok(MailFacts {
            kind: kind.as_str().to_owned(),
            audience: reader.audience,
            recipient_name: reader.name.to_owned(),
            salutation: "Ông/Bà".to_owned(),
            dossier_code: submission.code.clone(),
            procedure_name: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
            applicant_name: submission.applicant_name.clone(),
            unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            officer_name: String::new(),
            received_at: local(submission.submitted_at),
            due_at: Some(local(submission.due_at)),
            new_due_at: None,
            time_left: working_time_text(working_time_left(now, submission.due_at, &rules.calendar)),
            time_late: if over == 0 { String::new() } else { working_span(over, a_day) },
            reason: submission.note.clone(),
            legal_basis: submission.basis.clone(),
            accountable: String::new(),
            sub_deadline: None,
            letter: None,
            history: Vec::new(),
            attachment: None,
            provisional: false,
            agency_name: rules.agency()?.name.clone(),
            agency_phone: self.settings().agency.phone.clone(),
            link: Some(if citizen { self.submission_status_url(submission) } else { self.submission_url(submission) }),
        })
    }

    /// Where officials see the online file.
    #[must_use]
    pub fn submission_url(&self, submission: &Submission) -> String {
        format!("{}/truc-tuyen/{}", self.settings().server.public_url.trim_end_matches('/'), submission.code)
    }

    /// Where the citizen sees it, now and when it is a dossier.
    #[must_use]
    pub fn submission_status_url(&self, submission: &Submission) -> String {
        format!("{}/tra-cuu/{}", self.settings().server.public_url.trim_end_matches('/'), submission.status_token)
    }
}
