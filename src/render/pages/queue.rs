//! `/ho-so`: the queue by urgency.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Chip, Choice};
use super::several::Act;
use super::words::{Channel, Status};

/// Finished dossiers are counted up to here.
pub const COUNTED: u64 = 1_000;

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
    /// As the person sees it: a step on several is refused where somebody was faster.
    pub revision: i32,
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

/// Query parameters of its filter form: `state`, `q`, `unit`, `officer`, `sort`; paging by `cursor`, `before`.
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
    /// Empty in a list that a report's link opened.
    pub tools: QueueTools,
}

/// A filter that the person saved.
#[derive(Debug, Clone)]
pub struct SavedLink {
    pub name: String,
    pub href: String,
    pub current: bool,
}

/// What the queue offers besides its rows.
#[derive(Debug, Clone, Default)]
pub struct QueueTools {
    pub sorts: Vec<Choice>,
    pub saved: Vec<SavedLink>,
    /// The filters of this address, to be saved under a name; empty: not offered.
    pub query: String,
    /// Address of the page before.
    pub previous: Option<String>,
    /// There are more than `total`: nobody counted on.
    pub more: bool,
    /// What may be done to the ticked rows.
    pub acts: Vec<Act>,
}

impl QueuePage {
    /// The number of a chip; none while searching, when only what was found is looked at.
    #[must_use]
    pub fn number(&self, chip: &Chip<QueueState>) -> Option<String> {
        let known = self.q.is_empty().then(|| self.c.n(&chip.count))?;
        let more = chip.count >= COUNTED && chip.key == QueueState::Done;
        Some(if more { format!("{known}+") } else { known })
    }

    #[must_use]
    pub fn is_overdue_list(&self) -> bool {
        self.state == QueueState::Overdue.code()
    }

    #[must_use]
    pub fn is_waiting_list(&self) -> bool {
        self.state == QueueState::Waiting.code()
    }
    /// True when a filter beyond the chip hides dossiers: the empty state then offers to drop it.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let chosen = |list: &[Choice]| list.iter().any(|x| x.selected && !x.value.is_empty());
        !self.q.is_empty() || chosen(&self.units) || chosen(&self.officers) || self.narrowed.is_some()
    }
}
