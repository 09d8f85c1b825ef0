//! `/bang-thong-bao`, the board for the screen in the hall: codes and initials, and nothing else of anybody.

use askama::Template;

use super::ctx::Ctx;

/// A dossier on the board.
#[derive(Debug, Clone)]
pub struct HallRow {
    pub code: String,
    pub initials: String,
    /// A day, or an hour of today.
    pub when: String,
}

/// A part of the board: the lines of this turn, of so many.
#[derive(Debug, Clone, Default)]
pub struct HallPart {
    pub rows: Vec<HallRow>,
    pub count: u64,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "hall.html")]
pub struct HallPage {
    pub c: Ctx,
    /// When it was read: `10:40 28/11/2026`.
    pub at: String,
    pub ready: HallPart,
    pub today: HallPart,
    pub rescheduled: HallPart,
    /// From 1.
    pub turn: usize,
    pub turns: usize,
    pub turn_seconds: u32,
    /// The next turn, the first again after the last.
    pub next: String,
    pub statistics: bool,
}

impl HallPage {
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &'static str, &str, &str, &HallPart); 3] {
        let c = &self.c;
        [
            (
                "good",
                "check",
                c.t("Mời nhận kết quả", "Ready to collect"),
                c.t("Chưa có kết quả chờ nhận.", "No result waits."),
                &self.ready,
            ),
            (
                "soon",
                "clock",
                c.t("Hẹn trả hôm nay", "Expected today"),
                c.t("Hôm nay không có hồ sơ đến hẹn.", "Nothing is expected today."),
                &self.today,
            ),
            (
                "warn",
                "letter",
                c.t("Đã xin lỗi và hẹn lại ngày", "Rescheduled, with apology"),
                c.t("Không có hồ sơ phải hẹn lại.", "Nothing was rescheduled."),
                &self.rescheduled,
            ),
        ]
    }
}
