//! The office as a test holds it: a database of its own, a clock that stands still, a mailbox to read.

mod builder;
mod database;
mod limits;
mod mailbox;

use std::sync::{Arc, OnceLock};

use chrono::Duration;
use dunghen::clock::{Clock, ManualClock};
use dunghen::config::Settings;
use dunghen::delivery::{Courier, Outgoing};
use dunghen::domain::dossier::{ElectronicResult, ResultOutcome, Step};
use dunghen::domain::time::{Instant, parse_instant};
use dunghen::office::dispatch::DispatchReport;
use dunghen::office::look::Whole;
use dunghen::office::sweep::{Run, SweepReport};
use dunghen::office::{Actor, Office, setup};
use dunghen::store::dossiers::DossierRow;
use dunghen::store::{Durability, Store, people};

pub use builder::Intake;
pub use database::{Database, is_postgres, variable};
pub use limits::{Given, commitment, statutory};
pub use mailbox::MemoryCourier;

/// Civil status certificate: three working days.
pub const THREE_DAYS: &str = "1.004873";
/// Birth registration: the same day.
pub const SAME_DAY: &str = "1.001193";
/// A procedure without a published limit.
pub const NO_LIMIT: &str = "1.004656";
/// First registration of land: 20 working days at the counter.
pub const LAND: &str = "1.012753";

/// An office on its own database.
pub struct App {
    pub office: Office,
    pub clock: Arc<ManualClock>,
    pub mailbox: Arc<MemoryCourier>,
    pub settings: Settings,
    pub database: Database,
}

impl App {
    /// The shipped settings, Monday 2 March 2026, 08:00.
    pub fn new() -> Self {
        Self::with("")
    }

    /// The shipped settings with these (TOML) on top.
    pub fn with(overrides: &str) -> Self {
        let settings = Settings::from_toml(overrides).expect("settings of the test");
        let clock = Arc::new(ManualClock::at(instant("2026-03-02 08:00")));
        let mailbox = Arc::new(MemoryCourier::default());
        // The first start takes longer than most tests: with the shipped settings all begin with a copy of one.
        let database = if overrides.is_empty() { started(&settings, clock.now()).copied() } else { Database::fresh() };
        let office = open(&database, &settings, mailbox.clone(), clock.now());
        Self { office, clock, mailbox, settings, database }
    }

    /// Moves the clock to a Vietnamese wall time, `2026-04-29 16:50` or with seconds.
    pub fn at(&self, text: &str) -> Instant {
        self.clock.set(instant(text));
        self.now()
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    pub fn advance(&self, by: Duration) -> Instant {
        self.clock.set(self.now() + by);
        self.now()
    }

    pub fn advance_days(&self, days: i64) -> Instant {
        self.advance(Duration::days(days))
    }

    pub fn sweep(&self) -> SweepReport {
        self.office.sweep(self.now(), Run::Real).expect("a sweep")
    }

    pub fn dispatch(&self) -> DispatchReport {
        self.office.dispatch(self.now()).expect("a dispatch")
    }

    /// Everything that left so far.
    pub fn mails(&self) -> Vec<Outgoing> {
        self.mailbox.mails()
    }

    /// `kind to recipient` of everything that left so far, sorted.
    pub fn sent(&self) -> Vec<String> {
        let mut sent: Vec<String> = self.mails().iter().map(|mail| format!("{} to {}", mail.kind, mail.to)).collect();
        sent.sort();
        sent
    }

    /// A dossier to be logged: `app.log(THREE_DAYS, "online").email("").done()`.
    pub fn log(&self, procedure: &str, channel: &str) -> Intake<'_> {
        Intake::new(self, procedure, channel)
    }

    pub fn step(&self, code: &str, step: &Step) -> DossierRow {
        self.office.step(self.now(), &officer(), code, step).expect("a step")
    }

    /// The result is ready, granted and issued electronically.
    pub fn resolve(&self, code: &str) -> DossierRow {
        self.step(code, &Step::Resolve { outcome: ResultOutcome::Granted, electronic: ElectronicResult::Issued })
    }

    pub fn whole(&self, code: &str) -> Whole {
        self.office.whole(code).expect("the dossier")
    }

    pub fn row(&self, code: &str) -> DossierRow {
        self.whole(code).row
    }

    /// Another process on the same database, with its own connections and its own mail server.
    pub fn another_process(&self, courier: Arc<dyn Courier>) -> Office {
        let store = Store::open(&self.database.url(), Durability::Full).expect("the database");
        Office::open(store, self.settings.clone(), courier).expect("the office")
    }

    /// Ends the process and starts it again on the same database.
    pub fn restart(&mut self) {
        self.office = open(&self.database, &self.settings, self.mailbox.clone(), self.now());
    }

    /// Changes the database behind the program's back.
    pub fn sql(&self, text: &str) {
        self.database.execute(text);
    }

    /// The texts that a query gives as `value`.
    pub fn texts(&self, query: &str) -> Vec<String> {
        self.database.texts(query)
    }

    /// The one number that a query gives.
    pub fn number(&self, query: &str) -> i64 {
        self.database.number(query)
    }
}

/// A database after the first start with the shipped settings; it is there until the process ends.
fn started(settings: &Settings, now: Instant) -> &'static Database {
    static STARTED: OnceLock<Database> = OnceLock::new();
    STARTED.get_or_init(|| {
        let database = Database::fresh();
        let store = Store::open(&database.url(), Durability::Full).expect("the database");
        setup::prepare(&store, settings, now).expect("the first start");
        match &database {
            Database::Sqlite { .. } => {
                // One file without a journal beside it.
                let copy = Database::fresh();
                store.copy_to(&copy.file()).expect("a copy");
                copy
            }
            Database::Postgres { .. } => {
                drop(store);
                database.let_go();
                database
            }
        }
    })
}

fn open(database: &Database, settings: &Settings, courier: Arc<dyn Courier>, now: Instant) -> Office {
    let store = Store::open(&database.url(), Durability::Full).expect("the database");
    setup::prepare(&store, settings, now).expect("the first start");
    Office::open(store, settings.clone(), courier).expect("the office")
}

/// A Vietnamese wall time.
pub fn instant(text: &str) -> Instant {
    parse_instant(text).expect("an instant like 2026-04-29 16:50")
}

/// The officer of the civil status unit.
pub fn officer() -> Actor {
    Actor::Account { id: "officer".to_owned(), username: "congchuc.vhxh".to_owned() }
}

/// The account with this user name, acting.
pub fn acting(app: &App, username: &str) -> Actor {
    let known = app.office.store().read(|conn| people::account_by_username(conn, username)).unwrap();
    Actor::Account { id: known.expect("an account").id, username: username.to_owned() }
}
