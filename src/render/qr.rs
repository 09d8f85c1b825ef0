//! QR codes: for pages as SVG, one path without colours of its own; for papers as pixels.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

/// Empty border that scanners need, in modules.
const QUIET: usize = 4;

/// Pixels of one module's side: enough for sharp edges in programs that smooth what they enlarge.
const PIXELS: usize = 4;

/// The QR code of `text` as SVG; empty when the text is too long for one. Trusted markup.
#[must_use]
pub fn svg(text: &str) -> String {
    let Some(rows) = modules(text) else { return String::new() };
    let side = rows.len() + 2 * QUIET;
    let path = path(&rows);
    format!(
        r#"<svg viewBox="0 0 {side} {side}" width="120" height="120" role="img" aria-label="QR" shape-rendering="crispEdges"><path d="{path}"/></svg>"#
    )
}

/// A picture of grey pixels, row by row, 0 black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels of a side.
    pub side: usize,
    pub pixels: Vec<u8>,
}

/// The QR code of `text` for the letter press, which sets pixels much faster than a drawing. `None` when the
/// text is too long for one.
#[must_use]
pub fn picture(text: &str) -> Option<Picture> {
    let rows = modules(text)?;
    let side = (rows.len() + 2 * QUIET) * PIXELS;
    let mut pixels = Vec::with_capacity(side * side);
    let white = |count: usize| std::iter::repeat_n(u8::MAX, count);
    pixels.extend(white(side * QUIET * PIXELS));
    for row in &rows {
        let mut line: Vec<u8> = white(QUIET * PIXELS).collect();
        line.extend(row.iter().flat_map(|dark| std::iter::repeat_n(if *dark { 0 } else { u8::MAX }, PIXELS)));
        line.extend(white(QUIET * PIXELS));
        for _ in 0..PIXELS {
            pixels.extend_from_slice(&line);
        }
    }
    pixels.extend(white(side * QUIET * PIXELS));
    Some(Picture { side, pixels })
}

/// The dark modules as rectangles; those that touch in a row are one.
fn path(rows: &[Vec<bool>]) -> String {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    path
}

/// Which modules are dark, row by row, without the empty border.
fn modules(text: &str) -> Option<Vec<Vec<bool>>> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let rows = code.data.chunks(code.size).take(code.size);
    Some(rows.map(|row| row.iter().map(|module| module.value()).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::{PIXELS, QUIET, picture, svg};

    /// What a scanner reads in a picture of so many pixels a side.
    fn scanned(side: usize, black: impl Fn(usize, usize) -> bool) -> String {
        let mut seen =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if black(x, y) { 0 } else { u8::MAX });
        let found = seen.detect_grids();
        assert_eq!(found.len(), 1);
        found[0].decode().unwrap().1
    }

    /// The modules of an SVG that are painted, the empty border included.
    fn painted(svg: &str) -> Vec<Vec<bool>> {
        let number = |text: &str| text.parse::<usize>().unwrap();
        let side = number(svg.split_once("viewBox=\"0 0 ").unwrap().1.split_once(' ').unwrap().0);
        let path = svg.split_once("d=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
        let mut dark = vec![vec![false; side]; side];
        for run in path.split('M').skip(1) {
            let (at, width) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let width = number(width.split_once('v').unwrap().0);
            dark[number(y)][number(x)..][..width].fill(true);
        }
        dark
    }

    #[test]
    fn a_scanner_reads_the_address_of_a_page_and_of_a_paper() {
        for more in [1, 20, 40, 60, 120, 300] {
            let address =
                format!("https://dichvucong.example.vn/tra-cuu/{}", &"wWk3_Zp-0QmV7hYt2LsE9g".repeat(20)[..more]);
            let paper = picture(&address).unwrap();
            assert_eq!(scanned(paper.side, |x, y| paper.pixels[y * paper.side + x] == 0), address);
            let page = painted(&svg(&address));
            assert_eq!(scanned(page.len() * PIXELS, |x, y| page[y / PIXELS][x / PIXELS]), address);
        }
    }

    #[test]
    fn both_have_the_empty_border_that_scanners_need() {
        let paper = picture("http://127.0.0.1:8080/tra-cuu/k3x9").unwrap();
        let border = QUIET * PIXELS;
        let inside = border..paper.side - border;
        assert_eq!(paper.pixels.len(), paper.side * paper.side);
        for (at, pixel) in paper.pixels.iter().enumerate() {
            let (x, y) = (at % paper.side, at / paper.side);
            assert!(*pixel == u8::MAX || (inside.contains(&x) && inside.contains(&y)), "{x} {y}");
        }
        let page = painted(&svg("http://127.0.0.1:8080/tra-cuu/k3x9"));
        assert_eq!(page.len() * PIXELS, paper.side);
        assert!(page.iter().enumerate().all(|(y, row)| {
            row.iter().enumerate().all(|(x, dark)| *dark == (paper.pixels[y * PIXELS * paper.side + x * PIXELS] == 0))
        }));
    }

    #[test]
    fn too_much_text_becomes_no_code() {
        assert_eq!(picture(&"x".repeat(5_000)), None);
        assert_eq!(svg(&"x".repeat(5_000)), "");
    }

    #[test]
    fn the_drawing_for_pages_has_no_style_of_its_own() {
        let drawing = svg("http://127.0.0.1:8080/tra-cuu/k3x9");
        assert!(drawing.starts_with("<svg") && !drawing.contains("style="));
    }
}
