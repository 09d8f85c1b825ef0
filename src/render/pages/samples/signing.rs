//! Letters that wait for a signature, and the register.

use crate::render::pages::Lang;
use crate::render::pages::form::FieldError;
use crate::render::pages::pager::Pager;
use crate::render::pages::signing::{Decision, OutgoingPage, OutgoingRow, SignPage, TrayPage, TrayResult, TrayRow};
use crate::render::pages::words::{LetterName, LetterWay, SendState};
use askama::Template;

use super::{ctx, pager};

pub fn all(lang: Lang, name: &str, add: &mut impl FnMut(&str, askama::Result<String>)) {
    add("tray", tray(lang, name).render());
    add(
        "tray-empty",
        TrayPage { rows: Vec::new(), pager: Pager::default(), results: Vec::new(), ..tray(lang, name) }.render(),
    );
    for decision in [Decision::Waits, Decision::Signed, Decision::Refused, Decision::Dropped] {
        add(&format!("letter_to_sign-{decision:?}"), letter(lang, name, decision).render());
    }
    let refused = SignPage {
        errors: vec![
            FieldError { field: "reason", message: "Viết lý do của hồ sơ này.".to_owned() },
            FieldError { field: "new_due_on", message: "24/11/2026 là ngày nghỉ.".to_owned() },
            FieldError { field: "what_happened", message: "Viết sự việc.".to_owned() },
            FieldError { field: "why", message: "Viết lý do.".to_owned() },
        ],
        what_happened: Some(name.to_owned()),
        ..letter(lang, name, Decision::Waits)
    };
    add("letter_to_sign-errors", refused.render());
    add("outgoing", outgoing(lang, name).render());
    let empty = OutgoingPage {
        rows: Vec::new(),
        pager: Pager::default(),
        years: Vec::new(),
        missing: String::new(),
        ..outgoing(lang, name)
    };
    add("outgoing-empty", empty.render());
}

fn tray(lang: Lang, name: &str) -> TrayPage {
    let kinds = [LetterName::Apology, LetterName::LateResult, LetterName::Loss, LetterName::SecondMiss];
    let rows = kinds.into_iter().enumerate().map(|(at, kind)| TrayRow {
        id: format!("0199-{at}"),
        kind,
        code: format!("H38.12-261109-{at:04}"),
        applicant: name.to_owned(),
        unit: "Phòng Văn hóa – Xã hội".to_owned(),
        original_due: "17:00 12/11/2026".to_owned(),
        proposed: (kind == LetterName::Apology).then(|| "17:00 18/11/2026".to_owned()),
        reason: name.to_owned(),
        decide_by: "17:00 11/11/2026".to_owned(),
        left: "còn 2 giờ".to_owned(),
        overdue: at % 2 == 1,
    });
    let result = |code: &str, number: Option<&str>, text: &str| TrayResult {
        code: code.to_owned(),
        number: number.map(str::to_owned),
        text: text.to_owned(),
    };
    TrayPage {
        c: ctx(lang, "/thu/ky"),
        rows: rows.collect(),
        pager: pager("/thu/ky"),
        results: vec![
            result("H38.12-261109-0021", Some("41/PXL"), ""),
            result("H38.12-261109-0022", None, "Ngày hẹn mới phải sau hôm nay."),
        ],
    }
}

fn letter(lang: Lang, name: &str, decision: Decision) -> SignPage {
    SignPage {
        c: ctx(lang, "/thu/ky/0199"),
        id: "0199".to_owned(),
        kind: LetterName::Apology,
        decision,
        code: "H38.12-261109-0021".to_owned(),
        applicant: name.to_owned(),
        procedure: "Cấp Giấy xác nhận tình trạng hôn nhân".to_owned(),
        original_due: "17:00 12/11/2026".to_owned(),
        decide_by: "17:00 11/11/2026".to_owned(),
        asked_by: "congchuc.vhxh".to_owned(),
        asked_at: "09:12 09/11/2026".to_owned(),
        note: if decision == Decision::Refused { name.to_owned() } else { String::new() },
        number: if decision == Decision::Signed { "41/PXL".to_owned() } else { String::new() },
        reason: name.to_owned(),
        what_happened: None,
        new_due_on: Some("2026-11-18".to_owned()),
        why: String::new(),
        may_sign: decision == Decision::Waits,
        errors: Vec::new(),
    }
}

fn outgoing(lang: Lang, name: &str) -> OutgoingPage {
    let row = |serial: u32, kind, sent| OutgoingRow {
        id: format!("0199-{serial}"),
        number: format!("{serial:02}/PXL"),
        issued: "09:12 09/11/2026".to_owned(),
        kind,
        recipient: name.to_owned(),
        code: format!("H38.12-261109-{serial:04}"),
        signer: "GIÁM ĐỐC TRUNG TÂM".to_owned(),
        signed_by: "phutrach.vhxh".to_owned(),
        sent,
    };
    OutgoingPage {
        c: ctx(lang, "/thu/so"),
        year: 2026,
        years: vec![2027, 2026],
        rows: vec![
            row(1, LetterName::Apology, vec![(LetterWay::Mail, SendState::Sent)]),
            row(
                3,
                LetterName::SecondMiss,
                vec![(LetterWay::Mail, SendState::Bounced), (LetterWay::Paper, SendState::PrintTray)],
            ),
        ],
        pager: pager("/thu/so"),
        missing: "2".to_owned(),
    }
}
