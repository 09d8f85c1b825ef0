//! Typed settings; `config/default.toml` is the manual.

use secrecy::SecretString;
use serde::Deserialize;

use crate::domain::legal_moment::{DayUnit, LegalMoment};
use crate::domain::text_enum;

mod check;
mod loading;
mod office;
mod par_index;
mod shown;
mod timetable;
mod ways;

pub use office::{DelayReason, HoursPeriod, IN_PROCESS, Person, ReasonGroup, Unit};
pub use par_index::ParIndex;
pub use shown::{OnlineGoal, OnlineMeasure, OpenData, Public, Reports, Risk, Targets, YearTarget};
pub use timetable::{Dispatch, Jobs, Quiet};
pub use ways::{Bounces, Gateway, GatewayPhone, GatewayWay, Tasks, Ways};

/// The shipped settings, complete and commented.
pub const DEFAULT: &str = include_str!("../config/default.toml");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub server: Server,
    pub database: Database,
    pub log: Log,
    pub mail: Mail,
    pub agency: Agency,
    pub letter: Letter,
    pub papers: Papers,
    pub apology: Apology,
    pub notices: Notices,
    pub deadline: Deadline,
    pub rules: RuleChanges,
    pub office_hours: Vec<HoursPeriod>,
    pub dispatch: Dispatch,
    pub delivery: Ways,
    #[serde(default)]
    pub gateways: Vec<Gateway>,
    pub tasks: Tasks,
    pub bounces: Bounces,
    pub quiet: Quiet,
    pub jobs: Jobs,
    pub imports: Imports,
    pub targets: Targets,
    pub risk: Risk,
    pub par_index: ParIndex,
    pub reports: Reports,
    pub public: Public,
    pub open_data: OpenData,
    pub security: Security,
    pub units: Vec<Unit>,
    pub people: Vec<Person>,
    pub delay_reasons: Vec<DelayReason>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: String,
    pub public_url: String,
    pub max_body_bytes: usize,
    /// Addresses of proxies whose `X-Forwarded-For` is believed, parted by spaces.
    pub trusted_proxy: String,
}

impl Server {
    /// The proxies that are believed.
    ///
    /// # Errors
    /// Names the setting.
    pub fn trusted_proxies(&self) -> Result<Vec<std::net::IpAddr>, String> {
        let address = |text: &str| {
            text.parse().map_err(|_| format!("server.trusted_proxy: {text:?} is no address, such as 127.0.0.1"))
        };
        self.trusted_proxy.split_whitespace().map(address).collect()
    }
}

/// Files brought by the import wizard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imports {
    pub folder: String,
    pub max_bytes: u64,
    pub kept_days: u16,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// May hold a password: never logged.
    pub url: SecretString,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub filter: String,
    pub format: LogFormat,
}

text_enum! {
    LogFormat {
        Text = "text",
        Json = "json",
    }
}

text_enum! {
    MailTransport {
        Smtp = "smtp",
        Folder = "folder",
    }
}

text_enum! {
    MailSecurity {
        None = "none",
        StartTls = "starttls",
        Tls = "tls",
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub transport: MailTransport,
    pub folder: String,
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    pub username: String,
    pub password: SecretString,
    pub from: String,
    pub from_name: String,
    pub timeout_seconds: u64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub code: String,
    pub name: String,
    pub superior: String,
    pub issuing: String,
    pub place: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub code_pattern: String,
    /// Areas that time rules can name: `mountain`.
    pub areas: Vec<String>,
}

/// How procedures, calendar and time rules are changed.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleChanges {
    /// A change takes effect when somebody else approves it; without, at once.
    pub four_eyes: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    pub title: String,
    pub symbol: String,
    /// How the applicant is addressed.
    pub salutation: String,
    pub signer_authority: String,
    pub signer_title: String,
    pub signer_name: String,
    pub copies: Vec<String>,
}

/// Symbols of the forms that are numbered, each a series of its own a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    pub receipt: String,
    pub supplement_request: String,
    pub refusal: String,
    pub stop: String,
}

text_enum! {
    /// How letters of apology come to be signed.
    SigningMode {
        /// by the system, in the name of the delegated signer
        Automatic = "automatic",
        /// a person signs each
        Signed = "signed",
    }
}

text_enum! {
    /// Whether a late file may be handed over while its apology is not issued yet.
    BeforeHandOver {
        May = "may",
        Require = "require",
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apology {
    pub mode: SigningMode,
    pub before_hand_over: BeforeHandOver,
    /// The citizen of a file that will be late is told so many days before it is due.
    pub tell_days_before: u32,
    pub tell_days_unit: DayUnit,
    /// Office hours to sign a draft for which that moment is over.
    pub sign_within_hours: i64,
    /// The official group of the reason `in_process`, which the system gives itself.
    pub own_reason_group: ReasonGroup,
    pub new_date_share_percent: u32,
    pub new_date_min_working_days: u32,
    pub new_date_max_working_days: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    pub acceptance_warn_hours: u32,
    pub supplement_reminder_days: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// `HH:MM`
    pub same_day_cutoff: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Security {
    pub session_hours: i64,
    pub lockout_failures: i32,
    pub lockout_minutes: i64,
}

impl Settings {
    /// The official group of a reason's code: of the list, of the system's own, or of a loss or an error;
    /// `None` for a code that no list has any more.
    #[must_use]
    pub fn reason_group(&self, code: &str) -> Option<ReasonGroup> {
        let listed = self.delay_reasons.iter().find(|reason| reason.code == code).map(|reason| reason.group);
        listed.or(match code {
            IN_PROCESS => Some(self.apology.own_reason_group),
            "loss" | "error" => Some(ReasonGroup::Officials),
            _ => None,
        })
    }

    /// By when a draft has to be signed.
    #[must_use]
    pub const fn legal_moment(&self) -> LegalMoment {
        LegalMoment {
            days_before: self.apology.tell_days_before,
            unit: self.apology.tell_days_unit,
            sign_within_hours: self.apology.sign_within_hours,
        }
    }
}
