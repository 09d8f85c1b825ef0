//! What was decided about dossiers, and the writing of it: one statement for the rows of a kind.

use std::collections::BTreeMap;

use crate::domain::time::Instant;
use crate::office::error::{OfficeResult, Refusal};
use crate::office::progress::Moment;
use crate::store::Tx;
use crate::store::alerts::{self, Alert};
use crate::store::dossiers;
use crate::store::journal::{self, Line};
use crate::store::letters::{self, LetterRow, LetterState};
use crate::store::outbox::{self, Message};
use crate::store::promises::{self, PromiseRow};
use crate::store::tasks::{self, Task};

use super::AtHand;

/// What is to be written of one dossier, in the transaction in which it was read.
#[derive(Debug)]
pub(super) struct Decided {
    pub alerts: Vec<Alert>,
    /// Each with the state of the row that it is written over; `None`: it is new.
    pub letters: Vec<(LetterRow, Option<LetterState>)>,
    pub promises: Vec<PromiseRow>,
    pub messages: Vec<Message>,
    pub tasks: Vec<Task>,
    pub events: Vec<Event>,
    pub ended: Vec<(String, Instant)>,
    pub acknowledged: Vec<Acknowledged>,
    pub silenced: Vec<Silenced>,
    pub look_again: bool,
}

impl Decided {
    pub(super) const NOTHING: Self = Self {
        alerts: Vec::new(),
        letters: Vec::new(),
        promises: Vec::new(),
        messages: Vec::new(),
        tasks: Vec::new(),
        events: Vec::new(),
        ended: Vec::new(),
        acknowledged: Vec::new(),
        silenced: Vec::new(),
        look_again: false,
    };
}

/// A line of the journal.
#[derive(Debug)]
pub(super) struct Event {
    pub moment: Moment,
    pub actor: String,
    pub kind: String,
    pub body: String,
}

/// An alert that somebody received.
#[derive(Debug)]
pub(super) struct Acknowledged {
    pub alert_id: String,
    pub at: Instant,
    pub by: String,
    pub answer: String,
}

/// Alerts whose messages do not leave any more.
#[derive(Debug)]
pub(super) struct Silenced {
    pub alert_ids: Vec<String>,
    pub at: Instant,
    pub why: &'static str,
}

/// Writes down what was decided about all of them; the rows then stand as they are in the database.
pub(in crate::office) fn write(tx: &mut Tx<'_>, dossiers: &mut [AtHand]) -> OfficeResult<()> {
    let mut decided = Decided::NOTHING;
    let mut lines = Vec::new();
    for dossier in dossiers.iter_mut() {
        let mut one = std::mem::replace(&mut dossier.decided, Decided::NOTHING);
        decided.alerts.append(&mut one.alerts);
        decided.letters.append(&mut one.letters);
        decided.promises.append(&mut one.promises);
        decided.messages.append(&mut one.messages);
        decided.tasks.append(&mut one.tasks);
        decided.ended.append(&mut one.ended);
        decided.acknowledged.append(&mut one.acknowledged);
        decided.silenced.append(&mut one.silenced);
        lines.push((one.look_again, one.events));
    }
    alerts::insert(tx, decided.alerts)?;
    write_letters(tx, decided.letters)?;
    promises::insert_all(tx, decided.promises)?;
    outbox::insert(tx, decided.messages)?;
    tasks::insert(tx, decided.tasks)?;
    end_alerts(tx, decided.ended, &decided.acknowledged, &decided.silenced)?;
    save(tx, dossiers, &lines)
}

fn write_letters(tx: &mut Tx<'_>, letters: Vec<(LetterRow, Option<LetterState>)>) -> OfficeResult<()> {
    let mut fresh = Vec::new();
    for (letter, was) in letters {
        match was {
            None => fresh.push(letter),
            Some(was) if letters::change(tx, letter, was)? => {}
            Some(_) => return Err(Refusal::LetterDecided.into()),
        }
    }
    Ok(letters::insert(tx, fresh)?)
}

fn end_alerts(
    tx: &mut Tx<'_>,
    ended: Vec<(String, Instant)>,
    acknowledged: &[Acknowledged],
    silenced: &[Silenced],
) -> OfficeResult<()> {
    for one in acknowledged {
        alerts::acknowledge(tx, &one.alert_id, one.at, &one.by, &one.answer)?;
    }
    let mut by_time: BTreeMap<Instant, Vec<String>> = BTreeMap::new();
    for (id, at) in ended {
        by_time.entry(at).or_default().push(id);
    }
    for (at, ids) in by_time {
        alerts::end_all(tx, &ids, at)?;
    }
    for Silenced { alert_ids, at, why } in silenced {
        outbox::void_of_alerts(tx, alert_ids, *at, why)?;
    }
    Ok(())
}

/// Seals the events and saves the rows: an event moves the columns; without one only the next look does.
fn save(tx: &mut Tx<'_>, dossiers: &mut [AtHand], decided: &[(bool, Vec<Event>)]) -> OfficeResult<()> {
    let mut lines = Vec::new();
    let mut moved = Vec::new();
    let mut looks: BTreeMap<Option<Instant>, Vec<&str>> = BTreeMap::new();
    for (dossier, (look_again, events)) in dossiers.iter_mut().zip(decided) {
        let row = &mut dossier.row;
        if !events.is_empty() {
            moved.push(row.clone());
            row.revision += 1;
        }
        let row = &dossier.row;
        if events.is_empty() && *look_again {
            looks.entry(row.next_check_at).or_default().push(&row.id);
        }
        lines.extend(events.iter().map(|event| Line {
            recorded_at: event.moment.now,
            at: event.moment.at,
            actor: &event.actor,
            kind: &event.kind,
            dossier_id: Some(&row.id),
            body: event.body.clone(),
        }));
    }
    for (at, ids) in looks {
        dossiers::set_next_check(tx, &ids, at)?;
    }
    if !moved.is_empty() {
        dossiers::save_all(tx, &moved)?;
        journal::append(tx, &lines)?;
    }
    Ok(())
}
