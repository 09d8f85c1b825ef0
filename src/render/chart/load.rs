//! Small bars inside tables: the figure stands beside each, so they have no words of their own.

use super::push;

const WIDTH: f64 = 160.0;
const HEIGHT: f64 = 14.0;

fn number(n: u64) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

fn open() -> String {
    format!(r#"<svg class="chart mini" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">"#)
}

/// One bar as long as `n` is of `most`.
#[must_use]
pub fn part(n: u64, most: u64) -> String {
    let width = number(n.min(most)) / number(most.max(1)) * WIDTH;
    format!(r#"{}<rect class="c-short" x="0" y="2" width="{width:.1}" height="10"/></svg>"#, open())
}

/// The files of a person: late ones filled, those at risk hatched, the rest in outline; `most` fills it.
#[must_use]
pub fn load(late: u64, at_risk: u64, rest: u64, most: u64) -> String {
    let mut out = open();
    let mut x = 0.0;
    for (n, class) in [(late, "c-late"), (at_risk, "c-risk"), (rest, "c-rest")] {
        let width = number(n) / number(most.max(1)) * WIDTH;
        if n > 0 {
            push(&mut out, format_args!(r#"<rect class="{class}" x="{x:.1}" y="2" width="{width:.1}" height="10"/>"#));
        }
        if class == "c-risk" {
            // Strokes as well as colour: it is told from its neighbours on grey paper.
            let mut at = x + 3.0;
            while at < x + width {
                push(&mut out, format_args!(r#"<path class="c-hatch" d="M{at:.1} 2V12"/>"#));
                at += 5.0;
            }
        }
        x += width;
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::{load, part};

    #[test]
    fn a_bar_never_leaves_its_box_and_nothing_is_not_drawn() {
        assert!(part(9, 3).contains(r#"width="160.0""#));
        assert!(part(0, 0).contains(r#"width="0.0""#));
        let svg = load(1, 0, 3, 4);
        assert!(svg.contains("c-late") && svg.contains("c-rest") && !svg.contains("c-risk"));
        assert!(svg.contains(r#"x="40.0""#), "the rest begins where the late ones end: {svg}");
    }
}
