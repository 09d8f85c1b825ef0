//! What one agency of several has of its own: its rules and its settings, made anew when the rules change.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::config::{self, Settings};
use crate::office::error::OfficeResult;
use crate::office::letterhead::Letterhead;
use crate::office::{Office, Rules, rules};
use crate::store::people::Agency;
use crate::store::{Conn, StoreError, letterheads, scope};

/// What an agency's office is made of; read again when the rules have changed.
#[derive(Debug, Clone)]
pub(super) struct Narrow {
    pub rules: Arc<Rules>,
    pub settings: Arc<Settings>,
}

/// The agencies' parts, by the id of the agency.
#[derive(Debug, Clone, Default)]
pub(in crate::office) struct Narrowed(Arc<RwLock<HashMap<String, Narrow>>>);

impl Office {
    /// The rules in force; read anew when another step changed them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rules(&self, conn: &mut Conn) -> OfficeResult<Arc<Rules>> {
        let all = self.all_rules(conn)?;
        match &self.agency {
            None => Ok(all),
            Some(id) => Ok(self.narrow(&all, id)?.rules),
        }
    }

    fn all_rules(&self, conn: &mut Conn) -> OfficeResult<Arc<Rules>> {
        let current = rules::revision(conn)?;
        if let Ok(kept) = self.rules.read()
            && kept.revision == current
        {
            return Ok(Arc::clone(&kept));
        }
        // A narrowed reader does not see the others; a writer sees what it is about to commit.
        let veiled = scope::is_veiled(conn).map_err(StoreError::from)?;
        let fresh = if veiled {
            self.store.everywhere().read(|conn| Rules::load(conn, &self.given))?
        } else {
            Rules::load(conn, &self.given)?
        };
        let fresh = Arc::new(fresh);
        if let Ok(mut kept) = self.rules.write() {
            *kept = Arc::clone(&fresh);
        }
        Ok(fresh)
    }

    pub(super) fn narrow(&self, all: &Rules, id: &str) -> OfficeResult<Narrow> {
        let kept = self.narrowed.0.read().ok().and_then(|kept| kept.get(id).cloned());
        if let Some(kept) = kept.filter(|kept| kept.rules.revision == all.revision) {
            return Ok(kept);
        }
        let rules = Arc::new(all.narrowed_to(id)?);
        let agency = rules.agency()?;
        let settings = if agency.code == self.given.agency.code {
            Arc::clone(&self.given)
        } else {
            let head = self.store.everywhere().read(|conn| letterheads::newest(conn, id))?;
            let head: Option<Letterhead> = head.map(|row| serde_json::from_str(&row.body)).transpose()?;
            Arc::new(self.settings_of(agency, head))
        };
        let narrow = Narrow { rules, settings };
        if let Ok(mut kept) = self.narrowed.0.write() {
            kept.insert(id.to_owned(), narrow.clone());
        }
        Ok(narrow)
    }

    /// The settings of the install with the name and the contact of another agency in them; units and people of
    /// the settings are the first one's.
    fn settings_of(&self, agency: &Agency, head: Option<Letterhead>) -> Settings {
        let given = self.given.as_ref();
        let head = head.unwrap_or_else(|| Letterhead {
            issuing: vec![agency.name.clone()],
            place: String::new(),
            address: String::new(),
            phone: String::new(),
            email: String::new(),
            signer_name: String::new(),
            ..self.everywhere().letterhead_of_settings()
        });
        Settings {
            agency: config::Agency {
                code: agency.code.clone(),
                name: agency.name.clone(),
                superior: head.superior,
                issuing: head.issuing.join("|"),
                place: head.place,
                address: head.address,
                phone: head.phone,
                email: head.email,
                areas: agency.area.lines().map(str::to_owned).collect(),
                ..given.agency.clone()
            },
            letter: config::Letter { signer_name: head.signer_name, ..given.letter.clone() },
            units: Vec::new(),
            people: Vec::new(),
            ..given.clone()
        }
    }
}
