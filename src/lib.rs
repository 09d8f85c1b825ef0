//! Đúng Hẹn: procedure files answered on the promised day, or a truthful apology with a new day.
//!
//! The rooms, in reading order:

/// The command line: arguments, output, exit codes.
pub mod cli;
/// What the time is; everything else is given `now`.
pub mod clock;
/// Composition: settings become a courier, a database, an office.
pub mod compose;
/// Typed settings, the only reader of the environment.
pub mod config;
/// Words to the world: mail.
pub mod delivery;
/// What the law and the office mean: pure values and functions.
pub mod domain;
#[cfg(test)]
mod fuzz;
/// What the service does by itself, and when.
pub mod jobs;
/// The verbs of the centre.
pub mod office;
/// Facts to words: letters, mails, pages.
pub mod render;
/// The service: web and jobs on one database.
pub mod serve;
/// The only room that knows SQL.
pub mod store;
/// What the program logs, with personal data masked.
pub mod telemetry;
/// HTTP: pages and the machine interface.
pub mod web;
