//! `/dong-ho`: the demonstration's clock, which only walks forward.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::domain::time::parse_instant;
use crate::office::OfficeError;
use crate::office::walk::Stride;
use crate::render::pages::phrases::Done;
use crate::web::caller::COOKIE;
use crate::web::posted::Posted;

use super::front::{Front, cookie};
use super::{PageResult, given, only_in_demo};

#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    step: String,
    at: Option<String>,
    /// Page to come back to.
    back: Option<String>,
}

/// `POST /dong-ho`
///
/// # Errors
/// 404 outside the demonstration; the database.
pub async fn set(front: Front, Posted(asked): Posted<Asked>) -> PageResult {
    only_in_demo(&front)?;
    let Some(demo) = front.site.demo.clone() else { return Err(OfficeError::NotFound.into()) };
    let back = super::sign_in::local_path(asked.back.as_deref());
    let stride = match asked.step.as_str() {
        "hour" => Some(Stride::Hour),
        "working_day" => Some(Stride::WorkingDay),
        "week" => Some(Stride::Week),
        _ => given(asked.at.as_deref()).and_then(parse_instant).map(Stride::To),
    };
    let Some(stride) = stride else { return front.done(Done::ClockRefused, &back) };
    let account = front.caller()?.account.id.clone();
    let walked = front
        .site
        .work(move |office, now| {
            let end = office.walk_end(now, stride)?;
            office.walk(now, end, &|at| demo.clock.set(at))?;
            office.session_again(end, &account)
        })
        .await;
    match walked {
        Ok(token) => {
            let mut response: HttpResponse = front.done(Done::ClockMoved, &back)?;
            let session = cookie(&front.site, COOKIE, token);
            response.add_cookie(&session).map_err(|error| OfficeError::Broken(error.to_string()))?;
            Ok(response)
        }
        Err(OfficeError::Invalid(_)) => front.done(Done::ClockRefused, &back),
        Err(error) => Err(front.refused(error)),
    }
}
