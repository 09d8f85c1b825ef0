//! A moment recorded wrongly is put right by two people: what was recorded stays, what was signed stays, and what
//! was asked before has its answer.

use chrono::NaiveDate;
use dunghen::domain::dossier::Step;
use dunghen::domain::problem::{MomentProblem, Problem, Refusal};
use dunghen::domain::time::rfc3339;
use dunghen::office::closing::PeriodAsked;
use dunghen::office::correction::CorrectionForm;
use dunghen::office::report::Question;
use dunghen::office::{OfficeError, OfficeResult};
use dunghen::store::StoreError;

use crate::as_of::answers;
use crate::support::{App, THREE_DAYS, acting, instant};

const REASON: &str = "Quên bấm; sổ giao nhận ghi 16:30";

/// Proposes by the officer that the result was ready at `at`.
fn propose(app: &App, code: &str, at: &str) -> OfficeResult<String> {
    let form = CorrectionForm { at: at.to_owned(), reason: REASON.to_owned(), version: app.row(code).revision };
    app.office.propose_correction(app.now(), &acting(app, "congchuc.vhxh"), code, &form)
}

fn approve(app: &App, id: &str, username: &str) -> OfficeResult<()> {
    let (_, _, _, base) = app.office.proposal(id).unwrap();
    app.office.approve(app.now(), &acting(app, username), id, &base)
}

/// Proposed by the officer and approved by the manager.
pub fn correct(app: &App, code: &str, at: &str) -> OfficeResult<()> {
    let id = propose(app, code, at)?;
    approve(app, &id, "giamdoc")
}

fn ready_at(app: &App, code: &str) -> String {
    rfc3339(app.row(code).closed_at.expect("a result"))
}

fn march(as_of: Option<&str>) -> Question {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    Question { from: day("2026-03-01"), to: day("2026-03-31"), as_of: as_of.map(instant), agency: None }
}

fn wrong(result: OfficeResult<String>) -> Vec<(&'static str, Problem)> {
    match result {
        Err(OfficeError::Invalid(errors)) => errors.into_iter().map(|error| (error.field, error.problem)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_people_put_a_moment_right_and_the_signed_month_stays_with_the_difference_beside_it() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "online").done().code;
    app.log(THREE_DAYS, "counter").done();
    app.at("2026-03-06 09:00");
    app.resolve(&code);
    app.at("2026-04-01 08:00");
    let period = PeriodAsked::read("2026-03", None, None).unwrap();
    let closed = app.office.close_period(app.now(), &acting(&app, "giamdoc"), &period, None).unwrap();
    let asked = march(Some("2026-04-01 08:00"));
    let then = answers(&app, &asked);
    let late = || {
        let files = app.office.late_files(app.now(), &asked).unwrap();
        files.into_iter().map(|file| (file.row.code, file.row.closed_at, file.days.promise)).collect::<Vec<_>>()
    };
    let late_then = late();
    assert_eq!(late_then.len(), 2);

    app.at("2026-04-02 09:00");
    let id = propose(&app, &code, "2026-03-05T16:30").unwrap();
    assert_eq!(ready_at(&app, &code), "2026-03-06T09:00:00+07:00", "one person changes nothing");
    let own = approve(&app, &id, "congchuc.vhxh");
    assert!(matches!(own, Err(OfficeError::Refused(Refusal::OwnProposal))), "{own:?}");
    approve(&app, &id, "giamdoc").unwrap();
    assert_eq!(ready_at(&app, &code), "2026-03-05T16:30:00+07:00");
    let again = approve(&app, &id, "giamdoc");
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::ProposalDecided))), "{again:?}");

    assert_eq!((answers(&app, &asked), late()), (then, late_then), "as of before it, nothing is known of it");
    let today = app.office.summary(app.now(), &march(None)).unwrap();
    assert_eq!((today.resolved.on_time, today.resolved.late), (1, 0));
    let delta = app.office.period_delta(app.now(), &period).unwrap();
    let difference = |name: &str| {
        let line = delta.numbers.iter().find(|line| line.number.as_str() == name).unwrap();
        (line.frozen, line.today)
    };
    assert_eq!((difference("late"), difference("on_time"), difference("resolved")), ((1, 0), (0, 1), (1, 1)));
    assert!(delta.unexplained.is_empty(), "{:?}", delta.unexplained);
    let because: Vec<_> = delta.dossiers.iter().flat_map(|one| &one.because).collect();
    let line = because.iter().find(|line| line.kind == "result_corrected").expect("the reason of the difference");
    assert_eq!((line.actor.as_str(), line.note.as_str()), ("giamdoc", REASON));
    // One that changes no number stands there all the same.
    app.at("2026-04-03 09:00");
    correct(&app, &code, "2026-03-05T16:00").unwrap();
    let delta = app.office.period_delta(app.now(), &period).unwrap();
    assert_eq!((delta.dossiers.len(), delta.dossiers[0].because.len()), (1, 2));
    let kept = app.office.closed_period(&period).unwrap().0;
    assert_eq!(kept.sha256, closed.sha256);
    let journal = app.texts("SELECT body AS value FROM journal WHERE kind = 'result_corrected'").concat();
    for part in
        ["\"was\":\"2026-03-06T09:00:00+07:00\"", "\"entered_by\":\"congchuc.vhxh\"", "\"approved_by\":\"giamdoc\""]
    {
        assert!(journal.contains(part), "{part}: {journal}");
    }
    let report = app.office.verify(&mut |_| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
}

#[test]
fn a_file_that_turns_out_late_is_owed_its_letter() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "online").done().code;
    app.at("2026-03-05 16:00");
    app.resolve(&code);
    app.at("2026-03-09 08:00");
    app.sweep();
    assert_eq!(app.number("SELECT count(*) FROM letters"), 0, "in time as recorded");
    let asked = march(Some("2026-03-09 08:00"));
    let then = answers(&app, &asked);
    app.at("2026-03-09 09:00");
    correct(&app, &code, "2026-03-06T10:00").unwrap();
    app.sweep();
    app.sweep();
    app.dispatch();
    assert_eq!(app.number("SELECT count(*) FROM letters WHERE kind = 'late-result' AND state = 'issued'"), 1);
    assert_eq!(app.sent().iter().filter(|line| line.starts_with("late-result")).count(), 1);
    assert_eq!(answers(&app, &asked), then);
    let report = app.office.verify(&mut |_| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
}

#[test]
fn a_result_that_moves_into_another_month_is_in_the_old_one_for_who_asks_as_of_before() {
    let app = App::new();
    app.at("2026-03-30 08:00");
    let code = app.log(THREE_DAYS, "post").done().code;
    app.at("2026-04-01 09:00");
    app.resolve(&code);
    app.at("2026-04-03 09:00");
    let (before, after) = (march(Some("2026-04-03 09:00")), march(Some("2026-04-03 10:00")));
    let resolved = |question: &Question| app.office.summary(app.now(), question).unwrap().resolved.total;
    let then = answers(&app, &before);
    assert_eq!(resolved(&before), 0);
    correct(&app, &code, "2026-03-31T15:00").unwrap();
    app.at("2026-04-03 10:00");
    assert_eq!((resolved(&before), resolved(&after)), (0, 1));
    // And back again.
    correct(&app, &code, "2026-04-02T08:00").unwrap();
    app.at("2026-04-03 11:00");
    assert_eq!((resolved(&before), resolved(&after), resolved(&march(None))), (0, 1, 0));
    assert_eq!(answers(&app, &before), then);
}

#[test]
fn what_cannot_have_been_is_refused_at_its_field() {
    let app = App::with("[rules]\nfour_eyes = false\n");
    let code = app.log(THREE_DAYS, "online").done().code;
    let open = propose(&app, &code, "2026-03-02T09:00");
    assert!(matches!(open, Err(OfficeError::Refused(Refusal::Transition(_)))), "{open:?}");
    app.at("2026-03-03 08:00");
    app.step(&code, &Step::RequestSupplement { note: "Thiếu giấy tờ".to_owned() });
    app.at("2026-03-04 08:00");
    app.step(&code, &Step::ReceiveSupplement);
    app.at("2026-03-05 08:00:36");
    app.resolve(&code);
    app.at("2026-03-06 08:00");
    app.step(&code, &Step::Return);
    app.at("2026-03-09 08:00");
    for (at, problem) in [
        ("", Problem::Required),
        ("hôm qua", Problem::NotAnInstant),
        ("2026-03-05T08:00", Problem::Moment(MomentProblem::Recorded)),
        ("2026-03-09T08:01", Problem::InTheFuture),
        ("2026-03-06T08:01", Problem::Moment(MomentProblem::AfterReturn)),
        ("2026-03-03T12:00", Problem::Moment(MomentProblem::BeforeResumed)),
        ("2026-03-01T12:00", Problem::BeforeReceipt),
    ] {
        assert_eq!(wrong(propose(&app, &code, at)), [("at", problem)], "{at}");
    }
    let form = CorrectionForm { at: "?".to_owned(), reason: " ".to_owned(), version: app.row(&code).revision };
    let clerk = acting(&app, "motcua");
    let both = wrong(app.office.propose_correction(app.now(), &clerk, &code, &form));
    assert_eq!(both, [("at", Problem::NotAnInstant), ("reason", Problem::Required)]);
    let both = CorrectionForm { at: "2026-03-01T12:00".to_owned(), ..form };
    let both = wrong(app.office.propose_correction(app.now(), &clerk, &code, &both));
    assert_eq!(both, [("at", Problem::BeforeReceipt), ("reason", Problem::Required)], "all at once");
    let stale = CorrectionForm { at: "2026-03-04T16:00".to_owned(), reason: REASON.to_owned(), version: 0 };
    let stale = app.office.propose_correction(app.now(), &clerk, &code, &stale);
    assert!(matches!(stale, Err(OfficeError::Store(StoreError::Conflict(_)))), "{stale:?}");
    assert_eq!(app.number("SELECT count(*) FROM proposals"), 0, "nothing was kept");

    // Also an office that changes its rules with one person needs two here; and what changed meanwhile is not undone.
    let (first, second) = (propose(&app, &code, "2026-03-04T16:00"), propose(&app, &code, "2026-03-04T17:00"));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(matches!(approve(&app, &first, "congchuc.vhxh"), Err(OfficeError::Refused(Refusal::OwnProposal))));
    approve(&app, &first, "giamdoc").unwrap();
    let outdated = approve(&app, &second, "giamdoc");
    assert!(matches!(outdated, Err(OfficeError::Refused(Refusal::ProposalOutdated))), "{outdated:?}");
    assert_eq!(ready_at(&app, &code), "2026-03-04T16:00:00+07:00");
    assert_eq!(app.number("SELECT count(*) FROM proposals WHERE state = 'waiting'"), 1, "to be refused or taken back");
}
