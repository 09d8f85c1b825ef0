//! "As of": a question about a moment is answered by what was known then, whatever is written down later with an
//! earlier date. The answers are held byte for byte.

use std::collections::BTreeMap;
use std::io::Cursor;

use chrono::{Duration, NaiveDate};
use dunghen::domain::dossier::{ElectronicResult, ResultOutcome, Step};
use dunghen::domain::summary::Bucket;
use dunghen::domain::time::{local, rfc3339};
use dunghen::office::Actor;
use dunghen::office::at_risk::Whose;
use dunghen::office::delay::DelayForm;
use dunghen::office::delivery_report::DeliveryReport;
use dunghen::office::import::{Mapping, Run};
use dunghen::office::reassign::ReassignForm;
use dunghen::office::report::Question;
use dunghen::office::report_groups::Grouping;
use dunghen::office::signing::ToSign;
use dunghen::web::api::late;

use serde_json::{Value, json};

use crate::corrections::correct;
use crate::support::{App, LAND, NO_LIMIT, SAME_DAY, THREE_DAYS, acting, instant, officer};

/// Every report on a question, as its bytes.
pub fn answers(app: &App, question: &Question) -> Vec<String> {
    let (office, now) = (&app.office, app.now());
    let text = |report: serde_json::Result<String>| report.unwrap();
    let mut all = vec![
        text(serde_json::to_string(&office.summary(now, question).unwrap())),
        text(serde_json::to_string(&office.form_06a(now, question, Grouping::Field).unwrap())),
        text(serde_json::to_string(&office.form_06a(now, question, Grouping::Unit).unwrap())),
        text(serde_json::to_string(&office.units_report(now, question).unwrap())),
        text(serde_json::to_string(&office.online_report(now, question).unwrap())),
        text(serde_json::to_string(&office.procedures_report(now, question, None).unwrap())),
        at_risk(app, question),
    ];
    for bucket in [Bucket::Received, Bucket::Resolved, Bucket::LateWithApology, Bucket::EntirelyOnline] {
        let mut codes: Vec<String> =
            office.behind(now, question, bucket).unwrap().into_iter().map(|row| row.code).collect();
        codes.sort();
        all.push(codes.join(" "));
    }
    all
}

/// The files that may become late at the moment of a question; in every other report it is what adds up.
fn at_risk(app: &App, question: &Question) -> String {
    let whose = Whose { as_of: question.as_of, ..Whose::default() };
    serde_json::to_string(&app.office.at_risk(app.now(), &whose).unwrap()).unwrap()
}

/// Takes rows of another register over.
pub fn import(app: &App, rows: &str) {
    let header = "code,procedure_code,applicant_name,channel,received_at,due_at,resolved_at,returned_at,outcome,\
                  paper_supplement,e_result\n";
    let file = Cursor::new(format!("{header}{rows}").into_bytes());
    let report =
        app.office.import_dossiers(app.now(), &Actor::CommandLine, file, &Mapping::native(), Run::Real, &mut |_| {});
    let report = report.unwrap();
    assert!(report.rejected.is_empty(), "{:?}", report.rejected);
}

fn march(as_of: &str) -> Question {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    Question { from: day("2026-03-01"), to: day("2026-03-31"), as_of: Some(instant(as_of)), agency: None }
}

/// Random numbers that are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % most
    }

    pub fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(i64::try_from(all.len()).unwrap())).unwrap()].clone()
    }
}

/// One random thing that happens: at the counter, by a clerk who types in what was yesterday, by an import.
pub fn something_happens(app: &App, dice: &mut Dice, codes: &mut Vec<String>, imported: &mut Vec<(String, String)>) {
    let reason = String::from("theo đơn");
    let ago = |dice: &mut Dice, hours| rfc3339(app.now() - Duration::hours(1 + dice.below(hours)));
    let procedure = dice.of(&[THREE_DAYS, SAME_DAY, NO_LIMIT, LAND]);
    let channel = dice.of(&["online", "counter", "post"]);
    match dice.below(14) {
        0 | 1 => codes.push(app.log(procedure, channel).done().code),
        2 => codes.push(app.log(procedure, channel).received_at(&ago(dice, 60)).done().code),
        3 => {
            let code = format!("X-{}", imported.len());
            let received = ago(dice, 900);
            import(app, &format!("{code},{procedure},Nguyễn Văn An,{channel},{received},,,,,no,no\n"));
            imported.push((code.clone(), format!("{procedure},Nguyễn Văn An,{channel},{received}")));
            codes.push(code);
        }
        4 if !imported.is_empty() => {
            // The other system tells of an end that lies back; changed flags are not what it is asked for.
            let (code, facts) = dice.of(imported);
            let row = app.row(&code);
            if row.closed_at.is_none() && row.paused_since.is_none() {
                let since = (app.now() - row.stage_since).num_minutes();
                let ended = rfc3339(row.stage_since + Duration::minutes(dice.below(since.max(1))));
                let outcome = dice.of(&["granted", "refused", "withdrawn"]);
                import(app, &format!("{code},{facts},,{ended},,{outcome},yes,yes\n"));
            }
        }
        5 => {
            app.sweep();
            app.dispatch();
            if dice.below(2) == 0 {
                app.office.keep_facts(app.now(), &|_, _| {}).unwrap();
            }
        }
        6 if !codes.is_empty() => {
            let form = ReassignForm { unit: dice.of(&["PKT", "TTPVHCC"]).into(), reason, ..ReassignForm::default() };
            let _ = app.office.reassign_once(app.now(), &officer(), &dice.of(codes), &form, None);
        }
        7 | 8 if !codes.is_empty() => {
            // A moment that cannot have been is refused.
            let _ = correct(app, &dice.of(codes), &ago(dice, 70));
        }
        _ if !codes.is_empty() => {
            let step = match dice.below(7) {
                0 => Step::RequestSupplement { note: reason },
                1 => Step::ReceiveSupplement,
                2 => Step::RequestObligation { note: reason },
                3 => Step::MeetObligation,
                4 => Step::Withdraw { reason },
                _ => Step::Resolve { outcome: ResultOutcome::Granted, electronic: ElectronicResult::Issued },
            };
            // What the stage forbids is refused; the rest is the history.
            let _ = app.office.step(app.now(), &officer(), &dice.of(codes), &step);
        }
        _ => {}
    }
}

#[test]
fn a_question_about_a_moment_has_the_answer_of_that_moment_whatever_is_written_down_later() {
    let (mut corrections, mut chances) = (0, 0);
    for seed in [1, 2, 3] {
        let app = App::with("[risk]\nmin_finished = 5\n");
        let mut dice = Dice(seed);
        let (mut codes, mut imported, mut asked) = (Vec::new(), Vec::new(), Vec::new());
        app.at("2026-02-23 08:00");
        for turn in 0..160 {
            app.advance(Duration::minutes(30 + dice.below(700)));
            something_happens(&app, &mut dice, &mut codes, &mut imported);
            if turn % 12 == 11 {
                app.advance(Duration::seconds(1));
                let today = local(app.now()).date();
                let from = today - Duration::days(dice.below(40));
                let to = from + Duration::days(dice.below(30));
                let question = Question { from, to, as_of: Some(app.now()), agency: None };
                // What is asked without "as of" is what is known now.
                let open = Question { as_of: None, ..question.clone() };
                let (now, plain) = (answers(&app, &question), answers(&app, &open));
                assert_eq!(now, plain, "seed {seed}, turn {turn}");
                chances += risks_add_up(&app, &question, today);
                asked.push((question, now));
            }
        }
        corrections += app.number("SELECT count(*) FROM journal WHERE kind = 'result_corrected'");
        let mut differs = 0;
        for (question, then) in asked {
            assert_eq!(answers(&app, &question), then, "seed {seed}: {question:?}");
            differs += usize::from(answers(&app, &Question { as_of: None, ..question }) != then);
        }
        assert!(differs > 3, "a history in which later lines matter: {differs}");
    }
    assert!(corrections > 5, "moments are put right, too: {corrections}");
    assert!(chances > 3, "some files have a history: {chances}");
}

/// Somebody declares a delay, signs, refuses, or a mail comes back.
fn letters_move(app: &App, dice: &mut Dice, codes: &[String]) {
    let supervisor = acting(app, dice.of(&["phutrach.vhxh", "phutrach.kt", "giamdoc"]));
    let Actor::Account { id: account, .. } = &supervisor else { unreachable!("an account acts") };
    let waiting = app.office.letters_to_sign(app.now(), account, 0, 100).unwrap();
    match dice.below(8) {
        0 | 1 if !waiting.is_empty() => {
            let id = dice.of(&waiting).letter.id;
            let _ = app.office.refuse_letter(app.now(), &supervisor, &id, "Nêu rõ đang chờ việc gì");
        }
        2 | 3 if !waiting.is_empty() => {
            let wanted = ToSign { id: dice.of(&waiting).letter.id, ..ToSign::default() };
            let _ = app.office.sign_letters(app.now(), &supervisor, &[wanted]);
        }
        4 if !codes.is_empty() => {
            let form =
                DelayForm { reason_code: "verification".into(), reason: "Chờ xã cũ".into(), new_due_on: None };
            let _ = app.office.declare_delay(app.now(), &officer(), &dice.of(codes), &form);
        }
        5 => {
            let mails = app.mails();
            if !mails.is_empty() {
                let id = dice.of(&mails).message_id;
                let _ = app.office.report_delivery(app.now(), &id, DeliveryReport::Bounced, "550 no such user");
            }
        }
        _ => {
            app.sweep();
            app.dispatch();
        }
    }
}

#[test]
fn the_list_of_late_files_tells_of_letters_drafts_and_messages_as_they_stood() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (seed, mode) in [(11, "automatic"), (12, "signed")] {
        let app = App::with(&format!("[apology]\nmode = \"{mode}\"\n"));
        let mut dice = Dice(seed);
        let (mut codes, mut imported, mut asked) = (Vec::new(), Vec::new(), Vec::new());
        app.at("2026-02-23 08:00");
        for turn in 0..150 {
            app.advance(Duration::minutes(30 + dice.below(400)));
            something_happens(&app, &mut dice, &mut codes, &mut imported);
            letters_move(&app, &mut dice, &codes);
            if turn % 10 == 9 {
                app.advance(Duration::seconds(1));
                let to = local(app.now()).date();
                let from = to - Duration::days(dice.below(40));
                let question = Question { from, to, as_of: Some(app.now()), agency: None };
                let then = json!(late::report(&app.office, app.now(), &question).unwrap());
                for item in then["items"].as_array().unwrap() {
                    let standing = format!("{} {}", item["apology"], item["exception"]).replace('"', "");
                    *seen.entry(standing).or_default() += 1;
                }
                asked.push((question, then));
            }
        }
        let mut differs = 0;
        for (question, then) in asked {
            let again = json!(late::report(&app.office, app.now(), &question).unwrap());
            assert_eq!(again, then, "seed {seed}: {question:?}");
            let today = Question { as_of: None, ..question };
            differs += usize::from(json!(late::report(&app.office, app.now(), &today).unwrap()) != then);
        }
        assert!(differs > 7, "a history in which what came later matters: {differs}");
    }
    for standing in ["in_hand null", "on_the_way null", "excused waiting_for_signature", "missing refused"] {
        assert!(seen.contains_key(standing), "{standing}: {seen:?}");
    }
}

/// The list of files at risk is the open files of the summary; how many of its lines say a chance.
fn risks_add_up(app: &App, question: &Question, today: NaiveDate) -> u64 {
    let question = Question { to: today, from: question.from.min(today), ..question.clone() };
    let open = app.office.summary(app.now(), &question).unwrap().in_progress;
    let risks: Value = serde_json::from_str(&at_risk(app, &question)).unwrap();
    let counts = ["total", "late", "paused", "no_promise"].map(|count| risks[count].as_u64().unwrap());
    assert_eq!(counts, [open.in_time, open.overdue, open.paused, open.no_promise], "{question:?}");
    counts[0] - risks["silent"].as_u64().unwrap()
}

#[test]
fn what_is_imported_after_the_moment_is_not_known_at_it_though_it_took_effect_before() {
    let app = App::new();
    app.at("2026-04-10 08:00");
    let question = march("2026-04-05 08:00");
    let before = answers(&app, &question);
    import(&app, &format!("X-1,{THREE_DAYS},Nguyễn Văn An,online,2026-03-02 09:00,,,,,no,no\n"));
    assert_eq!(answers(&app, &question), before);
    app.at("2026-04-12 08:00");
    let open = march("2026-04-11 08:00");
    let received = app.office.summary(app.now(), &open).unwrap();
    assert_eq!((received.received.total, received.in_progress.overdue), (1, 1));
    let before = answers(&app, &open);
    import(
        &app,
        &format!("X-1,{THREE_DAYS},Nguyễn Văn An,online,2026-03-02 09:00,,2026-03-04 09:00,,granted,yes,yes\n"),
    );
    assert_eq!(answers(&app, &open), before, "still open for who asks as of the 11th");
    app.at("2026-04-12 09:00");
    let today = app.office.summary(app.now(), &march("2026-04-12 09:00")).unwrap();
    assert_eq!((today.resolved.early, today.in_progress.total), (1, 0));
}

#[test]
fn changed_flags_of_a_known_file_change_no_report() {
    let app = App::new();
    let row = |flags: &str| format!("X-1,{THREE_DAYS},Nguyễn Văn An,online,2026-02-26 09:00,,,,,{flags}\n");
    import(&app, &row("no,no"));
    app.resolve("X-1");
    app.at("2026-03-10 08:00");
    let question = march("2026-03-09 08:00");
    let before = answers(&app, &question);
    assert_eq!(app.office.summary(app.now(), &question).unwrap().rates.entirely_online.of, 1);
    import(&app, &row("yes,no"));
    assert_eq!(answers(&app, &question), before);
}

#[test]
fn an_apology_taken_back_later_still_stood_at_the_moment_asked_for() {
    let app = App::new();
    app.log(THREE_DAYS, "counter").email("").done();
    app.at("2026-03-06 08:00");
    app.sweep();
    app.at("2026-03-06 09:00");
    let question = march("2026-03-06 09:00");
    assert_eq!(app.office.behind(app.now(), &question, Bucket::ApologyGiven).unwrap().len(), 1);
    let before = answers(&app, &question);
    app.at("2026-03-06 10:00");
    app.sql("UPDATE outbox SET state = 'void', settled_at = '2026-03-06 03:00:00' WHERE letter_id IS NOT NULL");
    assert_eq!(answers(&app, &question), before);
    app.at("2026-03-06 11:00");
    let after = march("2026-03-06 10:30");
    assert_eq!(app.office.behind(app.now(), &after, Bucket::ApologyGiven).unwrap().len(), 0, "nothing carries it");
}
