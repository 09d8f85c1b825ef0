//! `/thu-tuc/nhap`: a list of procedures is read, what it would do is shown, and then it is sent.

use actix_web::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::time::Instant;
use crate::office::import_log::ReadFile;
use crate::office::procedure_change::ProcedureChange;
use crate::office::proposals::{Change, Proposed};
use crate::office::reference::ReferenceReport;
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Problem};
use crate::render::pages::Ctx;
use crate::render::pages::procedures::{ListPreview, ProcedureListPage, RejectedRow};
use crate::store::imports::{ImportKind, ImportOutcome};
use crate::web::upload::Upload;

use super::front::Front;
use super::procedure_change::{rules_at, today};
use super::{PageResult, changes, shown};

/// Faulty rows that are listed; the command line lists all.
const REJECTED_SHOWN: usize = 200;

/// `GET /thu-tuc/nhap`
///
/// # Errors
/// None of its own.
pub async fn form(front: Front) -> PageResult {
    let page = assemble(&front.site.office, front.ctx(), Ok(None));
    front.page(StatusCode::OK, &page)
}

enum Answer {
    Again(StatusCode, Box<ProcedureListPage>),
    Sent(Proposed),
}

/// `POST /thu-tuc/nhap`: the file, then the same file again to take it.
///
/// # Errors
/// The database; a file that cannot be read is the page again, 422.
pub async fn submit(front: Front, upload: Upload) -> PageResult {
    let c = front.ctx();
    let actor = front.caller()?.actor();
    let answer = front
        .work(move |office, now| {
            let proposes = upload.text("step") == "propose";
            let compared = whole(&upload).and_then(|data| {
                let file = ReadFile::of(ImportKind::Procedures, name(&upload), data.as_slice())?;
                let outcome = if proposes { ImportOutcome::Proposed } else { ImportOutcome::Looked };
                let compared = office.compare_procedures(now, data.as_slice());
                let told = |(report, _): &(ReferenceReport, ProcedureChange)| (report.into(), report.rejected.clone());
                let compared = office.logged(now, &actor, &file, outcome, compared, told)?;
                Ok((compared, file.name, data))
            });
            let ((report, change), name, data) = match compared {
                Ok(compared) => compared,
                Err(OfficeError::Invalid(errors)) => return Ok(refused(office, c, &errors)),
                Err(error) => return Err(error),
            };
            if !proposes {
                let preview = ListPreview { name, ..preview(office, &c, now, report, &change, &data)? };
                return Ok(Answer::Again(StatusCode::OK, Box::new(assemble(office, c, Ok(Some(preview))))));
            }
            match change.from_day(upload.text("valid_from"), now) {
                Ok(change) => match office.propose(now, &actor, &Change::Procedures(change)) {
                    Ok(proposed) => Ok(Answer::Sent(proposed)),
                    Err(OfficeError::Invalid(errors)) => Ok(refused(office, c, &errors)),
                    Err(error) => Err(error),
                },
                Err(error) => Ok(refused(office, c, &[error])),
            }
        })
        .await?;
    match answer {
        Answer::Again(status, page) => front.page(status, page.as_ref()),
        Answer::Sent(proposed) => changes::sent(&front, &proposed, "/thu-tuc"),
    }
}

/// What the file was called, now or when it was previewed.
fn name(upload: &Upload) -> &str {
    upload.file_name("file").unwrap_or_else(|| upload.text("name"))
}

/// The file of the form, or the one that the preview carried.
fn whole(upload: &Upload) -> OfficeResult<Vec<u8>> {
    if let Some(file) = upload.file("file") {
        return Ok(file.to_vec());
    }
    let missing = || FieldError::new("file", "", Problem::Required);
    let data = Some(upload.text("data")).filter(|data| !data.is_empty()).ok_or_else(missing)?;
    let broken =
        |error: base64::DecodeError| FieldError::new("file", "", Problem::Unreadable { why: error.to_string() });
    Ok(URL_SAFE_NO_PAD.decode(data).map_err(broken)?)
}

fn refused(office: &Office, c: Ctx, errors: &[FieldError]) -> Answer {
    Answer::Again(StatusCode::UNPROCESSABLE_ENTITY, Box::new(assemble(office, c, Err(errors))))
}

fn preview(
    office: &Office,
    c: &Ctx,
    now: Instant,
    report: ReferenceReport,
    change: &ProcedureChange,
    data: &[u8],
) -> OfficeResult<ListPreview> {
    let rules = rules_at(office)?;
    let name = |code: String| {
        let name = rules.procedure_at(&code, now).map(|version| version.row.name.clone());
        (code, name.unwrap_or_default())
    };
    let rejected = report.rejected.into_iter().take(REJECTED_SHOWN).map(|row| RejectedRow {
        row: row.row,
        field: row.field.to_owned(),
        value: row.value,
        reason: row.reason,
    });
    Ok(ListPreview {
        read: report.read,
        added: report.added,
        changed: report.changed,
        unchanged: report.unchanged,
        deltas: changes::deltas(c.lang, &change.deltas(&rules, now)),
        rejected: rejected.collect(),
        missing: report.missing.into_iter().map(name).collect(),
        data: URL_SAFE_NO_PAD.encode(data),
        name: String::new(),
        valid_from: today(now),
    })
}

fn assemble(office: &Office, c: Ctx, outcome: Result<Option<ListPreview>, &[FieldError]>) -> ProcedureListPage {
    let (preview, errors) = match outcome {
        Ok(preview) => (preview, Vec::new()),
        Err(errors) => (None, shown::errors(errors, c.lang)),
    };
    // The file travels back as text, four characters for three bytes, beside the other fields.
    let most = office.settings().server.max_body_bytes.saturating_sub(4096) / 4 * 3 / 1024;
    ProcedureListPage {
        errors,
        preview,
        four_eyes: office.settings().rules.four_eyes,
        kilobytes: u64::try_from(most).unwrap_or(u64::MAX),
        c,
    }
}
