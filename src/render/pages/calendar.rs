//! `/lich`: the working calendar of a year and what each day rests on.

use askama::Template;

use super::ctx::Ctx;
use super::month::MonthView;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecialDayKind {
    Holiday,
    MakeUp,
}

impl SpecialDayKind {
    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Holiday => c.t("Nghỉ", "Off"),
            Self::MakeUp => c.t("Làm bù", "Make-up"),
        }
    }

    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            Self::Holiday => "d-holiday",
            Self::MakeUp => "d-makeup",
        }
    }
}

#[derive(Debug, Clone)]
pub struct SpecialDay {
    pub date: String,
    pub kind: SpecialDayKind,
    pub name: String,
    pub basis: Option<String>,
    pub confirmed: bool,
}

/// Query parameter: `year`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "calendar.html")]
pub struct CalendarPage {
    pub c: Ctx,
    pub year: i32,
    pub months: Vec<MonthView>,
    pub days: Vec<SpecialDay>,
    /// False while the year's holidays are not published: dates in it are provisional.
    pub published: bool,
    pub version: String,
    /// Office hours in words, a line each.
    pub hours: Vec<String>,
    pub working_days: u32,
}
