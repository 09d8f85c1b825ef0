//! The shapes of the machine interface. Instants are RFC 3339 in Vietnam's offset, whole seconds.

mod dossier;
mod history;
mod requests;

pub use dossier::{Dossier, Logged, SubDeadline, dossier, in_detail, timeliness};
pub use history::{Event, Letter, event, letter};
pub use requests::{Applicant, NewDossier, Paper, Representative, StepBody};
