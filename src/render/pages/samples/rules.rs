//! The pages of procedures and time rules.

use askama::Template;

use super::{choices, ctx, s};
use crate::render::pages::ctx::Lang;
use crate::render::pages::form::FieldError;
use crate::render::pages::procedures::{
    ChangePreview, DeltaView, LimitInput, LimitLine, ListPreview, ProcedureFormPage, ProcedureInput, ProcedureListPage,
    ProcedurePage, ProcedureRow, ProceduresPage, RejectedRow, VersionCell, VersionHead, VersionStanding,
};
use crate::render::pages::proposals::DifferenceRow;
use crate::render::pages::time_rules::{
    RuleGroup, RuleInput, RuleVersionView, RuleView, TimeRuleFormPage, TimeRulesPage,
};

pub(super) fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("procedures", procedures(lang, name).render());
    add("procedures-none", ProceduresPage { rows: Vec::new(), ..procedures(lang, name) }.render());
    add("procedure", procedure(lang, name).render());
    add("procedure_form", procedure_form(lang, name).render());
    let wrong = ProcedureFormPage { errors: errors(name), preview: None, ..procedure_form(lang, name) };
    add("procedure_form-errors", wrong.render());
    add("procedure_form-new", ProcedureFormPage { known: None, preview: None, ..procedure_form(lang, name) }.render());
    add("procedure_list", procedure_list(lang, name).render());
    let none = ProcedureListPage { preview: Some(ListPreview::default()), ..procedure_list(lang, name) };
    add("procedure_list-idle", none.render());
    let unread = ProcedureListPage { preview: None, errors: errors(name), ..procedure_list(lang, name) };
    add("procedure_list-unread", unread.render());
    add("time_rules", time_rules(lang, name).render());
    add("time_rule_form", time_rule_form(lang, name).render());
    let wrong = TimeRuleFormPage { errors: errors(name), preview: None, ..time_rule_form(lang, name) };
    add("time_rule_form-errors", wrong.render());
}

fn errors(name: &str) -> Vec<FieldError> {
    let all = ["code", "valid_from", "name", "limit_any", "commitment_any", "limit_value", "commitment_basis", "basis"];
    all.map(|field| FieldError { field, message: s(name) }).to_vec()
}

fn procedures(lang: Lang, name: &str) -> ProceduresPage {
    let line = |channel: &str, limit: Option<&str>, commitment: Option<&str>| LimitLine {
        channel: s(channel),
        limit: limit.map(s),
        commitment: commitment.map(s),
    };
    let row = |code: &str, name: &str, limits: Vec<LimitLine>, confirmed: bool| ProcedureRow {
        code: s(code),
        name: s(name),
        sector: s("Hộ tịch"),
        limits,
        basis: confirmed.then(|| s("QĐ 422/QĐ-TTg")),
        level: s("Toàn trình"),
        confirmed,
        coming: confirmed.then(|| s("01/03/2027")),
    };
    ProceduresPage {
        c: ctx(lang, "/thu-tuc"),
        q: s(name),
        sectors: choices(&["Mọi lĩnh vực", "Hộ tịch"]),
        rows: vec![
            row("1.001193", "Đăng ký khai sinh", vec![line("", Some("trong ngày"), None)], true),
            row("1.004873", name, vec![line("trực tuyến", Some("3 ngày làm việc"), Some("2 ngày làm việc"))], false),
            row("1.009999", name, vec![line("", None, None)], false),
        ],
        announced: vec![(s("9.000001"), s(name), s("01/03/2027"))],
        may_change: true,
    }
}

fn procedure(lang: Lang, name: &str) -> ProcedurePage {
    let head = |number: &str, standing| VersionHead {
        number: s(number),
        standing,
        from: s("00:00 01/03/2027"),
        until: (standing != VersionStanding::Coming).then(|| s("00:00 01/03/2027")),
    };
    let cell = |text: &str, changed| VersionCell { text: s(text), changed };
    ProcedurePage {
        c: ctx(lang, "/thu-tuc/1.004873"),
        code: s("1.004873"),
        name: s(name),
        heads: vec![
            head("4", VersionStanding::Coming),
            head("3", VersionStanding::Replaced),
            head("2", VersionStanding::InForce),
            head("1", VersionStanding::Past),
        ],
        lines: vec![
            (s("Tên"), vec![cell(name, true), cell(name, false), cell("A", false), cell("", false)]),
            (s("Thời hạn"), vec![cell("2 ngày", true), cell("3 ngày", false), cell("", false), cell("", false)]),
        ],
        may_change: true,
    }
}

fn preview(name: &str) -> ChangePreview {
    let row = |before: &str, after: &str| DifferenceRow { what: s("Thời hạn"), before: s(before), after: s(after) };
    let delta = DeltaView {
        code: s("1.004873"),
        name: s(name),
        added: true,
        rows: vec![row("", name), row(name, ""), row("3 ngày", "2 ngày")],
    };
    ChangePreview { deltas: vec![delta.clone(), DeltaView { added: false, ..delta }], from: Some(s("01/03/2027")) }
}

fn procedure_form(lang: Lang, name: &str) -> ProcedureFormPage {
    let limit = |label: &str, names| LimitInput {
        label: s(label),
        names,
        value: s(name),
        units: choices(&["–", "ngày làm việc"]),
        commitment: s("2"),
    };
    ProcedureFormPage {
        c: ctx(lang, "/thu-tuc/1.004873/sua"),
        known: Some(s("1.004873")),
        input: ProcedureInput {
            code: s("1.004873"),
            name: s(name),
            sector: s(name),
            basis: s(name),
            commitment_basis: s(name),
            valid_from: s("2027-03-01"),
        },
        sectors: vec![s(name)],
        levels: choices(&["Toàn trình"]),
        confidences: choices(&["đã xác nhận"]),
        limits: vec![
            limit("mọi hình thức", ["limit_any", "unit_any", "commitment_any"]),
            limit("trực tuyến", ["limit_online", "unit_online", "commitment_online"]),
        ],
        errors: Vec::new(),
        preview: Some(preview(name)),
        four_eyes: lang == Lang::Vi,
    }
}

fn procedure_list(lang: Lang, name: &str) -> ProcedureListPage {
    let rejected = RejectedRow { row: 12, field: s("limit_value"), value: s(name), reason: s(name) };
    ProcedureListPage {
        c: ctx(lang, "/thu-tuc/nhap"),
        errors: Vec::new(),
        preview: Some(ListPreview {
            read: 257,
            added: 1,
            changed: 2,
            unchanged: 250,
            deltas: preview(name).deltas,
            rejected: vec![rejected],
            missing: vec![(s("1.001193"), s(name))],
            data: s("Y29kZQ"),
            name: s(name),
            valid_from: s("2026-11-24"),
        }),
        four_eyes: lang == Lang::Vi,
        kilobytes: 760,
    }
}

fn time_rules(lang: Lang, name: &str) -> TimeRulesPage {
    let version = |number: &str, standing, confirmed| RuleVersionView {
        number: s(number),
        standing,
        from: s("01/07/2025"),
        limit: s("8 giờ làm việc"),
        notice: s("hiện trên trang"),
        basis: s(name),
        confidence: s("còn nghi vấn"),
        confirmed,
        entered_by: s(name),
        approved_by: s(name),
    };
    let rule = RuleView {
        area: s(name),
        sector: s(name),
        here: lang == Lang::Vi,
        edit: s("/quy-tac/sua?kind=acceptance"),
        versions: vec![version("2", VersionStanding::Coming, false), version("1", VersionStanding::InForce, true)],
    };
    let group = |rules| RuleGroup { name: s("Tiếp nhận"), article: s("Điều 17"), rules };
    TimeRulesPage { c: ctx(lang, "/quy-tac"), groups: vec![group(vec![rule]), group(Vec::new())], may_change: true }
}

fn time_rule_form(lang: Lang, name: &str) -> TimeRuleFormPage {
    TimeRuleFormPage {
        c: ctx(lang, "/quy-tac/sua"),
        input: RuleInput {
            area: s(name),
            sector: s(name),
            limit_value: s(name),
            basis: s(name),
            valid_from: s("2027-03-01"),
        },
        kinds: choices(&["Tiếp nhận"]),
        units: choices(&["giờ làm việc"]),
        notices: choices(&["hiện trên trang"]),
        confidences: choices(&["đã xác nhận"]),
        sectors: vec![s(name)],
        areas: vec![s(name)],
        errors: Vec::new(),
        preview: Some(preview(name)),
        four_eyes: true,
    }
}
