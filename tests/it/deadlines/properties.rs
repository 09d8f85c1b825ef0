//! What must hold for any calendar, any office hours and any dossier.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Days, NaiveDate, TimeDelta};
use dunghen::domain::{
    calendar::{DayKind, WorkingCalendar},
    deadline::{due, due_at},
    ledger::{Language, Ledger, SpanKind},
    limit::{Limit, LimitUnit},
    pause::Pause,
    time::{civil_day, instant, parse_instant, rfc3339},
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{
    day,
    oracle::{Question, Walker, limits, minute_between, questions, worlds},
};

/// What the ledger must say for the limit to be kept to the letter.
fn counted_by(ledger: &Ledger) -> u64 {
    let spans = ledger.spans.iter().filter(|span| span.kind.is_counted());
    let days = |from: NaiveDate, to: NaiveDate| u64::try_from((to - from).num_days() + 1).unwrap();
    let amount = |kind: &SpanKind| {
        if let SpanKind::OfficeTime(seconds) | SpanKind::ClockTime(seconds) = kind { u64::from(*seconds) } else { 1 }
    };
    spans.map(|span| days(span.from, span.to) * amount(&span.kind)).sum()
}

/// What the counter that walks is asked in one run; `PROPTEST_CASES` scales it.
const QUESTIONS: u32 = 100_000;
/// Few worlds with many questions each, because a calendar takes longer to build than to ask.
const QUESTIONS_A_WORLD: u32 = 500;

fn scaled(count: u32) -> u32 {
    let (cases, usual) = (ProptestConfig::default().cases, 256);
    (count * cases).div_ceil(usual).max(1)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn worlds_to_try() -> u32 {
    scaled(64)
}

#[test]
fn the_day_table_agrees_with_a_counter_that_walks_on_100_000_questions() {
    let threads = u32::try_from(std::thread::available_parallelism().unwrap().get()).unwrap();
    let worlds_a_thread = scaled(QUESTIONS / QUESTIONS_A_WORLD).div_ceil(threads);
    let asked = AtomicU32::new(0);
    let questions = || prop::collection::vec(questions(), usize::try_from(QUESTIONS_A_WORLD).unwrap());
    let ask = || {
        TestRunner::new(config(worlds_a_thread)).run(&(worlds(), questions()), |(world, questions)| {
            let (calendar, walker) = (world.calendar(), Walker::new(&world));
            for question in &questions {
                agree(question, &calendar, &walker)?;
                asked.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        })
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(ask)).collect();
        for thread in running {
            thread.join().unwrap().unwrap_or_else(|error| panic!("{error}"));
        }
    });
    let asked = asked.into_inner();
    assert!(asked >= scaled(QUESTIONS), "only {asked} questions were asked");
}

/// The engine's date is the walker's, and its account is of that date.
fn agree(question: &Question, calendar: &WorkingCalendar, walker: &Walker) -> Result<(), TestCaseError> {
    let naive = instant(walker.due(question));
    let (received, restarted) = (instant(question.received), question.restarted.map(instant));
    let promise = due(received, restarted, &question.limit, &question.pauses(), calendar).unwrap();
    prop_assert_eq!(promise.due_at, naive, "{:?}", question);
    prop_assert_eq!(question.ask(calendar), Ok(promise.due_at));
    prop_assert!(promise.due_at > received);

    let ledger = &promise.ledger;
    prop_assert_eq!(&ledger.replay(calendar).unwrap(), &promise, "replaying gives the promise");
    let stored = serde_json::to_string(ledger).unwrap();
    prop_assert_eq!(&serde_json::from_str::<Ledger>(&stored).unwrap(), ledger);

    let days: Vec<_> = ledger.days(Language::Vietnamese).map(|day| day.date).collect();
    let span = question.received.date().iter_days().take_while(|date| *date <= civil_day(promise.due_at));
    prop_assert_eq!(days, span.collect::<Vec<_>>(), "each day once, in order");
    let n = u64::from(question.limit.value());
    let wanted = match question.limit.unit() {
        LimitUnit::WorkingDay | LimitUnit::CalendarDay => Some(n),
        LimitUnit::SameDay => Some(1),
        LimitUnit::WorkingHour | LimitUnit::Hour => Some(n * 3600),
        LimitUnit::Month => None,
    };
    if let Some(wanted) = wanted {
        prop_assert_eq!(counted_by(ledger), wanted, "{:?}", ledger);
    }
    Ok(())
}

/// Any limit there may be, the longest too.
fn any_limit() -> impl Strategy<Value = Limit> {
    let unit = prop::sample::select(LimitUnit::ALL.to_vec());
    (unit, 1..=u32::MAX).prop_map(|(unit, n)| Limit::new(1 + n % unit.most(), unit).unwrap())
}

proptest! {
    #![proptest_config(config(worlds_to_try()))]

    #[test]
    fn dates_given_in_bulk_are_those_given_one_by_one(
        world in worlds(),
        limits in prop::collection::vec(prop_oneof![limits(), any_limit()], 8),
        // Also before the calendar begins, after its last day, and where time itself ends.
        received in prop::collection::vec(prop_oneof![
            1_735_600_000..1_800_000_000_i64, 500_000_000..4_500_000_000_i64, any::<i64>(),
            Just(i64::MIN), Just(i64::MAX),
        ], 20),
    ) {
        let calendar = world.calendar();
        let first = instant(calendar.first_day().unwrap().and_hms_opt(0, 0, 0).unwrap()).timestamp();
        let received: Vec<_> = received.into_iter().chain([first - 1, first]).collect();
        for limit in limits {
            let one_by_one = received.iter().map(|at| {
                let received = DateTime::from_timestamp(*at, 0)?;
                let promise = due(received, None, &limit, &[], &calendar);
                assert_eq!(due_at(received, None, &limit, &[], &calendar), promise.clone().map(|it| it.due_at));
                promise.ok().map(|promise| promise.due_at.timestamp())
            });
            let schedule = calendar.schedule(limit);
            let mut bulk = vec![Some(0)];
            schedule.due_each(&received, &mut bulk);
            prop_assert_eq!(&bulk, &one_by_one.collect::<Vec<_>>(), "{} {:?}", limit, received);
            prop_assert_eq!(&bulk, &received.iter().map(|at| schedule.due(*at)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_later_receipt_never_gives_an_earlier_date(
        world in worlds(),
        received in prop::collection::vec((minute_between("2025-01-01", 500), 0..10_000_i64), 80),
        limit in limits(),
    ) {
        let calendar = world.calendar();
        for (received, later) in received {
            let ask = |at| due_at(instant(at), None, &limit, &[], &calendar).unwrap();
            prop_assert!(ask(received) <= ask(received + TimeDelta::minutes(later)));
        }
    }

    #[test]
    fn adding_a_holiday_never_gives_an_earlier_date(
        world in worlds(),
        holiday in 0..700_u64,
        questions in prop::collection::vec(questions(), 80),
    ) {
        let mut more = world.clone();
        more.days.insert(day("2025-01-01") + Days::new(holiday), DayKind::Holiday);
        let (before, after) = (world.calendar(), more.calendar());
        for question in questions {
            prop_assert!(question.ask(&before).unwrap() <= question.ask(&after).unwrap(), "{:?}", question);
        }
    }

    #[test]
    fn a_pause_moves_a_working_day_deadline_by_the_working_days_in_it(
        world in worlds(),
        received in minute_between("2025-01-01", 400),
        n in 1..60_u32,
        pauses in prop::collection::vec((0..60_u64, 0..40_u64), 80),
    ) {
        let calendar = world.calendar();
        let limit = Limit::new(n, LimitUnit::WorkingDay).unwrap();
        let plain = civil_day(due_at(instant(received), None, &limit, &[], &calendar).unwrap());
        for (after, length) in pauses {
            let from = received + Days::new(after);
            let to = from + Days::new(length);
            let pause = Pause { from: instant(from), to: instant(to) };
            let moved = civil_day(due_at(instant(received), None, &limit, &[pause], &calendar).unwrap());
            let taken = if from.date() < plain { calendar.working_days_between(from.date(), to.date()) } else { 0 };
            prop_assert_eq!(Some(moved), calendar.nth_working_day_after(plain, taken));
        }
    }

    #[test]
    fn splitting_a_pause_changes_nothing(
        world in worlds(),
        questions in prop::collection::vec((questions(), 0..=100_i32), 80),
    ) {
        let calendar = world.calendar();
        for (question, percent) in questions {
            let mut split = question.clone();
            split.pauses = question.pauses.iter().flat_map(|(from, to)| {
                let at = *from + TimeDelta::minutes((*to - *from).num_minutes() * i64::from(percent) / 100);
                [(at, *to), (*from, at)]
            }).collect();
            prop_assert_eq!(question.ask(&calendar), split.ask(&calendar), "{:?}", question);
        }
    }

    #[test]
    fn office_time_added_is_office_time_between(
        world in worlds(),
        asked in prop::collection::vec((minute_between("2025-01-01", 500), 1..500_000_i64), 80),
    ) {
        let calendar = world.calendar();
        for (from, seconds) in asked {
            let from = instant(from);
            let to = calendar.add_office_seconds(from, seconds).unwrap();
            prop_assert_eq!(calendar.office_seconds_between(from, to), seconds);
            let opening = calendar.next_opening(to).unwrap();
            prop_assert!(to <= opening && calendar.is_open_at(opening));
            prop_assert_eq!(calendar.office_seconds_between(to, opening), 0);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_and_what_is_read_is_written_back(text in ".{0,40}", seconds in 0..4_000_000_000_i64) {
        let _ = parse_instant(&text);
        let _ = text.parse::<Limit>();
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        prop_assert_eq!(parse_instant(&rfc3339(at)), Some(at));
        prop_assert_eq!(parse_instant(&at.to_rfc3339()), Some(at));
    }
}
