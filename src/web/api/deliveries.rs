//! What mail servers and providers of short messages report of messages that they had taken.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::office::delivery_report::DeliveryReport;
use crate::office::{FieldError, OfficeError, Problem as Trouble};
use crate::web::problem::Problem;
use crate::web::site::Site;

use super::dossiers::read_json;

/// A report about one message; it is named by one of the three ids.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct DeliveryNotice {
    /// `{id}` of the gateway's template: our `Message-ID`.
    #[serde(default)]
    pub id: Option<String>,
    /// The provider's own name, read from its answer at `id_pointer`.
    #[serde(default)]
    pub provider_id: Option<String>,
    #[serde(default)]
    pub message_id: Option<String>,
    /// `delivered`, `bounced` or `failed`
    pub status: String,
    #[serde(default)]
    pub detail: String,
}

/// `POST /api/v1/deliveries`: needs an API token of somebody who may operate. The same report twice
/// changes nothing.
///
/// # Errors
/// 404 for a message that is not known, 409 while it is still being sent, 422 for a wrong field.
pub async fn report(site: Site, body: web::Bytes) -> Result<HttpResponse, Problem> {
    let body: DeliveryNotice = read_json(&body)?;
    let outcome = match body.status.as_str() {
        "delivered" => DeliveryReport::Delivered,
        "bounced" => DeliveryReport::Bounced,
        "failed" => DeliveryReport::Failed,
        other => {
            let expected = &["delivered", "bounced", "failed"];
            return Err(OfficeError::from(FieldError::new("status", other, Trouble::NotOneOf { expected })).into());
        }
    };
    let given = |id: Option<String>| id.filter(|id| !id.trim().is_empty());
    let Some(name) = given(body.message_id).or(given(body.id)).or(given(body.provider_id)) else {
        return Err(OfficeError::from(FieldError::new("id", "", Trouble::Required)).into());
    };
    site.work(move |office, now| office.report_delivery(now, &name, outcome, &body.detail)).await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "recorded": true })))
}
