//! HTTP: pages under `/`, the machine interface under `/api/v1`. Reads, and calls the office's verbs;
//! writes nothing itself and computes no date.

pub mod api;
pub mod caller;
pub mod carried;
pub mod guard;
pub mod incoming;
pub mod lookups;
pub mod openapi;
pub mod pages;
pub mod posted;
pub mod problem;
pub mod routes;
pub mod scope;
pub mod site;
pub mod upload;
pub mod visits;
pub mod warm;
