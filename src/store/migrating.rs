//! Bringing the schema to this program's version, and back.

use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{Conn, Store};
use super::error::{StoreError, StoreResult};
use super::search;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// PostgreSQL compares texts by the rules of a language unless it is told: slower with each entry of an index, and
/// in another order than SQLite, which goes by their bytes.
const BY_BYTES: &str = "
DO $made$ DECLARE changed record; BEGIN
FOR changed IN
    SELECT attrelid::regclass AS name, string_agg(format('ALTER %I TYPE text COLLATE \"C\"', attname), ', ') AS changes
      FROM pg_attribute
      JOIN pg_class ON pg_class.oid = attrelid
      JOIN pg_collation ON pg_collation.oid = attcollation
     WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
       AND NOT attisdropped AND atttypid = 'text'::regtype AND collname <> 'C'
     GROUP BY attrelid
LOOP
    EXECUTE format('ALTER TABLE %s %s', changed.name, changed.changes);
END LOOP;
END $made$";

/// Whether what new rows name exists, asked by PostgreSQL once a statement.
const ASKED_ONCE: &str = include_str!("asked_once.sql");

impl Store {
    /// Brings the schema to this program's version. Safe when several processes start at once.
    ///
    /// # Errors
    /// When a migration fails; it is then undone.
    pub fn migrate(&self) -> StoreResult<Vec<String>> {
        let mut conn = self.writers.get()?;
        if let Conn::Pg(conn) = &mut **conn {
            conn.batch_execute("SELECT pg_advisory_lock(741852963)")?;
        }
        // Of two processes that start at once on SQLite the second finds the tables made; asked again, it
        // finds nothing left to do. A migration that is wrong fails again.
        let done = brought_up(&mut conn).or_else(|_| brought_up(&mut conn));
        if let Conn::Pg(conn) = &mut **conn {
            conn.batch_execute("SELECT pg_advisory_unlock(741852963)")?;
        }
        done
    }

    /// Undoes the newest migration; only tests walk down.
    ///
    /// # Errors
    /// When there is none, or it fails.
    pub fn revert_last_migration(&self) -> StoreResult<String> {
        let mut conn = self.writers.get()?;
        let undone = match &mut **conn {
            Conn::Pg(conn) => conn.revert_last_migration(MIGRATIONS).map(|version| version.to_string()),
            Conn::Lite(conn) => conn.revert_last_migration(MIGRATIONS).map(|version| version.to_string()),
        };
        undone.map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    /// Names of the migrations that this database has not had yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn pending_migrations(&self) -> StoreResult<Vec<String>> {
        use diesel::migration::Migration;
        let mut conn = self.writers.get()?;
        let pending = match &mut **conn {
            Conn::Pg(conn) => {
                conn.pending_migrations(MIGRATIONS).map(|all| all.iter().map(|m| m.name().to_string()).collect())
            }
            Conn::Lite(conn) => {
                conn.pending_migrations(MIGRATIONS).map(|all| all.iter().map(|m| m.name().to_string()).collect())
            }
        };
        pending.map_err(|error| StoreError::Unavailable(error.to_string()))
    }
}

/// Runs what migrations are left, and makes the index that none of them can make for both databases.
fn brought_up(conn: &mut Conn) -> StoreResult<Vec<String>> {
    let done = match conn {
        Conn::Pg(conn) => {
            conn.run_pending_migrations(MIGRATIONS).map(|done| done.iter().map(ToString::to_string).collect())
        }
        Conn::Lite(conn) => {
            conn.run_pending_migrations(MIGRATIONS).map(|done| done.iter().map(ToString::to_string).collect())
        }
    };
    let done = done.map_err(|error| StoreError::Unavailable(error.to_string()))?;
    search::make_index(conn)?;
    if let Conn::Pg(conn) = conn {
        conn.batch_execute(BY_BYTES)?;
        conn.batch_execute(ASKED_ONCE)?;
    }
    Ok(done)
}
