//! The shapes of online files that are not accepted yet.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shapes::Applicant;
use crate::domain::reception::SubmissionState;
use crate::domain::time::{Instant, rfc3339};
use crate::office::Rules;
use crate::office::intake::IntakeForm;
use crate::store::submissions::Submission as Row;

/// An online file to be taken in: as a new dossier, its channel given.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSubmission {
    #[serde(default)]
    #[schema(required = true)]
    pub procedure_code: String,
    #[serde(default)]
    #[schema(required = true)]
    pub applicant: Applicant,
    /// When it was handed in; default: now.
    pub received_at: Option<String>,
    /// A foreign code, kept as it is, also by the dossier; default: the next of ours.
    pub code: Option<String>,
    /// Code or name; default: by the procedure's sector.
    pub unit: Option<String>,
    /// User name or name; default: the unit's officer.
    pub officer: Option<String>,
    /// In which order the applicant wishes to be reached: `mail`, `zalo`, `sms`, `tray`; default: the office's.
    #[serde(default)]
    pub contact_ways: Vec<String>,
    #[serde(default)]
    pub paper_supplement: bool,
    #[serde(default)]
    pub presence_required: bool,
    #[serde(default)]
    pub fee_due: bool,
    #[serde(default)]
    pub paid_online: bool,
    /// Handed in at another centre than that of the applicant's home.
    #[serde(default)]
    pub cross_boundary: bool,
}

impl From<NewSubmission> for IntakeForm {
    fn from(new: NewSubmission) -> Self {
        Self {
            procedure_code: new.procedure_code,
            channel: String::new(),
            applicant_name: new.applicant.name,
            applicant_phone: new.applicant.phone.unwrap_or_default(),
            applicant_email: new.applicant.email.unwrap_or_default(),
            applicant_address: new.applicant.address.unwrap_or_default(),
            contact_ways: new.contact_ways.join(" "),
            received_at: new.received_at.unwrap_or_default(),
            code: new.code.unwrap_or_default(),
            unit: new.unit.unwrap_or_default(),
            officer: new.officer.unwrap_or_default(),
            paper_supplement: new.paper_supplement,
            presence_required: new.presence_required,
            fee_due: new.fee_due,
            paid_online: new.paid_online,
            cross_boundary: new.cross_boundary,
            ..Self::default()
        }
    }
}

/// What a file just handed in is answered with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Submitted {
    pub code: String,
    pub submitted_at: String,
    /// By when it is accepted, sent back or declined.
    pub due_at: String,
    /// What that time rests on.
    pub basis: String,
    /// The citizen's page; it stays when the file is a dossier.
    pub status_url: String,
}

/// An online file as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Submission {
    pub code: String,
    pub procedure_code: String,
    pub procedure_name: String,
    pub applicant: Applicant,
    pub unit: Option<String>,
    /// `waiting`, `returned`, `accepted`, `declined`
    pub state: &'static str,
    pub submitted_at: String,
    /// From when acceptance counts: the submission, or the applicant's answer.
    pub counted_from: String,
    pub due_at: String,
    /// Whether it waits though its time is over.
    pub late: bool,
    pub basis: String,
    pub calendar_version: i32,
    /// What has to be completed, or why it was declined.
    pub note: String,
    pub returned_at: Option<String>,
    /// When it was accepted or declined.
    pub decided_at: Option<String>,
    pub revision: i32,
}

/// An online file as the interface shows it.
#[must_use]
pub fn submission(row: &Row, rules: &Rules, now: Instant) -> Submission {
    let procedure = rules.procedure_at(&row.procedure_code, row.submitted_at);
    let form = serde_json::from_str::<IntakeForm>(&row.form).unwrap_or_default();
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    Submission {
        code: row.code.clone(),
        procedure_code: row.procedure_code.clone(),
        procedure_name: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        applicant: Applicant {
            name: row.applicant_name.clone(),
            phone: row.applicant_phone.clone(),
            email: row.applicant_email.clone(),
            address: given(form.applicant_address),
        },
        unit: row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone()),
        state: row.state.as_str(),
        submitted_at: rfc3339(row.submitted_at),
        counted_from: rfc3339(row.counted_from),
        due_at: rfc3339(row.due_at),
        late: row.state == SubmissionState::Waiting && now > row.due_at,
        basis: row.basis.clone(),
        calendar_version: row.calendar_version,
        note: row.note.clone(),
        returned_at: row.returned_at.map(rfc3339),
        decided_at: row.decided_at.map(rfc3339),
        revision: row.revision,
    }
}
