use super::*;

#[test]
fn dump() {
    let press = LetterPress::new().unwrap();
    let none = Images::default();
    let out = std::path::Path::new("/tmp/forms"); std::fs::create_dir_all(out).unwrap();
    let save = |name: &str, pdf: Result<Vec<u8>, RenderError>| match pdf { Ok(b) => std::fs::write(out.join(name), b).unwrap(), Err(e) => println!("{name}: {e}") };
    save("01.pdf", press.paper(&ReceiptFacts::sample(), &none));
    save("01b.pdf", press.paper(&ReceiptFacts { documents: vec![], ..ReceiptFacts::sample() }, &none));
    save("02.pdf", press.paper(&SupplementFacts::sample(), &none));
    save("03.pdf", press.paper(&RefusalFacts::sample(), &none));
    let png = std::fs::read("/tmp/seal.png").ok();
    let images = png.map(|b| Images { signature: None, seal: Some(super::super::letter::Image::new("png", b)) }).unwrap_or_default();
    save("05.pdf", press.paper(&StopFacts::sample(), &images));
    save("06.pdf", press.paper(&SlipFacts::sample(), &none));
    save("07.pdf", press.paper(&RegisterFacts::sample(), &none));
    use super::super::letter::{LetterFacts, LetterForm};
    for kind in LetterForm::ALL {
        save(&format!("04-{kind:?}.pdf"), press.pdf_with(&LetterFacts::sample_of(kind), &images));
    }
    for (i, bad) in ["王小明 😀 <script>alert(1)</script> \u{0}\u{202e}", &"W".repeat(2000), &"Cần bổ sung. ".repeat(150)].iter().enumerate() {
        save(&format!("h01-{i}.pdf"), press.paper(&ReceiptFacts::hostile(bad), &none));
        save(&format!("h02-{i}.pdf"), press.paper(&SupplementFacts::hostile(bad), &none));
        save(&format!("h03-{i}.pdf"), press.paper(&RefusalFacts::hostile(bad), &none));
        save(&format!("h05-{i}.pdf"), press.paper(&StopFacts::hostile(bad), &none));
        save(&format!("h06-{i}.pdf"), press.paper(&SlipFacts::hostile(bad), &none));
        save(&format!("h07-{i}.pdf"), press.paper(&RegisterFacts::hostile(bad), &none));
    }
}
