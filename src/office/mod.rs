//! The verbs of the centre, one file an action, called by web, jobs and command line alike.
//!
//! Every verb takes `now` and who acts; what it decides is written in one transaction.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::config::Settings;
use crate::delivery::Couriers;
use crate::domain::code::CodePattern;
use crate::domain::quiet::QuietHours;
use crate::render::letter::LetterPress;
use crate::store::{Conn, Store, Tx};

pub mod absence;
pub mod accounts;
pub mod agencies;
pub mod alarm;
mod apology;
mod at_hand;
pub mod at_risk;
pub mod audit;
pub mod board;
pub mod bounces;
pub mod calendar_change;
pub mod calendar_file;
pub mod calendar_form;
mod calendar_ics;
pub mod calendar_missing;
pub mod calendar_preview;
pub mod citizen_says;
pub mod closing;
pub mod contact;
pub mod correction;
mod counting;
pub mod day_facts;
pub mod delay;
pub mod delivery_report;
pub mod demo;
pub mod digest;
pub mod dispatch;
pub mod drafts;
pub mod earlier;
pub mod entering;
pub mod error;
mod fallback;
pub mod figures;
pub mod filing;
mod finished;
pub mod hall;
pub mod ids;
pub mod image;
pub mod import;
pub mod import_log;
pub mod import_runs;
pub mod intake;
mod intake_form;
mod known;
pub mod ladder_change;
pub mod ladder_file;
pub mod ladder_rung;
pub mod late;
pub mod ledger;
pub mod letterhead;
pub mod letterhead_preview;
pub mod letters;
pub mod look;
pub mod loss;
mod messages;
pub mod my_work;
pub mod once;
pub mod outage;
pub mod outgoing;
pub mod papers;
pub mod passwords;
pub mod preview;
pub mod printed;
pub mod procedure_change;
pub mod procedure_facts;
mod procedure_file;
pub mod procedure_form;
pub mod procedure_search;
pub mod progress;
pub mod proof_of;
pub mod proposals;
mod provisional;
pub mod queue;
pub mod quiet;
mod reach;
pub mod readiness;
pub mod reassign;
pub mod reconcile;
pub mod redate;
pub mod reference;
pub mod register;
pub mod report;
pub mod report_06a;
pub mod report_07a;
pub mod report_behind;
pub mod report_figures;
pub mod report_groups;
pub mod report_index;
pub mod report_online;
pub mod report_procedures;
pub mod report_province;
pub mod report_reasons;
pub mod report_time;
pub mod report_units;
pub mod report_waiting;
pub mod reports;
mod round;
pub mod rules;
pub mod saved_filters;
pub mod scope;
mod second_miss;
pub mod seen;
pub mod setup;
pub mod setup_people;
pub mod several;
pub mod sign_in;
pub mod signing;
mod stale;
pub mod statistics;
pub mod sub_deadlines;
mod submission_notices;
pub mod submissions;
pub mod sweep;
mod taken_back;
pub mod tasks;
pub mod terms;
pub mod test_send;
pub mod time_rule_change;
pub mod time_rule_file;
pub mod timetable;
pub mod trend;
pub mod units;
pub mod verify;
pub mod waiting;
pub mod walk;

pub use error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
pub use rules::Rules;

/// The office: its records, its settings and the rules in force. Cheap to clone.
#[derive(Clone)]
pub struct Office {
    store: Store,
    /// With the name and the contact of the agency that the office is of.
    settings: Arc<Settings>,
    /// As they were read.
    given: Arc<Settings>,
    /// The agency whose office this is; `None`: the only one, or all of them.
    agency: Option<Arc<str>>,
    narrowed: scope::Narrowed,
    press: &'static LetterPress,
    couriers: Couriers,
    pattern: CodePattern,
    quiet: QuietHours,
    rules: Arc<RwLock<Arc<Rules>>>,
    /// What several reports have read together.
    together: Option<Arc<counting::Together>>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office").finish_non_exhaustive()
    }
}

impl Office {
    /// Opens the office on a database that is set up (see [`setup::prepare`]).
    ///
    /// # Errors
    /// When the rules cannot be read or a setting is wrong.
    pub fn open(store: Store, settings: Settings, couriers: impl Into<Couriers>) -> OfficeResult<Self> {
        let rules = store.read(|conn| Rules::load(conn, &settings))?;
        let settings = Arc::new(settings);
        Ok(Self {
            store,
            pattern: settings.code_pattern().map_err(OfficeError::Broken)?,
            quiet: settings.quiet_hours().map_err(OfficeError::Broken)?,
            press: LetterPress::shared()?,
            couriers: couriers.into(),
            rules: Arc::new(RwLock::new(Arc::new(rules))),
            agency: None,
            narrowed: scope::Narrowed::default(),
            together: None,
            given: Arc::clone(&settings),
            settings,
        })
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Reads with the rules at hand.
    pub(crate) fn reading<T>(&self, work: impl FnOnce(&mut Conn, &Rules) -> OfficeResult<T>) -> OfficeResult<T> {
        self.store.read(|conn| {
            let rules = self.rules(conn)?;
            work(conn, &rules)
        })
    }

    /// Decides and writes in one transaction, with the rules at hand.
    pub(crate) fn writing<T>(&self, work: impl FnOnce(&mut Tx<'_>, &Rules) -> OfficeResult<T>) -> OfficeResult<T> {
        self.store.write(|tx| {
            let rules = self.rules(tx)?;
            work(tx, &rules)
        })
    }
}

/// Who acts: an account, the system itself, or a command at the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Account { id: String, username: String },
    System,
    CommandLine,
}

impl Actor {
    /// How the journal names it: a user name, never a person's name.
    #[must_use]
    pub fn journal_name(&self) -> &str {
        match self {
            Self::Account { username, .. } => username,
            Self::System => "system",
            Self::CommandLine => "cli",
        }
    }
}

/// Counts by name, in the order of the names.
pub type Counts = std::collections::BTreeMap<String, u64>;

/// Several values by a key.
pub fn grouped<T>(values: impl IntoIterator<Item = T>, key: impl Fn(&T) -> String) -> HashMap<String, Vec<T>> {
    let mut groups: HashMap<String, Vec<T>> = HashMap::new();
    for value in values {
        groups.entry(key(&value)).or_default().push(value);
    }
    groups
}
