//! Procedures as versions by date, commitments beside statutory limits, lists that are looked at first.

use dunghen::domain::channel::Channel;
use dunghen::domain::dossier::Step;
use dunghen::domain::limit::Limit;
use dunghen::domain::problem::{Problem, Refusal};
use dunghen::domain::time::rfc3339;
use dunghen::office::procedure_change::ProcedureChange;
use dunghen::office::procedure_form::{ProcedureForm, Subject};
use dunghen::office::proposals::{Change, Proposed};
use dunghen::office::reference::ReferenceReport;
use dunghen::office::time_rule_file::RuleTyped;
use dunghen::office::{Actor, OfficeError, Rules};

use crate::support::{App, NO_LIMIT, SAME_DAY, THREE_DAYS};

const COLUMNS: &str = "code,name,field,channel,limit_value,limit_unit,filing,decision,confidence";

fn person(username: &str) -> Actor {
    Actor::Account { id: username.to_owned(), username: username.to_owned() }
}

fn rules(app: &App) -> std::sync::Arc<Rules> {
    app.office.store().read(|conn| app.office.rules(conn)).unwrap()
}

/// The form of a procedure as it is, with a basis, changed by `edit`.
fn form(app: &App, code: &str, edit: impl FnOnce(&mut ProcedureForm)) -> ProcedureForm {
    let rules = rules(app);
    let mut form = ProcedureForm::of(rules.procedure_at(code, app.now()).unwrap(), app.now());
    form.basis = "QĐ 9/QĐ-UBND".to_owned();
    edit(&mut form);
    form
}

fn change(app: &App, code: &str, edit: impl FnOnce(&mut ProcedureForm)) -> ProcedureChange {
    form(app, code, edit).change(&rules(app), app.now(), Subject::Known).unwrap()
}

fn wrong(app: &App, code: &str, edit: impl FnOnce(&mut ProcedureForm)) -> Vec<(&'static str, Problem)> {
    let errors = form(app, code, edit).change(&rules(app), app.now(), Subject::Known).unwrap_err();
    errors.into_iter().map(|error| (error.field, error.problem)).collect()
}

/// Proposes and has it approved by somebody else.
fn take(app: &App, change: ProcedureChange) {
    let change = Change::Procedures(change);
    let Proposed::Waits(id) = app.office.propose(app.now(), &person("quantri"), &change).unwrap() else {
        panic!("four eyes are the default")
    };
    let base = app.office.proposal(&id).unwrap().3;
    app.office.approve(app.now(), &person("giamdoc"), &id, &base).unwrap();
}

fn limit_at(app: &App, code: &str, at: &str) -> String {
    let at = dunghen::domain::time::parse_instant(at).unwrap();
    rules(app).procedure_at(code, at).unwrap().limit(Channel::Counter).unwrap().to_string()
}

fn import(app: &App, text: &str) -> ReferenceReport {
    app.office.import_procedures(app.now(), &Actor::CommandLine, text.as_bytes()).unwrap()
}

#[test]
fn a_law_of_next_year_waits_for_its_day_and_a_change_of_today_does_not_hide_it() {
    let app = App::new();
    take(
        &app,
        change(&app, THREE_DAYS, |form| {
            form.limits[0].value = "2".to_owned();
            form.valid_from = "2027-03-01".to_owned();
        }),
    );
    let before = app.log(THREE_DAYS, "counter").done();
    assert_eq!(rfc3339(before.due_at.unwrap()), "2026-03-05T17:00:00+07:00", "three days still");
    assert_eq!(rules(&app).coming_procedures(app.now()).len(), 1);

    app.at("2026-03-02 09:00");
    take(
        &app,
        change(&app, THREE_DAYS, |form| {
            form.limits[0].value = "4".to_owned();
            form.valid_from = String::new();
        }),
    );
    assert_eq!(limit_at(&app, THREE_DAYS, "2026-03-02 08:30"), "3 working_day");
    assert_eq!(limit_at(&app, THREE_DAYS, "2026-03-02 09:00"), "4 working_day");
    assert_eq!(limit_at(&app, THREE_DAYS, "2027-02-28 23:59:59"), "4 working_day");
    assert_eq!(limit_at(&app, THREE_DAYS, "2027-03-01 00:00"), "2 working_day");
    let rules = rules(&app);
    let versions = rules.versions_of(THREE_DAYS);
    let spans: Vec<_> = versions.iter().map(|version| (version.row.version, version.row.valid_to)).collect();
    assert_eq!(spans.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 3, 2], "by their first moments");
    for pair in versions.windows(2) {
        assert_eq!(pair[0].row.valid_to, Some(pair[1].row.valid_from), "no gap and no overlap");
    }
    assert_eq!(spans[2].1, None);
    assert_eq!((versions[1].row.entered_by.as_str(), versions[1].row.approved_by.as_str()), ("quantri", "giamdoc"));
}

#[test]
fn a_dossier_keeps_its_version_through_a_restart_after_the_change() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    take(&app, change(&app, THREE_DAYS, |form| form.limits[0].value = "1".to_owned()));
    app.at("2026-03-03 08:00");
    app.step(&code, &Step::RequestSupplement { note: "Giấy xác nhận".to_owned() });
    app.at("2026-03-09 08:00");
    let row = app.step(&code, &Step::ReceiveSupplement);
    assert_eq!(rfc3339(row.due_at.unwrap()), "2026-03-12T17:00:00+07:00", "three working days again, not one");
    let after = app.log(THREE_DAYS, "counter").done();
    assert_eq!(rfc3339(after.due_at.unwrap()), "2026-03-10T17:00:00+07:00");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn an_announced_procedure_takes_no_dossier_before_its_day() {
    let app = App::new();
    let mut new = form(&app, THREE_DAYS, |form| {
        form.code = "9.000001".to_owned();
        form.name = "Thủ tục của luật mới".to_owned();
        form.valid_from = "2026-03-09".to_owned();
    });
    take(&app, new.change(&rules(&app), app.now(), Subject::New).unwrap());
    let now = app.now();
    assert!(rules(&app).current_procedures(now).iter().all(|version| version.row.code != "9.000001"));
    let early = app.log("9.000001", "counter").tried();
    let Err(OfficeError::Invalid(errors)) = early else { panic!("{early:?}") };
    assert_eq!(errors[0].problem, Problem::NotYetInForce { from: "2026-03-09".parse().unwrap() });
    app.at("2026-03-09 07:30");
    assert!(app.log("9.000001", "counter").tried().is_ok());
    new.valid_from = String::new();
    let again = new.change(&rules(&app), app.now(), Subject::New).unwrap_err();
    assert_eq!((again[0].field, &again[0].problem), ("code", &Problem::ProcedureExists));
}

#[test]
fn every_wrong_field_of_the_form_is_told_at_once() {
    let app = App::new();
    let limit = |text: &str| text.parse::<Limit>().unwrap();
    let told = wrong(&app, THREE_DAYS, |form| {
        form.name = "Tên\r\nhai dòng".to_owned();
        form.sector = String::new();
        form.basis = " ".to_owned();
        form.service_level = "all".to_owned();
        form.confidence = "sure".to_owned();
        form.valid_from = "2026-03-01".to_owned();
        form.limits[1].value = "99999999999999999999".to_owned();
        form.limits[1].unit = "working_day".to_owned();
        form.limits[2].value = "3".to_owned();
        form.limits[2].unit = "fortnight".to_owned();
    });
    let fields: Vec<_> = told.iter().map(|(field, _)| *field).collect();
    for field in
        ["name", "sector", "basis", "service_level", "confidence", "valid_from", "limit_online", "unit_counter"]
    {
        assert!(fields.contains(&field), "{field}: {told:?}");
    }
    assert!(told.contains(&("valid_from", Problem::InThePast)));

    let equal = wrong(&app, THREE_DAYS, |form| {
        form.limits[0].commitment = "3".to_owned();
        form.commitment_basis = "QĐ 10".to_owned();
    });
    assert_eq!(equal, [("commitment_any", Problem::NotShorter { limit: limit("3 working_day") })]);
    let unit = wrong(&app, THREE_DAYS, |form| {
        form.limits[1] = dunghen::office::procedure_form::LimitTyped {
            value: String::new(),
            unit: "calendar_day".to_owned(),
            commitment: "1".to_owned(),
        };
        form.commitment_basis = "QĐ 10".to_owned();
    });
    assert_eq!(unit, [("commitment_online", Problem::OtherUnit { limit: limit("3 working_day") })]);
    let unfounded = wrong(&app, THREE_DAYS, |form| form.limits[0].commitment = "2".to_owned());
    assert_eq!(unfounded, [("commitment_basis", Problem::Required)]);

    take(&app, change(&app, THREE_DAYS, |form| form.limits[0].value = "4".to_owned()));
    assert_eq!(wrong(&app, THREE_DAYS, |_| {}), [("name", Problem::NoChange)]);
}

#[test]
fn the_form_of_each_procedure_says_what_the_procedure_says() {
    let app = App::new();
    let rules = rules(&app);
    let mut tried = 0;
    for version in rules.current_procedures(app.now()) {
        let mut form = ProcedureForm::of(version, app.now());
        if form.basis.is_empty() || version.row.confidence == "limit_missing" {
            continue;
        }
        tried += 1;
        let errors = form.change(&rules, app.now(), Subject::Known).unwrap_err();
        assert_eq!((errors[0].field, &errors[0].problem), ("name", &Problem::NoChange), "{}", version.row.code);
        form.name.push('!');
        let change = form.change(&rules, app.now(), Subject::Known).unwrap();
        let delta = &change.deltas(&rules, app.now())[0];
        assert_eq!(delta.fields.len(), 1, "{delta:?}");
    }
    assert!(tried > 100, "only {tried} procedures have a basis");
    assert!(rules.procedure_at(SAME_DAY, app.now()).is_some() && rules.procedure_at(NO_LIMIT, app.now()).is_some());
}

#[test]
fn a_commitment_makes_the_promise_and_the_national_list_does_not_wipe_it() {
    let app = App::new();
    take(
        &app,
        change(&app, THREE_DAYS, |form| {
            form.limits[0].commitment = "2".to_owned();
            form.commitment_basis = "QĐ 10/QĐ-UBND".to_owned();
        }),
    );
    let row = app.log(THREE_DAYS, "counter").done();
    assert_eq!(rfc3339(row.due_at.unwrap()), "2026-03-04T17:00:00+07:00");
    assert_eq!(rfc3339(row.statutory_due_at.unwrap()), "2026-03-05T17:00:00+07:00");

    let list = |value: u32| {
        format!("{COLUMNS}\n{THREE_DAYS},Xác nhận,Hộ tịch,any,{value},working_day,online,QĐ 1,confirmed\n")
    };
    let commitment = || {
        let rules = rules(&app);
        rules.procedure_at(THREE_DAYS, app.now()).unwrap().commitment(Channel::Online).map(|limit| limit.to_string())
    };
    app.at("2026-03-02 09:00");
    assert_eq!(import(&app, &list(5)).changed, 1);
    assert_eq!(commitment().as_deref(), Some("2 working_day"), "a list without the columns keeps it");
    app.at("2026-03-02 09:01");
    let report = import(&app, &list(2));
    assert_eq!(commitment(), None, "not shorter any more");
    let dropped = report.changes[0].fields.iter().find(|field| field.field.as_str() == "commitment").unwrap();
    assert_eq!((dropped.before.as_str(), dropped.after.as_str()), ("2 working_day", ""), "and that is told");
    app.at("2026-03-02 09:02");
    let with = format!(
        "{COLUMNS},commitment_value,commitment_unit\n{THREE_DAYS},Xác nhận,Hộ tịch,any,5,working_day,online,QĐ 1,confirmed,3,\n"
    );
    assert_eq!(import(&app, &with).changed, 1);
    assert_eq!(commitment().as_deref(), Some("3 working_day"), "in the unit of the limit");
    for (value, unit, field) in [
        ("5", "", "commitment_value"),
        ("1", "month", "commitment_value"),
        ("x", "", "commitment_value"),
        ("1", "week", "commitment_unit"),
        ("", "month", "commitment_value"),
    ] {
        let text = with.replace(",3,\n", &format!(",{value},{unit}\n"));
        let report = import(&app, &text);
        assert_eq!((report.changed, report.rejected[0].field), (0, field), "{value} {unit}");
    }
    app.at("2026-03-02 09:03");
    assert_eq!(import(&app, &with.replace(",3,\n", ",,\n")).changed, 1);
    assert_eq!(commitment(), None, "a list that has the columns speaks of them");
}

#[test]
fn a_list_is_told_field_by_field_before_anything_is_written() {
    let app = App::new();
    let versions = app.number("SELECT count(*) FROM procedures");
    let list = format!(
        "{COLUMNS}\n{THREE_DAYS},Cấp giấy xác nhận,Hộ tịch,any,2,working_day,online,QĐ 1,confirmed\n\
         9.000001,=cmd()|'/c calc'!A1,Hộ tịch,any,2,working_day,online,,confirmed\n\
         9.000002,<script>alert(1)</script>,Hộ tịch,any,2,working_day,online,,confirmed\n\
         9.000003,Tên\u{7},Hộ tịch,any,2,working_day,online,,confirmed\n\
         ../9,Tên,Hộ tịch,any,2,working_day,online,,confirmed\n"
    );
    let (report, change) = app.office.compare_procedures(app.now(), list.as_bytes()).unwrap();
    assert_eq!((report.read, report.added, report.changed, report.unchanged), (5, 2, 1, 0));
    assert_eq!(app.number("SELECT count(*) FROM procedures"), versions, "nothing is written");
    let rejected: Vec<_> = report.rejected.iter().map(|row| (row.row, row.field)).collect();
    assert_eq!(rejected, [(5, "name"), (6, "code")]);
    assert_eq!(i64::try_from(report.missing.len()).unwrap(), versions - 1, "told, and kept");
    let delta = report.changes.iter().find(|delta| delta.code == THREE_DAYS).unwrap();
    let limit = delta.fields.iter().find(|field| field.field.as_str() == "limit").unwrap();
    assert_eq!((limit.before.as_str(), limit.after.as_str()), ("3 working_day", "2 working_day"));
    assert!(!delta.added && report.changes.iter().filter(|delta| delta.added).count() == 2);
    take(&app, change);
    let rules = rules(&app);
    assert!(rules.procedure_at("9.000001", app.now()).unwrap().row.name.starts_with("=cmd()"), "text stays text");
    assert_eq!(import(&app, &list).unchanged, 3);
    assert!(rules.procedure_at(SAME_DAY, app.now()).is_some(), "procedures the list does not name stay");
}

#[test]
fn a_proposal_is_stale_when_its_procedure_changed_and_only_then() {
    let app = App::new();
    let propose = |code: &str| {
        let change = Change::Procedures(change(&app, code, |form| form.name.push_str(" (sửa)")));
        let Proposed::Waits(id) = app.office.propose(app.now(), &person("quantri"), &change).unwrap() else { panic!() };
        let base = app.office.proposal(&id).unwrap().3;
        (id, base)
    };
    let (touched, old) = propose(THREE_DAYS);
    let (other, kept) = propose(SAME_DAY);
    app.at("2026-03-02 08:01");
    import(&app, &format!("{COLUMNS}\n{THREE_DAYS},Tên mới,Hộ tịch,any,2,working_day,online,QĐ 1,confirmed\n"));
    let stale = app.office.approve(app.now(), &person("giamdoc"), &touched, &old);
    assert!(matches!(stale, Err(OfficeError::Refused(Refusal::ProposalOutdated))), "{stale:?}");
    app.office.approve(app.now(), &person("giamdoc"), &other, &kept).unwrap();
    let (_, seen, _, base) = app.office.proposal(&touched).unwrap();
    let Change::Procedures(seen) = seen else { panic!() };
    let deltas = seen.deltas(&rules(&app), app.now());
    assert!(deltas[0].fields.iter().any(|field| field.before == "Tên mới"), "against the rules of now: {deltas:?}");
    app.office.approve(app.now(), &person("giamdoc"), &touched, &base).unwrap();
}

#[test]
fn a_proposal_whose_day_passed_holds_from_its_approval_on() {
    let app = App::new();
    let waits = change(&app, THREE_DAYS, |form| {
        form.limits[0].value = "1".to_owned();
        form.valid_from = "2026-03-03".to_owned();
    });
    let Proposed::Waits(id) = app.office.propose(app.now(), &person("quantri"), &Change::Procedures(waits)).unwrap()
    else {
        panic!()
    };
    app.at("2026-03-05 10:00");
    let base = app.office.proposal(&id).unwrap().3;
    app.office.approve(app.now(), &person("giamdoc"), &id, &base).unwrap();
    assert_eq!(limit_at(&app, THREE_DAYS, "2026-03-05 09:59"), "3 working_day", "what was promised stays explained");
    assert_eq!(limit_at(&app, THREE_DAYS, "2026-03-05 10:00"), "1 working_day");
}

#[test]
fn a_time_rule_is_changed_announced_and_ended_by_its_form() {
    let app = App::new();
    let typed = |value: &str, from: &str| RuleTyped {
        kind: "acceptance".to_owned(),
        limit_value: value.to_owned(),
        limit_unit: "working_hour".to_owned(),
        notice: "mail".to_owned(),
        basis: "Nghị định mới".to_owned(),
        confidence: "confirmed".to_owned(),
        valid_from: from.to_owned(),
        ..RuleTyped::default()
    };
    let take = |typed: RuleTyped| {
        let change = Change::TimeRules(typed.change(&rules(&app), app.now()).unwrap());
        let Proposed::Waits(id) = app.office.propose(app.now(), &person("quantri"), &change).unwrap() else { panic!() };
        let base = app.office.proposal(&id).unwrap().3;
        app.office.approve(app.now(), &person("giamdoc"), &id, &base).unwrap();
    };
    let on = |day: &str| {
        let rules = rules(&app);
        let kind = dunghen::domain::time_rule::RuleKind::Acceptance;
        rules.time_rule(kind, "Hộ tịch", day.parse().unwrap()).and_then(|rule| rule.limit_value)
    };
    take(typed("4", "01/01/2027"));
    take(typed("6", ""));
    assert_eq!(
        [on("2026-03-01"), on("2026-03-02"), on("2026-12-31"), on("2027-01-01")],
        [Some(8), Some(6), Some(6), Some(4)]
    );
    take(typed("", "2028-01-01"));
    assert_eq!([on("2027-12-31"), on("2028-01-01")], [Some(4), None]);

    let errors = |typed: RuleTyped| {
        let errors = typed.change(&rules(&app), app.now()).unwrap_err();
        errors.into_iter().map(|error| (error.field, error.problem)).collect::<Vec<_>>()
    };
    assert_eq!(errors(typed("4", "2026-03-01")), [("valid_from", Problem::InThePast)]);
    assert_eq!(errors(typed("", "2028-01-01")), [("limit_value", Problem::NoChange)]);
    assert_eq!(errors(RuleTyped { basis: " ".to_owned(), ..typed("5", "") }), [("basis", Problem::Required)]);
    assert_eq!(errors(RuleTyped { area: "a\nb".to_owned(), ..typed("5", "") }), [("area", Problem::ControlCharacters)]);
    assert_eq!(
        errors(RuleTyped { limit_unit: "moon".to_owned(), ..typed("5", "") }),
        [("limit_unit", Problem::NotALimit)]
    );
}

#[test]
fn every_shipped_time_rule_is_there() {
    let app = App::new();
    let lines = include_str!("../../config/rules.csv").lines().count();
    assert_eq!(app.number("SELECT count(*) FROM time_rules"), i64::try_from(lines - 1).unwrap());
}
