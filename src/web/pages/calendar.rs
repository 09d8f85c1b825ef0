//! `/lich`: the working calendar of a year, what each day rests on, and its files.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

use crate::config::Settings;
use crate::domain::calendar::{Confidence, DayKind};
use crate::domain::time::{Instant, civil_day, local};
use crate::office::calendar_form::{DayForm, SwapForm};
use crate::office::queue::working_days_of;
use crate::office::{Office, OfficeResult, Rules};
use crate::render::calendar_file;
use crate::render::pages::calendar::{
    CalendarPage, DayInput, EditForms, OpenForm, SpecialDay, SwapInput, VersionRow, kind_word,
};
use crate::render::pages::form::Choice;
use crate::render::pages::month::{DayMark, MonthView};
use crate::render::pages::{Ctx, Lang, phrases, time};
use crate::store::calendar_days::StoredDay;
use crate::store::calendar_versions::{self, CalendarVersion};

use super::front::Front;
use super::{PageResult, may_lead, shown};

/// Years that can be looked at.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

#[derive(Debug, Default, Deserialize)]
pub struct CalendarQuery {
    /// Also under its older English name.
    #[serde(alias = "year")]
    nam: Option<i32>,
    /// The day whose form is opened.
    sua: Option<NaiveDate>,
}

impl CalendarQuery {
    fn year(&self, now: Instant) -> i32 {
        self.nam.filter(|year| YEARS.contains(year)).unwrap_or_else(|| civil_day(now).year())
    }
}

/// `GET /lich`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<CalendarQuery>) -> PageResult {
    let c = front.ctx();
    let may = may_lead(&front).then_some(());
    let page = front
        .work(move |office, now| {
            let year = query.year(now);
            assemble(office, year, c, |rules, c| {
                may.map(|()| {
                    let day = query.sua.map(|day| form_of(rules, day)).unwrap_or_default();
                    let open = if query.sua.is_some() { OpenForm::Day } else { OpenForm::None };
                    forms(office, c, open, &day, &SwapForm::default())
                })
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// The page of a year; `edit` gives its forms.
///
/// # Errors
/// The database.
pub fn assemble(
    office: &Office,
    year: i32,
    c: Ctx,
    edit: impl FnOnce(&Rules, &Ctx) -> Option<EditForms>,
) -> OfficeResult<CalendarPage> {
    let (rules, versions) = office.store().read(|conn| {
        let rules = office.rules(conn)?;
        Ok::<_, crate::office::OfficeError>((rules, calendar_versions::all(conn)?))
    })?;
    let days: Vec<&StoredDay> = rules.days.iter().filter(|day| day.day.year() == year).collect();
    let mark = |date: NaiveDate| match days.iter().find(|day| day.day == date) {
        Some(day) => (mark_of(day), day.name.clone()),
        None if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) => (DayMark::Weekend, String::new()),
        None => (DayMark::Plain, String::new()),
    };
    Ok(CalendarPage {
        year,
        months: (1..=12).filter_map(|month| MonthView::build(year, month, mark)).collect(),
        published: rules.calendar.is_published(year),
        doubtful: rules.is_year_doubtful(year),
        version: rules.calendar_version.to_string(),
        hours: hours(office.settings(), c.lang),
        working_days: working_days_of(&rules.calendar, year),
        days: days.iter().map(|day| special(day, &versions, c.lang)).collect(),
        versions: versions.iter().map(|made| version(made, c.lang)).collect(),
        edit: edit(&rules, &c),
        c,
    })
}

fn kind(day: &StoredDay) -> DayKind {
    day.kind.parse().unwrap_or(DayKind::Holiday)
}

fn mark_of(day: &StoredDay) -> DayMark {
    match kind(day) {
        DayKind::SwappedWorking => DayMark::MakeUp,
        DayKind::Holiday | DayKind::Compensatory | DayKind::SwappedOff if day.confidence == "confirmed" => {
            DayMark::Holiday
        }
        DayKind::Holiday | DayKind::Compensatory | DayKind::SwappedOff => DayMark::HolidayDoubtful,
    }
}

fn special(day: &StoredDay, versions: &[CalendarVersion], lang: Lang) -> SpecialDay {
    let made = versions.iter().find(|made| made.version == day.since_version);
    SpecialDay {
        date: time::long_date(lang, day.day),
        iso: day.day.to_string(),
        kind: kind(day),
        name: day.name.clone(),
        basis: Some(day.basis.clone()).filter(|basis| !basis.is_empty()),
        confirmed: day.confidence == "confirmed",
        decision: made.map(|made| phrases::decision(lang, &made.decision)).unwrap_or_default(),
        entered_by: made.map(|made| author(lang, &made.entered_by)).unwrap_or_default(),
        approved_by: made.map(|made| made.approved_by.clone()).unwrap_or_default(),
    }
}

fn version(made: &CalendarVersion, lang: Lang) -> VersionRow {
    VersionRow {
        version: made.version,
        made: shown::at(made.made_at),
        decision: phrases::decision(lang, &made.decision),
        entered_by: author(lang, &made.entered_by),
        approved_by: made.approved_by.clone(),
    }
}

fn author(lang: Lang, name: &str) -> String {
    match name {
        "system" => phrases::by_itself(lang),
        "cli" => phrases::by_command(lang),
        name => name.to_owned(),
    }
}

/// The form of a day as the calendar has it.
fn form_of(rules: &Rules, date: NaiveDate) -> DayForm {
    let day = rules.days.iter().find(|day| day.day == date);
    DayForm {
        date: date.to_string(),
        kind: day.map_or_else(|| DayKind::Holiday.to_string(), |day| day.kind.clone()),
        name: day.map(|day| day.name.clone()).unwrap_or_default(),
        basis: day.map(|day| day.basis.clone()).unwrap_or_default(),
        confidence: day.map_or_else(|| Confidence::Confirmed.to_string(), |day| day.confidence.clone()),
        decision: String::new(),
    }
}

/// The forms with what was typed.
pub fn forms(office: &Office, c: &Ctx, open: OpenForm, day: &DayForm, swap: &SwapForm) -> EditForms {
    let confidence = |chosen: &str| {
        let chosen = if chosen.is_empty() { "confirmed" } else { chosen };
        vec![
            Choice::new("confirmed", c.t("đã công bố, xác nhận", "published, confirmed"), chosen),
            Choice::new("unconfirmed", c.t("dự kiến, chưa xác nhận", "expected, not confirmed"), chosen),
        ]
    };
    let chosen = if open == OpenForm::Day { day.kind.as_str() } else { DayKind::Holiday.as_str() };
    // Swaps have a form of their own; a day that is one of a pair is still shown as what it is.
    let kinds = DayKind::ALL
        .iter()
        .filter(|kind| matches!(kind, DayKind::Holiday | DayKind::Compensatory) || kind.as_str() == chosen)
        .map(|kind| Choice::new(kind.as_str(), kind_word(*kind, c), chosen));
    let plain = Choice::new("", c.t("ngày thường (bỏ khỏi lịch nghỉ)", "an ordinary day (clear it)"), chosen);
    EditForms {
        open,
        day: DayInput {
            date: day.date.clone(),
            kinds: kinds.chain(std::iter::once(plain)).collect(),
            name: day.name.clone(),
            basis: day.basis.clone(),
            confidence: confidence(&day.confidence),
            decision: day.decision.clone(),
        },
        swap: SwapInput {
            off: swap.off.clone(),
            worked: swap.worked.clone(),
            confidence: confidence(&swap.confidence),
            decision: swap.decision.clone(),
        },
        file_decision: String::new(),
        errors: Vec::new(),
        rejected: Vec::new(),
        four_eyes: office.settings().rules.four_eyes,
    }
}

/// The office hours in force last, in words.
pub fn hours(settings: &Settings, lang: Lang) -> Vec<String> {
    let Some(week) = settings.office_hours.iter().max_by_key(|period| period.valid_from) else { return Vec::new() };
    let days =
        [&week.monday[..], &week.tuesday, &week.wednesday, &week.thursday, &week.friday, &week.saturday, &week.sunday];
    phrases::office_hours(lang, days)
}

/// `GET /lich.csv`
///
/// # Errors
/// The database.
pub async fn csv(front: Front, query: web::Query<CalendarQuery>) -> PageResult {
    let (year, days, _) = front.work(move |office, now| office.calendar_days(query.year(now))).await?;
    // The mark tells spreadsheets that the text is UTF-8.
    let text = format!("\u{feff}{}", calendar_file::csv(&days));
    Ok(download("text/csv; charset=utf-8", &format!("lich-{year}.csv"), text))
}

/// `GET /lich.ics`
///
/// # Errors
/// The database.
pub async fn ics(front: Front, query: web::Query<CalendarQuery>) -> PageResult {
    let lang = front.lang;
    let (year, days, made) = front.work(move |office, now| office.calendar_days(query.year(now))).await?;
    let text = calendar_file::ics(&days, local(made.made_at), &phrases::calendar_title(lang, year));
    Ok(download("text/calendar; charset=utf-8", &format!("lich-{year}.ics"), text))
}

fn download(media_type: &str, name: &str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{name}\"")))
        .insert_header(("Cache-Control", "no-store"))
        .body(text)
}
