//! Changes of rules by two people: one proposes, another lets it take effect (four eyes). In an office
//! that switched it off a change takes effect at once, and the record says so. A correction of a dossier always
//! takes two.

use serde_json::json;

use crate::domain::time::Instant;
use crate::store::journal::{self, Line};
use crate::store::proposals::{self, Proposal, ProposalKind, ProposalState};
use crate::store::{StoreError, Tx};

use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::rules::{self, Rules};
use super::{Actor, Office, ids};

mod change;

pub use change::{Change, Difference};

/// The longest reason of a refusal, in characters.
const NOTE_MAX: usize = 500;

/// Who answers for a change of rules: user names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authors {
    pub entered_by: String,
    /// Empty: nobody had to.
    pub approved_by: String,
}

impl Authors {
    /// One person alone.
    #[must_use]
    pub fn alone(actor: &Actor) -> Self {
        Self { entered_by: actor.journal_name().to_owned(), approved_by: String::new() }
    }
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposed {
    /// It holds.
    Applied,
    /// It waits for somebody else under this id.
    Waits(String),
}

impl Office {
    /// Puts a change of rules forward; without four eyes it takes effect here.
    ///
    /// # Errors
    /// What is wrong with the change; or the database.
    pub fn propose(&self, now: Instant, actor: &Actor, change: &Change) -> OfficeResult<Proposed> {
        self.writing(|tx, rules| {
            change.check(rules, now)?;
            if !self.takes_two(change) {
                self.apply_change(tx, rules, now, actor, &Authors::alone(actor), change)?;
                return Ok(Proposed::Applied);
            }
            Ok(Proposed::Waits(put_forward(tx, rules, now, actor, change)?))
        })
    }

    /// Whether somebody else has to approve it.
    #[must_use]
    pub fn takes_two(&self, change: &Change) -> bool {
        self.settings().rules.four_eyes || matches!(change, Change::Correction(_))
    }

    /// Lets a proposal take effect. `seen` is the [`Change::base`] of the rules it was shown against.
    ///
    /// # Errors
    /// Not found; refused to who proposed it, when it was decided before, or when the rules changed since
    /// it was looked at; what is wrong with it by now; or the database.
    pub fn approve(&self, now: Instant, actor: &Actor, id: &str, seen: &str) -> OfficeResult<()> {
        self.writing(|tx, rules| {
            let proposal = proposals::find(tx, id)?.ok_or(OfficeError::NotFound)?;
            let change = change_of(&proposal)?;
            if self.takes_two(&change) && proposal.proposed_by == actor.journal_name() {
                return Err(Refusal::OwnProposal.into());
            }
            if seen != change.base(rules) {
                return Err(Refusal::ProposalOutdated.into());
            }
            decide(tx, now, actor, &proposal, ProposalState::Approved, "")?;
            change.check(rules, now)?;
            let authors =
                Authors { entered_by: proposal.proposed_by.clone(), approved_by: actor.journal_name().to_owned() };
            self.apply_change(tx, rules, now, actor, &authors, &change)
        })
    }

    /// Turns a proposal down, with the reason.
    ///
    /// # Errors
    /// Not found; without a reason; decided before; or the database.
    pub fn refuse_proposal(&self, now: Instant, actor: &Actor, id: &str, reason: &str) -> OfficeResult<()> {
        let reason = super::intake::nfc(reason.trim());
        if reason.is_empty() {
            return Err(FieldError::new("note", "", Problem::Required).into());
        }
        if reason.chars().count() > NOTE_MAX {
            return Err(FieldError::new("note", reason, Problem::TooLong { max: NOTE_MAX }).into());
        }
        self.writing(|tx, _| {
            let proposal = proposals::find(tx, id)?.ok_or(OfficeError::NotFound)?;
            decide(tx, now, actor, &proposal, ProposalState::Refused, &reason)
        })
    }

    /// Takes one's own proposal back.
    ///
    /// # Errors
    /// Not found, also to anybody else; decided before; or the database.
    pub fn withdraw_proposal(&self, now: Instant, actor: &Actor, id: &str) -> OfficeResult<()> {
        self.writing(|tx, _| {
            let proposal = proposals::find(tx, id)?
                .filter(|proposal| proposal.proposed_by == actor.journal_name())
                .ok_or(OfficeError::NotFound)?;
            decide(tx, now, actor, &proposal, ProposalState::Withdrawn, "")
        })
    }

    /// Makes a change hold. Every change ends here.
    fn apply_change(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        authors: &Authors,
        change: &Change,
    ) -> OfficeResult<()> {
        match change {
            Change::Calendar(change) => change.apply(self, tx, rules, now, authors)?,
            Change::Procedures(change) => change.apply(tx, now, authors)?,
            Change::TimeRules(change) => change.apply(tx, now, authors)?,
            Change::Ladder(change) => change.apply(tx, now, authors)?,
            // No rule of anything else.
            Change::Correction(change) => return change.apply(tx, rules, now, actor, &authors.entered_by),
        }
        Ok(rules::touch(tx, now)?)
    }

    /// The proposals, those that wait first.
    ///
    /// # Errors
    /// The database.
    pub fn proposals(&self) -> OfficeResult<Vec<Proposal>> {
        Ok(self.store().read(|conn| proposals::newest(conn, 100))?)
    }

    /// A proposal with its change, what that would do now, and the base to approve it by.
    ///
    /// # Errors
    /// Not found; or the database.
    pub fn proposal(&self, id: &str) -> OfficeResult<(Proposal, Change, Vec<Difference>, String)> {
        self.reading(|conn, rules| {
            let proposal = proposals::find(conn, id)?.ok_or(OfficeError::NotFound)?;
            let change = change_of(&proposal)?;
            let (differences, base) = (change.differences(rules), change.base(rules));
            Ok((proposal, change, differences, base))
        })
    }
}

/// Keeps a change until somebody decides; answers its id.
pub(super) fn put_forward(
    tx: &mut Tx<'_>,
    rules: &Rules,
    now: Instant,
    actor: &Actor,
    change: &Change,
) -> OfficeResult<String> {
    let id = ids::id(now)?;
    let proposal = Proposal {
        id: id.clone(),
        kind: change.kind(),
        title: change.title(),
        body: serde_json::to_string(change)?,
        base: change.base(rules),
        proposed_by: actor.journal_name().to_owned(),
        proposed_at: now,
        state: ProposalState::Waiting,
        decided_by: String::new(),
        decided_at: None,
        note: String::new(),
    };
    proposals::insert(tx, proposal)?;
    note(tx, now, actor, "change_proposed", &id, change.kind())?;
    Ok(id)
}

fn decide(
    tx: &mut Tx<'_>,
    now: Instant,
    actor: &Actor,
    proposal: &Proposal,
    state: ProposalState,
    reason: &str,
) -> OfficeResult<()> {
    if proposals::decide(tx, &proposal.id, state, actor.journal_name(), now, reason)? == 0 {
        return Err(Refusal::ProposalDecided.into());
    }
    note(tx, now, actor, &format!("change_{state}"), &proposal.id, proposal.kind)
}

fn change_of(proposal: &Proposal) -> OfficeResult<Change> {
    serde_json::from_str(&proposal.body)
        .map_err(|error| StoreError::Corrupt(format!("proposals.body of {}: {error}", proposal.id)).into())
}

fn note(tx: &mut Tx<'_>, now: Instant, actor: &Actor, kind: &str, id: &str, of: ProposalKind) -> OfficeResult<()> {
    let body = json!({ "proposal": id, "kind": of }).to_string();
    let line = Line { recorded_at: now, at: now, actor: actor.journal_name(), kind, dossier_id: None, body };
    Ok(journal::append(tx, &[line])?)
}
