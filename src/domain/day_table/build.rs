//! Filling the day table from calendar days and office hours.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::{DAYS, Day, DayTable, Mark, STEP, Shape, date_of, midnight};
use crate::domain::{
    calendar::{CalendarDay, Confidence, DayKind},
    ledger::Note,
    office_hours::{OfficeHours, Session},
};

impl DayTable {
    /// Builds the table. `days` are sorted, distinct and inside the table;
    /// `published` answers for a year.
    pub(in crate::domain) fn build(days: &[CalendarDay], hours: &OfficeHours, published: impl Fn(i32) -> bool) -> Self {
        let mut table = Self::empty();
        let seasons = Season::all(hours, &mut table.shapes);
        let mut noted = days.iter().peekable();
        let (mut year, mut year_published) = (i32::MIN, false);
        for (day, date) in (0..DAYS).zip(date_of(0).iter_days()) {
            if date.year() != year {
                (year, year_published) = (date.year(), published(date.year()));
            }
            let first_shape = Season::first_shape(&seasons, date);
            let note = noted.next_if(|row| row.date == date);
            let plain = Status::plain(hours, first_shape, date.weekday());
            let status = note.map_or(plain, |row| plain.under(row.kind, first_shape));
            // An unconfirmed row that changes nothing is relied on by nobody.
            let guessed = note.is_some_and(|row| row.confidence == Confidence::Unconfirmed && status != plain);
            let mark = table.mark_for(note, status);
            table.push(day, status, mark, u32::from(guessed || !year_published));
        }
        table.fill_runs();
        table.fill_steps();
        table
    }

    fn empty() -> Self {
        let rows = usize::try_from(DAYS).unwrap_or_default();
        let sums = || {
            let mut sums = Vec::with_capacity(rows + 1);
            sums.push(0);
            sums
        };
        let mut seconds_before = Vec::with_capacity(rows + 1);
        seconds_before.push(0);
        Self {
            working_before: sums(),
            working: Vec::with_capacity(rows),
            closings: Vec::with_capacity(rows),
            seconds_before,
            doubtful_before: sums(),
            shape_of: Vec::with_capacity(rows),
            shapes: vec![Shape::default()],
            mark_of: Vec::with_capacity(rows),
            marks: vec![Mark::Working, Mark::RestDay],
            run_end: Vec::new(),
            step_rows: Vec::new(),
        }
    }

    fn push(&mut self, day: Day, status: Status, mark: u32, doubtful: u32) {
        let last = |sums: &[u32]| sums.last().copied().unwrap_or_default();
        self.working_before.push(last(&self.working_before) + u32::from(status.counts));
        self.doubtful_before.push(last(&self.doubtful_before) + doubtful);
        self.shape_of.push(status.shape);
        self.mark_of.push(mark);
        if status.counts {
            self.working.push(day);
            // Office hours give every working day a session.
            self.closings.push(self.closing(day).unwrap_or_else(|| midnight(day + 1) - 1));
        }
        let seconds = self.shape(day).map_or(0, |shape| shape.seconds);
        let before = self.seconds_before.last().copied().unwrap_or_default();
        self.seconds_before.push(before + seconds);
    }

    /// The number of the day's mark, adding one for a day with a note.
    fn mark_for(&mut self, note: Option<&CalendarDay>, status: Status) -> u32 {
        match note {
            Some(row) => {
                self.marks.push(Mark::Noted(row.kind, Note::of(row)));
                u32::try_from(self.marks.len() - 1).unwrap_or_default()
            }
            None => u32::from(!status.counts),
        }
    }

    fn fill_runs(&mut self) {
        let mut end = DAYS - 1;
        let mut following = None;
        self.run_end = (0..DAYS)
            .zip(&self.mark_of)
            .rev()
            .map(|(day, mark)| {
                if following.replace(mark) != Some(mark) {
                    end = day;
                }
                end
            })
            .collect();
        self.run_end.reverse();
    }

    /// One step more than the office seconds reach, so that every step has an end.
    fn fill_steps(&mut self) {
        let all = self.seconds_before.last().copied().unwrap_or_default();
        let mut row = 0_usize;
        for step in 0..=all / STEP + 2 {
            while self.seconds_before.get(row).is_some_and(|before| *before < step * STEP) {
                row += 1;
            }
            self.step_rows.push(u32::try_from(row).unwrap_or_default());
        }
    }
}

impl Shape {
    fn new(sessions: &[Session]) -> Self {
        let clock = |time: NaiveTime| i64::from(time.num_seconds_from_midnight());
        let sessions: Vec<_> = sessions.iter().map(|s| (clock(s.opens()), clock(s.closes()))).collect();
        let seconds = sessions.iter().map(|(opens, closes)| closes - opens).sum();
        Self { sessions, seconds }
    }
}

/// Whether a day counts as a working day, and the number of its shape; shape 0
/// is the closed day.
#[derive(Clone, Copy, PartialEq)]
struct Status {
    counts: bool,
    shape: u32,
}

impl Status {
    fn plain(hours: &OfficeHours, first_shape: u32, weekday: Weekday) -> Self {
        Self { counts: hours.is_working_weekday(weekday), shape: first_shape + weekday.num_days_from_monday() }
    }

    fn under(self, kind: DayKind, first_shape: u32) -> Self {
        match kind {
            DayKind::Holiday | DayKind::Compensatory | DayKind::SwappedOff => Self { counts: false, shape: 0 },
            DayKind::SwappedWorking if self.counts => self,
            DayKind::SwappedWorking => Self { counts: true, shape: first_shape + 7 },
        }
    }
}

/// From when on which shapes hold: Monday to Sunday, then the full day.
struct Season {
    valid_from: Option<NaiveDate>,
    first_shape: u32,
}

impl Season {
    fn all(hours: &OfficeHours, shapes: &mut Vec<Shape>) -> Vec<Self> {
        let season = |period: &crate::domain::office_hours::Period| {
            let first_shape = u32::try_from(shapes.len()).unwrap_or_default();
            shapes.extend(period.week.iter().map(|day| Shape::new(day)));
            shapes.push(Shape::new(hours.full_day(period)));
            Self { valid_from: period.valid_from, first_shape }
        };
        hours.periods().iter().map(season).collect()
    }

    /// The shapes on `date`; the first season's before any season.
    fn first_shape(seasons: &[Self], date: NaiveDate) -> u32 {
        let begun = seasons.partition_point(|season| season.valid_from <= Some(date));
        seasons.get(begun.saturating_sub(1)).map_or(0, |season| season.first_shape)
    }
}
