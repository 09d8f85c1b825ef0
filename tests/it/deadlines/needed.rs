//! What was needed is the inverse of the engine: n keeps the limit, one less does not.

use chrono::TimeDelta;
use dunghen::domain::{
    deadline::due_at,
    limit::{Limit, LimitUnit},
    needed::{Start, least, needed},
    time::instant,
};
use proptest::prelude::*;

use super::oracle::{questions, worlds};

/// The limit that `n` of a unit stands for; same-day matters are measured in working days.
fn limit_of(n: u32, unit: LimitUnit) -> Limit {
    match (unit, n) {
        (LimitUnit::SameDay, 0) => Limit::SAME_DAY,
        (LimitUnit::SameDay, n) => Limit::new(n, LimitUnit::WorkingDay).unwrap(),
        (unit, n) => Limit::new(n, unit).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.div_ceil(4),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_was_needed_is_kept_and_one_less_is_not(
        world in worlds(),
        asked in prop::collection::vec((questions(), 0..200_000_i64, 0..4_u8), 60),
    ) {
        let calendar = world.calendar();
        for (question, minutes, exact) in asked {
            let received = instant(question.received);
            let restarted_at = question.restarted.map(instant);
            let pauses = question.pauses();
            let from = restarted_at.unwrap_or(received);
            // Three in four are answered at the due moment itself, or a second beside it.
            let due = question.ask(&calendar).unwrap();
            let at = match exact {
                0 => due,
                1 => due + TimeDelta::seconds(1),
                2 => due - TimeDelta::seconds(1),
                _ => from + TimeDelta::minutes(minutes),
            };
            let start = Start { received_at: received, restarted_at, pauses };
            for unit in LimitUnit::ALL {
                let n = needed(&start, *unit, at, &calendar).unwrap();
                let due = |n| due_at(received, restarted_at, &limit_of(n, *unit), &start.pauses, &calendar).unwrap();
                prop_assert!(at <= due(n), "{unit} {n} of {question:?} at {at}");
                prop_assert!(n == least(*unit) || due(n - 1) < at, "{unit} {n} of {question:?} at {at}");
            }
        }
    }

    #[test]
    fn to_wait_longer_never_needs_less(
        world in worlds(),
        asked in prop::collection::vec((questions(), 0..100_000_i64, 0..5_000_i64), 60),
    ) {
        let calendar = world.calendar();
        for (question, minutes, more) in asked {
            let received = instant(question.received);
            let start = Start { received_at: received, restarted_at: question.restarted.map(instant), pauses: question.pauses() };
            let at = received + TimeDelta::minutes(minutes);
            for unit in LimitUnit::ALL {
                let of = |at| needed(&start, *unit, at, &calendar).unwrap();
                prop_assert!(of(at) <= of(at + TimeDelta::minutes(more)));
            }
        }
    }
}
