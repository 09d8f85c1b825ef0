//! A small month calendar: rows of seven days, Monday first, each day marked with what it is.

use chrono::{Datelike, Days, NaiveDate};

use super::ctx::{Ctx, Lang};

/// What a day is in a picture of the calendar or of a ledger; in the order in which a legend tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayMark {
    Plain,
    Received,
    Counted,
    MakeUp,
    Weekend,
    Holiday,
    /// A day off that nobody confirmed yet.
    HolidayDoubtful,
    Paused,
    Skipped,
    Due,
    NewDue,
}

impl DayMark {
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            Self::Plain => "d-plain",
            Self::Weekend => "d-weekend",
            Self::Holiday => "d-holiday",
            Self::HolidayDoubtful => "d-holiday d-doubt",
            Self::MakeUp => "d-makeup",
            Self::Received => "d-received",
            Self::Counted => "d-counted",
            Self::Skipped => "d-skipped",
            Self::Paused => "d-paused",
            Self::Due => "d-due",
            Self::NewDue => "d-newdue",
        }
    }

    /// Read out after the number; a plain working day and an empty weekend need no word.
    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Plain | Self::Weekend => "",
            Self::Holiday => c.t("ngày nghỉ", "day off"),
            Self::HolidayDoubtful => c.t("ngày nghỉ, chưa xác nhận", "day off, not confirmed"),
            Self::MakeUp => c.t("ngày làm bù", "make-up day"),
            Self::Received => c.t("tiếp nhận", "received"),
            Self::Counted => c.t("được tính", "counted"),
            Self::Skipped => c.t("không tính", "not counted"),
            Self::Paused => c.t("tạm dừng", "paused"),
            Self::Due => c.t("hẹn trả", "due"),
            Self::NewDue => c.t("hẹn lại", "new promise"),
        }
    }

    /// What the picture of a ledger writes under the number of the day, so that colour is never alone;
    /// counted days carry their own number there.
    #[must_use]
    pub fn tick(self, lang: &Lang) -> &'static str {
        let (vi, en) = match self {
            Self::Plain => ("", ""),
            Self::Weekend => ("N", "W"),
            Self::Holiday => ("L", "H"),
            Self::HolidayDoubtful => ("L?", "H?"),
            Self::MakeUp | Self::Counted => ("1", "1"),
            Self::Received => ("TN", "R"),
            Self::Skipped => ("×", "×"),
            Self::Paused => ("‖", "‖"),
            Self::Due => ("★", "★"),
            Self::NewDue => ("☆", "☆"),
        };
        match lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    /// What the legend of such a picture says beside the sign.
    #[must_use]
    pub fn legend<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Weekend => c.t("nghỉ hằng tuần", "weekly rest day"),
            Self::Holiday => c.t("nghỉ lễ, nghỉ bù", "holiday, day off"),
            Self::HolidayDoubtful => c.t("nghỉ, chưa xác nhận", "day off, not confirmed"),
            Self::MakeUp => c.t("ngày làm bù, được tính", "make-up day, counted"),
            Self::Received => c.t("ngày nhận hồ sơ hoặc bổ sung", "file or supplement received"),
            Self::Counted => c.t("được tính, có số thứ tự", "counted, with its number"),
            Self::Skipped => c.t("không tính", "not counted"),
            Self::Paused => c.t("tạm dừng", "paused"),
            Self::Due => c.t("ngày hẹn trả", "promised day"),
            Self::NewDue => c.t("ngày hẹn lại", "new promised day"),
            Self::Plain => "",
        }
    }
}

/// One day of the grid.
#[derive(Debug, Clone)]
pub struct DayCell {
    pub number: u32,
    pub mark: DayMark,
    /// A number or sign under the day's number; empty for none.
    pub tick: String,
    /// Why the day is what it is, e.g. the holiday's name; shown on hover, the full list stands beside.
    pub title: String,
}

/// One month as weeks of seven cells, `None` outside the month.
#[derive(Debug, Clone)]
pub struct MonthView {
    pub year: i32,
    pub month: u32,
    pub weeks: Vec<Vec<Option<DayCell>>>,
}

impl MonthView {
    /// Lays out a month; `mark` says what each day is. `None` when there is no such month.
    /// Arranging only: no date is decided here.
    pub fn build(year: i32, month: u32, mut mark: impl FnMut(NaiveDate) -> (DayMark, String)) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let lead = usize::try_from(first.weekday().num_days_from_monday()).unwrap_or(0);
        let mut cells: Vec<Option<DayCell>> = vec![None; lead];
        let mut day = first;
        while day.month() == month {
            let (mark, title) = mark(day);
            cells.push(Some(DayCell { number: day.day(), mark, tick: String::new(), title }));
            let Some(next) = day.checked_add_days(Days::new(1)) else {
                break;
            };
            day = next;
        }
        while !cells.len().is_multiple_of(7) {
            cells.push(None);
        }
        let weeks = cells.chunks(7).map(<[Option<DayCell>]>::to_vec).collect();
        Some(Self { year, month, weeks })
    }

    /// The same month with a sign under each day for which `tick` has one.
    #[must_use]
    pub fn ticked(mut self, tick: impl Fn(NaiveDate) -> String) -> Self {
        for cell in self.weeks.iter_mut().flatten().flatten() {
            cell.tick = NaiveDate::from_ymd_opt(self.year, self.month, cell.number).map(&tick).unwrap_or_default();
        }
        self
    }

    /// Whether days carry signs.
    #[must_use]
    pub fn is_ticked(&self) -> bool {
        self.weeks.iter().flatten().flatten().any(|cell| !cell.tick.is_empty())
    }

    /// `Tháng 11/2026` / `11/2026`.
    #[must_use]
    pub fn name(&self, c: &Ctx) -> String {
        format!("{}{:02}/{}", c.t("Tháng ", ""), self.month, self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn november_2026_starts_on_a_sunday_and_fills_six_weeks() {
        let view = MonthView::build(2026, 11, |_| (DayMark::Plain, String::new())).unwrap();
        assert_eq!(view.weeks.len(), 6);
        let first: Vec<Option<u32>> = view.weeks[0].iter().map(|c| c.as_ref().map(|c| c.number)).collect();
        assert_eq!(first, [None, None, None, None, None, None, Some(1)]);
        assert!(MonthView::build(2026, 13, |_| (DayMark::Plain, String::new())).is_none());
    }
}
