//! The manager's figures: computed once, kept, and never other than the report says.

use dunghen::domain::dossier::Step;
use dunghen::domain::rates::Rate;
use dunghen::office::figures::Figures;
use dunghen::office::report::{Narrow, Question, RateFigure};

use crate::support::{App, LAND, SAME_DAY, THREE_DAYS};

fn refresh(app: &App) -> (Figures, u32) {
    let report = app.office.refresh_figures(app.now(), &|_, _| {}).unwrap();
    (app.office.figures().unwrap().unwrap(), report.months_counted)
}

fn same(rate: Rate, figure: &RateFigure, what: &str) {
    assert_eq!((rate.of, rate.total), (figure.of, figure.total), "{what}");
}

/// Two months with on-time, late, waiting and open files of several procedures.
fn live(app: &App) {
    app.at("2026-02-03 08:00");
    for procedure in [THREE_DAYS, THREE_DAYS, SAME_DAY, LAND] {
        app.log(procedure, "online").done();
    }
    let quick = app.log(THREE_DAYS, "counter").done();
    app.at("2026-02-04 09:00");
    app.resolve(&quick.code);
    app.at("2026-03-02 08:00");
    let waits = app.log(THREE_DAYS, "post").done();
    let done = app.log(SAME_DAY, "online").done();
    app.at("2026-03-02 10:00");
    app.resolve(&done.code);
    app.step(&waits.code, &Step::RequestSupplement { note: "bản sao".to_owned() });
    app.at("2026-03-10 08:00");
}

#[test]
fn every_month_of_the_trend_is_what_the_report_says_of_it() {
    let app = App::new();
    live(&app);
    let (figures, counted) = refresh(&app);
    assert_eq!((figures.months.len(), counted), (13, 12));
    for month in &figures.months {
        let next = month.first.checked_add_months(chrono::Months::new(1)).unwrap();
        let question = Question {
            from: month.first,
            to: next.pred_opt().unwrap(),
            as_of: Some(figures.as_of),
            ..Question::default()
        };
        let report = app.office.summary(app.now(), &question).unwrap();
        same(month.on_time, &report.rates.on_time, "on time");
        same(month.online, report.measured(), "online");
    }
    let last = figures.months.last().unwrap();
    assert!(last.on_time.total > 0 && last.on_time.of < last.on_time.total, "something is late: {last:?}");
}

#[test]
fn the_groups_add_up_to_the_whole_and_each_is_its_list() {
    let app = App::new();
    live(&app);
    let (figures, _) = refresh(&app);
    let whole = figures.months.last().unwrap();
    for groups in [&figures.procedures, &figures.units] {
        assert_eq!(groups.iter().map(|group| group.on_time.total).sum::<u64>(), whole.on_time.total);
        assert_eq!(groups.iter().map(|group| group.online.of).sum::<u64>(), whole.online.of);
    }
    let length = |bucket: &str, narrow: &Narrow<'_>| {
        let bucket = bucket.parse().unwrap();
        let found = app.office.behind_of(app.now(), &figures.question(), bucket, narrow).unwrap();
        u64::try_from(found.len()).unwrap()
    };
    for group in &figures.procedures {
        let narrow = Narrow { procedure: Some(&group.code), ..Narrow::default() };
        assert_eq!(length("on_time_base", &narrow), group.on_time.total, "{}", group.code);
        assert_eq!(length("on_time_missed", &narrow), group.on_time.total - group.on_time.of, "{}", group.code);
        assert_eq!(length("not_entirely_online", &narrow), group.online.total - group.online.of, "{}", group.code);
    }
    for group in &figures.units {
        let narrow = Narrow { unit: Some(&group.code), ..Narrow::default() };
        assert_eq!(length("on_time_missed", &narrow), group.on_time.total - group.on_time.of, "{}", group.code);
    }
}

#[test]
fn a_closed_month_is_counted_once_and_again_only_when_its_past_has_grown() {
    let app = App::new();
    live(&app);
    assert_eq!(refresh(&app).1, 12);
    app.log(THREE_DAYS, "online").done();
    assert_eq!(refresh(&app).1, 0, "what happens today touches no closed month");
    let before = refresh(&app).0;
    // A file that came in in January is only written down now: January and February change.
    app.log(SAME_DAY, "counter").received_at("2026-01-15 09:00:00").done();
    let (after, counted) = refresh(&app);
    assert_eq!(counted, 2);
    let of = |figures: &Figures, month: &str| {
        let first = month.parse().unwrap();
        figures.months.iter().find(|month| month.first == first).unwrap().on_time
    };
    assert_eq!(of(&before, "2026-01-01").total + 1, of(&after, "2026-01-01").total, "it is overdue by then");
    assert_eq!(of(&before, "2025-12-01"), of(&after, "2025-12-01"));
    app.at("2026-04-01 00:00:30");
    let (april, counted) = refresh(&app);
    assert_eq!(counted, 1, "March is closed now");
    assert_eq!(april.from.to_string(), "2026-04-01");
}

#[test]
fn what_an_older_program_kept_is_computed_anew() {
    let app = App::new();
    live(&app);
    let (figures, _) = refresh(&app);
    app.sql("UPDATE settings_kept SET value = '{\"shape\":\"older\"}' WHERE name LIKE 'figures%'");
    assert_eq!(app.office.figures().unwrap(), None);
    let (again, counted) = refresh(&app);
    assert_eq!(counted, 12);
    assert_eq!(again.months, figures.months);
}
