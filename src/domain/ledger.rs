//! Why a promise is the day it is, day by day, in a form small enough to keep.

mod day;
mod spans;
mod text;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    calendar::{CalendarDay, WorkingCalendar},
    deadline::{DeadlineError, Promise, due},
    limit::Limit,
    pause::Pause,
    time::{Instant, serde_instant},
};

pub use text::Language;

/// The account of one promise: what went in, and what became of each day. It is
/// kept with the promise and can be replayed against the same calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Version of the calendar that was asked.
    #[serde(rename = "cal")]
    pub calendar: i32,
    /// When the dossier came in.
    #[serde(rename = "rec", with = "serde_instant")]
    pub received_at: Instant,
    /// When the complete supplement came in, if the count began afresh.
    #[serde(rename = "re", default, skip_serializing_if = "Option::is_none", with = "serde_instant::option")]
    pub restarted_at: Option<Instant>,
    /// What was to be counted.
    #[serde(rename = "lim")]
    pub limit: Limit,
    /// The pauses as they were given.
    #[serde(rename = "out", default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// Runs of days with one reason, from the day of receipt to the due day.
    #[serde(rename = "days")]
    pub spans: Vec<Span>,
}

/// Neighbouring days with the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First day.
    #[serde(rename = "f", deserialize_with = "day::read")]
    pub from: NaiveDate,
    /// Last day, included.
    #[serde(rename = "t", deserialize_with = "day::read")]
    pub to: NaiveDate,
    /// Why they count or not.
    #[serde(rename = "k")]
    pub kind: SpanKind,
}

/// Why a day counts or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpanKind {
    /// Day of receipt, not counted (Civil Code 2015, Art. 147).
    #[serde(rename = "rec")]
    Received,
    /// Before the complete supplement came: the count began afresh.
    #[serde(rename = "old")]
    Superseded,
    /// Day on which the complete supplement came, not counted.
    #[serde(rename = "re")]
    Restarted,
    /// Day of receipt that is the day of the answer.
    #[serde(rename = "same")]
    SameDay,
    /// Counted working day.
    #[serde(rename = "w")]
    Working,
    /// Counted rest day that is worked.
    #[serde(rename = "up")]
    MakeUp(Note),
    /// Counted calendar day.
    #[serde(rename = "d")]
    CalendarDay,
    /// Counted calendar day, the last, on a day off: the end moves (Art. 148). The
    /// note is missing for a weekly rest day.
    #[serde(rename = "end")]
    EndsOnDayOff(Option<Note>),
    /// The working day to which the end moved.
    #[serde(rename = "mv")]
    Moved,
    /// Weekly rest day.
    #[serde(rename = "r")]
    RestDay,
    /// Public holiday.
    #[serde(rename = "h")]
    Holiday(Note),
    /// Day off in place of a holiday on a rest day.
    #[serde(rename = "c")]
    Compensatory(Note),
    /// Day off worked on another day.
    #[serde(rename = "s")]
    SwappedOff(Note),
    /// Taken out by a pause.
    #[serde(rename = "p")]
    Paused,
    /// Office seconds counted that day.
    #[serde(rename = "o")]
    OfficeTime(u32),
    /// Clock seconds counted that day.
    #[serde(rename = "z")]
    ClockTime(u32),
    /// No office time was left or begun that day.
    #[serde(rename = "x")]
    OutsideHours,
}

impl SpanKind {
    /// Whether such a day, or time on it, was counted.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        match self {
            Self::SameDay
            | Self::Working
            | Self::MakeUp(_)
            | Self::CalendarDay
            | Self::EndsOnDayOff(_)
            | Self::OfficeTime(_)
            | Self::ClockTime(_) => true,
            Self::Received
            | Self::Superseded
            | Self::Restarted
            | Self::Moved
            | Self::RestDay
            | Self::Holiday(_)
            | Self::Compensatory(_)
            | Self::SwappedOff(_)
            | Self::Paused
            | Self::OutsideHours => false,
        }
    }
}

/// What a calendar row is called, and its basis: `Ngày Văn hóa Việt Nam (NQ
/// 28/2026/QH16)`. Shared, because thousands of ledgers name the same holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note(Arc<str>);

impl Note {
    /// The note of a calendar row.
    pub(super) fn of(row: &CalendarDay) -> Self {
        match row.basis.as_deref().filter(|basis| !basis.is_empty()) {
            Some(basis) => Self(format!("{} ({basis})", row.name).into()),
            None => Self(row.name.as_str().into()),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(String::deserialize(deserializer)?.into()))
    }
}

/// One day of a ledger as people and machines read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerDay {
    /// The civil day.
    pub date: NaiveDate,
    /// Whether it, or time on it, was counted.
    pub counted: bool,
    /// The reason in words.
    pub why: String,
}

impl Ledger {
    /// Every day from receipt to due day with its reason in `language`.
    ///
    /// ```
    /// # use dunghen::domain::{calendar::*, deadline::due, ledger::Language, office_hours::OfficeHours, time::parse_instant};
    /// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
    /// let friday = parse_instant("2026-11-20 08:00").unwrap();
    /// let promise = due(friday, None, &"1 working_day".parse().unwrap(), &[], &calendar).unwrap();
    /// let why: Vec<_> = promise.ledger.days(Language::Vietnamese).map(|day| day.why).collect();
    /// assert_eq!(why, [
    ///     "ngày tiếp nhận, không tính",
    ///     "nghỉ hằng tuần: thứ Bảy",
    ///     "nghỉ hằng tuần: Chủ nhật",
    ///     "ngày làm việc",
    /// ]);
    /// ```
    pub fn days(&self, language: Language) -> impl Iterator<Item = LedgerDay> + '_ {
        self.spans.iter().flat_map(move |span| {
            let days = span.from.iter_days().take_while(|date| *date <= span.to);
            days.map(move |date| LedgerDay {
                date,
                counted: span.kind.is_counted(),
                why: text::why(&span.kind, date, language),
            })
        })
    }

    /// The promise that the same facts give under `calendar`; equal to the kept one
    /// if that was right and `calendar` is the version it names.
    ///
    /// # Errors
    /// As [`due`].
    pub fn replay(&self, calendar: &WorkingCalendar) -> Result<Promise, DeadlineError> {
        due(self.received_at, self.restarted_at, &self.limit, &self.pauses, calendar)
    }
}
