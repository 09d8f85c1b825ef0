//! What a change of the ladder would do, in the words of the page.

use crate::domain::time::{Instant, civil_day};
use crate::office::Rules;
use crate::office::ladder_change::LadderChange;
use crate::office::ladder_rung::StatedRung;
use crate::render::pages::procedures::{ChangePreview, DeltaView};
use crate::render::pages::proposals::DifferenceRow;
use crate::render::pages::{Lang, ladder_words, time};

/// The change of the ladder before it is sent.
pub fn ladder(lang: Lang, change: &LadderChange, rules: &Rules, now: Instant) -> ChangePreview {
    let today = civil_day(now);
    let delta = |stated: &StatedRung| {
        let before = change.before(rules, stated).and_then(|row| StatedRung::of(row).ok());
        let place = ladder_words::place(lang, &stated.agency, &stated.procedure);
        DeltaView {
            code: String::new(),
            name: format!("{} {}: {place}", ladder_words::kind(lang, stated.kind), stated.level),
            added: before.is_none(),
            rows: rows(lang, before.as_ref(), stated),
        }
    };
    let from = change.rungs.iter().map(|stated| stated.valid_from.max(today)).min();
    ChangePreview { deltas: change.rungs.iter().map(delta).collect(), from: from.map(time::date) }
}

fn rows(lang: Lang, before: Option<&StatedRung>, after: &StatedRung) -> Vec<DifferenceRow> {
    let say = |vi: &str, en: &str| if lang == Lang::Vi { vi.to_owned() } else { en.to_owned() };
    let both = |what: String, pick: &dyn Fn(&StatedRung) -> String| DifferenceRow {
        what,
        before: before.map(pick).unwrap_or_default(),
        after: pick(after),
    };
    [
        both(say("Khi nào", "When"), &|it| ladder_words::when(lang, &it.rung())),
        both(say("Báo cho ai", "Who hears"), &|it| ladder_words::audiences(lang, &it.rung())),
        both(say("Chịu trách nhiệm", "Accountable"), &|it| ladder_words::accountable(lang, &it.rung())),
        both(say("Cách báo", "How"), &|it| ladder_words::how(lang, &it.rung())),
        both(say("Xác nhận đã biết", "Acknowledge"), &|it| ladder_words::acknowledge(lang, &it.rung())),
        both(say("Căn cứ", "Basis"), &|it| it.basis.clone()),
    ]
    .into_iter()
    .filter(|row| row.before != row.after)
    .collect()
}
