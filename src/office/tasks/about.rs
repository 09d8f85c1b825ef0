//! What a task of the desk is about: a dossier, or an online file that is none yet.

use crate::office::error::{OfficeError, OfficeResult};
use crate::store::Conn;
use crate::store::dossiers::{self, DossierRow};
use crate::store::outbox::Message;
use crate::store::submissions::{self, Submission};
use crate::store::tasks::{Task, TaskKind};

/// What a task is about.
#[derive(Debug, Clone)]
pub enum About {
    Dossier(Box<DossierRow>),
    /// An online file that is no dossier yet.
    Submission(Box<Submission>),
}

impl From<&DossierRow> for About {
    fn from(row: &DossierRow) -> Self {
        Self::Dossier(Box::new(row.clone()))
    }
}

impl From<&Submission> for About {
    fn from(submission: &Submission) -> Self {
        Self::Submission(Box::new(submission.clone()))
    }
}

pub(super) fn about(conn: &mut Conn, task: &Task) -> OfficeResult<About> {
    let found = found(conn, task.dossier_id.as_deref(), task.submission_id.as_deref())?;
    found.ok_or_else(|| OfficeError::Broken(format!("task {} is about nothing", task.id)))
}

pub(super) fn about_message(conn: &mut Conn, message: &Message) -> OfficeResult<Option<About>> {
    found(conn, message.dossier_id.as_deref(), message.submission_id.as_deref())
}

fn found(conn: &mut Conn, dossier_id: Option<&str>, submission_id: Option<&str>) -> OfficeResult<Option<About>> {
    Ok(match (dossier_id, submission_id) {
        (Some(id), _) => dossiers::find(conn, id)?.map(|row| About::Dossier(Box::new(row))),
        (None, Some(id)) => submissions::find(conn, id)?.map(|submission| About::Submission(Box::new(submission))),
        (None, None) => None,
    })
}

/// What the desk does with a message: a letter is paper, the rest is said where there is a telephone.
pub(super) fn kind_of(message: &Message, about: &About) -> TaskKind {
    let (phone, address) = match about {
        About::Dossier(row) => (row.applicant_phone.is_some(), row.applicant_address.is_some()),
        About::Submission(submission) => (submission.applicant_phone.is_some(), false),
    };
    match (message.letter_id.is_some(), phone, address) {
        (_, false, false) => TaskKind::Contact,
        (true, _, _) | (false, false, true) => TaskKind::Print,
        (false, true, _) => TaskKind::Phone,
    }
}
