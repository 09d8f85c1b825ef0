//! Đúng Hẹn: procedure files answered on the promised day, or a truthful apology with a new day.
//!
//! The rooms, in reading order:

/// What the law and the office mean: pure values and functions.
pub mod domain;
/// What the time is; everything else is given `now`.
pub mod clock;
/// Typed settings, the only reader of the environment.
pub mod config;
/// The only room that knows SQL.
pub mod store;
