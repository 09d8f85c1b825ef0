//! The place of a transaction among all that write. What was read during one still holds in the next, and no
//! further: so one may read ahead while another is written, and know whether it was in vain.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::connection::{Conn, Store, Tx};
use super::error::StoreResult;

/// Where a transaction stands in the order in which the database was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The number of the transaction, which PostgreSQL gives to each that writes, in any of its databases. They
    /// write one at a time and take it only then.
    Postgres(i64),
    /// What changes with each commit of another connection, and how often this process wrote.
    Sqlite { others: i32, ours: u64 },
}

impl Place {
    /// Whether nobody wrote between the two; an answer of no may be wrong.
    #[must_use]
    pub const fn is_right_after(self, before: Self) -> bool {
        match (self, before) {
            (Self::Postgres(number), Self::Postgres(before)) => number == before + 1,
            (Self::Sqlite { others, ours }, Self::Sqlite { others: others_before, ours: before }) => {
                others == others_before && ours == before + 1
            }
            (Self::Postgres(_), Self::Sqlite { .. }) | (Self::Sqlite { .. }, Self::Postgres(_)) => false,
        }
    }
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = Integer)]
    data_version: i32,
}

impl Store {
    /// The place of this transaction of ours.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn place(&self, tx: &mut Tx<'_>) -> StoreResult<Place> {
        Ok(match &mut **tx {
            Conn::Pg(conn) => {
                Place::Postgres(diesel::select(sql::<BigInt>("pg_current_xact_id()::text::bigint")).first(conn)?)
            }
            Conn::Lite(conn) => Place::Sqlite {
                others: diesel::sql_query("PRAGMA data_version").get_result::<DataVersion>(conn)?.data_version,
                ours: self.written(),
            },
        })
    }
}
