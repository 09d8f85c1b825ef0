use super::{Chance, Handling, History, Life, Stretch};
use crate::domain::calendar::{SAME_DAY_CUTOFF, WorkingCalendar};
use crate::domain::dossier::StageName;
use crate::domain::interval::wilson;
use crate::domain::office_hours::OfficeHours;
use crate::domain::survival::Observed::{self, AtLeast, Exactly};
use crate::domain::time::{Instant, parse_instant};

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

fn calendar() -> WorkingCalendar {
    WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap()
}

/// Weeks of remission under 6-MP (Freireich and others, Blood 21, 1963), the example of most textbooks; a
/// patient lost after 6 weeks was open through week 6.
fn remission() -> History {
    let relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(Exactly);
    let lost = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|weeks| AtLeast(weeks + 1));
    History::of(relapsed.into_iter().chain(lost))
}

fn late(history: &History, used: u32, until: u32) -> Option<String> {
    history.estimate(used, until, 1).chance.map(|chance| chance.late.to_string())
}

#[test]
fn the_estimate_is_that_of_the_textbooks_and_conditional_ones_are_its_quotients() {
    let weeks = remission();
    // From the start: 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448.
    for (until, expected) in
        [(5, "100.00"), (6, "85.71"), (7, "80.67"), (10, "75.29"), (13, "69.01"), (22, "53.78"), (23, "44.81")]
    {
        assert_eq!(late(&weeks, 0, until).as_deref(), Some(expected), "{until}");
    }
    // After 10 weeks 13 were open, one of them lost at 11. 13: 12 at risk, 16: 11, 22: 7, 23: 6 -> 11/12 x 10/11 x 6/7 x 5/6 = 0.5952.
    assert_eq!(late(&weeks, 10, 23).as_deref(), Some("59.52"));
    let found = weeks.estimate(10, 23, 1);
    assert_eq!((found.at_risk, found.finished), (13, 4), "13, 16, 22, 23 and nine that were lost later");
    assert_eq!(late(&weeks, 10, 35).as_deref(), Some("59.52"), "the last was seen open through week 35");
    assert_eq!(weeks.estimate(10, 36, 1).chance, None, "nobody was seen longer");
}

#[test]
fn without_open_files_it_is_plain_counting() {
    let took = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
    let history = History::of(took.map(Exactly));
    for used in 0..23 {
        for until in used..23 {
            let above = |n: u32| took.iter().filter(|weeks| **weeks > n).count();
            let expected = 10_000 * above(until) / above(used);
            let found = history.estimate(used, until, 1);
            assert_eq!(found.chance.unwrap().late.hundredths(), u64::try_from(expected).unwrap(), "{used} {until}");
            assert_eq!((found.at_risk, found.finished), (above(used).try_into().unwrap(), found.at_risk));
        }
    }
}

#[test]
fn few_files_say_nothing_and_all_or_none_is_never_said_without_its_range() {
    let nineteen = History::of((1..=19).map(Exactly));
    assert_eq!(nineteen.estimate(0, 10, 20).chance, None);
    assert_eq!(nineteen.estimate(0, 10, 20).finished, 19);
    for history in [History::default(), History::of([AtLeast(5), AtLeast(90)])] {
        let found = history.estimate(0, 4, 0);
        assert_eq!((found.finished, found.chance), (0, None), "open files alone tell of no end");
    }
    let twenty = History::of(std::iter::repeat_n(Exactly(30), 20));
    let shown = |chance: Chance| [chance.late, chance.low, chance.high].map(|percent| percent.to_string());
    assert_eq!(shown(twenty.estimate(0, 60, 20).chance.unwrap()), ["0.00", "0.00", "16.12"]);
    assert_eq!(shown(twenty.estimate(0, 20, 20).chance.unwrap()), ["100.00", "83.88", "100.00"]);
}

#[test]
fn the_range_is_wilsons_and_files_lost_from_sight_make_it_wider() {
    let shown = |(low, high): (crate::domain::rates::Percent, crate::domain::rates::Percent)| {
        (low.to_string(), high.to_string())
    };
    // 10 of 20, 1 of 10, 98 of 100 as in the tables of the method.
    assert_eq!(shown(wilson(50_00, 20)), ("29.92".to_owned(), "70.08".to_owned()));
    assert_eq!(shown(wilson(10_00, 10)), ("1.78".to_owned(), "40.42".to_owned()));
    assert_eq!(shown(wilson(98_00, 100)), ("92.99".to_owned(), "99.45".to_owned()));
    let seen = History::of((1..=40).map(Exactly)).estimate(0, 20, 1).chance.unwrap();
    let lost = (1..=40).map(|n| if n % 4 == 3 { AtLeast(n) } else { Exactly(n) });
    let lost = History::of(lost).estimate(0, 20, 1).chance.unwrap();
    let width = |chance: Chance| chance.high.hundredths() - chance.low.hundredths();
    assert!(width(lost) > width(seen), "{lost:?} {seen:?}");
}

#[test]
fn chances_of_random_histories_stay_in_their_bounds_and_rise_with_what_is_gone() {
    let mut seed: u64 = 11;
    let mut next = |below: u32| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((seed >> 33) % u64::from(below)).unwrap()
    };
    let mut spoken = 0;
    for _ in 0..300 {
        let files: Vec<Observed> =
            (0..next(120)).map(|_| if next(4) == 0 { AtLeast(1 + next(300)) } else { Exactly(next(300)) }).collect();
        let history = History::of(files.iter().copied());
        let until = next(320);
        let mut before: Option<u64> = None;
        for used in (0..until).step_by(7) {
            let found = history.estimate(used, until, 5);
            let longer = |file: &&Observed| match file {
                Exactly(n) => *n > used,
                AtLeast(n) => *n > used + 1,
            };
            let at_risk = files.iter().filter(longer).count();
            assert_eq!(found.at_risk, u64::try_from(at_risk).unwrap());
            let Some(chance) = found.chance else { continue };
            spoken += 1;
            assert!(chance.low <= chance.late && chance.late <= chance.high, "{chance:?} of {found:?}");
            assert!(chance.high.hundredths() > chance.low.hundredths(), "a bare figure: {chance:?}");
            assert!(before.is_none_or(|before| before <= chance.late.hundredths()), "less likely after waiting longer");
            before = Some(chance.late.hundredths());
            let longer = history.estimate(used, until + 50, 5).chance;
            assert!(longer.is_none_or(|longer| longer.late <= chance.late), "a later date is easier to keep");
        }
    }
    assert!(spoken > 1_000, "{spoken}");
}

fn life(pauses: &[(StageName, &str, Option<&str>)], closed: Option<(&str, StageName)>) -> Life {
    Life {
        received_at: at("2026-11-16 08:00"),
        closed: closed.map(|(text, stage)| (at(text), stage)),
        due_at: Some(at("2026-11-20 17:00")),
        pauses: pauses.iter().map(|(stage, from, to)| (*stage, at(from), to.map(at))).collect(),
    }
}

fn told(life: &Life, now: &str) -> Vec<(Handling, Observed, bool)> {
    let of = |stretch: &Stretch| (stretch.handling, stretch.observed(&calendar()), stretch.runs);
    life.stretches(at(now)).iter().map(of).collect()
}

#[test]
fn a_file_tells_of_each_of_its_counts_and_of_what_the_office_worked_only() {
    const GRANTED: StageName = StageName::Granted;
    // Monday 08:00 to Tuesday 09:00: 7 h of Monday, 1.5 h of Tuesday.
    let done = life(&[], Some(("2026-11-17 09:00", GRANTED)));
    assert_eq!(told(&done, "2026-12-01 08:00"), [(Handling::First, Exactly(510), false)]);
    assert_eq!(told(&done, "2026-11-16 09:00"), [(Handling::First, AtLeast(61), true)], "it is open then");
    let withdrawn = life(&[], Some(("2026-11-17 09:00", StageName::Withdrawn)));
    assert_eq!(told(&withdrawn, "2026-12-01 08:00"), [(Handling::First, AtLeast(511), false)]);
    let asked = (StageName::AwaitingSupplement, "2026-11-16 09:00", Some("2026-11-18 08:30"));
    let again = life(&[asked], Some(("2026-11-18 10:30", GRANTED)));
    assert_eq!(
        told(&again, "2026-12-01 08:00"),
        [(Handling::First, AtLeast(61), false), (Handling::Again, Exactly(120), false)]
    );
    let paid = (StageName::AwaitingObligation, "2026-11-16 09:00", Some("2026-11-17 08:30"));
    let resumed = life(&[paid], Some(("2026-11-17 09:00", GRANTED)));
    assert_eq!(told(&resumed, "2026-12-01 08:00"), [(Handling::First, Exactly(90), false)]);
}

#[test]
fn a_clock_that_stands_still_runs_for_nobody_and_a_pause_after_the_date_stops_nothing() {
    let waits = life(&[(StageName::AwaitingSupplement, "2026-11-16 09:00", None)], None);
    assert_eq!(told(&waits, "2026-11-18 08:00"), [(Handling::First, AtLeast(61), false)]);
    let pays = life(&[(StageName::AwaitingObligation, "2026-11-16 09:00", None)], None);
    assert_eq!(told(&pays, "2026-11-18 08:00"), [(Handling::First, AtLeast(61), false)]);
    let late = life(&[(StageName::AwaitingSupplement, "2026-11-23 07:30", None)], None);
    assert_eq!(told(&late, "2026-11-23 08:30"), [(Handling::First, AtLeast(7 * 60 + 4 * 450 + 61), true)]);
}

#[test]
fn an_evenings_answer_is_later_than_one_at_the_close_of_the_day() {
    let calendar = calendar();
    let stretch = &life(&[], None).stretches(at("2026-11-16 18:30"))[0];
    let minutes = |text: &str| stretch.minutes_to(at(text), &calendar);
    assert_eq!((minutes("2026-11-16 17:00"), minutes("2026-11-16 17:00:01")), (420, 421));
    assert_eq!((minutes("2026-11-17 07:30"), minutes("2026-11-17 07:30:01")), (420, 421));
    assert_eq!(minutes("2026-11-16 11:30"), 210, "the end of the morning");
    assert_eq!(stretch.used(&calendar), 420, "nothing more has gone in the evening");
}
