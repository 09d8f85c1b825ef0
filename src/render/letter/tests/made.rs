//! How a letter is made: the file, the press, templates, facts that were kept.

use super::*;

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
