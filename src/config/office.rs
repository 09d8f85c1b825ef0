//! The lists of the settings: office hours, units, people, reasons.

use serde::Deserialize;

use crate::domain::role::Role;
use crate::domain::text_enum;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursPeriod {
    pub valid_from: Option<chrono::NaiveDate>,
    #[serde(default)]
    pub monday: Vec<String>,
    #[serde(default)]
    pub tuesday: Vec<String>,
    #[serde(default)]
    pub wednesday: Vec<String>,
    #[serde(default)]
    pub thursday: Vec<String>,
    #[serde(default)]
    pub friday: Vec<String>,
    #[serde(default)]
    pub saturday: Vec<String>,
    #[serde(default)]
    pub sunday: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub sectors: Vec<String>,
    pub supervisor: Option<String>,
    pub officer: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub username: String,
    pub name: String,
    pub role: Role,
    pub unit: Option<String>,
    pub email: Option<String>,
    pub stand_in: Option<String>,
}

text_enum! {
    /// The three official groups of reasons for late files (report II.07).
    ReasonGroup {
        Rules = "rules",
        Officials = "officials",
        Other = "other",
    }
}

/// The reason that the system gives itself, when nobody declared one.
pub const IN_PROCESS: &str = "in_process";

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelayReason {
    pub code: String,
    pub name: String,
    pub group: ReasonGroup,
}
