//! One install, several agencies: the office of one of them has its rules, its settings and its rows, so that
//! no verb has to ask whose office it is. With one agency the office is that agency's, and nothing is narrowed.

use std::sync::Arc;

use crate::store::people::{Account, Agency};
use crate::store::{StoreError, dossiers, letters, papers, people, submissions};

use super::Office;
use super::error::{FieldError, OfficeError, OfficeResult, Problem};

mod narrow;

pub(super) use narrow::Narrowed;

/// What an agency is among the others of the install.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is no other.
    Alone,
    /// Its people look across all, and change what all share.
    Oversees,
    /// Its people change what all share, since none looks across.
    Leads,
    Follows,
}

/// What a request asks for by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    /// A dossier or an online file.
    File(&'a str),
    Letter(&'a str),
    /// The secret of a citizen's page.
    StatusToken(&'a str),
}

impl Office {
    /// The office of an agency; this one itself where there is only one.
    ///
    /// # Errors
    /// Not found for an agency that is not there; the database.
    pub fn of_agency(&self, id: &str) -> OfficeResult<Self> {
        let all = self.everywhere();
        let rules = all.store.read(|conn| all.rules(conn))?;
        if rules.agencies.len() < 2 {
            return if rules.agencies.iter().any(|agency| agency.id == id) {
                Ok(all)
            } else {
                Err(OfficeError::NotFound)
            };
        }
        let narrow = all.narrow(&rules, id)?;
        let id: Arc<str> = Arc::from(id);
        Ok(Self { store: all.store.of_agency(&id), settings: narrow.settings, agency: Some(id), ..all })
    }

    /// The office of the agency with this code.
    ///
    /// # Errors
    /// A code that no agency has; the database.
    pub fn of_agency_code(&self, code: &str) -> OfficeResult<Self> {
        let found = self.agencies()?.into_iter().find(|agency| agency.code == code);
        let agency = found.ok_or_else(|| FieldError::new("agency", code, Problem::UnknownAgency))?;
        self.of_agency(&agency.id)
    }

    /// The office of the whole install, for what is done for all agencies at once.
    #[must_use]
    pub fn everywhere(&self) -> Self {
        Self { store: self.store.everywhere(), settings: Arc::clone(&self.given), agency: None, ..self.clone() }
    }

    /// The agency whose office this is, where there are several.
    #[must_use]
    pub fn whose(&self) -> Option<Arc<str>> {
        self.agency.clone()
    }

    /// Whether this is the office of one agency of several.
    #[must_use]
    pub const fn is_narrowed(&self) -> bool {
        self.agency.is_some()
    }

    /// Every agency of the install, the one of the settings first.
    ///
    /// # Errors
    /// The database.
    pub fn agencies(&self) -> OfficeResult<Vec<Agency>> {
        let all = self.everywhere();
        Ok(all.store.read(|conn| all.rules(conn))?.agencies.clone())
    }

    /// Whether there were several agencies when the rules were last looked at.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.rules.read().is_ok_and(|rules| rules.agencies.len() > 1)
    }

    /// What the agency of an account is among the others.
    ///
    /// # Errors
    /// The database.
    pub fn standing(&self, account: &Account) -> OfficeResult<Standing> {
        let own = self.of_agency(&account.agency_id)?;
        own.reading(|_, rules| {
            let oversees = rules.narrowed && rules.agency()?.oversees;
            Ok(match (oversees, rules.leads, rules.narrowed) {
                (_, _, false) => Standing::Alone,
                (true, ..) => Standing::Oversees,
                (false, true, true) => Standing::Leads,
                (false, false, true) => Standing::Follows,
            })
        })
    }

    /// Whether what all agencies share is changed from this office.
    ///
    /// # Errors
    /// The database.
    pub fn leads(&self) -> OfficeResult<bool> {
        self.reading(|_, rules| Ok(rules.leads))
    }

    /// The offices of all agencies; this one alone where there is only one, or where it is one's already.
    ///
    /// # Errors
    /// The database.
    pub fn each(&self) -> OfficeResult<Vec<Self>> {
        if self.is_narrowed() {
            return Ok(vec![self.clone()]);
        }
        let agencies = self.agencies()?;
        if agencies.len() < 2 {
            return Ok(vec![self.clone()]);
        }
        agencies.iter().map(|agency| self.of_agency(&agency.id)).collect()
    }

    /// Does the same for each agency and adds up what it gave.
    ///
    /// # Errors
    /// The first that a work answers; the others were done all the same.
    pub fn for_each<T: Default>(
        &self,
        work: impl Fn(&Self) -> OfficeResult<T>,
        add: impl Fn(&mut T, T),
    ) -> OfficeResult<T> {
        let (mut sum, mut failed) = (T::default(), None);
        for office in self.each()? {
            match work(&office) {
                Ok(part) => add(&mut sum, part),
                Err(error) => {
                    tracing::error!(agency = ?office.agency, %error, "the work of an agency failed");
                    failed = failed.or(Some(error));
                }
            }
        }
        failed.map_or(Ok(sum), Err)
    }

    /// The office of the agency that something belongs to; `None`: no agency has it.
    ///
    /// # Errors
    /// The database.
    pub fn of_what(&self, named: Named<'_>) -> OfficeResult<Option<Self>> {
        let all = self.everywhere();
        let agency_id = all.store.read(|conn| match named {
            Named::File(code) => match dossiers::by_code(conn, code)? {
                Some(row) => Ok(Some(row.agency_id)),
                None => Ok(submissions::by_code(conn, code)?.map(|row| row.agency_id)),
            },
            Named::Letter(id) => match letters::find(conn, id)? {
                Some(row) => Ok(Some(row.agency_id)),
                None => Ok(papers::find(conn, id)?.map(|row| row.agency_id)),
            },
            Named::StatusToken(token) => match dossiers::by_status_token(conn, token)? {
                Some(row) => Ok(Some(row.agency_id)),
                None => Ok::<_, StoreError>(submissions::by_status_token(conn, token)?.map(|row| row.agency_id)),
            },
        })?;
        agency_id.map(|id| all.of_agency(&id)).transpose()
    }

    /// The office that a row belongs to.
    ///
    /// # Errors
    /// The database.
    pub(super) fn of_row(&self, agency_id: &str) -> OfficeResult<Self> {
        match &self.agency {
            Some(own) if **own == *agency_id => Ok(self.clone()),
            Some(_) | None => self.of_agency(agency_id),
        }
    }

    /// The office that the account with this user name works in; for a name that is no account's, this one.
    ///
    /// # Errors
    /// The database.
    pub(super) fn of_person(&self, username: &str) -> OfficeResult<Self> {
        let all = self.everywhere();
        match all.store.read(|conn| people::account_by_username(conn, username))? {
            Some(account) => self.of_row(&account.agency_id),
            None => Ok(self.clone()),
        }
    }
}
