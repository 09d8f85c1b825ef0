//! Where settings come from: what is shipped, a file, the environment; and those that are parsed when they are
//! read. The only reader of the environment.

use std::path::Path;

use chrono::NaiveTime;

use crate::domain::code::CodePattern;
use crate::domain::office_hours::OfficeHours;
use crate::store::DatabaseUrl;

use super::{DEFAULT, Settings};

impl Settings {
    /// Reads the shipped settings, `file` and the environment, later ones winning, and checks the whole.
    ///
    /// # Errors
    /// Every problem found, each naming its setting and the remedy.
    pub fn load(file: Option<&Path>) -> Result<Self, Vec<String>> {
        let mut sources =
            config::Config::builder().add_source(config::File::from_str(DEFAULT, config::FileFormat::Toml));
        if let Some(path) = file {
            sources = sources.add_source(config::File::from(path).format(config::FileFormat::Toml));
        }
        let environment =
            config::Environment::with_prefix("DUNGHEN").prefix_separator("__").separator("__").try_parsing(true);
        Self::from_sources(sources.add_source(environment))
    }

    /// The shipped settings with `overrides` (TOML) on top; reads neither files nor the environment.
    ///
    /// # Errors
    /// Every problem found.
    pub fn from_toml(overrides: &str) -> Result<Self, Vec<String>> {
        Self::from_sources(
            config::Config::builder()
                .add_source(config::File::from_str(DEFAULT, config::FileFormat::Toml))
                .add_source(config::File::from_str(overrides, config::FileFormat::Toml)),
        )
    }

    fn from_sources(sources: config::ConfigBuilder<config::builder::DefaultState>) -> Result<Self, Vec<String>> {
        let settings: Self =
            sources.build().and_then(config::Config::try_deserialize).map_err(|error| vec![error.to_string()])?;
        let problems = settings.problems();
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }

    /// `database.url`, parsed; checked when the settings were read.
    ///
    /// # Errors
    /// Names the two forms it may have.
    pub fn database_url(&self) -> Result<DatabaseUrl, String> {
        DatabaseUrl::parse(secrecy::ExposeSecret::expose_secret(&self.database.url))
    }

    /// # Errors
    /// Names the setting.
    pub fn code_pattern(&self) -> Result<CodePattern, String> {
        CodePattern::parse(&self.agency.code_pattern)
            .ok_or_else(|| "agency.code_pattern: must hold {yymmdd} and {serial}, no spaces or slashes".to_owned())
    }

    /// # Errors
    /// Names the setting.
    pub fn same_day_cutoff(&self) -> Result<NaiveTime, String> {
        NaiveTime::parse_from_str(&self.deadline.same_day_cutoff, "%H:%M")
            .map_err(|_| "deadline.same_day_cutoff: must be HH:MM, for example 15:00".to_owned())
    }

    /// # Errors
    /// Names the weekday whose sessions are wrong.
    pub fn office_hours(&self) -> Result<OfficeHours, String> {
        super::check::office_hours(&self.office_hours)
    }
}
