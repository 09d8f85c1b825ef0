//! Pictures drawn as SVG on the server: classes for colour (see `app.css`), shapes besides colour,
//! no style attributes and no script. The same figures stand in a table beside each picture.

use std::fmt::Write;

pub mod ladder;
pub mod limits;
pub mod load;

/// How the points of a series are drawn, so that two lines differ without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    Round,
    Square,
}

/// A line of a chart. Shares in hundredths of a percent; `None` leaves a gap.
#[derive(Debug, Clone)]
pub struct Series<'a> {
    pub name: &'a str,
    pub marker: Marker,
    pub points: Vec<Option<u32>>,
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 136.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 30.0;
/// 100 % in hundredths.
const WHOLE: u32 = 10_000;

/// A horizontal bar from 0 to 100 % with a mark at `target`. `text` is its accessible name.
#[must_use]
pub fn bar(text: &str, actual: Option<u32>, target: u32) -> String {
    let at = |share: u32| f64::from(share.min(WHOLE)) / f64::from(WHOLE) * 400.0;
    let class = if actual.is_some_and(|a| a >= target) { "c-met" } else { "c-short" };
    let width = actual.map_or(0.0, at);
    let mark = at(target);
    format!(
        concat!(
            r#"<svg class="chart bar" viewBox="0 0 400 30" role="img" aria-label="{text}"><title>{text}</title>"#,
            r#"<rect class="c-track" x="0" y="7" width="400" height="14" rx="3"/>"#,
            r#"<rect class="{class}" x="0" y="7" width="{width:.1}" height="14" rx="3"/>"#,
            r#"<path class="c-goal" d="M{mark:.1} 1V27"/></svg>"#
        ),
        text = escape(text),
        class = class,
        width = width,
        mark = mark
    )
}

/// Lines over time from 0 to 100 %, with a dashed line at each goal (share, word).
#[must_use]
pub fn lines(title: &str, labels: &[String], series: &[Series<'_>], goals: &[(u32, &str)], decimal: char) -> String {
    let mut out = format!(
        r#"<svg class="chart lines" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{0}"><title>{0}</title>"#,
        escape(title)
    );
    grid(&mut out, labels);
    let mut names = Vec::new();
    for (goal, word) in goals {
        let y = height_of(*goal);
        push(&mut out, format_args!(r#"<path class="c-goal" d="M{LEFT} {y:.1}H{:.1}"/>"#, WIDTH - RIGHT));
        names.push((y, "t-goal", (*word).to_owned()));
    }
    for line in series {
        draw(&mut out, line, labels.len());
        if let Some(last) = line.points.iter().rev().flatten().next() {
            let percent = format!("{}{decimal}{}", last / 100, last % 100 / 10);
            names.push((height_of(*last), class_of(line.marker), format!("{} {percent}%", line.name)));
        }
    }
    name_lines(&mut out, names);
    out.push_str("</svg>");
    out
}

fn grid(out: &mut String, labels: &[String]) {
    for share in [0, 2_500, 5_000, 7_500, WHOLE] {
        let y = height_of(share);
        let right = WIDTH - RIGHT;
        push(
            out,
            format_args!(
                r#"<path class="c-grid" d="M{LEFT} {y:.1}H{right:.1}"/><text class="t-axis" x="{:.1}" y="{:.1}" text-anchor="end">{}%</text>"#,
                LEFT - 6.0,
                y + 4.0,
                share / 100
            ),
        );
    }
    for (at, label) in labels.iter().enumerate() {
        let x = place(at, labels.len());
        push(
            out,
            format_args!(
                r#"<text class="t-axis" x="{x:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
                HEIGHT - 10.0,
                escape(label)
            ),
        );
    }
}

/// The line, broken at gaps, then its points.
fn draw(out: &mut String, line: &Series<'_>, count: usize) {
    let class = class_of(line.marker);
    let mut path = String::new();
    let mut pen = 'M';
    let mut marks = String::new();
    for (at, share) in line.points.iter().enumerate() {
        let Some(share) = share else {
            pen = 'M';
            continue;
        };
        let (x, y) = (place(at, count), height_of(*share));
        push(&mut path, format_args!("{pen}{x:.1} {y:.1}"));
        pen = 'L';
        match line.marker {
            Marker::Round => push(&mut marks, format_args!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="3.5"/>"#)),
            Marker::Square => {
                push(&mut marks, format_args!(r#"<rect x="{:.1}" y="{:.1}" width="7" height="7"/>"#, x - 3.5, y - 3.5));
            }
        }
    }
    push(out, format_args!(r#"<g class="{class}"><path d="{path}" fill="none"/>{marks}</g>"#));
}

/// Names at the right end, pushed apart so that they never lie on each other.
fn name_lines(out: &mut String, mut names: Vec<(f64, &'static str, String)>) {
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lowest = f64::MIN;
    for (y, class, name) in names {
        let y = (y + 4.0).max(lowest + 15.0);
        lowest = y;
        push(
            out,
            format_args!(
                r#"<text class="t-name {class}" x="{:.1}" y="{y:.1}">{}</text>"#,
                WIDTH - RIGHT + 10.0,
                escape(&name)
            ),
        );
    }
}

fn class_of(marker: Marker) -> &'static str {
    match marker {
        Marker::Round => "c-one",
        Marker::Square => "c-two",
    }
}

fn place(at: usize, count: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let room = WIDTH - LEFT - RIGHT;
    LEFT + room * (number(at) + 0.5) / number(count.max(1))
}

fn height_of(share: u32) -> f64 {
    let room = HEIGHT - TOP - BOTTOM;
    TOP + room * (1.0 - f64::from(share.min(WHOLE)) / f64::from(WHOLE))
}

/// Writing to a `String` cannot fail.
fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    let written = out.write_fmt(text);
    debug_assert!(written.is_ok(), "writing to a String cannot fail");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_the_data_breaks_the_line_and_draws_no_point() {
        let series = [Series { name: "a", marker: Marker::Round, points: vec![Some(9_000), None, Some(8_000)] }];
        let labels = ["1".to_owned(), "2".to_owned(), "3".to_owned()];
        let svg = lines("t", &labels, &series, &[(8_000, "goal")], ',');
        assert_eq!(svg.matches("<circle").count(), 2);
        let path = svg.split("c-one\"><path d=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(path.matches('M').count(), 2);
        assert!(svg.contains("a 80,0%"));
    }

    #[test]
    fn a_bar_without_data_is_empty_and_never_full() {
        assert!(bar("x", None, 8_000).contains(r#"width="0.0""#));
        assert!(bar("x", Some(10_000), 8_000).contains("c-met"));
        assert!(bar("x", Some(7_999), 8_000).contains("c-short"));
    }

    #[test]
    fn names_in_a_chart_are_escaped() {
        assert!(!bar("<script>", Some(1), 2).contains("<script>"));
    }
}
