//! Where a page of a list lies in the whole list, and the ways to its neighbours.

use super::ctx::Ctx;

/// The place of a page; what it shows and its neighbours are plain links, so that no script is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pager {
    /// Rows before this page.
    pub offset: u64,
    /// Rows on this page.
    pub rows: u64,
    /// Rows of the whole list.
    pub total: u64,
    pub previous: Option<String>,
    pub next: Option<String>,
}

impl Pager {
    /// `61–120 trong số 1.234`.
    #[must_use]
    pub fn place(&self, c: &Ctx) -> String {
        let (first, last) = (self.offset.saturating_add(1), self.offset.saturating_add(self.rows));
        format!("{}–{} {} {}", c.n(&first), c.n(&last), c.t("trong số", "of"), c.n(&self.total))
    }

    /// A list that is shown whole needs no pager.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.previous.is_none() && self.next.is_none()
    }
}
