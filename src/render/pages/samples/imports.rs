//! The import wizard in every state.

use askama::Template;

use super::{choices, ctx, s};
use crate::render::pages::ctx::Lang;
use crate::render::pages::form::FieldError;
use crate::render::pages::imports::{
    FieldRow, ImportLine, ImportPage, ImportResult, ImportStage, ImportsPage, PreviewCell, PreviewRow, Sides, WordRow,
};

pub fn all(lang: Lang, name: &str, add: &mut impl FnMut(&str, askama::Result<String>)) {
    add("imports", list(lang, name).render());
    let empty = ImportsPage { lines: Vec::new(), mappings: Vec::new(), ..list(lang, name) };
    add("imports-empty", empty.render());
    let errors = vec![FieldError { field: "file", message: s(name) }];
    add("imports-errors", ImportsPage { errors, ..list(lang, name) }.render());
    for stage in [
        ImportStage::Uploaded,
        ImportStage::Checking,
        ImportStage::Checked,
        ImportStage::Importing,
        ImportStage::Done,
        ImportStage::Failed,
    ] {
        add(&format!("import-{stage:?}"), run(lang, name, stage).render());
    }
    let errors = vec![FieldError { field: "code", message: s(name) }];
    let refused = ImportPage { errors, ..run(lang, name, ImportStage::Uploaded) };
    add("import-errors", refused.render());
}

fn list(lang: Lang, name: &str) -> ImportsPage {
    let line = |stage| ImportLine {
        id: s("0199"),
        file_name: s(name),
        size: s("760 kB"),
        uploaded: s("14:05 23/11/2026"),
        by: s(name),
        stage,
        rows: 12_480,
    };
    ImportsPage {
        c: ctx(lang, "/nhap"),
        lines: vec![line(ImportStage::Done), line(ImportStage::Failed)],
        mappings: vec![s(name), s("Cổng tỉnh")],
        megabytes: 32,
        max_bytes: 33_554_432,
        errors: Vec::new(),
    }
}

fn run(lang: Lang, name: &str, stage: ImportStage) -> ImportPage {
    let maps = matches!(stage, ImportStage::Uploaded | ImportStage::Failed);
    let field = |field: &'static str, error: Option<&str>| FieldRow {
        name: field,
        label: s(name),
        needed: field == "code",
        columns: choices(&["– không có trong tệp –", name]),
        constant: s(name),
        error: error.map(s),
        words: vec![WordRow { number: 0, theirs: s(name), ours: choices(&["giữ nguyên", "Trực tuyến"]) }],
    };
    let cell = |fault: Option<&str>| PreviewCell { text: s(name), fault: fault.map(s) };
    let result = ImportResult {
        read: 12_480,
        imported: 12_000,
        updated: 300,
        unchanged: 178,
        rejected: 2,
        faults: vec![(s("code"), s(name), 2)],
        heads: vec![s("Mã hồ sơ"), s("Người nộp")],
        rows: vec![PreviewRow { row: 7, cells: vec![cell(Some(name)), cell(None)], faults: vec![s(name)] }],
        only_faults: Some(()),
        differs: vec![(s("X-1"), s("17:00 05/03/2026"), s("17:00 06/03/2026"), s(name))],
        differs_more: 3,
    };
    let sides = Sides {
        from: s("01/03/2026"),
        to: s("31/03/2026"),
        only_here: vec![s("H38.19-260302-0001")],
        only_here_more: 1,
        only_there: vec![(7, s(name))],
        only_there_more: 1,
    };
    ImportPage {
        c: ctx(lang, "/nhap/0199"),
        id: s("0199"),
        file_name: s(name),
        size: s("3,2 MB"),
        stage,
        rows_read: 6_000,
        percent: (stage == ImportStage::Checking).then_some(48),
        fields: if maps { vec![field("code", Some(name)), field("channel", None)] } else { Vec::new() },
        formats: s(name),
        save_as: s(name),
        mappings: vec![(s(name), s("/nhap/0199?mau=x"))],
        result: matches!(stage, ImportStage::Checked | ImportStage::Done).then_some(result),
        sides: (stage == ImportStage::Done).then_some(sides),
        problems: if stage == ImportStage::Failed { vec![s(name)] } else { Vec::new() },
        errors: Vec::new(),
    }
}
