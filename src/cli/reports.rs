//! `report`: the figures of a period, for people, machines and spreadsheets.

use serde_json::{Value, json};

use crate::domain::summary::Bucket;
use crate::domain::time::{Instant, rfc3339};
use crate::office::look::{Lateness, law_date};
use crate::office::report::Question;
use crate::office::{Office, Rules};
use crate::render::sheets;
use crate::render::tables::{self, Cell, Table};
use crate::store::dossiers::DossierRow;

use super::args::{ReportFormat, ReportKind, ReportWords};
use super::output::{Failure, Shape, Streams, json_instant};

/// Answers `report`.
///
/// # Errors
/// A wrong period or agency, a report or format that is not there yet, or the output.
pub fn run(office: &Office, now: Instant, words: &ReportWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let question = Question { from: words.from, to: words.to, as_of: words.as_of, agency: words.agency.clone() };
    let (json, table) = match words.kind {
        ReportKind::Summary => {
            let report = json!(office.summary(now, &question)?);
            let table = tables::summary(&report);
            (report, table)
        }
        ReportKind::Late => late(office, now, &question)?,
        ReportKind::Procedures => {
            let report = json!(office.procedures_report(now, &question, words.late_share)?);
            let table = tables::procedures(&report);
            (report, table)
        }
        // Turned away before the database was opened.
        ReportKind::Form06a | ReportKind::Online | ReportKind::Units => {
            return Err(Failure::Usage("báo cáo này chưa có".to_owned()));
        }
    };
    let format = words.format.or((streams.shape == Shape::Json).then_some(ReportFormat::Json));
    let file = words.out.as_deref();
    match format {
        Some(ReportFormat::Xlsx) => {
            let bytes = sheets::xlsx(&table, now.timestamp()).map_err(|error| Failure::reason(error.to_string()))?;
            streams.document(&bytes, file)
        }
        Some(ReportFormat::Csv) => {
            let mut bytes = Vec::new();
            tables::csv(&table, &mut bytes)?;
            text(&bytes, file, streams)
        }
        Some(ReportFormat::Json) => text(format!("{json:#}\n").as_bytes(), file, streams),
        Some(ReportFormat::Pdf) => Err(no_pdf()),
        None => text(format!("{}\n", tables::lines(&table)).as_bytes(), file, streams),
    }
}

/// Turns away what is not there yet, before anything is opened.
///
/// # Errors
/// [`Failure::Usage`] for a report, a reason for the format.
pub fn is_there(words: &ReportWords) -> Result<(), Failure> {
    match words.kind {
        ReportKind::Summary | ReportKind::Late | ReportKind::Procedures => {}
        ReportKind::Form06a | ReportKind::Online | ReportKind::Units => {
            let why = "báo cáo này chưa có trong phiên bản này; hiện có: summary, late, procedures";
            return Err(Failure::Usage(why.to_owned()));
        }
    }
    if words.late_share.is_some() && words.kind != ReportKind::Procedures {
        return Err(Failure::Usage("--late-share chỉ dùng với report procedures".to_owned()));
    }
    if words.format == Some(ReportFormat::Pdf) { Err(no_pdf()) } else { Ok(()) }
}

fn no_pdf() -> Failure {
    Failure::reason("báo cáo PDF chưa có trong phiên bản này; hãy dùng --format xlsx rồi in")
}

/// Text may go to a screen.
fn text(bytes: &[u8], file: Option<&std::path::Path>, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match file {
        Some(_) => streams.document(bytes, file),
        None => Ok(streams.out.write_all(bytes)?),
    }
}

/// The dossiers of the period that are late or overdue, without the applicants' data.
fn late(office: &Office, now: Instant, question: &Question) -> Result<(Value, Table), Failure> {
    let rows = office.behind(now, question, Bucket::LateAll)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let seen = question.as_of.map_or(now, |as_of| as_of.min(now));
    let items: Vec<Value> = rows.iter().map(|row| item(row, &rules, seen)).collect();
    let json = json!({ "period": { "from": question.from, "to": question.to },
        "as_of": rfc3339(question.as_of.unwrap_or(now)), "items": items });
    let keys = [
        "code",
        "procedure_code",
        "unit",
        "officer",
        "received_at",
        "due_at",
        "working_days_late",
        "statutory_due_at",
        "working_days_late_by_statute",
        "new_due_at",
        "closed_at",
    ];
    let cell = |item: &Value, key: &str| match item.get(key).and_then(Value::as_u64) {
        Some(days) => Cell::Number(days),
        None => Cell::maybe(item.get(key).and_then(Value::as_str).map(str::to_owned)),
    };
    let table = Table {
        title: format!("Hồ sơ quá hạn từ {} đến {}", question.from, question.to),
        head: vec![
            "Mã hồ sơ",
            "Thủ tục",
            "Phòng, ban",
            "Công chức",
            "Tiếp nhận",
            "Hẹn trả",
            "Số ngày làm việc quá hẹn",
            "Hạn theo quy định",
            "Số ngày làm việc quá hạn quy định",
            "Hẹn lại",
            "Kết thúc",
        ],
        rows: items.iter().map(|item| keys.iter().map(|key| cell(item, key)).collect()).collect(),
    };
    Ok((json, table))
}

fn item(row: &DossierRow, rules: &Rules, seen: Instant) -> Value {
    let late = Lateness::of(row, seen, &rules.calendar);
    let procedure = rules.procedure_version(&row.procedure_id).map(|version| version.row.code.clone());
    let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone());
    let officer = row.officer_id.as_deref().and_then(|id| rules.accounts.get(id)).map(|who| who.name.clone());
    json!({
        "code": row.code,
        "procedure_code": procedure,
        "unit": unit,
        "officer": officer.or_else(|| row.officer_label.clone()),
        "received_at": rfc3339(row.received_at),
        "due_at": json_instant(row.due_at),
        "working_days_late": late.promise,
        "statutory_due_at": json_instant(law_date(row)),
        "working_days_late_by_statute": late.law,
        "new_due_at": json_instant(row.new_due_at),
        "closed_at": json_instant(row.closed_at),
    })
}
