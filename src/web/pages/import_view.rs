//! A run of the import wizard as its page shows it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::domain::channel::Channel;
use crate::domain::dossier::Outcome;
use crate::domain::time::parse_instant;
use crate::office::import::columns::{Column, likely, likely_word};
use crate::office::import::mapping::{Field, NEEDED};
use crate::office::import::report::{KeptRejected, KeptReport};
use crate::office::import::{MappingFile, file::MappingDates};
use crate::office::import_runs::excerpt::Excerpt;
use crate::office::import_runs::reconciled_of;
use crate::office::{FieldError, Office, OfficeResult};
use crate::render::pages::form::Choice;
use crate::render::pages::imports::{
    FieldRow, ImportPage, ImportResult, ImportStage, PreviewCell, PreviewRow, Sides, WordRow, field_label, native_word,
    no_column,
};
use crate::render::pages::{Ctx, Lang, phrases};
use crate::store::import_runs::{ImportRun, ImportRunState};

use super::{encoded, given, shown};

/// Rows of the file that a page shows.
const SHOWN: usize = 100;
/// Lines of a list that a page shows.
const LISTED: usize = 200;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Shape {
    /// The mapping is to be changed.
    pub sua: Option<String>,
    /// A saved mapping to begin with.
    pub mau: Option<String>,
    /// `tat-ca`: rows without faults too.
    pub xem: Option<String>,
    /// Only rows with a fault in this field.
    pub truong: Option<String>,
}

pub fn stage(state: ImportRunState) -> ImportStage {
    match state {
        ImportRunState::Uploaded => ImportStage::Uploaded,
        ImportRunState::Checking => ImportStage::Checking,
        ImportRunState::Checked => ImportStage::Checked,
        ImportRunState::Importing => ImportStage::Importing,
        ImportRunState::Done => ImportStage::Done,
        ImportRunState::Failed => ImportStage::Failed,
    }
}

pub fn size(lang: Lang, bytes: i64) -> String {
    phrases::file_size(lang, u64::try_from(bytes).unwrap_or(0))
}

/// How much of a text file was read.
pub fn percent(row: &ImportRun) -> Option<u64> {
    let part = |bytes: i64| u64::try_from(bytes).ok().filter(|bytes| *bytes > 0);
    let (done, all) = (part(row.bytes_done)?, part(row.bytes)?);
    Some((done.saturating_mul(100) / all).min(100))
}

pub fn report_of(row: &ImportRun) -> KeptReport {
    serde_json::from_str(&row.report).unwrap_or_default()
}

/// Fills the page of a run. `typed`: a mapping that was refused, and the name it was to have.
pub fn assemble(
    office: &Office,
    c: Ctx,
    id: &str,
    shape: &Shape,
    typed: Option<(&MappingFile, &str)>,
    errors: &[FieldError],
) -> OfficeResult<ImportPage> {
    let row = office.import_run(id)?;
    let maps = match row.state {
        ImportRunState::Uploaded | ImportRunState::Failed => true,
        ImportRunState::Checked => shape.sua.is_some(),
        ImportRunState::Checking | ImportRunState::Importing | ImportRunState::Done => false,
    };
    let (fields, formats, mappings) =
        if maps { mapping_form(office, &c, &row, shape, typed, errors)? } else { Default::default() };
    let reported = matches!(row.state, ImportRunState::Checked | ImportRunState::Done) && typed.is_none();
    let problems: Vec<KeptRejected> = serde_json::from_str(&row.problem).unwrap_or_default();
    let problem = |one: KeptRejected| {
        let about = [field_label(&c, &one.field), one.value].join(" ");
        format!("{}: {}", about.trim(), one.reason)
    };
    Ok(ImportPage {
        stage: stage(row.state),
        size: size(c.lang, row.bytes),
        rows_read: u64::try_from(row.rows_read).unwrap_or(0),
        percent: percent(&row),
        result: if reported { Some(result(office, &c, &row, shape)?) } else { None },
        sides: if row.state == ImportRunState::Done { sides(&row) } else { None },
        problems: if typed.is_none() { problems.into_iter().map(problem).collect() } else { Vec::new() },
        errors: shown::errors(errors, c.lang),
        save_as: typed.map(|(_, name)| name.to_owned()).or_else(|| shape.mau.clone()).unwrap_or_default(),
        fields,
        formats,
        mappings,
        id: row.id,
        file_name: row.file_name,
        c,
    })
}

type Form = (Vec<FieldRow>, String, Vec<(String, String)>);

fn mapping_form(
    office: &Office,
    c: &Ctx,
    row: &ImportRun,
    shape: &Shape,
    typed: Option<(&MappingFile, &str)>,
    errors: &[FieldError],
) -> OfficeResult<Form> {
    let columns = office.import_columns(&row.id)?;
    let (_, saved) = office.import_runs()?;
    let named = given(shape.mau.as_deref()).and_then(|name| saved.iter().find(|one| one.name == name));
    let chosen = match (typed, named) {
        (Some((file, _)), _) => file.clone(),
        (None, Some(saved)) => MappingFile::parse(&saved.body)?,
        (None, None) if !row.mapping.is_empty() => MappingFile::parse(&row.mapping)?,
        (None, None) => first_guess(&columns),
    };
    let messages = shown::errors(errors, c.lang);
    let field = |field: &Field| {
        let name = field.as_str();
        let column = chosen.columns.get(name).map_or("", String::as_str);
        let label = |one: &Column| match one.samples.first() {
            Some(_) => format!("{} ({})", one.name, one.samples.join(" · ")),
            None => one.name.clone(),
        };
        let none = std::iter::once(Choice::new("", no_column(c), column));
        let constant = chosen.constants.get(name);
        FieldRow {
            name,
            label: field_label(c, name),
            needed: NEEDED.contains(field),
            columns: none.chain(columns.iter().map(|one| Choice::new(one.name.clone(), label(one), column))).collect(),
            constant: constant
                .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                .unwrap_or_default(),
            error: messages.iter().find(|error| error.field == name).map(|error| error.message.clone()),
            words: words(c, *field, columns.iter().find(|one| one.name == column), &chosen),
        }
    };
    let fields = Field::ALL.iter().map(field).collect();
    let href = |name: &str| format!("/nhap/{}?sua=1&mau={}#ghep", row.id, encoded(name));
    let mappings = saved.iter().map(|one| (one.name.clone(), href(&one.name))).collect();
    Ok((fields, chosen.dates.formats.join(", "), mappings))
}

/// Our words that a field can have.
fn native(field: Field) -> Vec<&'static str> {
    if field == Field::Channel {
        Channel::ALL.iter().map(|word| word.as_str()).collect()
    } else if field == Field::Outcome {
        Outcome::ALL.iter().map(|word| word.as_str()).collect()
    } else {
        Vec::new()
    }
}

/// The words of a column whose field has a fixed list, each with ours for it.
fn words(c: &Ctx, field: Field, column: Option<&Column>, chosen: &MappingFile) -> Vec<WordRow> {
    let ours = native(field);
    let Some(column) = column.filter(|_| !ours.is_empty()) else { return Vec::new() };
    let known = chosen.values.get(field.as_str());
    let unknown = column.words.iter().filter(|word| !ours.contains(&word.as_str()));
    let row = |(number, theirs): (usize, &String)| {
        let mapped = known.and_then(|words| words.get(theirs)).map(String::as_str);
        let mapped = mapped.or_else(|| likely_word(field, theirs)).unwrap_or("");
        let choices = std::iter::once("").chain(ours.iter().copied());
        WordRow {
            number,
            theirs: theirs.clone(),
            ours: choices.map(|word| Choice::new(word, native_word(c, word), mapped)).collect(),
        }
    };
    (0..).zip(unknown).map(row).collect()
}

fn first_guess(columns: &[Column]) -> MappingFile {
    let guessed = likely(columns).into_iter().map(|(field, column)| (field.to_string(), column.name.clone()));
    MappingFile { columns: guessed.collect(), ..MappingFile::default() }
}

pub fn text_of<'a>(typed: &'a [(String, String)], name: &str) -> &'a str {
    typed.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}

/// The mapping that was chosen in the form.
pub fn mapping_of(typed: &[(String, String)]) -> MappingFile {
    let mut file = MappingFile::default();
    for field in Field::ALL {
        let name = field.as_str();
        let column = text_of(typed, &format!("c-{name}"));
        let constant = text_of(typed, &format!("k-{name}"));
        if !column.is_empty() {
            file.columns.insert(name.to_owned(), column.to_owned());
        }
        if !constant.is_empty() {
            file.constants.insert(name.to_owned(), constant.into());
        }
        let theirs = typed.iter().filter_map(|(known, word)| {
            let number = known.strip_prefix(&format!("t-{name}-"))?;
            let ours = text_of(typed, &format!("w-{name}-{number}"));
            (!ours.is_empty()).then(|| (word.clone(), ours.to_owned()))
        });
        let words: BTreeMap<String, String> = theirs.collect();
        if !words.is_empty() && !column.is_empty() {
            file.values.insert(name.to_owned(), words);
        }
    }
    let formats = text_of(typed, "formats").split(',').map(str::trim).filter(|format| !format.is_empty());
    file.dates = MappingDates { formats: formats.map(str::to_owned).collect(), zone: None };
    file
}

fn result(office: &Office, c: &Ctx, row: &ImportRun, shape: &Shape) -> OfficeResult<ImportResult> {
    let report = report_of(row);
    let mut faults: BTreeMap<&str, u64> = BTreeMap::new();
    for one in &report.rejected {
        *faults.entry(&one.field).or_default() += 1;
    }
    let field = given(shape.truong.as_deref());
    let all = shape.xem.as_deref() == Some("tat-ca") || report.rejected.is_empty();
    let wanted: BTreeSet<u64> =
        report.rejected.iter().filter(|one| field.is_none_or(|field| field == one.field)).map(|one| one.row).collect();
    let only = (!all).then_some(&wanted);
    // After the import only what was left out is of interest.
    let excerpt = match (row.state, only) {
        (ImportRunState::Done, None) => Excerpt::default(),
        (_, only) => office.import_excerpt(row, only, SHOWN)?,
    };
    let preview = |(number, cells): (u64, Vec<String>)| {
        let here: Vec<&KeptRejected> = report.rejected.iter().filter(|one| one.row == number).collect();
        let fault = |field: &Field| here.iter().find(|one| one.field == field.as_str()).map(|one| one.reason.clone());
        let in_cells = |one: &&&KeptRejected| excerpt.fields.iter().any(|field| field.as_str() == one.field);
        let cell = |(field, text): (&Field, String)| PreviewCell { text, fault: fault(field) };
        PreviewRow {
            row: number,
            cells: excerpt.fields.iter().zip(cells).map(cell).collect(),
            faults: here
                .iter()
                .filter(|one| !in_cells(one))
                .map(|one| format!("{}: {}", field_label(c, &one.field), one.reason))
                .collect(),
        }
    };
    let date = |text: &str| parse_instant(text).map_or_else(|| text.to_owned(), shown::at);
    Ok(ImportResult {
        read: report.read,
        imported: report.imported,
        updated: report.updated,
        unchanged: report.unchanged,
        rejected: report.rejected_rows,
        faults: faults.iter().map(|(name, count)| ((*name).to_owned(), field_label(c, name), *count)).collect(),
        heads: excerpt.fields.iter().map(|field| field_label(c, field.as_str())).collect(),
        rows: excerpt.rows.iter().cloned().map(preview).collect(),
        only_faults: (!all).then_some(()),
        differs_more: report.differs_more + u64::try_from(report.differs.len().saturating_sub(LISTED)).unwrap_or(0),
        differs: report
            .differs
            .iter()
            .take(LISTED)
            .map(|one| {
                let computed = one.computed.as_deref().map(date).unwrap_or_default();
                (one.code.clone(), date(&one.promised), computed, one.why.clone())
            })
            .collect(),
    })
}

fn sides(row: &ImportRun) -> Option<Sides> {
    let found = reconciled_of(row)?;
    let date = |text: &str| parse_instant(text).map(shown::at).unwrap_or_default();
    Some(Sides {
        from: date(&found.from),
        to: date(&found.to),
        only_here: found.only_here,
        only_here_more: found.only_here_more,
        only_there: found.only_there,
        only_there_more: found.only_there_more,
    })
}
