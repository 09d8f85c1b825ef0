//! Who asks: known from the session cookie or the API token, put into the request by the guard.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::domain::role::Right;
use crate::office::Actor;
use crate::office::entering::Waiting;
use crate::store::people::Account;

use super::problem::Problem;

/// The cookie that holds the session's secret.
pub const COOKIE: &str = "dunghen_session";

/// How the caller proved who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A browser session; its forms must carry this token.
    Session { csrf: String, ends: crate::domain::time::Instant },
    /// An API token, which no browser sends by itself.
    Token,
}

/// A signed-in person or program.
#[derive(Debug, Clone)]
pub struct Caller {
    pub account: Account,
    pub proof: Proof,
    /// What waits for this person, told in the navigation; nothing for an API token.
    pub waiting: Waiting,
}

impl Caller {
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.account.role.may(right)
    }

    /// Signed in with a password that somebody else set.
    #[must_use]
    pub fn must_change(&self) -> bool {
        self.account.must_change && self.proof != Proof::Token
    }

    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Account { id: self.account.id.clone(), username: self.account.username.clone() }
    }

    /// The token that forms of this session carry; empty for an API token.
    #[must_use]
    pub fn csrf(&self) -> &str {
        match &self.proof {
            Proof::Session { csrf, .. } => csrf,
            Proof::Token => "",
        }
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(request.extensions().get::<Self>().cloned().ok_or_else(Problem::unauthorised))
    }
}
