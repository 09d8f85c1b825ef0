//! The description of the machine interface, made from the same table of routes and the same shapes.

use actix_web::HttpResponse;
use serde_json::{Map, Value, json};
use utoipa::{OpenApi, ToSchema};

use super::api::{calendar, deliveries, late, ledger, letters, periods, procedures, proof, shapes, submission_shapes};
use super::routes::{self, Access, Route};

#[derive(OpenApi)]
#[openapi(components(schemas(
    shapes::NewDossier,
    shapes::Applicant,
    shapes::Representative,
    shapes::Paper,
    shapes::Logged,
    ledger::LedgerDay,
    ledger::DossierLedger,
    ledger::Promise,
    ledger::PauseSpan,
    ledger::Waited,
    proof::Proof,
    proof::Verdict,
    proof::Line,
    proof::AttemptShape,
    late::LateItem,
    shapes::Dossier,
    shapes::SubDeadline,
    shapes::Event,
    shapes::Letter,
    shapes::StepBody,
    letters::Signature,
    submission_shapes::NewSubmission,
    submission_shapes::Submitted,
    submission_shapes::Submission,
    periods::PeriodLine,
    periods::ClosePeriod,
    procedures::Procedure,
    procedures::ProcedureTerms,
    procedures::ProcedureTerm,
    calendar::CalendarYear,
    calendar::CalendarYearDay,
    deliveries::DeliveryNotice
)))]
struct Shapes;

/// `GET /api/openapi.json`
pub async fn handler() -> HttpResponse {
    HttpResponse::Ok().json(document())
}

/// The OpenAPI 3.1 document.
#[must_use]
pub fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes::all().filter(|route| route.path.starts_with("/api/v1") || route.path.starts_with("/health")) {
        for (path, operation) in operations(route) {
            let entry = paths.entry(path).or_insert_with(|| json!({}));
            if let Some(methods) = entry.as_object_mut() {
                methods.insert(route.method.as_str().to_lowercase(), operation);
            }
        }
    }
    let shapes = serde_json::to_value(Shapes::openapi().components).unwrap_or_default();
    let schemas = shapes.get("schemas").cloned().unwrap_or_default();
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Đúng Hẹn", "version": env!("CARGO_PKG_VERSION") },
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } },
        },
    })
}

const VERBS: &[&str] = &[
    "supplement-request",
    "supplement",
    "obligation-request",
    "obligation",
    "delay",
    "readiness",
    "result",
    "return",
    "withdrawal",
    "stop",
    "hand-over",
    "consultation",
    "consultation-answer",
    "loss",
    "reassign",
];

const SUBMISSION_VERBS: &[&str] = &["acceptance", "return", "completion", "refusal"];

/// A row of the table as operations; the row of the verbs is one operation for each verb.
fn operations(route: &Route) -> Vec<(String, Value)> {
    if route.path.ends_with("/{verb}") {
        let path = |verb: &&str| route.path.replace("{verb}", verb);
        let verbs = if route.path.contains("/submissions/") { SUBMISSION_VERBS } else { VERBS };
        return verbs.iter().map(|verb| (path(verb), operation(route, &["code"]))).collect();
    }
    let names: Vec<&str> =
        ["code", "id"].into_iter().filter(|name| route.path.contains(&format!("{{{name}}}"))).collect();
    vec![(route.path.to_owned(), operation(route, &names))]
}

fn operation(route: &Route, path_names: &[&str]) -> Value {
    let (request, answer, query) = shape_of(route);
    let mut parameters: Vec<Value> = path_names
        .iter()
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    parameters.extend(query.iter().map(|name| json!({ "name": name, "in": "query", "schema": { "type": "string" } })));
    let creates =
        ["/api/v1/dossiers", "/api/v1/submissions", "/api/v1/periods"].contains(&route.path) && request.is_some();
    let status = if creates { "201" } else { "200" };
    let content = match answer {
        Some(name) => json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } }),
        None if route.path == "/api/v1/letters/{id}.pdf" => json!({ "application/pdf": {} }),
        None => json!({ "application/json": {} }),
    };
    let problem =
        json!({ "description": "problem document (RFC 9457)", "content": { "application/problem+json": {} } });
    let mut operation = json!({
        "parameters": parameters,
        "responses": { status: { "description": "done", "content": content }, "default": problem },
    });
    if let (Some(name), Some(fields)) = (request, operation.as_object_mut()) {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        fields.insert("requestBody".to_owned(), json!({ "content": { "application/json": { "schema": schema } } }));
    }
    if let (Access::Public, Some(fields)) = (route.access, operation.as_object_mut()) {
        fields.insert("security".to_owned(), json!([]));
    }
    operation
}

/// Request shape, answer shape and query names of a row.
fn shape_of(route: &Route) -> (Option<String>, Option<String>, &'static [&'static str]) {
    let name = |text: std::borrow::Cow<'static, str>| Some(text.into_owned());
    let post = route.method == actix_web::http::Method::POST;
    match route.path {
        "/api/v1/dossiers" if post => (name(shapes::NewDossier::name()), name(shapes::Logged::name()), &[]),
        "/api/v1/dossiers" => (None, None, &["state", "unit", "officer", "due_before", "q", "sort", "cursor", "limit"]),
        "/api/v1/dossiers/{code}" => (None, name(shapes::Dossier::name()), &[]),
        "/api/v1/dossiers/{code}/{verb}" => (name(shapes::StepBody::name()), name(shapes::Dossier::name()), &[]),
        "/api/v1/dossiers/{code}/ledger" => (None, name(ledger::DossierLedger::name()), &["language"]),
        "/api/v1/dossiers/{code}/proof" => (None, name(proof::Proof::name()), &[]),
        "/api/v1/submissions" if post => {
            (name(submission_shapes::NewSubmission::name()), name(submission_shapes::Submitted::name()), &[])
        }
        "/api/v1/submissions" => (None, None, &["state", "q", "offset", "limit"]),
        "/api/v1/submissions/{code}" => (None, name(submission_shapes::Submission::name()), &[]),
        "/api/v1/submissions/{code}/{verb}" => (name(shapes::StepBody::name()), None, &[]),
        "/api/v1/reports/summary" | "/api/v1/reports/late" | "/api/v1/reports/online" | "/api/v1/reports/units" => {
            (None, None, &["from", "to", "as_of", "agency"])
        }
        "/api/v1/reports/province" => (None, None, &["from", "to", "as_of"]),
        "/api/v1/reports/index" | "/api/v1/reports/self-score" => (None, None, &["from", "to", "as_of", "agency"]),
        "/api/v1/reports/at-risk" => (None, None, &["unit", "agency", "as_of"]),
        "/api/v1/reports/06a" | "/api/v1/reports/reasons" | "/api/v1/reports/07a" => {
            (None, None, &["from", "to", "as_of", "agency", "by"])
        }
        "/api/v1/reports/procedures" => (None, None, &["from", "to", "as_of", "agency", "late_share"]),
        "/api/v1/periods" if post => (name(periods::ClosePeriod::name()), name(periods::PeriodLine::name()), &[]),
        "/api/v1/periods" => (None, None, &["agency"]),
        "/api/v1/periods/{id}" | "/api/v1/periods/{id}/delta" => (None, None, &["shape", "agency"]),
        "/api/v1/procedures" => (None, None, &["q", "sector"]),
        "/api/v1/procedures/{code}" => (None, name(procedures::Procedure::name()), &[]),
        "/api/v1/calendar" => (None, name(calendar::CalendarYear::name()), &["year"]),
        "/api/v1/letters/{id}/signature" => (name(letters::Signature::name()), name(shapes::Letter::name()), &[]),
        "/api/v1/deliveries" => (name(deliveries::DeliveryNotice::name()), None, &[]),
        "/api/v1/letters" => (None, None, &["state", "cursor", "limit"]),
        _ => (None, None, &[]),
    }
}
