//! Where letters are signed by hand: who answers for the unit signs in the morning what was drafted until the day
//! before yesterday, so that the trays hold the drafts of the last days.

use chrono::Duration;

use crate::domain::time::{Instant, civil_day, day_begins};
use crate::store::dossiers::DossierRow;
use crate::store::people::Account;
use crate::store::{Tx, letters};

use super::super::error::{OfficeError, OfficeResult};
use super::super::rules::Rules;
use super::super::signing::{ToSign, may_sign};
use super::super::{Actor, Office};
use super::actor;

/// Letters looked at in one morning.
const MOST: i64 = 500;

/// How many were signed.
pub(super) fn sign_waiting(office: &Office, tx: &mut Tx<'_>, rules: &Rules, at: Instant) -> OfficeResult<u64> {
    let until = day_begins(civil_day(at) - Duration::days(1));
    let mut signed = 0;
    for (letter, row) in letters::waiting(tx, None, 0, MOST)? {
        let Some(signer) = signer(rules, &row, at).filter(|_| letter.drafted_at < until) else { continue };
        match office.sign(tx, rules, at, &signer, &ToSign { id: letter.id, ..ToSign::default() }) {
            Ok(_) => signed += 1,
            // The file waits for the citizen, or the proposed day has passed: the letter waits on.
            Err(OfficeError::Refused(_) | OfficeError::Invalid(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(signed)
}

/// The supervisor of the unit before the manager.
fn signer(rules: &Rules, row: &DossierRow, at: Instant) -> Option<Actor> {
    let may = rules.accounts.values().filter(|who| may_sign(rules, who, row, at));
    may.min_by_key(|who: &&Account| (who.role, who.username.clone())).map(actor)
}
