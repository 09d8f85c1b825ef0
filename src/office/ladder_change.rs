//! A change of the ladder: new versions of rungs.

use serde::{Deserialize, Serialize};

use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::{Instant, civil_day, day_begins};
use crate::store::rungs::RungRow;
use crate::store::{Tx, dossiers, rungs};

use super::OfficeResult;
use super::intake::nfc;
use super::ladder_rung::{KnownCodes, RungTyped, StatedRung};
use super::procedure_form::{first_day, sane};
use super::proposals::{Authors, Difference};
use super::rules::Rules;

/// Rungs as they are to be, each from its own day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderChange {
    pub rungs: Vec<StatedRung>,
}

impl LadderChange {
    pub(super) fn title(&self) -> String {
        self.rungs.iter().map(StatedRung::title).collect::<Vec<_>>().join("; ")
    }

    /// The newest version of each rung it touches.
    pub(super) fn base(&self, rules: &Rules) -> String {
        let version = |stated: &StatedRung| newest(&rules.rungs, stated).map_or(0, |row| row.version);
        self.rungs.iter().map(|stated| version(stated).to_string()).collect::<Vec<_>>().join(",")
    }

    pub(super) fn check(&self, _rules: &Rules, _now: Instant) -> OfficeResult<()> {
        if self.rungs.is_empty() {
            return Err(FieldError::new("kind", "", Problem::Required).into());
        }
        Ok(())
    }

    pub(super) fn differences(&self, rules: &Rules) -> Vec<Difference> {
        let kept = |row: &RungRow| StatedRung::of(row).map(|stated| stated.words()).unwrap_or_default();
        let line = |stated: &StatedRung| Difference {
            what: stated.title(),
            before: newest(&rules.rungs, stated).map(kept).unwrap_or_default(),
            after: stated.words(),
        };
        self.rungs.iter().map(line).collect()
    }

    /// The newest version of a rung that it speaks of.
    #[must_use]
    pub fn before<'a>(&self, rules: &'a Rules, stated: &StatedRung) -> Option<&'a RungRow> {
        newest(&rules.rungs, stated)
    }

    /// Writes the new versions. A day that passed while the proposal waited becomes the day of the
    /// approval: what was told meanwhile stays explained.
    pub(super) fn apply(&self, tx: &mut Tx<'_>, now: Instant, authors: &Authors) -> OfficeResult<()> {
        let today = civil_day(now);
        let at_once = |stated: &StatedRung| StatedRung { valid_from: stated.valid_from.max(today), ..stated.clone() };
        Self { rungs: self.rungs.iter().map(at_once).collect() }.write(tx, now, authors)?;
        Ok(())
    }

    /// Writes the new versions and answers which they were; what says the same already stays. The open
    /// dossiers received since the first day of a rung are looked at again.
    pub(super) fn write(self, tx: &mut Tx<'_>, now: Instant, authors: &Authors) -> OfficeResult<Vec<StatedRung>> {
        let (mut known, mut written) = (rungs::all(tx)?, Vec::new());
        for stated in self.rungs {
            let before = newest(&known, &stated);
            if before.is_some_and(|row| stated.says_the_same(row)) {
                continue;
            }
            let row = stated.stored(now, authors, before.map_or(1, |row| row.version + 1))?;
            rungs::insert(tx, row.clone())?;
            known.push(row);
            written.push(stated);
        }
        if let Some(first) = written.iter().map(|stated| stated.valid_from).min() {
            dossiers::check_received_since(tx, day_begins(first), now)?;
        }
        Ok(written)
    }
}

impl RungTyped {
    /// The change that the form of the ladder asks for.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn change(&self, rules: &Rules, now: Instant) -> Result<LadderChange, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut plain = |field, text: &str| {
            sane(field, text, usize::MAX, &mut errors);
            nfc(text.trim())
        };
        let mut typed = Self {
            agency: plain("agency", &self.agency),
            procedure: plain("procedure", &self.procedure),
            kind: plain("kind", &self.kind),
            level: plain("level", &self.level),
            share_percent: plain("share_percent", &self.share_percent),
            working_days: plain("working_days", &self.working_days),
            audiences: plain("audiences", &self.audiences),
            accountable: plain("accountable", &self.accountable),
            ways: plain("ways", &self.ways),
            bundling: plain("bundling", &self.bundling),
            urgency: plain("urgency", &self.urgency),
            acknowledge_hours: plain("acknowledge_hours", &self.acknowledge_hours),
            basis: plain("basis", &self.basis),
            valid_from: civil_day(now).to_string(),
        };
        if typed.audiences.is_empty() {
            // Off: nobody answers for it.
            typed.accountable = String::new();
        }
        if typed.basis.is_empty() {
            errors.push(FieldError::new("basis", "", Problem::Required));
        }
        match first_day(&self.valid_from, now) {
            Ok(Some(day)) => typed.valid_from = day.to_string(),
            Ok(None) => {}
            Err(error) => errors.push(error),
        }
        // What holds for every agency is changed where all that they share is.
        if typed.agency.is_empty() && !rules.leads {
            errors.push(FieldError::new("agency", "", Problem::UnknownAgency));
        }
        let known = KnownCodes {
            agencies: rules.agencies.iter().map(|agency| agency.code.clone()).collect(),
            procedures: rules.procedures().keys().cloned().collect(),
        };
        let stated = typed.stated(&known, errors)?;
        if newest(&rules.rungs, &stated).is_some_and(|row| stated.says_the_same(row)) {
            return Err(vec![FieldError::new("audiences", &self.audiences, Problem::NoChange)]);
        }
        Ok(LadderChange { rungs: vec![stated] })
    }
}

/// The newest version of the rung that `stated` speaks of.
fn newest<'a>(known: &'a [RungRow], stated: &StatedRung) -> Option<&'a RungRow> {
    known.iter().filter(|row| stated.is_version_of(row)).max_by_key(|row| row.version)
}
