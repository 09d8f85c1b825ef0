//! Filters of the queue, kept by name: each person's own. Who has the link of one may look through it.

use crate::domain::time::Instant;
use crate::store::Conn;
use crate::store::saved_filters::{self, SavedFilter};

use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::seen::{Need, one_line};
use super::{Actor, Office, ids};

/// Longest name, in characters: it stands in a row of links.
const NAME_MAX: usize = 60;
/// Most filters of a person.
const MOST: usize = 30;

impl Office {
    /// What a person saved, by name.
    ///
    /// # Errors
    /// The database.
    pub fn saved_filters(&self, account_id: &str) -> OfficeResult<Vec<SavedFilter>> {
        Ok(self.store().read(|conn| saved_filters::of_account(conn, account_id))?)
    }

    /// The filter of a link, whoever saved it.
    ///
    /// # Errors
    /// Not found; or the database.
    pub fn saved_filter(&self, id: &str) -> OfficeResult<SavedFilter> {
        self.store().read(|conn| saved_filters::find(conn, id))?.ok_or(OfficeError::NotFound)
    }

    /// Keeps a filter under a name.
    ///
    /// # Errors
    /// A name that is missing, too long or taken; too many filters; or the database.
    pub fn save_filter(&self, now: Instant, actor: &Actor, name: &str, query: String) -> OfficeResult<SavedFilter> {
        let name = checked(name)?;
        self.store().write(|tx| {
            let mine = saved_filters::of_account(tx, owner(actor)?)?;
            free(&mine, None, &name)?;
            if mine.len() >= MOST {
                return Err(FieldError::new("name", &name, Problem::TooMany { max: MOST }).into());
            }
            let account_id = owner(actor)?.to_owned();
            let filter = SavedFilter { id: ids::id(now)?, account_id, name, query, created_at: now };
            saved_filters::insert(tx, filter.clone())?;
            Ok(filter)
        })
    }

    /// Gives a filter of the person another name.
    ///
    /// # Errors
    /// Not found among their own; a name that is missing, too long or taken.
    pub fn rename_filter(&self, actor: &Actor, id: &str, name: &str) -> OfficeResult<()> {
        let name = checked(name)?;
        self.store().write(|tx| {
            let mine = own(tx, actor, id)?;
            free(&mine, Some(id), &name)?;
            Ok(saved_filters::rename(tx, id, &name)?)
        })
    }

    /// Forgets a filter of the person; its link ends.
    ///
    /// # Errors
    /// Not found among their own.
    pub fn delete_filter(&self, actor: &Actor, id: &str) -> OfficeResult<()> {
        self.store().write(|tx| {
            own(tx, actor, id)?;
            Ok(saved_filters::delete(tx, id)?)
        })
    }
}

fn checked(name: &str) -> OfficeResult<String> {
    let name = one_line("name", name, Need::Required)?;
    if name.chars().count() > NAME_MAX {
        return Err(FieldError::new("name", &name, Problem::TooLong { max: NAME_MAX }).into());
    }
    Ok(name)
}

fn owner(actor: &Actor) -> OfficeResult<&str> {
    match actor {
        Actor::Account { id, .. } => Ok(id),
        Actor::System | Actor::CommandLine => Err(OfficeError::NotFound),
    }
}

/// What the person saved, when `id` is among it.
fn own(conn: &mut Conn, actor: &Actor, id: &str) -> OfficeResult<Vec<SavedFilter>> {
    let mine = saved_filters::of_account(conn, owner(actor)?)?;
    if mine.iter().any(|filter| filter.id == id) { Ok(mine) } else { Err(OfficeError::NotFound) }
}

fn free(mine: &[SavedFilter], but: Option<&str>, name: &str) -> OfficeResult<()> {
    let taken = mine.iter().any(|filter| filter.name == name && Some(filter.id.as_str()) != but);
    if taken { Err(FieldError::new("name", name, Problem::NameTaken).into()) } else { Ok(()) }
}
