//! Which database, how it is opened, and the two ways in: `read` and `write`.
//!
//! SQLite gets one writer and several `query_only` readers; every write transaction begins
//! IMMEDIATE, since a transaction that turns from reading to writing fails with "database is
//! locked" at once, whatever the busy timeout. Mutators take `&mut Tx`, which only `write` makes.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::Pool;
use diesel::{Connection, PgConnection, SqliteConnection};

use super::checkpoints::Checkpoints;
use super::database_url::DatabaseUrl;
use super::error::{StoreError, StoreResult};
use super::opener::{BUSY, Durability, Opener, Use};
use super::turns::Turns;

/// One connection to either database; the query text is written once.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Pg(PgConnection),
    Lite(SqliteConnection),
}

/// Runs one expression on the concrete connection, where diesel has no common form
/// (`on_conflict`, batch insert).
macro_rules! on_backend {
    ($conn:expr, $inner:ident => $body:expr) => {
        match &mut **$conn {
            $crate::store::connection::Conn::Pg($inner) => $body,
            $crate::store::connection::Conn::Lite($inner) => $body,
        }
    };
}
pub(crate) use on_backend;

/// Inserts rows of one table: on SQLite with one prepared statement, run again and again; on PostgreSQL
/// many as one COPY. No key may be taken: one transaction writes at a time, so what was asked before in
/// the same transaction still holds.
macro_rules! insert_all {
    ($tx:expr, $table:expr, $rows:expr) => {
        match &mut **$tx {
            $crate::store::connection::Conn::Pg(conn) if $rows.len() > 1 => {
                diesel::ExecuteCopyFromDsl::execute(diesel::copy_from($table).from_insertable($rows), conn)?;
            }
            $crate::store::connection::Conn::Pg(conn) => {
                for row in $rows {
                    diesel::insert_into($table).values(row).execute(conn)?;
                }
            }
            $crate::store::connection::Conn::Lite(conn) => {
                for row in $rows {
                    diesel::insert_into($table).values(row).execute(conn)?;
                }
            }
        }
    };
}
pub(crate) use insert_all;

/// An open write transaction; proof that what is changed here is committed or undone as one.
pub struct Tx<'a>(&'a mut Conn);

impl Deref for Tx<'_> {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.0
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.0
    }
}

/// The database, ready for use. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    readers: Pool<Opener>,
    /// Readers for one agency of several; none is opened before there are several.
    narrowed: Pool<Opener>,
    /// Of reading on PostgreSQL, which may share the cores with us.
    reading: Option<Arc<Turns>>,
    /// Of writing on SQLite: who writes again and again would be first each time.
    writing: Option<Arc<Turns>>,
    /// The agency whose rows alone are read and found.
    agency: Option<Arc<str>>,
    pub(super) writers: Pool<Opener>,
    /// Of SQLite's file.
    checkpoints: Option<Arc<Checkpoints>>,
    url: DatabaseUrl,
    written: Arc<AtomicU64>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The URL of PostgreSQL may hold a password.
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Connects; creates the SQLite file (and its folder) when it is not there.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn open(url: &DatabaseUrl, durability: Durability) -> StoreResult<Self> {
        if let DatabaseUrl::Sqlite(path) = url {
            make_folder(path)?;
        }
        let postgres = matches!(url, DatabaseUrl::Postgres(_));
        let builder = |size: u32, idle: u32| {
            let builder = Pool::builder().max_size(size).min_idle(Some(idle)).connection_timeout(BUSY + BUSY);
            // A file does not hang up; and what it says changed ([`Store::place`]), it says to one connection.
            if postgres { builder } else { builder.max_lifetime(None).idle_timeout(None).test_on_check_out(false) }
        };
        let opener = |purpose| Opener { url: url.clone(), purpose, durability };
        let pool = |purpose, size: u32| {
            builder(size, 1).build(opener(purpose)).map_err(|error| StoreError::Unavailable(error.to_string()))
        };
        let writers = pool(Use::Writing, if postgres { 8 } else { 1 })?;
        let writing = (!postgres).then(|| Arc::new(Turns::of(1, BUSY + BUSY)));
        let beside = |writing: &Arc<Turns>| Checkpoints::beside(opener(Use::Reading), Arc::clone(writing));
        Ok(Self {
            readers: pool(Use::Reading, 8)?,
            narrowed: builder(8, 0).build_unchecked(opener(Use::Narrowed)),
            reading: postgres.then(|| Arc::new(Turns::of_machine())),
            agency: None,
            writers,
            checkpoints: writing.as_ref().map(beside).map(Arc::new),
            writing,
            url: url.clone(),
            written: Arc::default(),
        })
    }

    /// The same database, of which only the rows of this agency are read and found.
    #[must_use]
    pub fn of_agency(&self, id: &Arc<str>) -> Self {
        Self { agency: Some(Arc::clone(id)), ..self.clone() }
    }

    /// The same database without that narrowing.
    #[must_use]
    pub fn everywhere(&self) -> Self {
        Self { agency: None, ..self.clone() }
    }

    /// Reads; on SQLite a write in here is refused by the connection itself.
    ///
    /// # Errors
    /// What `work` answers, or that no connection was free.
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let _turn = self.reading.as_deref().map(Turns::take);
        let pool = if self.agency.is_some() { &self.narrowed } else { &self.readers };
        let mut conn = pool.get().map_err(StoreError::from)?;
        conn.lend(self.agency.as_ref()).map_err(StoreError::from)?;
        work(&mut conn)
    }

    /// Runs `work` in one transaction: all of it is kept, or nothing.
    ///
    /// # Errors
    /// What `work` answers (then everything is undone), or what the database says at the ends.
    pub fn write<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let _turn = self.writing.as_deref().map(Turns::take);
        let mut conn = self.writers.get().map_err(StoreError::from)?;
        conn.lend(self.agency.as_ref()).map_err(StoreError::from)?;
        let _counted = Counted(&self.written);
        let done = in_transaction(&mut conn, work);
        if let Some(checkpoints) = &self.checkpoints {
            checkpoints.tell();
        }
        done
    }

    /// How often this process wrote: what was read before still holds, as far as only it writes.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }

    /// Which database this is, for texts that differ (backup).
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// A consistent copy of the SQLite database while others work on it.
    ///
    /// # Errors
    /// On PostgreSQL (use `pg_dump`), when the file exists, or when it cannot be written.
    pub fn copy_to(&self, path: &Path) -> StoreResult<()> {
        let DatabaseUrl::Sqlite(_) = &self.url else {
            return Err(StoreError::Unavailable("PostgreSQL: use pg_dump".to_owned()));
        };
        let mut conn = self.writers.get()?;
        let target = path.to_string_lossy().replace('\'', "''");
        conn.batch_execute(&format!("VACUUM INTO '{target}'")).map_err(StoreError::from)
    }
}

/// Counts a transaction once it ended, in whatever way, before another of this process begins on its connection.
struct Counted<'a>(&'a AtomicU64);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }
}

/// PostgreSQL writes one transaction at a time as well: the journal is one chain, so writers meet at
/// its end anyway, and meeting at the beginning they can never lock each other out.
fn one_at_a_time(conn: &mut Conn) -> StoreResult<()> {
    match conn {
        Conn::Pg(conn) => Ok(conn.batch_execute("SELECT pg_advisory_xact_lock(741852964)")?),
        Conn::Lite(_) => Ok(()),
    }
}

fn make_folder(path: &Path) -> StoreResult<()> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder)
            .map_err(|error| StoreError::Unavailable(format!("{}: {error}", folder.display()))),
        None => Ok(()),
    }
}

fn in_transaction<T, E: From<StoreError>>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    begin(conn, "BEGIN", "BEGIN IMMEDIATE")?;
    let done = one_at_a_time(conn).map_err(E::from).and_then(|()| work(&mut Tx(conn)));
    end(conn, done)
}

/// Asks several questions of one state of the database; in a transaction all of it is one anyway.
///
/// # Errors
/// What `work` answers, or what the database says at the ends.
pub fn at_one_moment<T, E: From<StoreError>>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    if !matches!(Outer::transaction_manager_status_mut(conn).transaction_depth(), Ok(None)) {
        return work(conn);
    }
    begin(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN")?;
    let done = work(conn);
    end(conn, done)
}

type Outer = <Conn as Connection>::TransactionManager;

fn begin(conn: &mut Conn, postgres: &str, sqlite: &str) -> StoreResult<()> {
    match conn {
        Conn::Pg(conn) => AnsiTransactionManager::begin_transaction_sql(conn, postgres),
        Conn::Lite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sqlite),
    }
    .map_err(StoreError::from)
}

fn end<T, E: From<StoreError>>(conn: &mut Conn, done: Result<T, E>) -> Result<T, E> {
    match done {
        Ok(done) => {
            <Outer as TransactionManager<Conn>>::commit_transaction(conn).map_err(StoreError::from)?;
            Ok(done)
        }
        Err(error) => {
            if let Err(undo) = <Outer as TransactionManager<Conn>>::rollback_transaction(conn) {
                tracing::error!(error = %undo, "a transaction could not be undone");
            }
            Err(error)
        }
    }
}
