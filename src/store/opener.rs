//! How a connection is opened and kept: what each database is told, and when it is asked whether it works.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::r2d2::ManageConnection;
use diesel::{Connection, PgConnection, SqliteConnection};

use super::connection::Conn;
use super::database_url::DatabaseUrl;
use super::scope;

/// How long a statement waits for another writer before it gives up.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// So long a connection that worked is not asked again whether it does: a page needs several in turn.
const TRUSTED: Duration = Duration::from_secs(1);

/// What connections of a pool are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Reading,
    /// Reading for one agency of several.
    Narrowed,
    Writing,
}

/// How commits reach the disk. A commune files some hundreds of cases a day: keep `Full`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Every commit is on the disk before it is answered.
    Full,
    /// Only for data that can be made anew, such as the demonstration.
    Relaxed,
}

/// Opens connections for the pool and sets what SQLite keeps per connection.
#[derive(Debug)]
pub struct Opener {
    pub(super) url: DatabaseUrl,
    pub(super) purpose: Use,
    pub(super) durability: Durability,
}

impl Opener {
    fn open(&self) -> Result<Conn, diesel::r2d2::Error> {
        let mut conn = self.connected()?;
        self.scoped(&mut conn).map_err(diesel::r2d2::Error::QueryError)?;
        Ok(conn)
    }

    /// What the connection can be narrowed by; after this a reader of SQLite writes nothing any more.
    fn scoped(&self, conn: &mut Conn) -> diesel::QueryResult<()> {
        scope::begin(conn)?;
        if self.purpose == Use::Narrowed {
            scope::veil(conn)?;
        }
        match (conn, self.purpose) {
            (Conn::Lite(conn), Use::Reading | Use::Narrowed) => conn.batch_execute("PRAGMA query_only = ON"),
            (Conn::Lite(_), Use::Writing) | (Conn::Pg(_), _) => Ok(()),
        }
    }

    fn connected(&self) -> Result<Conn, diesel::r2d2::Error> {
        let failed = diesel::r2d2::Error::ConnectionError;
        match &self.url {
            DatabaseUrl::Postgres(url) => {
                let mut conn = PgConnection::establish(url).map_err(failed)?;
                // Nobody waits for ever behind a writer that hangs.
                conn.batch_execute("SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = '60s'")
                    .map_err(diesel::r2d2::Error::QueryError)?;
                if self.purpose != Use::Writing {
                    // A common word and a rare one need different plans. Pages come many at once: to start
                    // workers or a compiler for one of them takes longer than most of its questions.
                    conn.batch_execute(
                        "SET plan_cache_mode = 'force_custom_plan'; SET max_parallel_workers_per_gather = 0; \
                         SET jit = off",
                    )
                    .map_err(diesel::r2d2::Error::QueryError)?;
                }
                Ok(Conn::Pg(conn))
            }
            DatabaseUrl::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(failed)?;
                let synchronous = match self.durability {
                    Durability::Full => "FULL",
                    Durability::Relaxed => "OFF",
                };
                // The one writer keeps what a batch touches; kibibytes, taken as they are needed.
                let cache = match self.purpose {
                    Use::Reading | Use::Narrowed => 16_000,
                    Use::Writing => 64_000,
                };
                // Pages of the log at which a commit moves it into the file itself; before that [`super::checkpoints`]
                // did. What is longer was a rush, and is cut.
                let (checkpoint, kept_bytes) = (64_000, 64_000_000);
                conn.batch_execute(&format!(
                    "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; \
                     PRAGMA foreign_keys = ON; PRAGMA cache_size = -{cache}; PRAGMA temp_store = MEMORY; \
                     PRAGMA wal_autocheckpoint = {checkpoint}; PRAGMA journal_size_limit = {kept_bytes};",
                    BUSY.as_millis()
                ))
                .map_err(diesel::r2d2::Error::QueryError)?;
                Ok(Conn::Lite(conn))
            }
        }
    }
}

/// A connection of the pool, and when it was last seen to work.
pub struct Pooled {
    conn: Conn,
    seen: Instant,
    purpose: Use,
    /// The agency that it is lent to.
    lent: Option<Arc<str>>,
}

impl Pooled {
    /// Lends it to an agency, or to the whole install.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) fn lend(&mut self, agency_id: Option<&Arc<str>>) -> diesel::QueryResult<()> {
        if self.lent.as_ref() != agency_id {
            scope::lend(&mut self.conn, self.purpose, agency_id.map(AsRef::as_ref))?;
            self.lent = agency_id.cloned();
        }
        Ok(())
    }
}

impl Deref for Pooled {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Pooled {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl ManageConnection for Opener {
    type Connection = Pooled;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Pooled, Self::Error> {
        Ok(Pooled { conn: self.open()?, seen: Instant::now(), purpose: self.purpose, lent: None })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> Result<(), Self::Error> {
        if let Conn::Pg(conn) = &mut pooled.conn
            && pooled.seen.elapsed() >= TRUSTED
        {
            conn.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)?;
            pooled.seen = Instant::now();
        }
        Ok(())
    }

    fn has_broken(&self, _pooled: &mut Pooled) -> bool {
        // A panic inside a transaction leaves it open: such a connection is thrown away.
        std::thread::panicking()
    }
}
