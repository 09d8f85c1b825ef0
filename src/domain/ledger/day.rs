//! Civil days of a stored ledger, read digit by digit: a ledger has a dozen, and `verify` reads millions.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserializer;
use serde::de::{Error, Visitor};

/// Reads `2026-11-24`; any other way of writing it is left to chrono.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    deserializer.deserialize_str(Text)
}

struct Text;

impl Visitor<'_> for Text {
    type Value = NaiveDate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day as YYYY-MM-DD")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NaiveDate, E> {
        of_digits(text.as_bytes()).map_or_else(|| text.parse().map_err(E::custom), Ok)
    }
}

fn of_digits(text: &[u8]) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| {
            let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
            Some(sum * 10 + u32::from(digit))
        })
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

#[cfg(test)]
mod tests {
    use super::of_digits;

    #[test]
    fn a_day_is_read_as_chrono_reads_it_and_nothing_else_is_a_day() {
        for text in ["2026-11-24", "2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(of_digits(text.as_bytes()), Some(text.parse().unwrap()), "{text}");
        }
        for text in ["2026-02-29", "2026-13-01", "2026-11-2", "2026/11/24", "2026-1a-24", "٢٠٢٦-11-24", ""] {
            assert_eq!(of_digits(text.as_bytes()), None, "{text}");
        }
    }
}
