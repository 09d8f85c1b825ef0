//! `/ho-so`: the queue by urgency.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Chip, Choice};
use super::words::{Channel, Status};

/// Filter chips of the queue, by urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueState {
    Open,
    Overdue,
    Today,
    Tomorrow,
    Week,
    Waiting,
    NoPromise,
    /// paper that waits at the desk
    HandOver,
    /// a body that was asked is late
    Consultation,
    Done,
}

impl QueueState {
    pub const ALL: [Self; 10] = [
        Self::Open,
        Self::Overdue,
        Self::Today,
        Self::Tomorrow,
        Self::Week,
        Self::Waiting,
        Self::NoPromise,
        Self::HandOver,
        Self::Consultation,
        Self::Done,
    ];

    /// Value of the `state` parameter.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Week => "week",
            Self::Waiting => "waiting",
            Self::NoPromise => "no-promise",
            Self::HandOver => "hand-over",
            Self::Consultation => "consultation",
            Self::Done => "done",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Open => c.t("Đang giải quyết", "In progress"),
            Self::Overdue => c.t("Quá hạn", "Overdue"),
            Self::Today => c.t("Hôm nay", "Today"),
            Self::Tomorrow => c.t("Ngày mai", "Tomorrow"),
            Self::Week => c.t("Tuần này", "This week"),
            Self::Waiting => c.t("Đang chờ dân", "Waiting for applicant"),
            Self::NoPromise => c.t("Chưa có hẹn", "No promise"),
            Self::HandOver => c.t("Chờ bàn giao giấy", "Paper to hand over"),
            Self::Consultation => c.t("Chậm ý kiến", "Opinion late"),
            Self::Done => c.t("Đã xong", "Done"),
        }
    }

    /// Tone of the count.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Overdue => "bad",
            Self::Today | Self::Consultation => "warn",
            Self::Tomorrow | Self::Week | Self::HandOver => "soon",
            Self::Waiting => "wait",
            Self::Open | Self::NoPromise | Self::Done => "none",
        }
    }
}

/// One dossier of the list; instants are formatted texts.
#[derive(Debug, Clone)]
pub struct QueueRow {
    pub code: String,
    pub procedure: String,
    pub applicant: String,
    pub channel: Channel,
    pub received: String,
    pub due: Option<String>,
    pub new_due: Option<String>,
    /// The date in force rests on days that nobody published or confirmed yet.
    pub provisional: bool,
    pub status: Status,
    pub officer: Option<String>,
    /// In a list of late dossiers.
    pub lateness: Option<LatenessView>,
}

/// How late a dossier is, against the promise and against the law.
#[derive(Debug, Clone)]
pub struct LatenessView {
    /// Date of the statutory limit; `None` while it is unknown.
    pub by_law: Option<String>,
    pub promise: String,
    pub law: String,
}

/// Query parameters of its filter form: `state`, `q`, `unit`, `officer`; paging by `cursor`.
/// The search in the page head asks for `state=all`: then no chip is the current one.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "queue.html")]
pub struct QueuePage {
    pub c: Ctx,
    pub chips: Vec<Chip<QueueState>>,
    /// Code of the chosen chip, kept in the filter form.
    pub state: String,
    pub q: String,
    pub units: Vec<Choice>,
    pub officers: Vec<Choice>,
    /// What a report's link asks for beyond the filters, in words; shown above the list.
    pub narrowed: Option<String>,
    /// Whether the rows tell how late they are.
    pub late_list: bool,
    /// Number of dossiers that match, on all pages together.
    pub total: u64,
    pub rows: Vec<QueueRow>,
    /// Address of the next page of rows.
    pub next: Option<String>,
    pub may_log: bool,
}

impl QueuePage {
    /// True when a filter beyond the chip hides dossiers: the empty state then offers to drop it.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let chosen = |list: &[Choice]| list.iter().any(|x| x.selected && !x.value.is_empty());
        !self.q.is_empty() || chosen(&self.units) || chosen(&self.officers) || self.narrowed.is_some()
    }
}
