//! The working calendar for programs.

use actix_web::{HttpResponse, web};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::time::{civil_day, rfc3339};
use crate::office::queue::working_days_of;
use crate::office::{FieldError, OfficeError, Problem as FieldTrouble};
use crate::web::problem::Problem;
use crate::web::site::Site;

/// The special days of a year, by the calendar in force.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CalendarYear {
    pub year: i32,
    /// Goes into every ledger.
    pub version: i32,
    /// When that version took effect.
    pub made_at: String,
    pub decision: String,
    pub entered_by: String,
    /// Empty: nobody had to.
    pub approved_by: String,
    /// Whether any day of the year is entered.
    pub published: bool,
    /// Whether promises in it are provisional.
    pub provisional: bool,
    pub working_days: u32,
    pub days: Vec<CalendarYearDay>,
}

/// A day that is not what its weekday says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CalendarYearDay {
    /// `YYYY-MM-DD`
    pub date: String,
    /// `holiday`, `compensatory`, `swapped_off`, `swapped_working`
    pub kind: &'static str,
    pub name: String,
    pub basis: Option<String>,
    /// `confirmed`, `unconfirmed`
    pub confidence: &'static str,
}

#[derive(Debug, Clone, Deserialize)]
pub struct YearQuery {
    year: Option<String>,
}

/// `GET /api/v1/calendar?year=2027`: default this year.
///
/// # Errors
/// 422.
pub async fn year(site: Site, query: web::Query<YearQuery>) -> Result<HttpResponse, Problem> {
    let asked = query.into_inner().year.filter(|text| !text.trim().is_empty());
    let answer = site
        .work(move |office, now| {
            let year = match asked {
                None => civil_day(now).year(),
                Some(text) => text
                    .trim()
                    .parse()
                    .ok()
                    .filter(|year| (1990..=2100).contains(year))
                    .ok_or_else(|| OfficeError::from(FieldError::new("year", text, FieldTrouble::NotAYear)))?,
            };
            let (year, days, made) = office.calendar_days(year)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let day = |day: crate::domain::calendar::CalendarDay| CalendarYearDay {
                date: day.date.to_string(),
                kind: day.kind.as_str(),
                name: day.name,
                basis: day.basis,
                confidence: day.confidence.as_str(),
            };
            Ok(CalendarYear {
                year,
                version: made.version,
                made_at: rfc3339(made.made_at),
                decision: made.decision,
                entered_by: made.entered_by,
                approved_by: made.approved_by,
                published: rules.calendar.is_published(year),
                provisional: rules.is_year_doubtful(year),
                working_days: working_days_of(&rules.calendar, year),
                days: days.into_iter().map(day).collect(),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(answer))
}
