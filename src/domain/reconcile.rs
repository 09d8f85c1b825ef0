//! Our records against another system's: for a file that both have, which dates and words differ and why;
//! and for every total that differs, which cause moves how many files. A file moves a total for exactly one
//! cause, so that the causes of a difference add up to it.

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};

use super::channel::Channel;
use super::dossier::StageName;
use super::text_enum;
use super::time::{Instant, civil_day, local};
use super::timeliness::{Facts, Timeliness, timeliness};

text_enum! {
    /// What is compared of a file.
    Compared {
        Presence = "presence",
        ReceivedAt = "received_at",
        DueAt = "due_at",
        ResolvedAt = "resolved_at",
        ReturnedAt = "returned_at",
        Channel = "channel",
        Status = "status",
    }
}

text_enum! {
    /// Why something differs.
    Cause {
        MissingThere = "missing_there",
        MissingHere = "missing_here",
        /// the same code stands in the file again
        Twice = "twice",
        /// the other side gives a date, we have none
        NoDateHere = "no_date_here",
        /// we have a date, the other side gives none; without a promise a finished file counts as on time there
        NoDateThere = "no_date_there",
        Unreadable = "unreadable",
        /// 12:30 read as 00:30
        TwelveHourClock = "twelve_hour_clock",
        /// a day without a time, kept as midnight UTC, shown as 07:00
        UtcMidnight = "utc_midnight",
        /// off by the seven hours between UTC and Vietnam
        SevenHours = "seven_hours",
        DayAndMonth = "day_and_month",
        /// less than a day apart, on two civil days
        OtherCivilDay = "other_civil_day",
        /// the new date of an apology as if it were the promise
        NewPromise = "new_promise",
        /// the first promise, though the law put another in its place
        FirstPromise = "first_promise",
        OtherTime = "other_time",
        OtherDate = "other_date",
        Channel = "channel",
        /// finished as something else
        Status = "status",
        /// our clock stands still, theirs runs on
        Paused = "paused",
        /// all facts agree and the verdict does not
        OtherRule = "other_rule",
    }
}

/// A date as the other side gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theirs {
    #[default]
    Nothing,
    At(Instant),
    /// Without a time of day.
    On(NaiveDate),
    Unreadable,
}

/// What we know of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OurFile {
    pub code: String,
    pub channel: Channel,
    pub stage: StageName,
    pub received_at: Instant,
    /// The judged promise, the first one, and the new date of an apology.
    pub due_at: Option<Instant>,
    pub first_due_at: Option<Instant>,
    pub new_due_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub returned_at: Option<Instant>,
    pub paused_since: Option<Instant>,
}

/// What the other side tells of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TheirFile {
    /// `None`: not told; an error: a word that means none of ours.
    pub channel: Option<Result<Channel, ()>>,
    /// As what it was finished.
    pub status: Option<Result<StageName, ()>>,
    pub received: Theirs,
    pub due: Theirs,
    pub resolved: Theirs,
    pub returned: Theirs,
    /// The columns that the file has at all: what it has not is not compared.
    pub tells: Tells,
}

/// Which dates the file has columns for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tells {
    pub received: bool,
    pub due: bool,
    pub resolved: bool,
    pub returned: bool,
}

text_enum! {
    /// A total that both sides have.
    Total {
        ReceivedOnline = "received_online",
        ReceivedCounter = "received_counter",
        ReceivedPost = "received_post",
        CarriedOver = "carried_over",
        Early = "early",
        OnTime = "on_time",
        Late = "late",
        ResolvedNoDate = "resolved_no_date",
        OpenInTime = "open_in_time",
        OpenOverdue = "open_overdue",
    }
}

/// The days that totals are of: from the first moment on and before the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub begins: Instant,
    pub cut: Instant,
}

/// In which totals a file stands: how it came, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Places {
    came: Option<Total>,
    stands: Option<Total>,
}

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

/// A total, ours, theirs, and by how many files each cause moves it.
pub type Moves = (Total, u64, u64, Vec<(Cause, i64)>);

/// The totals of both sides, and what moves each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    counts: BTreeMap<Total, (u64, u64)>,
    causes: BTreeMap<(Total, Cause), i64>,
}

impl Totals {
    /// Counts a file that both sides have.
    pub fn both(&mut self, ours: &OurFile, theirs: &TheirFile, span: Span) {
        let (here, there) = (places(ours, span), their_places(theirs, ours, span));
        let found = differences(ours, theirs);
        let of = |what: Compared| found.iter().find(|(compared, _)| *compared == what).map(|(_, cause)| *cause);
        let cause = if here.came == there.came {
            Cause::OtherRule
        } else {
            let received = of(Compared::ReceivedAt).filter(|_| moved(theirs.received, ours, span));
            received.or(of(Compared::Channel)).unwrap_or(Cause::OtherRule)
        };
        self.count(here.came, there.came, cause);
        let cause = if here.stands == there.stands { Cause::OtherRule } else { why(ours, theirs, span, of) };
        self.count(here.stands, there.stands, cause);
    }

    /// Counts a file that only we have.
    pub fn only_here(&mut self, ours: &OurFile, span: Span) {
        let here = places(ours, span);
        self.count(here.came, None, Cause::MissingThere);
        self.count(here.stands, None, Cause::MissingThere);
    }

    /// Counts a row that has no file here, or not once more.
    pub fn only_there(&mut self, theirs: &TheirFile, span: Span, cause: Cause) {
        let there = their_own_places(theirs, span);
        self.count(None, there.came, cause);
        self.count(None, there.stands, cause);
    }

    fn count(&mut self, here: Option<Total>, there: Option<Total>, cause: Cause) {
        if let Some(total) = here {
            self.counts.entry(total).or_default().0 += 1;
        }
        if let Some(total) = there {
            self.counts.entry(total).or_default().1 += 1;
        }
        if here != there {
            for (total, by) in [(here, -1), (there, 1)] {
                if let Some(total) = total {
                    *self.causes.entry((total, cause)).or_default() += by;
                }
            }
        }
    }

    /// Ours and theirs of each total, with what moves it: their sum is theirs less ours.
    #[must_use]
    pub fn lines(&self) -> Vec<Moves> {
        let line = |total: &Total| {
            let (ours, theirs) = self.counts.get(total).copied().unwrap_or_default();
            let causes = self.causes.iter().filter(|((of, _), by)| of == total && **by != 0);
            (*total, ours, theirs, causes.map(|((_, cause), by)| (*cause, *by)).collect())
        };
        Total::ALL.iter().map(line).collect()
    }
}

/// Whether their receipt puts the file into another period, or out of all.
fn moved(theirs: Theirs, ours: &OurFile, span: Span) -> bool {
    let at = start_of(theirs, Some(ours.received_at));
    at.is_none_or(|at| (at < span.begins) != (ours.received_at < span.begins) || at >= span.cut)
}

/// The one fact that moves a file between the totals of how it stands: the end, the promise, then the rule.
fn why(ours: &OurFile, theirs: &TheirFile, span: Span, of: impl Fn(Compared) -> Option<Cause>) -> Cause {
    let here = places(ours, span).stands;
    let same_end = TheirFile { resolved: ours.closed_at.map_or(Theirs::Nothing, Theirs::At), ..theirs.clone() };
    let same_due = TheirFile { due: ours.due_at.map_or(Theirs::Nothing, Theirs::At), ..theirs.clone() };
    let stands = |file: &TheirFile| their_places(file, ours, span).stands;
    let (end, due) = (of(Compared::ResolvedAt), of(Compared::DueAt));
    let alone = end.filter(|_| stands(&same_end) == here).or(due.filter(|_| stands(&same_due) == here));
    let waits = ours.paused_since.is_some_and(|since| since < span.cut);
    let received = of(Compared::ReceivedAt).filter(|_| moved(theirs.received, ours, span));
    alone.or(received).or(end).or(due).unwrap_or(match () {
        () if waits => Cause::Paused,
        // Without a promise on either side a finished file counts as on time there, and never here.
        () if ours.due_at.is_none() => Cause::NoDateThere,
        () => Cause::OtherRule,
    })
}

fn places(ours: &OurFile, span: Span) -> Places {
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
fn their_places(theirs: &TheirFile, ours: &OurFile, span: Span) -> Places {
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

fn their_own_places(theirs: &TheirFile, span: Span) -> Places {
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
fn start_of(theirs: Theirs, ours: Option<Instant>) -> Option<Instant> {
    same_day(theirs, ours, super::time::day_begins)
}

/// The same for a promise, which holds until the day is over.
fn end_of(theirs: Theirs, ours: Option<Instant>) -> Option<Instant> {
    same_day(theirs, ours, |day| super::time::day_begins(day) + Duration::days(1) - Duration::seconds(1))
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

#[cfg(test)]
mod tests {
    use super::{Cause, Channel, Compared, OurFile, Span, StageName, Tells, TheirFile, Theirs, Total, Totals};
    use super::{cause, differences};
    use crate::domain::time::{Instant, parse_instant};

    fn at(text: &str) -> Instant {
        parse_instant(text).unwrap()
    }

    fn ours() -> OurFile {
        OurFile {
            code: "A-1".to_owned(),
            channel: Channel::Counter,
            stage: StageName::Granted,
            received_at: at("2026-03-02 08:15"),
            due_at: Some(at("2026-03-05 17:00")),
            first_due_at: Some(at("2026-03-05 17:00")),
            new_due_at: None,
            closed_at: Some(at("2026-03-05 12:30")),
            returned_at: None,
            paused_since: None,
        }
    }

    fn theirs() -> TheirFile {
        let of = |at: Option<Instant>| at.map_or(Theirs::Nothing, Theirs::At);
        let ours = ours();
        TheirFile {
            channel: Some(Ok(ours.channel)),
            status: Some(Ok(ours.stage)),
            received: Theirs::At(ours.received_at),
            due: of(ours.due_at),
            resolved: of(ours.closed_at),
            returned: Theirs::Nothing,
            tells: Tells { received: true, due: true, resolved: true, returned: true },
        }
    }

    const fn march(begins: Instant, cut: Instant) -> Span {
        Span { begins, cut }
    }

    fn span() -> Span {
        march(at("2026-03-01 00:00"), at("2026-04-01 00:00"))
    }

    #[test]
    fn dates_that_differ_are_told_with_the_accident_that_made_them() {
        let of = |here: &str, there: &str| cause(Some(at(here)), Theirs::At(at(there)));
        assert_eq!(of("2026-03-05 12:30", "2026-03-05 00:30"), Some(Cause::TwelveHourClock));
        assert_eq!(of("2026-03-05 13:30", "2026-03-05 01:30"), Some(Cause::TwelveHourClock));
        assert_eq!(of("2026-03-05 14:10", "2026-03-05 07:00"), Some(Cause::UtcMidnight));
        assert_eq!(of("2026-03-05 15:10", "2026-03-05 08:10"), Some(Cause::SevenHours));
        assert_eq!(of("2026-03-05 03:10", "2026-03-04 20:10"), Some(Cause::SevenHours));
        assert_eq!(of("2026-03-05 23:30", "2026-03-06 00:10"), Some(Cause::OtherCivilDay));
        assert_eq!(of("2026-03-04 09:00", "2026-04-03 09:00"), Some(Cause::DayAndMonth));
        assert_eq!(of("2026-03-05 09:00", "2026-03-05 10:00"), Some(Cause::OtherTime));
        assert_eq!(of("2026-03-05 09:00", "2026-03-15 09:00"), Some(Cause::OtherDate));
        assert_eq!(of("2026-03-05 09:00", "2026-03-05 09:00"), None);
        assert_eq!(of("2026-03-05 09:00", "2026-03-05 00:00:00"), None, "a day without a time");
        let day = |text: &str| Theirs::On(text.parse().unwrap());
        assert_eq!(cause(Some(at("2026-03-05 09:00")), day("2026-03-05")), None);
        assert_eq!(cause(Some(at("2026-03-05 09:00")), day("2026-03-06")), Some(Cause::OtherCivilDay));
        assert_eq!(cause(None, day("2026-03-05")), Some(Cause::NoDateHere));
        assert_eq!(cause(Some(at("2026-03-05 09:00")), Theirs::Nothing), Some(Cause::NoDateThere));
        assert_eq!(cause(None, Theirs::Unreadable), Some(Cause::Unreadable));
    }

    #[test]
    fn the_new_promise_and_one_that_the_law_replaced_are_told_by_name() {
        let moved = OurFile { new_due_at: Some(at("2026-03-12 17:00")), ..ours() };
        let there = TheirFile { due: Theirs::At(at("2026-03-12 17:00")), ..theirs() };
        assert_eq!(differences(&moved, &there), [(Compared::DueAt, Cause::NewPromise)]);
        let again = OurFile { due_at: Some(at("2026-03-20 17:00")), ..ours() };
        assert_eq!(differences(&again, &theirs()), [(Compared::DueAt, Cause::FirstPromise)]);
        let silent = TheirFile { tells: Tells::default(), channel: None, status: None, ..TheirFile::default() };
        assert_eq!(differences(&ours(), &silent), [], "what a file has no column for is not compared");
    }

    /// What both totals say, and that the causes of each add up to its difference.
    fn moved(totals: &Totals) -> Vec<(Total, Cause, i64)> {
        let mut found = Vec::new();
        for (total, here, there, causes) in totals.lines() {
            let by: i64 = causes.iter().map(|(_, by)| by).sum();
            assert_eq!(by, i64::try_from(there).unwrap() - i64::try_from(here).unwrap(), "{total}: {causes:?}");
            found.extend(causes.into_iter().map(|(cause, by)| (total, cause, by)));
        }
        found
    }

    fn both(ours: &OurFile, theirs: &TheirFile) -> Vec<(Total, Cause, i64)> {
        let mut totals = Totals::default();
        totals.both(ours, theirs, span());
        moved(&totals)
    }

    #[test]
    fn each_difference_of_a_total_has_the_cause_that_moves_the_file() {
        assert_eq!(both(&ours(), &theirs()), []);
        let no_date = TheirFile { due: Theirs::Nothing, ..theirs() };
        let late = OurFile { closed_at: Some(at("2026-03-09 09:00")), ..ours() };
        let resolved = Theirs::At(at("2026-03-09 09:00"));
        assert_eq!(
            both(&late, &TheirFile { resolved, ..no_date.clone() }),
            [(Total::OnTime, Cause::NoDateThere, 1), (Total::Late, Cause::NoDateThere, -1)],
            "without a date it counts as on time there"
        );
        let moved = OurFile { new_due_at: Some(at("2026-03-12 17:00")), ..late };
        let new = TheirFile { due: Theirs::At(at("2026-03-12 17:00")), resolved, ..theirs() };
        assert_eq!(both(&moved, &new), [(Total::Early, Cause::NewPromise, 1), (Total::Late, Cause::NewPromise, -1)]);
        let unfinished = TheirFile { resolved: Theirs::Nothing, ..theirs() };
        assert_eq!(
            both(&ours(), &unfinished),
            [(Total::OnTime, Cause::NoDateThere, -1), (Total::OpenOverdue, Cause::NoDateThere, 1)]
        );
        let online = TheirFile { channel: Some(Ok(Channel::Online)), ..theirs() };
        assert_eq!(
            both(&ours(), &online),
            [(Total::ReceivedOnline, Cause::Channel, 1), (Total::ReceivedCounter, Cause::Channel, -1)]
        );
        let paused = OurFile { closed_at: None, paused_since: Some(at("2026-03-03 08:00")), ..ours() };
        assert_eq!(
            both(&paused, &unfinished),
            [(Total::OpenInTime, Cause::Paused, -1), (Total::OpenOverdue, Cause::Paused, 1)]
        );
        let earlier = TheirFile { received: Theirs::At(at("2026-02-27 08:00")), ..theirs() };
        assert_eq!(
            both(&ours(), &earlier),
            [(Total::ReceivedCounter, Cause::OtherDate, -1), (Total::CarriedOver, Cause::OtherDate, 1)]
        );
        let undated = OurFile { due_at: None, first_due_at: None, ..ours() };
        assert_eq!(
            both(&undated, &no_date),
            [(Total::OnTime, Cause::NoDateThere, 1), (Total::ResolvedNoDate, Cause::NoDateThere, -1)]
        );
    }

    #[test]
    fn the_causes_add_up_whatever_the_two_sides_say() {
        let mut seed: u64 = 5;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let base = at("2026-02-20 00:00");
        for _ in 0..200 {
            let mut totals = Totals::default();
            for _ in 0..60 {
                let mut moment = |odds: u64| {
                    let at = base + chrono::Duration::hours(i64::try_from(next(1_200)).unwrap());
                    (next(odds) > 0).then_some(at)
                };
                let received_at = moment(1_000_000).unwrap_or(base);
                let ours = OurFile {
                    received_at,
                    due_at: moment(4),
                    first_due_at: moment(4),
                    new_due_at: moment(2),
                    closed_at: moment(3),
                    paused_since: moment(2),
                    ..ours()
                };
                let mut date = |ours: Option<Instant>| match next(6) {
                    0 => Theirs::Nothing,
                    1 => Theirs::Unreadable,
                    2 => Theirs::At(base + chrono::Duration::hours(i64::try_from(next(1_200)).unwrap())),
                    3 => ours.map_or(Theirs::Nothing, |at| Theirs::On(super::civil_day(at))),
                    _ => ours.map_or(Theirs::Nothing, Theirs::At),
                };
                let theirs = TheirFile {
                    received: date(Some(ours.received_at)),
                    due: date(ours.due_at),
                    resolved: date(ours.closed_at),
                    ..theirs()
                };
                match next(5) {
                    0 => totals.only_here(&ours, span()),
                    1 => totals.only_there(&theirs, span(), Cause::MissingHere),
                    2 => totals.only_there(&theirs, span(), Cause::Twice),
                    _ => totals.both(&ours, &theirs, span()),
                }
            }
            moved(&totals);
        }
    }
}
