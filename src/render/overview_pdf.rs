//! The manager's page on paper: the same figures, words and drawings as `/dieu-hanh`.

use chrono::Datelike;
use serde::Serialize;

use super::RenderError;
use super::dates::short_moment;
use super::letter::{Images, LetterPress};
use super::pages::ctx::Lang;
use super::pages::manager::{ManagerPage, OutlookView, Pulls, RateTile};
use crate::domain::time::{Instant, local};

/// The colours of `app.css`, which a drawing on paper cannot read.
const STYLE: &str = "<style>text{font-family:Tinos;font-size:11px;fill:#222}.t-name{font-weight:bold}\
    .c-track{fill:#e3e7ea}.c-met{fill:#1d7a4c}.c-short{fill:#b45309}.c-goal{stroke:#222;stroke-width:1.5;stroke-dasharray:5 3}\
    .c-grid{stroke:#d5dade}g.c-one{stroke:#0b5c86;fill:#0b5c86;stroke-width:2}g.c-two{stroke:#9a3d00;fill:#9a3d00;stroke-width:2}</style>";

/// What the template reads.
#[derive(Debug, Serialize)]
struct Sheet<'a> {
    lang: &'static str,
    author: &'a str,
    title: String,
    as_of: String,
    note: String,
    made: (i32, u32, u32),
    tiles: [Tile; 2],
    watch: Watch,
    trend: Trend,
    outlook: Lines,
    pulls: Vec<Table>,
}

#[derive(Debug, Serialize)]
struct Drawn {
    svg: String,
    words: String,
}

#[derive(Debug, Serialize)]
struct Tile {
    name: String,
    percent: String,
    verdict: &'static str,
    count: String,
    drawn: Drawn,
    compared: Vec<String>,
    definition: String,
}

#[derive(Debug, Serialize)]
struct Watch {
    title: &'static str,
    lines: Vec<WatchLine>,
}

#[derive(Debug, Serialize)]
struct WatchLine {
    name: &'static str,
    law: &'static str,
    number: String,
    verdict: &'static str,
}

#[derive(Debug, Serialize)]
struct Trend {
    title: &'static str,
    drawn: Drawn,
    month: &'static str,
    months: Vec<Month>,
    rows: [Shares; 2],
}

#[derive(Debug, Serialize)]
struct Month {
    label: String,
}

#[derive(Debug, Serialize)]
struct Shares {
    name: &'static str,
    shares: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Lines {
    title: String,
    lines: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Table {
    title: String,
    head: [&'static str; 3],
    rows: Vec<[String; 3]>,
    none: &'static str,
}

impl LetterPress {
    /// The manager's page as PDF/A-2a and PDF/UA-1.
    ///
    /// # Errors
    /// [`RenderError::Template`] or [`RenderError::Pdf`]; the template gives neither, whatever the names hold.
    pub fn overview(&self, page: &ManagerPage, made_at: Instant) -> Result<Vec<u8>, RenderError> {
        let c = &page.c;
        let made = local(made_at);
        let title = format!("{} {}", c.t("Điều hành tháng", "Overview of"), page.month);
        let sheet = Sheet {
            lang: if c.lang == Lang::Vi { "vi" } else { "en" },
            author: &c.agency,
            as_of: format!("{} {}", c.t("Số liệu lúc", "Figures as of"), page.as_of),
            note: format!("{} {}", c.t("Lập lúc", "Printed"), short_moment(made)),
            made: (made.year(), made.month(), made.day()),
            tiles: page.tiles().map(|tile| tile_of(page, tile)),
            watch: watch(page),
            trend: trend(page),
            outlook: outlook(page),
            pulls: page.pulls.iter().map(|pulls| pulls_of(page, pulls)).collect(),
            title,
        };
        let ident = sheet.title.clone();
        let sheet = serde_json::to_vec(&sheet).map_err(|error| RenderError::Facts(error.to_string()))?;
        Self::printed(self.set(&self.overview_template, sheet, &Images::default(), None), &ident)
    }
}

/// A drawing of a page as a file of its own.
fn drawn(svg: &str, words: String) -> Drawn {
    let alone = svg.replacen("<svg ", r#"<svg xmlns="http://www.w3.org/2000/svg" "#, 1);
    Drawn { svg: alone.replacen('>', &format!(">{STYLE}"), 1), words }
}

fn tile_of(page: &ManagerPage, tile: &RateTile) -> Tile {
    let c = &page.c;
    let (percent, target) = (page.share(&tile.actual), page.whole(&tile.target));
    let verdict = match tile.gap {
        Some(gap) if gap.0 > 0 => c.t("Chưa đạt", "Below target"),
        Some(_) => c.t("Đạt", "Target met"),
        None => c.t("Chưa có số liệu", "No data"),
    };
    let short = tile.gap.filter(|gap| gap.0 > 0).map(|gap| {
        let short = c.t("còn thiếu", "short of it by");
        format!(" · {short} {} {}", page.points(&gap), c.t("điểm %", "points"))
    });
    let compared = page
        .versus(tile)
        .map(|(word, with)| format!("{word} {}: {}, {}", with.month, c.percent(&with.percent), page.change(with)));
    Tile {
        name: tile.kind.word(c).to_owned(),
        verdict,
        count: format!(
            "{} / {} {} · {} {target}{}",
            c.n(&tile.of.n),
            c.n(&tile.total.n),
            c.t("hồ sơ", "dossiers"),
            c.t("mục tiêu", "target"),
            short.unwrap_or_default(),
        ),
        drawn: drawn(
            &page.gauge(tile),
            format!("{}: {percent}, {} {target}", tile.kind.word(c), c.t("mục tiêu", "target")),
        ),
        percent,
        compared: compared.to_vec(),
        definition: tile.kind.definition(c).to_owned(),
    }
}

fn watch(page: &ManagerPage) -> Watch {
    let c = &page.c;
    let line = |name, number| WatchLine { name, law: "", number, verdict: "" };
    let fine = page.unapologised.n == 0;
    Watch {
        title: c.t("Cần xử lý", "To be dealt with"),
        lines: vec![
            WatchLine {
                law: c.t("phải bằng 0: khoản 6 Điều 19 NĐ 118/2025", "must be 0: NĐ 118/2025 Art. 19(6)"),
                verdict: if fine { c.t("Đạt", "Fine") } else { c.t("Xử lý ngay", "Act now") },
                ..line(c.t("Quá hạn chưa xin lỗi", "Late without apology"), c.n(&page.unapologised.n))
            },
            line(c.t("Đang quá hạn", "Overdue now"), c.n(&page.overdue.n)),
            line(c.t("Chưa có ngày hẹn", "Without a promise"), c.n(&page.no_promise.n)),
            line(c.t("Đang giải quyết", "In progress"), c.n(&page.in_progress.n)),
        ],
    }
}

fn trend(page: &ManagerPage) -> Trend {
    let c = &page.c;
    Trend {
        title: c.t("Xu hướng 12 tháng", "Trend of 12 months"),
        drawn: drawn(&page.trend_svg(), page.trend_text()),
        month: c.t("Tháng", "Month"),
        months: page.trend.iter().map(|month| Month { label: month.label.replace("/20", "/") }).collect(),
        rows: [
            Shares {
                name: c.t("Đúng hẹn", "On time"),
                shares: page.trend.iter().map(|month| page.share(&month.on_time)).collect(),
            },
            Shares {
                name: c.t("Trực tuyến", "Online"),
                shares: page.trend.iter().map(|month| page.share(&month.online)).collect(),
            },
        ],
    }
}

fn outlook(page: &ManagerPage) -> Lines {
    let c = &page.c;
    let kind = page.online.kind.word(c);
    let title =
        format!("{}: {kind} {}", c.t("Đến cuối tháng", "By the end of the month"), page.whole(&page.online.target));
    let Some(view) = page.outlook else {
        let none = c.t("Chưa đủ số liệu của tháng để dự báo.", "Not enough data of the month for a forecast.");
        return Lines { title, lines: vec![none.to_owned()] };
    };
    let OutlookView { coming, at_this_pace, needed, forecast, .. } = view;
    let mut lines = vec![
        view.verdict(c).to_owned(),
        format!(
            "{}: {} {} {} {}",
            c.t("Cần thêm hồ sơ trực tuyến", "More online dossiers needed"),
            c.n(&needed),
            c.t("trong khoảng", "of about"),
            c.n(&coming),
            c.t("hồ sơ còn lại", "still to come"),
        ),
        format!("{}: {}", c.t("Theo đà 30 ngày qua sẽ có thêm", "At the pace of the last 30 days"), c.n(&at_this_pace)),
        format!("{}: {}", c.t("Dự báo cuối tháng", "Forecast for the month's end"), page.share(&forecast)),
    ];
    if let Some(more) = page.more_needed {
        let every = c.t("Nếu từ nay mọi hồ sơ đều trực tuyến", "If every dossier from now on were online");
        lines.push(format!("{every}: {} {}", c.n(&more), c.t("hồ sơ là đạt", "dossiers are enough")));
    }
    Lines { title, lines }
}

fn pulls_of(page: &ManagerPage, pulls: &Pulls) -> Table {
    let c = &page.c;
    let mut rows: Vec<[String; 3]> = pulls
        .rows
        .iter()
        .map(|row| {
            let files = format!("{} / {}", c.n(&row.missed.n), c.n(&row.total.n));
            [row.name.clone(), files, page.points(&row.points)]
        })
        .collect();
    if !rows.is_empty() {
        if let Some((n, points)) = pulls.others {
            rows.push([pulls.others_word(c, &n), String::new(), page.points(&points)]);
        }
        rows.push([pulls.sum_word(c).to_owned(), String::new(), page.points(&pulls.gap)]);
    }
    Table {
        title: format!("{}: {}", pulls.title(c), pulls.kind.word(c)),
        head: [
            if pulls.by_unit { c.t("Đơn vị", "Unit") } else { c.t("Thủ tục", "Procedure") },
            c.t("Không đạt / tổng", "Missed / all"),
            c.t("Điểm %", "Points"),
        ],
        rows,
        none: c.t("Không có nơi nào dưới mục tiêu.", "Nothing is below the target."),
    }
}
