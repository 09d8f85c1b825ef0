//! The machine interface under `/api/v1`, as `docs/api.md` and `/api/openapi.json` describe it.

pub mod calendar;
pub mod deliveries;
pub mod dossiers;
pub mod health;
pub mod late;
pub mod ledger;
pub mod letters;
pub mod periods;
pub mod procedures;
pub mod proof;
pub mod reports;
pub mod shapes;
pub mod submission_shapes;
pub mod submissions;
