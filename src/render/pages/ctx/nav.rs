//! The places of the side menu.

use super::Ctx;

/// An entry of the main navigation; `web` lists those the role may open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    Overview,
    Board,
    Mine,
    Queue,
    Alerts,
    Reception,
    Intake,
    Desk,
    Letters,
    Summary,
    Province,
    Procedures,
    Calendar,
    TimeRules,
    Ladder,
    Proposals,
    Agency,
    Outbox,
    Jobs,
    Mailbox,
    Administration,
}

impl Nav {
    pub const ALL: [Self; 21] = [
        Self::Overview,
        Self::Board,
        Self::Mine,
        Self::Queue,
        Self::Alerts,
        Self::Reception,
        Self::Intake,
        Self::Desk,
        Self::Letters,
        Self::Summary,
        Self::Province,
        Self::Procedures,
        Self::Calendar,
        Self::TimeRules,
        Self::Ladder,
        Self::Proposals,
        Self::Agency,
        Self::Outbox,
        Self::Jobs,
        Self::Mailbox,
        Self::Administration,
    ];

    #[must_use]
    pub fn href(&self) -> &'static str {
        match self {
            Self::Overview => "/dieu-hanh",
            Self::Board => "/don-vi-toi",
            Self::Mine => "/viec-cua-toi",
            Self::Queue => "/ho-so",
            Self::Alerts => "/bao-dong",
            Self::Reception => "/truc-tuyen",
            Self::Intake => "/ho-so/moi",
            Self::Desk => "/viec",
            Self::Letters => "/thu",
            Self::Summary => "/bao-cao",
            Self::Province => "/tinh",
            Self::Procedures => "/thu-tuc",
            Self::Calendar => "/lich",
            Self::TimeRules => "/quy-tac",
            Self::Ladder => "/bac-thang",
            Self::Proposals => "/de-xuat",
            Self::Agency => "/don-vi",
            Self::Outbox => "/hop-di",
            Self::Jobs => "/cong-viec",
            Self::Mailbox => "/thu-mau",
            Self::Administration => "/quan-tri",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Overview => "home",
            Self::Board | Self::Agency => "people",
            Self::Mine | Self::Proposals => "check",
            Self::Queue => "stack",
            Self::Alerts | Self::Ladder => "alarm",
            Self::Reception => "online",
            Self::Intake => "plus",
            Self::Desk => "print",
            Self::Letters => "letter",
            Self::Summary | Self::Province => "chart",
            Self::Procedures => "book",
            Self::Calendar => "calendar",
            Self::TimeRules => "pause",
            Self::Outbox => "send",
            Self::Jobs => "clock",
            Self::Mailbox => "inbox",
            Self::Administration => "lock",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Overview => c.t("Điều hành", "Overview"),
            Self::Board => c.t("Đơn vị tôi", "My unit"),
            Self::Mine => c.t("Việc của tôi", "My work"),
            Self::Queue => c.t("Hồ sơ", "Dossiers"),
            Self::Alerts => c.t("Báo động", "Alerts"),
            Self::Reception => c.t("Chờ tiếp nhận", "To accept"),
            Self::Intake => c.t("Tiếp nhận mới", "New dossier"),
            Self::Desk => c.t("Việc tại bàn", "Desk tasks"),
            Self::Letters => c.t("Phiếu xin lỗi", "Letters"),
            Self::Summary => c.t("Báo cáo", "Report"),
            Self::Province => c.t("Toàn tỉnh", "The province"),
            Self::Procedures => c.t("Thủ tục", "Procedures"),
            Self::Calendar => c.t("Lịch làm việc", "Calendar"),
            Self::TimeRules => c.t("Quy tắc thời hạn", "Time rules"),
            Self::Ladder => c.t("Bậc thang nhắc việc", "Ladder of notices"),
            Self::Proposals => c.t("Đề xuất", "Proposals"),
            Self::Agency => c.t("Đơn vị, cán bộ", "Units, people"),
            Self::Outbox => c.t("Hộp gửi đi", "Outbox"),
            Self::Jobs => c.t("Việc tự chạy", "Jobs"),
            Self::Mailbox => c.t("Hộp thư mẫu", "Demo mailbox"),
            Self::Administration => c.t("Quản trị", "Administration"),
        }
    }

    /// True where a thin rule is drawn above the entry: work, look-up, machine room.
    #[must_use]
    pub fn opens_group(&self) -> bool {
        matches!(self, Self::Procedures | Self::Outbox)
    }
}
