//! Four eyes: who may propose, who may decide, and what was looked at.

use dunghen::domain::calendar::{Confidence, DayKind};
use dunghen::domain::problem::Refusal;
use dunghen::office::calendar_change::{CalendarChange, DayEdit, SpecialDay};
use dunghen::office::proposals::{Change, Proposed};
use dunghen::office::{Actor, OfficeError};

use crate::support::App;

fn person(username: &str) -> Actor {
    Actor::Account { id: username.to_owned(), username: username.to_owned() }
}

fn holiday(day: &str) -> Change {
    let becomes = SpecialDay {
        kind: DayKind::Holiday,
        name: "Nghỉ thêm".to_owned(),
        basis: "QĐ 1/QĐ-TTg".to_owned(),
        confidence: Confidence::Confirmed,
    };
    let edits = vec![DayEdit { date: day.parse().unwrap(), becomes: Some(becomes) }];
    Change::Calendar(CalendarChange { decision: "QĐ 1/QĐ-TTg".to_owned(), edits })
}

fn waits(app: &App, day: &str) -> (String, String) {
    let Proposed::Waits(id) = app.office.propose(app.now(), &person("quantri"), &holiday(day)).unwrap() else {
        panic!("four eyes are the default")
    };
    let base = app.office.proposal(&id).unwrap().3;
    (id, base)
}

#[test]
fn a_change_holds_when_somebody_else_approved_it() {
    let app = App::new();
    let before = app.number("SELECT max(version) FROM calendar_versions");
    let (id, base) = waits(&app, "2026-06-03");
    assert_eq!(app.number("SELECT max(version) FROM calendar_versions"), before, "nothing holds yet");

    let own = app.office.approve(app.now(), &person("quantri"), &id, &base);
    assert!(matches!(own, Err(OfficeError::Refused(Refusal::OwnProposal))), "{own:?}");
    app.office.approve(app.now(), &person("giamdoc"), &id, &base).unwrap();
    assert_eq!(app.number("SELECT max(version) FROM calendar_versions"), before + 1);
    assert_eq!(
        app.number("SELECT count(*) FROM calendar_versions WHERE entered_by = 'quantri' AND approved_by = 'giamdoc'"),
        1
    );
    let again = app.office.approve(app.now(), &person("giamdoc"), &id, &base);
    assert!(again.is_err(), "once is enough: {again:?}");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_proposal_is_looked_at_again_when_the_rules_changed_meanwhile() {
    let app = App::new();
    let (first, base) = waits(&app, "2026-06-03");
    let (second, _) = waits(&app, "2026-06-04");
    app.office.approve(app.now(), &person("giamdoc"), &first, &base).unwrap();
    let stale = app.office.approve(app.now(), &person("giamdoc"), &second, &base);
    assert!(matches!(stale, Err(OfficeError::Refused(Refusal::ProposalOutdated))), "{stale:?}");
    let seen = app.office.proposal(&second).unwrap().3;
    app.office.approve(app.now(), &person("giamdoc"), &second, &seen).unwrap();
}

#[test]
fn a_refusal_needs_a_reason_and_a_withdrawal_its_author() {
    let app = App::new();
    let (id, base) = waits(&app, "2026-06-03");
    assert!(matches!(
        app.office.refuse_proposal(app.now(), &person("giamdoc"), &id, " "),
        Err(OfficeError::Invalid(errors)) if errors[0].field == "note"
    ));
    assert!(matches!(app.office.withdraw_proposal(app.now(), &person("giamdoc"), &id), Err(OfficeError::NotFound)));
    app.office.withdraw_proposal(app.now(), &person("quantri"), &id).unwrap();
    let late = app.office.approve(app.now(), &person("giamdoc"), &id, &base);
    assert!(matches!(late, Err(OfficeError::Refused(Refusal::ProposalDecided))), "{late:?}");
}

#[test]
fn without_four_eyes_a_change_holds_at_once_and_names_its_author() {
    let app = App::with("[rules]\nfour_eyes = false\n");
    let done = app.office.propose(app.now(), &person("quantri"), &holiday("2026-06-03")).unwrap();
    assert_eq!(done, Proposed::Applied);
    assert_eq!(
        app.number("SELECT count(*) FROM calendar_versions WHERE entered_by = 'quantri' AND approved_by = ''"),
        1
    );
}

#[test]
fn four_eyes_switched_off_and_on_again_hold_for_the_proposals_that_wait() {
    let mut app = App::new();
    let (first, base) = waits(&app, "2026-06-03");
    let (second, _) = waits(&app, "2026-06-04");
    let own = |app: &App, id: &str, base: &str| app.office.approve(app.now(), &person("quantri"), id, base);
    assert!(matches!(own(&app, &first, &base), Err(OfficeError::Refused(Refusal::OwnProposal))));
    app.settings.rules.four_eyes = false;
    app.restart();
    own(&app, &first, &base).unwrap();
    app.settings.rules.four_eyes = true;
    app.restart();
    let seen = app.office.proposal(&second).unwrap().3;
    assert!(matches!(own(&app, &second, &seen), Err(OfficeError::Refused(Refusal::OwnProposal))));
}
