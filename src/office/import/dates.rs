//! Dates as registers write them: formats tried in order, naive ones in a named zone.

use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::domain::problem::{FieldError, FileProblem};
use crate::domain::time::{Instant, civil_day, parse_instant};

/// Tried when the mapping names none.
const FORMATS: [&str; 6] = ["rfc3339", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%d/%m/%Y", "%Y-%m-%d"];

/// A date as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    At(Instant),
    /// Without a time of day.
    On(NaiveDate),
}

/// How dates are read.
#[derive(Debug, Clone)]
pub struct Dates {
    formats: Vec<Format>,
    zone: Tz,
}

#[derive(Debug, Clone)]
enum Format {
    /// RFC 3339; `T` may be a space, seconds and offset may be missing.
    Rfc3339,
    Pattern(String),
}

impl Dates {
    /// The formats and the zone of a mapping; without any, Vietnam's habits.
    pub fn new(formats: &[String], zone: Option<&str>, errors: &mut Vec<FieldError>) -> Self {
        let given: Vec<&str> =
            if formats.is_empty() { FORMATS.to_vec() } else { formats.iter().map(String::as_str).collect() };
        let mut read = Vec::new();
        for text in given {
            if text == "rfc3339" {
                read.push(Format::Rfc3339);
            } else if text.contains('%') && !StrftimeItems::new(text).any(|item| item == Item::Error) {
                read.push(Format::Pattern(text.to_owned()));
            } else {
                errors.push(FieldError::new("dates.formats", text, FileProblem::NotADateFormat));
            }
        }
        let zone = zone.unwrap_or("Asia/Ho_Chi_Minh");
        let known = zone.parse().unwrap_or_else(|_| {
            errors.push(FieldError::new("dates.zone", zone, FileProblem::UnknownZone));
            Tz::Asia__Ho_Chi_Minh
        });
        Self { formats: read, zone: known }
    }

    /// The date that `text` gives in the first format that fits; fractions of seconds are dropped.
    /// Years outside 1990 to 2100 are typing errors.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Given> {
        let text = text.trim();
        self.formats.iter().find_map(|format| self.read_as(format, text))
    }

    fn read_as(&self, format: &Format, text: &str) -> Option<Given> {
        match format {
            Format::Rfc3339 => {
                if text.get(10..)?.contains(['Z', 'z', '+', '-']) {
                    return whole(parse_instant(text)?);
                }
                let day = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
                let time = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
                let time = ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|f| NaiveTime::parse_from_str(time, f).ok())?;
                self.naive(day.and_time(time))
            }
            Format::Pattern(pattern) => DateTime::parse_from_str(text, pattern)
                .ok()
                .and_then(|at| whole(at.with_timezone(&Utc)))
                .or_else(|| self.naive(NaiveDateTime::parse_from_str(text, pattern).ok()?))
                .or_else(|| day(NaiveDate::parse_from_str(text, pattern).ok()?)),
        }
    }

    /// A date of a spreadsheet; midnight sharp is a day without a time.
    #[must_use]
    pub fn of_sheet(&self, at: NaiveDateTime) -> Option<Given> {
        if at.time() == NaiveTime::MIN { day(at.date()) } else { self.naive(at) }
    }

    fn naive(&self, at: NaiveDateTime) -> Option<Given> {
        // Of an hour that a change of clocks repeats, the first; one that it skips is no time.
        whole(self.zone.from_local_datetime(&at).earliest()?.with_timezone(&Utc))
    }
}

fn whole(at: Instant) -> Option<Given> {
    day(civil_day(at))?;
    Some(Given::At(at.with_nanosecond(0)?))
}

fn day(day: NaiveDate) -> Option<Given> {
    (1990..=2100).contains(&day.year()).then_some(Given::On(day))
}

#[cfg(test)]
mod tests {
    use super::{Dates, Given};
    use crate::domain::problem::FileProblem;
    use crate::domain::time::parse_instant;

    fn dates(formats: &[&str], zone: Option<&str>) -> Dates {
        let mut errors = Vec::new();
        let formats: Vec<_> = formats.iter().map(|text| (*text).to_owned()).collect();
        let dates = Dates::new(&formats, zone, &mut errors);
        assert_eq!(errors, []);
        dates
    }

    fn at(text: &str) -> Option<Given> {
        parse_instant(text).map(Given::At)
    }

    #[test]
    fn common_vietnamese_dates_are_read_day_first() {
        let dates = dates(&[], None);
        assert_eq!(dates.read(" 03/04/2026 08:30 "), at("2026-04-03 08:30"));
        assert_eq!(dates.read("03/04/2026 08:30:59"), at("2026-04-03 08:30:59"));
        assert_eq!(dates.read("2026-04-03 08:30"), at("2026-04-03 08:30"));
        assert_eq!(dates.read("03/04/2026"), Some(Given::On("2026-04-03".parse().unwrap())));
        for wrong in ["", "04/13/2026", "31/02/2026", "2026-13-01", "45000.5", "03/04/26", "03/04/0226"] {
            assert_eq!(dates.read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn offsets_win_over_the_zone_and_fractions_are_dropped() {
        let dates = dates(&["rfc3339"], Some("Europe/Amsterdam"));
        assert_eq!(dates.read("2010-10-04 01:06:40.020000+02:00"), at("2010-10-04T06:06:40+07:00"));
        assert_eq!(dates.read("2010-10-04T01:06:40"), at("2010-10-03T23:06:40Z"), "summer time");
        assert_eq!(dates.read("2010-12-04 01:06"), at("2010-12-04T00:06:00Z"), "winter time");
    }

    #[test]
    fn a_format_or_zone_that_does_not_exist_is_told() {
        let mut errors = Vec::new();
        let formats = ["%d/%Q".to_owned(), "dd/mm/yyyy".to_owned()];
        drop(Dates::new(&formats, Some("Asia/Hanoi"), &mut errors));
        let problems: Vec<_> = errors.into_iter().map(|error| error.problem).collect();
        let format = FileProblem::NotADateFormat;
        assert_eq!(problems, [format.clone().into(), format.into(), FileProblem::UnknownZone.into()]);
    }
}
