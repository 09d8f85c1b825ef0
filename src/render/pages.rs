//! Everything a person sees in the browser: view structs in, HTML out (askama, escaped by default).
//!
//! A handler builds a [`Ctx`], fills the page's struct with plain values already read and
//! formatted (see [`time`]), and calls `askama::Template::render`. Every text stands in the
//! template as a pair, Vietnamese and English, next to each other: `c.t("Hồ sơ", "Dossiers")`.
//!
//! ```text
//! let page = queue::QueuePage { c: ctx_of(&request), chips, rows, .. };
//! HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.render()?)
//! ```
//!
//! No page needs a script and none carries one inline; see `web/assets/` for the small comforts.

pub mod accessibility;
pub mod accounts;
pub mod administration;
pub mod agency;
pub mod alerts;
pub mod at_risk;
pub mod audit;
pub mod board;
pub mod calendar;
pub mod citizen;
pub mod ctx;
pub mod desk;
pub mod dossier;
pub mod error;
pub mod finding;
pub mod form;
pub mod hall;
pub mod icon;
pub mod import_log;
pub mod imports;
pub mod indices;
pub mod intake;
pub mod jobs;
pub mod journal_words;
pub mod keys;
pub mod ladder;
pub mod ladder_words;
pub mod late;
pub mod ledger;
pub mod letterhead;
pub mod letters;
pub mod mailbox;
pub mod manager;
pub mod month;
pub mod my_work;
pub mod open_data;
pub mod outbox;
pub mod own;
pub mod pager;
pub mod papers;
pub mod periods;
pub mod phrases;
pub mod procedures;
pub mod proof;
pub mod proposals;
pub mod province;
pub mod queue;
pub mod rate_kind;
pub mod receipt;
pub mod reconcile;
pub mod records;
pub mod reports;
pub mod rule_words;
pub mod saved;
pub mod sending;
pub mod several;
pub mod sign_in;
pub mod signing;
pub mod statistics;
pub mod sub_deadlines;
pub mod submission;
pub mod submission_status;
pub mod submissions;
pub mod summary;
pub mod time;
pub mod time_limits;
pub mod time_rules;
pub mod tomorrow;
pub mod unit;
pub mod words;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

pub use ctx::{Ctx, Flash, FlashKind, Lang, Mode, Nav, Viewer};
