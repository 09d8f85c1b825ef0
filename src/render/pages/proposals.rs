//! `/de-xuat`: changes of rules that wait for a second person, and what became of the others.

use askama::Template;

use super::ctx::Ctx;

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalStanding {
    Waiting,
    Approved,
    Refused,
    Withdrawn,
}

impl ProposalStanding {
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Waiting => "soon",
            Self::Approved => "good",
            Self::Refused => "bad",
            Self::Withdrawn => "quiet",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Waiting => "clock",
            Self::Approved => "check",
            Self::Refused => "stop",
            Self::Withdrawn => "again",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Waiting => c.t("Chờ duyệt", "Waiting"),
            Self::Approved => c.t("Đã duyệt", "Approved"),
            Self::Refused => c.t("Không duyệt", "Refused"),
            Self::Withdrawn => c.t("Đã rút", "Withdrawn"),
        }
    }
}

/// What a proposal changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalSubject {
    Calendar,
    Procedures,
    TimeRules,
    Ladder,
    Correction,
}

impl ProposalSubject {
    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Calendar => c.t("Lịch làm việc", "Calendar"),
            Self::Procedures => c.t("Thủ tục", "Procedures"),
            Self::TimeRules => c.t("Quy tắc thời hạn", "Time rules"),
            Self::Ladder => c.t("Bậc nhắc việc", "Ladder of notices"),
            Self::Correction => c.t("Đính chính hồ sơ", "Correction of a dossier"),
        }
    }
}

#[derive(Debug, Clone)]
pub struct ProposalRow {
    pub id: String,
    pub subject: ProposalSubject,
    pub title: String,
    pub standing: ProposalStanding,
    pub proposed_by: String,
    pub proposed: String,
    pub decided_by: String,
    pub decided: Option<String>,
    /// Why it was refused.
    pub note: String,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "proposals.html")]
pub struct ProposalsPage {
    pub c: Ctx,
    pub rows: Vec<ProposalRow>,
}

/// One thing that the change would do.
#[derive(Debug, Clone)]
pub struct DifferenceRow {
    pub what: String,
    /// Empty: new.
    pub before: String,
    /// Empty: taken away.
    pub after: String,
}

/// What the person who looks may do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayDecide {
    /// Approve or refuse.
    Yes,
    /// Their own: withdraw only.
    Own,
    No,
}

/// POST `/de-xuat/{id}/duyet` with `csrf`, `base`; `/tu-choi` with `note`; `/rut`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "proposal.html")]
pub struct ProposalPage {
    pub c: Ctx,
    pub row: ProposalRow,
    pub differences: Vec<DifferenceRow>,
    pub may: MayDecide,
    /// From when it would hold; `None` for a calendar, whose days say so.
    pub from: Option<String>,
    /// The rules it is shown against.
    pub base: String,
    /// The rules changed since it was proposed.
    pub outdated: bool,
    /// The dossier that it corrects.
    pub dossier: Option<String>,
    /// Where its further effects can be seen, e.g. the dossiers that a calendar re-dates.
    pub effects: Option<String>,
}

impl ProposalPage {
    #[must_use]
    pub fn may_decide(&self) -> bool {
        self.may == MayDecide::Yes
    }

    #[must_use]
    pub fn is_own(&self) -> bool {
        self.may == MayDecide::Own
    }
}
