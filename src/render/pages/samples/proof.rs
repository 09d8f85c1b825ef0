//! The pages of proof, of late files without an apology, and what a citizen can say.

use super::{ctx, pager, s};
use crate::render::pages::citizen::{
    CitizenLetter, CitizenNotePage, CitizenPage, CitizenState, InCharge, Note, SaidBefore, Saying, SayingDraft,
};
use crate::render::pages::ctx::{Ctx, Lang};
use crate::render::pages::dossier::SaidView;
use crate::render::pages::form::FieldError;
use crate::render::pages::late::{InHandRow, LateFileView, LatePage, LateReason, NoLetterRow, OnTheWayRow, Part};
use crate::render::pages::pager::Pager;
use crate::render::pages::proof::{
    AttemptView, DigestView, Mark, ProofItem, ProofPage, SentText, TextOf, ToSee, VerdictView,
};
use crate::render::pages::words::{AttemptWord, Label, MessageKind, NoLetter, SendState, Standing, Status, ToldWord};
use askama::Template;

pub(super) fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("citizen-second", second_miss(lang).render());
    for saying in Saying::ALL {
        add(&format!("citizen-refused-{saying:?}"), refused(lang, saying).render());
    }
    add("said-hostile", CitizenPage { draft: draft(name), ..refused(lang, Saying::Cost) }.render());
    for note in [Note::Thanks(Saying::Contact), Note::Thanks(Saying::Cost), Note::NotFound, Note::TooMany(42)] {
        let page = CitizenNotePage {
            c: Ctx { user: None, ..ctx(lang, "/tra-cuu/k3x9") },
            note,
            back: matches!(note, Note::Thanks(_)).then(|| s("/tra-cuu/k3x9")),
            centre_phone: s("0214 388 1234"),
            centre_address: s("Trung tâm Phục vụ hành chính công xã Mường Khương, tỉnh Lào Cai"),
        };
        add(&format!("citizen-note-{note:?}"), page.render());
    }
    add("proof", proof(lang, name, ToldWord::After).render());
    for told in ToldWord::ALL {
        add(&format!("proof-{told:?}"), ProofPage { items: Vec::new(), ..proof(lang, name, *told) }.render());
    }
    add("late", late(lang, name).render());
    let lists = (none(), none(), none(), none());
    let empty =
        LatePage { missing: lists.0, excused: lists.1, on_the_way: lists.2, in_hand: lists.3, ..late(lang, name) };
    add("late-empty", LatePage { error: Some(s(name)), ..empty }.render());
}

/// What a citizen wrote, read and not.
pub(super) fn said(name: &str) -> Vec<SaidView> {
    let said = |what, seen: Option<&str>| SaidView {
        what,
        at: s("08:00 13/11/2026"),
        text: s(name),
        seen: seen.map(s),
        action: seen.is_none().then(|| s("/ho-so/H38.12-261109-0021/nguoi-dan/01a/da-doc")),
    };
    vec![said(Saying::Cost, Some("Trần Thị Hoa, 09:10 13/11/2026")), said(Saying::Contact, None)]
}

fn proof(lang: Lang, name: &str, told: ToldWord) -> ProofPage {
    ProofPage {
        c: ctx(lang, "/ho-so/H38.12-261109-0021/bang-chung"),
        code: s("H38.12-261109-0021"),
        procedure: s("Xác nhận tình trạng hôn nhân"),
        unit: s("Phòng Văn hóa - Xã hội"),
        officer: Some(s("Nguyễn Thị Hạnh")),
        verdict: VerdictView {
            status: Status { standing: Standing::Late, remaining: None, by_law: None },
            received: s("09:12 thứ Hai 09/11/2026"),
            due: Some(s("17:00 thứ Năm 12/11/2026")),
            new_due: Some(s("17:00 thứ Tư 18/11/2026")),
            closed: Some(s("09:00 thứ Năm 19/11/2026")),
            late: Some(s("quá 5 ngày làm việc")),
            late_again: Some(s("quá 1 ngày làm việc")),
            told,
            told_at: Some(s("17:05 thứ Năm 12/11/2026 · quá trong ngày")),
            reached: Some(s("17:06 thứ Năm 12/11/2026")),
        },
        items: items(name),
        made: s("15:20 17/11/2026"),
    }
}

fn items(name: &str) -> Vec<ProofItem> {
    let attempt =
        |number, word, answer: &str| AttemptView { number, at: s("17:06 12/11/2026"), word, answer: s(answer) };
    let item = |icon, title: &str| ProofItem {
        at: s("17:05 12/11/2026"),
        icon,
        title: s(title),
        mark: None,
        facts: Vec::new(),
        text: None,
        digest: None,
        attempts: Vec::new(),
        pdf_href: None,
        to_see: None,
    };
    let letter = ProofItem {
        mark: Some(Mark { tone: "good", icon: "check", word: s("Đã phát hành") }),
        facts: Label::ALL.iter().map(|label| (*label, s(name))).collect(),
        pdf_href: Some(s("/thu/01a.pdf")),
        ..item("letter", "Phiếu xin lỗi")
    };
    let message = ProofItem {
        mark: Some(Mark { tone: "bad", icon: "alarm", word: s("Bị trả lại") }),
        facts: vec![(Label::Address, s("hung@example.vn"))],
        text: Some(SentText {
            subject: s("Xin lỗi và hẹn lại ngày trả kết quả"), body: s(name), of: TextOf::Left
        }),
        attempts: vec![
            attempt(1, AttemptWord::Retry, "450 4.2.0 greylisted"),
            attempt(2, AttemptWord::Sent, "250 2.0.0 queued as 4F2"),
            attempt(2, AttemptWord::Bounced, name),
        ],
        ..item("send", &format!("Phiếu xin lỗi → {name} (người nộp)"))
    };
    let waiting = ProofItem {
        text: Some(SentText { subject: s("Sắp đến hạn"), body: s(name), of: TextOf::Unsent }),
        ..item("send", "Sắp đến hạn → Nguyễn Thị Hạnh (công chức xử lý)")
    };
    let bundled = ProofItem {
        text: Some(SentText { subject: s("Việc sáng 12/11/2026"), body: s(name), of: TextOf::DigestItem }),
        digest: Some(DigestView { message_id: s("<01a@xa.example>"), subject: s("Việc sáng"), body: s(name) }),
        ..item("send", "Quá hạn → Nguyễn Thị Hạnh (công chức xử lý)")
    };
    let said = ProofItem {
        facts: vec![(Label::Said, s(name))],
        to_see: Some(ToSee { action: s("/ho-so/H38.12-261109-0021/nguoi-dan/01a/da-doc") }),
        ..item("people", "Thiệt hại do chậm trễ")
    };
    vec![item("inbox", "Tiếp nhận hồ sơ"), letter, message, waiting, bundled, said]
}

fn part<R>(rows: Vec<R>) -> Part<R> {
    Part { rows, pager: pager("/tre-chua-xin-loi") }
}

fn none<R>() -> Part<R> {
    Part { rows: Vec::new(), pager: Pager::default() }
}

fn late(lang: Lang, name: &str) -> LatePage {
    let file = |at: usize| LateFileView {
        code: format!("H38.12-261109-{at:04}"),
        procedure: s("Xác nhận tình trạng hôn nhân"),
        unit: s("Phòng Văn hóa - Xã hội"),
        officer: (at > 0).then(|| s(name)),
        due: s("17:00 12/11/2026"),
        new_due: (at == 2).then(|| s("17:00 18/11/2026")),
        late: s("quá 3 ngày làm việc"),
        late_again: (at == 2).then(|| s("quá 1 ngày làm việc")),
        reason: (at > 1).then(|| LateReason {
            name: s("Chờ ý kiến của cơ quan phối hợp"),
            group: s("do quy định hành chính"),
            sentence: (at == 2).then(|| s(name)),
        }),
    };
    let row = |(at, why): (usize, &NoLetter)| NoLetterRow { file: file(at), why: *why, detail: s(name) };
    let rows: Vec<NoLetterRow> = NoLetter::ALL.iter().enumerate().map(row).collect();
    let (excused, missing) = rows.split_at(6);
    let way = |state| OnTheWayRow {
        file: file(2),
        number: s("05/PXL-TTPVHCC"),
        issued: s("17:05 12/11/2026"),
        state,
        detail: s(name),
        pdf_href: s("/thu/01a.pdf"),
    };
    LatePage {
        c: ctx(lang, "/tre-chua-xin-loi"),
        from: s("2026-01-01"),
        to: s("2026-11-17"),
        as_of: s("2026-11-17T15:20"),
        period: s("01/01/2026 – 17/11/2026"),
        error: None,
        late: 31,
        asked: s("from=2026-01-01&to=2026-11-17"),
        missing: part(missing.to_vec()),
        excused: part(excused.to_vec()),
        on_the_way: part(vec![way(Some(SendState::Bounced)), way(Some(SendState::PrintTray)), way(None)]),
        in_hand: part(vec![InHandRow {
            file: file(3),
            number: s("07/PXL-TTPVHCC"),
            issued: s("17:05 12/11/2026"),
            at: Some(s("17:06 12/11/2026")),
            pdf_href: s("/thu/01b.pdf"),
        }]),
    }
}

pub(super) fn citizen_letters(rescheduled: bool) -> Vec<CitizenLetter> {
    let letter = CitizenLetter {
        kind: MessageKind::Apology,
        number: s("05/PXL-TTPVHCC"),
        issued: s("17:05 12/11/2026"),
        href: s("/tra-cuu/k3x9/thu/01a.pdf"),
    };
    if rescheduled { vec![letter] } else { Vec::new() }
}

fn second_miss(lang: Lang) -> CitizenPage {
    let mut page = super::citizen::citizen(lang, "", CitizenState::SecondMiss);
    page.new_due = Some(s("17:00 thứ Tư 18/11/2026"));
    page.late = true;
    page.in_charge = Some(InCharge { name: s("Lê Văn Thử"), contact: s("0214 388 1235") });
    page.letters = citizen_letters(true);
    page.letters.insert(
        0,
        CitizenLetter {
            kind: MessageKind::SecondMiss,
            number: s("09/PXL-TTPVHCC"),
            issued: s("17:05 18/11/2026"),
            href: s("/tra-cuu/k3x9/thu/01b.pdf"),
        },
    );
    page.said = vec![
        SaidBefore { what: Saying::Cost, at: s("08:00 13/11/2026"), seen: Some(s("09:10 13/11/2026")) },
        SaidBefore { what: Saying::Contact, at: s("08:05 13/11/2026"), seen: None },
    ];
    page
}

fn refused(lang: Lang, saying: Saying) -> CitizenPage {
    let fields: &[&'static str] = match saying {
        Saying::Contact => &["phone", "email", "note"],
        Saying::Cost => &["text"],
    };
    let errors = fields
        .iter()
        .map(|field| FieldError { field, message: s("Quá dài: hãy rút còn tối đa 120 ký tự.") });
    CitizenPage {
        open: Some(saying),
        errors: errors.collect(),
        draft: draft("Tôi phải nghỉ thêm một ngày công."),
        late: true,
        ..super::citizen::citizen(lang, "", CitizenState::Overdue)
    }
}

fn draft(text: &str) -> SayingDraft {
    SayingDraft { phone: s(text), email: s(text), note: s(text), text: s(text) }
}
