//! An online file as it begins to wait: its row and its clock.

use crate::domain::code::DossierCode;
use crate::domain::deadline::due_at;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::reception::acceptance_next;
use crate::domain::time::{Instant, civil_day, rfc3339};
use crate::domain::time_rule::{NoticeLevel, RuleKind};
use crate::office::error::{FieldError, OfficeError, OfficeResult, Problem};
use crate::office::ids;
use crate::office::intake::{Checked, IntakeForm};
use crate::office::rules::Rules;
use crate::store::search_key::search_key;
use crate::store::submissions::{Submission, SubmissionState};
use crate::store::time_rules::TimeRule;

/// The law's own time where no rule is in force; nobody is told then.
const BY_LAW: (u32, LimitUnit) = (8, LimitUnit::WorkingHour);

/// The clock of acceptance for a file that begins to wait.
pub(in crate::office) struct AcceptanceClock {
    pub(in crate::office) due_at: Instant,
    pub(super) basis: String,
    pub(super) next_check_at: Option<Instant>,
}

pub(in crate::office) fn clock(rules: &Rules, procedure_code: &str, from: Instant) -> OfficeResult<AcceptanceClock> {
    let sector = rules.procedure_at(procedure_code, from).map_or("", |version| version.row.sector.as_str());
    let rule = rules.time_rule(RuleKind::Acceptance, sector, civil_day(from));
    let by_law = Limit::new(BY_LAW.0, BY_LAW.1).ok();
    let limit = rule.and_then(TimeRule::limit).or(by_law);
    let limit = limit.ok_or_else(|| OfficeError::Broken("no time for acceptance".to_owned()))?;
    let due_at = due_at(from, None, &limit, &[], &rules.calendar)
        .map_err(|error| FieldError::new("received_at", rfc3339(from), Problem::Deadline(error)))?;
    let next = acceptance_next(from, due_at, rules.notices, from, &rules.calendar);
    Ok(AcceptanceClock {
        due_at,
        basis: rule.map(|rule| rule.basis.clone()).unwrap_or_default(),
        next_check_at: next.filter(|_| rule.is_some_and(|rule| rule.notice == NoticeLevel::Mail)),
    })
}

pub(super) fn drafted(
    rules: &Rules,
    now: Instant,
    code: &DossierCode,
    form: &IntakeForm,
    checked: &Checked,
) -> OfficeResult<Submission> {
    let at = checked.received_at;
    let procedure = rules.procedure_version(&checked.procedure_id);
    let procedure_code = procedure.map(|version| version.row.code.clone()).unwrap_or_default();
    let clock = clock(rules, &procedure_code, at)?;
    let words = [
        code.as_str(),
        &checked.applicant_name,
        checked.applicant_phone.as_deref().unwrap_or(""),
        checked.applicant_email.as_deref().unwrap_or(""),
    ];
    // The dossier is received when it is accepted, under the code given now.
    let form = IntakeForm { received_at: String::new(), code: String::new(), ..form.clone() };
    Ok(Submission {
        id: ids::id(now)?,
        agency_id: rules.agency()?.id.clone(),
        code: code.as_str().to_owned(),
        procedure_code,
        search_key: search_key(&words.join(" ")),
        applicant_name: checked.applicant_name.clone(),
        applicant_phone: checked.applicant_phone.clone(),
        applicant_email: checked.applicant_email.clone(),
        form: serde_json::to_string(&form)?,
        unit_id: checked.unit_id.clone(),
        submitted_at: at,
        first_due_at: clock.due_at,
        returned_at: None,
        counted_from: at,
        due_at: clock.due_at,
        basis: clock.basis,
        calendar_version: rules.calendar_version,
        state: SubmissionState::Waiting,
        note: String::new(),
        decided_at: None,
        dossier_id: None,
        status_token: ids::page_secret()?,
        next_check_at: clock.next_check_at,
        revision: 0,
    })
}
