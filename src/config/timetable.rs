//! When the service works by itself, and when nothing leaves.

use chrono::NaiveTime;
use serde::Deserialize;

use super::Settings;
use crate::domain::quiet::QuietHours;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    pub batch: i64,
    pub lease_seconds: i64,
    pub first_retry_seconds: i64,
    pub longest_retry_seconds: i64,
    pub max_attempts: i32,
    /// After so long without a success a way of delivery counts as down.
    pub alarm_minutes: i64,
}

/// When nothing leaves but what is urgent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// `HH:MM`
    pub from: String,
    /// `HH:MM`
    pub until: String,
    pub days_off: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    pub sweep: String,
    pub dispatch: String,
    /// When the digest of the morning is made; nothing happens on days off.
    pub digest: String,
    pub housekeeping: String,
    pub calendar: String,
    pub bounces: String,
    pub verify: String,
    /// When the facts of past days are made for the reports.
    pub facts: String,
    /// When the figures of the manager's page are computed anew.
    pub figures: String,
    /// When the public statistics are.
    pub statistics: String,
    pub imports: String,
}

impl Settings {
    /// # Errors
    /// Names the setting.
    pub fn quiet_hours(&self) -> Result<QuietHours, String> {
        let hour = |name: &str, text: &str| {
            NaiveTime::parse_from_str(text, "%H:%M")
                .map_err(|_| format!("quiet.{name}: must be HH:MM, for example 19:00"))
        };
        Ok(QuietHours {
            from: hour("from", &self.quiet.from)?,
            until: hour("until", &self.quiet.until)?,
            days_off: self.quiet.days_off,
        })
    }
}
