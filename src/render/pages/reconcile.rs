//! `/nhap/{id}/doi-chieu`: a file that was brought, held against the records; nothing is written.

use askama::Template;

use super::ctx::Ctx;
use super::pager::Pager;
use crate::domain::reconcile::{Cause, Compared, Total};
use crate::render::index_words::Pair;
use crate::render::reconcile_words;

/// A total of both sides, and what moves it.
#[derive(Debug, Clone)]
pub struct TotalRow {
    pub total: Total,
    pub ours: u64,
    pub theirs: u64,
    pub difference: i64,
    pub causes: Vec<(Cause, i64)>,
}

/// Something that differs of one file.
#[derive(Debug, Clone)]
pub struct DifferenceRow {
    pub code: String,
    /// Whether there is such a dossier here.
    pub is_here: bool,
    pub row: Option<u64>,
    pub what: Compared,
    pub cause: Cause,
    pub ours: String,
    pub theirs: String,
}

#[derive(Debug, Clone)]
pub struct BothSides {
    pub rows: u64,
    pub without_code: u64,
    pub both: u64,
    pub same: u64,
    pub totals: Vec<TotalRow>,
    /// What differs, why, and how often.
    pub causes: Vec<(Compared, Cause, u64)>,
    pub differences: Vec<DifferenceRow>,
    pub pager: Pager,
    pub more: u64,
}

/// Query parameters: `from`, `to` (civil days), `cursor`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "reconcile.html")]
pub struct ReconcilePage {
    pub c: Ctx,
    pub id: String,
    pub file_name: String,
    pub from: String,
    pub to: String,
    /// What is wrong with the period, the mapping or the file.
    pub errors: Vec<String>,
    pub sides: Option<BothSides>,
}

impl ReconcilePage {
    fn said(&self, pair: Pair) -> &'static str {
        self.c.t(pair.0, pair.1)
    }

    #[must_use]
    pub fn cause(&self, of: &Cause) -> &'static str {
        self.said(reconcile_words::cause(*of))
    }

    #[must_use]
    pub fn compared(&self, of: &Compared) -> &'static str {
        self.said(reconcile_words::compared(*of))
    }

    #[must_use]
    pub fn total(&self, of: &Total) -> &'static str {
        self.said(reconcile_words::total(*of))
    }

    /// `+3`, `−3`, `0`.
    #[must_use]
    pub fn signed(&self, by: &i64) -> String {
        let size = self.c.n(&by.unsigned_abs());
        match by.signum() {
            1 => format!("+{size}"),
            -1 => format!("−{size}"),
            _ => size,
        }
    }
}
