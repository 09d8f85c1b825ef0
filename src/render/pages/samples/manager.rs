//! The manager's page.

use askama::Template;

use super::boards::count;
use super::{ctx, s};
use crate::domain::contribution::Points;
use crate::render::pages::ctx::Lang;
use crate::render::pages::manager::{
    Compared, ComputingPage, ManagerPage, OutlookView, PullRow, Pulls, RateTile, TrendRow,
};
use crate::render::pages::summary::RateKind;

pub fn all(lang: Lang, name: &str, add: &mut impl FnMut(&str, askama::Result<String>)) {
    add("manager", manager(lang, name).render());
    add("manager-empty", manager_empty(lang, name).render());
    let computing = ComputingPage {
        c: ctx(lang, "/dieu-hanh"),
        title: s("Điều hành"),
        progress: Some((3, 13)),
        href: "/dieu-hanh",
    };
    add("computing", computing.render());
}

fn manager(lang: Lang, name: &str) -> ManagerPage {
    let compared = |month: &str, percent: Option<&str>, change: Option<i64>| Compared {
        month: s(month),
        href: s("/bao-cao?from=2026-10-01&to=2026-10-31&as_of="),
        percent: percent.map(s),
        change: change.map(Points),
    };
    let tile = |kind, of, total, actual, target, gap| RateTile {
        kind,
        of: count(of),
        total: count(total),
        actual: Some(actual),
        target,
        gap: Some(Points(gap)),
        before: compared("10/2026", Some("91.20"), Some(1_92)),
        a_year_ago: compared("11/2025", None, None),
    };
    let month = |at: u32| TrendRow {
        label: format!("{:02}/2026", at + 1),
        href: s("/bao-cao"),
        on_time: (at != 3).then_some(9_000 + at * 30),
        online: Some(4_000 + at * 200),
    };
    ManagerPage {
        c: ctx(lang, "/dieu-hanh"),
        month: s("11/2026"),
        unclosed: vec![s("Tháng 10/2026")],
        of: None,
        as_of: s("15:20 17/11/2026"),
        old: false,
        running: false,
        on_time: tile(RateKind::OnTime, 931, 1_000, 9_312, 9_500, 1_88),
        online: tile(RateKind::EntirelyOnline, 620, 1_000, 6_200, 8_000, 18_00),
        more_needed: Some(900),
        outlook: Some(OutlookView {
            coming: 840,
            at_this_pace: 560,
            needed: 852,
            gets_there: false,
            possible: false,
            forecast: Some(6_413),
        }),
        unapologised: count(2),
        overdue: count(40),
        no_promise: count(3),
        in_progress: count(1_204),
        trend: (0..12).map(month).collect(),
        pulls: pulls(name),
    }
}

fn pulls(name: &str) -> Vec<Pulls> {
    let row = |points, code: Option<&str>| PullRow {
        name: s(name),
        code: code.map(s),
        missed: count(31),
        total: count(124),
        percent: Some(s("75.00")),
        points: Points(points),
    };
    let pulls = |id, kind, by_unit| Pulls {
        id,
        kind,
        by_unit,
        rows: vec![row(2_10, (!by_unit).then_some("1.012753")), row(35, (!by_unit).then_some("1.004873"))],
        others: Some((31, Points(-57))),
        gap: Points(1_88),
    };
    vec![
        pulls("h-late-procedures", RateKind::OnTime, false),
        pulls("h-late-units", RateKind::OnTime, true),
        pulls("h-online-procedures", RateKind::EntirelyOnline, false),
        pulls("h-online-units", RateKind::EntirelyOnline, true),
    ]
}

fn manager_empty(lang: Lang, name: &str) -> ManagerPage {
    let page = manager(lang, name);
    let nothing = |tile: RateTile| RateTile { of: count(0), total: count(0), actual: None, gap: None, ..tile };
    ManagerPage {
        old: true,
        running: true,
        on_time: nothing(page.on_time.clone()),
        online: nothing(page.online.clone()),
        more_needed: None,
        outlook: None,
        unapologised: count(0),
        trend: page.trend.iter().map(|row| TrendRow { on_time: None, online: None, ..row.clone() }).collect(),
        pulls: Vec::new(),
        ..page
    }
}
