//! Who hears of a sub-deadline: with the step that touches it, or by the sweep; and the closing of a
//! file whose citizen did not answer (NĐ 118/2025 Art. 19(5)).

use crate::domain::dossier::{StageName, Step};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::sub_deadline::{Owed, SubDeadlineKind, SubOutcome, owed};
use crate::domain::time::{Instant, local};
use crate::domain::time_rule::NoticeLevel;
use crate::office::at_hand::AtHand;
use crate::office::error::OfficeResult;
use crate::office::messages::{Addressed, Place, person};
use crate::office::progress::{Moment, moved};
use crate::office::rules::Rules;
use crate::office::sweep::SweepReport;
use crate::office::{Actor, Office};
use crate::render::mail::{MailFacts, SubDeadlineFacts};
use crate::render::words::unanswered_request;
use crate::store::dossiers::DossierRow;
use crate::store::outbox::{self, Delivery, Message, Raised};
use crate::store::sub_deadlines::{self, SubDeadline};
use crate::store::{Conn, StoreResult, Tx};

use super::{Change, open_of, requests_of};

/// What a citizen was asked, while it still waits in the print tray.
const REQUESTS: [NoticeKind; 2] = [NoticeKind::SupplementRequest, NoticeKind::SupplementReminder];

impl Office {
    /// Takes a step inside a transaction, tells whom it concerns, and answers the row as it stands after.
    pub(crate) fn act(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        moment: Moment,
        actor: &Actor,
        row: DossierRow,
        step: &Step,
    ) -> OfficeResult<DossierRow> {
        let now = moment.now;
        let row = if *step == Step::Return { self.before_return(tx, rules, now, row)? } else { row };
        let (row, changes) = moved(tx, rules, moment, actor, row, step)?;
        let mut asked = None;
        for change in &changes {
            match change {
                Change::Opened(sub) if sub.kind == SubDeadlineKind::Supplement => asked = Some(facts_of(sub)),
                Change::Opened(_) => {}
                Change::Ended(sub) => self.tell_of_end(tx, rules, now, &row, sub)?,
            }
        }
        if let Step::RequestSupplement { note } = step {
            // Without a rule there is no date to name; what is missing is told all the same.
            let about = match asked {
                Some(about) => about,
                None => undated(note, moment.at, requests_of(tx, &row)?),
            };
            self.tell(tx, rules, now, &row, (NoticeKind::SupplementRequest, Audience::Applicant), about)?;
        }
        self.letters_after(tx, rules, now, row, step)
    }

    /// A sub-deadline ended: what was late is told, unless the sweep told it before.
    fn tell_of_end(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        sub: &SubDeadline,
    ) -> OfficeResult<()> {
        if sub.kind == SubDeadlineKind::Supplement {
            outbox::void_in_tray(tx, &row.id, &REQUESTS, now, "the request was answered, or the file ended")?;
        }
        if sub.outcome != Some(SubOutcome::Late) || sub.notice != NoticeLevel::Mail {
            return Ok(());
        }
        let notices: &[(NoticeKind, Audience)] = match sub.kind {
            SubDeadlineKind::CompletionNotice => &[(NoticeKind::CompletionLate, Audience::Supervisor)],
            SubDeadlineKind::HandOver => &[(NoticeKind::HandOverLate, Audience::Supervisor)],
            SubDeadlineKind::Consultation => &[
                (NoticeKind::ConsultationLate, Audience::Manager),
                (NoticeKind::ConsultationLate, Audience::Supervisor),
            ],
            SubDeadlineKind::Supplement => &[],
        };
        for notice in notices {
            self.tell(tx, rules, now, row, *notice, facts_of(sub))?;
        }
        Ok(())
    }

    /// Raises what the open sub-deadlines of a dossier owe at `now`; answers the one that closes it.
    pub(in crate::office) fn sweep_sub_deadlines(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        report: &mut SweepReport,
    ) -> OfficeResult<Option<SubDeadline>> {
        for sub in dossier.open_subs() {
            for owed in owed(&open_of(&sub), rules.supplement_reminder_days, now, &rules.calendar) {
                match owed {
                    Owed::Tell { kind, audience } => {
                        let raised = self.told(rules, now, dossier, (kind, audience), facts_of(&sub))?;
                        report.count(kind, raised);
                    }
                    Owed::Close if dossier.row.stage != StageName::AwaitingSupplement => {
                        tracing::warn!(dossier = %dossier.row.code, "an unanswered request, yet nobody is waited for");
                        report.count(NoticeKind::ClosedUnanswered, None);
                    }
                    Owed::Close => return Ok(Some(sub)),
                }
            }
        }
        Ok(None)
    }

    /// Closes a file whose request to complete it was not answered, and tells the citizen.
    pub(in crate::office) fn close_unanswered(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: DossierRow,
        sub: &SubDeadline,
    ) -> OfficeResult<Option<Raised>> {
        sub_deadlines::end(tx, &sub.id, now, SubOutcome::Lapsed)?;
        outbox::void_in_tray(tx, &row.id, &REQUESTS, now, "the request lapsed")?;
        let reason = unanswered_request(local(sub.started_at), local(sub.due_at), &sub.basis);
        let step = Step::Stop { reason };
        let (row, _) = moved(tx, rules, Moment { now, at: now }, &Actor::System, row, &step)?;
        let row = self.letters_after(tx, rules, now, row, &step)?;
        let notice = (NoticeKind::ClosedUnanswered, Audience::Applicant);
        self.tell(tx, rules, now, &row, notice, facts_of(sub))
    }

    /// [`Office::told`], written down at once.
    fn tell(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        notice: (NoticeKind, Audience),
        about: SubDeadlineFacts,
    ) -> OfficeResult<Option<Raised>> {
        Ok(AtHand::at_once(tx, row.clone(), |dossier| self.told(rules, now, dossier, notice, about))?.1)
    }

    /// Puts a message about a sub-deadline on its way, once; `None` when nobody with an address can be found.
    fn told(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        (kind, audience): (NoticeKind, Audience),
        about: SubDeadlineFacts,
    ) -> OfficeResult<Option<Raised>> {
        // Whoever held the dossier then: it may have been passed on meanwhile.
        if dossier.was_told(kind, audience, about.number) {
            return Ok(Some(Raised::AlreadyThere));
        }
        let row = &dossier.row;
        let reached = if audience == Audience::Applicant {
            let (delivery, recipient) = self.way_to(dossier);
            Some((delivery, recipient, dossier.addressee().name.to_owned()))
        } else {
            official(rules, row, kind, audience, now)
        };
        let Some((delivery, recipient, name)) = reached else {
            tracing::warn!(dossier = %row.code, %kind, %audience, "nobody with an address to tell");
            return Ok(None);
        };
        let number = about.number;
        let addressed = Addressed {
            kind,
            audience,
            promise: number,
            delivery,
            recipient: &recipient,
            recipient_name: &name,
            reason: "",
        };
        let facts = self.mail_facts(rules, now, dossier, &addressed)?;
        let facts = MailFacts { legal_basis: about.basis.clone(), sub_deadline: Some(about), ..facts };
        let message = self.message_of(now, row, &addressed, &facts)?;
        // Numbers of sub-deadlines and of promises must not meet in one key.
        if audience == Audience::Applicant {
            let notice_key = format!("{}/sub-{number}/{kind}/{audience}", row.id);
            return Ok(Some(self.deliver(rules, now, dossier, Message { notice_key, ..message })?));
        }
        let notice_key = format!("{}/sub-{number}/{kind}/{recipient}/{delivery}", row.id);
        Ok(Some(dossier.raise(Message { notice_key, ..message })))
    }
}

/// Which way a message to an official takes, to which address and name.
fn official(
    rules: &Rules,
    row: &DossierRow,
    kind: NoticeKind,
    audience: Audience,
    now: Instant,
) -> Option<(Delivery, String, String)> {
    // The paper lies at the desk: its own supervisor hears of it, not the one of the handling unit.
    let at = if kind == NoticeKind::HandOverLate { Place::desk(rules) } else { Place::of(rules, row) };
    let who = person(rules, at, audience, now)?;
    Some((Delivery::Mail, who.email.clone()?, who.name.clone()))
}

fn facts_of(sub: &SubDeadline) -> SubDeadlineFacts {
    SubDeadlineFacts {
        number: sub.number,
        asked: sub.content.clone(),
        body: sub.body.clone(),
        started_at: local(sub.started_at),
        due_at: Some(local(sub.due_at)),
        ended_at: sub.ended_at.map(local),
        basis: sub.basis.clone(),
        closes: sub.kind == SubDeadlineKind::Supplement && sub.notice == NoticeLevel::Mail,
    }
}

fn undated(note: &str, at: Instant, number: i32) -> SubDeadlineFacts {
    SubDeadlineFacts {
        number,
        asked: note.to_owned(),
        body: String::new(),
        started_at: local(at),
        due_at: None,
        ended_at: None,
        basis: String::new(),
        closes: false,
    }
}

/// Why a message about a sub-deadline no longer holds: it ended between the decision and the sending.
/// That something was late stays true.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::office) fn stale(conn: &mut Conn, message: &Message) -> StoreResult<Option<&'static str>> {
    let kind = match message.kind {
        NoticeKind::SupplementRequest | NoticeKind::SupplementReminder => SubDeadlineKind::Supplement,
        NoticeKind::ConsultationDue => SubDeadlineKind::Consultation,
        NoticeKind::DueSoon
        | NoticeKind::Overdue
        | NoticeKind::Escalation
        | NoticeKind::Apology
        | NoticeKind::Receipt
        | NoticeKind::Redated
        | NoticeKind::AcceptanceDue
        | NoticeKind::AcceptanceLate
        | NoticeKind::SubmissionReceived
        | NoticeKind::SubmissionReturned
        | NoticeKind::SubmissionDeclined
        | NoticeKind::ClosedUnanswered
        | NoticeKind::CompletionLate
        | NoticeKind::ConsultationLate
        | NoticeKind::HandOverLate
        | NoticeKind::CalendarMissing
        | NoticeKind::ApologyDue
        | NoticeKind::StillOverdue
        | NoticeKind::Unacknowledged
        | NoticeKind::Digest
        | NoticeKind::LateResult
        | NoticeKind::Loss
        | NoticeKind::SecondMiss
        | NoticeKind::DelayNotice
        | NoticeKind::SignatureDue
        | NoticeKind::Unsigned
        | NoticeKind::LetterRefused
        | NoticeKind::TaskLate
        | NoticeKind::DeliveryAlarm
        | NoticeKind::CitizenCost => return Ok(None),
    };
    let Some(dossier_id) = &message.dossier_id else { return Ok(None) };
    let known = sub_deadlines::of_dossier(conn, dossier_id)?;
    let of_kind = known.iter().filter(|sub| sub.kind == kind && sub.number == message.promise_number);
    Ok(of_kind.filter(|sub| sub.ended_at.is_some()).map(|_| "what it asks for came meanwhile").next())
}
