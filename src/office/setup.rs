//! First start: schema, agency, units, people, procedures and calendar, so that nothing has to be
//! installed before the first file is logged. Later starts add units and people that are missing.

use crate::config::Settings;
use crate::domain::time::Instant;
use crate::store::{Store, StoreError, Tx, calendar_days, calendar_versions, procedures, rungs, search, time_rules};

use super::error::{OfficeError, OfficeResult};
use super::{Actor, ladder_file, redate, reference, rules, setup_people};

/// The shipped procedures.
const PROCEDURES: &str = include_str!("../../config/procedures.csv");
/// The shipped calendar.
const CALENDAR: &str = include_str!("../../config/calendar.csv");
/// The shipped time rules.
const TIME_RULES: &str = include_str!("../../config/rules.csv");
/// The shipped ladder of notices.
const LADDER: &str = include_str!("../../config/ladder.csv");

/// So many dossiers are made findable between two lines of the log.
const TOLD_EVERY: usize = 50_000;

/// Migrates, and fills what is empty.
///
/// # Errors
/// When the database cannot be written, or the shipped data do not fit.
pub fn prepare(store: &Store, settings: &Settings, now: Instant) -> OfficeResult<Vec<String>> {
    let migrated = store.migrate()?;
    fill_search(store)?;
    store.write(|tx| {
        let changed = setup_people::add_missing(tx, settings, now)?;
        let mut calendar = calendar_days::version(tx)? == 0;
        if calendar {
            all_taken("calendar", &reference::take_calendar(tx, settings, now, &Actor::System, CALENDAR.as_bytes())?)?;
        }
        let dated_by = calendar_days::version(tx)?;
        redate::begin(tx, dated_by)?;
        calendar |= hours(tx, settings, now)?;
        let time_rules = time_rules::all(tx)?.is_empty();
        if time_rules {
            all_taken("time rules", &reference::take_time_rules(tx, now, &Actor::System, TIME_RULES.as_bytes())?)?;
        }
        let procedures = procedures::all(tx)?.is_empty();
        if procedures {
            all_taken("procedures", &reference::take_procedures(tx, now, &Actor::System, PROCEDURES.as_bytes())?)?;
        }
        let ladder = rungs::all(tx)?.is_empty();
        if ladder {
            all_taken("ladder", &ladder_file::take_ladder(tx, now, &Actor::System, LADDER.as_bytes())?)?;
        }
        if changed || calendar || time_rules || procedures || ladder {
            rules::touch(tx, now)?;
        }
        Ok(migrated)
    })
}

/// Keeps the words by which older dossiers are found; it goes on where a start before was broken off.
fn fill_search(store: &Store) -> Result<(), StoreError> {
    if store.read(search::is_filled)? {
        return Ok(());
    }
    let mut filled = 0;
    while let search::Filling::GoesOn { dossiers } = store.write(search::fill)? {
        filled += dossiers;
        if filled % TOLD_EVERY < dossiers {
            tracing::info!(filled, "dossiers made findable by their words");
        }
    }
    Ok(())
}

/// A shipped row that is not taken is a fault of ours, never to be passed over.
fn all_taken(what: &str, report: &reference::ReferenceReport) -> OfficeResult<()> {
    match report.rejected.first() {
        None => Ok(()),
        Some(row) => Err(OfficeError::Broken(format!("shipped {what}: {row:?}"))),
    }
}

/// Keeps the office hours with the calendar: every version has its own, so that an old promise can be
/// replayed after the hours changed. New hours in the settings make a new version.
fn hours(tx: &mut Tx<'_>, settings: &Settings, now: Instant) -> OfficeResult<bool> {
    let newest = calendar_versions::newest(tx)?;
    // A database from before hours were kept: those of the settings were the only ones.
    for version in newest + 1..=calendar_days::version(tx)? {
        let kept = reference::new_version(settings, now, &Actor::System, version, "")?;
        calendar_versions::insert(tx, kept)?;
    }
    let version = calendar_versions::newest(tx)?;
    let wanted = reference::new_version(settings, now, &Actor::System, version + 1, reference::BY_SETTINGS)?;
    let known = calendar_versions::find(tx, version)?;
    if known.is_some_and(|known| {
        (known.office_hours, known.same_day_cutoff) == (wanted.office_hours.clone(), wanted.same_day_cutoff.clone())
    }) {
        return Ok(version != newest);
    }
    calendar_versions::insert(tx, wanted)?;
    Ok(true)
}
