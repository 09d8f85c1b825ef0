//! The limits of procedures against what was needed.

use askama::Template;

use super::reports::{count, tabs};
use super::{choices, ctx, pager, s};
use crate::domain::limit::LimitUnit;
use crate::render::pages::ctx::Lang;
use crate::render::pages::time_limits::{LimitRow, TimeLimitsPage};
use crate::render::pages::words::Channel;

pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("time_limits", time_limits(lang, name).render());
    add("time_limits-empty", time_limits_empty(lang, name).render());
}

fn limit_rows(name: &str) -> Vec<LimitRow> {
    let row = |statutory, unit, channel, could_cut| LimitRow {
        code: s("1.012753"),
        name: s(name),
        channel,
        unit,
        statutory,
        commitment: None,
        committed_cut: None,
        is_cut: false,
        cases: count(412),
        censored: count(31),
        median: Some(6),
        p90: Some(11),
        shortest: Some(13),
        shortest_late: Some(s("4.82")),
        possible: Some(s("35.00")),
        could_cut,
    };
    let cut = LimitRow {
        commitment: Some((14, LimitUnit::WorkingDay)),
        committed_cut: Some(s("30.00")),
        is_cut: true,
        ..row(20, LimitUnit::WorkingDay, Some(Channel::Online), Some(true))
    };
    let same_day = LimitRow {
        censored: count(0),
        median: Some(0),
        p90: Some(1),
        shortest: Some(2),
        possible: None,
        ..row(0, LimitUnit::SameDay, None, Some(false))
    };
    let silent = LimitRow {
        commitment: Some((30, LimitUnit::WorkingHour)),
        median: None,
        p90: None,
        shortest: None,
        shortest_late: None,
        possible: None,
        ..row(5, LimitUnit::CalendarDay, None, None)
    };
    vec![cut, same_day, silent]
}

fn time_limits(lang: Lang, name: &str) -> TimeLimitsPage {
    TimeLimitsPage {
        c: ctx(lang, "/bao-cao/thoi-han"),
        tabs: tabs(),
        pager: pager("/bao-cao/thoi-han"),
        from: s("2025-11-25"),
        to: s("2026-11-24"),
        as_of: String::new(),
        late_share: s("5"),
        sorts: choices(&["Cắt được nhiều nhất", "Nhiều hồ sơ nhất"]),
        shows: choices(&["Có hồ sơ trong kỳ", "Tất cả"]),
        period: s("25/11/2025 – 24/11/2026"),
        cut_at: s("15:20 24/11/2026"),
        error: None,
        cut: 41,
        total: 226,
        without_limit: 2,
        percent: Some(s("18.14")),
        met: Some(false),
        cut_percent: s("30.00"),
        procedures_percent: s("30.00"),
        late_percent: s("5.00"),
        min_cases: 30,
        reachable: 78,
        rows: limit_rows(name),
    }
}

fn time_limits_empty(lang: Lang, name: &str) -> TimeLimitsPage {
    TimeLimitsPage {
        error: Some(s(name)),
        late_share: s(name),
        percent: None,
        met: None,
        rows: Vec::new(),
        ..time_limits(lang, name)
    }
}
