//! Quiet hours: when messages may leave. One rule for every way; urgent messages alone pass it.

use chrono::{NaiveDate, NaiveTime};

use super::calendar::WorkingCalendar;
use super::time::{Instant, civil_day, day_begins, instant, local};

/// When nothing leaves: at night, and on days on which the office is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// From this hour …
    pub from: NaiveTime,
    /// … until this one, over midnight when it is the earlier; equal: no night.
    pub until: NaiveTime,
    /// Whether days on which the office does not open are quiet as a whole.
    pub days_off: bool,
}

impl QuietHours {
    /// Whether an ordinary message may leave at `at`.
    #[must_use]
    pub fn allows(&self, at: Instant, calendar: &WorkingCalendar) -> bool {
        let moment = local(at);
        self.is_day(moment.date(), calendar) && !self.is_night(moment.time())
    }

    /// The earliest moment at or after `at` at which an ordinary message may leave. Beyond the years that
    /// the calendar knows no day is off.
    ///
    /// ```
    /// # use dunghen::domain::{calendar::*, office_hours::OfficeHours, quiet::QuietHours, time::parse_instant};
    /// # use chrono::NaiveTime;
    /// let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
    /// let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    /// let quiet = QuietHours { from: hour(19), until: hour(7), days_off: true };
    /// let at = |text| parse_instant(text).unwrap();
    /// // Friday evening: Monday morning.
    /// assert_eq!(quiet.next_allowed(at("2026-11-20 19:00"), &calendar), at("2026-11-23 07:00"));
    /// assert_eq!(quiet.next_allowed(at("2026-11-20 18:59"), &calendar), at("2026-11-20 18:59"));
    /// ```
    #[must_use]
    pub fn next_allowed(&self, at: Instant, calendar: &WorkingCalendar) -> Instant {
        if self.allows(at, calendar) {
            return at;
        }
        let today = civil_day(at);
        self.first_on(today, at, calendar).or_else(|| self.later(today, calendar)).unwrap_or(at)
    }

    /// When the sending time that lasts at `at` began today; `None` while it is quiet.
    #[must_use]
    pub fn allowed_since(&self, at: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
        if !self.allows(at, calendar) {
            return None;
        }
        let today = civil_day(at);
        let morning = instant(today.and_time(self.until));
        Some(if self.from != self.until && morning <= at { morning } else { day_begins(today) })
    }

    fn is_night(&self, time: NaiveTime) -> bool {
        if self.from <= self.until {
            self.from <= time && time < self.until
        } else {
            self.from <= time || time < self.until
        }
    }

    fn is_day(&self, day: NaiveDate, calendar: &WorkingCalendar) -> bool {
        !self.days_off || calendar.opens(day).is_some() || calendar.next_opening(day_begins(day)).is_none()
    }

    /// The first allowed moment of `day` that is not before `at`.
    fn first_on(&self, day: NaiveDate, at: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
        [day_begins(day), instant(day.and_time(self.until))]
            .into_iter()
            .map(|from| from.max(at))
            .find(|moment| civil_day(*moment) == day && self.allows(*moment, calendar))
    }

    /// The first allowed moment after `day`.
    fn later(&self, day: NaiveDate, calendar: &WorkingCalendar) -> Option<Instant> {
        let tomorrow = day.succ_opt()?;
        let opens = calendar.next_opening(day_begins(tomorrow)).filter(|_| self.days_off).map(civil_day);
        let next = opens.unwrap_or(tomorrow);
        self.first_on(next, day_begins(next), calendar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{CalendarDay, Confidence, DayKind, SAME_DAY_CUTOFF};
    use crate::domain::office_hours::OfficeHours;
    use crate::domain::time::{parse_instant, rfc3339};

    fn at(text: &str) -> Instant {
        parse_instant(text).unwrap()
    }

    /// Monday 31 August 2026 is off for Saturday 22 August; 2 September is a holiday.
    fn calendar() -> WorkingCalendar {
        let row = |day: &str, kind| CalendarDay {
            date: day.parse().unwrap(),
            kind,
            name: String::new(),
            basis: None,
            confidence: Confidence::Confirmed,
        };
        let rows = [
            row("2026-08-22", DayKind::SwappedWorking),
            row("2026-08-31", DayKind::SwappedOff),
            row("2026-09-01", DayKind::Holiday),
            row("2026-09-02", DayKind::Holiday),
        ];
        WorkingCalendar::new(1, &rows, &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap()
    }

    fn quiet(from: &str, until: &str, days_off: bool) -> QuietHours {
        QuietHours { from: from.parse().unwrap(), until: until.parse().unwrap(), days_off }
    }

    #[test]
    fn nights_and_days_off_are_quiet_and_swapped_days_are_as_the_calendar_says() {
        let (calendar, night) = (calendar(), quiet("19:00:00", "07:00:00", true));
        for (now, next) in [
            ("2026-08-21 06:59:59", "2026-08-21T07:00:00+07:00"),
            ("2026-08-21 07:00", "2026-08-21T07:00:00+07:00"),
            ("2026-08-21 18:59:59", "2026-08-21T18:59:59+07:00"),
            ("2026-08-21 19:00", "2026-08-22T07:00:00+07:00"),
            ("2026-08-22 10:00", "2026-08-22T10:00:00+07:00"),
            ("2026-08-22 23:00", "2026-08-24T07:00:00+07:00"),
            ("2026-08-23 12:00", "2026-08-24T07:00:00+07:00"),
            ("2026-08-28 19:30", "2026-09-03T07:00:00+07:00"),
            ("2026-09-02 00:00", "2026-09-03T07:00:00+07:00"),
        ] {
            assert_eq!(rfc3339(night.next_allowed(at(now), &calendar)), next, "{now}");
            assert_eq!(night.allows(at(now), &calendar), night.next_allowed(at(now), &calendar) == at(now));
        }
    }

    #[test]
    fn a_quiet_noon_no_night_and_working_on_days_off_are_settings_too() {
        let calendar = calendar();
        let noon = quiet("11:30:00", "13:30:00", true);
        assert_eq!(noon.next_allowed(at("2026-08-21 12:00"), &calendar), at("2026-08-21 13:30"));
        assert!(noon.allows(at("2026-08-21 03:00"), &calendar));
        assert_eq!(noon.next_allowed(at("2026-08-23 12:00"), &calendar), at("2026-08-24 00:00"));
        let never = quiet("00:00:00", "00:00:00", false);
        assert!(never.allows(at("2026-08-23 03:00"), &calendar));
        let nights = quiet("19:00:00", "07:00:00", false);
        assert_eq!(nights.next_allowed(at("2026-08-22 20:00"), &calendar), at("2026-08-23 07:00"));
    }

    #[test]
    fn the_sending_time_began_in_the_morning_or_at_midnight() {
        let calendar = calendar();
        let night = quiet("19:00:00", "07:00:00", true);
        assert_eq!(night.allowed_since(at("2026-08-21 10:00"), &calendar), Some(at("2026-08-21 07:00")));
        assert_eq!(night.allowed_since(at("2026-08-21 20:00"), &calendar), None);
        let never = quiet("00:00:00", "00:00:00", false);
        assert_eq!(never.allowed_since(at("2026-08-23 03:00"), &calendar), Some(at("2026-08-23 00:00")));
    }
}
