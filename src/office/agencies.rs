//! The agencies of an install: listed, and another one added.

use serde_json::json;

use crate::domain::time::Instant;
use crate::store::letterheads::{self, LetterheadRow};
use crate::store::people::{self, Agency, Unit};
use crate::store::rungs::{self, RungRow};
use crate::store::{Tx, dossiers};

use super::accounts::note;
use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::letterhead::Letterhead;
use super::{Actor, Office, ids, rules};

/// Longest code of an agency: it stands at the head of every code of its files.
const CODE_MAX: usize = 40;

/// An agency to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgencyForm {
    pub code: String,
    pub name: String,
    /// Code of the agency whose units, ladder, areas and letterhead it begins with.
    pub like: Option<String>,
    /// Its people look across all agencies.
    pub oversees: bool,
    pub place: String,
    pub address: String,
    pub phone: String,
    pub email: String,
}

/// An agency in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub agency: Agency,
    pub units: usize,
    pub people: usize,
    pub files: i64,
}

impl AgencyForm {
    fn check(&self, known: &[Agency]) -> OfficeResult<()> {
        let mut errors = Vec::new();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if self.code.is_empty() || self.code.len() > CODE_MAX || !self.code.chars().all(plain) {
            errors.push(FieldError::new("code", &self.code, Problem::NotAUnitCode));
        } else if known.iter().any(|agency| agency.code.eq_ignore_ascii_case(&self.code)) {
            errors.push(FieldError::new("code", &self.code, Problem::CodeTaken));
        }
        if self.name.trim().is_empty() {
            errors.push(FieldError::new("name", "", Problem::Required));
        }
        if let Some(like) = self.like.as_ref().filter(|like| known.iter().all(|agency| agency.code != **like)) {
            errors.push(FieldError::new("like", like, Problem::UnknownAgency));
        }
        if errors.is_empty() { Ok(()) } else { Err(OfficeError::Invalid(errors)) }
    }
}

impl Office {
    /// Adds an agency to the install. Its procedures, calendar and time rules are those of all; its people are added
    /// to it afterwards.
    ///
    /// # Errors
    /// Every wrong field at once; the database.
    pub fn add_agency(&self, now: Instant, actor: &Actor, form: &AgencyForm) -> OfficeResult<()> {
        let all = self.everywhere();
        all.writing(|tx, rules| {
            form.check(&rules.agencies)?;
            let like = form.like.as_ref().and_then(|code| rules.agencies.iter().find(|agency| agency.code == *code));
            let agency = Agency {
                id: ids::id(now)?,
                code: form.code.clone(),
                name: form.name.trim().to_owned(),
                area: like.map(|like| like.area.clone()).unwrap_or_default(),
                oversees: form.oversees,
            };
            people::insert_agency(tx, &agency)?;
            if let Some(like) = like {
                for unit in rules.units.iter().filter(|unit| unit.agency_id == like.id) {
                    let (id, agency_id) = (ids::id(now)?, agency.id.clone());
                    let (supervisor_id, officer_id) = (None, None);
                    people::insert_unit(tx, &Unit { id, agency_id, supervisor_id, officer_id, ..unit.clone() })?;
                }
                for rung in rules.rungs.iter().filter(|rung| rung.agency_code == like.code) {
                    let agency_code = agency.code.clone();
                    rungs::insert(tx, RungRow { id: ids::id(now)?, agency_code, ..rung.clone() })?;
                }
            }
            all.begin_letterhead(tx, now, actor, (form, &agency, like))?;
            rules::touch(tx, now)?;
            let body = json!({ "agency": agency.code, "like": form.like, "oversees": form.oversees });
            note(tx, now, actor.journal_name(), "agency_added", &body.to_string())
        })
    }

    /// The other's letterhead with its own name and contact; nobody's signature is taken over.
    fn begin_letterhead(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        actor: &Actor,
        (form, agency, like): (&AgencyForm, &Agency, Option<&Agency>),
    ) -> OfficeResult<()> {
        let known = like.map(|like| letterheads::newest(tx, &like.id)).transpose()?.flatten();
        let begun = match known {
            Some(row) => serde_json::from_str(&row.body)?,
            None => self.letterhead_of_settings(),
        };
        let text = |text: &str| text.trim().to_owned();
        let head = Letterhead {
            version: 1,
            signature_hash: None,
            seal_hash: None,
            issuing: vec![agency.name.to_uppercase()],
            place: text(&form.place),
            address: text(&form.address),
            phone: text(&form.phone),
            email: text(&form.email),
            signer_name: String::new(),
            ..begun
        };
        let row = LetterheadRow {
            id: ids::id(now)?,
            agency_id: agency.id.clone(),
            version: 1,
            body: serde_json::to_string(&head)?,
            signature_hash: None,
            seal_hash: None,
            entered_by: actor.journal_name().to_owned(),
            entered_at: now,
        };
        Ok(letterheads::insert(tx, row)?)
    }

    /// Every agency with how much it has, the one of the settings first.
    ///
    /// # Errors
    /// The database.
    pub fn list_agencies(&self) -> OfficeResult<Vec<Listed>> {
        self.each()?
            .into_iter()
            .map(|office| {
                office.reading(|conn, rules| {
                    Ok(Listed {
                        agency: rules.agency()?.clone(),
                        units: rules.units.len(),
                        people: rules.accounts.values().filter(|who| who.disabled_at.is_none()).count(),
                        files: dossiers::count(conn, &dossiers::Filter::default())?,
                    })
                })
            })
            .collect()
    }
}
