//! The whole suite as one binary: each file a concern, the same on SQLite and on PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::format_push_string,
    clippy::assigning_clones,
    reason = "a test that cannot go on should stop with the place; its texts may be built plainly"
)]

mod alerts;
mod architecture;
mod as_of;
mod at_risk;
mod batch;
mod calendar;
mod cli;
mod corrections;
mod cuts;
mod day_facts;
mod deadlines;
mod demo;
mod faults;
mod figures;
mod import;
mod indices;
mod jobs;
mod ladder;
mod late;
mod letters;
mod limits;
mod migration;
mod new_date;
mod outage;
mod papers;
mod periods;
mod procedures;
mod proof;
mod proposals;
mod quiet;
mod reassign;
mod reception;
mod reconcile;
mod reference;
mod report_forms;
mod reports;
mod search;
mod smtp;
mod store;
mod sub_deadlines;
mod support;
mod verify;
mod ways;
mod web;
mod year;
