//! The works of the office from the command line: sweep, dispatch, letter, verify.

use std::path::Path;

use serde_json::json;

use crate::domain::time::{Instant, rfc3339};
use crate::office::sweep::Run;
use crate::office::{Office, OfficeError};

use super::output::{Failure, Shape, Streams, moment};
use super::progress::Progress;

/// Answers `sweep`.
///
/// # Errors
/// The database.
pub fn sweep(office: &Office, now: Instant, run: Run, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let report = office.sweep(now, run)?;
    streams.answer(&json!(report), || {
        let begin = match run {
            Run::Real => "Đã rà",
            Run::Dry => "Chạy thử, không ghi gì: rà",
        };
        let mut lines = vec![format!("{begin} {} hồ sơ", report.examined)];
        lines.extend(report.raised.iter().map(|(kind, count)| format!("  {kind}: {count}")));
        lines.push(format!("  đã có từ trước: {}", report.already_there));
        lines.push(format!("  không lập được: {}", report.failed));
        lines.join("\n")
    })
}

/// Answers `dispatch`.
///
/// # Errors
/// The database.
pub fn dispatch(office: &Office, now: Instant, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let report = office.dispatch(now)?;
    streams.answer(&json!(report), || {
        format!(
            "Đã gửi {}, sẽ gửi lại {}, hỏng {}, không còn cần gửi {}",
            report.sent, report.retry, report.failed, report.void
        )
    })
}

/// Answers `letter`.
///
/// # Errors
/// When the dossier has no letter, or the PDF cannot be written.
pub fn letter(
    office: &Office,
    now: Instant,
    code: &str,
    file: Option<&Path>,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let (letter, bytes) = office.letter_of_dossier(now, code).map_err(|error| missing_letter(office, code, &error))?;
    let Some(path) = file else {
        return match streams.shape {
            Shape::Json => Err(Failure::Usage("letter --json cần --out FILE.pdf".to_owned())),
            Shape::Human => streams.document(&bytes, None),
        };
    };
    streams.document(&bytes, Some(path))?;
    let answer = json!({
        "code": code,
        "number": letter.number,
        "issued_at": rfc3339(letter.dated_at()),
        "file": path.display().to_string(),
        "bytes": bytes.len(),
        "sha256": letter.document_hash,
    });
    streams.answer(&answer, || {
        format!("Phiếu số {}, phát hành {}: {}", letter.number, moment(letter.dated_at()), path.display())
    })
}

fn missing_letter(office: &Office, code: &str, error: &OfficeError) -> Failure {
    let known = office.whole(code).is_ok();
    let missing = if known { format!("phiếu nào của hồ sơ {code}") } else { format!("hồ sơ {code}") };
    Failure::office(error, &missing)
}

/// Answers `verify`.
///
/// # Errors
/// [`Failure::Unsound`] when anything is off.
pub fn verify(office: &Office, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let progress = Progress::up_to(0, "Kiểm tra");
    let report = office.verify(&mut |now| progress.of(now.done, now.total))?;
    drop(progress);
    streams.answer(&json!(report), || {
        let mut lines = vec![format!(
            "Nhật ký: {} dòng, sai {}. Ngày hẹn tính lại: {}, khác {}.",
            report.entries,
            report.broken.len(),
            report.dates_replayed,
            report.dates_differ.len()
        )];
        lines.extend(report.broken.iter().map(|line| format!("  dòng {}: {}", line.seq, line.why)));
        lines.extend(report.dates_differ.iter().map(|date| {
            format!("  {} lần hẹn {}: đã lưu {}, tính lại {}", date.code, date.promise, date.kept, date.replayed)
        }));
        lines.join("\n")
    })?;
    if report.is_sound() { Ok(()) } else { Err(Failure::Unsound) }
}
