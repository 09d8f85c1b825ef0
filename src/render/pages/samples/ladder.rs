//! The page of the ladder and its form.

use askama::Template;

use super::{choices, ctx, s};
use crate::render::chart::ladder::{Place, Step, Told, climb};
use crate::render::pages::ctx::Lang;
use crate::render::pages::form::FieldError;
use crate::render::pages::ladder::{LadderFormPage, LadderGroup, LadderPage, RungInput, RungView};
use crate::render::pages::procedures::{ChangePreview, DeltaView, VersionStanding};
use crate::render::pages::proposals::DifferenceRow;

pub(super) fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("ladder", ladder(lang, name).render());
    add("ladder-read", LadderPage { may_change: false, ..ladder(lang, name) }.render());
    add("ladder_form", form(lang, name).render());
    let fields = ["procedure", "agency", "kind", "level", "working_days", "share_percent", "audiences", "accountable"];
    let more = ["acknowledge_hours", "ways", "bundling", "urgency", "basis", "valid_from"];
    let errors = fields.into_iter().chain(more).map(|field| FieldError { field, message: s(name) }).collect();
    add("ladder_form-errors", LadderFormPage { errors, preview: None, ..form(lang, name) }.render());
}

fn ladder(lang: Lang, name: &str) -> LadderPage {
    let rung = |number: Option<usize>, kind: &str, standing| RungView {
        number,
        kind: s(kind),
        level: s("1"),
        standing,
        from: s("01/03/2027"),
        when: s("từ 2 ngày làm việc trước ngày hẹn, khi đã qua 50% thời hạn"),
        who: s("công chức thụ lý, phụ trách đơn vị"),
        accountable: number.map(|_| s("công chức thụ lý")).unwrap_or_default(),
        how: s("trên màn hình, thư điện tử"),
        acknowledge: s("trong 8 giờ làm việc"),
        basis: s(name),
        entered_by: s("kèm phần mềm"),
        approved_by: s(name),
        edit: s("/bac-thang/sua?kind=overdue&procedure=&agency=&level=1"),
    };
    let places = [Place::Before(2), Place::Before(1), Place::AtThePromise, Place::After(3), Place::AtTheNewDate];
    let steps: Vec<Step> = places
        .into_iter()
        .enumerate()
        .map(|(at, place)| Step { number: at + 1, place, told: if at == 1 { Told::Nobody } else { Told::Somebody } })
        .collect();
    let group = |title: &str, procedure: &str| LadderGroup {
        name: s(title),
        procedure: s(procedure),
        picture: climb(name, ["Tiếp nhận", "Hẹn trả", name], &steps),
        rungs: vec![
            rung(None, "Sắp đến hạn", VersionStanding::Coming),
            rung(Some(1), "Sắp đến hạn", VersionStanding::InForce),
            rung(None, "Quá hạn", VersionStanding::Past),
        ],
    };
    LadderPage {
        c: ctx(lang, "/bac-thang"),
        groups: vec![group("Mọi thủ tục", ""), group("Thủ tục 1.004873", name)],
        may_change: true,
    }
}

fn form(lang: Lang, name: &str) -> LadderFormPage {
    let row = |before: &str, after: &str| DifferenceRow { what: s("Khi nào"), before: s(before), after: s(after) };
    let delta = DeltaView { code: s(""), name: s(name), added: true, rows: vec![row("", name), row(name, "")] };
    LadderFormPage {
        c: ctx(lang, "/bac-thang/sua"),
        input: RungInput {
            procedure: s(name),
            level: s("1"),
            share_percent: s("50"),
            working_days: s("2"),
            acknowledge_hours: s("8"),
            basis: s(name),
            valid_from: s("2027-03-01"),
        },
        agencies: choices(&["Mọi cơ quan"]),
        kinds: choices(&["Sắp đến hạn", "Quá hạn"]),
        audiences: choices(&["công chức thụ lý", "lãnh đạo"]),
        accountable: choices(&["công chức thụ lý", "lãnh đạo"]),
        ways: choices(&["trên màn hình", "thư điện tử"]),
        bundlings: choices(&["gửi riêng"]),
        urgencies: choices(&["chỉ trong giờ làm việc"]),
        procedures: vec![(s("1.004873"), s(name))],
        errors: Vec::new(),
        preview: Some(ChangePreview { deltas: vec![delta], from: Some(s("01/03/2027")) }),
        four_eyes: lang == Lang::Vi,
    }
}
