//! What differs between the two sides of one file, and the accident that made it.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};

use super::{Cause, Compared, OurFile, TheirFile, Theirs};
use crate::domain::time::{Instant, civil_day, local};

/// Why two dates are not the same; `None` when they are. A day without a time is the same as any moment of it.
#[must_use]
pub fn cause(ours: Option<Instant>, theirs: Theirs) -> Option<Cause> {
    let (ours, at) = match (ours, theirs) {
        (None, Theirs::Nothing) => return None,
        (None, Theirs::At(_) | Theirs::On(_)) => return Some(Cause::NoDateHere),
        (Some(_), Theirs::Nothing) => return Some(Cause::NoDateThere),
        (_, Theirs::Unreadable) => return Some(Cause::Unreadable),
        (Some(ours), Theirs::On(day)) => return apart(civil_day(ours), day),
        (Some(ours), Theirs::At(at)) => (ours, at),
    };
    let (day, other) = (civil_day(ours), civil_day(at));
    let clock = local(at).time();
    let off = (ours - at).abs();
    let seven = NaiveTime::from_hms_opt(7, 0, 0);
    match () {
        () if ours == at => None,
        () if day == other && clock == NaiveTime::MIN => None,
        () if day == other && off == Duration::hours(12) => Some(Cause::TwelveHourClock),
        () if day == other && Some(clock) == seven => Some(Cause::UtcMidnight),
        () if off == Duration::hours(7) => Some(Cause::SevenHours),
        () if day == other => Some(Cause::OtherTime),
        () if off < Duration::days(1) => Some(Cause::OtherCivilDay),
        () => apart(day, other),
    }
}

fn apart(ours: NaiveDate, theirs: NaiveDate) -> Option<Cause> {
    let exchanged = NaiveDate::from_ymd_opt(theirs.year(), theirs.day(), theirs.month());
    match () {
        () if ours == theirs => None,
        () if exchanged == Some(ours) => Some(Cause::DayAndMonth),
        () if (ours - theirs).abs() == Duration::days(1) => Some(Cause::OtherCivilDay),
        () => Some(Cause::OtherDate),
    }
}

/// What differs of a file that both sides have.
#[must_use]
pub fn differences(ours: &OurFile, theirs: &TheirFile) -> Vec<(Compared, Cause)> {
    let mut found = Vec::new();
    let mut hold = |told: bool, what: Compared, cause: Option<Cause>| {
        found.extend(cause.filter(|_| told).map(|cause| (what, cause)));
    };
    let tells = theirs.tells;
    hold(tells.received, Compared::ReceivedAt, cause(Some(ours.received_at), theirs.received));
    hold(tells.due, Compared::DueAt, due_cause(ours, theirs.due));
    hold(tells.resolved, Compared::ResolvedAt, cause(ours.closed_at, theirs.resolved));
    hold(tells.returned, Compared::ReturnedAt, cause(ours.returned_at, theirs.returned));
    let channel = match theirs.channel {
        None => None,
        Some(Ok(channel)) => (channel != ours.channel).then_some(Cause::Channel),
        Some(Err(())) => Some(Cause::Unreadable),
    };
    hold(true, Compared::Channel, channel);
    let status = match theirs.status.filter(|_| ours.closed_at.is_some()) {
        None => None,
        Some(Ok(status)) => (status != ours.stage).then_some(Cause::Status),
        Some(Err(())) => Some(Cause::Unreadable),
    };
    hold(true, Compared::Status, status);
    found
}

fn due_cause(ours: &OurFile, theirs: Theirs) -> Option<Cause> {
    let plain = cause(ours.due_at, theirs)?;
    let is = |date: Option<Instant>| date.is_some() && cause(date, theirs).is_none();
    Some(match () {
        () if is(ours.new_due_at) => Cause::NewPromise,
        () if is(ours.first_due_at) => Cause::FirstPromise,
        () => plain,
    })
}
