//! What the service does by itself, and when: the timetable and its runner.

pub mod runner;
pub mod timetable;
