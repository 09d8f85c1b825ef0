//! The addresses of the machine interface.

use actix_web::web;

use crate::web::api::{
    calendar as api_calendar, deliveries as api_deliveries, dossiers as api_dossiers, health, late as api_late,
    ledger as api_ledger, letters as api_letters, periods as api_periods, procedures as api_procedures,
    proof as api_proof, reports as api_reports, submissions as api_submissions,
};
use crate::web::openapi;

use super::{ACROSS, Access, CLOSE, INTAKE, OPERATE, PROGRESS, READ, REPORT, Route, SIGN, get, post};

/// The machine interface.
pub(super) static API: &[Route] = &[
    get("/api/openapi.json", Access::Public, || web::get().to(openapi::handler)),
    post("/api/v1/dossiers", INTAKE, || web::post().to(api_dossiers::create)),
    get("/api/v1/dossiers", READ, || web::get().to(api_dossiers::list)),
    get("/api/v1/dossiers/{code}", READ, || web::get().to(api_dossiers::one)),
    get("/api/v1/dossiers/{code}/events", READ, || web::get().to(api_dossiers::events)),
    get("/api/v1/dossiers/{code}/ledger", READ, || web::get().to(api_ledger::ledger)),
    get("/api/v1/dossiers/{code}/proof", READ, || web::get().to(api_proof::one)),
    get("/api/v1/dossiers/{code}/letters", READ, || web::get().to(api_dossiers::letters)),
    post("/api/v1/dossiers/{code}/{verb}", PROGRESS, || web::post().to(api_dossiers::step)),
    post("/api/v1/submissions", INTAKE, || web::post().to(api_submissions::create)),
    get("/api/v1/submissions", READ, || web::get().to(api_submissions::list)),
    get("/api/v1/submissions/{code}", READ, || web::get().to(api_submissions::one)),
    post("/api/v1/submissions/{code}/{verb}", INTAKE, || web::post().to(api_submissions::step)),
    get("/api/v1/procedures", READ, || web::get().to(api_procedures::list)),
    get("/api/v1/procedures/{code}", READ, || web::get().to(api_procedures::one)),
    get("/api/v1/reports/summary", REPORT, || web::get().to(api_reports::summary)),
    get("/api/v1/reports/procedures", REPORT, || web::get().to(api_reports::procedures)),
    get("/api/v1/reports/06a", REPORT, || web::get().to(api_reports::form_06a)),
    get("/api/v1/reports/province", ACROSS, || web::get().to(api_reports::province)),
    get("/api/v1/reports/reasons", REPORT, || web::get().to(api_reports::reasons)),
    get("/api/v1/reports/07a", REPORT, || web::get().to(api_reports::form_07a)),
    get("/api/v1/reports/online", REPORT, || web::get().to(api_reports::online)),
    get("/api/v1/reports/units", REPORT, || web::get().to(api_reports::units)),
    get("/api/v1/reports/late", REPORT, || web::get().to(api_late::late)),
    get("/api/v1/reports/index", REPORT, || web::get().to(api_reports::index)),
    get("/api/v1/reports/self-score", REPORT, || web::get().to(api_reports::self_score)),
    get("/api/v1/reports/at-risk", REPORT, || web::get().to(api_reports::at_risk)),
    get("/api/v1/periods", REPORT, || web::get().to(api_periods::list)),
    post("/api/v1/periods", CLOSE, || web::post().to(api_periods::close)),
    get("/api/v1/periods/{id}", REPORT, || web::get().to(api_periods::frozen)),
    get("/api/v1/periods/{id}/delta", REPORT, || web::get().to(api_periods::delta)),
    get("/api/v1/calendar", READ, || web::get().to(api_calendar::year)),
    get("/api/v1/letters", READ, || web::get().to(api_letters::list)),
    get("/api/v1/letters/{id}.pdf", READ, || web::get().to(api_letters::pdf)),
    post("/api/v1/letters/{id}/signature", SIGN, || web::post().to(api_letters::sign)),
    post("/api/v1/deliveries", OPERATE, || web::post().to(api_deliveries::report)),
    get("/health/live", Access::Public, || web::get().to(health::live)),
    get("/health/ready", Access::Public, || web::get().to(health::ready)),
    get("/metrics", Access::Public, || web::get().to(health::metrics)),
];
