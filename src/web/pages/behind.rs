//! The files behind a number, page by page: exactly as many as it says.

use crate::domain::time::Instant;
use crate::office::Rules;
use crate::office::queue::Horizon;
use crate::render::pages::queue::{QueuePage, QueueTools};
use crate::render::pages::{Ctx, phrases};
use crate::store::dossiers::DossierRow;

use super::paging::{self, Place};
use super::shown;

/// Which files these are.
pub(super) struct Behind {
    /// In words, over the list.
    pub narrowed: String,
    /// Address of the list, with its question and without a cursor.
    pub here: String,
    /// Late files show how late they are, against both promises.
    pub late: bool,
    /// The moment at which lateness is seen.
    pub seen: Instant,
    /// Files before the page.
    pub cursor: Option<i64>,
}

impl Behind {
    pub(super) fn page(self, c: Ctx, rules: &Rules, now: Instant, found: &[DossierRow]) -> QueuePage {
        let (horizon, lang) = (Horizon::of(now), c.lang);
        let total = u64::try_from(found.len()).unwrap_or(0);
        let place = Place::of(self.cursor, total);
        let pager = place.linked(|offset| paging::at(&self.here, offset));
        let rows = found.iter().map(|row| match self.late {
            true => shown::late_row(row, rules, &horizon, self.seen, lang),
            false => shown::queue_row(row, rules, &horizon, lang),
        });
        QueuePage {
            chips: Vec::new(),
            state: "all".to_owned(),
            q: String::new(),
            units: shown::units(rules, phrases::every_unit(lang), ""),
            officers: shown::officers(rules, phrases::every_officer(lang), ""),
            narrowed: Some(self.narrowed),
            late_list: self.late,
            total,
            rows: place.cut(rows),
            next: pager.next,
            may_log: false,
            tools: QueueTools { previous: pager.previous, ..QueueTools::default() },
            c,
        }
    }
}
