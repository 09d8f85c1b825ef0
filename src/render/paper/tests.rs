use std::path::Path;

use typst::layout::{Frame as Laid, FrameItem, Point};

use super::*;
use crate::render::letter::registry::{self, Template};
use crate::render::letter::{Image, LetterFacts, LetterForm};

mod hostile;

/// What stands on the pages: each run of text, and where it ends, in points.
fn runs(document: &PagedDocument) -> Vec<(String, f64, f64)> {
    fn collect(frame: &Laid, at: Point, found: &mut Vec<(String, f64, f64)>) {
        for (offset, item) in frame.items() {
            let place = at + *offset;
            match item {
                FrameItem::Group(group) => collect(&group.frame, place, found),
                FrameItem::Text(run) => {
                    found.push((run.text.to_string(), (place.x + run.width()).to_pt(), place.y.to_pt()));
                }
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    for page in document.pages() {
        collect(&page.frame, Point::zero(), &mut found);
    }
    found
}

/// The text in reading order, a run a line, without the break places that setting it adds.
fn text(document: &PagedDocument) -> String {
    let lines: Vec<String> = runs(document).into_iter().map(|(text, _, _)| text.replace('\u{200b}', "")).collect();
    lines.join("\n")
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// Width and height of the first page in millimetres.
fn size_of(document: &PagedDocument) -> (i32, i32) {
    let size = document.pages()[0].frame.size();
    let rounded = |length: typst::layout::Abs| format!("{:.0}", length.to_mm()).parse().unwrap();
    (rounded(size.x), rounded(size.y))
}

#[track_caller]
fn assert_archival(pdf: &[u8]) {
    let has = |words: &str| pdf.windows(words.len()).any(|part| part == words.as_bytes());
    assert!(has("<pdfaid:part>2</pdfaid:part>") && has("<pdfaid:conformance>A<"), "PDF/A-2a");
    assert!(has("<pdfuaid:part>1</pdfuaid:part>"), "PDF/UA-1");
    assert!(has("/StructTreeRoot") && has("/FontFile"), "tagged, fonts inside");
}

/// Sets the sample of a kind: its size, pages, standards and words (`expected/{kind}.txt`).
#[track_caller]
fn check_sample<F: Form>(press: &LetterPress, size: (i32, i32), pages: usize) {
    let none = Images::default();
    let document = press.laid_out(&F::sample(), &none).unwrap();
    assert_eq!(size_of(&document), size, "{}", F::KIND);
    assert_eq!(document.pages().len(), pages, "{}", F::KIND);
    let pdf = press.paper(&F::sample(), &none).unwrap();
    assert_archival(&pdf);
    assert!(press.paper(&F::sample(), &none).unwrap() == pdf, "the same facts give the same bytes");
    let kept = serde_json::to_string(&F::sample()).unwrap();
    assert!(press.paper_of(F::KIND, &kept, &none).unwrap() == pdf, "and so do facts that were kept");
    check_text(F::KIND.as_str(), &text(&document));
}

/// Holds a text against `expected/`; DUNGHEN_BLESS=1 writes it.
#[track_caller]
fn check_text(name: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/render/paper/expected/{name}.txt"));
    let said = format!("{said}\n");
    #[expect(clippy::disallowed_methods, reason = "a switch of the test alone")]
    if std::env::var_os("DUNGHEN_BLESS").is_some() {
        std::fs::write(&path, &said).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), said, "{}", path.display());
}

#[test]
fn every_form_has_its_size_its_pages_and_its_words() {
    let press = LetterPress::new().unwrap();
    check_sample::<ReceiptFacts>(&press, (148, 210), 1);
    check_sample::<SupplementFacts>(&press, (148, 210), 1);
    check_sample::<RefusalFacts>(&press, (148, 210), 1);
    check_sample::<StopFacts>(&press, (148, 210), 1);
    check_sample::<SlipFacts>(&press, (210, 297), 1);
    check_sample::<RegisterFacts>(&press, (297, 210), 5);
}

/// Left, right and lower edge of what stands on the pages, and the first line, in millimetres.
fn edges(document: &PagedDocument) -> (f64, f64, f64, f64) {
    let mm = |points: f64| points * 25.4 / 72.0;
    let mut lefts = Vec::new();
    for page in document.pages() {
        starts(&page.frame, Point::zero(), &mut lefts);
    }
    let runs = runs(document);
    let left = lefts.into_iter().fold(f64::MAX, f64::min);
    let right = runs.iter().map(|(_, right, _)| *right).fold(0.0, f64::max);
    let low = runs.iter().map(|(_, _, y)| *y).fold(0.0, f64::max);
    let size = document.pages()[0].frame.size();
    (mm(left), mm(size.x.to_pt() - right), mm(size.y.to_pt() - low), mm(runs[0].2))
}

fn starts(frame: &Laid, at: Point, found: &mut Vec<f64>) {
    for (offset, item) in frame.items() {
        match item {
            FrameItem::Group(group) => starts(&group.frame, at + *offset, found),
            FrameItem::Text(_) => found.push((at + *offset).x.to_pt()),
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

#[test]
fn forms_keep_to_their_margins() {
    let press = LetterPress::new().unwrap();
    let none = Images::default();
    // A5 in the proportion of A4 (1 : √2): 21, 14, 14 and 15 mm.
    for document in [
        press.laid_out(&ReceiptFacts::sample(), &none).unwrap(),
        press.laid_out(&SupplementFacts::sample(), &none).unwrap(),
        press.laid_out(&RefusalFacts::sample(), &none).unwrap(),
        press.laid_out(&StopFacts::sample(), &none).unwrap(),
    ] {
        let (left, right, low, first) = edges(&document);
        assert!((20.9..21.2).contains(&left) && right >= 13.9, "left {left}, right {right}");
        assert!(low >= 14.0 && (15.0..18.5).contains(&first), "bottom {low}, first line {first}");
    }
    let (left, right, low, first) = edges(&press.laid_out(&SlipFacts::sample(), &none).unwrap());
    assert!((29.9..30.2).contains(&left) && right >= 14.9, "left {left}, right {right}");
    assert!(low >= 20.0 && (20.0..24.0).contains(&first), "bottom {low}, first line {first}");
}

#[test]
fn a_code_in_the_register_breaks_at_its_hyphen_and_runs_into_no_other_column() {
    let press = LetterPress::new().unwrap();
    let document = press.laid_out(&RegisterFacts::sample(), &Images::default()).unwrap();
    let lines: Vec<String> = runs(&document).into_iter().map(|(run, _, _)| squeezed(&run)).collect();
    assert!(lines.iter().any(|line| line == "000.00.15.H00-"), "{lines:?}");
    assert!(lines.iter().any(|line| line == "261204-0001"));
    assert!(lines.iter().any(|line| line == &squeezed("0900 000 000")), "the number stays whole");
}

#[test]
fn every_letter_has_its_own_sentences() {
    let press = LetterPress::new().unwrap();
    for kind in LetterForm::ALL {
        let facts = LetterFacts::sample_of(kind);
        let document = press.typeset(&facts).unwrap();
        assert_eq!((size_of(&document), document.pages().len()), ((210, 297), 1), "{kind:?}");
        assert_archival(&press.pdf(&facts).unwrap());
        check_text(&format!("letter-{kind:?}"), &text(&document));
    }
}

#[test]
fn a_second_miss_gives_no_date_and_names_who_answers() {
    let press = LetterPress::new().unwrap();
    let said = squeezed(&text(&press.typeset(&LetterFacts::sample_of(LetterForm::SecondMiss)).unwrap()));
    assert!(said.contains(&squeezed("không hẹn thêm ngày khác")), "{said}");
    assert!(said.contains(&squeezed("Bà Lê Thị Minh Họa")) && said.contains("02140000001"));
    assert!(!said.contains(&squeezed("đề nghị gia hạn")));
    let loss = squeezed(&text(&press.typeset(&LetterFacts::sample_of(LetterForm::Loss)).unwrap()));
    assert!(loss.contains(&squeezed("chịu mọi chi phí phát sinh")), "{loss}");
}

#[test]
fn the_register_repeats_its_head_and_numbers_its_pages() {
    let press = LetterPress::new().unwrap();
    let document = press.laid_out(&RegisterFacts::sample(), &Images::default()).unwrap();
    for (at, page) in document.pages().iter().enumerate() {
        let alone = runs_of(page);
        let rows = alone.contains("Trực tiếp");
        assert_eq!(squeezed(&alone).contains(&squeezed("Mã hồ sơ")), rows, "page {at}: {alone}");
        let number = (at + 1).to_string();
        assert_eq!(alone.lines().next().is_some_and(|first| first == number), at > 0, "page {at}: {alone}");
    }
    let said = squeezed(&text(&document));
    for row in RegisterFacts::sample().rows {
        assert!(said.contains(&squeezed(&row.code)), "{}", row.code);
    }
}

fn runs_of(page: &typst_layout::Page) -> String {
    let mut lines = Vec::new();
    let mut open = vec![&page.frame];
    while let Some(frame) = open.pop() {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => open.push(&group.frame),
                FrameItem::Text(run) => lines.push(run.text.to_string()),
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }
    let is_number = |line: &String| line.chars().all(|c| c.is_ascii_digit()) && line.len() == 1;
    lines.sort_by_key(|line| !is_number(line));
    lines.join("\n")
}

#[test]
fn a_new_template_is_for_new_papers_only() {
    let press = LetterPress::new().unwrap();
    let old = StopFacts::sample();
    let issued = press.paper(&old, &Images::default()).unwrap();
    let mut named = old.clone();
    named.frame.dressing.template = press.version_on(registry::FormKind::Stop, old.frame.issued_on).to_owned();
    let mut templates = registry::SHIPPED.to_vec();
    let wording = "#set document(title: \"Mới\", date: datetime(year: 2027, month: 1, day: 1))\n#set text(lang: \"vi\", font: \"Tinos\")\n= Mẫu mới";
    let newer = |version, valid_from| Template { kind: registry::FormKind::Stop, version, valid_from, source: wording };
    templates.push(newer("2027-01", (2027, 1, 1)));
    templates.push(newer("2026-01", (2026, 1, 1)));
    let later = LetterPress::with_templates(&templates).unwrap();
    assert!(later.paper(&named, &Images::default()).unwrap() == press.paper(&named, &Images::default()).unwrap());
    let day = |year| chrono::NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
    let version = |year| later.version_on(registry::FormKind::Stop, day(year));
    assert_eq!(
        (version(2024), version(2025), version(2026), version(2027)),
        ("2025-09", "2025-09", "2026-01", "2027-01")
    );
    let mut next = old;
    next.frame.issued_on = day(2027);
    assert!(later.paper(&next, &Images::default()).unwrap() != issued);
    let mut unknown = named;
    unknown.frame.dressing.template = "1999-01".to_owned();
    assert!(matches!(press.paper(&unknown, &Images::default()), Err(RenderError::Template(_))));
}

#[test]
fn the_images_of_a_signature_block_are_drawn_and_described() {
    let press = LetterPress::new().unwrap();
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9" fill="red"/></svg>"#;
    let image = Some(Image::new("svg", svg.to_vec()));
    let images = Images { signature: image.clone(), seal: image };
    let bare = press.paper(&StopFacts::sample(), &Images::default()).unwrap();
    let signed = press.paper(&StopFacts::sample(), &images).unwrap();
    assert!(signed != bare);
    assert_archival(&signed);
    let letter = LetterFacts::sample();
    assert!(press.pdf_with(&letter, &images).unwrap() != press.pdf(&letter).unwrap());
    let broken = Images { signature: Some(Image::new("png", b"no picture".to_vec())), seal: None };
    assert!(matches!(press.pdf_with(&letter, &broken), Err(RenderError::Template(_))));
}
