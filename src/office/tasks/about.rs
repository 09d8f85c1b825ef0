//! What a task of the desk is about: a dossier, or an online file that is none yet.

use crate::office::error::{OfficeError, OfficeResult};
use crate::office::filing::Told;
use crate::store::Conn;
use crate::store::dossiers::{self, DossierRow};
use crate::store::filings::{self, Filing};
use crate::store::outbox::Message;
use crate::store::submissions::{self, Submission};
use crate::store::tasks::{Task, TaskKind};

/// What a task is about.
#[derive(Debug, Clone)]
pub enum About {
    /// With how it was handed in, which says who is told of it.
    Dossier(Box<DossierRow>, Option<Box<Filing>>),
    /// An online file that is no dossier yet.
    Submission(Box<Submission>),
}

impl About {
    pub(in crate::office) fn dossier(row: &DossierRow, filing: Option<&Filing>) -> Self {
        Self::Dossier(Box::new(row.clone()), filing.cloned().map(Box::new))
    }

    /// Whom the desk calls: the applicant, or the person they authorised.
    #[must_use]
    pub fn told(&self) -> Told<'_> {
        match self {
            Self::Dossier(row, filing) => Told::of(row, filing.as_deref()),
            Self::Submission(submission) => Told {
                name: &submission.applicant_name,
                phone: submission.applicant_phone.as_deref(),
                email: submission.applicant_email.as_deref(),
                address: None,
            },
        }
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
        (Some(id), _) => {
            let filing = filings::find(conn, id)?.map(Box::new);
            dossiers::find(conn, id)?.map(|row| About::Dossier(Box::new(row), filing))
        }
        (None, Some(id)) => submissions::find(conn, id)?.map(|submission| About::Submission(Box::new(submission))),
        (None, None) => None,
    })
}

/// What the desk does with a message: a letter is paper, the rest is said where there is a telephone.
pub(super) fn kind_of(message: &Message, about: &About) -> TaskKind {
    let told = about.told();
    match (message.letter_id.is_some(), told.phone.is_some(), told.address.is_some()) {
        (_, false, false) => TaskKind::Contact,
        (true, _, _) | (false, false, true) => TaskKind::Print,
        (false, true, _) => TaskKind::Phone,
    }
}
