//! In which totals a file stands: by our dates as we judge them, and by theirs as other systems do.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::{OurFile, Span, TheirFile, Theirs, Total};
use crate::domain::channel::Channel;
use crate::domain::time::{Instant, civil_day, day_begins, local};
use crate::domain::timeliness::{Facts, Timeliness, timeliness};

/// In which totals a file stands: how it came, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Places {
    pub(super) came: Option<Total>,
    pub(super) stands: Option<Total>,
}

pub(super) fn places(ours: &OurFile, span: Span) -> Places {
    let closed_at = ours.closed_at.filter(|at| *at < span.cut);
    if ours.received_at >= span.cut || closed_at.is_some_and(|at| at < span.begins) {
        return Places::default();
    }
    let facts = Facts { due_at: ours.due_at, closed_at, paused_since: ours.paused_since };
    Places {
        came: Some(came(ours.received_at, ours.channel, span)),
        stands: Some(match timeliness(&facts, span.cut - Duration::seconds(1)) {
            Timeliness::Early => Total::Early,
            Timeliness::OnTime => Total::OnTime,
            Timeliness::Late => Total::Late,
            Timeliness::ClosedWithoutPromise => Total::ResolvedNoDate,
            Timeliness::Running | Timeliness::Paused | Timeliness::NoPromise => Total::OpenInTime,
            Timeliness::Overdue => Total::OpenOverdue,
        }),
    }
}

fn came(at: Instant, channel: Channel, span: Span) -> Total {
    match channel {
        _ if at < span.begins => Total::CarriedOver,
        Channel::Online => Total::ReceivedOnline,
        Channel::Counter => Total::ReceivedCounter,
        Channel::Post => Total::ReceivedPost,
    }
}

/// Where a file stands by their dates. What their file has no column for is taken from ours, so that it
/// moves nothing.
pub(super) fn their_places(theirs: &TheirFile, ours: &OurFile, span: Span) -> Places {
    let told = |is: bool, theirs: Theirs, ours: Option<Instant>| match (is, ours) {
        (true, _) => theirs,
        (false, Some(at)) => Theirs::At(at),
        (false, None) => Theirs::Nothing,
    };
    let tells = theirs.tells;
    let received = start_of(told(tells.received, theirs.received, Some(ours.received_at)), Some(ours.received_at));
    let channel = theirs.channel.map_or(Some(ours.channel), Result::ok);
    let due = told(tells.due, theirs.due, ours.due_at);
    let resolved = told(tells.resolved, theirs.resolved, ours.closed_at);
    judged(received, channel, (due, ours.due_at), start_of(resolved, ours.closed_at), span)
}

pub(super) fn their_own_places(theirs: &TheirFile, span: Span) -> Places {
    let channel = theirs.channel.and_then(Result::ok);
    let (received, resolved) = (start_of(theirs.received, None), start_of(theirs.resolved, None));
    judged(received, channel, (theirs.due, None), resolved, span)
}

/// As other systems judge: a finished file without a promise counts as on time, and no clock stands still.
fn judged(
    received: Option<Instant>,
    channel: Option<Channel>,
    (due, our_due): (Theirs, Option<Instant>),
    resolved: Option<Instant>,
    span: Span,
) -> Places {
    let Some(received) = received.filter(|at| *at < span.cut) else { return Places::default() };
    let closed_at = resolved.filter(|at| *at < span.cut);
    if closed_at.is_some_and(|at| at < span.begins) {
        return Places::default();
    }
    let due_at = end_of(due, our_due);
    let facts = Facts { due_at, closed_at, paused_since: None };
    let came =
        if received < span.begins { Some(Total::CarriedOver) } else { channel.map(|by| came(received, by, span)) };
    let stands = match timeliness(&facts, span.cut - Duration::seconds(1)) {
        Timeliness::Early => Total::Early,
        Timeliness::OnTime | Timeliness::ClosedWithoutPromise => Total::OnTime,
        Timeliness::Late => Total::Late,
        Timeliness::Running | Timeliness::Paused | Timeliness::NoPromise => Total::OpenInTime,
        Timeliness::Overdue => Total::OpenOverdue,
    };
    Places { came, stands: Some(stands) }
}

/// A day without a time is our moment where that is on it, else its first; what cannot be read is no date.
pub(super) fn start_of(theirs: Theirs, ours: Option<Instant>) -> Option<Instant> {
    same_day(theirs, ours, day_begins)
}

/// The same for a promise, which holds until the day is over.
fn end_of(theirs: Theirs, ours: Option<Instant>) -> Option<Instant> {
    same_day(theirs, ours, |day| day_begins(day) + Duration::days(1) - Duration::seconds(1))
}

fn same_day(theirs: Theirs, ours: Option<Instant>, moment: impl Fn(NaiveDate) -> Instant) -> Option<Instant> {
    let on = |day: NaiveDate| ours.filter(|at| civil_day(*at) == day).unwrap_or_else(|| moment(day));
    match theirs {
        Theirs::Nothing | Theirs::Unreadable => None,
        Theirs::At(at) if local(at).time() == NaiveTime::MIN => Some(on(civil_day(at))),
        Theirs::At(at) => Some(at),
        Theirs::On(day) => Some(on(day)),
    }
}
