//! What somebody writes who means harm, or means well and writes much: it stays text, on the paper.

use super::*;

/// Sets the worst of a kind: a PDF, nothing beyond the right margin or below the page.
#[track_caller]
fn check_hostile<F: Form>(press: &LetterPress, bad: &str) {
    let document = press.laid_out(&F::hostile(bad), &Images::default()).unwrap();
    let size = document.pages()[0].frame.size();
    for (run, right, y) in runs(&document) {
        assert!(right <= size.x.to_pt() - 20.0, "{}: {run} ends at {right}", F::KIND);
        assert!(y <= size.y.to_pt() - 20.0, "{}: {run} stands at {y}", F::KIND);
    }
    assert_archival(&press.paper(&F::hostile(bad), &Images::default()).unwrap());
}

#[test]
fn no_facts_stop_a_form_and_nothing_leaves_the_paper() {
    let press = LetterPress::new().unwrap();
    let wide = "W".repeat(150);
    let markup = r#"#eval("1") *đậm* $x$ <script>alert(1)</script> \ #read("sheet.json")"#;
    let foreign = "王小明 😀 ខ្មែរ \u{202e}ẩn\u{0}\r\n\u{1b}[31m";
    for bad in [wide.as_str(), markup, foreign, ""] {
        check_hostile::<ReceiptFacts>(&press, bad);
        check_hostile::<SupplementFacts>(&press, bad);
        check_hostile::<RefusalFacts>(&press, bad);
        check_hostile::<StopFacts>(&press, bad);
        check_hostile::<SlipFacts>(&press, bad);
        check_hostile::<RegisterFacts>(&press, bad);
    }
}

#[test]
fn a_reason_of_two_thousand_characters_and_sixty_rows_lose_nothing() {
    let press = LetterPress::new().unwrap();
    let none = Images::default();
    let long: String = (0..400).map(|at| format!("lý{at:03}")).collect::<Vec<_>>().join(" ");
    let refusal = RefusalFacts { reason: long, ..RefusalFacts::sample() };
    let document = press.laid_out(&refusal, &none).unwrap();
    let said = squeezed(&text(&document));
    assert!(document.pages().len() > 1 && (0..400).all(|at| said.contains(&format!("lý{at:03}"))));
    let row = |at| SlipRow { note: format!("dòng{at:03}"), ..SlipFacts::sample().rows[0].clone() };
    let slip = SlipFacts { rows: (0..60).map(row).collect(), ..SlipFacts::sample() };
    let document = press.laid_out(&slip, &none).unwrap();
    let said = squeezed(&text(&document));
    assert!(document.pages().len() > 2 && (0..60).all(|at| said.contains(&format!("dòng{at:03}"))));
}

#[test]
fn markup_in_a_form_stays_text() {
    let press = LetterPress::new().unwrap();
    let name = r#"#eval("1+1") *đậm* <script>alert(1)</script> #read("sheet.json")"#;
    let mut facts = ReceiptFacts::sample();
    facts.applicant.name = name.to_owned();
    let said = squeezed(&text(&press.laid_out(&facts, &Images::default()).unwrap()));
    assert!(said.contains(&squeezed(name)), "{said}");
}
