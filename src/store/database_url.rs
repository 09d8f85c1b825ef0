//! The address of a database.

use std::path::PathBuf;

/// Where the data lives, read from `database.url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(String),
}

impl DatabaseUrl {
    /// `sqlite:PATH` or `postgres://…`; an unknown scheme must not become an empty SQLite file.
    ///
    /// # Errors
    /// Names the two forms.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            if path.trim().is_empty() || path.contains(":memory:") {
                return Err("database.url: sqlite: needs the path of a file".to_owned());
            }
            return Ok(Self::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path))));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err("database.url: must be sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME".to_owned())
    }
}
