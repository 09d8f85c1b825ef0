//! The periods: the list, one to be closed, one that is, and what differs since.

use askama::Template;

use super::{ctx, s};
use crate::domain::reporting_period::{PeriodKind, PeriodShape, ReportingPeriod};
use crate::render::pages::ctx::{Ctx, Lang};
use crate::render::pages::open_data::{OpenDataPage, OpenDataRow};
use crate::render::pages::periods::{
    DeltaBecause, DeltaFile, DeltaRow, PeriodDeltaPage, PeriodFigure, PeriodPage, PeriodRate, PeriodRow, PeriodStand,
    PeriodsPage, SignedView, period_name,
};
use crate::render::pages::summary::{Count, RateKind};
use crate::render::pages::words::Role;

pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("periods", periods(lang, name).render());
    add("period", period(lang, Some(name)).render());
    add("period-ended", period(lang, None).render());
    add("open_data", open_data(lang, name).render());
    add(
        "open_data-empty",
        OpenDataPage { rows: Vec::new(), licence: s("CC BY 4.0"), ..open_data(lang, name) }.render(),
    );
    add("period_delta", delta(lang, name).render());
    add("period_delta-none", PeriodDeltaPage { rows: Vec::new(), files: Vec::new(), ..delta(lang, name) }.render());
    add("period_delta-unexplained", PeriodDeltaPage { unexplained: vec![s(name)], ..delta(lang, name) }.render());
}

fn named(lang: Lang, kind: PeriodKind, number: u32) -> String {
    ReportingPeriod::new(kind, 2026, number).map(|period| period_name(lang, period)).unwrap_or_default()
}

fn periods(lang: Lang, name: &str) -> PeriodsPage {
    let row = |kind, number, stand| PeriodRow {
        name: named(lang, kind, number),
        days: s("01/11/2026 – 30/11/2026"),
        shape: PeriodShape::Calendar,
        stand,
        href: (stand != PeriodStand::Open).then(|| s("/ky-bao-cao/2026-10?shape=calendar")),
        signer: if stand == PeriodStand::Closed { s(name) } else { String::new() },
        closed: if stand == PeriodStand::Closed { s("08:10 02/11/2026") } else { String::new() },
    };
    PeriodsPage {
        c: ctx(lang, "/ky-bao-cao"),
        tabs: super::reports::tabs(),
        rows: vec![
            row(PeriodKind::Month, 11, PeriodStand::Open),
            row(PeriodKind::Month, 10, PeriodStand::Ended),
            row(PeriodKind::Month, 9, PeriodStand::Closed),
            row(PeriodKind::Quarter, 4, PeriodStand::Open),
            row(PeriodKind::HalfYear, 1, PeriodStand::Closed),
            PeriodRow { shape: PeriodShape::Official, ..row(PeriodKind::Year, 1, PeriodStand::Open) },
        ],
    }
}

fn period(lang: Lang, signer: Option<&str>) -> PeriodPage {
    let count = |n| Count { n, href: s("/bao-cao/ho-so?from=2026-10-01&to=2026-10-31&bucket=received") };
    let rate = |kind, of, total, percent: Option<&str>| PeriodRate {
        kind,
        of: count(of),
        total: count(total),
        percent: percent.map(s),
    };
    PeriodPage {
        c: ctx(lang, "/ky-bao-cao/2026-10?shape=calendar"),
        name: named(lang, PeriodKind::Month, 10),
        days: s("01/10/2026 – 31/10/2026"),
        shape: PeriodShape::Calendar,
        here: s("/ky-bao-cao/2026-10"),
        query: s("?shape=calendar"),
        signed: signer.map(|signer| SignedView {
            signer: s(signer),
            role: Role::Manager,
            at: s("08:10 02/11/2026"),
            sha256: "0f7a4a".repeat(10) + "c5f1",
        }),
        seen: s("c5f1"),
        may_close: true,
        rates: vec![
            rate(RateKind::OnTime, 539, 561, Some("96.07")),
            rate(RateKind::EntirelyOnline, 431, 546, Some("78.93")),
            rate(RateKind::Apology, 0, 0, None),
        ],
        figures: vec![
            PeriodFigure { name: s("tổng tiếp nhận"), count: count(701) },
            PeriodFigure { name: s("đã giải quyết"), count: count(553) },
        ],
        reports: vec![("tong-hop", "Tổng hợp"), ("06a-don-vi", "Biểu II.06a theo đơn vị")],
    }
}

fn open_data(lang: Lang, name: &str) -> OpenDataPage {
    OpenDataPage {
        c: Ctx { user: None, ..ctx(lang, "/du-lieu-mo") },
        rows: vec![OpenDataRow {
            name: named(lang, PeriodKind::Month, 10),
            agency: s(name),
            href: s("/du-lieu-mo/H38.19/2026-10"),
            sha256: "0f7a4a".repeat(10) + "c5f1",
        }],
        licence: String::new(),
        least: 5,
    }
}

fn delta(lang: Lang, name: &str) -> PeriodDeltaPage {
    PeriodDeltaPage {
        c: ctx(lang, "/ky-bao-cao/2026-10/chenh-lech?shape=calendar"),
        name: named(lang, PeriodKind::Month, 10),
        days: s("01/10/2026 – 31/10/2026"),
        here: s("/ky-bao-cao/2026-10?shape=calendar"),
        closed: s("08:10 02/11/2026"),
        rows: vec![DeltaRow { name: s("tổng tiếp nhận"), frozen: 701, today: 702, difference: s("+1") }],
        files: vec![DeltaFile {
            code: s("H38.12-261009-0021"),
            href: s("/ho-so/H38.12-261009-0021"),
            now_in: s("tổng tiếp nhận"),
            no_longer_in: String::new(),
            because: vec![DeltaBecause {
                at: s("09:00 05/11/2026"), who: s(name), what: s("ghi nhận"), note: s(name)
            }],
        }],
        unexplained: Vec::new(),
    }
}
