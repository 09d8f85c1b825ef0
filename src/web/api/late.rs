//! Late files and what became of their apologies, for machines; the command line prints the same.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::time::{Instant, rfc3339};
use crate::office::late::{ApologyStanding, LateFile};
use crate::office::look::law_date;
use crate::office::report::{Days, Question};
use crate::office::{Office, OfficeResult, Rules};
use crate::render::pages::{Lang, phrases};
use crate::web::problem::Problem;
use crate::web::site::Site;

use super::reports::ReportQuery;

/// The late files of a period.
#[derive(Debug, Clone, Serialize)]
pub struct LateReport {
    pub period: Days,
    pub as_of: String,
    /// Late, open or closed.
    pub total: usize,
    /// Without an issued letter: excused or missing.
    pub without_apology: usize,
    /// Without a letter and without an excuse: has to be 0.
    pub missing: usize,
    pub items: Vec<LateItem>,
}

/// A late file, without the applicant's data.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LateItem {
    pub code: String,
    pub procedure_code: Option<String>,
    pub unit: Option<String>,
    pub officer: Option<String>,
    pub received_at: String,
    pub due_at: Option<String>,
    pub working_days_late: Option<u32>,
    pub statutory_due_at: Option<String>,
    pub working_days_late_by_statute: Option<u32>,
    pub new_due_at: Option<String>,
    pub working_days_late_by_new_date: Option<u32>,
    pub closed_at: Option<String>,
    /// Of the settings; `null`: nobody gave one.
    pub reason_code: Option<String>,
    /// As the settings name it, in Vietnamese.
    pub reason_name: Option<String>,
    /// `rules`, `officials` or `other`
    pub reason_group: Option<&'static str>,
    /// The sentence of the letter, also of one that is not signed yet.
    pub reason: Option<String>,
    pub apology_number: Option<String>,
    pub apology_issued_at: Option<String>,
    /// `in_hand`, `on_the_way`, `excused`, `missing`
    pub apology: &'static str,
    /// State of the message that carries the letter.
    pub message_state: Option<&'static str>,
    /// When the letter reached the citizen, as far as known.
    pub delivered_at: Option<String>,
    /// Why there is no letter.
    pub exception: Option<&'static str>,
}

/// `GET /api/v1/reports/late`
///
/// # Errors
/// 422.
pub async fn late(site: Site, query: web::Query<ReportQuery>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let report = site.work(move |office, now| report(office, now, &question)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// The report as both interfaces give it.
///
/// # Errors
/// A wrong period or agency; or the database.
pub fn report(office: &Office, now: Instant, question: &Question) -> OfficeResult<LateReport> {
    let files = office.late_files(now, question)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let reasons = office.late_reasons(&files)?;
    let without = files.iter().filter(|file| file.apology.exception().is_some()).count();
    let missing = files.iter().filter(|file| matches!(file.apology, ApologyStanding::Missing(_))).count();
    Ok(LateReport {
        period: Days { from: question.from, to: question.to },
        as_of: rfc3339(question.as_of.unwrap_or(now)),
        total: files.len(),
        without_apology: without,
        missing,
        items: files.iter().map(|file| item(office, file, &rules, &reasons)).collect(),
    })
}

/// The reason of a file as the settings name it, or as the program names its own.
#[must_use]
pub fn reason_name(office: &Office, file: &LateFile, lang: Lang) -> Option<String> {
    let code = Some(file.reason_code.as_str()).filter(|code| !code.is_empty())?;
    let listed = office.settings().delay_reasons.iter().find(|reason| reason.code == code);
    Some(listed.map_or_else(|| phrases::own_reason(lang, code), |reason| reason.name.clone()))
}

fn item(office: &Office, file: &LateFile, rules: &Rules, reasons: &HashMap<String, String>) -> LateItem {
    let row = &file.row;
    let procedure = rules.procedure_version(&row.procedure_id).map(|version| version.row.code.clone());
    let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone());
    let officer = row.officer_id.as_deref().and_then(|id| rules.accounts.get(id)).map(|who| who.name.clone());
    let letter = file.apology.letter();
    let (message_state, delivered_at) = match &file.apology {
        ApologyStanding::InHand { at, .. } => (Some("sent"), *at),
        ApologyStanding::OnTheWay { message, .. } => (message.as_ref().map(|message| message.state.as_str()), None),
        ApologyStanding::Excused(_) | ApologyStanding::Missing(_) => (None, None),
    };
    LateItem {
        code: row.code.clone(),
        procedure_code: procedure,
        unit,
        officer: officer.or_else(|| row.officer_label.clone()),
        received_at: rfc3339(row.received_at),
        due_at: row.due_at.map(rfc3339),
        working_days_late: file.days.promise,
        statutory_due_at: law_date(row).map(rfc3339),
        working_days_late_by_statute: file.days.law,
        new_due_at: row.new_due_at.map(rfc3339),
        working_days_late_by_new_date: file.days_again,
        closed_at: row.closed_at.map(rfc3339),
        reason_code: Some(file.reason_code.clone()).filter(|code| !code.is_empty()),
        reason_name: reason_name(office, file, Lang::Vi),
        reason_group: file.reason_group.map(crate::config::ReasonGroup::as_str),
        reason: file.reason_letter.as_ref().and_then(|id| reasons.get(id)).cloned(),
        apology_number: letter.map(|letter| letter.number.clone()),
        apology_issued_at: letter.and_then(|letter| letter.issued_at).map(rfc3339),
        apology: file.apology.code(),
        message_state,
        delivered_at: delivered_at.map(rfc3339),
        exception: file.apology.exception(),
    }
}
