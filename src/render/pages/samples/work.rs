//! Finding, saved filters, several dossiers at once, the keyboard's shortcuts.

use askama::Template;

use super::{ctx, s};
use crate::render::pages::ctx::Lang;
use crate::render::pages::finding::{Hit, Hits};
use crate::render::pages::form::FieldError;
use crate::render::pages::keys::KeysPage;
use crate::render::pages::saved::{SavedPage, SavedRow, Unsaved};
use crate::render::pages::several::{Act, Outcome, SeveralPage};
use crate::render::pages::words::Standing;

pub fn all(lang: Lang, name: &str, add: &mut impl FnMut(&str, askama::Result<String>)) {
    let hit = |standing, due: Option<&str>| Hit {
        code: s("H38.12-261117-0014"),
        applicant: s(name),
        procedure: s("Đăng ký khai sinh"),
        standing,
        due: due.map(s),
    };
    let hits = vec![hit(Standing::Today, Some("thứ Ba 17/11/2026")), hit(Standing::NoPromise, None)];
    add("hits", Hits { c: ctx(lang, "/tim?q=a"), hits }.render());
    add("keys", KeysPage { c: ctx(lang, "/phim-tat") }.render());
    for act in Act::ALL {
        add(&format!("several-{}", act.slug()), several(lang, name, Some(act)).render());
    }
    add("several-nothing", SeveralPage { outcomes: Vec::new(), ..several(lang, name, None) }.render());
    add("saved", saved(lang, name).render());
    add("saved-empty", SavedPage { rows: Vec::new(), ..saved(lang, name) }.render());
    let errors = vec![FieldError { field: "name", message: s("Tên này đã dùng.") }];
    let unsaved = Some(Unsaved { name: s(name), query: s("state=overdue") });
    add("saved-refused", SavedPage { errors: errors.clone(), unsaved, ..saved(lang, name) }.render());
    let wrong = Some((s("f1"), s(name)));
    add("saved-renamed", SavedPage { errors, wrong, ..saved(lang, name) }.render());
}

fn several(lang: Lang, name: &str, act: Option<Act>) -> SeveralPage {
    let outcome = |refused: Option<&str>| Outcome { code: s("H38.12-261117-0014"), refused: refused.map(s) };
    SeveralPage {
        c: ctx(lang, "/ho-so"),
        act,
        outcomes: vec![outcome(None), outcome(Some(name))],
        print_href: (act == Some(Act::Slips)).then(|| s("/phieu-kiem-soat.pdf?ma=a")),
        back: s("/ho-so?state=today"),
    }
}

fn saved(lang: Lang, name: &str) -> SavedPage {
    let row = |id: &str| SavedRow {
        id: s(id),
        name: s(name),
        href: s("/ho-so?state=overdue"),
        link: format!("dung-hen.example/bo-loc/{id}"),
    };
    let rows = vec![row("f1"), row("f2")];
    SavedPage { c: ctx(lang, "/bo-loc"), rows, unsaved: None, errors: Vec::new(), wrong: None }
}
