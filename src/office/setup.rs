//! First start: schema, agency, units, people, procedures and calendar, so that nothing has to be
//! installed before the first file is logged. Later starts bring units and people up to the settings.

use crate::config::Settings;
use crate::domain::time::Instant;
use crate::store::people::{self, Account, Agency, Unit};
use crate::store::{Store, StoreError, Tx, calendar_days, calendar_versions, procedures, rungs, search, time_rules};

use super::error::{OfficeError, OfficeResult};
use super::{Actor, ids, ladder_file, redate, reference, rules};

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
        let changed = agency_and_people(tx, settings, now)?;
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

/// Brings agency, units and people to what the settings say; accounts made otherwise stay. Says
/// whether anything changed.
fn agency_and_people(tx: &mut Tx<'_>, settings: &Settings, now: Instant) -> OfficeResult<bool> {
    let mut changed = false;
    let area = settings.agency.areas.join("\n");
    let agency = match people::all_agencies(tx)?.into_iter().find(|agency| agency.code == settings.agency.code) {
        Some(agency) => agency,
        None => {
            let (code, name) = (settings.agency.code.clone(), settings.agency.name.clone());
            let agency = Agency { id: ids::id(now)?, code, name, area: area.clone() };
            people::insert_agency(tx, &agency)?;
            changed = true;
            agency
        }
    };
    if agency.name != settings.agency.name || agency.area != area {
        people::update_agency(tx, &Agency { name: settings.agency.name.clone(), area, ..agency.clone() })?;
        changed = true;
    }
    changed |= units(tx, settings, &agency, now)?;
    changed |= accounts(tx, settings, &agency, now)?;
    changed |= posts(tx, settings)?;
    Ok(changed)
}

fn units(tx: &mut Tx<'_>, settings: &Settings, agency: &Agency, now: Instant) -> OfficeResult<bool> {
    let known = people::all_units(tx)?;
    let mut changed = false;
    for given in &settings.units {
        let sectors = given.sectors.join("\n");
        match known.iter().find(|unit| unit.code == given.code) {
            None => {
                let unit = Unit {
                    id: ids::id(now)?,
                    agency_id: agency.id.clone(),
                    code: given.code.clone(),
                    name: given.name.clone(),
                    sectors,
                    supervisor_id: None,
                    officer_id: None,
                };
                people::insert_unit(tx, &unit)?;
                changed = true;
            }
            Some(unit) if unit.name != given.name || unit.sectors != sectors => {
                people::update_unit(tx, &Unit { name: given.name.clone(), sectors, ..unit.clone() })?;
                changed = true;
            }
            Some(_) => {}
        }
    }
    Ok(changed)
}

fn accounts(tx: &mut Tx<'_>, settings: &Settings, agency: &Agency, now: Instant) -> OfficeResult<bool> {
    let units = people::all_units(tx)?;
    let mut changed = false;
    for person in &settings.people {
        let unit_id = person
            .unit
            .as_deref()
            .and_then(|code| units.iter().find(|unit| unit.code == code))
            .map(|unit| unit.id.clone());
        match people::account_by_username(tx, &person.username)? {
            None => {
                let account = Account {
                    id: ids::id(now)?,
                    agency_id: agency.id.clone(),
                    username: person.username.clone(),
                    name: person.name.clone(),
                    role: person.role,
                    unit_id,
                    email: person.email.clone(),
                    stand_in_id: None,
                    absent_from: None,
                    absent_to: None,
                    password_hash: None,
                    failed_logins: 0,
                    locked_until: None,
                    disabled_at: None,
                    created_at: now,
                    phone: None,
                };
                people::insert_account(tx, account)?;
                changed = true;
            }
            Some(account) => {
                let wanted = Account {
                    name: person.name.clone(),
                    role: person.role,
                    unit_id,
                    email: person.email.clone(),
                    ..account.clone()
                };
                if wanted != account {
                    people::update_account(tx, wanted)?;
                    changed = true;
                }
            }
        }
    }
    Ok(changed)
}

/// Who supervises and who handles in each unit, and who stands in for whom: by user name.
fn posts(tx: &mut Tx<'_>, settings: &Settings) -> OfficeResult<bool> {
    let accounts = people::all_accounts(tx)?;
    let id_of = |username: &Option<String>| {
        let username = username.as_deref()?;
        accounts.iter().find(|account| account.username == username).map(|account| account.id.clone())
    };
    let mut changed = false;
    for unit in people::all_units(tx)? {
        let Some(given) = settings.units.iter().find(|given| given.code == unit.code) else { continue };
        let wanted =
            Unit { supervisor_id: id_of(&given.supervisor), officer_id: id_of(&given.officer), ..unit.clone() };
        if wanted != unit {
            people::update_unit(tx, &wanted)?;
            changed = true;
        }
    }
    for account in &accounts {
        let Some(person) = settings.people.iter().find(|person| person.username == account.username) else { continue };
        let stand_in_id = id_of(&person.stand_in);
        if stand_in_id != account.stand_in_id {
            people::update_account(tx, Account { stand_in_id, ..account.clone() })?;
            changed = true;
        }
    }
    Ok(changed)
}
