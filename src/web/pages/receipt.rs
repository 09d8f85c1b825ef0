//! `/ho-so/{code}/bien-nhan`: the receipt.

use actix_web::http::StatusCode;
use actix_web::web;

use crate::domain::dossier::StepKind;
use crate::domain::filing::FiledBy;
use crate::domain::time::{civil_day, local};
use crate::office::filing::papers_of;
use crate::office::papers::limit_words;
use crate::render::dates::{official_date, visit_moment};
use crate::render::pages::receipt::ReceiptPage;
use crate::render::pages::{Lang, phrases};
use crate::render::paper_lines::paper_text;
use crate::render::qr;

use super::front::Front;
use super::{PageResult, shown};

/// `GET /ho-so/{code}/bien-nhan`
///
/// # Errors
/// 404.
pub async fn page(front: Front, code: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, _| {
            let whole = office.whole(&code)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let head = office.store().read(|conn| office.letterhead(conn))?;
            let row = &whole.row;
            let filing = office.filing(row)?;
            // The receipt states the first promise, however often the date moved since.
            let first = whole.promises.first();
            let procedure = rules.procedure_version(&row.procedure_id).map(|version| &version.row);
            let logged = whole.events.iter().find(|entry| entry.kind == StepKind::Logged.as_str());
            let clerk = logged.and_then(|entry| rules.accounts.values().find(|who| who.username == entry.actor));
            let lookup_url = office.status_url(row);
            Ok(ReceiptPage {
                superior: head.superior,
                issuing: head.issuing,
                place: head.place,
                dated: official_date(civil_day(row.received_at)),
                code: row.code.clone(),
                procedure: procedure.map(|procedure| procedure.name.clone()).unwrap_or_default(),
                procedure_code: procedure.map(|procedure| procedure.code.clone()).unwrap_or_default(),
                applicant: row.applicant_name.clone(),
                address: row.applicant_address.clone().unwrap_or_default(),
                phone: row.applicant_phone.clone().unwrap_or_default(),
                email: row.applicant_email.clone().unwrap_or_default(),
                limit: first.map_or_else(|| phrases::no_limit(Lang::Vi), limit_words),
                received: visit_moment(local(row.received_at)),
                provisional: first.is_some_and(|promise| rules.is_provisional(promise)),
                due: first.map(|promise| visit_moment(local(promise.due_at))),
                channel: shown::channel(row.channel),
                papers: filing.iter().flat_map(papers_of).map(|paper| paper_text(&paper)).collect(),
                representative: filing
                    .filter(|filing| filing.filed_by == FiledBy::Representative)
                    .map(|filing| format!("{}, {}", filing.representative_name, filing.representative_phone)),
                received_by: clerk.map(|who| who.name.clone()).unwrap_or_default(),
                centre_phone: head.phone,
                qr_svg: qr::svg(&lookup_url),
                lookup_url,
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}
