//! Many dossiers in one sweep: what one of them lacks, and who sweeps beside, changes nothing for the others.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::Duration;
use dunghen::domain::notice::NoticeKind;
use dunghen::office::Actor;
use dunghen::office::agencies::AgencyForm;
use dunghen::office::contact::ContactForm;
use dunghen::office::sweep::Run;

use crate::support::{App, THREE_DAYS, is_postgres};

/// So many times a limit of two months is a day beyond the calendar (2100); of three days it is not.
const LONG_NEW_DATES: &str =
    "[apology]\nnew_date_share_percent = 60000\nnew_date_min_working_days = 1\nnew_date_max_working_days = 90000\n";

fn codes(app: &App, count: usize) -> Vec<String> {
    (0..count).map(|_| app.log(THREE_DAYS, "online").done().code).collect()
}

/// Serials of letters in the order of their dossiers; 0: none.
fn serials(app: &App, codes: &[String]) -> Vec<i64> {
    let serial = |code: &String| app.whole(code).letters.first().and_then(|letter| letter.serial).unwrap_or(0);
    codes.iter().map(serial).collect()
}

#[test]
fn a_dossier_that_gets_no_date_takes_no_number_and_keeps_no_other_back() {
    let app = App::with(LONG_NEW_DATES);
    let codes = codes(&app, 5);
    app.sql(&format!("UPDATE dossiers SET received_at = '2026-01-05 01:00:00' WHERE code = '{}'", codes[2]));
    let now = app.at("2026-03-05 17:05");
    let swept = app.sweep();
    assert_eq!(swept.raised.get("apology"), Some(&4), "{swept:?}");
    assert_eq!(swept.raised.get("overdue"), Some(&10), "its officials hear of it all the same");
    assert_eq!((swept.failed, serials(&app, &codes)), (1, vec![1, 2, 0, 3, 4]));
    let without = app.whole(&codes[2]);
    assert_eq!((without.row.reschedule_number, without.row.next_check_at), (0, Some(now + Duration::hours(1))));
    assert!(without.messages.iter().all(|message| message.kind != NoticeKind::Apology));
    app.sql(&format!("UPDATE dossiers SET received_at = '2026-03-02 01:00:00' WHERE code = '{}'", codes[2]));
    app.advance(Duration::hours(1));
    app.sweep();
    assert_eq!(serials(&app, &codes), [1, 2, 5, 3, 4], "the number that comes next");
    assert_eq!(app.number("SELECT last FROM counters WHERE name LIKE 'letter/%'"), 5);
}

#[test]
fn sweeps_at_once_over_several_batches_make_each_thing_once() {
    let app = App::new();
    let count = 550;
    codes(&app, count);
    let other = app.another_process(app.mailbox.clone());
    let now = app.at("2026-03-05 17:05");
    let raised: u64 = std::thread::scope(|scope| {
        let sweeps = [&app.office, &other].map(|office| scope.spawn(move || office.sweep(now, Run::Real)));
        sweeps.map(|sweep| sweep.join().unwrap().expect("a sweep").raised.values().sum::<u64>()).iter().sum()
    });
    let count = i64::try_from(count).unwrap();
    assert_eq!(raised, u64::try_from(3 * count).unwrap());
    for (what, each) in [
        ("alerts WHERE kind = 'overdue'", 2),
        ("outbox WHERE kind = 'overdue'", 2),
        ("outbox WHERE kind = 'apology'", 1),
        ("promises WHERE kind = 'rescheduled'", 1),
        ("letters WHERE state = 'issued'", 1),
        ("journal WHERE kind = 'rescheduled'", 1),
    ] {
        assert_eq!(app.number(&format!("SELECT count(*) FROM {what}")), each * count, "{what}");
    }
    assert_eq!(app.number("SELECT max(serial) FROM letters"), count, "numbers without a gap");
    assert_eq!(app.number("SELECT last FROM counters WHERE name LIKE 'letter/%'"), count);
    assert_eq!(app.number("SELECT seq FROM journal_head"), app.number("SELECT max(seq) FROM journal"));
    let verified = app.office.verify(&mut |_| {}).unwrap();
    assert!(verified.is_sound(), "{verified:?}");
}

#[test]
fn each_of_several_agencies_has_its_own_series_over_several_batches() {
    let app = App::new();
    let first = app.settings.agency.code.clone();
    let form = AgencyForm { code: "H38.20".to_owned(), name: "UBND xã Bên Kia".to_owned(), ..AgencyForm::default() };
    let form = AgencyForm { like: Some(first.clone()), phone: "0215 000 020".to_owned(), ..form };
    app.office.add_agency(app.now(), &Actor::CommandLine, &form).unwrap();
    let count = 550;
    for office in [&first, &form.code].map(|code| app.office.of_agency_code(code).unwrap()) {
        for _ in 0..count {
            let form = app.log(THREE_DAYS, "online").form;
            office.log_dossier(app.now(), &Actor::CommandLine, &form).unwrap();
        }
    }
    app.at("2026-03-05 17:05");
    let swept = app.sweep();
    assert_eq!(swept.raised.get("apology"), Some(&(2 * count)), "{swept:?}");
    let count = i64::try_from(count).unwrap();
    for code in [&first, &form.code] {
        let of = format!("FROM letters JOIN agencies ON agencies.id = agency_id WHERE agencies.code = '{code}'");
        assert_eq!(app.number(&format!("SELECT count(DISTINCT serial) {of}")), count);
        assert_eq!(app.number(&format!("SELECT max(serial) {of}")), count, "numbers without a gap");
    }
    assert_eq!(app.number("SELECT count(*) FROM counters WHERE name LIKE 'letter/%'"), 2);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

/// The letter that goes with a result that came late takes a number after those of its batch were given.
#[test]
fn a_number_that_was_taken_meanwhile_is_not_given_again_by_the_next_batch() {
    let app = App::new();
    let codes = codes(&app, 600);
    app.at("2026-03-05 17:05");
    app.sql(&format!(
        "UPDATE dossiers SET stage = 'granted', closed_at = '2026-03-05 10:03:00', next_check_at = '2026-03-02 00:00:00' \
         WHERE code = '{}'",
        codes[0]
    ));
    let swept = app.sweep();
    assert_eq!(swept.raised.get("apology"), Some(&599), "{swept:?}");
    assert_eq!(serials(&app, &codes[..1]), [500], "the last of the first batch");
    assert_eq!(app.number("SELECT count(DISTINCT serial) FROM letters"), 600);
    assert_eq!(app.number("SELECT max(serial) FROM letters"), 600, "numbers without a gap");
}

/// While a batch is written the next is decided ahead; what others write in between counts all the same, and they
/// have their turn between two batches.
#[test]
fn what_is_written_between_two_batches_counts_in_the_next() {
    // On a busy machine the sweep may be over before anybody comes.
    assert!((0..5).any(|_| corrected_during_a_sweep(false) > 0));
    // SQLite promises no turn to another process.
    let met = (0..5).any(|_| corrected_during_a_sweep(true) > 0 || !is_postgres());
    assert!(met);
}

/// Corrects contacts beside a sweep of three batches, the last first; answers of how many before it ended.
fn corrected_during_a_sweep(in_another_process: bool) -> usize {
    let app = App::new();
    let codes = codes(&app, 1_100);
    let other = app.another_process(app.mailbox.clone());
    let desk = if in_another_process { &other } else { &app.office };
    let now = app.at("2026-03-05 17:05");
    let ended = AtomicBool::new(false);
    let (swept, corrected) = std::thread::scope(|scope| {
        let sweep = scope.spawn(|| {
            let swept = app.office.sweep(now, Run::Real);
            ended.store(true, Ordering::Release);
            swept
        });
        while app.number("SELECT count(*) FROM letters") == 0 {
            std::thread::yield_now();
        }
        let mut corrected = Vec::new();
        for code in codes.iter().rev() {
            let form = ContactForm {
                applicant_email: "moi@example.invalid".to_owned(),
                version: desk.whole(code).unwrap().row.revision,
                ..ContactForm::default()
            };
            let done = desk.correct_contact(now, &Actor::CommandLine, code, &form);
            if ended.load(Ordering::Acquire) {
                break;
            }
            // A batch may have been faster than the person who had read it.
            corrected.extend(done.ok().map(|_| code.clone()));
        }
        (sweep.join().unwrap().expect("a sweep"), corrected)
    });
    assert_eq!(swept.raised.get("apology"), Some(&1_100), "{swept:?}");
    let new = app.texts("SELECT about AS value FROM outbox WHERE kind = 'apology' AND recipient LIKE 'moi@%'");
    let stray: Vec<_> = corrected.iter().filter(|code| !new.contains(code)).collect();
    assert!(stray.is_empty(), "{stray:?} of {}", corrected.len());
    assert_eq!(app.number("SELECT last FROM counters WHERE name LIKE 'letter/%'"), 1_100);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
    corrected.len()
}
