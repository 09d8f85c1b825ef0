//! `/lich`: the working calendar of a year, what each day rests on, and how it is changed.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, FieldError, error_at};
use super::month::MonthView;
use crate::domain::calendar::DayKind;
use crate::render::problems::{Language, day_kind_text};

/// A day that is not what its weekday says.
#[derive(Debug, Clone)]
pub struct SpecialDay {
    /// `thứ Ba 24/11/2026`.
    pub date: String,
    /// `2026-11-24`, for the address of its form.
    pub iso: String,
    pub kind: DayKind,
    pub name: String,
    pub basis: Option<String>,
    pub confirmed: bool,
    /// The decision of the version that brought it.
    pub decision: String,
    pub entered_by: String,
    /// Empty: nobody had to.
    pub approved_by: String,
}

impl SpecialDay {
    #[must_use]
    pub fn word(&self, c: &Ctx) -> &'static str {
        kind_word(self.kind, c)
    }

    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.kind {
            DayKind::SwappedWorking => "d-makeup",
            DayKind::Holiday | DayKind::Compensatory | DayKind::SwappedOff => "d-holiday",
        }
    }
}

/// What a kind of day is called on a page.
#[must_use]
pub fn kind_word(kind: DayKind, c: &Ctx) -> &'static str {
    day_kind_text(kind, if c.lang.code() == "vi" { Language::Vietnamese } else { Language::English })
}

/// A version of the calendar.
#[derive(Debug, Clone)]
pub struct VersionRow {
    pub version: i32,
    pub made: String,
    pub decision: String,
    pub entered_by: String,
    pub approved_by: String,
}

/// The fields of the form for one day, as typed.
#[derive(Debug, Clone, Default)]
pub struct DayInput {
    pub date: String,
    pub kinds: Vec<Choice>,
    pub name: String,
    pub basis: String,
    pub confidence: Vec<Choice>,
    pub decision: String,
}

/// The fields of the form for a swap, as typed.
#[derive(Debug, Clone, Default)]
pub struct SwapInput {
    pub off: String,
    pub worked: String,
    pub confidence: Vec<Choice>,
    pub decision: String,
}

/// Which form is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenForm {
    None,
    Day,
    Swap,
    File,
}

/// What somebody who may change the calendar finds on the page.
#[derive(Debug, Clone)]
pub struct EditForms {
    pub open: OpenForm,
    pub day: DayInput,
    pub swap: SwapInput,
    pub file_decision: String,
    pub errors: Vec<FieldError>,
    /// Rows of an uploaded file that are wrong, in words.
    pub rejected: Vec<String>,
    /// True when somebody else has to approve.
    pub four_eyes: bool,
}

impl EditForms {
    #[must_use]
    pub fn is_day(&self) -> bool {
        self.open == OpenForm::Day
    }

    #[must_use]
    pub fn is_swap(&self) -> bool {
        self.open == OpenForm::Swap
    }

    #[must_use]
    pub fn is_file(&self) -> bool {
        self.open == OpenForm::File
    }

    /// The message at a field of the open form.
    #[must_use]
    pub fn error(&self, form: OpenForm, field: &str) -> Option<&str> {
        if form == self.open { error_at(&self.errors, field) } else { None }
    }
}

/// Query parameters: `nam`, and `sua=2026-11-24` to change that day.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "calendar.html")]
pub struct CalendarPage {
    pub c: Ctx,
    pub year: i32,
    pub months: Vec<MonthView>,
    pub days: Vec<SpecialDay>,
    /// False while the year's holidays are not published: dates in it are provisional.
    pub published: bool,
    /// True while a day of the year waits to be confirmed.
    pub doubtful: bool,
    pub version: String,
    /// Office hours in words, a line each.
    pub hours: Vec<String>,
    pub working_days: u32,
    pub versions: Vec<VersionRow>,
    /// `None` to people who may only read.
    pub edit: Option<EditForms>,
}

/// What a change does to one open dossier.
#[derive(Debug, Clone)]
pub struct EffectRow {
    pub code: String,
    pub procedure: String,
    pub was: String,
    pub effect: Effect,
    /// The new date of the apology, before and after.
    pub new_date: Option<(String, String)>,
}

/// What becomes of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    Later(String),
    Stays,
    Waits,
    Unchanged,
}

/// One day of a change.
#[derive(Debug, Clone)]
pub struct ChangedDay {
    pub date: String,
    pub before: String,
    pub after: String,
}

/// POST `/lich/xem-truoc` with `csrf`, `change`, `tu`; `/lich/thay-doi` with `csrf`, `change`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "calendar_change.html")]
pub struct CalendarChangePage {
    pub c: Ctx,
    pub decision: String,
    pub year: i32,
    pub days: Vec<ChangedDay>,
    pub warnings: Vec<String>,
    pub open: u64,
    pub later: u64,
    pub stays: u64,
    pub waits: u64,
    pub new_dates: u64,
    pub touched: u64,
    pub rows: Vec<EffectRow>,
    /// Place of the first row shown, from 1, and of the last.
    pub from: u64,
    pub to: u64,
    pub previous: Option<u64>,
    pub next: Option<u64>,
    /// The change as JSON; `None` when it waits as the proposal of `proposal`.
    pub change: Option<String>,
    pub proposal: Option<String>,
    pub four_eyes: bool,
}
