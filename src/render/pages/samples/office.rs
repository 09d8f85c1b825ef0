//! The agency, its letterhead and register, papers.

use askama::Template;

use super::{choices, ctx, s};
use crate::render::pages::agency::{AgencyPage, PersonView, UnitView};
use crate::render::pages::ctx::Lang;
use crate::render::pages::form::FieldError;
use crate::render::pages::letterhead::{HeadField, LetterheadPage};
use crate::render::pages::papers::{PaperName, PaperView, RegisterPage};
use crate::render::pages::words::Role;

pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("agency", agency(lang, name).render());
    of_papers(lang, name, add);
}

fn of_papers(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("letterhead", letterhead(lang, name).render());
    add("register", register(lang, name).render());
    let wrong = vec![FieldError { field: "to", message: s(name) }];
    add("register-wrong", RegisterPage { count: None, errors: wrong, ..register(lang, name) }.render());
}

fn letterhead(lang: Lang, name: &str) -> LetterheadPage {
    let texts = HeadField::ALL.iter().map(|field| (*field, s(name))).collect();
    LetterheadPage {
        c: ctx(lang, "/mau-giay"),
        version: 3,
        texts,
        titles: vec![s("Phiếu xin lỗi"), s(name)],
        signature: true,
        seal: false,
        previews: choices(&["letter", "receipt"]),
        entered: Some(s(name)),
        errors: vec![FieldError { field: "signer_title", message: s(name) }],
    }
}

fn register(lang: Lang, name: &str) -> RegisterPage {
    RegisterPage {
        c: ctx(lang, "/so-theo-doi"),
        from: s(name),
        to: s("2026-11-24"),
        count: Some(1_204),
        errors: Vec::new(),
    }
}

pub(super) fn papers(name: &str) -> Vec<PaperView> {
    let view = |at, paper: PaperName| PaperView {
        name: paper,
        occasion: at,
        number: (at % 2 == 1).then(|| s(name)),
        made: s("08:15 23/11/2026"),
        may_make: at % 2 == 0 || paper == PaperName::ControlSlip,
    };
    (1..).zip(PaperName::ALL).map(|(at, paper)| view(at, paper)).chain([view(2, PaperName::Receipt)]).collect()
}

fn agency(lang: Lang, name: &str) -> AgencyPage {
    let person = |name: &str, role, away: bool| PersonView {
        name: s(name),
        role,
        email: s("canbo@example.vn"),
        stand_in: away.then(|| s("Lý Văn Páo")),
        away: away.then(|| s("đến 30/11/2026")),
        open_dossiers: 42,
    };
    AgencyPage {
        may_change: true,
        c: ctx(lang, "/don-vi"),
        code: s("H38.12"),
        superior: s("UBND tỉnh Lào Cai"),
        address: s("Thôn Sả Hồ, xã Mường Khương, tỉnh Lào Cai"),
        phone: s("0214 388 1234"),
        email: s("muongkhuong@example.vn"),
        hours: vec![s("thứ Hai đến thứ Sáu 07:30–11:30, 13:30–17:00")],
        units: vec![
            UnitView {
                code: s("TTPVHCC"),
                name: s("Trung tâm Phục vụ hành chính công"),
                sectors: s(name),
                supervisor: Some(s(name)),
                officer: None,
                people: vec![person("Lý Văn Páo", Role::Clerk, false), person(name, Role::Supervisor, true)],
            },
            UnitView {
                code: s("PVHXH"),
                name: s("Phòng Văn hóa - Xã hội"),
                sectors: String::new(),
                supervisor: None,
                officer: Some(s(name)),
                people: vec![person("Nguyễn Thị Hạnh", Role::Officer, false)],
            },
            UnitView {
                code: s("PKT"),
                name: s("Phòng Kinh tế"),
                sectors: String::new(),
                supervisor: None,
                officer: None,
                people: Vec::new(),
            },
        ],
    }
}
