//! `/cong-viec`: the timetable of what runs by itself.

use askama::Template;

use super::ctx::Ctx;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunResult {
    Running,
    Done,
    Failed,
}

impl RunResult {
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Running => "soon",
            Self::Done => "good",
            Self::Failed => "bad",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Running => "clock",
            Self::Done => "check",
            Self::Failed => "alarm",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Running => c.t("Đang chạy", "Running"),
            Self::Done => c.t("Xong", "Done"),
            Self::Failed => c.t("Lỗi", "Failed"),
        }
    }
}

#[derive(Debug, Clone)]
pub struct JobRun {
    pub started: String,
    pub finished: Option<String>,
    pub result: RunResult,
    /// What came of it: `12 thông báo, 3 phiếu xin lỗi`, or the error.
    pub detail: String,
}

#[derive(Debug, Clone)]
pub struct JobRow {
    /// Name in settings and in the address: `sweep`.
    pub name: String,
    pub title: String,
    pub description: String,
    pub cron: String,
    pub last: Option<JobRun>,
    /// Rows done of all there are, while it runs here; a total of 0: not known.
    pub progress: Option<(u64, u64)>,
    /// `None` when switched off.
    pub next: Option<String>,
}

/// POST `/cong-viec/{name}/chay` with `csrf`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "jobs.html")]
pub struct JobsPage {
    pub c: Ctx,
    pub rows: Vec<JobRow>,
}
