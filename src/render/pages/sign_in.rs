//! `/dang-nhap`.

use askama::Template;

use super::ctx::Ctx;
use super::words::Role;

/// Why signing in did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInProblem {
    /// Unknown name or wrong password: never said which.
    Wrong,
    /// Too many failures in a row; minutes to wait.
    Locked { minutes: u32 },
    /// The session ended.
    Expired,
}

/// An account of the demonstration, offered for one click.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    pub username: String,
    pub password: String,
    pub role: Role,
    pub name: String,
}

/// Fields posted: `csrf`, `username`, `password`, `next`, `kept`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "sign_in.html")]
pub struct SignInPage {
    pub c: Ctx,
    pub problem: Option<SignInProblem>,
    pub username: String,
    /// Path to go on to.
    pub next: String,
    /// A form that was interrupted, sent on after signing in; empty: none.
    pub kept: String,
    pub demo_accounts: Vec<DemoAccount>,
}
