//! Who may sign the letters of which units.

use crate::domain::role::Role;
use crate::domain::time::{Instant, civil_day};
use crate::office::alarm::recipients::screens;
use crate::office::rules::Rules;
use crate::store::dossiers::DossierRow;
use crate::store::people::Account;

/// Whether a person signs for the unit of a dossier.
pub(in crate::office) fn may_sign(rules: &Rules, who: &Account, row: &DossierRow, now: Instant) -> bool {
    let units = signs_for(rules, who, now);
    units.is_none_or(|units| row.unit_id.as_ref().is_some_and(|unit| units.contains(unit)))
}

/// The units for whose dossiers a person signs; `None`: the manager, for all. A supervisor signs for their
/// unit and for that of a supervisor who is away and for whom they stand in, also for another who is away too.
pub(super) fn signs_for(rules: &Rules, who: &Account, now: Instant) -> Option<Vec<String>> {
    let covered = screens(rules, &who.id, civil_day(now));
    let signs = |supervisor: &Account| {
        let gone = supervisor.disabled_at.is_some() && supervisor.stand_in_id.as_deref() == Some(who.id.as_str());
        gone || covered.contains(&supervisor.id)
    };
    match who.role {
        Role::Manager if who.disabled_at.is_none() => None,
        Role::Supervisor if who.disabled_at.is_none() => {
            let supervisor = |id: &Option<String>| rules.accounts.get(id.as_deref()?);
            let theirs = rules.units.iter().filter(|unit| supervisor(&unit.supervisor_id).is_some_and(signs));
            Some(theirs.map(|unit| unit.id.clone()).collect())
        }
        Role::Manager | Role::Supervisor | Role::Clerk | Role::Officer | Role::Admin => Some(Vec::new()),
    }
}
