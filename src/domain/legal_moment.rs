//! By when a draft has to be signed, so that the citizen is told as the law wants it: at the latest one
//! day before the limit ends (NĐ 118/2025 Art. 19(6)).

use chrono::Days;

use super::calendar::WorkingCalendar;
use super::text_enum;
use super::time::{Instant, civil_day};

text_enum! {
    /// Which days the law means by "01 ngày" is open (docs/law.md).
    DayUnit {
        WorkingDay = "working_day",
        CalendarDay = "calendar_day",
    }
}

/// The policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegalMoment {
    pub days_before: u32,
    pub unit: DayUnit,
    /// Office hours from the draft on, when that day is over.
    pub sign_within_hours: i64,
}

impl LegalMoment {
    /// The end of office hours so many days before the promise ends; when that is over, or there is no
    /// promise to come, so many office hours from `now`, while the promise runs not later than its end.
    #[must_use]
    pub fn decide_by(self, now: Instant, due_at: Option<Instant>, calendar: &WorkingCalendar) -> Instant {
        let coming = due_at.filter(|due_at| now <= *due_at);
        if let Some(before) = coming.and_then(|due_at| self.before(due_at, calendar)).filter(|at| *at > now) {
            return before;
        }
        let hours = self.sign_within_hours;
        let soon = calendar
            .add_office_seconds(now, hours.saturating_mul(3_600))
            .unwrap_or(now + chrono::Duration::hours(hours));
        coming.map_or(soon, |due_at| soon.min(due_at))
    }

    /// The last moment at which a delay is told as early as the law wants.
    #[must_use]
    pub fn before(self, due_at: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
        let due_day = civil_day(due_at);
        let day = match self.unit {
            DayUnit::WorkingDay => calendar.nth_working_day_before(due_day, self.days_before)?,
            DayUnit::CalendarDay => {
                let day = due_day.checked_sub_days(Days::new(u64::from(self.days_before)))?;
                // On a day off nobody signs: the working day before it.
                calendar.nth_working_day_before(day.succ_opt()?, 1)?
            }
        };
        calendar.closes(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::SAME_DAY_CUTOFF;
    use crate::domain::office_hours::OfficeHours;
    use crate::domain::time::{local, parse_instant};

    fn decided(unit: DayUnit, now: &str, due: Option<&str>) -> String {
        let policy = LegalMoment { days_before: 1, unit, sign_within_hours: 4 };
        let at = |text: &str| parse_instant(text).unwrap();
        let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
        local(policy.decide_by(at(now), due.map(at), &calendar)).format("%Y-%m-%d %H:%M").to_string()
    }

    #[test]
    fn a_delay_declared_early_is_signed_the_working_day_before() {
        // Monday 9 March is due; Friday is the working day before, Sunday the calendar day.
        let due = Some("2026-03-09 17:00");
        assert_eq!(decided(DayUnit::WorkingDay, "2026-03-04 09:00", due), "2026-03-06 17:00");
        assert_eq!(decided(DayUnit::CalendarDay, "2026-03-04 09:00", due), "2026-03-06 17:00");
        let due = Some("2026-03-05 17:00");
        assert_eq!(decided(DayUnit::CalendarDay, "2026-03-03 09:00", due), "2026-03-04 17:00");
    }

    #[test]
    fn a_late_declaration_leaves_office_hours_but_never_past_the_promise() {
        let due = Some("2026-03-05 17:00");
        assert_eq!(decided(DayUnit::WorkingDay, "2026-03-05 08:00", due), "2026-03-05 14:00");
        assert_eq!(decided(DayUnit::WorkingDay, "2026-03-05 15:00", due), "2026-03-05 17:00");
        assert_eq!(decided(DayUnit::WorkingDay, "2026-03-04 17:00", due), "2026-03-05 11:30");
    }

    #[test]
    fn what_the_system_raises_has_office_hours_from_then_on() {
        let due = Some("2026-03-05 17:00");
        assert_eq!(decided(DayUnit::WorkingDay, "2026-03-05 17:00:01", due), "2026-03-06 11:30");
        assert_eq!(decided(DayUnit::WorkingDay, "2026-03-06 10:00", None), "2026-03-06 16:00");
    }
}
