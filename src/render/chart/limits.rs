//! A limit, the commitment and what was needed, on one line.

use super::{escape, push};

const WIDTH: f64 = 220.0;
/// Room left and right for half a mark.
const EDGE: f64 = 8.0;
/// The line on which the marks lie.
const Y: f64 = 17.0;

/// The figures of one picture, in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ruler {
    pub statutory: u32,
    pub commitment: Option<u32>,
    pub median: Option<u32>,
    pub p90: Option<u32>,
    /// What stands at the left end: 0, or -1 where 0 means the same day and needs room of its own.
    pub begins: Begins,
}

/// Where a scale begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Begins {
    #[default]
    AtZero,
    /// The same day takes the first step.
    BeforeZero,
}

/// The marks, each of its own shape; also drawn alone, for the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A bar that ends at a thick stroke.
    Statutory,
    /// A dashed stroke under a triangle.
    Commitment,
    /// A round point.
    Median,
    /// A square.
    P90,
}

/// The picture; `text` is its accessible name and says the same in numbers.
#[must_use]
pub fn ruler(text: &str, figures: &Ruler) -> String {
    let step = |n: u32| match figures.begins {
        Begins::AtZero => f64::from(n),
        Begins::BeforeZero => f64::from(n) + 1.0,
    };
    let all = [Some(figures.statutory), figures.commitment, figures.median, figures.p90];
    let most = all.into_iter().flatten().map(step).fold(1.0, f64::max);
    let place = |n: u32| EDGE + step(n) / most * (WIDTH - 2.0 * EDGE);
    let mut out = format!(
        r#"<svg class="chart ruler" viewBox="0 0 {WIDTH} 34" role="img" aria-label="{0}"><title>{0}</title>"#,
        escape(text)
    );
    push(&mut out, format_args!(r#"<path class="c-grid" d="M{EDGE} {Y}H{:.1}"/>"#, WIDTH - EDGE));
    mark(&mut out, Mark::Statutory, place(figures.statutory));
    for (kind, n) in [
        (Mark::Commitment, figures.commitment),
        // The square first: a point on it stays visible.
        (Mark::P90, figures.p90),
        (Mark::Median, figures.median),
    ] {
        if let Some(n) = n {
            mark(&mut out, kind, place(n));
        }
    }
    out.push_str("</svg>");
    out
}

/// One mark alone, beside its word; hidden from readers of the text.
#[must_use]
pub fn key(kind: Mark) -> String {
    let mut out = String::from(r#"<svg class="chart key" viewBox="0 0 28 34" aria-hidden="true" focusable="false">"#);
    mark(&mut out, kind, if kind == Mark::Statutory { 22.0 } else { 14.0 });
    out.push_str("</svg>");
    out
}

fn mark(out: &mut String, kind: Mark, x: f64) {
    match kind {
        Mark::Statutory => push(
            out,
            format_args!(
                r#"<rect class="c-track" x="{EDGE}" y="12" width="{:.1}" height="10"/><path class="c-law" d="M{x:.1} 6V28"/>"#,
                (x - EDGE).max(0.0)
            ),
        ),
        Mark::Commitment => push(
            out,
            format_args!(
                r#"<g class="c-pledge"><path d="M{x:.1} 9V31"/><path class="tip" d="M{:.1} 2h9l-4.5 7z"/></g>"#,
                x - 4.5
            ),
        ),
        Mark::Median => {
            push(out, format_args!(r#"<g class="c-one"><circle class="point" cx="{x:.1}" cy="{Y}" r="4.5"/></g>"#));
        }
        Mark::P90 => push(
            out,
            format_args!(
                r#"<g class="c-two"><rect class="box" x="{:.1}" y="{:.1}" width="12" height="12"/></g>"#,
                x - 6.0,
                Y - 6.0
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Begins, Ruler, ruler};

    #[test]
    fn what_is_not_known_is_not_drawn_and_each_mark_has_its_shape() {
        let bare = ruler("x", &Ruler { statutory: 10, ..Ruler::default() });
        assert!(!bare.contains("<circle") && !bare.contains("c-pledge") && !bare.contains("class=\"box\""));
        let full = Ruler { statutory: 10, commitment: Some(7), median: Some(3), p90: Some(6), begins: Begins::AtZero };
        let full = ruler("x", &full);
        // 8 + n / 10 * 204
        assert!(full.contains(r#"class="c-law" d="M212.0 6V28""#), "{full}");
        assert!(full.contains(r#"<path d="M150.8 9V31"/>"#), "{full}");
        assert!(full.contains(r#"cx="69.2""#), "{full}");
        assert!(full.contains(r#"class="box" x="124.4""#), "{full}");
    }

    #[test]
    fn the_same_day_has_room_of_its_own_and_a_longer_need_makes_the_scale_longer() {
        let figures = Ruler { median: Some(0), p90: Some(3), begins: Begins::BeforeZero, ..Ruler::default() };
        let svg = ruler("x", &figures);
        assert!(svg.contains(r#"class="c-law" d="M59.0 6V28""#), "a quarter of the way: {svg}");
        assert!(svg.contains(r#"class="box" x="206.0""#), "{svg}");
        assert!(!ruler("<script>", &figures).contains("<script>"));
    }
}
