//! The desk's tasks, and a contact to be put right.

use askama::Template;

use super::{ctx, pager, s};
use crate::render::pages::ctx::Lang;
use crate::render::pages::desk::{ContactPage, DeskKind, DeskPage, DeskRow, Representative, TickedRow};
use crate::render::pages::form::{Choice, FieldError};
use crate::render::pages::pager::Pager;
use crate::render::pages::phrases;
use crate::render::pages::words::MessageKind;

pub fn all(lang: Lang, name: &str, add: &mut impl FnMut(&str, askama::Result<String>)) {
    add("desk", desk(lang, name).render());
    add(
        "desk-empty",
        DeskPage {
            rows: Vec::new(),
            pager: Pager::default(),
            late: 0,
            papers: 0,
            ticked: Vec::new(),
            ..desk(lang, name)
        }
        .render(),
    );
    add("contact", contact(lang, name, &[]).render());
    let fields = ["applicant_phone", "applicant_email", "applicant_address", "representative_phone", "contact_ways"];
    add("contact-errors", contact(lang, name, &fields).render());
}

fn desk(lang: Lang, name: &str) -> DeskPage {
    let row = |kind, number: usize| DeskRow {
        id: format!("t{number}"),
        kind,
        late: number == 0,
        due: s("11:30 24/11/2026"),
        opened: s("15:40 23/11/2026"),
        code: format!("000.00.15.H00-261120-000{number}"),
        href: format!("/ho-so/000.00.15.H00-261120-000{number}"),
        contact_href: (kind != DeskKind::Phone).then(|| format!("/ho-so/000.00.15.H00-261120-000{number}/lien-he")),
        name: s(name),
        phone: s("0900 000 001"),
        address: s(name),
        reason: s(name),
        message: (kind != DeskKind::Contact).then_some(MessageKind::Apology),
        text: if kind == DeskKind::Contact { String::new() } else { s(name) },
        pdf_href: (kind == DeskKind::Print).then(|| s("/thu/01a.pdf")),
    };
    let rows = DeskKind::ALL.into_iter().enumerate().map(|(number, kind)| row(kind, number)).collect();
    DeskPage { c: ctx(lang, "/viec"), rows, pager: pager("/viec"), late: 1, papers: 1, ticked: ticked(name, "viec") }
}

pub fn ticked(name: &str, back: &'static str) -> Vec<TickedRow> {
    vec![TickedRow {
        id: s("t9"),
        code: s("000.00.15.H00-261120-0009"),
        href: s("/ho-so/000.00.15.H00-261120-0009"),
        name: s(name),
        note: s(name),
        at: s("15:42 23/11/2026"),
        back,
    }]
}

fn contact(lang: Lang, name: &str, wrong: &[&'static str]) -> ContactPage {
    let way = |way: &&str| Choice::new(*way, phrases::way_choice(lang, way), "sms");
    ContactPage {
        c: ctx(lang, "/ho-so/000.00.15.H00-261120-0001/lien-he"),
        code: s("000.00.15.H00-261120-0001"),
        name: s(name),
        version: 3,
        phone: s("0900 000 001"),
        email: s(name),
        address: s(name),
        representative: Some(Representative { name: s(name), phone: s("0912 345 678"), told: true }),
        ways: ["", "mail", "zalo", "sms", "tray"].iter().map(way).collect(),
        dead: vec![phrases::way_choice(lang, "mail")],
        since: Vec::new(),
        errors: wrong.iter().map(|field| FieldError { field, message: s(name) }).collect(),
    }
}
