//! How often an account may look for earlier applicants: enough for who types, too little to copy a
//! register. Counts of one minute in memory; several processes count each for themselves.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::domain::time::Instant;

use super::visits::Wait;

/// Look-ups of one account in a minute: a question for each word typed, a citizen every ten seconds.
pub const PER_MINUTE: u32 = 60;

/// The counts of the minute that runs.
#[derive(Debug, Default)]
pub struct Lookups(Mutex<(i64, BTreeMap<String, u32>)>);

impl Lookups {
    /// Counts a look-up of `account_id`.
    ///
    /// # Errors
    /// How long they have to wait.
    pub fn ask(&self, account_id: &str, now: Instant) -> Result<(), Wait> {
        let Ok(mut minute) = self.0.lock() else { return Ok(()) };
        let number = now.timestamp().div_euclid(60);
        if minute.0 != number {
            *minute = (number, BTreeMap::new());
        }
        let count = minute.1.entry(account_id.to_owned()).or_default();
        *count = count.saturating_add(1);
        if *count > PER_MINUTE {
            return Err(Wait(u32::try_from(60 - now.timestamp().rem_euclid(60)).unwrap_or(60)));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Lookups, PER_MINUTE, Wait};
    use crate::domain::time::parse_instant;

    #[test]
    fn an_account_waits_until_the_minute_is_over_and_others_do_not() {
        let lookups = Lookups::default();
        let now = parse_instant("2026-03-02 08:00:45").unwrap();
        for _ in 0..PER_MINUTE {
            assert_eq!(lookups.ask("a", now), Ok(()));
        }
        assert_eq!(lookups.ask("a", now), Err(Wait(15)));
        assert_eq!(lookups.ask("b", now), Ok(()));
        assert_eq!(lookups.ask("a", parse_instant("2026-03-02 08:01").unwrap()), Ok(()));
    }
}
