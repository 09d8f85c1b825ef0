//! How large and how wide a letter is set, so that it stays on one page.

use serde::Serialize;

use super::facts::LetterFacts;

/// The measures of one way to set the letter. `size` in points, `leading` in em between lines,
/// `gap` in points between paragraphs, margins and the room for the signature in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    size: f32,
    leading: f32,
    gap: f32,
    top: f32,
    bottom: f32,
    right: f32,
    sign: f32,
    /// Page numbers, for a letter that needs a second page.
    numbered: bool,
}

impl Fit {
    const fn new(size: f32, leading: f32, gap: f32, right: f32, sign: f32) -> Self {
        Self { size, leading, gap, top: 20.0, bottom: 20.0, right, sign, numbered: false }
    }

    /// From roomy to tight, the first that fills no more than one page is taken. All keep to what
    /// Nghị định 30/2020/NĐ-CP allows, the last to the least of it: 13 pt, 6 pt between paragraphs,
    /// single spacing, 15 mm on the right.
    const ONE_PAGE: [Self; 4] = [
        Self::new(14.0, 0.55, 6.0, 20.0, 22.0),
        Self::new(13.5, 0.55, 6.0, 20.0, 22.0),
        Self::new(13.0, 0.55, 6.0, 20.0, 22.0),
        Self::new(13.0, 0.50, 6.0, 15.0, 20.0),
    ];

    /// For a letter that no lawful size brings on one page: nothing is cut, pages are numbered.
    pub const MORE_PAGES: Self = Self { numbered: true, ..Self::new(13.0, 0.55, 6.0, 20.0, 22.0) };

    /// The settings worth trying for one page, roomiest first, without those that so much text has
    /// never fitted in.
    pub fn worth_trying(facts: &LetterFacts) -> impl Iterator<Item = Self> {
        let length = text_length(facts);
        Self::ONE_PAGE.into_iter().zip(MOST_TEXT).filter(move |(_, most)| length <= *most).map(|(fit, _)| fit)
    }
}

/// For each of [`Fit::ONE_PAGE`] the greatest [`text_length`] that ever came out on one page, over
/// the shipped procedures with reasons of 0 to 2,000 characters, and a little more. It spares a long
/// letter the layouts that must fail.
const MOST_TEXT: [usize; 4] = [2200, 2360, 2520, 3000];

/// About how much room the letter takes, in characters of running text; every started line counts
/// as a full one. Follows the paragraphs of the shipped template.
fn text_length(facts: &LetterFacts) -> usize {
    const LINE: usize = 80;
    let chars = |text: &str| text.chars().count();
    let lines = |text: &str, line: usize| chars(text).div_ceil(line) * LINE;
    let issuer = chars(&facts.issuer_name);
    let received = [&facts.receiving_body, &facts.procedure_name, &facts.sector, &facts.dossier_code];
    let heading =
        lines(&facts.superior_body, 26) + facts.issuing_body.iter().map(|line| lines(line, 26)).sum::<usize>();
    let reach = chars(&facts.applicant_phone) + chars(&facts.applicant_email);
    let signature = lines(&facts.signer.authority, 30) + lines(&facts.signer.title, 28);
    heading
        + lines(&facts.applicant_name, 60)
        + lines(&facts.applicant_address, 60)
        + reach.div_ceil(60) * LINE
        + (80 + received.map(|text| chars(text)).iter().sum::<usize>()).div_ceil(LINE) * LINE
        + (150 + chars(&facts.handling_unit) + issuer).div_ceil(LINE) * LINE
        + (8 + chars(&facts.reason)).div_ceil(LINE) * LINE
        + (115 + issuer).div_ceil(LINE) * LINE
        + (140 + chars(&facts.legal_basis) + issuer).div_ceil(LINE) * LINE
        + lines(&facts.what_happened, 70)
        + lines(&facts.person_in_charge, 70)
        + lines(&facts.person_contact, 70)
        + lines(&facts.contact, 50)
        + facts.status_url.as_deref().map_or(0, |url| lines(url, 60))
        + signature
}
