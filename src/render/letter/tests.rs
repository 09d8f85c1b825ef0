use std::path::Path;

use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use super::{LetterFacts, LetterForm, LetterPress, TITLE_APOLOGY_AND_EXTENSION};
use crate::render::RenderError;
use crate::render::plain::one_line;

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

#[test]
fn a_letter_too_long_for_a_page_goes_on_and_loses_nothing() {
    let reason = (0..900).map(|i| format!("lý{i}")).collect::<Vec<_>>().join(" ");
    let facts = LetterFacts { reason: reason.clone(), ..LetterFacts::sample() };
    let document = LetterPress::new().unwrap().typeset(&facts).unwrap();
    assert!(document.pages().len() > 1);
    assert_nothing_is_cut(&document);
    let said = squeezed(&text(&document));
    for i in 0..900 {
        assert!(said.contains(&format!("lý{i}")), "lost: lý{i}");
    }
    assert!(said.contains(&squeezed(&facts.signer.name)));
    assert!(runs(&document).iter().any(|run| run.text == "2"), "the second page has its number");
}

#[test]
fn markup_in_names_stays_text() {
    let name = r#"#eval("1+1") *đậm* $x^2$ <script>alert(1)</script> \ #read("sheet.json") // @a"#;
    let facts = LetterFacts {
        applicant_name: name.to_owned(),
        procedure_name: name.to_owned(),
        reason: name.to_owned(),
        ..LetterFacts::sample()
    };
    let press = LetterPress::new().unwrap();
    let said = squeezed(&text(&press.typeset(&facts).unwrap()));
    assert_eq!(said.matches(&squeezed(name)).count(), 3);
    assert!(press.pdf(&facts).unwrap().starts_with(b"%PDF-1.7"));
}

#[test]
fn control_characters_foreign_scripts_and_endless_words_still_give_a_letter() {
    let press = LetterPress::new().unwrap();
    for name in [
        "Nguyễn\r\n\u{0}\u{1b}[31m Văn\u{7f} A",
        "王小明 😀 ខ្មែរ \u{e000}\u{fffe}\u{10ffff}",
        "\u{202e}Nguyễn\u{200b}\u{200d}\u{feff} B",
        "Nguye\u{302}\u{303}n a\u{300}\u{301}\u{302}\u{303}\u{309}\u{323}",
        &"W".repeat(1_000),
        &"ư".repeat(3_000),
        &"l".repeat(500),
        "",
    ] {
        let facts = LetterFacts {
            applicant_name: name.to_owned(),
            procedure_name: name.to_owned(),
            title: name.to_owned(),
            superior_body: name.to_owned(),
            number: name.chars().take(40).collect(),
            dossier_code: name.to_owned(),
            reason: name.to_owned(),
            status_url: Some(name.to_owned()),
            ..LetterFacts::sample()
        };
        assert_nothing_is_cut(&press.typeset(&facts).unwrap());
        assert!(press.pdf(&facts).is_ok(), "no letter for {name:?}: {:?}", press.pdf(&facts).err());
    }
}

#[test]
fn the_link_of_a_citizen_can_be_copied_from_the_letter() {
    let link = "https://dichvucong.laocai.example.vn/tra-cuu/wWk3_Zp-0QmV7hYt2LsE9g";
    let facts = LetterFacts { status_url: Some(link.to_owned()), ..LetterFacts::sample() };
    let press = LetterPress::new().unwrap();
    let printed: String = text(&press.typeset(&facts).unwrap()).split(' ').collect();
    assert!(printed.contains(link), "{printed}");
    assert_nothing_is_cut(&press.typeset(&facts).unwrap());
}

#[test]
fn no_character_stops_a_letter() {
    let press = LetterPress::new().unwrap();
    let beyond = (0x3000..=0x0010_ffff).step_by(997);
    let all: Vec<char> =
        (0..0x3000).chain(0xa600..0xac00).chain(0xf000..0x1_0000).chain(beyond).filter_map(char::from_u32).collect();
    for part in all.chunks(4_096) {
        let alone: String = part.iter().flat_map(|c| [*c, ' ']).collect();
        let joined: String = part.iter().collect();
        for reason in [alone, joined] {
            let facts = LetterFacts { reason, ..LetterFacts::sample() };
            let letter = press.pdf(&facts);
            assert!(letter.is_ok(), "from U+{:04X}: {:?}", u32::from(part[0]), letter.err());
        }
    }
}

#[test]
fn a_glyph_the_font_lacks_is_shown_as_a_square() {
    let facts = LetterFacts { applicant_name: "Vương 王".to_owned(), ..LetterFacts::sample() };
    let said = text(&LetterPress::new().unwrap().typeset(&facts).unwrap());
    assert!(said.contains("Vương □"));
}

#[test]
fn every_vietnamese_letter_is_in_the_font() {
    let vowels = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";
    let all = format!("{vowels}{}₫§°–—…“”‘’", vowels.to_uppercase());
    let facts = LetterFacts { reason: all.clone(), ..LetterFacts::sample() };
    let said = squeezed(&text(&LetterPress::new().unwrap().typeset(&facts).unwrap()));
    assert!(said.contains(&all) && !said.contains('□'));
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let facts = LetterFacts::sample();
    let first = LetterPress::new().unwrap().pdf(&facts).unwrap();
    let press = LetterPress::new().unwrap();
    let other = LetterFacts { number: "06/PXL".to_owned(), ..LetterFacts::sample() };
    assert!(press.pdf(&other).unwrap() != first);
    assert!(press.pdf(&facts).unwrap() == first);
}

#[test]
fn the_file_is_dated_tagged_and_archival() {
    let pdf = LetterPress::new().unwrap().pdf(&LetterFacts::sample()).unwrap();
    let has = |words: &str| pdf.windows(words.len()).any(|part| part == words.as_bytes());
    assert!(has("D:20261204"), "dated by the day of issue");
    assert!(has("<pdfaid:part>2</pdfaid:part>") && has("<pdfaid:conformance>A<"), "PDF/A-2a");
    assert!(has("<pdfuaid:part>1</pdfuaid:part>"), "PDF/UA-1");
    assert!(has("/StructTreeRoot") && has("/Lang"));
    assert_eq!(pdf.windows(9).filter(|part| part == b"/FontFile").count(), 4, "four faces");
}

#[test]
fn threads_share_one_press() {
    let press = LetterPress::new().unwrap();
    let alone = press.pdf(&LetterFacts::sample()).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| press.pdf(&LetterFacts::sample()).unwrap())).collect();
        for thread in threads {
            assert!(thread.join().unwrap() == alone);
        }
    });
}

#[test]
fn the_other_title_in_use_is_taken_from_the_facts() {
    let facts = LetterFacts { title: TITLE_APOLOGY_AND_EXTENSION.to_owned(), ..LetterFacts::sample() };
    let said = text(&LetterPress::new().unwrap().typeset(&facts).unwrap());
    assert!(squeezed(&said).contains(&squeezed("VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT")));
}

#[test]
fn an_edited_template_is_checked_and_its_mistake_named() {
    assert_eq!(LetterPress::new().unwrap().check(), Ok(()));
    let press = LetterPress::with_template("#set text(lang: \"vi\")\n#no-such-word").unwrap();
    let Err(RenderError::Template(why)) = press.check() else { panic!("a broken template passed") };
    assert!(why.contains("no-such-word"), "{why}");
}

#[test]
fn a_template_cannot_reach_the_disk_or_the_clock() {
    for reach in ["#read(\"/etc/hostname\")", "#datetime.today()", "#import \"@preview/x:1.0.0\""] {
        let press = LetterPress::with_template(reach).unwrap();
        assert!(matches!(press.check(), Err(RenderError::Template(_))), "{reach}");
    }
}

#[test]
fn frozen_facts_read_back_as_they_were() {
    let facts = LetterFacts::sample();
    let json = serde_json::to_string(&facts).unwrap();
    assert!(json.contains(r#""issued_on":"2026-12-04""#));
    assert_eq!(serde_json::from_str::<LetterFacts>(&json).unwrap(), facts);
}

#[test]
fn facts_kept_before_there_were_other_letters_are_an_apology() {
    let mut json = serde_json::to_value(LetterFacts::sample()).unwrap();
    for field in ["kind", "result_at", "person_in_charge", "person_contact", "what_happened"] {
        assert!(json.as_object_mut().unwrap().remove(field).is_some(), "{field}");
    }
    assert_eq!(serde_json::from_value::<LetterFacts>(json).unwrap(), LetterFacts::sample());
}
