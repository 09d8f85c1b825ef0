//! What a change would do, in the words of the page.

mod ladder;

use crate::domain::time::{Instant, civil_day};
use crate::office::Rules;
use crate::office::procedure_change::ProcedureChange;
use crate::office::procedure_facts::{FieldDelta, ProcedureDelta};
use crate::office::proposals::{Change, Difference, Proposed};
use crate::office::time_rule_change::TimeRuleChange;
use crate::office::time_rule_file::StatedRule;
use crate::render::pages::phrases::Done;
use crate::render::pages::procedures::{ChangePreview, DeltaView, VersionStanding};
use crate::render::pages::proposals::DifferenceRow;
use crate::render::pages::{Lang, rule_words, time};
use crate::store::time_rules::TimeRule;

use super::front::Front;
use super::{PageResult, encoded, shown};

pub use self::ladder::ladder;

/// Leads on from a change that was sent: to the proposal, or where it can be seen to hold.
///
/// # Errors
/// None of its own.
pub fn sent(front: &Front, proposed: &Proposed, holds: &str) -> PageResult {
    match proposed {
        Proposed::Waits(id) => front.done(Done::Proposed, &format!("/de-xuat/{}", encoded(id))),
        Proposed::Applied => front.done(Done::Applied, holds),
    }
}

pub fn deltas(lang: Lang, deltas: &[ProcedureDelta]) -> Vec<DeltaView> {
    let view = |delta: &ProcedureDelta| DeltaView {
        code: delta.code.clone(),
        name: delta.name.clone(),
        added: delta.added,
        rows: delta.fields.iter().map(|field| row(lang, field)).collect(),
    };
    deltas.iter().map(view).collect()
}

fn row(lang: Lang, delta: &FieldDelta) -> DifferenceRow {
    DifferenceRow {
        what: rule_words::field(lang, delta.field, delta.channel),
        before: rule_words::value(lang, delta.field, &delta.before),
        after: rule_words::value(lang, delta.field, &delta.after),
    }
}

/// The change of procedures before it is sent.
pub fn procedures(lang: Lang, change: &ProcedureChange, rules: &Rules, now: Instant) -> ChangePreview {
    ChangePreview { deltas: deltas(lang, &change.deltas(rules, now)), from: change.valid_from.map(time::date) }
}

/// The change of time rules before it is sent.
pub fn time_rules(lang: Lang, change: &TimeRuleChange, rules: &Rules, now: Instant) -> ChangePreview {
    let today = civil_day(now);
    let view = |stated: &StatedRule| {
        let before = change.before(rules, stated);
        DeltaView {
            code: String::new(),
            name: title(lang, stated),
            added: before.is_none(),
            rows: rule_rows(lang, before, stated),
        }
    };
    let from = change.rules.iter().map(|stated| stated.valid_from.max(today)).min();
    ChangePreview { deltas: change.rules.iter().map(view).collect(), from: from.map(time::date) }
}

fn title(lang: Lang, stated: &StatedRule) -> String {
    let (name, _) = rule_words::rule(lang, stated.kind);
    format!("{name}: {}, {}", rule_words::sector(lang, &stated.sector), rule_words::area(lang, &stated.area))
}

fn rule_rows(lang: Lang, before: Option<&TimeRule>, stated: &StatedRule) -> Vec<DifferenceRow> {
    let say = |vi: &str, en: &str| if lang == Lang::Vi { vi.to_owned() } else { en.to_owned() };
    let old = |pick: &dyn Fn(&TimeRule) -> String| before.map(pick).unwrap_or_default();
    let rows = [
        (
            say("Thời hạn", "Time"),
            old(&|row| rule_words::rule_limit(lang, row.limit_value, row.limit_unit)),
            rule_words::rule_limit(lang, stated.limit_value, stated.limit_unit),
        ),
        (
            say("Nhắc", "Notice"),
            old(&|row| rule_words::notice(lang, row.notice).to_owned()),
            rule_words::notice(lang, stated.notice).to_owned(),
        ),
        (say("Căn cứ", "Basis"), old(&|row| row.basis.clone()), stated.basis.clone()),
        (
            say("Mức xác nhận", "Certainty"),
            old(&|row| rule_words::confidence(lang, &row.confidence)),
            rule_words::confidence(lang, &stated.confidence),
        ),
        (say("Áp dụng từ", "From"), old(&|row| time::date(row.valid_from)), time::date(stated.valid_from)),
    ];
    let differs = rows.into_iter().filter(|(_, before, after)| before != after);
    differs.map(|(what, before, after)| DifferenceRow { what, before, after }).collect()
}

/// What a proposal would do: a line for each difference.
pub fn differences(
    lang: Lang,
    change: &Change,
    plain: Vec<Difference>,
    rules: &Rules,
    now: Instant,
) -> Vec<DifferenceRow> {
    let flat = |deltas: Vec<DeltaView>| {
        let named = |delta: DeltaView| {
            let head = if delta.code.is_empty() { delta.name } else { delta.code };
            delta.rows.into_iter().map(move |row| DifferenceRow { what: format!("{head} · {}", row.what), ..row })
        };
        deltas.into_iter().flat_map(named).collect()
    };
    match change {
        Change::Procedures(change) => flat(procedures(lang, change, rules, now).deltas),
        Change::TimeRules(change) => flat(time_rules(lang, change, rules, now).deltas),
        Change::Ladder(change) => flat(ladder(lang, change, rules, now).deltas),
        Change::Correction(correction) => {
            let at = |moment| shown::long_at(lang, moment);
            let say = |vi: &str, en: &str| if lang == Lang::Vi { vi.to_owned() } else { en.to_owned() };
            let line = |what, before, after| DifferenceRow { what, before, after };
            vec![
                line(say("Có kết quả lúc", "Result ready at"), at(correction.was), at(correction.becomes)),
                line(say("Vì sao", "Why"), "–".to_owned(), correction.reason.clone()),
            ]
        }
        Change::Calendar(_) => {
            let row = |line: Difference| DifferenceRow { what: line.what, before: line.before, after: line.after };
            plain.into_iter().map(row).collect()
        }
    }
}

/// From when a proposal would hold if it were approved at `now`.
pub fn begins(lang: Lang, change: &Change, now: Instant) -> Option<String> {
    let say = |vi: &str, en: &str| if lang == Lang::Vi { vi.to_owned() } else { en.to_owned() };
    let at = |day: chrono::NaiveDate| match day {
        day if day > civil_day(now) => format!("{} {}", say("từ", "from"), time::date(day)),
        day => format!(
            "{} ({} {})",
            say("từ lúc duyệt", "from the approval on"),
            say("ngày đề xuất áp dụng là", "the day proposed was"),
            time::date(day)
        ),
    };
    match change {
        Change::Procedures(change) => {
            Some(change.valid_from.map_or_else(|| say("từ lúc duyệt", "from the approval on"), at))
        }
        Change::TimeRules(change) => change.rules.iter().map(|stated| stated.valid_from).min().map(at),
        Change::Ladder(change) => change.rungs.iter().map(|stated| stated.valid_from).min().map(at),
        Change::Calendar(_) | Change::Correction(_) => None,
    }
}

/// Where a version stands that begins at `from` and ended at `until`, when `holds` is the one in force.
pub fn standing(from: Instant, until: Option<Instant>, holds: bool, now: Instant) -> VersionStanding {
    if holds {
        VersionStanding::InForce
    } else if until.is_some_and(|until| until <= from) {
        VersionStanding::Replaced
    } else if from > now {
        VersionStanding::Coming
    } else {
        VersionStanding::Past
    }
}
