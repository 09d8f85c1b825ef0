//! `/bao-cao/thoi-han`: per procedure the law's limit, the commitment, and what was really needed.

use std::cmp::Ordering;

use askama::Template;

use super::ctx::{Ctx, Lang};
use super::form::Choice;
use super::pager::Pager;
use super::phrases;
use super::reports::Tab;
use super::summary::Count;
use super::words::Channel;
use crate::domain::limit::LimitUnit;
use crate::render::chart::limits::{Begins, Mark, Ruler, key, ruler};
use crate::render::chart::{self};

/// How the list is ordered; `sort` in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Possible,
    Files,
    Need,
    Limit,
    Name,
}

impl Sort {
    pub const ALL: [Self; 5] = [Self::Possible, Self::Files, Self::Need, Self::Limit, Self::Name];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Files => "files",
            Self::Need => "need",
            Self::Limit => "limit",
            Self::Name => "name",
        }
    }

    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Possible, Lang::Vi) => "Cắt được nhiều nhất",
            (Self::Possible, Lang::En) => "Largest possible cut",
            (Self::Files, Lang::Vi) => "Nhiều hồ sơ nhất",
            (Self::Files, Lang::En) => "Most dossiers",
            (Self::Need, Lang::Vi) => "Cần lâu nhất so với thời hạn",
            (Self::Need, Lang::En) => "Longest need for its limit",
            (Self::Limit, Lang::Vi) => "Thời hạn dài nhất",
            (Self::Limit, Lang::En) => "Longest limit",
            (Self::Name, Lang::Vi) => "Tên thủ tục",
            (Self::Name, Lang::En) => "Name",
        }
    }
}

/// Which lines are shown; `show` in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    #[default]
    WithFiles,
    CouldCut,
    Cut,
    All,
}

impl Show {
    pub const ALL: [Self; 4] = [Self::WithFiles, Self::CouldCut, Self::Cut, Self::All];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::WithFiles => "files",
            Self::CouldCut => "could",
            Self::Cut => "cut",
            Self::All => "all",
        }
    }

    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::WithFiles, Lang::Vi) => "Có hồ sơ trong kỳ",
            (Self::WithFiles, Lang::En) => "With dossiers in the period",
            (Self::CouldCut, Lang::Vi) => "Có thể cắt đủ",
            (Self::CouldCut, Lang::En) => "Could be cut enough",
            (Self::Cut, Lang::Vi) => "Đã cam kết cắt đủ",
            (Self::Cut, Lang::En) => "Already cut enough",
            (Self::All, Lang::Vi) => "Tất cả",
            (Self::All, Lang::En) => "All",
        }
    }
}

/// A line: a procedure, or one of its channels. Numbers are of the limit's unit.
#[derive(Debug, Clone)]
pub struct LimitRow {
    pub code: String,
    pub name: String,
    /// `None`: the same limits for every channel.
    pub channel: Option<Channel>,
    pub unit: LimitUnit,
    pub statutory: u32,
    /// Value and unit.
    pub commitment: Option<(u32, LimitUnit)>,
    /// How much the commitment cuts; `None` where the units cannot be compared.
    pub committed_cut: Option<String>,
    pub is_cut: bool,
    pub cases: Count,
    pub censored: Count,
    pub median: Option<u32>,
    pub p90: Option<u32>,
    pub shortest: Option<u32>,
    pub shortest_late: Option<String>,
    pub possible: Option<String>,
    /// `None`: too few files to say.
    pub could_cut: Option<bool>,
}

/// Query parameters: `from`, `to`, `as_of`, `late_share`, `sort`, `show`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "time_limits.html")]
pub struct TimeLimitsPage {
    pub c: Ctx,
    pub tabs: Vec<Tab>,
    pub from: String,
    pub to: String,
    pub as_of: String,
    /// As typed, or the setting's.
    pub late_share: String,
    pub sorts: Vec<Choice>,
    pub shows: Vec<Choice>,
    /// The period in words.
    pub period: String,
    pub cut_at: String,
    /// Wrong values typed; the report below is then the usual one.
    pub error: Option<String>,
    /// Procedures that are cut, of those with a limit.
    pub cut: u64,
    pub total: u64,
    pub without_limit: u64,
    /// Percentages as in the report's JSON.
    pub percent: Option<String>,
    pub met: Option<bool>,
    pub cut_percent: String,
    pub procedures_percent: String,
    pub late_percent: String,
    pub min_cases: u64,
    /// Procedures that are cut, or could be by the figures.
    pub reachable: u64,
    pub rows: Vec<LimitRow>,
    pub pager: Pager,
}

impl LimitRow {
    /// A number of the limit's unit in words; 0 of a same-day matter is the same day.
    #[must_use]
    pub fn measured(&self, c: &Ctx, n: &u32) -> String {
        let unit = if *n > 0 && self.unit == LimitUnit::SameDay { LimitUnit::WorkingDay } else { self.unit };
        phrases::limit(c.lang, i64::from(*n), unit)
    }

    #[must_use]
    pub fn law(&self, c: &Ctx) -> String {
        phrases::limit(c.lang, i64::from(self.statutory), self.unit)
    }

    #[must_use]
    pub fn pledge(&self, c: &Ctx) -> Option<String> {
        self.commitment.map(|(value, unit)| phrases::limit(c.lang, i64::from(value), unit))
    }

    /// A number alone; the same day in words, since 0 days would be misread.
    #[must_use]
    pub fn short(&self, c: &Ctx, n: &Option<u32>) -> String {
        match n {
            None => "–".to_owned(),
            Some(0) => c.t("trong ngày", "same day").to_owned(),
            Some(n) => c.n(&u64::from(*n)),
        }
    }

    /// The picture of the line. Trusted markup.
    #[must_use]
    pub fn picture(&self, c: &Ctx) -> String {
        let same = |unit: &LimitUnit| *unit == LimitUnit::SameDay;
        let comparable = |unit: &LimitUnit| {
            let counted = |unit| if same(unit) { &LimitUnit::WorkingDay } else { unit };
            counted(unit) == counted(&self.unit)
        };
        let commitment = self.commitment.filter(|(_, unit)| comparable(unit)).map(|(value, _)| value);
        let begins = if same(&self.unit) || commitment == Some(0) { Begins::BeforeZero } else { Begins::AtZero };
        let figures = Ruler { statutory: self.statutory, commitment, median: self.median, p90: self.p90, begins };
        ruler(&self.spoken(c), &figures)
    }

    /// What the picture shows, in words.
    fn spoken(&self, c: &Ctx) -> String {
        let mut parts = vec![format!("{} {}", c.t("luật định", "by law"), self.law(c))];
        if let Some(pledge) = self.pledge(c) {
            parts.push(format!("{} {pledge}", c.t("cam kết", "committed")));
        }
        if let Some(n) = &self.median {
            parts.push(format!("{} {}", c.t("một nửa xong trong", "half done within"), self.measured(c, n)));
        }
        if let Some(n) = &self.p90 {
            parts.push(format!("{} {}", c.t("90% xong trong", "90% done within"), self.measured(c, n)));
        }
        parts.join("; ")
    }
}

impl TimeLimitsPage {
    /// `30.00` as `30%`: a whole number needs no decimals.
    #[must_use]
    pub fn whole(&self, percent: &str) -> String {
        self.c.percent(&Some(percent.trim_end_matches('0').trim_end_matches('.').to_owned()))
    }

    /// How the shortest limit stands to the statutory one, in words.
    #[must_use]
    pub fn saving(&self, row: &LimitRow, shortest: &u32) -> String {
        let c = &self.c;
        match shortest.cmp(&row.statutory) {
            Ordering::Less => format!("{} {}", c.t("cắt", "cut by"), c.percent(&row.possible)),
            Ordering::Equal => c.t("bằng luật định", "as long as the law").to_owned(),
            Ordering::Greater => c.t("dài hơn luật định", "longer than the law").to_owned(),
        }
    }

    /// Drawing of the share of cut procedures against the target. Trusted markup.
    #[must_use]
    pub fn gauge(&self) -> String {
        let hundredths = |percent: &str| percent.replace('.', "").parse().ok();
        let text = format!(
            "{}: {}, {} {}",
            self.c.t("Thủ tục đã cắt", "Procedures cut"),
            self.c.percent(&self.percent),
            self.c.t("mục tiêu", "target"),
            self.whole(&self.procedures_percent)
        );
        let actual = self.percent.as_deref().and_then(hundredths);
        chart::bar(&text, actual, hundredths(&self.procedures_percent).unwrap_or(0))
    }

    /// The marks of the pictures and what they mean. Trusted markup and words.
    #[must_use]
    pub fn legend(&self) -> [(String, &str); 4] {
        [
            (key(Mark::Statutory), self.c.t("thời hạn luật định", "limit by law")),
            (key(Mark::Commitment), self.c.t("cam kết", "commitment")),
            (key(Mark::Median), self.c.t("một nửa hồ sơ xong", "half of the dossiers done")),
            (key(Mark::P90), self.c.t("90% hồ sơ xong", "90% of the dossiers done")),
        ]
    }
}
