//! The demonstration: one commune, a year of dossiers up to now, the same on every machine.
//!
//! It goes through the same verbs as real life, in the order of time: dossiers are logged, moved,
//! swept for notices and letters, and the post leaves, a day in one transaction. Memory holds the
//! dossiers that are still open, never the year.

mod arrivals;
mod commitments;
mod dice;
mod life;
mod people;
mod post;
mod reception;
mod signatures;
mod year;

use chrono::{Duration, NaiveDate};
use secrecy::SecretString;
use serde::Serialize;

use crate::config::Settings;
use crate::domain::role::Role;
use crate::domain::time::{Instant, civil_day, day_begins, rfc3339};
use crate::store::kept;
use crate::store::people as posts;

use self::arrivals::Demand;
use self::reception::Reception;
use self::year::Year;
use super::error::OfficeResult;
use super::{Actor, Counts, Office, OfficeError, passwords, rules};

const SEED: u64 = 118_2025;
/// The password of every post of the demonstration.
pub const PASSWORD: &str = "dunghen-demo";
/// Set when the year is complete: a fill that was killed half-way is no demonstration.
const FILLED: &str = "demo_filled_at";
/// The commune commits itself to shorter limits after the first quarter, so that its reports have both.
const DAYS_WITHOUT_COMMITMENTS: i64 = 90;
/// Sectors in which the citizen pays land taxes before the result.
const SLOW_SECTORS: &[&str] = &["Đất đai", "Tài chính đất đai"];

/// What the demonstration year holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DemoReport {
    pub dossiers: u64,
    /// Steps taken after the receipts.
    pub steps: u64,
    /// Notices and letters raised by the sweeps, by kind.
    pub raised: Counts,
    pub declared: u64,
    pub sent: u64,
    pub void: u64,
}

/// The settings of the demonstration's commune: in the mountains, unless it was given an area.
#[must_use]
pub fn settled(mut settings: Settings) -> Settings {
    if settings.agency.areas.is_empty() {
        settings.agency.areas.push("mountain".to_owned());
    }
    settings
}

/// When the year that ends at `now` begins, and with it the office's rules.
#[must_use]
pub fn begins(now: Instant) -> Instant {
    day_begins(civil_day(now) - Duration::days(364))
}

/// Whether the demonstration year is in this database, complete.
///
/// # Errors
/// The database.
pub fn is_filled(office: &Office) -> OfficeResult<bool> {
    Ok(office.store().read(|conn| kept::get(conn, FILLED))?.is_some())
}

/// Gives every post without a password the demonstration's; answers who can sign in with it.
///
/// # Errors
/// The database.
pub fn accounts(office: &Office, now: Instant) -> OfficeResult<Vec<(String, Role, &'static str)>> {
    // One slow hash for all: the password is printed on the first page anyway.
    let hash = passwords::hashed(&SecretString::from(PASSWORD))?;
    office.store().write(|tx| {
        let mut posts = posts::all_accounts(tx)?;
        posts.sort_by(|a, b| a.username.cmp(&b.username));
        let mut answer = Vec::with_capacity(posts.len());
        for post in posts {
            answer.push((post.username.clone(), post.role, PASSWORD));
            if post.password_hash.is_none() {
                posts::update_account(tx, posts::Account { password_hash: Some(hash.clone()), ..post })?;
            }
        }
        rules::touch(tx, now)?;
        Ok(answer)
    })
}

/// Fills the year that ends at `now` with about `dossiers` dossiers. The office must have none of
/// its own; a database opened with `Durability::Relaxed` takes a quarter less time. `progress`
/// hears after each day how many are logged.
///
/// # Errors
/// The database; or a calendar that does not reach back a year.
pub fn fill(office: &Office, now: Instant, dossiers: u32, progress: &mut dyn FnMut(u64)) -> OfficeResult<DemoReport> {
    let mut rules = office.store().read(|conn| office.rules(conn))?;
    let last = civil_day(now);
    let wanted_first = civil_day(begins(now));
    let first = rules.calendar.first_day().map_or(wanted_first, |known| known.max(wanted_first));
    let weights: Vec<(NaiveDate, u64)> = first
        .iter_days()
        .take_while(|day| *day <= last)
        .map(|day| (day, arrivals::weight(day, &rules.calendar)))
        .collect();
    let total: u64 = weights.iter().map(|(_, weight)| weight).sum();
    let mut year = Year::of(Reception::of(&Demand::of(&rules, now), now, &rules.calendar));
    let (mut so_far, mut serial) = (0_u64, 0_u64);
    for (day, weight) in &weights {
        if *day == first + Duration::days(DAYS_WITHOUT_COMMITMENTS) {
            commitments::make(office, &rules, now, day_begins(*day))?;
            rules = office.store().read(|conn| office.rules(conn))?;
        }
        let demand = Demand::of(&rules, now);
        so_far += weight;
        let upto = u64::from(dossiers) * so_far / total.max(1);
        let elapsed = u32::try_from(so_far * 1000 / total.max(1)).unwrap_or(1000);
        let arrivals = demand.of_day(*day, upto - serial, serial, elapsed, &rules.calendar);
        serial = upto;
        office.store().write(|tx| year.live(office, tx, &rules, *day, now, arrivals))?;
        progress(year.report.dossiers);
    }
    office.store().write(|tx| kept::put(tx, FILLED, &rfc3339(now)).map_err(OfficeError::from))?;
    Ok(year.finished())
}

fn actor(account: &posts::Account) -> Actor {
    Actor::Account { id: account.id.clone(), username: account.username.clone() }
}
