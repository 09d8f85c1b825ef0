//! The only room that knows SQL. It keeps and finds; it decides nothing and has no clock.

pub mod calendar_days;
pub mod calendar_versions;
mod columns;
pub mod connection;
pub mod counters;
pub mod counts;
mod dossier_lists;
pub mod dossiers;
pub mod error;
pub mod jobs;
pub mod journal;
pub mod kept;
pub mod letters;
pub mod needs;
pub mod outbox;
pub mod people;
pub mod procedures;
pub mod promises;
pub mod proof;
pub mod proposals;
pub mod redating;
pub mod schema;
pub mod search_key;
pub mod sessions;
pub mod sub_deadlines;
pub mod submissions;
pub mod time_rules;

pub use connection::{Conn, DatabaseUrl, Durability, Store, Tx};
pub use error::{StoreError, StoreResult};
