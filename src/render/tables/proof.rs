//! The proof of a dossier as lines for a screen, its codes in words.

use serde_json::Value;

use super::{Cell, Table};
use crate::domain::dossier::StepKind;
use crate::domain::notice::{Audience, NoticeKind};
use crate::render::pages::Lang;
use crate::render::pages::citizen::Saying;
use crate::render::pages::records::{answer, cause_vi, task_note};
use crate::render::pages::words::{
    AttemptWord, EventKind, Hearer, LetterName, LetterWord, MessageKind, SendState, TaskWord, ToldWord,
};

/// The lines that a proof has, and what each is called.
const WHAT: [(&str, &str); 7] = [
    ("event", "Diễn biến"),
    ("letter", "Phiếu"),
    ("message", "Tin"),
    ("attempt", "Lần gửi"),
    ("alert", "Báo động"),
    ("task", "Việc tại bàn"),
    ("said", "Người dân"),
];

/// What the journal notes of a dossier besides its steps.
const NOTED: [(&str, &str); 7] = [
    ("submitted_online", "Nộp trực tuyến"),
    ("alert_acknowledged", "Xác nhận đã nhận thông báo"),
    ("contact-corrected", "Sửa liên hệ"),
    ("task_done", "Xong việc tại bàn"),
    ("task_undone", "Hoàn tác việc tại bàn"),
    ("letter_taken_back", "Rút phiếu chưa gửi"),
    ("paper_made", "Lập giấy tờ"),
];

const LETTERS: [(&str, LetterName); 4] = [
    ("apology", LetterName::Apology),
    ("late-result", LetterName::LateResult),
    ("loss", LetterName::Loss),
    ("second-miss", LetterName::SecondMiss),
];

const LETTER_STATES: [(&str, LetterWord); 4] = [
    ("draft", LetterWord::Draft),
    ("issued", LetterWord::Issued),
    ("refused", LetterWord::Refused),
    ("void", LetterWord::Void),
];

const TASKS: [(&str, TaskWord); 3] =
    [("phone", TaskWord::Phone), ("print", TaskWord::Print), ("contact", TaskWord::Contact)];

const SAID: [(&str, Saying); 2] = [("contact", Saying::Contact), ("cost", Saying::Cost)];

const OUTCOMES: [(&str, AttemptWord); 5] = [
    ("sent", AttemptWord::Sent),
    ("retry", AttemptWord::Retry),
    ("failed", AttemptWord::Failed),
    ("delivered", AttemptWord::Delivered),
    ("bounced", AttemptWord::Bounced),
];

const TOLD: [(&str, ToldWord); 5] = [
    ("not_owed", ToldWord::NotOwed),
    ("missing", ToldWord::Missing),
    ("day_before", ToldWord::DayBefore),
    ("same_day", ToldWord::SameDay),
    ("after", ToldWord::After),
];

/// What was told about a dossier, given as its JSON: a line for each thing, and one for each attempt.
#[must_use]
pub fn proof(report: &Value) -> Table {
    let lines = report.get("lines").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut rows = Vec::new();
    for line in lines {
        let what = text(line, "what");
        let hearer = text(line, "audience").parse::<Audience>().map(|audience| Hearer::from(audience).vi().to_owned());
        let to = [hearer.unwrap_or_default(), text(line, "recipient"), text(line, "account"), actor(&text(line, "by"))];
        let state = [
            state(&what, line),
            answer(Lang::Vi, &text(line, "answer")),
            actor(&text(line, "acknowledged_by")),
            actor(&text(line, "done_by")),
        ];
        let note = if what == "task" { task_note(Lang::Vi, &text(line, "note")) } else { String::new() };
        let said = ["number", "subject", "reason", "text"].map(|key| text(line, key));
        let said = said.into_iter().chain([note, cause_vi(&text(line, "last_answer"))]).collect::<Vec<_>>();
        let named = found(&WHAT, &what).unwrap_or(&what);
        rows.push(row(&text(line, "at"), named, &kind(&what, &text(line, "kind")), &to, &state, &said));
        for attempt in line.get("attempts").and_then(Value::as_array).map_or(&[][..], Vec::as_slice) {
            let number = attempt.get("number").and_then(Value::as_i64).unwrap_or_default().to_string();
            let outcome = text(attempt, "outcome");
            let word = OUTCOMES.iter().find(|(code, _)| *code == outcome).map(|(_, word)| word.vi().to_owned());
            let said = cause_vi(&text(attempt, "answer"));
            let named = found(&WHAT, "attempt").unwrap_or_default();
            rows.push(row(&text(attempt, "at"), named, &number, &[], &[word.unwrap_or(outcome)], &[said]));
        }
    }
    let verdict = |key: &str| report.pointer(&format!("/verdict/{key}")).and_then(Value::as_str).unwrap_or("–");
    let told = TOLD.iter().find(|(code, _)| *code == verdict("apology")).map_or("–", |(_, word)| word.vi());
    Table {
        title: format!(
            "Bằng chứng của hồ sơ {}: hẹn {}, hẹn lại {}, xong {}. {told} ({})",
            report.get("code").and_then(Value::as_str).unwrap_or_default(),
            verdict("due_at"),
            verdict("new_due_at"),
            verdict("closed_at"),
            verdict("apology_issued_at"),
        ),
        head: vec!["Lúc", "Loại", "Việc", "Với ai", "Tình trạng", "Nội dung"],
        rows,
        ..Table::default()
    }
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn found<'a>(words: &[(&str, &'a str)], code: &str) -> Option<&'a str> {
    words.iter().find(|(known, _)| *known == code).map(|(_, word)| *word)
}

/// What a line is about.
fn kind(what: &str, code: &str) -> String {
    let word = match what {
        "event" => code.parse::<StepKind>().map(|step| EventKind::from(step).vi()).ok().or_else(|| found(&NOTED, code)),
        "letter" => LETTERS.iter().find(|(known, _)| *known == code).map(|(_, word)| word.vi()),
        "message" | "alert" => code.parse::<NoticeKind>().map(|kind| MessageKind::from(kind).vi()).ok(),
        "task" => TASKS.iter().find(|(known, _)| *known == code).map(|(_, word)| word.vi()),
        "said" => SAID.iter().find(|(known, _)| *known == code).map(|(_, saying)| saying.vi()),
        _ => None,
    };
    word.unwrap_or(code).to_owned()
}

fn state(what: &str, line: &Value) -> String {
    let code = text(line, "state");
    let word = match (what, text(line, "way").as_str(), code.as_str()) {
        ("letter", _, code) => LETTER_STATES.iter().find(|(known, _)| *known == code).map(|(_, word)| word.vi()),
        (_, "tray", "ready") => Some(SendState::PrintTray.vi()),
        (_, "tray", "sent") => Some(SendState::Delivered.vi()),
        (_, _, code) => SendState::ALL.iter().find(|state| state.code() == code).map(SendState::vi),
    };
    word.map_or(code, str::to_owned)
}

fn actor(username: &str) -> String {
    match username {
        "system" => "hệ thống".to_owned(),
        "cli" => "dòng lệnh quản trị".to_owned(),
        username => username.to_owned(),
    }
}

/// A row on one line: a citizen's text may have several.
fn row(at: &str, what: &str, kind: &str, to: &[String], state: &[String], said: &[String]) -> Vec<Cell> {
    let joined =
        |parts: &[String]| parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    let flat = |text: String| Cell::Text(text.split_whitespace().collect::<Vec<_>>().join(" "));
    let texts = [at.to_owned(), what.to_owned(), kind.to_owned(), joined(to), joined(state), joined(said)];
    texts.into_iter().map(flat).collect()
}
