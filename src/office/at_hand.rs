//! Dossiers at hand: what a decision needs is read before it, for many dossiers at once; what it decides is
//! kept beside it and written together. The decision asks no database, for one dossier as for a thousand.

use std::collections::HashMap;

use crate::domain::dossier::StepKind;
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::store::alerts::{self, Alert};
use crate::store::citizen_messages::{self, CitizenMessage};
use crate::store::contacts::{self, Contact};
use crate::store::dossiers::DossierRow;
use crate::store::filings::{self, Filing};
use crate::store::journal::{self, Entry};
use crate::store::letters::{self, LetterRow, LetterState};
use crate::store::outbox::{self, Known, Message, Raised};
use crate::store::promises::{self, PromiseRow};
use crate::store::sub_deadlines::{self, SubDeadline};
use crate::store::tasks::Task;
use crate::store::{Conn, StoreResult, Tx};

use super::Actor;
use super::error::OfficeResult;
use super::filing::Told;
use super::grouped;
use super::progress::Moment;
use super::tasks::About;

mod written;

pub(super) use written::write;
use written::{Acknowledged, Decided, Event, Silenced};

/// One dossier with what is known of it, and what was decided and is not written yet.
#[derive(Debug)]
pub(super) struct AtHand {
    /// As it stands after what was decided.
    pub row: DossierRow,
    pub promises: Vec<PromiseRow>,
    pub subs: Vec<SubDeadline>,
    /// Every letter, in the order they were drafted.
    pub letters: Vec<LetterRow>,
    pub alerts: Vec<Alert>,
    pub contact: Option<Contact>,
    filing: Option<Filing>,
    /// Who said that it would be ready, and when.
    pub confirmed: Vec<Entry>,
    pub said: Vec<CitizenMessage>,
    told: Vec<Known>,
    decided: Decided,
}

impl AtHand {
    /// These dossiers with everything that is known of them: a few questions, however many they are.
    pub(super) fn all(conn: &mut Conn, rows: Vec<DossierRow>) -> StoreResult<Vec<Self>> {
        let mut dossiers: Vec<Self> = rows.into_iter().map(Self::bare).collect();
        know_all(conn, &mut dossiers)?;
        Ok(dossiers)
    }

    /// One dossier with everything.
    pub(super) fn one(conn: &mut Conn, row: DossierRow) -> StoreResult<Self> {
        let mut dossier = [Self::bare(row)];
        know_all(conn, &mut dossier)?;
        let [dossier] = dossier;
        Ok(dossier)
    }

    /// One dossier with what a step needs: promises, sub-deadlines, alerts.
    pub(super) fn to_move(conn: &mut Conn, row: DossierRow) -> StoreResult<Self> {
        let mut dossier = [Self::bare(row)];
        know_dates(conn, &ids_of(&dossier), &mut dossier)?;
        let [dossier] = dossier;
        Ok(dossier)
    }

    /// One dossier with what a message to its citizen needs: who is told and how, and what was told before.
    pub(super) fn to_tell(conn: &mut Conn, row: DossierRow) -> StoreResult<Self> {
        let mut dossier = [Self::bare(row)];
        know_reach(conn, &ids_of(&dossier), &mut dossier)?;
        let [dossier] = dossier;
        Ok(dossier)
    }

    /// Takes one in hand, decides, and writes it down; answers the row as it stands after.
    pub(super) fn at_once<T>(
        tx: &mut Tx<'_>,
        row: DossierRow,
        decide: impl FnOnce(&mut Self) -> OfficeResult<T>,
    ) -> OfficeResult<(DossierRow, T)> {
        let mut dossier = Self::one(tx, row)?;
        let answer = decide(&mut dossier)?;
        Ok((dossier.write(tx)?, answer))
    }

    /// Writes down what was decided; answers the row as it stands after.
    pub(super) fn write(self, tx: &mut Tx<'_>) -> OfficeResult<DossierRow> {
        let mut dossier = [self];
        write(tx, &mut dossier)?;
        let [dossier] = dossier;
        Ok(dossier.row)
    }

    const fn bare(row: DossierRow) -> Self {
        Self {
            row,
            promises: Vec::new(),
            subs: Vec::new(),
            letters: Vec::new(),
            alerts: Vec::new(),
            contact: None,
            filing: None,
            confirmed: Vec::new(),
            said: Vec::new(),
            told: Vec::new(),
            decided: Decided::NOTHING,
        }
    }

    pub(super) fn open_subs(&self) -> Vec<SubDeadline> {
        self.subs.iter().filter(|sub| sub.ended_at.is_none()).cloned().collect()
    }

    /// The issued letters that stand, oldest first.
    pub(super) fn issued(&self) -> Vec<&LetterRow> {
        let stands = |letter: &&LetterRow| letter.state == LetterState::Issued && !letter.is_taken_back();
        let mut issued: Vec<_> = self.letters.iter().filter(stands).collect();
        issued.sort_by_key(|letter| (letter.issued_at, letter.serial));
        issued
    }

    /// Who is told what the applicant has to hear.
    pub(super) fn addressee(&self) -> Told<'_> {
        Told::of(&self.row, self.filing.as_ref())
    }

    /// What a task of the desk about it needs.
    pub(super) fn about(&self) -> About {
        About::dossier(&self.row, self.filing.as_ref())
    }

    pub(super) fn has_message(&self, notice_key: &str) -> bool {
        self.told.iter().any(|known| known.notice_key == notice_key)
    }

    /// Whether this audience was told, or is about to be, whoever it was then and by whatever way.
    pub(super) fn was_told(&self, kind: NoticeKind, audience: Audience, number: i32) -> bool {
        let mut known = self.told.iter();
        known.any(|known| known.kind == kind && known.audience == audience && known.promise_number == number)
    }

    /// Puts a message on its way unless its key is there.
    pub(super) fn raise(&mut self, message: Message) -> Raised {
        if self.has_message(&message.notice_key) {
            return Raised::AlreadyThere;
        }
        self.told.push(Known {
            dossier_id: message.dossier_id.clone(),
            notice_key: message.notice_key.clone(),
            kind: message.kind,
            audience: message.audience,
            promise_number: message.promise_number,
        });
        self.decided.messages.push(message);
        Raised::New
    }

    pub(super) fn alert(&self, key: &str) -> Option<&Alert> {
        self.alerts.iter().find(|alert| alert.alert_key == key)
    }

    /// Puts an alert on its screen; its key is not there.
    pub(super) fn put_alert(&mut self, alert: Alert) {
        self.alerts.push(alert.clone());
        self.decided.alerts.push(alert);
    }

    /// Ends open alerts that stopped to matter.
    pub(super) fn end_alerts(&mut self, ids: &[String], at: Instant) {
        for alert in self.alerts.iter_mut().filter(|alert| alert.ended_at.is_none() && ids.contains(&alert.id)) {
            alert.ended_at = Some(at);
            self.decided.ended.push((alert.id.clone(), at));
        }
    }

    /// Somebody who acted has received an alert.
    pub(super) fn acknowledge(&mut self, alert_id: &str, at: Instant, by: &str, answer: &str) {
        for alert in self.alerts.iter_mut().filter(|alert| alert.id == alert_id) {
            alert.ended_at = Some(at);
        }
        let (alert_id, by, answer) = (alert_id.to_owned(), by.to_owned(), answer.to_owned());
        self.decided.acknowledged.push(Acknowledged { alert_id, at, by, answer });
    }

    /// What waits of the messages of these alerts does not leave any more.
    pub(super) fn silence(&mut self, alert_ids: Vec<String>, at: Instant, why: &'static str) {
        self.decided.silenced.push(Silenced { alert_ids, at, why });
    }

    /// A letter, new or over the row as it stood in `was`.
    pub(super) fn put_letter(&mut self, letter: LetterRow, was: Option<LetterState>) {
        self.letters.retain(|known| known.id != letter.id);
        self.letters.push(letter.clone());
        self.decided.letters.push((letter, was));
    }

    pub(super) fn promise(&mut self, promise: PromiseRow) {
        self.promises.push(promise.clone());
        self.decided.promises.push(promise);
    }

    pub(super) fn open_task(&mut self, task: Task) {
        self.decided.tasks.push(task);
    }

    /// An event of the dossier; its columns are saved as they stand when it is written.
    pub(super) fn happened(&mut self, moment: Moment, actor: &Actor, kind: &str, body: String) {
        let (actor, kind) = (actor.journal_name().to_owned(), kind.to_owned());
        self.decided.events.push(Event { moment, actor, kind, body });
    }

    /// Tells the sweep when to look again.
    pub(super) fn look_again(&mut self, at: Option<Instant>) {
        self.decided.look_again |= self.row.next_check_at != at;
        self.row.next_check_at = at;
    }
}

fn ids_of(dossiers: &[AtHand]) -> Vec<String> {
    dossiers.iter().map(|dossier| dossier.row.id.clone()).collect()
}

fn know_all(conn: &mut Conn, dossiers: &mut [AtHand]) -> StoreResult<()> {
    let ids = ids_of(dossiers);
    know_dates(conn, &ids, dossiers)?;
    know_reach(conn, &ids, dossiers)?;
    let confirmed = journal::of_dossiers_and_kind(conn, &ids, StepKind::ReadyConfirmed.as_str())?;
    let mut confirmed = grouped(confirmed, |entry| entry.dossier_id.clone().unwrap_or_default());
    let mut letters = grouped(letters::of_dossiers(conn, &ids)?, |letter| letter.dossier_id.clone());
    let mut said = grouped(citizen_messages::of_dossiers(conn, &ids)?, |said| said.dossier_id.clone());
    for dossier in dossiers {
        let id = &dossier.row.id;
        dossier.letters = letters.remove(id).unwrap_or_default();
        dossier.confirmed = confirmed.remove(id).unwrap_or_default();
        dossier.said = said.remove(id).unwrap_or_default();
    }
    Ok(())
}

fn know_dates(conn: &mut Conn, ids: &[String], dossiers: &mut [AtHand]) -> StoreResult<()> {
    let mut promises = grouped(promises::of_dossiers(conn, ids)?, |promise| promise.dossier_id.clone());
    let mut subs = grouped(sub_deadlines::of_dossiers(conn, ids)?, |sub| sub.dossier_id.clone());
    let mut alerts = grouped(alerts::of_dossiers(conn, ids)?, |one| one.dossier_id.clone().unwrap_or_default());
    for dossier in dossiers {
        let id = &dossier.row.id;
        dossier.promises = promises.remove(id).unwrap_or_default();
        dossier.subs = subs.remove(id).unwrap_or_default();
        dossier.alerts = alerts.remove(id).unwrap_or_default();
    }
    Ok(())
}

fn know_reach(conn: &mut Conn, ids: &[String], dossiers: &mut [AtHand]) -> StoreResult<()> {
    let contacts = contacts::of_dossiers(conn, ids)?.into_iter().map(|contact| (contact.dossier_id.clone(), contact));
    let mut contacts: HashMap<String, Contact> = contacts.collect();
    let filings = filings::of_dossiers(conn, ids)?.into_iter().map(|filing| (filing.dossier_id.clone(), filing));
    let mut filings: HashMap<String, Filing> = filings.collect();
    let mut told = grouped(outbox::known_of_dossiers(conn, ids)?, |one| one.dossier_id.clone().unwrap_or_default());
    for dossier in dossiers {
        let id = &dossier.row.id;
        dossier.contact = contacts.remove(id);
        dossier.filing = filings.remove(id);
        dossier.told = told.remove(id).unwrap_or_default();
    }
    Ok(())
}
