//! `/mat-khau`: one's own password; and a form that was interrupted, to be sent again.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use secrecy::SecretString;
use serde::Deserialize;

use crate::office::passwords::{OwnPassword, PASSWORD_MIN};
use crate::office::{FieldError, OfficeError};
use crate::render::pages::Ctx;
use crate::render::pages::own::{Kept, OwnPasswordPage, ResumePage};
use crate::render::pages::phrases::Done;
use crate::web::caller::{COOKIE, Proof};
use crate::web::carried::Carried;
use crate::web::posted::Posted;

use super::front::Front;
use super::sign_in::local_path;
use super::{PageError, PageResult, shown};

/// `GET /mat-khau`
///
/// # Errors
/// None of its own.
pub async fn page(front: Front) -> PageResult {
    let page = view(&front, Kept::default(), &[])?;
    front.page(StatusCode::OK, &page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    current: SecretString,
    new: SecretString,
    again: SecretString,
    next: String,
    kept: String,
}

/// `POST /mat-khau`
///
/// # Errors
/// Wrong fields are the page again (422); the database.
pub async fn submit(front: Front, request: HttpRequest, Posted(typed): Posted<Typed>) -> PageResult {
    let account = front.caller()?.account.id.clone();
    let session = request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let Typed { current, new, again, next, kept } = typed;
    let form = OwnPassword { current, new, again };
    let outcome = front.site.work(move |office, now| office.change_own_password(now, &account, &session, &form)).await;
    match outcome {
        Ok(()) => match Carried::unpacked(&kept) {
            // Whose form it is was found out at signing in; its token is held against the account once more.
            Some(carried) => resumed(&front, &carried).await,
            None => front.done(Done::PasswordChanged, &local_path(Some(&next))),
        },
        Err(OfficeError::Invalid(errors)) => {
            let page = view(&front, Kept { next, packed: kept }, &errors)?;
            front.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(front.refused(error)),
    }
}

async fn resumed(front: &Front, carried: &Carried) -> PageResult {
    let (csrf, account) = (carried.csrf().to_owned(), front.caller()?.account.id.clone());
    let owner = front.work(move |office, _| office.account_of_form(&csrf)).await?;
    if owner != Some(account) {
        return front.done(Done::KeptForAnother, "/");
    }
    front.page(StatusCode::OK, &resume(front.ctx(), carried))
}

/// What follows signing in with a form that was interrupted: to send it, or first to set a password.
///
/// # Errors
/// When the template fails.
pub fn go_on(front: &Front, carried: &Carried) -> Result<HttpResponse, PageError> {
    if front.caller()?.must_change() {
        let page = view(front, Kept { next: "/".to_owned(), packed: carried.packed() }, &[])?;
        return front.page(StatusCode::OK, &page);
    }
    front.page(StatusCode::OK, &resume(front.ctx(), carried))
}

/// The page that sends an interrupted form again.
pub fn resume(c: Ctx, carried: &Carried) -> ResumePage {
    let fields = carried.fields.iter().filter(|(name, _)| name != "csrf").cloned().collect();
    // A link in the page must not lead to an address that can only be posted to.
    let c = Ctx { path: "/".to_owned(), flash: None, ..c };
    ResumePage { action: carried.path.clone(), fields, file_lost: carried.file_lost, c }
}

fn view(front: &Front, kept: Kept, errors: &[FieldError]) -> Result<OwnPasswordPage, PageError> {
    let caller = front.caller()?;
    let session_ends = match &caller.proof {
        Proof::Session { ends, .. } => shown::at(*ends),
        Proof::Token => String::new(),
    };
    let c = Ctx { path: "/mat-khau".to_owned(), ..front.ctx() };
    Ok(OwnPasswordPage {
        username: caller.account.username.clone(),
        must_change: caller.must_change(),
        session_ends,
        min: PASSWORD_MIN,
        kept,
        errors: shown::errors(errors, c.lang),
        c,
    })
}
