//! What must hold after the simulated year, asked of the database and of the post alone.

use std::collections::{BTreeMap, HashMap, HashSet};

use dunghen::domain::dossier::StageName;
use dunghen::domain::notice::Audience;
use dunghen::domain::time::local;
use dunghen::office::late::{ApologyStanding, Gap, LateFile};
use dunghen::office::look::verdict;
use dunghen::office::report::Question;
use dunghen::store::dossiers::{self, DossierRow, Filter, Order};
use dunghen::store::letters::{LetterRow, LetterState};
use dunghen::store::outbox::Message;

use super::Town;

/// Kinds that exist once for a dossier and promise, whoever they are for.
const ONCE: [&str; 8] =
    ["due-soon", "apology-due", "overdue", "escalation", "apology", "second-miss", "late-result", "delay-notice"];

/// Kinds that exist once for each time a letter was drafted: what was refused is written again.
const ONCE_A_DRAFT: [&str; 2] = ["signature-due", "unsigned"];

/// Why a late file may be without its letter, beside what its own row says.
const REFUSED: &str = "its letter was refused";

/// Everything at once; `died_sending` copies may exist of messages whose sender died before it could
/// write down that they had left.
pub fn all(town: &Town) {
    one_notice_a_key(town);
    sent_once(town);
    numbers_have_no_gap(town);
    letters_and_late_files_belong_together(town);
    none_at_night(town);
    let report = town.app.office.verify(&mut |_| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
}

fn one_notice_a_key(town: &Town) {
    for kind in ONCE {
        let doubled = town.app.number(&format!(
            "SELECT count(*) FROM (SELECT 1 AS one FROM outbox WHERE kind = '{kind}' \
             GROUP BY dossier_id, promise_number, audience, delivery, about HAVING count(*) > 1) AS doubled"
        ));
        assert_eq!(doubled, 0, "{kind} exists twice");
    }
    for kind in ONCE_A_DRAFT {
        let more = town.app.number(&format!(
            "SELECT count(*) FROM (SELECT dossier_id, count(*) AS told FROM outbox WHERE kind = '{kind}' \
             GROUP BY dossier_id) AS m WHERE told > (SELECT count(*) FROM journal j \
             WHERE j.dossier_id = m.dossier_id AND j.kind IN ('letter_drafted', 'delay_declared'))"
        ));
        assert_eq!(more, 0, "{kind} exists more often than letters were drafted");
    }
}

fn none_at_night(town: &Town) {
    for taken in town.post.taken() {
        let at_once = matches!(taken.kind.as_str(), "receipt" | "submission-received");
        assert!(at_once || town.almanac.may_disturb(taken.at), "{} left at {}: {taken:?}", taken.kind, local(taken.at));
    }
}

/// The same Message-ID twice only where a sender died between sending and settling.
fn sent_once(town: &Town) {
    let mut copies: HashMap<String, usize> = HashMap::new();
    for taken in town.post.taken() {
        *copies.entry(taken.message_id).or_default() += 1;
    }
    let extra: usize = copies.values().map(|count| count - 1).sum();
    assert!(extra <= town.died_sending, "{extra} messages left twice, {} may have", town.died_sending);
}

fn numbers_have_no_gap(town: &Town) {
    let broken = town.app.number(
        "SELECT count(*) FROM (SELECT 1 AS one FROM letters WHERE state = 'issued' GROUP BY agency_id, year \
         HAVING min(serial) <> 1 OR max(serial) <> count(*) OR count(DISTINCT serial) <> count(*)) AS broken",
    );
    assert_eq!(broken, 0, "the series of letters has a gap");
    let numbered = town.app.number("SELECT count(*) FROM letters WHERE state <> 'issued' AND number <> ''");
    assert_eq!(numbered, 0, "a number was given to a letter that was never issued");
}

fn every_dossier(town: &Town) -> Vec<DossierRow> {
    let store = town.app.office.store();
    store.read(|conn| dossiers::list(conn, &Filter::default(), Order::NewestFirst, None, i64::MAX)).unwrap()
}

fn letters_and_late_files_belong_together(town: &Town) {
    let now = town.app.now();
    let (mut late, mut excused) = (0_usize, BTreeMap::<&str, usize>::new());
    for row in every_dossier(town) {
        let whole = town.app.whole(&row.code);
        let is_late = verdict(&row, now).is_late();
        let declared = whole.events.iter().any(|event| event.kind == "delay_declared");
        if !is_late {
            let letters: Vec<&str> = whole.letters.iter().map(|letter| letter.kind.as_str()).collect();
            assert!(letters.is_empty() || declared, "{}: in time, and yet {letters:?}", row.code);
            continue;
        }
        late += 1;
        if whole.letters.is_empty() {
            let refused = whole.drafts.iter().any(|draft| draft.state == LetterState::Refused);
            let why = excuse(&row).or(refused.then_some(REFUSED));
            let why = why.unwrap_or_else(|| panic!("{}: late without a letter: {row:#?}", row.code));
            *excused.entry(why).or_default() += 1;
        }
        told_the_truth(&row, &whole.letters, &whole.messages);
    }
    assert!(late > 0, "nobody was late: nothing was tested");
    let refused = excused.get(REFUSED).copied().unwrap_or(0);
    assert!(refused <= town.refused, "{refused} letters were refused by nobody");
    the_late_list_says_the_same(town, late, excused.values().sum());
    eprintln!("{late} late, excused {excused:?}, {} left by mail", town.post.taken().len());
}

/// The list "late without apology" names exactly those, each with a reason.
fn the_late_list_says_the_same(town: &Town, late: usize, without_letter: usize) {
    let now = town.app.now();
    let (from, to) = (local(town.began).date(), local(now).date());
    let question = Question { from, to, as_of: None, agency: None };
    let files = town.app.office.late_files(now, &question).unwrap();
    assert_eq!(files.len(), late, "the list counts other files");
    let refused = |file: &&LateFile| matches!(file.apology, ApologyStanding::Missing(Gap::Refused { .. }));
    let excused = |file: &&LateFile| matches!(file.apology, ApologyStanding::Excused(_)) || refused(file);
    let missing = |file: &&LateFile| matches!(file.apology, ApologyStanding::Missing(_)) && !refused(file);
    let missing: Vec<_> = files.iter().filter(missing).collect();
    let excused = files.iter().filter(excused).count();
    let told: Vec<String> = missing.iter().map(|file| format!("{} {:?}", file.row.code, file.apology)).collect();
    assert!(told.is_empty(), "{told:#?}");
    assert!(excused >= without_letter, "{excused} are excused, {without_letter} have no letter");
}

/// A letter that left speaks of what was so when it left.
fn told_the_truth(row: &DossierRow, letters: &[LetterRow], messages: &[Message]) {
    let citizens: Vec<&Message> = messages
        .iter()
        .filter(|message| message.audience == Audience::Applicant && message.letter_id.is_some())
        .collect();
    let known: HashSet<&str> = letters.iter().map(|letter| letter.id.as_str()).collect();
    for message in &citizens {
        assert!(known.contains(message.letter_id.as_deref().unwrap_or_default()), "{}: {message:?}", row.code);
    }
    for letter in letters {
        let carried = citizens.iter().any(|message| message.letter_id.as_deref() == Some(letter.id.as_str()));
        assert!(carried, "{}: letter {} was never put on its way", row.code, letter.number);
    }
}

/// Why a late file has no letter; `None`: there is no excuse.
fn excuse(row: &DossierRow) -> Option<&'static str> {
    if matches!(row.stage, StageName::Withdrawn | StageName::Stopped) {
        return Some("withdrawn or stopped");
    }
    row.paused_since.map(|_| "waits for the citizen")
}
