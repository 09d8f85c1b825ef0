//! `/ky-bao-cao`: the periods of the reports; the figures of one before it is signed and as they were signed; what
//! is different since.

use askama::Template;

use super::ctx::{Ctx, Lang};
use super::reports::Tab;
use super::summary::{Count, RateKind};
use crate::domain::reporting_period::{PeriodKind, PeriodShape, ReportingPeriod};

/// `Quý IV năm 2026`.
#[must_use]
pub fn period_name(lang: Lang, period: ReportingPeriod) -> String {
    let (year, number) = (period.year(), period.number());
    let roman = ["I", "II", "III", "IV"];
    let quarter = usize::try_from(number).ok().and_then(|at| roman.get(at - 1)).copied().unwrap_or_default();
    match (lang, period.kind()) {
        (Lang::Vi, PeriodKind::Month) => format!("Tháng {number}/{year}"),
        (Lang::Vi, PeriodKind::Quarter) => format!("Quý {quarter} năm {year}"),
        (Lang::Vi, PeriodKind::HalfYear) if number == 1 => format!("6 tháng đầu năm {year}"),
        (Lang::Vi, PeriodKind::HalfYear) => format!("6 tháng cuối năm {year}"),
        (Lang::Vi, PeriodKind::Year) => format!("Năm {year}"),
        (Lang::En, PeriodKind::Month) => format!("Month {number}/{year}"),
        (Lang::En, PeriodKind::Quarter) => format!("Quarter {number} of {year}"),
        (Lang::En, PeriodKind::HalfYear) if number == 1 => format!("First half of {year}"),
        (Lang::En, PeriodKind::HalfYear) => format!("Second half of {year}"),
        (Lang::En, PeriodKind::Year) => format!("Year {year}"),
    }
}

/// How its days were chosen.
#[must_use]
pub fn shape_name(c: &Ctx, shape: PeriodShape) -> &str {
    match shape {
        PeriodShape::Calendar => c.t("theo tháng dương lịch", "by calendar months"),
        PeriodShape::Official => c.t("theo kỳ chốt số liệu 15–14", "by the cut-off 15th–14th"),
    }
}

/// How a period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodStand {
    Open,
    Ended,
    Closed,
}

impl PeriodStand {
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Open => "wait",
            Self::Ended => "soon",
            Self::Closed => "good",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Open => "clock",
            Self::Ended => "alarm",
            Self::Closed => "lock",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Open => c.t("Đang chạy", "Running"),
            Self::Ended => c.t("Đã hết, chưa chốt", "Over, not closed"),
            Self::Closed => c.t("Đã chốt", "Closed"),
        }
    }
}

#[derive(Debug, Clone)]
pub struct PeriodRow {
    pub name: String,
    /// `01/11/2026 – 30/11/2026`
    pub days: String,
    pub shape: PeriodShape,
    pub stand: PeriodStand,
    /// `None` while it runs.
    pub href: Option<String>,
    pub signer: String,
    pub closed: String,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "periods.html")]
pub struct PeriodsPage {
    pub c: Ctx,
    pub tabs: Vec<Tab>,
    pub rows: Vec<PeriodRow>,
}

/// Who signed, when, and what it is known by.
#[derive(Debug, Clone)]
pub struct SignedView {
    pub signer: String,
    pub role: super::words::Role,
    pub at: String,
    pub sha256: String,
}

#[derive(Debug, Clone)]
pub struct PeriodFigure {
    pub name: String,
    /// With the list as of the moment of the figures.
    pub count: Count,
}

#[derive(Debug, Clone)]
pub struct PeriodRate {
    pub kind: RateKind,
    pub of: Count,
    pub total: Count,
    pub percent: Option<String>,
}

/// The figures of one period.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "period.html")]
pub struct PeriodPage {
    pub c: Ctx,
    pub name: String,
    pub days: String,
    pub shape: PeriodShape,
    /// `/ky-bao-cao/2026-11`
    pub here: String,
    /// `?shape=calendar`
    pub query: String,
    /// `None`: not closed yet.
    pub signed: Option<SignedView>,
    /// Which figures are shown, for who signs them.
    pub seen: String,
    pub may_close: bool,
    pub rates: Vec<PeriodRate>,
    pub figures: Vec<PeriodFigure>,
    /// Name in addresses and name of each report that was signed.
    pub reports: Vec<(&'static str, &'static str)>,
}

/// A number that is another by now.
#[derive(Debug, Clone)]
pub struct DeltaRow {
    pub name: String,
    pub frozen: u64,
    pub today: u64,
    /// `+1`
    pub difference: String,
}

/// A dossier that makes differences, and what was written down about it since.
#[derive(Debug, Clone)]
pub struct DeltaFile {
    pub code: String,
    pub href: String,
    pub now_in: String,
    pub no_longer_in: String,
    pub because: Vec<DeltaBecause>,
}

#[derive(Debug, Clone)]
pub struct DeltaBecause {
    pub at: String,
    pub who: String,
    pub what: String,
    pub note: String,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "period_delta.html")]
pub struct PeriodDeltaPage {
    pub c: Ctx,
    pub name: String,
    pub days: String,
    pub here: String,
    pub closed: String,
    pub rows: Vec<DeltaRow>,
    pub files: Vec<DeltaFile>,
    /// Numbers that no dossier explains.
    pub unexplained: Vec<String>,
}

impl PeriodsPage {
    #[must_use]
    pub fn shape_word(&self, row: &PeriodRow) -> &str {
        shape_name(&self.c, row.shape)
    }
}

impl PeriodPage {
    #[must_use]
    pub fn shape_word(&self) -> &str {
        shape_name(&self.c, self.shape)
    }
}
