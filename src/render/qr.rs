//! QR codes as SVG: one path, no colours of its own beyond black, so that it prints and scans.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// Empty border that scanners need, in modules.
const QUIET: usize = 4;

/// The QR code of `text`; empty when the text is too long for one. Trusted markup.
#[must_use]
pub fn svg(text: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return String::new() };
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    format!(
        r#"<svg viewBox="0 0 {side} {side}" width="120" height="120" role="img" aria-label="QR" shape-rendering="crispEdges"><path d="{path}"/></svg>"#
    )
}

/// The QR code of `text` as an SVG document of its own, for the letter press: modules that touch in a
/// row are one rectangle. Empty when the text is too long for one.
#[must_use]
pub fn vector(text: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return String::new() };
    let side = code.width() + 2 * QUIET;
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(code.width().max(1)).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>"#)
}

#[cfg(test)]
mod tests {
    use qrcode::{Color, EcLevel, QrCode};

    use super::{QUIET, svg, vector};

    /// The dark modules that a drawing of rows paints, as `(x, y)` without the empty border.
    fn painted(drawing: &str) -> Vec<(usize, usize)> {
        let number = |text: &str| text.parse::<usize>().unwrap();
        let path = drawing.split_once("d=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
        path.split('M')
            .skip(1)
            .flat_map(|run| {
                let (at, width) = run.split_once('h').unwrap();
                let (x, y) = at.split_once(' ').unwrap();
                let width = number(width.split_once('v').unwrap().0);
                (0..width).map(move |more| (number(x) + more - QUIET, number(y) - QUIET))
            })
            .collect()
    }

    #[test]
    fn what_is_drawn_is_the_code_of_the_address() {
        let address = "https://dichvucong.example.vn/tra-cuu/wWk3_Zp-0QmV7hYt2LsE9g";
        let code = QrCode::with_error_correction_level(address, EcLevel::M).unwrap();
        let width = code.width();
        let dark = code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark).count();
        let painted = painted(&vector(address));
        assert_eq!(painted.len(), dark);
        assert!(painted.iter().all(|(x, y)| code[(*x, *y)] == Color::Dark));
        let side = width + 2 * QUIET;
        assert!(vector(address).contains(&format!("viewBox=\"0 0 {side} {side}\"")), "with its empty border");
    }

    #[test]
    fn both_drawings_hold_the_same_dark_modules() {
        let address = "http://127.0.0.1:8080/tra-cuu/k3x9";
        let of_runs: usize =
            vector(address).split('h').filter_map(|part| part.split_once('v')?.0.parse::<usize>().ok()).sum();
        assert_eq!(of_runs, svg(address).matches("h1v1h-1z").count());
        assert_eq!(vector(&"x".repeat(5_000)), "");
    }

    #[test]
    fn an_address_becomes_a_square_of_modules_and_too_much_text_none() {
        let picture = svg("http://127.0.0.1:8080/tra-cuu/k3x9");
        assert!(picture.starts_with("<svg") && picture.matches("h1v1h-1z").count() > 100);
        assert!(!picture.contains("style="));
        assert_eq!(svg(&"x".repeat(5_000)), "");
    }
}
