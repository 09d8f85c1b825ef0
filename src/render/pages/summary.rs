//! `/bao-cao`: the summary report; every number is a link to its dossiers.

use askama::Template;

use super::ctx::{Ctx, Lang};
pub use super::rate_kind::RateKind;
use super::reports::{PeriodForm, Tab};
use crate::domain::ageing::{AgeBand, DueBand};
use crate::render::chart::{self, Marker, Series};
use crate::render::tables::{age_words, due_words};

/// A number and the list behind it.
#[derive(Debug, Clone, Default)]
pub struct Count {
    pub n: u64,
    pub href: String,
}

/// `received` of the report.
#[derive(Debug, Clone, Default)]
pub struct ReceivedView {
    pub total: Count,
    pub online: Count,
    pub counter: Count,
    pub post: Count,
    pub carried_over: Count,
}

/// `resolved` of the report.
#[derive(Debug, Clone, Default)]
pub struct ResolvedView {
    pub total: Count,
    pub early: Count,
    pub on_time: Count,
    pub late: Count,
    pub late_with_apology: Count,
    pub late_without_apology: Count,
    /// Closed though no day had ever been promised: neither on time nor late.
    pub no_promise: Count,
}

/// `in_progress` of the report.
#[derive(Debug, Clone, Default)]
pub struct InProgressView {
    pub total: Count,
    pub in_time: Count,
    pub overdue: Count,
    pub paused: Count,
    pub no_promise: Count,
}

/// The on-time rate again, judged by the statutory limit instead of a shorter commitment.
#[derive(Debug, Clone, Default)]
pub struct StatutoryView {
    pub late: Count,
    pub of: Count,
    pub total: Count,
    pub percent: Option<String>,
}

#[derive(Debug, Clone)]
pub struct RateView {
    pub kind: RateKind,
    pub of: Count,
    pub total: Count,
    /// `82.45` as in the report's JSON; `None` without data.
    pub percent: Option<String>,
}

/// The online rate against the target of the period. Shares in hundredths of a percent (8000 = 80 %).
#[derive(Debug, Clone, Default)]
pub struct TargetView {
    /// The rate that is held against the target.
    pub measure: RateKind,
    pub target: u32,
    pub actual: Option<u32>,
    /// `None` without data.
    pub met: Option<bool>,
    pub more_needed: u64,
    /// Expected share at the period's end if files keep coming as they do.
    pub forecast: Option<u32>,
    /// Between what it will most likely be.
    pub bounds: Option<(u32, u32)>,
}

/// Open files of one age.
#[derive(Debug, Clone)]
pub struct AgeView {
    pub band: AgeBand,
    pub total: Count,
    pub in_time: Count,
    pub overdue: Count,
    pub paused: Count,
    pub no_promise: Count,
}

/// Working days that the files of the period needed; `None`: too many are open to say.
#[derive(Debug, Clone, Default)]
pub struct NeededView {
    pub cases: Count,
    pub censored: Count,
    pub median: Option<u32>,
    pub p90: Option<u32>,
}

/// Online files that are not accepted, as of the cut: in no other figure.
#[derive(Debug, Clone, Default)]
pub struct ReceptionView {
    pub in_time: Count,
    pub late: Count,
    pub returned: Count,
    pub not_accepted: Count,
}

/// One month of the trend; shares in hundredths of a percent, `None` without data.
#[derive(Debug, Clone)]
pub struct TrendMonth {
    /// `12/2025`.
    pub label: String,
    pub on_time: Option<u32>,
    pub online: Option<u32>,
}

/// Query parameters: `period` with `shape`, or `from` and `to` (civil days); `as_of` (`datetime-local`, empty = now).
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "summary.html")]
pub struct SummaryPage {
    pub c: Ctx,
    pub tabs: Vec<Tab>,
    pub asked: PeriodForm,
    pub files: Vec<(String, &'static str)>,
    /// The period in words: `01/11/2026 – 24/11/2026`.
    pub period: String,
    /// The cut in words: `17:00 24/11/2026`.
    pub cut: String,
    /// Wrong dates typed; the report below is then the last good one.
    pub error: Option<String>,
    pub received: ReceivedView,
    pub resolved: ResolvedView,
    pub in_progress: InProgressView,
    pub rates: Vec<RateView>,
    /// Other formulas and other rates.
    pub more: Vec<RateView>,
    pub ages: Vec<AgeView>,
    pub dues: Vec<(DueBand, Count)>,
    pub needed: NeededView,
    /// What every number counts, in Vietnamese.
    pub definitions: Vec<String>,
    pub statutory: StatutoryView,
    /// Late, open or closed, without a letter of apology.
    pub unapologised: Count,
    pub target: TargetView,
    pub trend: Vec<TrendMonth>,
    pub reception: ReceptionView,
}

impl SummaryPage {
    /// `8245` as `82,45%`; no data is a dash.
    #[must_use]
    pub fn share(&self, hundredths: &Option<u32>) -> String {
        self.c.percent(&hundredths.map(|h| format!("{}.{:02}", h / 100, h % 100)))
    }

    /// `từ 78,00% đến 82,40%`: between what the forecast lies.
    #[must_use]
    pub fn bounds(&self) -> Option<String> {
        let (low, high) = self.target.bounds?;
        let (low, high) = (self.share(&Some(low)), self.share(&Some(high)));
        Some(format!("{} {low} {} {high}", self.c.t("từ", "from"), self.c.t("đến", "to")))
    }

    /// A band of ages or of due days, in words.
    #[must_use]
    pub fn age(&self, band: &AgeBand) -> &'static str {
        self.pick(age_words(*band))
    }

    #[must_use]
    pub fn due(&self, band: &DueBand) -> &'static str {
        self.pick(due_words(*band))
    }

    fn pick(&self, (vi, en): (&'static str, &'static str)) -> &'static str {
        if self.c.lang == Lang::Vi { vi } else { en }
    }

    /// Working days, or that it is not reached yet.
    #[must_use]
    pub fn days(&self, days: &Option<u32>) -> String {
        days.map_or_else(
            || self.c.t("chưa tới", "not reached yet").to_owned(),
            |days| format!("{days} {}", self.c.t("ngày làm việc", "working days")),
        )
    }

    #[must_use]
    pub fn target_word(&self) -> String {
        let whole = self.target.target / 100;
        format!("{whole}%")
    }

    /// Drawing of the online rate against its target. Trusted markup.
    #[must_use]
    pub fn gauge(&self) -> String {
        let title = self.target.measure.word(&self.c);
        let actual = self.share(&self.target.actual);
        let goal = self.c.t("mục tiêu", "target");
        let text = format!("{title}: {actual}, {goal} {}", self.target_word());
        chart::bar(&text, self.target.actual, self.target.target)
    }

    /// Drawing of the last months. Trusted markup.
    #[must_use]
    pub fn trend_svg(&self) -> String {
        let title = self.c.t("Tỷ lệ đúng hẹn và trực tuyến theo tháng", "On-time and online rates by month");
        let labels: Vec<String> = self.trend.iter().map(|m| m.label.clone()).collect();
        let series = [
            Series {
                name: self.c.t("Đúng hẹn", "On time"),
                marker: Marker::Round,
                points: self.trend.iter().map(|m| m.on_time).collect(),
            },
            Series {
                name: self.c.t("Trực tuyến", "Online"),
                marker: Marker::Square,
                points: self.trend.iter().map(|m| m.online).collect(),
            },
        ];
        let goal = format!("{} {}", self.c.t("Mục tiêu", "Target"), self.target_word());
        let decimal = if self.c.lang == Lang::Vi { ',' } else { '.' };
        chart::lines(title, &labels, &series, &[(self.target.target, &goal)], decimal)
    }
}
