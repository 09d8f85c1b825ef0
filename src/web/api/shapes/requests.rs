//! What a caller sends: a dossier to be logged, and what a verb on one is told.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::filing::{PaperForm, PaperLine};
use crate::office::intake::IntakeForm;

/// A dossier to be logged.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDossier {
    // What is missing is named with every other wrong field.
    #[serde(default)]
    #[schema(required = true)]
    pub procedure_code: String,
    /// `online`, `counter` or `post`
    #[serde(default)]
    #[schema(required = true)]
    pub channel: String,
    #[serde(default)]
    #[schema(required = true)]
    pub applicant: Applicant,
    /// Default: now.
    pub received_at: Option<String>,
    /// A foreign code, kept as it is; default: the next of ours.
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
    /// `self` (default), `assisted`: filled in by the office with the citizen, `representative`
    pub filed_by: Option<String>,
    /// Needed with `representative`.
    pub representative: Option<Representative>,
    /// Who is told about the dossier: `applicant` (default) or `representative`
    pub addressee: Option<String>,
    /// The papers handed in; they stand on the receipt.
    #[serde(default)]
    pub papers: Vec<Paper>,
}

/// Who hands in for the applicant.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Representative {
    pub name: String,
    pub phone: String,
}

/// A paper handed in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub name: String,
    /// 1 to 99; default: 1
    pub copies: Option<u8>,
    /// `original` (default), `copy`, `electronic`
    #[schema(value_type = Option<String>)]
    pub form: Option<PaperForm>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Applicant {
    #[serde(default)]
    #[schema(required = true)]
    pub name: String,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
}

impl From<NewDossier> for IntakeForm {
    fn from(new: NewDossier) -> Self {
        let representative = new.representative.unwrap_or_default();
        let paper = |paper: Paper| PaperLine {
            name: paper.name,
            copies: paper.copies.unwrap_or(1),
            form: paper.form.unwrap_or(PaperForm::Original),
        };
        Self {
            procedure_code: new.procedure_code,
            channel: new.channel,
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
            filed_by: new.filed_by.unwrap_or_default(),
            representative_name: representative.name,
            representative_phone: representative.phone,
            addressee: new.addressee.unwrap_or_default(),
            papers: new.papers.into_iter().map(paper).collect(),
        }
    }
}

/// What a verb on a dossier may be told; each verb reads its own fields.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StepBody {
    /// supplement-request, obligation-request: what is asked for
    pub note: Option<String>,
    /// readiness: whether the result will be ready in time; `false` declares a delay
    pub ready: Option<bool>,
    /// delay, readiness
    pub reason_code: Option<String>,
    /// delay, readiness, withdrawal, stop, reassign
    pub reason: Option<String>,
    /// delay, readiness: `YYYY-MM-DD`; default: by the policy. loss: the one new date; default: none
    pub new_due_on: Option<String>,
    /// result: `granted` (default) or `refused`
    pub outcome: Option<String>,
    /// result: issued electronically as well
    pub e_result: Option<bool>,
    /// consultation: the body that is asked
    pub body: Option<String>,
    /// consultation: what it is asked
    pub content: Option<String>,
    /// consultation: by the end of which day, `YYYY-MM-DD`
    pub due_on: Option<String>,
    /// consultation-answer: which one
    pub number: Option<i32>,
    /// loss: `loss` (lost, damaged) or `error`
    pub kind: Option<String>,
    /// loss: what the office lost or did wrong
    pub what_happened: Option<String>,
    /// loss: what it does about it
    pub remedy: Option<String>,
    /// reassign: code or name of the unit that goes on; default: the one that has it
    pub unit: Option<String>,
    /// reassign: user name or name of the officer that goes on; default: the unit's
    pub officer: Option<String>,
}
