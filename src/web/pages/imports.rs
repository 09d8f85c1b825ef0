//! `/nhap`: dossiers of another register, from a file, step by step.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use crate::office::import_runs::{Room, Upload};
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Problem as Trouble};
use crate::render::pages::form::FieldError as Shown;
use crate::render::pages::imports::{ImportLine, ImportsPage};
use crate::render::pages::phrases::Done;
use crate::render::pages::{Ctx, phrases};
use crate::render::tables;
use crate::store::import_runs::{ImportRun, ImportRunState};
use crate::web::incoming::{Body, Incoming, Piece};
use crate::web::posted::{Posted, serde_urlencoded};
use crate::web::problem::Problem;
use crate::web::upload::boundary_of;

use super::front::Front;
use super::import_view::{self, Shape};
use super::table_file::{TableFile, table_file};
use super::{Nothing, PageError, PageResult, see_other, shown};

/// Longest form without a file.
const PLAIN_MAX: usize = 64 * 1024;

/// `GET /nhap`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, _| assemble(office, c, Vec::new())).await?;
    front.page(StatusCode::OK, &page)
}

fn assemble(office: &Office, c: Ctx, errors: Vec<Shown>) -> OfficeResult<ImportsPage> {
    let (rows, mappings) = office.import_runs()?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let max_bytes = office.settings().imports.max_bytes;
    let line = |row: ImportRun| ImportLine {
        by: super::dossier_view::actor(&row.username, &rules, c.lang),
        size: import_view::size(c.lang, row.bytes),
        uploaded: shown::at(row.uploaded_at),
        stage: import_view::stage(row.state),
        rows: u64::try_from(row.rows_read).unwrap_or(0),
        file_name: row.file_name,
        id: row.id,
    };
    Ok(ImportsPage {
        lines: rows.into_iter().map(line).collect(),
        mappings: mappings.into_iter().map(|one| one.name).collect(),
        megabytes: max_bytes / 1_048_576,
        max_bytes,
        errors,
        c,
    })
}

/// `POST /nhap`: takes the file as it comes.
///
/// # Errors
/// 403 without the token; what is wrong with the file is the page again (413, 422).
pub async fn bring(front: Front, request: HttpRequest, body: web::Payload) -> PageResult {
    let caller = front.caller()?.clone();
    let media = request.headers().get("content-type").and_then(|value| value.to_str().ok());
    let Some(boundary) = media.and_then(boundary_of) else {
        // A form without a file: nothing but the token can be right in it.
        let body = body.to_bytes_limited(PLAIN_MAX).await;
        let fields: Vec<(String, String)> =
            body.ok().and_then(Result::ok).and_then(|body| serde_urlencoded(&body).ok()).unwrap_or_default();
        if !fields.iter().any(|(name, value)| name == "csrf" && value == caller.csrf()) {
            return Err(Problem::forbidden().into());
        }
        let error = [FieldError::new("file", "", Trouble::Required)];
        return refused(&front, StatusCode::UNPROCESSABLE_ENTITY, texts(&front, &error)).await;
    };
    let (file, name) = match received(&front, caller.csrf(), Incoming::new(Body::new(body), &boundary)).await? {
        Received::File(file, name) => (file, name),
        Received::Nothing => {
            let error = [FieldError::new("file", "", Trouble::Required)];
            return refused(&front, StatusCode::UNPROCESSABLE_ENTITY, texts(&front, &error)).await;
        }
        Received::TooLarge => {
            let most = front.site.office.settings().imports.max_bytes / 1_048_576;
            let message = phrases::file_too_large(front.lang, most);
            return refused(&front, StatusCode::PAYLOAD_TOO_LARGE, vec![message]).await;
        }
    };
    let actor = caller.actor();
    match front.site.work(move |office, now| office.keep_brought(now, &actor, file, &name)).await {
        Ok(id) => Ok(see_other(&format!("/nhap/{id}"))),
        Err(OfficeError::Invalid(errors)) => {
            let texts = texts(&front, &errors);
            refused(&front, StatusCode::UNPROCESSABLE_ENTITY, texts).await
        }
        Err(error) => Err(front.refused(error)),
    }
}

/// What came with the form.
enum Received {
    File(Upload, String),
    Nothing,
    TooLarge,
}

/// Writes the file down as it comes. One that is too large is read on for a while all the same: browsers
/// do not show an answer that comes in the middle of what they send.
async fn received(front: &Front, csrf: &str, mut form: Incoming<Body>) -> Result<Received, PageError> {
    let broken = |_| PageError::from(Problem::bad_request("multipart/form-data"));
    let patience = front.site.office.settings().imports.max_bytes.saturating_mul(4);
    let (mut sent_by_us, mut upload, mut over) = (false, None::<(Upload, String)>, None::<u64>);
    loop {
        match form.next().await.map_err(broken)? {
            Piece::Field { name, value } => sent_by_us |= name == "csrf" && value == csrf,
            // The token stands before the file: nothing is written for a form that is not ours.
            Piece::File { .. } | Piece::Data(_) | Piece::End if !sent_by_us => return Err(Problem::forbidden().into()),
            Piece::File { name } => {
                let file = front.work(Office::receive_import).await?;
                upload = Some((file, name));
            }
            Piece::Data(piece) => {
                if let Some(bytes) = over {
                    let bytes = bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
                    over = Some(bytes);
                    if bytes > patience {
                        return Ok(Received::TooLarge);
                    }
                } else if let Some((mut file, name)) = upload.take() {
                    let (room, file) = front.work(move |_, _| Ok((file.push(&piece)?, file))).await?;
                    match room {
                        Room::Fits => upload = Some((file, name)),
                        Room::Full => over = Some(file.bytes()),
                    }
                }
            }
            Piece::End => break,
        }
    }
    Ok(match (over, upload.filter(|(file, _)| file.bytes() > 0)) {
        (Some(_), _) => Received::TooLarge,
        (None, Some((file, name))) => Received::File(file, name),
        (None, None) => Received::Nothing,
    })
}

fn texts(front: &Front, errors: &[FieldError]) -> Vec<String> {
    shown::errors(errors, front.lang).into_iter().map(|error| error.message).collect()
}

async fn refused(front: &Front, status: StatusCode, messages: Vec<String>) -> PageResult {
    let c = front.ctx();
    let errors = messages.into_iter().map(|message| Shown { field: "file", message }).collect();
    let page = front.work(move |office, _| assemble(office, c, errors)).await?;
    front.page(status, &page)
}

/// `GET /nhap/{id}`
///
/// # Errors
/// 404.
pub async fn run(front: Front, id: web::Path<String>, shape: web::Query<Shape>) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, _| import_view::assemble(office, c, &id, &shape, None, &[])).await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /nhap/{id}/trang-thai`: how far it is, for the script of the page.
///
/// # Errors
/// 404.
pub async fn state(front: Front, id: web::Path<String>) -> PageResult {
    let row = front.work(move |office, _| office.import_run(&id)).await?;
    let works = matches!(row.state, ImportRunState::Checking | ImportRunState::Importing);
    let told = json!({
        "state": row.state, "works": works, "rows": row.rows_read, "percent": import_view::percent(&row),
    });
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(told))
}

/// `POST /nhap/{id}/cot`: the mapping, and the check by it.
///
/// # Errors
/// 404; a mapping that makes no sense is the page again, 422.
pub async fn map(front: Front, id: web::Path<String>, Posted(typed): Posted<Vec<(String, String)>>) -> PageResult {
    let c = front.ctx();
    let (actor, id) = (front.caller()?.actor(), id.into_inner());
    let file = import_view::mapping_of(&typed);
    let save_as = import_view::text_of(&typed, "save_as").to_owned();
    let only_words = import_view::text_of(&typed, "step") == "words";
    let (known, kept) = (id.clone(), file.clone());
    let outcome = if only_words {
        Ok(())
    } else {
        front.site.work(move |office, now| office.map_import(now, &actor, &known, &kept, &save_as)).await
    };
    let errors = match outcome {
        Ok(()) if !only_words => {
            work_in_the_background(&front, id.clone());
            return Ok(see_other(&format!("/nhap/{id}")));
        }
        Ok(()) => Vec::new(),
        Err(OfficeError::Invalid(errors)) => errors,
        Err(error) => return Err(front.refused(error)),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = front
        .work(move |office, _| {
            let shape = Shape { sua: Some("1".to_owned()), ..Shape::default() };
            import_view::assemble(
                office,
                c,
                &id,
                &shape,
                Some((&file, import_view::text_of(&typed, "save_as"))),
                &errors,
            )
        })
        .await?;
    front.page(status, &page)
}

/// `POST /nhap/{id}/nhap`
///
/// # Errors
/// 404 when it is not checked.
pub async fn start(front: Front, id: web::Path<String>, Posted(Nothing {}): Posted<Nothing>) -> PageResult {
    let id = id.into_inner();
    let (actor, known) = (front.caller()?.actor(), id.clone());
    front.work(move |office, _| office.start_import(&actor, &known)).await?;
    work_in_the_background(&front, id.clone());
    Ok(see_other(&format!("/nhap/{id}")))
}

/// `POST /nhap/{id}/bo`
///
/// # Errors
/// 404; a conflict while it is being imported.
pub async fn forget(front: Front, id: web::Path<String>, Posted(Nothing {}): Posted<Nothing>) -> PageResult {
    let actor = front.caller()?.actor();
    front.work(move |office, now| office.drop_import(now, &actor, &id)).await?;
    front.done(Done::ImportDropped, "/nhap")
}

/// The round begins now; if this process ends first, the job takes it up.
fn work_in_the_background(front: &Front, id: String) {
    let site = front.site.clone();
    actix_web::rt::spawn(async move {
        let known = id.clone();
        if let Err(error) = site.work(move |office, now| office.work_on_import(now, &known)).await {
            tracing::warn!(%error, import = %id, "an import was interrupted; the job takes it up again");
        }
    });
}

/// `GET /nhap/{id}/MAP.toml`
///
/// # Errors
/// 404.
pub async fn mapping(front: Front, id: web::Path<String>) -> PageResult {
    let row = front.work(move |office, _| office.import_run(&id)).await?;
    Ok(file("application/toml; charset=utf-8", "MAP.toml", row.mapping.into_bytes()))
}

/// `GET /nhap/{id}/bi-loai.csv`
///
/// # Errors
/// 404.
pub async fn rejected(front: Front, id: web::Path<String>) -> PageResult {
    table_file(&front, "csv", move |office: &Office, now| {
        let report = import_view::report_of(&office.import_run(&id)?);
        let lines = report.rejected.into_iter().map(|one| (one.row, one.field, one.value, one.reason));
        Ok(TableFile::new("dong-bi-loai", now, tables::rejected(lines.collect())))
    })
    .await
}

fn file(media_type: &str, name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{name}\"")))
        .insert_header(("Cache-Control", "no-store"))
        .body(bytes)
}
