//! `/don-vi-toi`: the board of a unit for who answers for it.

use askama::Template;

use super::citizen::Saying;
use super::ctx::Ctx;
use super::summary::Count;
use super::words::MessageKind;
use crate::render::chart::load;

/// A number of files, by what it says.
#[derive(Debug, Clone, Default)]
pub struct LoadView {
    pub open: Count,
    pub late: Count,
    pub at_risk: Count,
    pub to_sign: Count,
    pub waiting: Count,
}

impl LoadView {
    /// In the order of the table.
    #[must_use]
    pub fn all(&self) -> [&Count; 5] {
        [&self.open, &self.late, &self.at_risk, &self.to_sign, &self.waiting]
    }
}

#[derive(Debug, Clone)]
pub struct OfficerRow {
    pub name: String,
    /// Away today.
    pub away: bool,
    pub load: LoadView,
}

/// A unit to look at.
#[derive(Debug, Clone)]
pub struct UnitLink {
    pub name: String,
    pub href: String,
    pub current: bool,
}

/// An alert that can be acknowledged here.
#[derive(Debug, Clone)]
pub struct AlertLine {
    pub id: String,
    pub kind: MessageKind,
    pub about: String,
    pub href: Option<String>,
    pub since: String,
    pub until: Option<String>,
    pub late: bool,
}

/// Somebody who is away today.
#[derive(Debug, Clone)]
pub struct AwayRow {
    pub name: String,
    pub until: Option<String>,
    pub stand_in: Option<String>,
}

/// What a citizen said and nobody saw.
#[derive(Debug, Clone)]
pub struct SaidRow {
    pub code: String,
    pub href: String,
    pub what: Saying,
    pub text: String,
    pub at: String,
}

/// POST `/bao-dong/da-nhan` with `csrf`, `id` and `back`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "board.html")]
pub struct BoardPage {
    pub c: Ctx,
    pub unit: String,
    /// This page, to come back to.
    pub here: String,
    /// The files of the unit by how likely they become late.
    pub risk_href: String,
    /// More than one: to choose from.
    pub units: Vec<UnitLink>,
    pub total: LoadView,
    /// Until when a file counts as at risk, a day.
    pub risk_until: String,
    pub officers: Vec<OfficerRow>,
    /// The most urgent of those that stand on the reader's screen, of so many.
    pub alerts: Vec<AlertLine>,
    pub alerts_count: u64,
    /// Letters that wait for the reader's own signature.
    pub letters: u64,
    pub away: Vec<AwayRow>,
    pub said: Vec<SaidRow>,
    pub said_count: u64,
    /// Whether the reader signs letters at all.
    pub may_sign: bool,
}

impl BoardPage {
    /// More alerts stand on the reader's screen than are shown.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.alerts_count > u64::try_from(self.alerts.len()).unwrap_or(u64::MAX)
    }

    /// What the parts of a bar mean: the class of a sample, and the word.
    #[must_use]
    pub fn legend(&self) -> [(&'static str, &str); 3] {
        [
            ("k-late", self.c.t("quá hạn", "late")),
            ("k-risk", self.c.t("sắp trễ", "at risk")),
            ("k-rest", self.c.t("còn lại", "the rest")),
        ]
    }

    /// A bar of an officer's files. Trusted markup.
    #[must_use]
    pub fn bar(&self, row: &OfficerRow) -> String {
        let most = self.officers.iter().map(|row| row.load.open.n).max().unwrap_or(0);
        let LoadView { open, late, at_risk, .. } = &row.load;
        // A file that was rescheduled may be late and at risk again: drawn once, as late.
        let risk = at_risk.n.min(open.n.saturating_sub(late.n));
        load::load(late.n, risk, open.n.saturating_sub(late.n + risk), most)
    }
}
