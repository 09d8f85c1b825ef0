//! Vietnam's civil time.
//!
//! An [`Instant`] is a point on the time line in whole seconds; a civil day is a
//! [`NaiveDate`] as the calendar on a Vietnamese wall shows it. Vietnam has kept
//! UTC+07:00 without summer time since 1975, so a fixed offset says it all.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

/// A point in time, whole seconds.
pub type Instant = DateTime<Utc>;

/// Vietnam's offset from UTC in seconds.
pub(super) const OFFSET_SECONDS: i32 = 7 * 3600;

/// Vietnam's offset, UTC+07:00.
pub const VN: FixedOffset = match FixedOffset::east_opt(OFFSET_SECONDS) {
    Some(offset) => offset,
    None => panic!("seven hours is an offset"),
};

/// What the wall clock in Vietnam shows at `at`.
///
/// ```
/// use dunghen::domain::time::{local, parse_instant};
/// let at = parse_instant("2026-11-26T10:00:00Z").unwrap();
/// assert_eq!(local(at).to_string(), "2026-11-26 17:00:00");
/// ```
#[must_use]
pub fn local(at: Instant) -> NaiveDateTime {
    let utc = at.naive_utc();
    // Fails only a few hours from the end of chrono's calendar, 262 000 years off.
    utc.checked_add_offset(VN).unwrap_or(utc)
}

/// The civil day in Vietnam on which `at` falls.
#[must_use]
pub fn civil_day(at: Instant) -> NaiveDate {
    local(at).date()
}

/// The instant at which Vietnam's wall clock shows `local`, cut to whole seconds.
///
/// ```
/// use chrono::NaiveDate;
/// use dunghen::domain::time::{instant, rfc3339};
/// let closing = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap().and_hms_opt(17, 0, 0).unwrap();
/// assert_eq!(rfc3339(instant(closing)), "2026-11-26T17:00:00+07:00");
/// ```
#[must_use]
pub fn instant(local: NaiveDateTime) -> Instant {
    let whole = local.with_nanosecond(0).unwrap_or(local);
    // Fails only a few hours from the end of chrono's calendar, 262 000 years off.
    whole.checked_sub_offset(VN).unwrap_or(whole).and_utc()
}

/// Midnight at which a civil day begins in Vietnam.
#[must_use]
pub fn day_begins(day: NaiveDate) -> Instant {
    instant(day.and_time(NaiveTime::MIN))
}

/// RFC 3339 in Vietnam's offset, whole seconds: `2026-11-26T17:00:00+07:00`.
#[must_use]
pub fn rfc3339(at: Instant) -> String {
    at.with_timezone(&VN).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Reads RFC 3339; seconds and offset may be missing (then Vietnam's), `T` may be
/// a space. A bare date is refused: it does not say when in the day.
///
/// ```
/// use dunghen::domain::time::{parse_instant, rfc3339};
/// let at = parse_instant("2026-11-24 08:00").unwrap();
/// assert_eq!(rfc3339(at), "2026-11-24T08:00:00+07:00");
/// assert_eq!(parse_instant("2026-11-24T01:00:00Z"), Some(at));
/// assert_eq!(parse_instant("2026-11-24"), None);
/// ```
#[must_use]
pub fn parse_instant(text: &str) -> Option<Instant> {
    let text = text.trim();
    let day = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    let clock = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
    let split = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let (time, offset) = clock.split_at_checked(split)?;
    let offset = if offset.is_empty() { VN } else { parse_offset(offset)? };
    let time = parse_time(time)?;
    let naive = day.and_time(time.with_nanosecond(0)?);
    Some(naive.checked_sub_offset(offset)?.and_utc())
}

fn parse_time(text: &str) -> Option<NaiveTime> {
    ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

fn parse_offset(text: &str) -> Option<FixedOffset> {
    if text.eq_ignore_ascii_case("z") {
        return FixedOffset::east_opt(0);
    }
    text.parse().ok()
}

/// Instants as RFC 3339 in Vietnam's offset, for `#[serde(with = "…")]`.
pub mod serde_instant {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::{Instant, parse_instant, rfc3339};

    /// Writes `2026-11-26T17:00:00+07:00`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(at: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&rfc3339(*at))
    }

    /// Reads what [`parse_instant`] reads.
    ///
    /// # Errors
    /// Text that is no instant.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_instant(&text).ok_or_else(|| D::Error::custom("not an instant"))
    }

    /// The same for an instant that may be missing.
    pub mod option {
        use serde::{Deserialize, Deserializer, Serializer, de::Error};

        use super::{Instant, parse_instant, rfc3339};

        /// Writes the instant or null.
        ///
        /// # Errors
        /// Those of the serializer.
        pub fn serialize<S: Serializer>(at: &Option<Instant>, serializer: S) -> Result<S::Ok, S::Error> {
            match at {
                Some(at) => serializer.serialize_some(&rfc3339(*at)),
                None => serializer.serialize_none(),
            }
        }

        /// Reads an instant or null.
        ///
        /// # Errors
        /// Text that is no instant.
        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Instant>, D::Error> {
            let Some(text) = Option::<String>::deserialize(deserializer)? else {
                return Ok(None);
            };
            parse_instant(&text).map(Some).ok_or_else(|| D::Error::custom("not an instant"))
        }
    }
}
