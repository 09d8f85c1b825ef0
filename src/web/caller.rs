//! Who asks: known from the session cookie or the API token, put into the request by the guard.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::domain::role::Right;
use crate::office::entering::Entering;
use crate::office::entering::Waiting;
use crate::office::scope::Standing;
use crate::office::{Actor, Office, OfficeResult};
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
    /// Their agency looks across all of them.
    pub oversees: bool,
    /// What all agencies share is changed by theirs.
    pub leads: bool,
    /// They look at another agency than theirs with this request.
    pub visits: bool,
}

impl Caller {
    /// Who came with a session.
    ///
    /// # Errors
    /// The database.
    pub fn entered(office: &Office, entering: Entering) -> OfficeResult<Self> {
        let Entering { session, account, waiting } = entering;
        let proof = Proof::Session { csrf: session.csrf, ends: session.expires_at };
        Self::of(office, account, proof, waiting)
    }

    /// Who came, and what their agency is among the others.
    ///
    /// # Errors
    /// The database.
    pub fn of(office: &Office, account: Account, proof: Proof, waiting: Waiting) -> OfficeResult<Self> {
        let standing = if office.is_shared() { office.standing(&account)? } else { Standing::Alone };
        let (oversees, leads) = (standing == Standing::Oversees, standing != Standing::Follows);
        Ok(Self { account, proof, waiting, oversees, leads, visits: false })
    }

    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        let looks = matches!(right, Right::Read | Right::Report | Right::Audit);
        self.account.role.may(right) && (looks || !self.visits)
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
