//! `/lich`: the working calendar of a year and what each day rests on.

use actix_web::http::StatusCode;
use actix_web::web;
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

use crate::config::Settings;
use crate::domain::time::civil_day;
use crate::office::queue::working_days_of;
use crate::render::pages::calendar::{CalendarPage, SpecialDay, SpecialDayKind};
use crate::render::pages::month::{DayMark, MonthView};
use crate::render::pages::{Lang, phrases, time};
use crate::store::calendar_days::{self, StoredDay};

use super::PageResult;
use super::front::Front;

/// Years that can be looked at.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

#[derive(Debug, Deserialize)]
pub struct CalendarQuery {
    year: Option<i32>,
}

/// `GET /lich`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<CalendarQuery>) -> PageResult {
    let c = front.ctx();
    let asked = query.year.filter(|year| YEARS.contains(year));
    let page = front
        .work(move |office, now| {
            let year = asked.unwrap_or_else(|| civil_day(now).year());
            let (rules, stored) = office.store().read(|conn| {
                let rules = office.rules(conn)?;
                let stored = calendar_days::of_version(conn, rules.calendar_version)?;
                Ok::<_, crate::office::OfficeError>((rules, stored))
            })?;
            let days: Vec<StoredDay> = stored.into_iter().filter(|day| day.day.year() == year).collect();
            let mark = |date: NaiveDate| match days.iter().find(|day| day.day == date) {
                Some(day) if kind(day) == SpecialDayKind::MakeUp => (DayMark::MakeUp, day.name.clone()),
                Some(day) => (DayMark::Holiday, day.name.clone()),
                None if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) => (DayMark::Weekend, String::new()),
                None => (DayMark::Plain, String::new()),
            };
            Ok(CalendarPage {
                year,
                months: (1..=12).filter_map(|month| MonthView::build(year, month, mark)).collect(),
                published: rules.calendar.is_published(year),
                version: rules.calendar_version.to_string(),
                hours: hours(office.settings(), c.lang),
                working_days: working_days_of(&rules.calendar, year),
                days: days.iter().map(|day| special(day, c.lang)).collect(),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn kind(day: &StoredDay) -> SpecialDayKind {
    let worked = day.kind == crate::domain::calendar::DayKind::SwappedWorking.as_str();
    if worked { SpecialDayKind::MakeUp } else { SpecialDayKind::Holiday }
}

fn special(day: &StoredDay, lang: Lang) -> SpecialDay {
    SpecialDay {
        date: time::long_date(lang, day.day),
        kind: kind(day),
        name: day.name.clone(),
        basis: Some(day.basis.clone()).filter(|basis| !basis.is_empty()),
        confirmed: day.confidence == "confirmed",
    }
}

/// The office hours in force last, in words.
pub fn hours(settings: &Settings, lang: Lang) -> Vec<String> {
    let Some(week) = settings.office_hours.iter().max_by_key(|period| period.valid_from) else { return Vec::new() };
    let days =
        [&week.monday[..], &week.tuesday, &week.wednesday, &week.thursday, &week.friday, &week.saturday, &week.sunday];
    phrases::office_hours(lang, days)
}
