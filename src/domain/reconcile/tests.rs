use super::differences::{cause, differences};
use super::totals::Totals;
use super::{Cause, Channel, Compared, OurFile, Span, StageName, Tells, TheirFile, Theirs, Total};
use crate::domain::time::{Instant, civil_day, parse_instant};

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
                3 => ours.map_or(Theirs::Nothing, |at| Theirs::On(civil_day(at))),
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
