//! What officials are told of a letter that is to be signed, and when that does not wait any more.

use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::office::Office;
use crate::office::alarm::Alarm;
use crate::office::at_hand::AtHand;
use crate::office::error::OfficeResult;
use crate::office::rules::Rules;
use crate::store::letters::{LetterKind, LetterRow};
use crate::store::{alerts, outbox};

impl Office {
    /// Tells officials of a letter, once for each time it was drafted.
    pub(super) fn alarm_letter(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        letter: &LetterRow,
        (kind, audience, reason): (NoticeKind, Audience, &str),
    ) -> OfficeResult<Option<outbox::Raised>> {
        let before = dossier.alerts.iter().filter(|alert| alert.kind == kind && speaks_of(alert, letter)).count();
        let alarm = Alarm {
            kind,
            level: i32::try_from(before).unwrap_or(0) * LEVELS + level_of(letter.kind),
            audience,
            promise: letter.promise_number,
            ways: &[Way::Screen, Way::Mail],
            bundling: Bundling::Single,
            urgency: Urgency::Normal,
            acknowledge_by: None,
            reason,
        };
        let raised = self.alarm(rules, now, dossier, &alarm)?;
        if raised.is_none() {
            tracing::warn!(dossier = %dossier.row.code, %kind, %audience, "nobody with an address to tell");
        }
        Ok(raised)
    }
}

/// The letter was decided: what officials were told of it does not wait any more.
pub(in crate::office) fn end_alarms(dossier: &mut AtHand, now: Instant, letter: &LetterRow) {
    let kinds = [NoticeKind::SignatureDue, NoticeKind::Unsigned, NoticeKind::LetterRefused];
    let about = dossier.alerts.iter().filter(|alert| kinds.contains(&alert.kind) && speaks_of(alert, letter));
    let ids: Vec<String> = about.map(|alert| alert.id.clone()).collect();
    if !ids.is_empty() {
        dossier.end_alerts(&ids, now);
        dossier.silence(ids, now, "the letter was decided meanwhile");
    }
}

/// The levels of alerts about letters: the kind of the letter, and for each further draft so many more.
const LEVELS: i32 = 10;

const fn level_of(kind: LetterKind) -> i32 {
    match kind {
        LetterKind::Apology => 1,
        LetterKind::LateResult => 2,
        LetterKind::Loss => 3,
        LetterKind::SecondMiss => 4,
    }
}

fn speaks_of(alert: &alerts::Alert, letter: &LetterRow) -> bool {
    alert.promise_number == letter.promise_number && alert.level % LEVELS == level_of(letter.kind)
}
