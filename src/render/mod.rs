//! Facts to words: letters (PDF), mails and pages. Every Vietnamese sentence a person reads is written here.

pub mod calendar_file;
pub mod chart;
pub mod dates;
pub mod desk;
pub mod differs;
mod error;
pub mod index_words;
pub mod ledger;
pub mod letter;
pub mod mail;
pub mod message;
mod overview_pdf;
pub mod pages;
pub mod paper;
pub mod paper_lines;
mod plain;
pub mod print;
pub mod problems;
pub mod qr;
pub mod reconcile_words;
pub mod report_form;
pub mod report_words;
pub mod sheets;
mod table_pdf;
pub mod tables;
pub mod words;

pub use error::RenderError;
pub use plain::one_line;
