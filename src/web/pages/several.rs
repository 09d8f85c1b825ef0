//! `/ho-so-nhieu`: one step on several dossiers of the queue, and what became of each.

use actix_web::http::StatusCode;
use actix_web::web;

use crate::office::OfficeResult;
use crate::office::several::{Chosen, MOST, Several};
use crate::render::pages::several::{Act, Outcome, SeveralPage};
use crate::web::posted::Posted;

use super::front::Front;
use super::papers::file;
use super::{PageResult, encoded, why};

/// `POST /ho-so-nhieu`: `act`, and `file` (`revision/code`) once for each ticked row.
///
/// # Errors
/// 403 without the token. What is refused is told on the page.
pub async fn act(front: Front, Posted(fields): Posted<Vec<(String, String)>>) -> PageResult {
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let slug = field("act").unwrap_or_default();
    let act = Act::ALL.into_iter().find(|act| act.slug() == slug);
    let chosen: Vec<Chosen> =
        fields.iter().filter(|(name, _)| name == "file").filter_map(|(_, value)| chosen(value)).take(MOST).collect();
    let back = field("back").filter(|back| back.starts_with("/ho-so")).unwrap_or("/ho-so").to_owned();
    let mut c = front.ctx();
    // A link in the page must not lead to an address that can only be posted to.
    c.path.clone_from(&back);
    let (act, what) = match (act, slug.parse::<Several>()) {
        (Some(act), Ok(what)) if !chosen.is_empty() => (act, what),
        (Some(_) | None, _) => {
            let page = SeveralPage { c, act: None, outcomes: Vec::new(), print_href: None, back };
            return front.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let actor = front.caller()?.actor();
    let became = front.work(move |office, now| Ok(office.several(now, &actor, what, &chosen))).await?;
    let outcome = |(code, became): (String, OfficeResult<()>)| Outcome {
        code,
        refused: became.err().map(|error| why(error, &c)),
    };
    let outcomes: Vec<Outcome> = became.into_iter().map(outcome).collect();
    let slips = outcomes.iter().filter(|one| one.refused.is_none()).map(|one| format!("ma={}", encoded(&one.code)));
    let slips = slips.collect::<Vec<_>>().join("&");
    let print_href =
        (what == Several::ControlSlips && !slips.is_empty()).then(|| format!("/phieu-kiem-soat.pdf?{slips}"));
    front.page(StatusCode::OK, &SeveralPage { c, act: Some(act), outcomes, print_href, back })
}

/// `GET /phieu-kiem-soat.pdf?ma=&ma=`: the newest control slips of these dossiers.
///
/// # Errors
/// 404 when one of them was never made.
pub async fn slips(front: Front, query: web::Query<Vec<(String, String)>>) -> PageResult {
    let codes: Vec<String> =
        query.into_inner().into_iter().filter(|(name, _)| name == "ma").map(|(_, code)| code).collect();
    let bytes = front.work(move |office, now| office.control_slips(now, &codes)).await?;
    Ok(file("application/pdf", "inline", "phieu-kiem-soat", "pdf", bytes))
}

fn chosen(value: &str) -> Option<Chosen> {
    let (revision, code) = value.split_once('/')?;
    Some(Chosen { revision: revision.parse().ok()?, code: code.to_owned() })
}
