//! `/bo-loc`: the filters of the queue that a person saved.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::office::{OfficeError, OfficeResult};
use crate::render::pages::phrases::Done;
use crate::render::pages::saved::{SavedPage, SavedRow, Unsaved};
use crate::web::posted::Posted;

use super::front::Front;
use super::queue::only_filters;
use super::{Nothing, PageError, PageResult, see_other, shown};

/// What the forms send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Named {
    name: String,
    query: String,
}

/// `GET /bo-loc`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let page = assembled(&front).await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /bo-loc/{id}`: the link that is passed on.
///
/// # Errors
/// 404 when its owner deleted it.
pub async fn open(front: Front, id: web::Path<String>) -> PageResult {
    let filter = front.work(move |office, _| office.saved_filter(&id)).await?;
    Ok(see_other(&format!("/ho-so?{}", filter.query)))
}

/// `POST /bo-loc`
///
/// # Errors
/// 422 is the page again, with what was typed.
pub async fn save(front: Front, Posted(named): Posted<Named>) -> PageResult {
    let actor = front.caller()?.actor();
    let query = only_filters(&named.query).unwrap_or_default();
    let (name, kept) = (named.name.clone(), query.clone());
    let saved = front.site.work(move |office, now| office.save_filter(now, &actor, &name, kept)).await;
    match refused(&front, saved).await? {
        Ok(filter) => front.done(Done::FilterSaved, &format!("/ho-so?{}", filter.query)),
        Err(page) => {
            let unsaved = Some(Unsaved { name: named.name, query });
            front.page(StatusCode::UNPROCESSABLE_ENTITY, &SavedPage { unsaved, ..*page })
        }
    }
}

/// `POST /bo-loc/{id}/ten`
///
/// # Errors
/// 404 when it is not the person's; 422 is the page again.
pub async fn rename(front: Front, id: web::Path<String>, Posted(named): Posted<Named>) -> PageResult {
    let (id, actor) = (id.into_inner(), front.caller()?.actor());
    let (known, name) = (id.clone(), named.name.clone());
    let renamed = front.site.work(move |office, _| office.rename_filter(&actor, &known, &name)).await;
    match refused(&front, renamed).await? {
        Ok(()) => front.done(Done::Step, "/bo-loc"),
        Err(page) => {
            let wrong = Some((id, named.name));
            front.page(StatusCode::UNPROCESSABLE_ENTITY, &SavedPage { wrong, ..*page })
        }
    }
}

/// `POST /bo-loc/{id}/xoa`
///
/// # Errors
/// 404 when it is not the person's.
pub async fn delete(front: Front, id: web::Path<String>, _: Posted<Nothing>) -> PageResult {
    let actor = front.caller()?.actor();
    front.work(move |office, _| office.delete_filter(&actor, &id)).await?;
    front.done(Done::Step, "/bo-loc")
}

/// What was done, or the page with what was wrong in a name.
async fn refused<T>(front: &Front, outcome: OfficeResult<T>) -> Result<Result<T, Box<SavedPage>>, PageError> {
    match outcome {
        Ok(done) => Ok(Ok(done)),
        Err(OfficeError::Invalid(errors)) => {
            let mut page = assembled(front).await?;
            page.errors = shown::errors(&errors, front.lang);
            Ok(Err(Box::new(page)))
        }
        Err(error) => Err(front.refused(error)),
    }
}

async fn assembled(front: &Front) -> Result<SavedPage, PageError> {
    let mut c = front.ctx();
    // A link in the page must not lead to an address that can only be posted to.
    "/bo-loc".clone_into(&mut c.path);
    let me = front.caller()?.account.id.clone();
    front
        .work(move |office, _| {
            let site = office.settings().server.public_url.trim_end_matches('/').to_owned();
            let row = |filter: crate::store::saved_filters::SavedFilter| SavedRow {
                href: format!("/ho-so?{}", filter.query),
                link: format!("{site}/bo-loc/{}", filter.id),
                id: filter.id,
                name: filter.name,
            };
            let rows = office.saved_filters(&me)?.into_iter().map(row).collect();
            Ok(SavedPage { c, rows, unsaved: None, errors: Vec::new(), wrong: None })
        })
        .await
}
