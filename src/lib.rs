//! Đúng Hẹn: procedure files answered on the promised day, or a truthful apology with a new day.
//!
//! The rooms, in reading order:

/// What the time is; everything else is given `now`.
pub mod clock;
/// Typed settings, the only reader of the environment.
pub mod config;
/// Words to the world: mail.
pub mod delivery;
/// What the law and the office mean: pure values and functions.
pub mod domain;
/// What the service does by itself, and when.
pub mod jobs;
/// The verbs of the centre.
pub mod office;
/// Facts to words: letters, mails, pages.
pub mod render;
/// The only room that knows SQL.
pub mod store;
/// HTTP: pages and the machine interface.
pub mod web;
