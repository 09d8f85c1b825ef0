//! Two limits for one file: the promise is by the shorter, lateness is told against both.

use std::io::Cursor;

use dunghen::domain::channel::Channel;
use dunghen::domain::dossier::Step;
use dunghen::domain::limit::LimitKind;
use dunghen::domain::summary::Bucket;
use dunghen::domain::time::{Instant, rfc3339};
use dunghen::domain::timeliness::Timeliness;
use dunghen::office::Actor;
use dunghen::office::import::{Mapping, Run};
use dunghen::office::look::{Lateness, law_date, law_verdict, verdict};
use dunghen::office::report::Question;
use dunghen::store::dossiers::DossierRow;
use dunghen::store::promises::PromiseKind;

use crate::support::{App, Given, LAND, NO_LIMIT, SAME_DAY, THREE_DAYS, commitment, instant, statutory};

fn day(at: Option<Instant>) -> Option<String> {
    at.map(|at| rfc3339(at)[..16].to_owned())
}

/// The promise and the date of the law.
fn dates(row: &DossierRow) -> (Option<String>, Option<String>) {
    (day(row.due_at), day(law_date(row)))
}

fn both(promise: &str, law: &str) -> (Option<String>, Option<String>) {
    (Some(promise.to_owned()), Some(law.to_owned()))
}

fn sound(app: &App) {
    let report = app.office.verify(&mut |_| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
}

/// 5 working days by law, 3 by commitment, received Monday 2 March 08:00: promised Thursday, law Monday.
fn committed() -> (App, DossierRow) {
    let app = App::new();
    app.limits(THREE_DAYS, &[statutory("5 working_day"), commitment("3 working_day")]);
    let row = app.log(THREE_DAYS, "online").done();
    assert_eq!(dates(&row), both("2026-03-05T17:00", "2026-03-09T17:00"));
    (app, row)
}

#[test]
fn the_limit_that_ends_earlier_makes_the_promise_whatever_the_units() {
    let app = App::new();
    app.limits(THREE_DAYS, &[statutory("10 calendar_day"), commitment("7 working_day")]);
    let monday = app.log(THREE_DAYS, "online").done();
    assert_eq!(dates(&monday), both("2026-03-11T17:00", "2026-03-12T17:00"));
    let promise = app.whole(&monday.code).promises.remove(0);
    assert_eq!(promise.limit_value.zip(promise.limit_unit).unwrap().0, 7);
    assert!(promise.statutory_ledger.contains("10 calendar_day"), "{}", promise.statutory_ledger);
    assert!(promise.basis.contains("; commitment 7 working_day: Quyết định thử"), "{}", promise.basis);
    // From a Friday the ten days of the law end first: the commitment promises nothing better.
    app.at("2026-03-06 08:00");
    let friday = app.log(THREE_DAYS, "online").done();
    assert_eq!(dates(&friday), both("2026-03-16T17:00", "2026-03-16T17:00"));
    let promise = app.whole(&friday.code).promises.remove(0);
    assert_eq!((promise.limit_value, promise.statutory_ledger.as_str()), (Some(10), ""));
    sound(&app);
}

#[test]
fn a_commitment_that_ends_on_the_same_day_changes_nothing() {
    let app = App::new();
    app.limits(THREE_DAYS, &[statutory("2 calendar_day"), commitment("2 working_day")]);
    let row = app.log(THREE_DAYS, "online").done();
    assert_eq!(dates(&row), both("2026-03-04T17:00", "2026-03-04T17:00"));
    assert!(app.whole(&row.code).promises[0].ledger.contains("2 calendar_day"));
    sound(&app);
}

#[test]
fn a_commitment_for_one_channel_leaves_the_others_with_the_law() {
    let app = App::new();
    let online: Given = (LimitKind::Commitment, Some(Channel::Online), "2 working_day");
    let post: Given = (LimitKind::Statutory, Some(Channel::Post), "8 working_day");
    app.limits(THREE_DAYS, &[statutory("5 working_day"), post, online]);
    let of = |channel| dates(&app.log(THREE_DAYS, channel).done());
    assert_eq!(of("online"), both("2026-03-04T17:00", "2026-03-09T17:00"));
    assert_eq!(of("counter"), both("2026-03-09T17:00", "2026-03-09T17:00"));
    assert_eq!(of("post"), both("2026-03-12T17:00", "2026-03-12T17:00"));
    sound(&app);
}

#[test]
fn a_commitment_without_the_laws_number_promises_but_says_nothing_of_the_law() {
    let app = App::new();
    app.limits(NO_LIMIT, &[commitment("3 working_day")]);
    let row = app.log(NO_LIMIT, "online").done();
    assert_eq!((day(row.due_at).as_deref(), law_date(&row)), (Some("2026-03-05T17:00"), None));
    app.at("2026-03-06 08:00");
    let row = app.resolve(&row.code);
    assert_eq!((verdict(&row, app.now()), law_verdict(&row, app.now())), (Timeliness::Late, None));
    sound(&app);
}

#[test]
fn a_supplement_and_an_obligation_move_both_dates() {
    let (app, row) = committed();
    app.at("2026-03-03 09:00");
    app.step(&row.code, &Step::RequestSupplement { note: "giấy khai sinh".to_owned() });
    app.at("2026-03-10 09:00");
    let row = app.step(&row.code, &Step::ReceiveSupplement);
    assert_eq!(dates(&row), both("2026-03-13T17:00", "2026-03-17T17:00"), "counted afresh from the tenth");
    app.at("2026-03-11 09:00");
    app.step(&row.code, &Step::RequestObligation { note: "lệ phí".to_owned() });
    app.at("2026-03-12 09:00");
    let row = app.step(&row.code, &Step::MeetObligation);
    assert_eq!(dates(&row), both("2026-03-16T17:00", "2026-03-18T17:00"), "a day later, both");
    let promises = app.whole(&row.code).promises;
    assert_eq!(
        promises.iter().map(|promise| promise.kind).collect::<Vec<_>>(),
        [PromiseKind::Initial, PromiseKind::Restarted, PromiseKind::Resumed]
    );
    assert!(promises.iter().all(|promise| promise.statutory_ledger.contains("5 working_day")));
    sound(&app);
}

#[test]
fn a_broken_commitment_stays_broken_while_the_law_moves_on_by_a_pause() {
    let (app, row) = committed();
    app.at("2026-03-06 09:00");
    app.sweep();
    app.dispatch();
    let before = app.mails().len();
    app.step(&row.code, &Step::RequestSupplement { note: "giấy khai sinh".to_owned() });
    let waiting = app.row(&row.code);
    assert_eq!(verdict(&waiting, app.now()), Timeliness::Overdue);
    assert_eq!(law_verdict(&waiting, app.now()), Some(Timeliness::Paused));
    app.at("2026-03-16 09:00");
    let question = Question {
        from: "2026-03-01".parse().unwrap(),
        to: "2026-03-31".parse().unwrap(),
        as_of: Some(instant("2026-03-12 08:00")),
        agency: None,
    };
    let asked = || serde_json::to_value(app.office.summary(app.now(), &question).unwrap()).unwrap();
    let told = asked();
    assert_eq!((&told["in_progress"]["overdue"], &told["statutory"]["late"]), (&1.into(), &0.into()));
    let row = app.step(&row.code, &Step::ReceiveSupplement);
    assert_eq!(dates(&row), both("2026-03-05T17:00", "2026-03-23T17:00"), "the promise stays, the law counts afresh");
    assert_eq!(row.promise_number, 1);
    app.at("2026-03-17 09:00");
    app.step(&row.code, &Step::RequestObligation { note: "lệ phí".to_owned() });
    app.at("2026-03-18 09:00");
    let row = app.step(&row.code, &Step::MeetObligation);
    assert_eq!(
        dates(&row),
        both("2026-03-05T17:00", "2026-03-24T17:00"),
        "counted from the supplement, less the pause"
    );
    app.sweep();
    app.dispatch();
    let new: Vec<String> = app.mails()[before..].iter().map(|mail| mail.kind.clone()).collect();
    assert!(!new.iter().any(|kind| kind == "overdue" || kind == "apology"), "nobody hears of it twice: {new:?}");
    let row = app.resolve(&row.code);
    assert_eq!(verdict(&row, app.now()), Timeliness::Late);
    assert_eq!(law_verdict(&row, app.now()), Some(Timeliness::Early));
    assert_eq!(asked(), told, "the past is answered as before");
    sound(&app);
}

#[test]
fn a_file_late_by_the_law_before_a_pause_stays_late_by_both() {
    let (app, row) = committed();
    app.at("2026-03-10 09:00");
    app.step(&row.code, &Step::RequestSupplement { note: "giấy khai sinh".to_owned() });
    app.at("2026-03-16 09:00");
    let row = app.step(&row.code, &Step::ReceiveSupplement);
    assert_eq!(dates(&row), both("2026-03-05T17:00", "2026-03-09T17:00"));
    assert_eq!(app.whole(&row.code).promises.len(), 1);
    let row = app.resolve(&row.code);
    assert_eq!(law_verdict(&row, app.now()), Some(Timeliness::Late));
}

/// Logged by another system on Monday 2 March with its own promise.
fn imported(app: &App, procedure: &str, due_at: &str) -> DossierRow {
    let text = format!(
        "code,procedure_code,applicant_name,channel,received_at,due_at\n\
         X-1,{procedure},Nguyễn Văn An,online,2026-03-02 08:00,{due_at}\n"
    );
    let file = Cursor::new(text.into_bytes());
    let report =
        app.office.import_dossiers(app.now(), &Actor::CommandLine, file, &Mapping::native(), Run::Real, &mut |_| {});
    assert_eq!(report.unwrap().imported, 1);
    app.row("X-1")
}

#[test]
fn a_promise_of_another_system_is_never_held_to_be_later_than_the_law_by_our_count_alone() {
    let app = App::new();
    app.at("2026-03-02 09:00");
    let row = imported(&app, THREE_DAYS, "2026-03-11 17:00");
    assert_eq!(dates(&row), both("2026-03-11T17:00", "2026-03-11T17:00"), "ours would be the fifth");
    app.at("2026-03-09 08:00");
    assert_eq!(law_verdict(&row, app.now()), Some(Timeliness::Running));
    // An earlier end of the count does not take days back that were promised.
    app.at("2026-03-03 09:00");
    app.step("X-1", &Step::RequestSupplement { note: "sao y".to_owned() });
    app.at("2026-03-04 09:00");
    let row = app.step("X-1", &Step::ReceiveSupplement);
    assert_eq!(dates(&row), both("2026-03-11T17:00", "2026-03-11T17:00"));
    sound(&app);
}

#[test]
fn a_promise_of_another_system_shorter_than_the_law_is_broken_before_the_law_is() {
    let app = App::new();
    app.at("2026-03-02 09:00");
    let row = imported(&app, THREE_DAYS, "2026-03-04 17:00");
    assert_eq!(dates(&row), both("2026-03-04T17:00", "2026-03-05T17:00"));
    app.at("2026-03-05 08:00");
    assert_eq!(verdict(&row, app.now()), Timeliness::Overdue);
    assert_eq!(law_verdict(&row, app.now()), Some(Timeliness::Running));
    sound(&app);
}

#[test]
fn a_promise_of_another_system_without_a_limit_of_ours_has_no_date_of_the_law() {
    let app = App::new();
    app.at("2026-03-02 09:00");
    let row = imported(&app, NO_LIMIT, "2026-03-04 17:00");
    assert_eq!(law_date(&row), None);
}

#[test]
fn days_late_are_counted_against_each_date() {
    let (app, row) = committed();
    let late = |at: &str| {
        let late = Lateness::of(
            &app.row(&row.code),
            instant(at),
            &app.office.store().read(|conn| app.office.rules(conn)).unwrap().calendar,
        );
        (late.promise, late.law)
    };
    assert_eq!(late("2026-03-05 17:00"), (None, None));
    assert_eq!(late("2026-03-05 17:01"), (Some(0), None), "later on the day itself");
    assert_eq!(late("2026-03-09 17:00"), (Some(2), None));
    assert_eq!(late("2026-03-10 08:00"), (Some(3), Some(1)));
    app.at("2026-03-10 08:00");
    app.resolve(&row.code);
    assert_eq!(late("2026-06-01 08:00"), (Some(3), Some(1)), "closed: no day more");
}

#[test]
fn the_report_judges_by_both_and_each_number_has_its_list() {
    let (app, first) = committed();
    let second = app.log(THREE_DAYS, "online").done();
    app.log(THREE_DAYS, "counter").done();
    app.log(NO_LIMIT, "counter").done();
    let early = app.log(THREE_DAYS, "post").done();
    app.at("2026-03-04 09:00");
    app.resolve(&early.code);
    app.at("2026-03-06 09:00");
    app.resolve(&first.code);
    app.at("2026-03-10 09:00");
    app.resolve(&second.code);
    app.advance_days(1);
    let question =
        Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), as_of: None, agency: None };
    let report = app.office.summary(app.now(), &question).unwrap();
    assert_eq!((report.rates.on_time.of, report.rates.on_time.total), (1, 4), "by the promise");
    assert_eq!((report.statutory.on_time_rate.of, report.statutory.on_time_rate.total), (2, 4), "by the law");
    assert_eq!(report.statutory.on_time_rate.percent.as_deref(), Some("50.00"));
    assert_eq!(report.statutory.late, 2);
    for (bucket, number) in [(Bucket::StatutoryMet, 2), (Bucket::StatutoryBase, 4), (Bucket::StatutoryLate, 2)] {
        assert_eq!(app.office.behind(app.now(), &question, bucket).unwrap().len(), number, "{bucket}");
    }
    // Before the law's date had passed, seen from today.
    let then = Question { as_of: Some(instant("2026-03-09 08:00")), ..question };
    let report = app.office.summary(app.now(), &then).unwrap();
    assert_eq!((report.statutory.late, report.in_progress.overdue), (0, 2));
}

#[test]
fn a_mountain_commune_adds_its_days_to_land_procedures_and_says_why() {
    let app = App::with("agency.areas = [\"mountain\"]");
    let row = app.log(LAND, "counter").done();
    let promise = app.whole(&row.code).promises.remove(0);
    assert_eq!(promise.limit_value, Some(30), "20 and 10, in the procedure's own unit");
    assert_eq!(day(row.due_at).as_deref(), Some("2026-04-13T17:00"));
    for part in ["20 working_day + 10: ", "miền núi", "; unconfirmed"] {
        assert!(promise.basis.contains(part), "{part}: {}", promise.basis);
    }
    assert!(promise.ledger.contains("30 working_day"));
    // Calendar days stay calendar days; other sectors and shorter units have none.
    let calendar = app.log("1.013949", "online").done();
    assert_eq!(day(calendar.due_at).as_deref(), Some("2026-03-27T17:00"));
    assert_eq!(day(app.log(THREE_DAYS, "online").done().due_at).as_deref(), Some("2026-03-05T17:00"));
    assert_eq!(day(app.log(SAME_DAY, "online").done().due_at).as_deref(), Some("2026-03-02T17:00"));
    // The rule begins with a day: a file received before keeps the shorter limit.
    let before = app.log(LAND, "counter").received_at("2025-06-30 08:00").done();
    let since = app.log(LAND, "counter").received_at("2025-07-01 08:00").done();
    let limit = |row: &DossierRow| app.whole(&row.code).promises[0].limit_value;
    assert_eq!((limit(&before), limit(&since)), (Some(20), Some(30)));
    sound(&app);
}

#[test]
fn without_the_area_a_land_procedure_has_the_plain_limit() {
    let app = App::new();
    let row = app.log(LAND, "counter").done();
    let promise = app.whole(&row.code).promises.remove(0);
    assert_eq!(promise.limit_value, Some(20));
    assert!(!promise.basis.contains("miền núi"), "{}", promise.basis);
}

#[test]
fn a_commitment_is_not_longer_for_a_mountain_commune() {
    let app = App::with("agency.areas = [\"mountain\"]");
    app.limits(LAND, &[statutory("20 working_day"), commitment("14 working_day")]);
    let row = app.log(LAND, "counter").done();
    let promise = app.whole(&row.code).promises.remove(0);
    assert_eq!(promise.limit_value, Some(14));
    assert_eq!(dates(&row), both("2026-03-20T17:00", "2026-04-13T17:00"));
    sound(&app);
}
