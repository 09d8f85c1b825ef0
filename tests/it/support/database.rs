//! A database of its own for each test: an SQLite file, or a database on the PostgreSQL server that
//! `tests/run` started. Which one, says `DUNGHEN_TEST_DATABASE`.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use dunghen::store::DatabaseUrl;

static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Where the data of one test live; gone at its end.
pub enum Database {
    Sqlite { folder: tempfile::TempDir },
    Postgres { server: String, name: String },
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
struct Text {
    #[diesel(sql_type = diesel::sql_types::Text)]
    value: String,
}

impl Database {
    /// Nothing is in it.
    pub fn fresh() -> Self {
        if !is_postgres() {
            return Self::Sqlite { folder: tempfile::tempdir().expect("a folder") };
        }
        Self::created("template1")
    }

    /// What is in this one; nobody may be connected to it.
    pub fn copied(&self) -> Self {
        match self {
            Self::Sqlite { .. } => {
                let copy = Self::fresh();
                std::fs::copy(self.file(), copy.file()).expect("a copy");
                copy
            }
            Self::Postgres { name, .. } => Self::created(name),
        }
    }

    fn created(template: &str) -> Self {
        let server = variable("DUNGHEN_TEST_POSTGRES_URL").expect("DUNGHEN_TEST_POSTGRES_URL: run tests/run");
        let name = format!("test_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        let mut conn = PgConnection::establish(&server).expect("the PostgreSQL server of tests/run");
        // On its own each: both run in no transaction.
        conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name}")).unwrap();
        conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).unwrap();
        Self::Postgres { server, name }
    }

    /// Ends all that is connected, so that it can be copied.
    pub fn let_go(&self) {
        if let Self::Postgres { server, name } = self {
            let mut conn = PgConnection::establish(server).unwrap();
            conn.batch_execute(&format!(
                "ALTER DATABASE {name} ALLOW_CONNECTIONS false;
                 SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            ))
            .unwrap();
        }
    }

    pub fn url(&self) -> DatabaseUrl {
        match self {
            Self::Sqlite { .. } => DatabaseUrl::Sqlite(self.file()),
            Self::Postgres { .. } => DatabaseUrl::Postgres(self.postgres_url()),
        }
    }

    /// The same as a setting.
    pub fn setting(&self) -> String {
        match self {
            Self::Sqlite { .. } => format!("sqlite:{}", self.file().display()),
            Self::Postgres { .. } => self.postgres_url(),
        }
    }

    /// The SQLite file; only for tests of SQLite's own traps.
    pub fn file(&self) -> PathBuf {
        match self {
            Self::Sqlite { folder } => folder.path().join("dunghen.db"),
            Self::Postgres { .. } => panic!("no file on PostgreSQL"),
        }
    }

    fn postgres_url(&self) -> String {
        match self {
            Self::Sqlite { .. } => panic!("no server on SQLite"),
            Self::Postgres { server, name } => {
                let (address, _) = server.rsplit_once('/').expect("postgres://…/DATABASE");
                format!("{address}/{name}")
            }
        }
    }

    pub fn execute(&self, text: &str) {
        self.try_execute(text).expect(text);
    }

    pub fn try_execute(&self, text: &str) -> QueryResult<()> {
        match self {
            Self::Sqlite { .. } => self.sqlite().batch_execute(text),
            Self::Postgres { .. } => PgConnection::establish(&self.postgres_url()).unwrap().batch_execute(text),
        }
    }

    /// The number that `query` gives; it stands in for `value`.
    pub fn number(&self, query: &str) -> i64 {
        let query = diesel::sql_query(format!("SELECT CAST(({query}) AS BIGINT) AS value"));
        let one: One = match self {
            Self::Sqlite { .. } => query.get_result(&mut self.sqlite()),
            Self::Postgres { .. } => query.get_result(&mut PgConnection::establish(&self.postgres_url()).unwrap()),
        }
        .expect("a number");
        one.value
    }

    /// The texts that `query` gives as `value`.
    pub fn texts(&self, query: &str) -> Vec<String> {
        let query = diesel::sql_query(query);
        let all: Vec<Text> = match self {
            Self::Sqlite { .. } => query.load(&mut self.sqlite()),
            Self::Postgres { .. } => query.load(&mut PgConnection::establish(&self.postgres_url()).unwrap()),
        }
        .expect("texts");
        all.into_iter().map(|one| one.value).collect()
    }

    /// A connection of another program to the SQLite file.
    pub fn sqlite(&self) -> SqliteConnection {
        let mut conn = SqliteConnection::establish(&self.file().to_string_lossy()).unwrap();
        conn.batch_execute("PRAGMA busy_timeout = 10000").unwrap();
        conn
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres { server, name } = self
            && let Ok(mut conn) = PgConnection::establish(server)
        {
            // A database left over is only clutter.
            let _ = conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Whether this run of the suite is on PostgreSQL.
pub fn is_postgres() -> bool {
    match variable("DUNGHEN_TEST_DATABASE").as_deref() {
        None | Some("sqlite") => false,
        Some("postgres") => true,
        Some(other) => panic!("DUNGHEN_TEST_DATABASE: {other:?} is neither sqlite nor postgres"),
    }
}

/// What `tests/run` tells the tests.
#[expect(clippy::disallowed_methods, reason = "tests are told by tests/run, not by the settings")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
