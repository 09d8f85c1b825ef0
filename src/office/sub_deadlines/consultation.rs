//! Asking another body: what is asked, and by when it has to answer.

use super::beyond;
use crate::domain::dossier::Step;
use crate::domain::sub_deadline::{self, SubDeadlineKind};
use crate::domain::time::civil_day;
use crate::domain::time_rule::NoticeLevel;
use crate::office::error::{FieldError, OfficeError, OfficeResult, Problem};
use crate::office::ids;
use crate::office::progress::Moment;
use crate::office::rules::Rules;
use crate::office::seen::{Need, one_line};
use crate::store::dossiers::DossierRow;
use crate::store::sub_deadlines::SubDeadline;

/// What obliges a consulted body (no rule of ours sets its time: the request does).
const CONSULTATION: &str = "khoản 4 Điều 19 Nghị định số 118/2025/NĐ-CP";

/// The step of asking another body, from what was typed: every field that is wrong, at once.
///
/// # Errors
/// Missing or long texts, a day that cannot be read.
pub fn consultation(body: &str, content: &str, due_on: &str) -> OfficeResult<Step> {
    let mut errors = Vec::new();
    let mut keep = |answer: OfficeResult<String>| match answer {
        Ok(text) => Ok(text),
        Err(OfficeError::Invalid(wrong)) => {
            errors.extend(wrong);
            Ok(String::new())
        }
        Err(error) => Err(error),
    };
    let body = keep(one_line("body", body, Need::Required))?;
    let content = keep(one_line("content", content, Need::Required))?;
    let day = due_on.trim();
    match day.parse() {
        Ok(due_on) if errors.is_empty() => Ok(Step::Consult { body, content, due_on }),
        Ok(_) => Err(OfficeError::Invalid(errors)),
        Err(_) => {
            let problem = if day.is_empty() { Problem::Required } else { Problem::NotADay };
            errors.push(FieldError::new("due_on", day, problem));
            Err(OfficeError::Invalid(errors))
        }
    }
}

/// The sub-deadline of a consultation: the day its request names.
pub(super) fn asked_of(
    rules: &Rules,
    moment: Moment,
    row: &DossierRow,
    step: &Step,
    number: i32,
) -> OfficeResult<SubDeadline> {
    let Step::Consult { body, content, due_on } = step else {
        return Err(OfficeError::Broken("no consultation".to_owned()));
    };
    let wrong = |problem| FieldError::new("due_on", due_on.to_string(), problem);
    if *due_on < civil_day(moment.at) {
        return Err(wrong(Problem::InThePast).into());
    }
    let due_at = sub_deadline::consultation_due(*due_on, &rules.calendar)
        .ok_or_else(|| wrong(Problem::Deadline(beyond(rules))))?;
    if due_at <= moment.at {
        return Err(wrong(Problem::InThePast).into());
    }
    Ok(SubDeadline {
        id: ids::id(moment.now)?,
        dossier_id: row.id.clone(),
        kind: SubDeadlineKind::Consultation,
        number,
        body: body.clone(),
        content: content.clone(),
        started_at: moment.at,
        due_at,
        ended_at: None,
        outcome: None,
        notice: NoticeLevel::Mail,
        basis: CONSULTATION.to_owned(),
        calendar_version: rules.calendar_version,
    })
}
