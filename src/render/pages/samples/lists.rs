//! The pages of lists over the files of the office: those at risk.

use askama::Template;

use super::{ctx, pager, s};
use crate::render::pages::at_risk::{AtRiskPage, ChanceView, RiskFile};
use crate::render::pages::board::UnitLink;
use crate::render::pages::ctx::Lang;
use crate::render::pages::pager::Pager;

pub(super) fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("at_risk", at_risk(lang, name).render());
    let nothing = AtRiskPage { rows: Vec::new(), units: Vec::new(), pager: Pager::default(), ..at_risk(lang, name) };
    add("at_risk-empty", nothing.render());
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
