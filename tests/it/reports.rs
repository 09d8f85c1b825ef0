//! The summary: identities, as of any moment, and the faults that other systems have.

use dunghen::domain::dossier::Step;
use dunghen::domain::summary::Bucket;
use dunghen::office::report::{Question, SummaryReport};

use crate::support::{App, NO_LIMIT, SAME_DAY, THREE_DAYS, instant};

fn march() -> Question {
    Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), as_of: None, agency: None }
}

fn summary(app: &App) -> SummaryReport {
    app.office.summary(app.now(), &march()).unwrap()
}

/// Every number of the summary has a list of that length behind it.
fn lists_fit(app: &App, question: &Question) {
    let report = app.office.summary(app.now(), question).unwrap();
    let length = |bucket| u64::try_from(app.office.behind(app.now(), question, bucket).unwrap().len()).unwrap();
    for (number, bucket) in [
        (report.received.total, Bucket::Received),
        (report.received.online, Bucket::ReceivedOnline),
        (report.received.counter, Bucket::ReceivedCounter),
        (report.received.post, Bucket::ReceivedPost),
        (report.received.carried_over, Bucket::CarriedOver),
        (report.resolved.total, Bucket::Resolved),
        (report.resolved.early, Bucket::Early),
        (report.resolved.on_time, Bucket::OnTime),
        (report.resolved.late, Bucket::Late),
        (report.resolved.late_with_apology, Bucket::LateWithApology),
        (report.resolved.late_without_apology, Bucket::LateWithoutApology),
        (report.in_progress.total, Bucket::InProgress),
        (report.in_progress.in_time, Bucket::InTime),
        (report.in_progress.overdue, Bucket::Overdue),
        (report.in_progress.paused, Bucket::Paused),
        (report.in_progress.no_promise, Bucket::NoPromise),
    ] {
        assert_eq!(number, length(bucket), "{bucket}");
    }
}

#[test]
fn an_empty_period_has_no_rates_rather_than_100_percent() {
    let app = App::new();
    let report = summary(&app);
    assert_eq!(report.received.total, 0);
    assert_eq!(report.rates.on_time.percent, None);
    assert_eq!(report.online_target.met, None);
    assert_eq!(report.online_target.more_needed, None);
}

#[test]
fn every_number_equals_the_length_of_its_list() {
    let app = App::new();
    app.at("2026-02-26 08:00");
    app.log(THREE_DAYS, "post").done();
    app.at("2026-03-02 08:00");
    let early = app.log(THREE_DAYS, "online").done();
    let on_day = app.log(THREE_DAYS, "counter").done();
    let late = app.log(THREE_DAYS, "online").done();
    let paused = app.log(THREE_DAYS, "post").done();
    app.log(THREE_DAYS, "online").done();
    app.log(NO_LIMIT, "counter").done();
    app.at("2026-03-03 09:00");
    app.resolve(&early.code);
    app.step(&paused.code, &Step::RequestSupplement { note: "sao y".to_owned() });
    app.at("2026-03-05 16:59");
    app.resolve(&on_day.code);
    app.at("2026-03-06 08:00");
    app.sweep();
    app.resolve(&late.code);
    let report = summary(&app);
    assert_eq!((report.resolved.early, report.resolved.on_time, report.resolved.late), (1, 1, 1));
    assert_eq!(report.resolved.late_with_apology, 1);
    assert_eq!((report.in_progress.overdue, report.in_progress.paused, report.in_progress.no_promise), (2, 1, 1));
    assert_eq!(report.received.carried_over, 1);
    assert_eq!(report.rates.on_time.of, 2);
    assert_eq!(report.rates.on_time.total, 5, "open late files are in the base");
    assert_eq!(report.rates.on_time.percent.as_deref(), Some("40.00"));
    lists_fit(&app, &march());
}

#[test]
fn a_file_without_a_promise_is_never_on_time() {
    let app = App::new();
    let row = app.log(NO_LIMIT, "online").done();
    app.resolve(&row.code);
    app.advance(chrono::Duration::seconds(1));
    let report = summary(&app);
    assert_eq!((report.resolved.total, report.resolved.on_time, report.resolved.early), (1, 0, 0));
    assert_eq!(report.resolved.no_promise, 1);
    assert_eq!(report.rates.on_time.percent.as_deref(), Some("0.00"));
}

#[test]
fn the_same_question_about_the_past_gives_the_same_answer_later() {
    let app = App::new();
    let first = app.log(THREE_DAYS, "online").done();
    let second = app.log(THREE_DAYS, "counter").done();
    app.at("2026-03-04 10:00");
    app.step(&second.code, &Step::RequestObligation { note: String::new() });
    app.at("2026-03-09 08:00");
    let question = Question { as_of: Some(instant("2026-03-06 08:00")), ..march() };
    let before = serde_json::to_value(app.office.summary(app.now(), &question).unwrap()).unwrap();
    assert_eq!(before["in_progress"]["overdue"], 1);
    assert_eq!(before["in_progress"]["paused"], 1);
    app.sweep();
    app.resolve(&first.code);
    app.step(&second.code, &Step::MeetObligation);
    app.resolve(&second.code);
    app.at("2027-03-01 08:00");
    let after = serde_json::to_value(app.office.summary(app.now(), &question).unwrap()).unwrap();
    assert_eq!(before, after);
}

#[test]
fn midnight_of_vietnam_parts_the_days() {
    let app = App::new();
    app.log(SAME_DAY, "online").received_at("2026-02-28 23:59:59").done();
    app.log(SAME_DAY, "online").received_at("2026-03-01 00:00:00").done();
    let report = summary(&app);
    assert_eq!((report.received.online, report.received.carried_over), (1, 1));
    let day =
        Question { from: "2026-02-28".parse().unwrap(), to: "2026-02-28".parse().unwrap(), as_of: None, agency: None };
    assert_eq!(app.office.summary(app.now(), &day).unwrap().received.online, 1);
}

#[test]
fn a_percentage_is_100_only_when_nothing_is_late() {
    let rate = dunghen::domain::rates::Rate { of: 99_999, total: 100_000 };
    assert_eq!(rate.percent().unwrap().to_string(), "99.99");
}

#[test]
fn files_by_post_are_in_the_base_of_the_online_rate() {
    let app = App::new();
    for channel in ["online", "counter", "post"] {
        app.log(THREE_DAYS, channel).done();
    }
    app.advance(chrono::Duration::seconds(1));
    let report = summary(&app);
    assert_eq!((report.rates.online_submission.of, report.rates.online_submission.total), (1, 3));
    assert_eq!(report.rates.online_submission.percent.as_deref(), Some("33.33"));
}

#[test]
fn a_request_for_papers_does_not_hide_that_a_file_was_late_before() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-06 08:00");
    app.step(&row.code, &Step::RequestSupplement { note: "bản sao".to_owned() });
    assert_eq!(summary(&app).in_progress.overdue, 1);
    app.at("2026-03-09 08:00");
    app.step(&row.code, &Step::ReceiveSupplement);
    app.resolve(&row.code);
    app.advance(chrono::Duration::seconds(1));
    assert_eq!(summary(&app).resolved.late, 1);
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    let app = App::new();
    let question =
        Question { from: "2026-03-02".parse().unwrap(), to: "2026-03-01".parse().unwrap(), as_of: None, agency: None };
    assert!(app.office.summary(app.now(), &question).is_err());
}
