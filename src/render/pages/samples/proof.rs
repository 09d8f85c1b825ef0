//! The pages of proof, of late files without an apology, and what a citizen can say.

use super::{ctx, s};
use crate::render::pages::citizen::{
    CitizenLetter, CitizenNotePage, CitizenPage, CitizenState, InCharge, Note, SaidBefore, Saying, SayingDraft,
};
use crate::render::pages::ctx::{Ctx, Lang};
use crate::render::pages::form::FieldError;
use crate::render::pages::words::MessageKind;
use askama::Template;

pub(super) fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("citizen-second", second_miss(lang).render());
    for saying in Saying::ALL {
        add(&format!("citizen-refused-{saying:?}"), refused(lang, saying).render());
    }
    add("said-hostile", CitizenPage { draft: draft(name), ..refused(lang, Saying::Cost) }.render());
    for note in [Note::Thanks(Saying::Contact), Note::Thanks(Saying::Cost), Note::NotFound, Note::TooMany(42)] {
        let page = CitizenNotePage {
            c: Ctx { user: None, ..ctx(lang, "/tra-cuu/k3x9") },
            note,
            back: matches!(note, Note::Thanks(_)).then(|| s("/tra-cuu/k3x9")),
            centre_phone: s("0214 388 1234"),
            centre_address: s("Trung tâm Phục vụ hành chính công xã Mường Khương, tỉnh Lào Cai"),
        };
        add(&format!("citizen-note-{note:?}"), page.render());
    }
}

pub(super) fn citizen_letters(rescheduled: bool) -> Vec<CitizenLetter> {
    let letter = CitizenLetter {
        kind: MessageKind::Apology,
        number: s("05/PXL-TTPVHCC"),
        issued: s("17:05 12/11/2026"),
        href: s("/tra-cuu/k3x9/thu/01a.pdf"),
    };
    if rescheduled { vec![letter] } else { Vec::new() }
}

fn second_miss(lang: Lang) -> CitizenPage {
    let mut page = super::citizen(lang, "", CitizenState::SecondMiss);
    page.new_due = Some(s("17:00 thứ Tư 18/11/2026"));
    page.late = true;
    page.in_charge = Some(InCharge { name: s("Lê Văn Thử"), contact: s("0214 388 1235") });
    page.letters = citizen_letters(true);
    page.letters.insert(
        0,
        CitizenLetter {
            kind: MessageKind::SecondMiss,
            number: s("09/PXL-TTPVHCC"),
            issued: s("17:05 18/11/2026"),
            href: s("/tra-cuu/k3x9/thu/01b.pdf"),
        },
    );
    page.said = vec![
        SaidBefore { what: Saying::Cost, at: s("08:00 13/11/2026"), seen: Some(s("09:10 13/11/2026")) },
        SaidBefore { what: Saying::Contact, at: s("08:05 13/11/2026"), seen: None },
    ];
    page
}

fn refused(lang: Lang, saying: Saying) -> CitizenPage {
    let fields: &[&'static str] = match saying {
        Saying::Contact => &["phone", "email", "note"],
        Saying::Cost => &["text"],
    };
    let errors = fields.iter().map(|field| FieldError { field, message: s("Quá dài: hãy rút còn tối đa 120 ký tự.") });
    CitizenPage {
        open: Some(saying),
        errors: errors.collect(),
        draft: draft("Tôi phải nghỉ thêm một ngày công."),
        late: true,
        ..super::citizen(lang, "", CitizenState::Overdue)
    }
}

fn draft(text: &str) -> SayingDraft {
    SayingDraft { phone: s(text), email: s(text), note: s(text), text: s(text) }
}
