//! Time that is not the office's: tạm dừng.

use serde::{Deserialize, Serialize};

use super::{
    day_table::{self, DAY_SECONDS, DAYS, Day, LocalSeconds},
    time::{Instant, serde_instant},
};

/// A stretch of time that does not count, for example while the citizen pays a
/// financial obligation (land decrees 101/2024 and 151/2025).
///
/// For day units the civil days after `from` up to and including `to` are not
/// counted, so a pause within one day takes nothing; for hour units the time
/// between is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The clock stops.
    #[serde(with = "serde_instant")]
    pub from: Instant,
    /// The clock goes on.
    #[serde(with = "serde_instant")]
    pub to: Instant,
}

/// An inclusive range of days, or a half-open range of seconds.
pub(super) type Range<T> = (T, T);

/// Civil days after `start` that pauses take out, disjoint, in order.
pub(super) fn days_out(pauses: &[Pause], start: Day) -> Vec<Range<Day>> {
    let row = |at| {
        let day = day_table::seconds_of(at).div_euclid(DAY_SECONDS);
        Day::try_from(day.clamp(-1, i64::from(DAYS)) + 1).unwrap_or_default()
    };
    // `row` is one more than the day's row, so that days before the table fit:
    // it is already the day after `from`, and one too many for `to`.
    let out = pauses.iter().filter_map(|pause| {
        let first = row(pause.from).max(start + 1);
        let last = row(pause.to).checked_sub(1)?.min(DAYS - 1);
        (first <= last).then_some((first, last))
    });
    merged(out.collect(), |last, next| next <= last + 1)
}

/// Seconds from `start` on that pauses take out, disjoint, in order.
pub(super) fn seconds_out(pauses: &[Pause], start: LocalSeconds) -> Vec<Range<LocalSeconds>> {
    let out = pauses.iter().filter_map(|pause| {
        let from = day_table::clamped_seconds_of(pause.from).max(start);
        let to = day_table::clamped_seconds_of(pause.to);
        (from < to).then_some((from, to))
    });
    merged(out.collect(), |end, next| next <= end)
}

fn merged<T: Copy + Ord>(mut ranges: Vec<Range<T>>, touch: impl Fn(T, T) -> bool) -> Vec<Range<T>> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, kept| {
        let joined = touch(kept.1, next.0);
        if joined {
            kept.1 = kept.1.max(next.1);
        }
        joined
    });
    ranges
}
