//! Letters to citizens: drafted or issued as the agency signs (`apology.mode`), numbered at signing
//! (NĐ 30/2020 Art. 15), their facts frozen. The new date of a letter is promised with its number.

use chrono::Datelike;
use serde_json::json;

use crate::config::SigningMode;
use crate::domain::notice::NoticeKind;
use crate::domain::time::{Instant, civil_day, rfc3339};
use crate::render::letter::LetterFacts;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{LetterKind, LetterRow, LetterState};
use crate::store::promises::{PromiseKind, PromiseRow};
use crate::store::{Conn, StoreError, Tx, counters};

use super::at_hand::AtHand;
use super::delay::ONE_NEW_DATE;
use super::error::{OfficeResult, Refusal};
use super::letterhead::Letterhead;
use super::progress::{Moment, finish};
use super::reach::Told;
use super::rules::Rules;
use super::{Actor, Office, ids};

mod facts;
mod proposed;

pub(super) use facts::{as_printed, form_of};
pub(super) use proposed::{Proposed, Ready};

/// In whose name letters are issued, and the serial of the one at hand; without it, it is drafted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Series<'a> {
    pub head: &'a Letterhead,
    pub serial: Option<i64>,
}

/// The message that carries a letter of this kind.
pub(super) const fn notice_of(kind: LetterKind) -> NoticeKind {
    match kind {
        LetterKind::Apology => NoticeKind::Apology,
        LetterKind::LateResult => NoticeKind::LateResult,
        LetterKind::Loss => NoticeKind::Loss,
        LetterKind::SecondMiss => NoticeKind::SecondMiss,
    }
}

/// Whether a letter is the apology that a late file is owed: a loss is when it brings the one new date.
pub(super) fn is_an_apology(letter: &LetterRow) -> bool {
    let dated = || serde_json::from_str::<LetterFacts>(&letter.facts).is_ok_and(|facts| facts.new_due_at.is_some());
    match letter.kind {
        LetterKind::Apology | LetterKind::LateResult => true,
        LetterKind::Loss => dated(),
        LetterKind::SecondMiss => false,
    }
}

/// Whether it is one, was issued, and was not taken back.
pub(super) fn apologises(letter: &LetterRow) -> bool {
    letter.state == LetterState::Issued && !letter.is_taken_back() && is_an_apology(letter)
}

impl Office {
    /// How letters come to be signed. Today one agency, one setting.
    pub(super) fn signing_mode(&self) -> SigningMode {
        self.settings().apology.mode
    }

    /// The letter as the agency signs: issued at once in the delegated name, or drafted.
    pub(super) fn put_letter(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        row: DossierRow,
        proposed: Proposed,
    ) -> OfficeResult<DossierRow> {
        let mut dossier = AtHand::one(tx, row)?;
        let ready = self.ready(rules, &dossier, proposed)?;
        let head = self.letterhead(tx)?;
        let serial = match self.signing_mode() {
            SigningMode::Automatic => Some(next_serial(tx, now, &dossier.row.agency_id)?),
            SigningMode::Signed => None,
        };
        self.put(rules, now, actor, &mut dossier, ready, Series { head: &head, serial })?;
        dossier.write(tx)
    }

    /// The letter to be put the first time, or again in the row where it was refused or dropped.
    ///
    /// # Errors
    /// As [`Ready::new`]; when it was issued, or waits to be signed.
    pub(super) fn ready(&self, rules: &Rules, dossier: &AtHand, proposed: Proposed) -> OfficeResult<Ready> {
        let same = |letter: &&LetterRow| letter.kind == proposed.kind && letter.promise_number == proposed.promise;
        let known = dossier.letters.iter().find(same).cloned();
        match (known.as_ref().map(|letter| letter.state), self.signing_mode()) {
            (Some(LetterState::Issued), _) => Err(Refusal::LetterDecided.into()),
            (Some(LetterState::Draft), SigningMode::Signed) => Err(Refusal::LetterWaits.into()),
            (Some(LetterState::Draft | LetterState::Refused | LetterState::Void) | None, _) => {
                Ready::new(rules, &dossier.row, proposed, known)
            }
        }
    }

    /// Puts a letter with this serial, or drafts it without one.
    pub(super) fn put(
        &self,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        dossier: &mut AtHand,
        ready: Ready,
        series: Series<'_>,
    ) -> OfficeResult<()> {
        match series.serial {
            Some(serial) => {
                let by = (actor, "system");
                self.issue_letter(rules, now, by, dossier, ready, (series.head, serial)).map(|_| ())
            }
            None => self.draft_letter(rules, now, actor, dossier, ready, series.head),
        }
    }

    /// Promises the new date, gives the letter its number, freezes its facts and sends it: one transaction.
    pub(super) fn issue_letter(
        &self,
        rules: &Rules,
        now: Instant,
        (actor, signed_by): (&Actor, &str),
        dossier: &mut AtHand,
        ready: Ready,
        (head, serial): (&Letterhead, i64),
    ) -> OfficeResult<LetterRow> {
        let provisional = match ready.new_due_at {
            Some(at) => promise_new_date(rules, now, dossier, at, &ready.proposed.reason_code)?,
            None => false,
        };
        let Ready { proposed, waiting, .. } = ready;
        let was = waiting.as_ref().map(|letter| letter.state);
        let number = (head, serial, signed_by);
        let letter = self.numbered(rules, now, &dossier.row, (&proposed, provisional), waiting, number)?;
        dossier.put_letter(letter.clone(), was);
        let told = Told {
            kind: notice_of(proposed.kind),
            promise: proposed.promise,
            reason: &proposed.sentence,
            letter_id: Some(&letter.id),
        };
        self.tell_citizen(rules, now, dossier, &told)?;
        let body = issued_body(&dossier.row, &proposed, &letter);
        finish(rules, Moment { now, at: now }, actor, dossier, proposed.step.as_str(), &body);
        Ok(letter)
    }

    /// The letter with its number in the year's series and its facts frozen, in its own row where it waited.
    fn numbered(
        &self,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        (proposed, provisional): (&Proposed, bool),
        waiting: Option<LetterRow>,
        (head, serial, signed_by): (&Letterhead, i64, &str),
    ) -> OfficeResult<LetterRow> {
        let number = format!("{serial:02}/{}", head.symbol);
        let facts = as_printed(self.letter_facts(rules, now, row, proposed, head, (&number, provisional))?);
        let (id, drafted_at, decide_by) = match waiting {
            Some(letter) => (letter.id, letter.drafted_at, letter.decide_by),
            None => (ids::id(now)?, now, None),
        };
        Ok(LetterRow {
            id,
            agency_id: row.agency_id.clone(),
            dossier_id: row.id.clone(),
            kind: proposed.kind,
            promise_number: proposed.promise,
            state: LetterState::Issued,
            year: Some(civil_day(now).year()),
            serial: Some(serial),
            number,
            drafted_at,
            decide_by,
            issued_at: Some(now),
            signer: head.signer_title.clone(),
            signed_by: signed_by.to_owned(),
            note: String::new(),
            reason_code: proposed.reason_code.clone(),
            facts: serde_json::to_string(&facts)?,
            document_hash: None,
        })
    }
}

/// The journal line of a letter that was issued. Only the line that makes a promise names it as its
/// own: replay holds the promise against that line.
fn issued_body(row: &DossierRow, proposed: &Proposed, letter: &LetterRow) -> serde_json::Value {
    let mut body = json!({
        "reason_code": proposed.reason_code,
        "reason": proposed.sentence,
        "what_happened": proposed.what_happened,
        "due_at": row.due_at.map(rfc3339),
        "new_due_at": row.new_due_at.map(rfc3339).filter(|_| proposed.new_due_on.is_some()),
        "for_promise": proposed.promise,
        "letter": letter.number,
        "letter_kind": proposed.kind,
    });
    if let (Some(_), Some(fields)) = (proposed.new_due_on, body.as_object_mut()) {
        fields.insert("promise".to_owned(), row.reschedule_number.into());
    }
    body
}

/// The next serial of the letters that an agency issues this year.
pub(super) fn next_serial(tx: &mut Tx<'_>, now: Instant, agency_id: &str) -> OfficeResult<i64> {
    take_serials(tx, now, agency_id, 1)
}

/// Takes so many serials at once; answers the last of them.
pub(super) fn take_serials(tx: &mut Tx<'_>, now: Instant, agency_id: &str, count: i64) -> OfficeResult<i64> {
    Ok(counters::advance(tx, &series_of(now, agency_id), count)?)
}

/// The last serial that was taken this year.
pub(super) fn last_serial(conn: &mut Conn, now: Instant, agency_id: &str) -> OfficeResult<i64> {
    Ok(counters::last(conn, &series_of(now, agency_id))?)
}

fn series_of(now: Instant, agency_id: &str) -> String {
    format!("letter/{agency_id}/{}", civil_day(now).year())
}

/// Promises the one new date; answers whether it is provisional.
fn promise_new_date(
    rules: &Rules,
    now: Instant,
    dossier: &mut AtHand,
    new_due_at: Instant,
    reason_code: &str,
) -> OfficeResult<bool> {
    let number = dossier.promises.iter().map(|promise| promise.number).max().unwrap_or(0) + 1;
    let provisional = !rules.calendar.is_published(civil_day(new_due_at).year());
    dossier.promise(PromiseRow {
        id: ids::id(now)?,
        dossier_id: dossier.row.id.clone(),
        number,
        kind: PromiseKind::Rescheduled,
        due_at: new_due_at,
        made_at: now,
        counted_from: now,
        superseded_at: None,
        limit_value: None,
        limit_unit: None,
        computed_due_at: None,
        calendar_version: rules.calendar_version,
        provisional,
        basis: format!("{ONE_NEW_DATE}; {reason_code}"),
        ledger: "{}".to_owned(),
        statutory_due_at: None,
        statutory_ledger: String::new(),
    });
    dossier.row.reschedule_number = number;
    dossier.row.new_due_at = Some(new_due_at);
    Ok(provisional)
}

/// The dossier of a letter.
pub(super) fn dossier_of(conn: &mut Conn, letter: &LetterRow) -> OfficeResult<DossierRow> {
    let row = crate::store::dossiers::find(conn, &letter.dossier_id)?;
    row.ok_or_else(|| StoreError::Corrupt(format!("letter {}: its dossier is gone", letter.id)).into())
}
