//! The new date passed unmet too: the citizen gets no further date, but learns who answers for the file.

use crate::config::IN_PROCESS;
use crate::domain::notice::Audience;
use crate::domain::role::Role;
use crate::domain::time::{Instant, civil_day};
use crate::render::words::reached_at;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{LetterKind, LetterRow, LetterState};
use crate::store::people::Account;

use super::Office;
use super::apology::Proposed;
use super::at_hand::AtHand;
use super::delay::standing;
use super::messages::{Place, person};
use super::rules::Rules;

impl Office {
    /// Who answers for the file at `now`, and how a citizen reaches them: the supervisor of the unit, who
    /// stands in for them, or the manager; the centre where nobody can be named.
    pub(super) fn in_charge(&self, rules: &Rules, row: &DossierRow, now: Instant) -> (String, String) {
        let agency = &self.settings().agency;
        let centre = || {
            let parts = [reached_at(&agency.phone, &agency.email), agency.address.clone()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        };
        let holder =
            person(rules, Place::of(rules, row), Audience::Supervisor, now).or_else(|| unaddressed(rules, row, now));
        let Some(who) = holder else { return (agency.name.clone(), centre()) };
        let unit = who.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.as_str());
        // A post's name says its unit already: "Trưởng phòng Kinh tế".
        let name = match unit {
            Some(unit) => format!("{}, {unit}", who.name),
            None => who.name.clone(),
        };
        let own = reached_at(who.phone.as_deref().unwrap_or_default(), who.email.as_deref().unwrap_or_default());
        (name, if own.is_empty() { centre() } else { own })
    }
}

/// The letter about the second miss, once for a dossier.
pub(super) fn second_miss(rules: &Rules, dossier: &AtHand, promise: i32) -> Option<Proposed> {
    let put = |letter: &LetterRow| letter.kind == LetterKind::SecondMiss && letter.state != LetterState::Void;
    if dossier.letters.iter().any(put) {
        return None;
    }
    let sentence = standing(rules, &dossier.row, &dossier.subs);
    Some(Proposed::letter(LetterKind::SecondMiss, promise, IN_PROCESS, sentence))
}

/// The supervisor or the manager, whom nobody can write to: a name is owed all the same.
fn unaddressed<'a>(rules: &'a Rules, row: &DossierRow, now: Instant) -> Option<&'a Account> {
    let here = |who: &&Account| who.disabled_at.is_none() && !who.is_absent_on(civil_day(now));
    let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
    let supervisor = unit.and_then(|unit| rules.accounts.get(unit.supervisor_id.as_deref()?)).filter(here);
    let managers = rules.accounts.values().filter(|who| who.role == Role::Manager).filter(here);
    supervisor.or_else(|| managers.min_by(|a, b| a.username.cmp(&b.username)))
}
