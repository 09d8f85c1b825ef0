//! The calendar, its changes, and proposals.

use askama::Template;
use chrono::{Datelike, NaiveDate, Weekday};

use super::{ctx, s};
use crate::domain::calendar::DayKind;
use crate::render::pages::calendar::{
    CalendarChangePage, CalendarPage, ChangedDay, DayInput, EditForms, Effect, EffectRow, OpenForm, SpecialDay,
    SwapInput, VersionRow,
};
use crate::render::pages::ctx::Lang;
use crate::render::pages::form::{Choice, FieldError};
use crate::render::pages::month::{DayMark, MonthView};
use crate::render::pages::proposals::{
    DifferenceRow, MayDecide, ProposalPage, ProposalRow, ProposalStanding, ProposalSubject, ProposalsPage,
};

pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("calendar", calendar(lang, name).render());
    for (title, open) in [("day", OpenForm::Day), ("swap", OpenForm::Swap), ("file", OpenForm::File)] {
        add(&format!("calendar-{title}"), calendar_edited(lang, name, open).render());
    }
    add("calendar_change", calendar_change(lang, name, None).render());
    add("calendar_change-proposed", calendar_change(lang, name, Some("01a")).render());
    add("proposals", ProposalsPage { c: ctx(lang, "/de-xuat"), rows: proposal_rows(name) }.render());
    add("proposals-empty", ProposalsPage { c: ctx(lang, "/de-xuat"), rows: Vec::new() }.render());
    for (at, may) in [MayDecide::Yes, MayDecide::Own, MayDecide::No].into_iter().enumerate() {
        add(&format!("proposal-{may:?}"), proposal(lang, name, at, may).render());
    }
}

fn proposal_rows(name: &str) -> Vec<ProposalRow> {
    let row = |standing, subject, decided: Option<&str>| ProposalRow {
        id: "01a".to_owned(),
        subject,
        title: s(name),
        standing,
        proposed_by: s(name),
        proposed: "08:15 23/11/2026".to_owned(),
        decided_by: decided.map(|_| s(name)).unwrap_or_default(),
        decided: decided.map(str::to_owned),
        note: if standing == ProposalStanding::Refused { s(name) } else { String::new() },
    };
    let decided = Some("09:00 23/11/2026");
    vec![
        row(ProposalStanding::Waiting, ProposalSubject::Calendar, None),
        row(ProposalStanding::Approved, ProposalSubject::Procedures, decided),
        row(ProposalStanding::Refused, ProposalSubject::TimeRules, decided),
        row(ProposalStanding::Withdrawn, ProposalSubject::Procedures, decided),
    ]
}

fn proposal(lang: Lang, name: &str, at: usize, may: MayDecide) -> ProposalPage {
    let line = |before: &str, after: &str| DifferenceRow { what: s(name), before: s(before), after: s(after) };
    let rows = proposal_rows(name);
    let row = if may == MayDecide::No { rows[1].clone() } else { rows[0].clone() };
    ProposalPage {
        c: ctx(lang, "/de-xuat/01a"),
        row,
        differences: vec![line("5", "3"), line("", name), line(name, "")],
        may,
        from: Some(s("từ 01/03/2027")),
        base: "7".to_owned(),
        outdated: at == 0,
        dossier: None,
        effects: (at == 0).then(|| "/lich".to_owned()),
    }
}

fn calendar(lang: Lang, name: &str) -> CalendarPage {
    let off = |day: NaiveDate| {
        [(1, 1), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (4, 30), (5, 1), (9, 2), (11, 24)]
            .contains(&(day.month(), day.day()))
    };
    let months = (1..=12).filter_map(|m| {
        MonthView::build(2026, m, |day| match day.weekday() {
            _ if off(day) => (DayMark::Holiday, s("Nghỉ lễ")),
            Weekday::Sat if day.day() == 22 && m == 8 => (DayMark::MakeUp, s("Làm bù")),
            Weekday::Sat | Weekday::Sun => (DayMark::Weekend, String::new()),
            Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => (DayMark::Plain, String::new()),
        })
    });
    let day = |date: &str, iso: &str, name: &str, kind, basis: Option<&str>| SpecialDay {
        date: s(date),
        iso: s(iso),
        kind,
        name: s(name),
        basis: basis.map(s),
        confirmed: basis.is_some(),
        decision: s(name),
        entered_by: s(name),
        approved_by: s("giamdoc"),
    };
    let version = |version, approved_by: &str| VersionRow {
        version,
        made: s("09:00 23/11/2026"),
        decision: s(name),
        entered_by: s(name),
        approved_by: s(approved_by),
    };
    CalendarPage {
        c: ctx(lang, "/lich?nam=2026"),
        year: 2026,
        months: months.collect(),
        days: vec![
            day("thứ Năm 01/01/2026", "2026-01-01", name, DayKind::Holiday, Some("Bộ luật Lao động, Điều 112")),
            day("thứ Bảy 22/08/2026", "2026-08-22", name, DayKind::SwappedWorking, None),
            day("thứ Ba 24/11/2026", "2026-11-24", name, DayKind::Holiday, Some("Nghị quyết 28/2026/QH16")),
        ],
        published: false,
        doubtful: true,
        version: s("2"),
        hours: vec![s("thứ Hai đến thứ Sáu 07:30–11:30, 13:30–17:00")],
        working_days: 251,
        versions: vec![version(2, "giamdoc"), version(1, "")],
        edit: None,
    }
}

fn calendar_edited(lang: Lang, name: &str, open: OpenForm) -> CalendarPage {
    let error = |field| FieldError { field, message: s(name) };
    let day = DayInput {
        date: s(name),
        kinds: vec![Choice::new("holiday", name, "")],
        name: s(name),
        basis: s(name),
        confidence: vec![Choice::new("confirmed", name, "confirmed")],
        decision: s(name),
    };
    let swap = SwapInput { off: s(name), worked: s(name), confidence: day.confidence.clone(), decision: s(name) };
    let errors = ["date", "name", "decision", "off", "worked", "file"].map(error).to_vec();
    let edit = EditForms { open, day, swap, file_decision: s(name), errors, rejected: vec![s(name)], four_eyes: true };
    CalendarPage { edit: Some(edit), published: true, ..calendar(lang, name) }
}

fn calendar_change(lang: Lang, name: &str, proposal: Option<&str>) -> CalendarChangePage {
    let row = |effect| EffectRow {
        code: s("H38.19-261123-0001"),
        procedure: s(name),
        was: s("17:00 thứ Tư 25/11/2026"),
        effect,
        new_date: Some((s("17:00 thứ Năm 26/11/2026"), s("17:00 thứ Sáu 27/11/2026"))),
    };
    let later = Effect::Later(s("17:00 thứ Sáu 27/11/2026"));
    CalendarChangePage {
        c: ctx(lang, "/lich/xem-truoc"),
        decision: s(name),
        year: 2026,
        days: vec![ChangedDay { date: s("25/11/2026"), before: String::new(), after: s(name) }],
        warnings: vec![s(name)],
        open: 12_480,
        later: 310,
        stays: 2,
        waits: 14,
        new_dates: 1,
        touched: 327,
        rows: [later, Effect::Stays, Effect::Waits, Effect::Unchanged].map(row).to_vec(),
        from: 51,
        to: 54,
        previous: Some(0),
        next: Some(54),
        change: proposal.is_none().then(|| s(name)),
        proposal: proposal.map(s),
        four_eyes: true,
    }
}
