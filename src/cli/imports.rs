//! `import`: reference data and dossiers from files.

use std::fs::File;
use std::path::Path;

use serde_json::json;

use crate::domain::time::Instant;
use crate::office::import::{Differs, ImportReport, Mapping, Rejected, Run};
use crate::office::import_log::{ReadFile, RowCounts, outcome_of};
use crate::office::procedure_facts::{FieldDelta, ProcedureDelta};
use crate::office::reference::ReferenceReport;
use crate::office::{Actor, Office};
use crate::store::imports::{ImportKind, ImportOutcome};

use super::args::files::ImportWords;
use super::output::{Failure, Streams};
use super::progress::Progress;

/// Lines of a list that a person is shown; `--json` has them all.
const SHOWN: usize = 50;

/// Answers `import`; rows that were rejected are part of the answer, not a failure.
///
/// # Errors
/// When the file or its mapping cannot be read as what it should be, or the database cannot be written.
pub fn run(office: &Office, now: Instant, words: &ImportWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let actor = Actor::CommandLine;
    let seen = |kind, path: &Path| ReadFile::of(kind, &path.to_string_lossy(), open(path)?).map_err(Failure::from);
    let list = |report: &ReferenceReport| (RowCounts::from(report), report.rejected.clone());
    match words {
        ImportWords::Procedures { file, dry_run: true } => {
            let read = seen(ImportKind::Procedures, file)?;
            let report = office.compare_procedures(now, open(file)?).map(|(report, _)| report);
            let report = office.logged(now, &actor, &read, ImportOutcome::Looked, report, list)?;
            streams.answer(&json!(report), || format!("Chạy thử, không ghi gì. {}", reference(&report)))
        }
        ImportWords::Procedures { file, dry_run: false } => {
            let read = seen(ImportKind::Procedures, file)?;
            let report = office.import_procedures(now, &actor, open(file)?);
            let report = office.logged(now, &actor, &read, ImportOutcome::Taken, report, list)?;
            streams.answer(&json!(report), || reference(&report))
        }
        ImportWords::Rules { file } => {
            let read = seen(ImportKind::Rules, file)?;
            let report = office.import_time_rules(now, &actor, open(file)?);
            let report = office.logged(now, &actor, &read, ImportOutcome::Taken, report, list)?;
            streams.answer(&json!(report), || reference(&report))
        }
        ImportWords::Ladder { file } => {
            let read = seen(ImportKind::Ladder, file)?;
            let report = office.import_ladder(now, &actor, open(file)?);
            let report = office.logged(now, &actor, &read, ImportOutcome::Taken, report, list)?;
            streams.answer(&json!(report), || reference(&report))
        }
        ImportWords::Calendar { file } => {
            let read = seen(ImportKind::Calendar, file)?;
            let report = office.import_calendar(now, &actor, open(file)?);
            let report = office.logged(now, &actor, &read, ImportOutcome::Taken, report, list)?;
            streams.answer(&json!(report), || reference(&report))
        }
        ImportWords::Dossiers { file, mapping, dry_run } => {
            let mapping = mapping_of(mapping.as_deref())?;
            let run = if *dry_run { Run::Dry } else { Run::Real };
            let read = seen(ImportKind::Dossiers, file)?;
            let progress = Progress::up_to(read.bytes, "Đang nhập");
            let report =
                office.import_dossiers(now, &actor, open(file)?, &mapping, run, &mut |at| progress.at(at.bytes_done));
            drop(progress);
            let rows = |report: &ImportReport| (RowCounts::from(report), report.rejected.clone());
            let report = office.logged(now, &actor, &read, outcome_of(run), report, rows)?;
            streams.answer(&json!(report), || dossiers(&report, run))
        }
    }
}

pub(super) fn mapping_of(file: Option<&Path>) -> Result<Mapping, Failure> {
    let Some(path) = file else { return Ok(Mapping::native()) };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    Ok(Mapping::parse(&text)?)
}

pub(super) fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::reason(format!("{}: {error}", path.display()))
}

fn reference(report: &ReferenceReport) -> String {
    let mut lines = vec![format!(
        "Đọc {} dòng: thêm {}, đổi {}, giữ nguyên {}, bỏ {}",
        report.read, report.added, report.changed, report.unchanged, report.removed
    )];
    lines.extend(report.changes.iter().take(SHOWN).map(change));
    lines.extend(more(report.changes.len()));
    if let Some(redated) = report.redated.filter(|redated| redated.redated + redated.stayed + redated.waiting > 0) {
        lines.push(format!(
            "Hồ sơ đang giải quyết: dời ngày hẹn {}, giữ nguyên {}, chờ người nộp {}; báo cho người nộp {}",
            redated.redated, redated.stayed, redated.waiting, redated.told
        ));
    }
    lines.extend(rejected(&report.rejected));
    if !report.missing.is_empty() {
        let codes: Vec<&str> = report.missing.iter().take(SHOWN).map(String::as_str).collect();
        let more = if report.missing.len() > SHOWN { " …" } else { "" };
        lines.push(format!("{} thủ tục không có trong tệp, vẫn giữ: {}{more}", report.missing.len(), codes.join(", ")));
    }
    lines.join("\n")
}

fn change(delta: &ProcedureDelta) -> String {
    let mark = if delta.added { "+" } else { "~" };
    let field = |field: &FieldDelta| {
        let channel = field.channel.map(|channel| format!(" {channel}")).unwrap_or_default();
        format!("{}{channel}: {:?} → {:?}", field.field, field.before, field.after)
    };
    let fields: Vec<String> = if delta.added { Vec::new() } else { delta.fields.iter().map(field).collect() };
    format!("  {mark} {} {} {}", delta.code, delta.name, fields.join("; ")).trim_end().to_owned()
}

fn dossiers(report: &ImportReport, run: Run) -> String {
    let dry = match run {
        Run::Real => "",
        Run::Dry => "Chạy thử, không ghi gì. ",
    };
    let mut lines = vec![format!(
        "{dry}Đọc {} dòng: nhập {}, cập nhật {}, không đổi {}, bỏ {}",
        report.read, report.imported, report.updated, report.unchanged, report.rejected_rows
    )];
    lines.extend(rejected(&report.rejected));
    if !report.differs.is_empty() {
        lines.push("Ngày hẹn đã có khác ngày tính theo quy định (ngày đã hẹn được giữ):".to_owned());
    }
    lines.extend(report.differs.iter().take(SHOWN).map(differs));
    lines.extend(more(report.differs.len()));
    lines.join("\n")
}

fn rejected(list: &[Rejected]) -> Vec<String> {
    let line = |one: &Rejected| match one.value.as_str() {
        "" => format!("  dòng {}: {}: {}", one.row, one.field, one.reason),
        value => format!("  dòng {}: {}: {value}: {}", one.row, one.field, one.reason),
    };
    list.iter().take(SHOWN).map(line).chain(more(list.len())).collect()
}

fn differs(one: &Differs) -> String {
    let computed = one.computed.as_deref().unwrap_or("không tính được");
    format!("  {}: hẹn {}, tính {computed}: {}", one.code, one.promised, one.why)
}

fn more(length: usize) -> Option<String> {
    let rest = length.checked_sub(SHOWN).filter(|rest| *rest > 0)?;
    Some(format!("  … và {rest} dòng nữa, xem bằng --json"))
}
