//! Units and people of the settings: they fill an empty database, and later starts add who is missing. What is
//! there belongs to the pages and is never changed from here; where the two differ, that is told.

use serde::Serialize;

use crate::config::{Person, Settings, Unit as GivenUnit};
use crate::domain::time::Instant;
use crate::store::people::{self, Account, Agency, Unit};
use crate::store::{Conn, Store, Tx};

use super::accounts::fresh;
use super::error::OfficeResult;
use super::{Office, ids};

/// A unit or person that the settings describe otherwise than the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differs {
    /// `units.PKT`, `people.motcua`
    pub name: String,
    pub fields: Vec<&'static str>,
}

/// Adds agency, units and people that the database does not know; their posts and stand-ins with them. The
/// name and areas of the agency have no page, so they follow the settings. Says whether anything changed.
///
/// # Errors
/// The database.
pub fn add_missing(tx: &mut Tx<'_>, settings: &Settings, now: Instant) -> OfficeResult<bool> {
    let (agency, mut changed) = agency(tx, settings, now)?;
    let mut new_units = Vec::new();
    for given in &settings.units {
        if own_units(tx, &agency)?.iter().all(|unit| unit.code != given.code) {
            let unit = Unit {
                id: ids::id(now)?,
                agency_id: agency.id.clone(),
                code: given.code.clone(),
                name: given.name.clone(),
                sectors: given.sectors.join("\n"),
                supervisor_id: None,
                officer_id: None,
            };
            people::insert_unit(tx, &unit)?;
            new_units.push((unit, given));
        }
    }
    let units = own_units(tx, &agency)?;
    let mut new_people = Vec::new();
    for person in &settings.people {
        if people::account_by_username(tx, &person.username)?.is_none() {
            let unit = units.iter().find(|unit| Some(&unit.code) == person.unit.as_ref());
            let account = Account {
                name: person.name.clone(),
                unit_id: unit.map(|unit| unit.id.clone()),
                email: person.email.clone(),
                ..fresh(now, &agency.id, &person.username, person.role)?
            };
            people::insert_account(tx, account.clone())?;
            new_people.push((account, person));
        }
    }
    changed |= !new_units.is_empty() || !new_people.is_empty();
    posts(tx, new_units, new_people)?;
    Ok(changed)
}

/// The units of the agency of the settings; others have theirs.
fn own_units(conn: &mut Conn, agency: &Agency) -> OfficeResult<Vec<Unit>> {
    Ok(people::all_units(conn)?.into_iter().filter(|unit| unit.agency_id == agency.id).collect())
}

/// Who supervises and who handles in the new units, and who stands in for the new people: by user name.
fn posts(tx: &mut Tx<'_>, new_units: Vec<(Unit, &GivenUnit)>, new_people: Vec<(Account, &Person)>) -> OfficeResult<()> {
    let accounts = people::all_accounts(tx)?;
    let id_of = |username: &Option<String>| {
        accounts.iter().find(|account| Some(&account.username) == username.as_ref()).map(|account| account.id.clone())
    };
    for (unit, given) in new_units {
        let (supervisor_id, officer_id) = (id_of(&given.supervisor), id_of(&given.officer));
        people::update_unit(tx, &Unit { supervisor_id, officer_id, ..unit })?;
    }
    for (account, person) in new_people {
        people::update_account(tx, Account { stand_in_id: id_of(&person.stand_in), ..account })?;
    }
    Ok(())
}

fn agency(tx: &mut Tx<'_>, settings: &Settings, now: Instant) -> OfficeResult<(Agency, bool)> {
    let (code, name) = (settings.agency.code.clone(), settings.agency.name.clone());
    let area = settings.agency.areas.join("\n");
    match people::all_agencies(tx)?.into_iter().find(|agency| agency.code == code) {
        Some(known) if known.name == name && known.area == area => Ok((known, false)),
        Some(known) => {
            let agency = Agency { name, area, ..known };
            people::update_agency(tx, &agency)?;
            Ok((agency, true))
        }
        None => {
            let agency = Agency { id: ids::id(now)?, code, name, area, oversees: false };
            people::insert_agency(tx, &agency)?;
            Ok((agency, true))
        }
    }
}

/// What the settings say of units and people otherwise than the database.
///
/// # Errors
/// The database.
pub fn differences(store: &Store, settings: &Settings) -> OfficeResult<Vec<Differs>> {
    store.read(|conn| {
        let agency = people::all_agencies(conn)?.into_iter().find(|agency| agency.code == settings.agency.code);
        let Some(agency) = agency else { return Ok(Vec::new()) };
        let (units, accounts) = (own_units(conn, &agency)?, people::all_accounts(conn)?);
        let username =
            |id: &Option<String>| accounts.iter().find(|who| Some(&who.id) == id.as_ref()).map(|who| &who.username);
        let mut found = Vec::new();
        let mut compare = |name: String, fields: &[(&'static str, bool)]| {
            let fields: Vec<_> = fields.iter().filter(|(_, differs)| *differs).map(|(field, _)| *field).collect();
            if !fields.is_empty() {
                found.push(Differs { name, fields });
            }
        };
        for given in &settings.units {
            let name = format!("units.{}", given.code);
            match units.iter().find(|unit| unit.code == given.code) {
                None => compare(name, &[("code", true)]),
                Some(unit) => compare(
                    name,
                    &[
                        ("name", unit.name != given.name),
                        ("sectors", unit.sectors != given.sectors.join("\n")),
                        ("supervisor", username(&unit.supervisor_id) != given.supervisor.as_ref()),
                        ("officer", username(&unit.officer_id) != given.officer.as_ref()),
                    ],
                ),
            }
        }
        for person in &settings.people {
            let name = format!("people.{}", person.username);
            match accounts.iter().find(|who| who.username == person.username) {
                None => compare(name, &[("username", true)]),
                Some(who) => {
                    let unit = units.iter().find(|unit| Some(&unit.id) == who.unit_id.as_ref());
                    compare(
                        name,
                        &[
                            ("name", who.name != person.name),
                            ("role", who.role != person.role),
                            ("unit", unit.map(|unit| &unit.code) != person.unit.as_ref()),
                            ("email", who.email != person.email),
                            ("stand_in", username(&who.stand_in_id) != person.stand_in.as_ref()),
                            ("disabled", who.disabled_at.is_some()),
                        ],
                    );
                }
            }
        }
        Ok(found)
    })
}

impl Office {
    /// What the settings say of units and people otherwise than the database.
    ///
    /// # Errors
    /// The database.
    pub fn settings_differ(&self) -> OfficeResult<Vec<Differs>> {
        differences(self.store(), self.settings())
    }
}
