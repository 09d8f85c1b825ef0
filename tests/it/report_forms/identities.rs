//! Whatever happened and whenever it is asked: the columns add up, and the lines to the summary.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use dunghen::domain::channel::{Channel, ServiceLevel};
use dunghen::domain::dossier::StageName;
use dunghen::domain::form_06a::FormCounts;
use dunghen::domain::form_07a::CentreCounts;
use dunghen::domain::summary::{Counted, Period, Summary};
use dunghen::domain::time::{day_begins, local};
use dunghen::office::report::Question;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{BOTH, Dice, form, n, online, random_history, units};
use crate::support::{App, instant};

fn adds_up(line: &Value) -> bool {
    let n = |place: &str| n(line, place);
    n("/received/total") == n("/received/online") + n("/received/counter_post") + n("/received/carried_over")
        && n("/resolved/total") == n("/resolved/early") + n("/resolved/on_time") + n("/resolved/late")
        && n("/in_progress/total") == n("/in_progress/in_time") + n("/in_progress/overdue")
        && n("/received/total") == n("/resolved/total") + n("/in_progress/total")
}

/// The numbers of a report's line by their place.
fn numbers(value: &Value, place: &str, found: &mut BTreeMap<String, u64>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                numbers(inner, &format!("{place}/{name}"), found);
            }
        }
        Value::Number(number) if place != "/no" => {
            *found.entry(place.to_owned()).or_default() += number.as_u64().unwrap();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {}
    }
}

fn sum(lines: &Value) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for line in lines.as_array().unwrap() {
        numbers(line, "", &mut found);
    }
    found
}

#[test]
fn the_identities_hold_at_any_moment_and_the_lines_add_up_to_the_summary() {
    for seed in [1, 2, 3] {
        let app = App::new();
        random_history(&app, seed);
        let mut dice = Dice(seed + 100);
        let first = instant("2026-02-23 00:00");
        let mut finished = 0;
        for _ in 0..12 {
            let from = local(first + Duration::days(i64::try_from(dice.below(25)).unwrap())).date();
            let to = from + Duration::days(i64::try_from(dice.below(30)).unwrap());
            let as_of = first + Duration::minutes(i64::try_from(dice.below(60_000)).unwrap());
            let question = Question { from, to, as_of: Some(as_of), agency: None };
            let summary = json!(app.office.summary(app.now(), &question).unwrap());
            for by in BOTH {
                let report = form(&app, &question, by);
                let lines = report["lines"].as_array().unwrap();
                assert!(lines.iter().chain([&report["total"]]).all(adds_up), "{by}: {report}");
                let (mut total, mut same) = (BTreeMap::new(), sum(&report["lines"]));
                numbers(&report["total"], "", &mut total);
                total.retain(|_, number| *number > 0);
                same.retain(|_, number| *number > 0);
                assert_eq!(total, same, "{by}");
                for (ours, theirs) in [
                    ("/received/total", &["/received/total"][..]),
                    ("/received/counter_post", &["/received/counter", "/received/post"]),
                    ("/resolved/early", &["/resolved/early"]),
                    ("/resolved/on_time", &["/resolved/on_time"]),
                    ("/resolved/late", &["/resolved/late", "/resolved/no_promise"]),
                    (
                        "/in_progress/in_time",
                        &["/in_progress/in_time", "/in_progress/paused", "/in_progress/no_promise"],
                    ),
                    ("/in_progress/overdue", &["/in_progress/overdue"]),
                ] {
                    let there = theirs.iter().map(|place| n(&summary, place)).sum::<u64>();
                    assert_eq!(n(&report["total"], ours), there, "{ours}");
                }
                finished += n(&report["total"], "/resolved/total");
            }
            more_forms_agree(&app, &question);
            let shares = ["early", "on_day", "late"].map(|part| n(&summary, &format!("/rates/{part}/of")));
            let resolved = n(&summary, "/resolved/total");
            assert_eq!(shares.iter().sum::<u64>(), resolved, "early, on the day and late are all");
            let report = units(&app, &question);
            for part in ["received", "resolved", "in_progress", "rates", "statutory"] {
                assert_eq!(report["total"][part], summary[part], "{part}");
            }
            let (mut total, mut same) = (BTreeMap::new(), sum(&report["units"]));
            numbers(&report["total"], "", &mut total);
            total.retain(|_, number| *number > 0);
            same.retain(|_, number| *number > 0);
            assert_eq!(total, same);
            online_adds_up(&online(&app, &question), &summary);
        }
        assert!(finished > 50, "a history that says something: {finished}");
    }
}

/// The forms of reasons and of 2026 say of the same files what form 06a says.
fn more_forms_agree(app: &App, question: &Question) {
    for by in BOTH {
        let total = form(app, question, by)["total"].clone();
        let reasons = json!(app.office.reasons_report(app.now(), question, by).unwrap());
        let late = n(&total, "/resolved/late") + n(&total, "/in_progress/overdue");
        assert_eq!(n(&reasons["total"], "/late/total"), late, "II.07 is the columns 10 and 13 of II.06a");
        let groups =
            ["rules", "officials", "other", "not_recorded"].map(|key| n(&reasons["total"], &format!("/reasons/{key}")));
        assert_eq!(groups.iter().sum::<u64>(), late);
        let centre = json!(app.office.form_07a(app.now(), question, by).unwrap());
        for place in ["/received/total", "/received/carried_over", "/resolved/late", "/in_progress/in_time"] {
            assert_eq!(n(&centre["total"], place), n(&total, place), "{place}");
        }
    }
}

/// Each ratio is the summary's, and its parts make the whole and the gap.
fn online_adds_up(report: &Value, summary: &Value) {
    for ratio in report["ratios"].as_array().unwrap() {
        let rate = &summary["rates"][ratio["key"].as_str().unwrap()];
        for field in ["of", "total", "percent"] {
            assert_eq!(ratio[field], rate[field], "{field} of {ratio}");
        }
        for parts in ["by_procedure", "by_field", "by_unit", "by_filer"] {
            let parts = ratio[parts].as_array().unwrap();
            for field in ["/of", "/total", "/assisted"] {
                assert_eq!(parts.iter().map(|part| n(part, field)).sum::<u64>(), n(ratio, field), "{field}");
            }
            let points = |text: &Value| text.as_str().unwrap_or("0").replace('.', "").parse::<i64>().unwrap();
            let together = parts.iter().map(|part| points(&part["points"])).sum::<i64>();
            assert_eq!(together, points(&ratio["gap_points"]), "{ratio}");
        }
    }
    let summary_target = &summary["online_target"];
    let measured =
        report["ratios"].as_array().unwrap().iter().find(|ratio| ratio["key"] == report["target"]["measure"]);
    assert_eq!(&measured.unwrap()["target"], summary_target);
}

prop_compose! {
    /// A file of March or the days before it, in minutes since 20 February.
    fn files()(
        received in 0..57_600_i64,
        closed in prop::option::of(0..60_000_i64),
        due in prop::option::of(0..60_000_i64),
        paused in prop::option::of(0..60_000_i64),
        channel in prop::sample::select(Channel::ALL),
        group in 0..4_usize,
        result in any::<bool>(),
        service_level in prop::sample::select(ServiceLevel::ALL),
        (fee_due, paid_online, apologised, cross_boundary) in any::<(bool, bool, bool, bool)>(),
    ) -> (usize, Counted) {
        let at = |minutes: i64| instant("2026-02-20 00:00") + Duration::minutes(minutes);
        let closed_at = closed.map(|after| at(received + after));
        let stage = match (closed_at, result) {
            (None, _) => StageName::Processing,
            (Some(_), true) => StageName::Granted,
            (Some(_), false) => StageName::Withdrawn,
        };
        (group, Counted {
            dossier_id: String::new(),
            procedure_id: String::new(),
            unit_id: None,
            channel,
            service_level,
            stage,
            received_at: at(received),
            closed_at,
            due_at: due.map(|after| at(received + after)),
            statutory_due_at: None,
            new_due_at: None,
            paused_since: paused.map(|after| at(received + after)),
            apologised_at: apologised.then(|| at(received)),
            paper_supplement: false,
            presence_required: false,
            fee_due,
            paid_online,
            cross_boundary,
            e_result: result,
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_column_of_the_form_adds_up_whatever_happened_and_however_it_is_grouped(
        all in prop::collection::vec(files(), 0..40),
        from in 0..30_i64,
        length in 0..30_i64,
        seen in 0..90_000_i64,
    ) {
        let from: NaiveDate = "2026-02-20".parse::<NaiveDate>().unwrap() + Duration::days(from);
        let to = from + Duration::days(length);
        let cut = (instant("2026-02-20 00:00") + Duration::minutes(seen)).min(day_begins(to + Duration::days(1)));
        let period = Period { from, to, begins: day_begins(from), cut, known: cut };
        let counted = |file: &&Counted| file.received_at < cut && file.closed_at.is_none_or(|at| at >= period.begins);
        let files = all.iter().map(|(_, file)| file).filter(counted);
        let whole = FormCounts::of(&Summary::of(files, &period));
        prop_assert!(whole.adds_up(), "{whole:?}");
        let summary = Summary::of(all.iter().map(|(_, file)| file).filter(counted), &period);
        prop_assert!(summary.is_consistent(), "{summary:?}");
        let centre = CentreCounts::of(&summary);
        prop_assert!(centre.adds_up(), "{centre:?}");
        let mut sum = FormCounts::default();
        for group in 0..4 {
            let files = all.iter().filter(|(of, _)| *of == group).map(|(_, file)| file).filter(counted);
            let line = FormCounts::of(&Summary::of(files, &period));
            prop_assert!(line.adds_up(), "{line:?}");
            sum = sum.plus(&line);
        }
        prop_assert_eq!(sum, whole);
        let with_date = |file: &&Counted| counted(file) && file.due_at.is_some();
        let dated = Summary::of(all.iter().map(|(_, file)| file).filter(with_date), &period);
        let dated = FormCounts::of(&dated).resolved;
        prop_assert_eq!((whole.resolved.early, whole.resolved.on_time), (dated.early, dated.on_time));
    }
}
