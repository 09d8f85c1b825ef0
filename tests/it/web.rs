//! The pages as a browser and an attacker meet them: a real server on a free port, every door tried
//! by every role.

mod administration;
mod agencies;
mod alerts;
mod boards;
mod calendar;
mod citizen;
mod clerk;
pub mod client;
mod deliveries;
mod doors;
mod forms;
mod inside;
mod late;
mod ledger;
mod limits;
mod numbers;
mod open_data;
mod outbox;
mod paging;
mod periods;
mod public;
mod queue;
mod reception;
mod report_pages;
mod rules;
mod sessions;
mod signing;
mod time_limits;
mod wizard;
