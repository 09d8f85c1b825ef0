//! Who comes in with a session, and what waits for them: told on every page, so asked on one connection.

use crate::domain::reception::SubmissionState;
use crate::domain::role::Right;
use crate::domain::time::{Instant, civil_day};
use crate::store::outages::{self, Outage};
use crate::store::people::Account;
use crate::store::sessions::{self, Session};
use crate::store::{Conn, alerts, proposals, submissions, tasks};

use super::alarm::recipients::screens;
use super::error::OfficeResult;
use super::{Office, Rules, ids};

/// A session that holds.
#[derive(Debug, Clone)]
pub struct Entering {
    pub session: Session,
    pub account: Account,
    pub waiting: Waiting,
}

/// What waits is counted so far and no further: it is told on every page, and the page of each thing says how many.
pub const COUNTED_TO: u64 = 100;

/// What waits, told beside the entries of the navigation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Online files to be accepted.
    pub submissions: u64,
    /// Proposals that this person may decide.
    pub proposals: u64,
    /// Tasks of the desk, [`COUNTED_TO`] at most.
    pub tasks: u64,
    /// Ways of delivery that do not work, for managers and administrators.
    pub outages: Vec<Outage>,
    /// Alerts on this person's screen, [`COUNTED_TO`] at most.
    pub alerts: u64,
}

impl Office {
    /// Whose session this is; `None`: nobody's, or it is over.
    ///
    /// # Errors
    /// The database.
    pub fn entering(&self, now: Instant, token: &str) -> OfficeResult<Option<Entering>> {
        let found = self.reading(|conn, rules| {
            let Some((session, account)) = sessions::find(conn, &ids::secret_hash(token), now)? else {
                return Ok(None);
            };
            // With one agency, all on this connection; of several, only theirs is counted.
            let waiting = (rules.agencies.len() < 2).then(|| waiting_for(conn, rules, now, &account)).transpose()?;
            Ok(Some((session, account, waiting)))
        })?;
        let Some((session, account, waiting)) = found else { return Ok(None) };
        let own = || self.of_agency(&account.agency_id)?.reading(|conn, rules| waiting_for(conn, rules, now, &account));
        let waiting = waiting.map_or_else(own, Ok)?;
        Ok(Some(Entering { session, account, waiting }))
    }
}

fn waiting_for(conn: &mut Conn, rules: &Rules, now: Instant, account: &Account) -> OfficeResult<Waiting> {
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    let counted = |count: usize| u64::try_from(count).unwrap_or(COUNTED_TO);
    let most = i64::try_from(COUNTED_TO).unwrap_or(i64::MAX);
    let role = account.role;
    let mut waiting = Waiting {
        submissions: number(submissions::count(conn, SubmissionState::Waiting, None)?),
        alerts: counted(alerts::count_standing_upto(conn, &screens(rules, &account.id, civil_day(now)), most)?),
        ..Waiting::default()
    };
    if role.may(Right::Intake) {
        waiting.tasks = counted(tasks::count_open_upto(conn, most)?);
    }
    if role.may(Right::Approve) {
        waiting.proposals = proposals::waiting_for(conn, &account.username)?;
        waiting.outages = outages::open(conn)?;
        waiting.outages.retain(|outage| outage.alarmed_at.is_some());
    }
    Ok(waiting)
}
