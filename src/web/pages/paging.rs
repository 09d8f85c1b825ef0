//! Lists in pages: which rows a cursor in the address means, and the links to the neighbours.

use serde::Deserialize;

use crate::render::pages::pager::Pager;

/// Rows of one page.
pub const PAGE: i64 = 60;

/// The only thing that a list without filters asks.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Cursor {
    pub cursor: Option<i64>,
}

/// The page that a form with many boxes was sent from.
#[must_use]
pub fn cursor_of(fields: &[(String, String)]) -> Option<i64> {
    fields.iter().find(|(name, _)| name == "cursor").and_then(|(_, offset)| offset.parse().ok())
}

/// A page of a list of known length; it always lies inside the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Rows before it.
    pub offset: i64,
    pub total: i64,
}

impl Place {
    /// The page that the cursor names; of a list that has become shorter its last page.
    #[must_use]
    pub fn of(cursor: Option<i64>, total: u64) -> Self {
        let total = i64::try_from(total).unwrap_or(i64::MAX);
        let last_page = (total - 1).max(0) / PAGE * PAGE;
        Self { offset: cursor.unwrap_or(0).clamp(0, last_page), total }
    }

    /// Its rows of a list that had to be made as a whole.
    pub fn cut<T>(self, rows: impl Iterator<Item = T>) -> Vec<T> {
        let number = |rows: i64| usize::try_from(rows).unwrap_or(0);
        rows.skip(number(self.offset)).take(number(PAGE)).collect()
    }

    /// How it is shown, where the list itself stands at `href`.
    #[must_use]
    pub fn pager(self, href: &str) -> Pager {
        self.linked(|offset| at(href, offset))
    }

    /// The same, where `href` gives the address of the page after so many rows.
    pub fn linked(self, href: impl Fn(i64) -> String) -> Pager {
        let number = |rows: i64| u64::try_from(rows).unwrap_or(0);
        let next = self.offset + PAGE;
        Pager {
            offset: number(self.offset),
            rows: number(PAGE.min(self.total - self.offset)),
            total: number(self.total),
            previous: (self.offset > 0).then(|| href((self.offset - PAGE).max(0))),
            next: (next < self.total).then(|| href(next)),
        }
    }
}

/// The address of the page that begins after `offset` rows.
#[must_use]
pub fn at(href: &str, offset: i64) -> String {
    let join = if href.contains('?') { '&' } else { '?' };
    if offset == 0 { href.to_owned() } else { format!("{href}{join}cursor={offset}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_named_and_a_cursor_never_leads_outside() {
        let first = Place::of(None, 121).pager("/thu?state=sent");
        assert_eq!((first.rows, first.previous, first.next.as_deref()), (60, None, Some("/thu?state=sent&cursor=60")));
        let second = Place::of(Some(60), 121).pager("/thu");
        assert_eq!((second.previous.as_deref(), second.next.as_deref()), (Some("/thu"), Some("/thu?cursor=120")));
        for (cursor, total, offset) in [(i64::MAX, 121, 120), (60, 60, 0), (-5, 10, 0), (7, 0, 0), (i64::MIN, 1, 0)] {
            assert_eq!(Place::of(Some(cursor), total).offset, offset, "{cursor} of {total}");
        }
        let last = Place::of(Some(120), 121).pager("/thu");
        assert_eq!((last.rows, last.next), (1, None));
        assert!(Place::of(None, 60).pager("/thu").is_whole());
    }
}
