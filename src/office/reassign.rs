//! Passing a dossier on to another unit or officer: its dates stay, who is asked about them changes.

use std::collections::HashMap;

use serde::Deserialize;

use crate::domain::dossier::{Holder, Step, StepKind};
use crate::domain::summary::Counted;
use crate::domain::time::Instant;
use crate::store::dossiers::{self, DossierRow};
use crate::store::people::{Account, Unit};
use crate::store::{Conn, Tx, journal};

use super::alarm::passed_on::passed_on;
use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::intake::nfc;
use super::once::{Once, act_once};
use super::progress::Moment;
use super::rules::Rules;
use super::seen::{Need, one_line, seen};
use super::{Actor, Office};

/// Who goes on with a dossier, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct ReassignForm {
    /// Code or name; empty: the unit that has it.
    pub unit: String,
    /// User name or name; empty: the unit's officer.
    pub officer: String,
    /// For the journal and the control slip.
    pub reason: String,
}

impl Office {
    /// Passes a dossier on, once for each key.
    ///
    /// # Errors
    /// Not found; refused when it is closed; every field that is wrong; or the database.
    pub fn reassign_once(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        form: &ReassignForm,
        once: Option<&Once>,
    ) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| {
            act_once(tx, now, once, |tx| {
                let row = dossiers::by_code(tx, code)?.ok_or(OfficeError::NotFound)?;
                self.reassign(tx, rules, now, actor, row, form)
            })
        })
    }

    /// [`Office::reassign_once`] on the dossier as it stood at `revision`.
    ///
    /// # Errors
    /// As there; a conflict when somebody was faster.
    pub fn reassign_seen(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        revision: i32,
        form: &ReassignForm,
    ) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| {
            let row = seen(tx, code, revision)?;
            self.reassign(tx, rules, now, actor, row, form)
        })
    }

    fn reassign(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        row: DossierRow,
        form: &ReassignForm,
    ) -> OfficeResult<DossierRow> {
        let step = step_of(rules, &row, form)?;
        let row = self.act(tx, rules, Moment { now, at: now }, actor, row, &step)?;
        passed_on(tx, rules, now, &row)?;
        Ok(row)
    }
}

/// What the journal's line says of the unit that had the dossier before.
#[derive(Deserialize)]
struct PassedOn {
    /// Its code; empty: none had it.
    from_unit: String,
    /// The user name; empty: nobody had it.
    from_officer: String,
}

/// Who had a dossier, by ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Held {
    pub unit_id: Option<String>,
    pub officer_id: Option<String>,
}

/// Gives a file back to who had it, if it was passed on since.
pub(super) fn give_back(row: &mut DossierRow, then: &HashMap<String, Held>) {
    if let Some(Held { unit_id, officer_id }) = then.get(&row.id).cloned() {
        (row.unit_id, row.officer_id) = (unit_id, officer_id);
    }
}

/// Gives files that were passed on since the cut back to the unit that had them then, so that a figure of
/// the past stays what it was.
pub(super) fn units_at(conn: &mut Conn, rules: &Rules, cut: Instant, files: &mut [Counted]) -> OfficeResult<()> {
    let then = held_at(conn, rules, cut)?;
    for file in files {
        if let Some(held) = then.get(&file.dossier_id) {
            file.unit_id.clone_from(&held.unit_id);
        }
    }
    Ok(())
}

/// Who had the files that were passed on since the cut, at it, by dossier.
pub(super) fn held_at(conn: &mut Conn, rules: &Rules, cut: Instant) -> OfficeResult<HashMap<String, Held>> {
    let mut then: HashMap<String, Held> = HashMap::new();
    for line in journal::of_kind_since(conn, StepKind::Reassigned.as_str(), cut)? {
        let PassedOn { from_unit, from_officer } = serde_json::from_str(&line.body)?;
        let held = || Held {
            unit_id: rules.unit_named(&from_unit).map(|unit| unit.id.clone()),
            // Also one that left since.
            officer_id: rules.accounts.values().find(|who| who.username == from_officer).map(|who| who.id.clone()),
        };
        if let Some(dossier_id) = line.dossier_id {
            // The oldest says who had it at the cut.
            then.entry(dossier_id).or_insert_with(held);
        }
    }
    Ok(then)
}

/// The step that the form means: every field that is wrong, at once.
fn step_of(rules: &Rules, row: &DossierRow, form: &ReassignForm) -> OfficeResult<Step> {
    let mut errors = Vec::new();
    let had_unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
    let had_officer = row.officer_id.as_deref().and_then(|id| rules.accounts.get(id));
    let (unit, officer) = (nfc(form.unit.trim()), nfc(form.officer.trim()));
    let to_unit = if unit.is_empty() { had_unit } else { rules.unit_named(&unit) };
    if to_unit.is_none() {
        errors.push(FieldError::new("unit", &unit, Problem::UnknownUnit));
    }
    let of_unit = || to_unit.and_then(|unit| rules.accounts.get(unit.officer_id.as_deref()?));
    let to_officer = if officer.is_empty() { of_unit() } else { rules.person_named(&officer) };
    if to_officer.is_none() && !officer.is_empty() {
        errors.push(FieldError::new("officer", &officer, Problem::UnknownOfficer));
    }
    let reason = match one_line("reason", &form.reason, Need::Required) {
        Ok(reason) => reason,
        Err(OfficeError::Invalid(wrong)) => {
            errors.extend(wrong);
            String::new()
        }
        Err(error) => return Err(error),
    };
    let (from, to) = (holder(had_unit, had_officer), holder(to_unit, to_officer));
    if errors.is_empty() && from == to && row.officer_label.is_none() {
        errors.push(FieldError::new("officer", &officer, Problem::SameHolder));
    }
    if errors.is_empty() { Ok(Step::Reassign { from, to, reason }) } else { Err(OfficeError::Invalid(errors)) }
}

fn holder(unit: Option<&Unit>, officer: Option<&Account>) -> Holder {
    Holder {
        unit_id: unit.map(|unit| unit.id.clone()),
        officer_id: officer.map(|who| who.id.clone()),
        unit: unit.map(|unit| unit.code.clone()).unwrap_or_default(),
        officer: officer.map(|who| who.username.clone()).unwrap_or_default(),
    }
}
