//! What a name or a reason may hold: too much, markup, foreign signs.

use super::*;

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
