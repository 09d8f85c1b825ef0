//! The summary of a period, the forms, and the province's page.

use askama::Template;

use super::{choices, ctx, s};
use crate::domain::ageing::{AgeBand, DueBand};
use crate::domain::summary::Bucket;
use crate::render::pages::ctx::Lang;
use crate::render::pages::province::{AgencyRow, ProvincePage};
use crate::render::pages::reports::{PeriodForm, ReportPage, Section, Tab};
use crate::render::pages::summary::{
    AgeView, Count, InProgressView, NeededView, RateKind, RateView, ReceivedView, ReceptionView, ResolvedView,
    StatutoryView, SummaryPage, TargetView, TrendMonth,
};
use crate::render::tables::{Behind, Cell, TOTAL, Table};

pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("summary", summary(lang).render());
    add("summary-empty", summary_empty(lang, name).render());
    add("province", province(lang, name).render());
    add("province-empty", ProvincePage { rows: Vec::new(), ..province(lang, name) }.render());
    add("report", report(lang, name, 0).render());
    add("report-parted", report(lang, name, 1).render());
    add("report-empty", report_empty(lang, name).render());
}

pub(super) fn count(n: u64) -> Count {
    Count { n, href: s("/ho-so?tu=2026-11-01&den=2026-11-17&nhom=x") }
}

fn province(lang: Lang, name: &str) -> ProvincePage {
    let row = |rank, code: &str, name: &str, (met, base): (u64, u64), percent: Option<&str>| AgencyRow {
        rank,
        code: s(code),
        name: s(name),
        received: count(base + 12),
        resolved: count(base),
        on_time: (count(met), count(base)),
        on_time_percent: percent.map(s),
        online: (count(met / 2), count(base)),
        online_percent: percent.map(|_| s("81.20")),
        overdue: count(base - met),
        unapologised: count(0),
    };
    ProvincePage {
        c: ctx(lang, "/tinh"),
        from: s("2026-11-01"),
        to: s("2026-11-17"),
        as_of: String::new(),
        period: s("01/11/2026 – 17/11/2026"),
        cut: s("15:20 17/11/2026"),
        error: None,
        query: s("from=2026-11-01&to=2026-11-17&as_of="),
        online: RateKind::EntirelyOnline,
        rows: vec![
            row(Some(1), "H38.19", "UBND xã Mẫu", (412, 420), Some("98.09")),
            row(Some(2), "H38.20", name, (350, 361), Some("96.95")),
            row(None, "H38.21", "UBND xã Chưa có hồ sơ", (0, 0), None),
        ],
        total: row(None, "", "", (762, 781), Some("97.56")),
    }
}

fn resolved() -> ResolvedView {
    ResolvedView {
        total: count(553),
        early: count(401),
        on_time: count(138),
        late: count(14),
        late_with_apology: count(14),
        late_without_apology: count(0),
        no_promise: count(0),
    }
}

fn rate(kind: RateKind, of: u64, total: u64, percent: Option<&str>) -> RateView {
    RateView { kind, of: count(of), total: count(total), percent: percent.map(s) }
}

fn more_rates() -> Vec<RateView> {
    vec![
        rate(RateKind::OnTimeResolved, 539, 553, Some("97.46")),
        rate(RateKind::OnTimeReceived, 539, 701, Some("76.89")),
        rate(RateKind::CommitmentOnTime, 311, 320, Some("97.18")),
        rate(RateKind::NewDateOnTime, 0, 0, None),
        rate(RateKind::Early, 401, 553, Some("72.51")),
        rate(RateKind::OnDay, 138, 553, Some("24.95")),
        rate(RateKind::Late, 14, 553, Some("2.53")),
        rate(RateKind::ElectronicResult, 520, 546, Some("95.23")),
        rate(RateKind::OnlinePayment, 201, 260, Some("77.30")),
    ]
}

fn summary(lang: Lang) -> SummaryPage {
    let on_time = [9612, 9580, 9431, 9655, 9702, 9688, 9540, 9611, 9720, 9755, 9698, 9734];
    let online = [5210, 5530, 5475, 6012, 6390, 6544, 6820, 7015, 7233, 7410, 7688, 7892];
    let trend = on_time.iter().zip(online).enumerate().map(|(at, (a, b))| TrendMonth {
        label: format!("{:02}/{}", (at + 11) % 12 + 1, if at == 0 { 25 } else { 26 }),
        on_time: (at != 3).then_some(*a),
        online: Some(b),
    });
    SummaryPage {
        c: ctx(lang, "/bao-cao"),
        tabs: tabs(),
        asked: asked(),
        files: files(),
        period: s("01/11/2026 – 17/11/2026"),
        cut: s("15:20 17/11/2026"),
        error: None,
        received: ReceivedView {
            total: count(701),
            online: count(431),
            counter: count(110),
            post: count(5),
            carried_over: count(155),
        },
        resolved: resolved(),
        in_progress: InProgressView {
            total: count(148),
            in_time: count(126),
            overdue: count(7),
            paused: count(12),
            no_promise: count(3),
        },
        rates: vec![
            rate(RateKind::OnTime, 539, 560, Some("96.25")),
            rate(RateKind::OnlineSubmission, 431, 546, Some("78.93")),
            rate(RateKind::FullOnline, 402, 488, Some("82.37")),
            rate(RateKind::EntirelyOnline, 377, 546, Some("69.04")),
            rate(RateKind::Apology, 14, 14, Some("100.00")),
        ],
        more: more_rates(),
        ages: AgeBand::ALL.iter().map(|band| age(*band)).collect(),
        dues: DueBand::ALL.iter().map(|band| (*band, count(12))).collect(),
        needed: NeededView { cases: count(546), censored: count(61), median: Some(3), p90: None },
        definitions: vec![s("Tỷ lệ trước hạn (định nghĩa 1): hồ sơ đã giải quyết trước ngày hẹn trả.")],
        unapologised: count(2),
        statutory: StatutoryView { late: count(9), of: count(544), total: count(556), percent: Some(s("97.84")) },
        target: TargetView {
            measure: RateKind::EntirelyOnline,
            target: 8_000,
            actual: Some(7_893),
            met: Some(false),
            more_needed: 29,
            forecast: Some(8_021),
            bounds: Some((7_944, 8_103)),
        },
        reception: ReceptionView { in_time: count(3), late: count(1), returned: count(1), not_accepted: count(2) },
        trend: trend.collect(),
    }
}

fn age(band: AgeBand) -> AgeView {
    AgeView { band, total: count(12), in_time: count(7), overdue: count(2), paused: count(2), no_promise: count(1) }
}

pub(super) fn tabs() -> Vec<Tab> {
    let tab = |href: &str, label, current| Tab { href: s(href), label, current };
    vec![tab("/bao-cao", "Tổng hợp", true), tab("/bao-cao/bieu/06a", "Biểu II.06a", false)]
}

fn files() -> Vec<(String, &'static str)> {
    vec![(s("/bao-cao/tep/06a.csv"), "CSV"), (s("/bao-cao/tep/06a.pdf"), "PDF")]
}

fn asked() -> PeriodForm {
    PeriodForm {
        from: s("2026-11-01"),
        to: s("2026-11-17"),
        as_of: String::new(),
        periods: vec![("Tháng", choices(&["Tháng 11/2026", "Tháng 10/2026"]))],
        shapes: choices(&["Trọn tháng theo lịch", "Kỳ chốt 15 đến 14"]),
        agency: Some(s("H38.20")),
    }
}

/// A form with a line, and a report in parts.
fn report(lang: Lang, name: &str, by: usize) -> ReportPage {
    let c = ctx(lang, "/bao-cao/bieu/06a");
    let text = |text: &str| Cell::Text(s(text));
    let row = |named: &str| {
        let cells = [text("Chỉ tiêu"), text(named), Cell::Number(1_234), text("82.45"), Cell::Empty];
        cells.into_iter().skip(usize::from(by == 0)).collect()
    };
    let skipped = usize::from(by == 0);
    let table = Table {
        title: s(name),
        head: ["Chỉ tiêu", "Lĩnh vực", "Tổng số", "Tỷ lệ (%)", "Ghi chú"].into_iter().skip(skipped).collect(),
        rows: vec![row(name), row(TOTAL)],
        behind: [((0, 2 - skipped), Behind::of(Bucket::Received))].into(),
        ..Table::default()
    };
    ReportPage {
        tabs: tabs(),
        asked: asked(),
        here: s("/bao-cao/bieu/06a"),
        by: choices(&["Lĩnh vực", "Đơn vị"]),
        ratios: choices(&["Tỷ lệ nộp trực tuyến", name]),
        title: "Biểu II.06a",
        period: s("01/11/2026 – 17/11/2026"),
        cut: s("15:20 17/11/2026"),
        error: None,
        sections: Section::all(&c, &table, by, &|_| s("/bao-cao/ho-so?bucket=received")),
        table_title: table.title,
        notes: vec![s(name)],
        notes_first: by > 0,
        definitions: vec![s(name)],
        files: files(),
        c,
    }
}

fn report_empty(lang: Lang, name: &str) -> ReportPage {
    ReportPage { error: Some(s(name)), sections: Vec::new(), by: Vec::new(), ..report(lang, name, 0) }
}

fn summary_empty(lang: Lang, name: &str) -> SummaryPage {
    let mut page = summary(lang);
    page.error = Some(s(name));
    page.target = TargetView { target: 8_000, ..TargetView::default() };
    page.trend.clear();
    for rate in &mut page.rates {
        rate.percent = None;
    }
    page
}
