//! The pages of lists over the files of the office: those at risk, the index and what it is counted from.

use askama::Template;

use super::{ctx, pager, s};
use crate::domain::index_766::{IndexGroup, IndexPart, Source};
use crate::domain::reconcile::{Cause, Compared, Total};
use crate::domain::self_score::SelfScoreItem;
use crate::render::pages::at_risk::{AtRiskPage, ChanceView, RiskFile};
use crate::render::pages::board::UnitLink;
use crate::render::pages::ctx::Lang;
use crate::render::pages::indices::{Counted, GroupView, IndicesPage, Number, PartRow, PeriodLink, TotalView};
use crate::render::pages::pager::Pager;
use crate::render::pages::reconcile::{BothSides, DifferenceRow, ReconcilePage, TotalRow};
use crate::render::pages::summary::Count;

pub(super) fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("at_risk", at_risk(lang, name).render());
    let nothing = AtRiskPage {
        rows: Vec::new(),
        units: Vec::new(),
        unit: String::new(),
        as_of: String::new(),
        seen_at: None,
        pager: Pager::default(),
        ..at_risk(lang, name)
    };
    add("at_risk-empty", nothing.render());
    add("indices", indices(lang, name).render());
    add("indices-refused", IndicesPage { error: Some(s(name)), ..indices(lang, name) }.render());
    add("reconcile", reconcile(lang, name).render());
    let refused = ReconcilePage { errors: vec![s(name)], sides: None, ..reconcile(lang, name) };
    add("reconcile-refused", refused.render());
}

fn reconcile(lang: Lang, name: &str) -> ReconcilePage {
    let total = |(at, total): (usize, &Total)| TotalRow {
        total: *total,
        ours: 1_204,
        theirs: 1_199,
        difference: if at == 0 { 0 } else { -5 },
        causes: if at == 0 { Vec::new() } else { vec![(Cause::NewPromise, -7), (Cause::Twice, 2)] },
    };
    let row = |(at, cause): (u64, &Cause)| DifferenceRow {
        code: format!("H38.12-261109-{at:04}"),
        is_here: *cause != Cause::MissingHere,
        row: (at % 3 > 0).then_some(at),
        what: Compared::DueAt,
        cause: *cause,
        ours: s("17:00 12/11/2026"),
        theirs: s(name),
    };
    ReconcilePage {
        c: ctx(lang, "/nhap/01a/doi-chieu"),
        id: s("01a"),
        file_name: s(name),
        from: s("2026-11-01"),
        to: s("2026-11-30"),
        errors: Vec::new(),
        sides: Some(BothSides {
            rows: 1_240,
            without_code: 2,
            both: 1_190,
            same: 1_100,
            totals: Total::ALL.iter().enumerate().map(total).collect(),
            causes: Compared::ALL.iter().map(|what| (*what, Cause::OtherDate, 12)).collect(),
            differences: (1..).zip(Cause::ALL).map(row).collect(),
            pager: pager("/nhap/01a/doi-chieu"),
            more: 3,
        }),
    }
}

fn indices(lang: Lang, name: &str) -> IndicesPage {
    let files = |n| Number::Files(Count { n, href: s("/bao-cao/ho-so?bucket=late_all") });
    let total = || TotalView { points: s("31.07"), supported: s("44.00"), most: s("100.00") };
    let part = |part: &IndexPart| PartRow {
        key: *part,
        counted: match part.source() {
            Source::Nothing => None,
            Source::Files(..) => Some(Counted { of: files(1_203), total: files(1_480), percent: Some(s("81.28")) }),
            Source::OfferedProcedures | Source::UsedProcedures => {
                Some(Counted { of: Number::Procedures(0), total: Number::Procedures(0), percent: None })
            }
        },
        points: matches!(part.source(), Source::Files(..)).then(|| s("16.25")),
        most: part.most().to_string(),
        steps: Vec::new(),
    };
    let group = |group: &IndexGroup| GroupView {
        key: *group,
        points: s("16.25"),
        supported: s("20.00"),
        most: s("22.00"),
        parts: IndexPart::ALL.iter().filter(|part| part.group() == *group).map(part).collect(),
    };
    let item = |item: &SelfScoreItem| PartRow {
        key: *item,
        counted: item.buckets().map(|_| Counted { of: files(3), total: files(3), percent: Some(s("100.00")) }),
        points: item.buckets().map(|_| s("2.00")),
        most: s("2.00"),
        steps: vec![(s("100.00"), s("2.00")), (s("95.00"), s("1.50"))],
    };
    let period = |name: &str, current| PeriodLink { name: s(name), href: s("/bao-cao/chi-so"), current };
    IndicesPage {
        c: ctx(lang, "/bao-cao/chi-so"),
        from: s("2026-11-01"),
        to: s("2026-11-30"),
        period: s("01/11/2026 – 30/11/2026"),
        cut: s("15:20 17/11/2026"),
        error: None,
        tabs: super::reports::tabs(),
        periods: vec![period("2026-11", true), period(name, false)],
        asked: s("from=2026-11-01&to=2026-11-30"),
        total: total(),
        groups: IndexGroup::ALL.iter().map(group).collect(),
        own_total: total(),
        items: SelfScoreItem::ALL.iter().map(item).collect(),
    }
}

fn at_risk(lang: Lang, name: &str) -> AtRiskPage {
    let unit = |current| UnitLink { name: s(name), href: s("/ho-so/nguy-co?don-vi=PKT"), current };
    let chance = |late: &str, tone| ChanceView { late: s(late), low: s("21.40"), high: s("96.02"), tone };
    let file = |at: u64, chance| RiskFile {
        code: format!("H38.12-261109-{at:04}"),
        procedure: s("Xác nhận tình trạng hôn nhân"),
        unit: s(name),
        officer: if at == 2 { String::new() } else { s(name) },
        due: s("17:00 18/11/2026"),
        left: s("còn 1 ngày 2 giờ làm việc"),
        again: at == 2,
        chance,
        cases: 1_240 * at,
        finished: 1_200 * at,
        too_few: at == 4,
    };
    AtRiskPage {
        c: ctx(lang, "/ho-so/nguy-co"),
        units: vec![unit(true), unit(false)],
        asked: s("don-vi=PKT"),
        unit: s("PKT"),
        as_of: s("2026-11-17T15:20"),
        seen_at: Some(s("15:20 17/11/2026")),
        history: s("17/11/2024 – 17/11/2026"),
        min_finished: 20,
        silent: 12,
        late: 3,
        paused: 4,
        no_promise: 1,
        rows: vec![
            file(1, Some(chance("88.20", "bad"))),
            file(2, Some(chance("24.00", "warn"))),
            file(3, Some(chance("0.00", "good"))),
            file(4, None),
            file(5, None),
        ],
        pager: pager("/ho-so/nguy-co"),
    }
}
