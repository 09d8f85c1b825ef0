//! Line icons drawn for this program: 16 × 16, stroke in the text's colour, hidden from screen
//! readers because a word always stands beside them.

macro_rules! icon {
    ($body:literal) => {
        concat!(
            r#"<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">"#,
            $body,
            "</svg>"
        )
    };
}

/// Markup of an icon by name; empty for an unknown name.
#[must_use]
pub fn svg(name: &str) -> &'static str {
    match name {
        "stack" => icon!(r#"<path d="M2 5.5 8 2.5l6 3-6 3zM2 8.5l6 3 6-3M2 11.3l6 3 6-3"/>"#),
        "plus" => icon!(r#"<path d="M8 3v10M3 8h10"/>"#),
        "letter" => icon!(r#"<rect x="2" y="3.5" width="12" height="9" rx="1"/><path d="m2.5 4.5 5.5 4 5.5-4"/>"#),
        "chart" => icon!(r#"<path d="M2.5 13.5h11M4.5 13.5V9M8 13.5V3M11.5 13.5V6"/>"#),
        "book" => icon!(
            r#"<path d="M8 4C6.5 3 4.5 2.7 2.5 3v9.5c2-.3 4 0 5.5 1 1.5-1 3.5-1.3 5.5-1V3c-2-.3-4 0-5.5 1zM8 4v9.5"/>"#
        ),
        "calendar" => {
            icon!(r#"<rect x="2.5" y="3.5" width="11" height="10" rx="1"/><path d="M2.5 6.5h11M5.5 2v3M10.5 2v3"/>"#)
        }
        "people" => icon!(
            r#"<circle cx="6" cy="5.5" r="2.5"/><path d="M1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12.3 9.9c1.4.6 2.2 1.9 2.2 3.6"/>"#
        ),
        "send" => icon!(r#"<path d="M14 2 7 9M14 2 9.5 14 7 9 2 6.5z"/>"#),
        "clock" => icon!(r#"<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.5"/>"#),
        "inbox" => icon!(r#"<path d="M2 9.5 4 3h8l2 6.5v3.5H2zM2 9.5h3.5l1 1.5h3l1-1.5H14"/>"#),
        "search" => icon!(r#"<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>"#),
        "print" => icon!(r#"<path d="M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z"/>"#),
        "file" => icon!(r#"<path d="M4 1.8h5.5L13 5.3v8.9H4zM9.5 1.8v3.5H13"/>"#),
        "arrow" => icon!(r#"<path d="M3 8h10M9 4l4 4-4 4"/>"#),
        "back" => icon!(r#"<path d="M13 8H3M7 4 3 8l4 4"/>"#),
        "home" => icon!(r#"<path d="M2.5 7.5 8 2.5l5.5 5M4 6.5v7h8v-7"/>"#),
        "lock" => icon!(r#"<rect x="3" y="7" width="10" height="7" rx="1"/><path d="M5 7V5a3 3 0 0 1 6 0v2"/>"#),
        "run" => icon!(r#"<path d="M4.5 2.8v10.4L13 8z"/>"#),
        "forward" => icon!(r#"<path d="M2.5 3.5v9L8 8zM8 3.5v9L13.5 8z"/>"#),
        "phone" => icon!(
            r#"<path d="M3 2.5h2.5l1 3-1.5 1c.8 1.9 2.1 3.2 4 4l1-1.5 3 1V12.5c0 .7-.5 1-1 1C6.5 13.2 2.8 9.5 2.5 4c0-.7.2-1.5.5-1.5z"/>"#
        ),
        "exit" => icon!(r#"<path d="M6.5 2.5h-4v11h4M6.5 8h7M10.5 5l3 3-3 3"/>"#),
        _ => mark(name),
    }
}

/// Icons of states and of ways of filing.
fn mark(name: &str) -> &'static str {
    match name {
        "alarm" => icon!(r#"<path d="M8 1.8 14.8 13.7H1.2zM8 6.2v3.5M8 11.7v.1"/>"#),
        "check" => icon!(r#"<path d="m3 8.5 3.2 3.2L13 4.5"/>"#),
        "check-late" => {
            icon!(r#"<circle cx="8" cy="8" r="6"/><path d="m5.5 8.3 1.8 1.7 3.3-3.8"/>"#)
        }
        "pause" => icon!(r#"<circle cx="8" cy="8" r="6"/><path d="M6.5 6v4M9.5 6v4"/>"#),
        "stop" => {
            icon!(r#"<circle cx="8" cy="8" r="6"/><path d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4"/>"#)
        }
        "question" => icon!(
            r#"<circle cx="8" cy="8" r="6"/><path d="M6.2 6.3C6.4 5.2 7.1 4.7 8 4.7s1.8.6 1.8 1.6c0 1.3-1.8 1.4-1.8 2.5M8 11v.1"/>"#
        ),
        "again" => icon!(r#"<path d="M13 8a5 5 0 1 1-1.5-3.6M13 2.5v2.7h-2.7"/>"#),
        "coin" => icon!(
            r#"<circle cx="8" cy="8" r="6"/><path d="M9.8 6.2C9.4 5.5 8.7 5.2 8 5.2c-1 0-1.8.5-1.8 1.3 0 2 3.8.9 3.8 2.9 0 .8-.9 1.4-2 1.4-.9 0-1.7-.4-2-1.1M8 4v8"/>"#
        ),
        "online" => icon!(
            r#"<circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c2 1.8 2.5 4 2.5 6S10 12.2 8 14C6 12.2 5.5 10 5.5 8S6 3.8 8 2"/>"#
        ),
        "counter" => icon!(
            r#"<path d="M2 9h12M3.5 9v4.5M12.5 9v4.5"/><circle cx="8" cy="4" r="2"/><path d="M5 9c0-1.7 1.3-2.5 3-2.5s3 .8 3 2.5"/>"#
        ),
        "post" => {
            icon!(r#"<rect x="2" y="3.5" width="12" height="9" rx="1"/><path d="M10 6h2v2h-2zM4 9.5h4M4 7.5h3"/>"#)
        }
        _ => "",
    }
}
