//! `/dieu-hanh`: the page a manager reads in a minute. Every number is a link to exactly its files.

use askama::Template;

use super::ctx::{Ctx, Lang};
use super::summary::{Count, RateKind};
use crate::domain::contribution::Points;
use crate::render::chart::{self, Marker, Series, load};

/// A rate beside that of another month.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// `10/2026`.
    pub month: String,
    pub href: String,
    /// As in the report's JSON; `None` without data.
    pub percent: Option<String>,
    /// How far the rate of now is above it; `None` where one of them has no data.
    pub change: Option<Points>,
}

/// One of the two rates.
#[derive(Debug, Clone, Default)]
pub struct RateTile {
    pub kind: RateKind,
    pub of: Count,
    pub total: Count,
    /// Hundredths of a percent.
    pub actual: Option<u32>,
    pub target: u32,
    /// Below the target; negative: above it. `None` without data.
    pub gap: Option<Points>,
    pub before: Compared,
    pub a_year_ago: Compared,
}

/// What the online target asks of the rest of the month.
#[derive(Debug, Clone, Copy, Default)]
pub struct OutlookView {
    pub coming: u64,
    pub at_this_pace: u64,
    pub needed: u64,
    pub gets_there: bool,
    pub possible: bool,
    /// Hundredths of a percent.
    pub forecast: Option<u32>,
}

/// A procedure or unit and what it takes from a rate.
#[derive(Debug, Clone, Default)]
pub struct PullRow {
    pub name: String,
    /// `None` for a unit, whose code nobody reads.
    pub code: Option<String>,
    /// Files without the quality, and all of them.
    pub missed: Count,
    pub total: Count,
    pub percent: Option<String>,
    pub points: Points,
}

/// Who pulls one rate down, by procedure or by unit.
#[derive(Debug, Clone, Default)]
pub struct Pulls {
    pub id: &'static str,
    pub kind: RateKind,
    pub by_unit: bool,
    /// The worst first; none that lifts the rate.
    pub rows: Vec<PullRow>,
    /// How many others there are, and what they take together; negative: they lift the rate.
    pub others: Option<(u64, Points)>,
    pub gap: Points,
}

/// Both rates of a month, in hundredths of a percent.
#[derive(Debug, Clone)]
pub struct TrendRow {
    pub label: String,
    pub href: String,
    pub on_time: Option<u32>,
    pub online: Option<u32>,
}

/// POST `/dieu-hanh/tinh-lai` with `csrf`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "manager.html")]
pub struct ManagerPage {
    pub c: Ctx,
    /// `11/2026`.
    pub month: String,
    /// `10:40 28/11/2026`: of when the figures are.
    pub as_of: String,
    /// They are old: said in so many words.
    pub old: bool,
    /// New ones are being computed.
    pub running: bool,
    /// Periods that are over and not closed.
    pub unclosed: Vec<String>,
    /// The query that names the agency, where it is looked at from another one.
    pub of: Option<String>,
    pub on_time: RateTile,
    pub online: RateTile,
    /// Further files until the target, if all of them were online.
    pub more_needed: Option<u64>,
    pub outlook: Option<OutlookView>,
    pub unapologised: Count,
    pub overdue: Count,
    pub no_promise: Count,
    pub in_progress: Count,
    pub trend: Vec<TrendRow>,
    pub pulls: Vec<Pulls>,
}

/// While nothing was computed yet.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "computing.html")]
pub struct ComputingPage {
    pub c: Ctx,
    pub title: String,
    /// How many of how many steps are done.
    pub progress: Option<(u32, u32)>,
    /// This page again.
    pub href: &'static str,
}

impl OutlookView {
    #[must_use]
    pub fn verdict(&self, c: &Ctx) -> &'static str {
        match (self.gets_there, self.possible) {
            (true, _) => c.t("Theo đà này sẽ đạt", "At this pace it is met"),
            (false, true) => c.t("Theo đà này chưa đạt", "At this pace it is not met"),
            (false, false) => c.t("Không còn kịp trong tháng", "Out of reach this month"),
        }
    }
}

impl Pulls {
    #[must_use]
    pub fn title(&self, c: &Ctx) -> &'static str {
        if self.by_unit {
            c.t("Đơn vị kéo giảm", "Units that lower")
        } else {
            c.t("Thủ tục kéo giảm", "Procedures that lower")
        }
    }

    /// The line of those that are not named.
    #[must_use]
    pub fn others_word(&self, c: &Ctx, n: &u64) -> String {
        let what = if self.by_unit {
            c.t("đơn vị khác", "other units")
        } else {
            c.t("thủ tục khác", "other procedures")
        };
        format!("{} {what}", c.n(n))
    }

    /// The last line.
    #[must_use]
    pub fn sum_word(&self, c: &Ctx) -> &'static str {
        if self.gap.0 > 0 {
            c.t("Cộng: còn thiếu so với mục tiêu", "Sum: short of the target")
        } else {
            c.t("Cộng: số âm là vượt mục tiêu", "Sum: negative is above the target")
        }
    }
}

impl ManagerPage {
    #[must_use]
    pub fn tiles(&self) -> [&RateTile; 2] {
        [&self.on_time, &self.online]
    }

    /// `8245` as `82,45%`; no data is a dash.
    #[must_use]
    pub fn share(&self, hundredths: &Option<u32>) -> String {
        self.c.percent(&hundredths.map(|h| format!("{}.{:02}", h / 100, h % 100)))
    }

    #[must_use]
    pub fn whole(&self, hundredths: &u32) -> String {
        format!("{}%", hundredths / 100)
    }

    /// `1,20`, with a minus where it is below nothing.
    #[must_use]
    pub fn points(&self, points: &Points) -> String {
        let sign = if points.0 < 0 { "−" } else { "" };
        format!("{sign}{}", points.size().replace('.', self.c.t(",", ".")))
    }

    /// The months that a rate is compared with.
    #[must_use]
    pub fn versus<'a>(&'a self, tile: &'a RateTile) -> [(&'a str, &'a Compared); 2] {
        let before = (self.c.t("Tháng trước", "Month before"), &tile.before);
        [before, (self.c.t("Cùng kỳ năm trước", "A year ago"), &tile.a_year_ago)]
    }

    /// A change against another month, in a mark and words.
    #[must_use]
    pub fn change(&self, compared: &Compared) -> String {
        let Some(change) = compared.change else { return self.c.t("không so được", "no comparison").to_owned() };
        let size = change.size().replace('.', self.c.t(",", "."));
        let points = self.c.t("điểm %", "points");
        match change.0 {
            0 => self.c.t("không đổi", "unchanged").to_owned(),
            1.. => format!("▲ {} {size} {points}", self.c.t("tăng", "up")),
            _ => format!("▼ {} {size} {points}", self.c.t("giảm", "down")),
        }
    }

    /// Drawing of a rate against its target. Trusted markup.
    #[must_use]
    pub fn gauge(&self, tile: &RateTile) -> String {
        let goal = self.c.t("mục tiêu", "target");
        let (title, actual) = (tile.kind.word(&self.c), self.share(&tile.actual));
        chart::bar(&format!("{title}: {actual}, {goal} {}", self.whole(&tile.target)), tile.actual, tile.target)
    }

    /// A bar for a row. Trusted markup.
    #[must_use]
    pub fn bar(&self, pulls: &Pulls, row: &PullRow) -> String {
        let most = pulls.rows.iter().map(|row| row.points.0).max().unwrap_or(0);
        let length = |points: i64| u64::try_from(points).unwrap_or(0);
        load::part(length(row.points.0), length(most))
    }

    /// What the drawing shows, in words.
    #[must_use]
    pub fn trend_text(&self) -> String {
        let told = |name: &str, of: fn(&TrendRow) -> Option<u32>| {
            let known: Vec<(&str, u32)> = self.trend.iter().filter_map(|row| Some((&*row.label, of(row)?))).collect();
            let lowest = known.iter().copied().min_by_key(|(_, share)| *share);
            let ends = known.first().copied().zip(known.last().copied()).zip(lowest);
            let Some((((first, from), (last, to)), (low_month, low))) = ends else {
                return format!("{name}: {}", self.c.t("chưa có số liệu", "no data"));
            };
            let [from, to, low] = [from, to, low].map(|share| self.share(&Some(share)));
            match self.c.lang {
                Lang::Vi => format!(
                    "{name}: từ {from} (tháng {first}) đến {to} (tháng {last}), thấp nhất {low} (tháng {low_month})"
                ),
                Lang::En => format!("{name}: from {from} ({first}) to {to} ({last}), lowest {low} ({low_month})"),
            }
        };
        let on_time = told(self.c.t("Đúng hẹn", "On time"), |row| row.on_time);
        let online = told(self.c.t("Trực tuyến", "Online"), |row| row.online);
        format!("{on_time}. {online}.")
    }

    /// Drawing of the last twelve months. Trusted markup.
    #[must_use]
    pub fn trend_svg(&self) -> String {
        // `12/25`: twelve full ones would run into each other.
        let labels: Vec<String> = self.trend.iter().map(|row| row.label.replace("/20", "/")).collect();
        let line = |name, marker, of: fn(&TrendRow) -> Option<u32>| Series {
            name,
            marker,
            points: self.trend.iter().map(of).collect(),
        };
        let series = [
            line(self.c.t("Đúng hẹn", "On time"), Marker::Round, |row| row.on_time),
            line(self.c.t("Trực tuyến", "Online"), Marker::Square, |row| row.online),
        ];
        let goal = |tile: &RateTile| format!("{} {}", self.c.t("Mục tiêu", "Target"), self.whole(&tile.target));
        let (on_time, online) = (goal(&self.on_time), goal(&self.online));
        let goals = [(self.on_time.target, &*on_time), (self.online.target, &*online)];
        let decimal = if self.c.lang == Lang::Vi { ',' } else { '.' };
        chart::lines(&self.trend_text(), &labels, &series, &goals, decimal)
    }
}
