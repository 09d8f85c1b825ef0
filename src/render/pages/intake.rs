//! `/ho-so/moi`: log a file.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, FieldError, error_at};
use super::words::{Channel, FiledBy};

/// A procedure as found by the search box.
#[derive(Debug, Clone)]
pub struct ProcedureOption {
    pub code: String,
    pub name: String,
    /// `5 ngày làm việc`; `None` when the limit is missing.
    pub limit: Option<String>,
    /// The office's own shorter limit.
    pub commitment: Option<String>,
    /// Promise if received now: `17:00 thứ Ba 24/11/2026`.
    pub promise: Option<String>,
    /// The later date of the statutory limit, where the commitment makes the promise.
    pub by_law: Option<String>,
}

/// What the person typed, kept as typed.
#[derive(Debug, Clone, Default)]
pub struct IntakeInput {
    /// Code, or `code – name` as the list offers it.
    pub procedure: String,
    pub applicant_name: String,
    pub applicant_phone: String,
    pub applicant_email: String,
    pub applicant_address: String,
    pub channel: String,
    /// `datetime-local` value; empty means now.
    pub received_at: String,
    /// Code given elsewhere; empty means ours.
    pub code: String,
    /// Names of the flags that are on, of [`Flag::name`].
    pub flags: Vec<String>,
    /// `self`, `assisted`, `representative`; empty: the applicant.
    pub filed_by: String,
    pub representative_name: String,
    pub representative_phone: String,
    /// `applicant`, `representative`; empty: the applicant.
    pub addressee: String,
    /// A paper a line.
    pub papers: String,
}

/// Somebody who handed something in before.
#[derive(Debug, Clone)]
pub struct EarlierApplicant {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub address: String,
    /// Of their newest dossier.
    pub code: String,
}

/// `/ho-so/moi/nguoi-nop?q=…`: who handed something in before, fetched while typing.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "applicant_options.html")]
pub struct ApplicantOptions {
    pub options: Vec<EarlierApplicant>,
}

/// Facts of a dossier that figures rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    PaperSupplement,
    PresenceRequired,
    FeeDue,
    PaidOnline,
    CrossBoundary,
}

impl Flag {
    pub const ALL: [Self; 5] =
        [Self::PaperSupplement, Self::PresenceRequired, Self::FeeDue, Self::PaidOnline, Self::CrossBoundary];

    /// Name of the checkbox, whose value is `true`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::PaperSupplement => "paper_supplement",
            Self::PresenceRequired => "presence_required",
            Self::FeeDue => "fee_due",
            Self::PaidOnline => "paid_online",
            Self::CrossBoundary => "cross_boundary",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::PaperSupplement => c.t("Phải nộp thêm bản giấy", "Paper copies still needed"),
            Self::PresenceRequired => c.t("Phải đến trực tiếp", "Presence required"),
            Self::FeeDue => c.t("Có phí, lệ phí", "Fee due"),
            Self::PaidOnline => c.t("Đã nộp phí trực tuyến", "Fee paid online"),
            Self::CrossBoundary => c.t("Nộp phi địa giới (nơi cư trú ở xã khác)", "Filed outside the home commune"),
        }
    }
}

/// A form that was left half filled in.
#[derive(Debug, Clone)]
pub struct Left {
    /// `14:05 24/11/2026`.
    pub at: String,
    /// It is the one shown; else it is offered.
    pub is_back: bool,
}

/// What came of looking for earlier applicants.
#[derive(Debug, Clone)]
pub enum Earlier {
    Found(Vec<EarlierApplicant>),
    /// This account looked too often and has to wait so many seconds.
    TooOften(u32),
}

/// POST `/ho-so` with the fields of [`IntakeInput`], `unit`, `officer`, `csrf`,
/// `idempotency_key`; the button `step=preview` asks for the preview without logging.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "intake.html")]
pub struct IntakePage {
    pub c: Ctx,
    pub idempotency_key: String,
    pub input: IntakeInput,
    /// All procedures in force: the list of the search box works without script.
    pub procedures: Vec<ProcedureOption>,
    /// The chosen procedure with its promise, when known.
    pub preview: Option<ProcedureOption>,
    /// What the applicant wishes to be reached by first.
    pub ways: Vec<Choice>,
    pub units: Vec<Choice>,
    pub officers: Vec<Choice>,
    pub errors: Vec<FieldError>,
    /// What was asked for without script; `None`: nobody asked.
    pub earlier: Option<Earlier>,
    /// A form that was left half filled in.
    pub left: Option<Left>,
}

impl IntakePage {
    /// Who may have filled the file in.
    #[must_use]
    pub fn fillers(&self) -> &'static [FiledBy] {
        FiledBy::ALL
    }

    #[must_use]
    pub fn is_filled_by(&self, who: &FiledBy) -> bool {
        self.input.filed_by == who.code() || self.input.filed_by.is_empty() && who.code() == "self"
    }

    #[must_use]
    pub fn tells_representative(&self) -> bool {
        self.input.addressee == "representative"
    }

    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }

    #[must_use]
    pub fn is_on(&self, flag: &Flag) -> bool {
        self.input.flags.iter().any(|f| f == flag.name())
    }

    #[must_use]
    pub fn channels(&self) -> &'static [Channel] {
        Channel::ALL
    }

    #[must_use]
    pub fn flags(&self) -> [Flag; 5] {
        Flag::ALL
    }
}

/// `/thu-tuc?q=…&fragment=1`: the options of the search box, fetched while typing.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "procedure_options.html")]
pub struct ProcedureOptions {
    pub c: Ctx,
    pub options: Vec<ProcedureOption>,
}
