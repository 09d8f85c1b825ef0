//! The works of the office from the command line: sweep, dispatch, letter, verify.

use std::path::Path;

use serde_json::json;

use crate::domain::notice::NoticeKind;
use crate::domain::time::{Instant, instant, rfc3339};
use crate::office::preview::{Since, WouldGo};
use crate::office::sweep::Run;
use crate::office::{Office, OfficeError};

use crate::render::pages::words::MessageKind;
use crate::render::pages::{Lang, phrases};
use crate::render::words;

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
        lines.extend(report.raised.iter().map(|(kind, count)| format!("  {}: {count}", kind_word(kind))));
        lines.push(format!("  đã có từ trước: {}", report.already_there));
        lines.push(format!("  không lập được: {}", report.failed));
        lines.join("\n")
    })
}

fn kind_word(kind: &str) -> &str {
    kind.parse::<NoticeKind>().map_or(kind, |kind| MessageKind::from(kind).vi())
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

/// Answers `tomorrow`.
///
/// # Errors
/// The database.
pub fn tomorrow(office: &Office, now: Instant, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let preview = office.preview(office.next_morning(now)?)?;
    let message = |message: &WouldGo| {
        json!({
            "kind": message.kind.as_str(),
            "about": message.about,
            "recipient_name": message.recipient_name,
            "recipient": message.recipient,
            "way": message.delivery.as_str(),
            "waits_already": message.since == Since::Waiting,
            "new_due_at": message.new_due_at.map(|at| rfc3339(instant(at))),
            "bundles": message.members.iter()
                .map(|(kind, about)| json!({ "kind": kind.as_str(), "about": about }))
                .collect::<Vec<_>>(),
        })
    };
    let alert = |(kind, about, who): &(NoticeKind, String, String)| json!({ "kind": kind.as_str(), "about": about, "who": who });
    let answer = json!({
        "at": rfc3339(preview.at),
        "messages": preview.messages.iter().map(message).collect::<Vec<_>>(),
        "alerts": preview.alerts.iter().map(alert).collect::<Vec<_>>(),
        "failed": preview.failed,
    });
    streams.answer(&answer, || {
        let mut lines = vec![format!("Lúc {} sẽ có {} thư:", moment(preview.at), preview.messages.len())];
        lines.extend(preview.messages.iter().map(|message| {
            let new = message.new_due_at.map(|at| format!(", hẹn lại {}", moment(instant(at)))).unwrap_or_default();
            let (kind, way) = (MessageKind::from(message.kind).vi(), phrases::way(Lang::Vi, message.delivery.as_str()));
            format!("  {kind}, {} → {} ({way}){new}", message.about, message.recipient_name)
        }));
        lines.push(format!("  không lập được: {}", preview.failed));
        lines.join("\n")
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
    let report = office.everywhere().verify(&mut |now| progress.of(now.done, now.total))?;
    drop(progress);
    streams.answer(&json!(report), || {
        let mut lines = vec![format!(
            "Nhật ký: {} dòng, sai {}. Ngày hẹn tính lại: {}, khác {}.",
            report.entries,
            report.broken.len(),
            report.dates_replayed,
            report.dates_differ.len()
        )];
        if report.days > 0 {
            lines.push(format!("Số liệu theo ngày: {} ngày, khác {}.", report.days, report.days_differ.len()));
        }
        lines.extend(report.broken.iter().map(|line| format!("  dòng {}: {}", line.seq, words::broken(line.why))));
        lines.extend(report.dates_differ.iter().map(|date| {
            format!(
                "  {} lần hẹn {}: đã lưu {}, tính lại {}",
                date.code,
                date.promise,
                date.kept,
                words::replayed(&date.replayed)
            )
        }));
        lines.extend(
            report.days_differ.iter().map(|one| {
                format!("  {} ngày {}: số liệu đã lưu khác với hồ sơ", one.agency, one.day.format("%d/%m/%Y"))
            }),
        );
        lines.join("\n")
    })?;
    if report.is_sound() { Ok(()) } else { Err(Failure::Unsound) }
}

/// Answers `facts`: makes the facts of past days.
///
/// # Errors
/// The database.
pub fn facts(office: &Office, now: Instant, anew: bool, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let progress = Progress::up_to(0, "Số liệu theo ngày");
    let (office, told) = (office.everywhere(), |done, total| progress.of(done, total));
    let report = if anew { office.keep_facts_anew(now, &told) } else { office.keep_facts(now, &told) }?;
    drop(progress);
    streams
        .answer(&json!(report), || format!("Đã lập số liệu của {} ngày, {} hồ sơ kết thúc.", report.days, report.files))
}
