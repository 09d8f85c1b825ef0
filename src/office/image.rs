//! An uploaded image of a signature or a seal: what it is, by its first bytes, and how large.

use super::error::Problem;

/// Largest file in bytes.
const BYTES_MAX: usize = 300_000;
/// Longest side in pixels.
const SIDE_MAX: u32 = 2_000;

/// The only elements of a vector drawing that are taken: shapes without scripts, links, text, filters
/// or anything that repeats other parts.
const SHAPES: [&str; 14] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "title",
    "desc",
    "defs",
    "linearGradient",
    "stop",
];

/// A file that may be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

impl Drawing {
    /// Looks at a file, whatever its name says.
    ///
    /// # Errors
    /// No PNG, JPEG or plain SVG, or too large.
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.len() > BYTES_MAX {
            return Err(Problem::ImageTooLarge { kilobytes: BYTES_MAX / 1_000, pixels: SIDE_MAX });
        }
        let (media_type, side) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            ("image/png", png_side(bytes))
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            ("image/jpeg", jpeg_side(bytes))
        } else {
            ("image/svg+xml", is_plain_svg(bytes).then_some(1))
        };
        match side {
            None | Some(0) => Err(Problem::NotAnImage),
            Some(side) if side > SIDE_MAX => {
                Err(Problem::ImageTooLarge { kilobytes: BYTES_MAX / 1_000, pixels: SIDE_MAX })
            }
            Some(_) => Ok(Self { media_type, bytes: bytes.to_vec() }),
        }
    }

    /// How the press names the format of a kept image.
    #[must_use]
    pub fn format_of(media_type: &str) -> &'static str {
        match media_type {
            "image/png" => "png",
            "image/jpeg" => "jpg",
            _ => "svg",
        }
    }
}

/// The longer side, from the header chunk.
fn png_side(bytes: &[u8]) -> Option<u32> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let side = |from: usize| Some(u32::from_be_bytes(bytes.get(from..from + 4)?.try_into().ok()?));
    Some(side(16)?.max(side(20)?))
}

/// The longer side, from the frame header.
fn jpeg_side(bytes: &[u8]) -> Option<u32> {
    let mut at = 2;
    loop {
        let (marker, kind) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        if marker != 0xff {
            return None;
        }
        let short = |from: usize| Some(u32::from(u16::from_be_bytes(bytes.get(from..from + 2)?.try_into().ok()?)));
        let frame = matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc);
        if frame {
            return Some(short(at + 5)?.max(short(at + 7)?));
        }
        at += 2 + usize::try_from(short(at + 2)?).ok()?;
    }
}

/// A drawing of plain shapes.
fn is_plain_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let text = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(text, |(_, rest)| rest);
    let mut elements = text.split('<').skip(1).filter(|tag| !tag.starts_with('/')).map(|tag| {
        let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len());
        tag.get(..end).unwrap_or_default()
    });
    let harmless = !["href", "url(http", "javascript", "&"].iter().any(|bad| text.to_lowercase().contains(bad));
    harmless && elements.next() == Some("svg") && elements.all(|name| name == "!--" || SHAPES.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::{Drawing, SIDE_MAX};
    use crate::office::error::Problem;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let head: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
        [head, &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat()
    }

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        assert_eq!(Drawing::read(&png(300, 200)).unwrap().media_type, "image/png");
        let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x10\x00\x20";
        assert_eq!(Drawing::read(jpeg).unwrap().media_type, "image/jpeg");
        let svg = b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h1'/></svg>";
        assert_eq!(Drawing::read(svg).unwrap().media_type, "image/svg+xml");
        for wrong in [&b"GIF89a"[..], b"", b"%PDF-1.7", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"<html><script>"] {
            assert_eq!(Drawing::read(wrong), Err(Problem::NotAnImage), "{wrong:?}");
        }
    }

    #[test]
    fn a_picture_larger_than_a_signature_needs_is_refused_before_it_is_opened() {
        let too_large = |read| matches!(read, Err(Problem::ImageTooLarge { .. }));
        assert!(too_large(Drawing::read(&png(SIDE_MAX + 1, 10))));
        assert!(too_large(Drawing::read(&png(10, u32::MAX))));
        assert!(too_large(Drawing::read(&vec![0; 300_001])));
    }

    #[test]
    fn a_drawing_with_more_than_shapes_is_refused() {
        for inside in [
            "<script>alert(1)</script>",
            "<image href='file:///etc/passwd'/>",
            "<use href='#a'/>",
            "<text>a</text>",
            "<foreignObject/>",
            "<path style=\"fill:url(http://x)\"/>",
            "&lol;",
            "<!DOCTYPE svg>",
        ] {
            let svg = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
            assert_eq!(Drawing::read(svg.as_bytes()), Err(Problem::NotAnImage), "{inside}");
        }
    }
}
