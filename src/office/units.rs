//! Units: which sectors they handle, who supervises, who handles what nobody was named for; and what
//! becomes of the files of somebody who leaves.

use serde_json::json;

use crate::domain::notice::Audience;
use crate::domain::time::{Instant, civil_day};
use crate::store::dossiers::{self, Filter, Part};
use crate::store::people::{self, Account, Unit};

use super::accounts::note;
use super::alarm::recipients::{posts, reached};
use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::{Actor, Office, ids, rules};

/// A unit as typed.
#[derive(Debug, Clone, Default)]
pub struct UnitForm {
    pub code: String,
    pub name: String,
    pub sectors: Vec<String>,
    /// User names; empty: nobody.
    pub supervisor: String,
    pub officer: String,
}

/// Open files of somebody in one unit, and who hears of them once the account is disabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Name of the unit; `None`: files of no unit.
    pub unit: Option<String>,
    pub open: u64,
    /// `None`: nobody is left.
    pub to: Option<String>,
}

impl Office {
    /// Adds a unit.
    ///
    /// # Errors
    /// Every wrong field at once; the code is taken.
    pub fn add_unit(&self, now: Instant, actor: &Actor, form: &UnitForm) -> OfficeResult<()> {
        self.writing(|tx, rules| {
            let mut errors = Vec::new();
            if !is_code(&form.code) {
                errors.push(FieldError::new("code", &form.code, Problem::NotAUnitCode));
            } else if rules.units.iter().any(|unit| unit.code.eq_ignore_ascii_case(&form.code)) {
                errors.push(FieldError::new("code", &form.code, Problem::CodeTaken));
            }
            let agency_id = rules.agency()?.id.clone();
            let unit = form.check(rules, None, errors)?;
            people::insert_unit(tx, &Unit { id: ids::id(now)?, agency_id, code: form.code.clone(), ..unit })?;
            rules::touch(tx, now)?;
            note(tx, now, actor.journal_name(), "unit_added", &json!({ "unit": form.code }).to_string())
        })
    }

    /// Changes a unit; its code stays.
    ///
    /// # Errors
    /// Not found; every wrong field at once.
    pub fn change_unit(&self, now: Instant, actor: &Actor, form: &UnitForm) -> OfficeResult<()> {
        self.writing(|tx, rules| {
            let known = rules.units.iter().find(|unit| unit.code == form.code).ok_or(OfficeError::NotFound)?;
            let wanted = form.check(rules, Some(known), Vec::new())?;
            let changed =
                Unit { id: known.id.clone(), agency_id: known.agency_id.clone(), code: known.code.clone(), ..wanted };
            let fields = [
                ("name", known.name != changed.name),
                ("sectors", known.sectors != changed.sectors),
                ("supervisor", known.supervisor_id != changed.supervisor_id),
                ("officer", known.officer_id != changed.officer_id),
            ];
            let fields: Vec<&str> = fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
            if fields.is_empty() {
                return Ok(());
            }
            people::update_unit(tx, &changed)?;
            rules::touch(tx, now)?;
            let body = json!({ "unit": known.code, "fields": fields });
            note(tx, now, actor.journal_name(), "unit_changed", &body.to_string())
        })
    }

    /// The open files of an account by unit, and to whom their notices go without it.
    ///
    /// # Errors
    /// The database.
    pub fn handovers(&self, now: Instant, account_id: &str) -> OfficeResult<Vec<Handover>> {
        self.reading(|conn, rules| {
            let mut count = |unit: Option<&Unit>| {
                let filter = Filter {
                    officer_id: Some(account_id.to_owned()),
                    unit_id: unit.map(|unit| unit.id.clone()),
                    part: Part::Open,
                    ..Filter::default()
                };
                dossiers::count(conn, &filter).map(|count| u64::try_from(count).unwrap_or(0))
            };
            let all = count(None)?;
            let mut found = Vec::new();
            for unit in &rules.units {
                found.push((Some(unit), count(Some(unit))?));
            }
            let of_units: u64 = found.iter().map(|(_, open)| open).sum();
            found.push((None, all.saturating_sub(of_units)));
            let handover = |(unit, open): (Option<&Unit>, u64)| {
                let mut left = posts(rules, unit, None, Audience::Officer);
                left.retain(|who| who.id != account_id);
                let to = reached(rules, &left, civil_day(now), |who| who.id != account_id);
                Handover { unit: unit.map(|unit| unit.name.clone()), open, to: to.map(|who| who.name.clone()) }
            };
            Ok(found.into_iter().filter(|(_, open)| *open > 0).map(handover).collect())
        })
    }
}

impl UnitForm {
    /// The unit that the form describes, without its id, agency and code.
    fn check(&self, rules: &Rules, known: Option<&Unit>, mut errors: Vec<FieldError>) -> OfficeResult<Unit> {
        let name = match one_line("name", &self.name, Need::Required) {
            Ok(name) => name,
            Err(OfficeError::Invalid(wrong)) => {
                errors.extend(wrong);
                String::new()
            }
            Err(error) => return Err(error),
        };
        let mut sectors: Vec<String> = Vec::new();
        for sector in &self.sectors {
            let sector = one_line("sectors", sector, Need::Optional)?;
            let mut others = rules.units.iter().filter(|unit| known.is_none_or(|known| known.id != unit.id));
            if let Some(other) = others.find(|unit| unit.sectors.lines().any(|claimed| claimed == sector)) {
                let problem = Problem::SectorTaken { sector: sector.clone(), unit: other.name.clone() };
                errors.push(FieldError::new("sectors", &sector, problem));
            }
            if !sector.is_empty() && !sectors.contains(&sector) {
                sectors.push(sector);
            }
        }
        let mut post = |field: &'static str, username: &str| {
            let username = username.trim();
            let who = rules.accounts.values().find(|who| who.username == username && who.disabled_at.is_none());
            if !username.is_empty() && who.is_none() {
                errors.push(FieldError::new(field, username, Problem::UnknownOfficer));
            }
            who.map(|who: &Account| who.id.clone())
        };
        let (supervisor_id, officer_id) = (post("supervisor", &self.supervisor), post("officer", &self.officer));
        if !errors.is_empty() {
            return Err(OfficeError::Invalid(errors));
        }
        Ok(Unit {
            id: String::new(),
            agency_id: String::new(),
            code: String::new(),
            name,
            sectors: sectors.join("\n"),
            supervisor_id,
            officer_id,
        })
    }
}

fn is_code(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=32).contains(&text.len()) && text.bytes().all(fits) && text != "moi"
}
