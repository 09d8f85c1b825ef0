//! The rungs of a ladder along the time of a file: receipt, the promise, the new date, and after it.

use super::{escape, push};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 150.0;
/// The line of time.
const Y: f64 = 112.0;
const RECEIPT: f64 = 24.0;
const PROMISE: f64 = 320.0;
const NEW_DATE: f64 = 500.0;
/// A working day before the promise; those far away stand at the end.
const BEFORE: f64 = 24.0;
/// A working day after a promise.
const AFTER: f64 = 20.0;

/// Where a rung stands, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Before(u32),
    AtThePromise,
    AtTheNewDate,
    /// After the last date that passed.
    After(u32),
}

/// One rung: its number in the table beside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub number: usize,
    pub place: Place,
    pub told: Told,
}

/// Whether somebody hears of a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Somebody,
    Nobody,
}

fn x_of(place: Place) -> f64 {
    let days = |most: u32, n: u32| f64::from(n.min(most));
    match place {
        Place::Before(n) => PROMISE - BEFORE * days(11, n).max(1.0),
        Place::AtThePromise => PROMISE,
        Place::AtTheNewDate => NEW_DATE,
        Place::After(n) => NEW_DATE + AFTER * days(12, n).max(1.0),
    }
}

/// The picture; `text` is its accessible name, `words` name receipt, promise and new date.
#[must_use]
pub fn climb(text: &str, words: [&str; 3], steps: &[Step]) -> String {
    let mut out = format!(
        r#"<svg class="chart climb" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{0}"><title>{0}</title>"#,
        escape(text)
    );
    push(&mut out, format_args!(r#"<path class="c-grid" d="M{RECEIPT} {Y}H{:.0}"/>"#, WIDTH - 10.0));
    for (x, class, anchor, word) in [
        (RECEIPT, "c-grid", "start", words[0]),
        (PROMISE, "c-goal", "middle", words[1]),
        (NEW_DATE, "c-goal", "middle", words[2]),
    ] {
        push(
            &mut out,
            format_args!(
                r#"<path class="{class}" d="M{x:.0} 14V{:.0}"/><text class="t-axis" x="{x:.0}" y="{:.0}" text-anchor="{anchor}">{}</text>"#,
                Y + 8.0,
                Y + 26.0,
                escape(word)
            ),
        );
    }
    let mut placed: Vec<f64> = Vec::new();
    for step in steps {
        let x = x_of(step.place);
        let below = placed.iter().filter(|other| (x - **other).abs() < 24.0).count();
        placed.push(x);
        let y = Y - 16.0 - 25.0 * f64::from(u32::try_from(below).unwrap_or(3).min(3));
        let class = match step.told {
            Told::Somebody => "c-rung",
            Told::Nobody => "c-rung off",
        };
        push(
            &mut out,
            format_args!(
                r#"<g class="{class}"><circle cx="{x:.1}" cy="{y:.1}" r="11"/><text x="{x:.1}" y="{:.1}" text-anchor="middle">{}</text></g>"#,
                y + 4.5,
                step.number
            ),
        );
    }
    out.push_str("</svg>");
    out
}
