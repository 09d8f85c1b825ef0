use std::path::Path;

use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use super::{LetterFacts, LetterForm, LetterPress, TITLE_APOLOGY_AND_EXTENSION};
use crate::render::RenderError;
use crate::render::plain::one_line;

mod hostile;
mod made;

/// What stands on a page: each run of text with its place and its size, in points.
struct Run {
    text: String,
    x: f64,
    right: f64,
    y: f64,
    size: f64,
    /// `Tinos-Bold`
    face: String,
}

fn runs(document: &PagedDocument) -> Vec<Run> {
    let mut found = Vec::new();
    for page in document.pages() {
        collect(&page.frame, Point::zero(), &mut found);
    }
    found
}

fn collect(frame: &Frame, at: Point, found: &mut Vec<Run>) {
    for (offset, item) in frame.items() {
        let place = at + *offset;
        match item {
            FrameItem::Group(group) => collect(&group.frame, place, found),
            FrameItem::Text(run) => found.push(Run {
                text: run.text.to_string(),
                x: place.x.to_pt(),
                right: (place.x + run.width()).to_pt(),
                y: place.y.to_pt(),
                size: run.size.to_pt(),
                face: run.font.font().post_script_name().unwrap(),
            }),
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

fn text(document: &PagedDocument) -> String {
    runs(document).iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The text without the blanks and break places that setting it in lines adds or drops.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

#[track_caller]
fn assert_nothing_is_cut(document: &PagedDocument) {
    for run in runs(document) {
        assert!(run.x >= 84.0, "left of the margin: {}", run.text);
        assert!(run.right <= 554.0, "right of the margin: {} ends at {}", run.text, run.right);
        assert!(run.y <= 842.0 - 55.0, "below the margin: {}", run.text);
    }
}

/// The widths of the rules drawn on a frame, from top to bottom, in points.
fn rules(frame: &Frame, found: &mut Vec<f64>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => rules(&group.frame, found),
            FrameItem::Shape(shape, _) => found.push(shape.bbox(false).size().x.to_pt()),
            FrameItem::Text(_) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

const MM: f64 = 72.0 / 25.4;

/// The letter of each kind under each title in use.
fn every_letter() -> Vec<LetterFacts> {
    let other = LetterFacts { title: TITLE_APOLOGY_AND_EXTENSION.to_owned(), ..LetterFacts::sample() };
    LetterForm::ALL.into_iter().map(LetterFacts::sample_of).chain([other]).collect()
}

/// Size of the running text.
fn body_size(document: &PagedDocument) -> f64 {
    runs(document).iter().find(|run| run.text.contains("tiếp nhận hồ sơ")).unwrap().size
}

/// The shipped list of procedures.
fn procedure_names() -> Vec<String> {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/procedures.csv");
    let mut reader = csv::Reader::from_path(list).unwrap();
    let column = reader.headers().unwrap().iter().position(|name| name == "name").unwrap();
    reader.records().map(|row| row.unwrap()[column].to_owned()).collect()
}

#[test]
fn the_sample_fills_one_page_in_fourteen_points() {
    let document = LetterPress::new().unwrap().typeset(&LetterFacts::sample()).unwrap();
    assert_eq!(document.pages().len(), 1);
    assert!((body_size(&document) - 14.0).abs() < 0.01);
    assert_nothing_is_cut(&document);
}

#[test]
fn every_letter_keeps_to_the_margins_and_sizes_of_official_papers() {
    let press = LetterPress::new().unwrap();
    for facts in every_letter() {
        let document = press.typeset(&facts).unwrap();
        assert_eq!(document.pages().len(), 1, "{:?}", facts.kind);
        let runs = runs(&document);
        let left = runs.iter().map(|run| run.x).fold(f64::MAX, f64::min);
        let right = 210.0 * MM - runs.iter().map(|run| run.right).fold(0.0, f64::max);
        let (first, last) = (runs[0].y, runs.iter().map(|run| run.y).fold(0.0, f64::max));
        assert!((29.99..30.1).contains(&(left / MM)), "left {}", left / MM);
        assert!((14.9..20.1).contains(&(right / MM)), "right {}", right / MM);
        assert!((20.0..25.0).contains(&(first / MM)), "the first line stands at {}", first / MM);
        assert!(last / MM <= 297.0 - 20.0, "the last line stands at {}", last / MM);
        for (words, size, face) in [
            ("ỦY BAN NHÂN DÂN", 12.0..=12.0, "Regular"),
            ("TRUNG TÂM PHỤC VỤ", 12.0..=12.0, "Bold"),
            ("CỘNG HÒA XÃ HỘI", 12.0..=12.0, "Bold"),
            ("Độc lập - Tự do", 13.0..=13.0, "Bold"),
            ("Số: ", 13.0..=13.0, "Regular"),
            ("Xã Mẫu, ", 13.0..=13.0, "Italic"),
            ("PHIẾU XIN LỖI", 14.0..=14.0, "Bold"),
            ("VĂN BẢN XIN LỖI", 14.0..=14.0, "Bold"),
            ("Thời gian hẹn trả", 13.0..=14.0, "Regular"),
            ("TUQ. CHỦ TỊCH", 13.0..=14.0, "Bold"),
            ("Trần Văn Minh Họa", 13.0..=14.0, "Bold"),
            ("Nơi nhận:", 12.0..=12.0, "BoldItalic"),
            ("- Như trên", 11.0..=11.0, "Regular"),
        ] {
            let found = runs.iter().find(|run| run.text.starts_with(words));
            let is_title = words.starts_with("PHIẾU") || words.starts_with("VĂN BẢN");
            assert!(found.is_some() || is_title, "{:?} lacks {words}", facts.kind);
            if let Some(run) = found {
                assert!(size.contains(&run.size), "{words}: {} pt", run.size);
                assert_eq!(run.face, format!("Tinos-{face}").replace("-Regular", ""), "{words}");
            }
        }
    }
}

#[test]
fn the_rules_in_the_head_are_as_long_as_the_law_says() {
    let document = LetterPress::new().unwrap().typeset(&LetterFacts::sample()).unwrap();
    let mut drawn = Vec::new();
    rules(&document.pages()[0].frame, &mut drawn);
    let runs = runs(&document);
    let width = |words: &str| runs.iter().find(|run| run.text == words).map(|run| run.right - run.x).unwrap();
    let (body, motto) = (width("TRUNG TÂM PHỤC VỤ"), width("Độc lập - Tự do - Hạnh phúc"));
    assert!(drawn.iter().any(|rule| (body / 3.0..=body / 2.0).contains(rule)), "{drawn:?} under {body}");
    assert!(drawn.iter().any(|rule| (rule - motto).abs() < 1.0), "{drawn:?} under {motto}");
}

#[test]
fn paragraphs_are_set_in_and_stand_apart() {
    let document = LetterPress::new().unwrap().typeset(&LetterFacts::sample()).unwrap();
    let runs = runs(&document);
    let line = |words: &str| runs.iter().find(|run| run.text.starts_with(words)).unwrap();
    let (due, passed_on) = (line("Thời gian hẹn trả"), line("Hồ sơ đã được"));
    let set_in = (due.x - 30.0 * MM) / MM;
    assert!((9.9..12.8).contains(&set_in), "first lines are set in by {set_in} mm");
    // What stands in a box on the same line is off by a rounding.
    let last_of_due = runs.iter().filter(|run| run.y < passed_on.y - 1.0).map(|run| run.y).fold(0.0, f64::max);
    let in_paragraph = runs.iter().find(|run| run.y > passed_on.y + 1.0).unwrap().y - passed_on.y;
    let apart = passed_on.y - last_of_due - in_paragraph;
    assert!((5.99..12.0).contains(&apart), "paragraphs stand {apart} pt apart");
    assert!(in_paragraph >= 1.15 * due.size, "less than single spacing: {in_paragraph}");
}

#[test]
fn a_reason_ends_with_a_full_stop_and_a_telephone_number_stays_whole() {
    let facts = LetterFacts {
        reason: "chờ Công an xã trả lời".to_owned(),
        contact: format!("{}, điện thoại 0214 000 0000", "Trung tâm Phục vụ hành chính công ".repeat(2)),
        ..LetterFacts::sample()
    };
    let document = LetterPress::new().unwrap().typeset(&facts).unwrap();
    assert!(squeezed(&text(&document)).contains(&squeezed("Lý do: chờ Công an xã trả lời.")));
    assert!(runs(&document).iter().any(|run| run.text.contains("0214\u{a0}000\u{a0}0000")), "broken number");
}

#[test]
fn the_letter_says_what_the_law_asks_for() {
    let document = LetterPress::new().unwrap().typeset(&LetterFacts::sample()).unwrap();
    let said = squeezed(&text(&document));
    for part in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN XÃ MẪU",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "Số: 05/PXL-TTPVHCC",
        "Xã Mẫu, ngày 04 tháng 12 năm 2026",
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        "Kính gửi: Ông/Bà Nguyễn Thị Ví Dụ",
        "Ngày 27 tháng 11 năm 2026, Trung tâm Phục vụ hành chính công xã Mẫu tiếp nhận hồ sơ",
        "“Cấp Giấy xác nhận tình trạng hôn nhân”, lĩnh vực Hộ tịch; mã hồ sơ: 000.00.15.H00-261127-0012.",
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 02 tháng 12 năm 2026.",
        "Lý do: Cần xác minh",
        "chân thành xin lỗi Ông/Bà.",
        "hẹn trả kết quả cho Ông/Bà vào 17 giờ 00 phút, ngày 09 tháng 12 năm 2026.",
        "Rất mong nhận được sự thông cảm của Ông/Bà./.",
        "TUQ. CHỦ TỊCH GIÁM ĐỐC TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "- Như trên;",
        "- Lưu: VT, HS.",
    ] {
        assert!(said.contains(&squeezed(part)), "missing: {part}");
    }
    assert!(!said.contains("chưađượccôngbố"), "the date is not provisional");
}

#[test]
fn the_national_name_and_the_motto_stand_on_one_line_each() {
    let document = LetterPress::new().unwrap().typeset(&LetterFacts::sample()).unwrap();
    let runs = runs(&document);
    for line in ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"] {
        assert!(runs.iter().any(|run| run.text == line), "broken: {line}");
    }
}

#[test]
fn a_long_name_in_the_head_breaks_where_its_words_part() {
    let has = |document: &PagedDocument, line: &str| runs(document).iter().any(|run| run.text.trim() == line);
    let facts = |superior: &str, issuing: &str| LetterFacts {
        superior_body: superior.to_owned(),
        issuing_body: vec![issuing.to_owned()],
        ..LetterFacts::sample()
    };
    let press = LetterPress::new().unwrap();
    let long = facts("Ủy ban nhân dân xã Mường Khương", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG");
    let long = press.typeset(&long).unwrap();
    for line in ["ỦY BAN NHÂN DÂN", "XÃ MƯỜNG KHƯƠNG", "TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"] {
        assert!(has(&long, line), "broken elsewhere: {line}");
    }
    let short = press.typeset(&facts("UBND xã Mường Khương", "Phòng Kinh tế")).unwrap();
    assert!(has(&short, "UBND XÃ MƯỜNG KHƯƠNG"));
}

#[test]
fn a_letter_without_a_new_date_promises_none() {
    let facts = LetterFacts { new_due_at: None, ..LetterFacts::sample() };
    let said = text(&LetterPress::new().unwrap().typeset(&facts).unwrap());
    assert!(!squeezed(&said).contains("hẹntrảkếtquảchoÔng/Bàvào"));
    assert!(squeezed(&said).contains(&squeezed("sẽ trả kết quả trong thời gian sớm nhất")));
}

#[test]
fn a_provisional_date_is_called_so() {
    let facts = LetterFacts { provisional: true, ..LetterFacts::sample() };
    let said = text(&LetterPress::new().unwrap().typeset(&facts).unwrap());
    assert!(squeezed(&said).contains(&squeezed("chưa được công bố và có thể thay đổi")));
}

#[test]
fn unknown_facts_leave_no_empty_labels() {
    let none = String::new;
    let facts = LetterFacts {
        applicant_address: none(),
        applicant_phone: none(),
        applicant_email: none(),
        sector: none(),
        handling_unit: none(),
        legal_basis: none(),
        contact: none(),
        status_url: None,
        recipients: Vec::new(),
        ..LetterFacts::sample()
    };
    let document = LetterPress::new().unwrap().typeset(&facts).unwrap();
    let said = text(&document);
    for label in ["Địa chỉ", "Điện thoại", "Email", "lĩnh vực", "chuyển đến", "Căn cứ", "liên hệ"]
    {
        assert!(!said.contains(label), "left over: {label}");
    }
}

#[test]
fn every_shipped_procedure_is_set_in_thirteen_points_at_least_with_a_long_reason() {
    let press = LetterPress::new().unwrap();
    let names = procedure_names();
    assert!(names.len() > 200, "only {} names", names.len());
    for name in names {
        let facts = LetterFacts {
            procedure_name: name.clone(),
            reason: "Cơ quan được hỏi chưa trả lời trong hạn. ".repeat(12),
            ..LetterFacts::sample()
        };
        let document = press.typeset(&facts).unwrap();
        let most = if name.chars().count() > 250 { 2 } else { 1 };
        assert!(document.pages().len() <= most, "{} pages: {name}", document.pages().len());
        assert_nothing_is_cut(&document);
        assert!(squeezed(&text(&document)).contains(&squeezed(&one_line(&name))), "{name}");
        assert!(body_size(&document) >= 13.0, "set in {}: {name}", body_size(&document));
    }
}
