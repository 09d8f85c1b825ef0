//! One dossier, its ledger.

use askama::Template;
use chrono::NaiveDate;

use super::office::papers;
use super::{choices, ctx, s};
use crate::render::pages::ctx::Lang;
use crate::render::pages::dossier::{
    ActionDraft, ApplicantView, DatesView, DossierPage, EventView, Holders, MessageView, ReadinessView, Verb,
};
use crate::render::pages::form::{Choice, FieldError};
use crate::render::pages::intake::Flag;
use crate::render::pages::ledger::{LedgerPage, PromiseView};
use crate::render::pages::sub_deadlines::{SubDeadlineView, SubKind, SubState};
use crate::render::pages::words::{ByLaw, Channel, EventKind, FiledBy, MessageKind, SendState, Standing, Status};

pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("dossier", dossier(lang, name).render());
    add("dossier-refused", dossier_refused(lang, name).render());
    add("dossier-new", dossier_new(lang, name).render());
    add("ledger", ledger(lang, name).render());
    add("ledger-none", LedgerPage { promises: Vec::new(), ..ledger(lang, name) }.render());
}

pub(super) fn dossier(lang: Lang, name: &str) -> DossierPage {
    DossierPage {
        correctable: false,
        c: ctx(lang, "/ho-so/H38.12-261109-0021"),
        code: s("H38.12-261109-0021"),
        version: 7,
        procedure_code: s("1.004873"),
        procedure: s("Xác nhận tình trạng hôn nhân"),
        sector: s("Hộ tịch"),
        channel: Channel::Counter,
        applicant: ApplicantView {
            name: s(name),
            phone: s("0912 345 678"),
            email: s("hung@example.vn"),
            address: s("Thôn Sả Hồ, xã Mường Khương, tỉnh Lào Cai"),
        },
        unit: s("Phòng Văn hóa - Xã hội"),
        officer: Some(s("Nguyễn Thị Hạnh")),
        flags: vec![Flag::PaperSupplement, Flag::FeeDue],
        papers_in: vec![format!("{name} (bản chính)")],
        filed_by: Some(FiledBy::Representative),
        representative: Some(format!("{name}, 0912 345 678")),
        dates: DatesView {
            received: s("09:12 thứ Hai 09/11/2026"),
            due: Some(s("17:00 thứ Năm 12/11/2026")),
            new_due: Some(s("17:00 thứ Tư 18/11/2026")),
            by_law: Some(s("17:00 thứ Tư 18/11/2026")),
            committed: true,
            ..DatesView::default()
        },
        status: Status {
            standing: Standing::Rescheduled,
            remaining: Some(s("còn 1 ngày 1 giờ làm việc")),
            by_law: Some(ByLaw::Within),
        },
        sub_deadlines: sub_deadlines(name),
        requests_before: 1,
        unanswered: vec![Choice::new("1", name, "")],
        ledger: Some(promise_view(lang, name)),
        events: dossier_events(name),
        messages: dossier_messages(name),
        said: super::proof::said(name),
        papers: papers(name),
        actions: Verb::ALL.to_vec(),
        reasons: choices(&["Do quy định hành chính", "Do cán bộ, công chức", "Lý do khách quan khác"]),
        holders: Holders { units: choices(&[name, "Phòng Kinh tế"]), officers: choices(&["theo đơn vị", name]) },
        open: None,
        draft: ActionDraft { typed: vec![s(name)], ..ActionDraft::default() },
        since: dossier_events(name),
        errors: Vec::new(),
        readiness: ReadinessView::Asked,
        citizen_href: s("/tra-cuu/k3x9"),
    }
}

/// The second of three promises, with a restart and a pause.
pub(super) fn promise_view(lang: Lang, name: &str) -> PromiseView {
    let facts = crate::render::ledger::tests::sample(name);
    PromiseView::of(&facts, &facts.promises[1], NaiveDate::from_ymd_opt(2026, 12, 9), lang)
}

fn ledger(lang: Lang, name: &str) -> LedgerPage {
    let facts = crate::render::ledger::tests::sample(name);
    LedgerPage::of(&facts, ctx(lang, "/ho-so/H38.12-261120-0021/so-tinh-ngay"))
}

fn sub_deadlines(name: &str) -> Vec<SubDeadlineView> {
    let sub = |kind, state| SubDeadlineView {
        kind,
        state,
        number: String::new(),
        started: s("09:12 09/11/2026"),
        due: s("17:00 thứ Năm 12/11/2026"),
        ended: None,
        remaining: None,
        body: String::new(),
        content: String::new(),
        basis: s("khoản 5 Điều 19 Nghị định số 118/2025/NĐ-CP"),
    };
    vec![
        SubDeadlineView { ended: Some(s("10:00 10/11/2026")), ..sub(SubKind::CompletionNotice, SubState::Met) },
        SubDeadlineView {
            number: s("lần 2"),
            content: s(name),
            remaining: Some(s("còn 5 ngày làm việc")),
            ..sub(SubKind::Supplement, SubState::Running)
        },
        SubDeadlineView { ended: Some(s("08:45 10/11/2026")), ..sub(SubKind::HandOver, SubState::Late) },
        SubDeadlineView {
            number: s("số 1"),
            body: s(name),
            content: s("Xác nhận nơi cư trú"),
            remaining: Some(s("quá 3 giờ làm việc")),
            ..sub(SubKind::Consultation, SubState::Past)
        },
        sub(SubKind::CompletionNotice, SubState::NothingAsked),
        sub(SubKind::Supplement, SubState::Lapsed),
        sub(SubKind::Consultation, SubState::Moot),
    ]
}

fn dossier_events(name: &str) -> Vec<EventView> {
    let event =
        |at: &str, kind, by: &str, note: Option<&str>| EventView { at: s(at), kind, by: s(by), note: note.map(s) };
    vec![
        event("09:12 09/11/2026", EventKind::Received, "Lý Văn Páo", None),
        event("09:12 09/11/2026", EventKind::PromiseMade, "hệ thống", Some("hẹn trả 17:00 thứ Năm 12/11/2026")),
        event("08:00 11/11/2026", EventKind::NoticeSent, "hệ thống", Some("sắp đến hạn: Nguyễn Thị Hạnh")),
        event(
            "17:05 12/11/2026",
            EventKind::Rescheduled,
            "hệ thống",
            Some("Chờ xác minh của nơi thường trú trước đây"),
        ),
        event("17:06 12/11/2026", EventKind::LetterIssued, "hệ thống", Some(name)),
    ]
}

pub(super) fn dossier_messages(name: &str) -> Vec<MessageView> {
    vec![
        MessageView {
            kind: MessageKind::Apology,
            to: s(name),
            at: s("17:06 12/11/2026"),
            state: SendState::Sent,
            pdf_href: Some(s("/thu/0199.pdf")),
        },
        MessageView {
            kind: MessageKind::Overdue,
            to: s("Trần Thị Hoa"),
            at: s("17:06 12/11/2026"),
            state: SendState::Retry,
            pdf_href: None,
        },
    ]
}

fn dossier_refused(lang: Lang, name: &str) -> DossierPage {
    DossierPage {
        open: Some(Verb::Delay),
        draft: ActionDraft { reason: s(name), new_due_on: s("2026-11-24"), ..ActionDraft::default() },
        errors: vec![
            FieldError { field: "reason", message: s("Viết lý do để người nộp hiểu.") },
            FieldError { field: "new_due_on", message: s("24/11/2026 là ngày nghỉ.") },
        ],
        ..dossier(lang, name)
    }
}

fn dossier_new(lang: Lang, name: &str) -> DossierPage {
    DossierPage {
        applicant: ApplicantView { name: s(name), ..ApplicantView::default() },
        officer: None,
        flags: Vec::new(),
        dates: DatesView { received: s("09:12 thứ Hai 09/11/2026"), ..DatesView::default() },
        status: Status { standing: Standing::NoPromise, remaining: None, by_law: None },
        ledger: None,
        sub_deadlines: Vec::new(),
        requests_before: 0,
        unanswered: Vec::new(),
        messages: Vec::new(),
        papers: Vec::new(),
        actions: Vec::new(),
        ..dossier(lang, name)
    }
}
