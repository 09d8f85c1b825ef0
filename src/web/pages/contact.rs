//! `/ho-so/{code}/lien-he`: putting right how an applicant, or who acts for them, is reached.

use actix_web::http::StatusCode;
use actix_web::web;

use crate::domain::filing::{Addressee, FiledBy};
use crate::office::contact::ContactForm;
use crate::office::{FieldError, Office, OfficeResult};
use crate::render::pages::Ctx;
use crate::render::pages::desk::{ContactPage, Representative};
use crate::render::pages::phrases::{self, Done};
use crate::store::contacts;
use crate::web::posted::Posted;

use super::again::Again;
use super::dossier_view;
use super::front::Front;
use super::{PageResult, encoded, shown};

/// `GET /ho-so/{code}/lien-he`
///
/// # Errors
/// 404.
pub async fn page(front: Front, code: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, _| assemble(office, c, &code, None, &[])).await?;
    front.page(StatusCode::OK, &page)
}

/// `POST /ho-so/{code}/lien-he`
///
/// # Errors
/// 404; wrong fields (422) and a dossier that changed meanwhile (409) are the form again.
pub async fn submit(front: Front, code: web::Path<String>, Posted(form): Posted<ContactForm>) -> PageResult {
    let (actor, to) = (front.caller()?.actor(), format!("/ho-so/{}", encoded(&code)));
    let (known, asked) = (code.clone(), form.clone());
    let outcome = front.site.work(move |office, now| office.correct_contact(now, &actor, &known, &asked)).await;
    let Err(error) = outcome else { return front.done(Done::Step, &to) };
    let Again { status, errors, outrun, c } = Again::of(&front, error, format!("{to}/lien-he"), &to)?;
    let (version, lang) = (form.version, front.lang);
    let page = front
        .work(move |office, _| {
            let mut page = assemble(office, c, &code, Some(form), &errors)?;
            if outrun {
                let rules = office.store().read(|conn| office.rules(conn))?;
                page.since = dossier_view::since(&office.whole(&code)?, version, &rules, lang);
            }
            Ok(page)
        })
        .await?;
    front.page(status, &page)
}

fn assemble(
    office: &Office,
    c: Ctx,
    code: &str,
    typed: Option<ContactForm>,
    errors: &[FieldError],
) -> OfficeResult<ContactPage> {
    let whole = office.whole(code)?;
    let row = whole.row;
    let contact = office.store().read(|conn| contacts::find(conn, &row.id))?;
    let filing = office.filing(&row)?.filter(|filing| filing.filed_by == FiledBy::Representative);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let form = typed.unwrap_or_else(|| ContactForm {
        applicant_phone: text(&row.applicant_phone),
        applicant_email: text(&row.applicant_email),
        applicant_address: text(&row.applicant_address),
        representative_phone: filing.as_ref().map(|filing| filing.representative_phone.clone()),
        contact_ways: contact.as_ref().map(|contact| contact.ways.clone()).unwrap_or_default(),
        version: row.revision,
    });
    let dead = contact.map(|contact| contact.dead).unwrap_or_default();
    Ok(ContactPage {
        code: row.code,
        name: row.applicant_name,
        // Saved again, it is saved as it stands now.
        version: row.revision,
        phone: form.applicant_phone,
        email: form.applicant_email,
        address: form.applicant_address,
        representative: filing.map(|filing| Representative {
            told: filing.addressee == Addressee::Representative,
            phone: form.representative_phone.unwrap_or(filing.representative_phone),
            name: filing.representative_name,
        }),
        ways: shown::ways(c.lang, &form.contact_ways),
        since: Vec::new(),
        dead: dead.split_whitespace().map(|way| phrases::way_choice(c.lang, way)).collect(),
        errors: shown::errors(errors, c.lang),
        c,
    })
}
