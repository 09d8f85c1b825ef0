//! `/mau-giay`: how the agency writes, looked at before it is saved.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;

use crate::office::letterhead::{ImageChange, Letterhead};
use crate::office::letterhead_preview::Preview;
use crate::office::{FieldError, Office, OfficeError, OfficeResult};
use crate::render::letter::{TITLE_APOLOGY_AND_EXTENSION, TITLE_APOLOGY_AND_NEW_DATE};
use crate::render::pages::Ctx;
use crate::render::pages::form::Choice;
use crate::render::pages::letterhead::{HeadField, LetterheadPage};
use crate::render::pages::papers::PaperName;
use crate::render::pages::phrases::Done;
use crate::store::letterheads;
use crate::web::upload::Upload;

use super::front::Front;
use super::papers::file;
use super::{PageResult, shown};

/// `GET /mau-giay`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, _| {
            let head = office.store().read(|conn| office.letterhead(conn))?;
            assemble(office, c, &head, &[], Preview::Apology)
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// What was typed and chosen.
struct Typed {
    head: Letterhead,
    signature: ImageChange,
    seal: ImageChange,
    preview: Preview,
}

impl Typed {
    fn of(upload: &Upload) -> Self {
        let text = |field: HeadField| upload.text(field.name()).to_owned();
        let lines = |field: HeadField| upload.text(field.name()).lines().map(str::to_owned).collect();
        let image = |file: &str, remove: &str| match upload.file(file) {
            Some(bytes) => ImageChange::Put(bytes.to_vec()),
            None if upload.text(remove) == "true" => ImageChange::Remove,
            None => ImageChange::Keep,
        };
        Self {
            head: Letterhead {
                version: upload.text("version").parse().unwrap_or_default(),
                signature_hash: None,
                seal_hash: None,
                superior: text(HeadField::Superior),
                issuing: lines(HeadField::Issuing),
                place: text(HeadField::Place),
                address: text(HeadField::Address),
                phone: text(HeadField::Phone),
                email: text(HeadField::Email),
                salutation: text(HeadField::Salutation),
                title: text(HeadField::Title),
                symbol: text(HeadField::Symbol),
                receipt_symbol: text(HeadField::ReceiptSymbol),
                supplement_symbol: text(HeadField::SupplementSymbol),
                refusal_symbol: text(HeadField::RefusalSymbol),
                stop_symbol: text(HeadField::StopSymbol),
                signer_authority: text(HeadField::SignerAuthority),
                signer_title: text(HeadField::SignerTitle),
                signer_name: text(HeadField::SignerName),
                copies: lines(HeadField::Copies),
            },
            signature: image("signature", "remove_signature"),
            seal: image("seal", "remove_seal"),
            preview: upload.text("preview").parse().unwrap_or(Preview::Apology),
        }
    }
}

/// `POST /mau-giay`
///
/// # Errors
/// 409 when somebody saved meanwhile; wrong fields are the page again, 422.
pub async fn save(front: Front, upload: Upload) -> PageResult {
    let (c, actor) = (front.ctx(), front.caller()?.actor());
    let again = front
        .work(move |office, now| {
            let typed = Typed::of(&upload);
            match office.save_letterhead(now, &actor, &typed.head, &typed.signature, &typed.seal) {
                Ok(_) => Ok(None),
                Err(OfficeError::Invalid(errors)) => refused(office, c, &typed, &errors).map(Some),
                Err(error) => Err(error),
            }
        })
        .await
        .map_err(|error| error.leading_to("/mau-giay".to_owned()))?;
    match again {
        None => front.done(Done::Applied, "/mau-giay"),
        Some(page) => front.page(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

/// `POST /mau-giay/xem-thu`: the paper chosen, with what was typed. Nothing is saved.
///
/// # Errors
/// Wrong fields are the page again, 422.
pub async fn preview(front: Front, upload: Upload) -> PageResult {
    let mut c = front.ctx();
    // A link in the page must not lead to an address that can only be posted to.
    c.path = "/mau-giay".to_owned();
    let outcome = front
        .work(move |office, _| {
            let typed = Typed::of(&upload);
            match office.preview_letterhead(&typed.head, &typed.signature, &typed.seal, typed.preview) {
                Ok(bytes) => Ok(Ok((typed.preview, bytes))),
                Err(OfficeError::Invalid(errors)) => refused(office, c, &typed, &errors).map(Err),
                Err(error) => Err(error),
            }
        })
        .await?;
    match outcome {
        Ok((which, bytes)) => Ok(file("application/pdf", "inline", &format!("xem-thu-{which}"), "pdf", bytes)),
        Err(page) => front.page(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

fn refused(office: &Office, c: Ctx, typed: &Typed, errors: &[FieldError]) -> OfficeResult<LetterheadPage> {
    let kept = office.store().read(|conn| office.letterhead(conn))?;
    let (signature_hash, seal_hash) = (kept.signature_hash, kept.seal_hash);
    let head = Letterhead { signature_hash, seal_hash, ..typed.head.clone() };
    assemble(office, c, &head, errors, typed.preview)
}

fn assemble(
    office: &Office,
    c: Ctx,
    head: &Letterhead,
    errors: &[FieldError],
    chosen: Preview,
) -> OfficeResult<LetterheadPage> {
    let entered = office.reading(|conn, rules| {
        let row = letterheads::newest(conn, &rules.agency()?.id)?;
        Ok(row.map(|row| format!("{}, {}", row.entered_by, shown::at(row.entered_at))))
    })?;
    let preview = |which: &Preview| Choice::new(which.as_str(), word(&c, *which), chosen.as_str());
    Ok(LetterheadPage {
        version: head.version,
        texts: texts(head),
        titles: [TITLE_APOLOGY_AND_NEW_DATE, TITLE_APOLOGY_AND_EXTENSION].map(str::to_uppercase).to_vec(),
        signature: head.signature_hash.is_some(),
        seal: head.seal_hash.is_some(),
        previews: Preview::ALL.iter().map(preview).collect(),
        entered,
        errors: shown::errors(errors, c.lang),
        c,
    })
}

/// What a paper of the list is called.
fn word(c: &Ctx, which: Preview) -> &str {
    match which {
        Preview::Apology => c.t("Phiếu xin lỗi, hẹn lại (04)", "Apology with a new date (04)"),
        Preview::LateResult => c.t("Phiếu xin lỗi: kết quả trễ (04)", "Apology: late result (04)"),
        Preview::Loss => c.t("Phiếu xin lỗi: thất lạc, sai sót (04)", "Apology: loss or error (04)"),
        Preview::SecondMiss => c.t("Phiếu xin lỗi: trễ ngày hẹn lại (04)", "Apology: new date missed (04)"),
        Preview::Receipt => PaperName::Receipt.word(c),
        Preview::SupplementRequest => PaperName::SupplementRequest.word(c),
        Preview::Refusal => PaperName::Refusal.word(c),
        Preview::Stop => PaperName::Stop.word(c),
        Preview::ControlSlip => PaperName::ControlSlip.word(c),
        Preview::Register => c.t("Sổ theo dõi hồ sơ (07)", "Register (07)"),
    }
}

fn texts(head: &Letterhead) -> BTreeMap<HeadField, String> {
    let text = |field: &HeadField| match field {
        HeadField::Superior => head.superior.clone(),
        HeadField::Issuing => head.issuing.join("\n"),
        HeadField::Place => head.place.clone(),
        HeadField::Address => head.address.clone(),
        HeadField::Phone => head.phone.clone(),
        HeadField::Email => head.email.clone(),
        HeadField::Salutation => head.salutation.clone(),
        HeadField::Title => head.title.clone(),
        HeadField::Symbol => head.symbol.clone(),
        HeadField::ReceiptSymbol => head.receipt_symbol.clone(),
        HeadField::SupplementSymbol => head.supplement_symbol.clone(),
        HeadField::RefusalSymbol => head.refusal_symbol.clone(),
        HeadField::StopSymbol => head.stop_symbol.clone(),
        HeadField::SignerAuthority => head.signer_authority.clone(),
        HeadField::SignerTitle => head.signer_title.clone(),
        HeadField::SignerName => head.signer_name.clone(),
        HeadField::Copies => head.copies.join("\n"),
    };
    HeadField::ALL.iter().map(|field| (*field, text(field))).collect()
}
