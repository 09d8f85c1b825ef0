//! What the next page says after something was done.

use super::pick;
use crate::render::pages::ctx::Lang;

/// What the next page says after something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Logged,
    Accepted,
    SentBack,
    Completed,
    Declined,
    Step,
    HandedOver,
    Told,
    Undone,
    Retried,
    /// So many messages.
    RetriedAll(u64),
    JobRan,
    ClockMoved,
    ClockRefused,
    Approved,
    Proposed,
    Applied,
    Acknowledged,
    NothingChosen,
    Signed,
    Refused,
    FilterSaved,
    Saved,
    Stayed,
    SessionsEnded,
    Enabled,
    PasswordChanged,
    Revoked,
    JobStarted,
    JobRunsAlready,
    KeptForAnother,
    DraftDropped,
    ImportDropped,
    NoUnit,
    PeriodClosed,
}

impl Done {
    /// Those without a number.
    pub const ALL: [Self; 34] = [
        Self::Logged,
        Self::Accepted,
        Self::SentBack,
        Self::Completed,
        Self::Declined,
        Self::Step,
        Self::HandedOver,
        Self::Told,
        Self::Undone,
        Self::Retried,
        Self::JobRan,
        Self::ClockMoved,
        Self::ClockRefused,
        Self::Approved,
        Self::Proposed,
        Self::Applied,
        Self::Acknowledged,
        Self::NothingChosen,
        Self::Signed,
        Self::Refused,
        Self::FilterSaved,
        Self::Saved,
        Self::Stayed,
        Self::SessionsEnded,
        Self::Enabled,
        Self::PasswordChanged,
        Self::Revoked,
        Self::JobStarted,
        Self::JobRunsAlready,
        Self::KeptForAnother,
        Self::DraftDropped,
        Self::ImportDropped,
        Self::NoUnit,
        Self::PeriodClosed,
    ];

    /// What travels in the cookie: the word, and its number.
    #[must_use]
    pub fn told(self) -> String {
        if let Self::RetriedAll(count) = self { format!("{}.{count}", self.code()) } else { self.code().to_owned() }
    }

    /// What a cookie tells.
    #[must_use]
    pub fn heard(told: &str) -> Option<Self> {
        match told.split_once('.') {
            Some((word, count)) => count.parse().ok().map(Self::RetriedAll).filter(|done| done.code() == word),
            None => Self::ALL.into_iter().find(|done| done.code() == told),
        }
    }

    /// Its word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Logged => "logged",
            Self::Accepted => "accepted",
            Self::SentBack => "sent-back",
            Self::Completed => "completed",
            Self::Declined => "declined",
            Self::Step => "step",
            Self::HandedOver => "handed-over",
            Self::Told => "told",
            Self::Undone => "undone",
            Self::Retried => "retried",
            Self::RetriedAll(_) => "retried-all",
            Self::JobRan => "job-ran",
            Self::ClockMoved => "clock-moved",
            Self::ClockRefused => "clock-refused",
            Self::Approved => "approved",
            Self::Proposed => "proposed",
            Self::Applied => "applied",
            Self::Acknowledged => "acknowledged",
            Self::NothingChosen => "nothing-chosen",
            Self::Signed => "signed",
            Self::Refused => "refused",
            Self::FilterSaved => "filter-saved",
            Self::Saved => "saved",
            Self::Stayed => "stayed",
            Self::SessionsEnded => "sessions-ended",
            Self::Enabled => "enabled",
            Self::PasswordChanged => "password-changed",
            Self::Revoked => "revoked",
            Self::JobStarted => "job-started",
            Self::JobRunsAlready => "job-runs",
            Self::KeptForAnother => "kept-for-another",
            Self::DraftDropped => "draft-dropped",
            Self::ImportDropped => "import-dropped",
            Self::NoUnit => "no-unit",
            Self::PeriodClosed => "period-closed",
        }
    }

    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table: one wording a message")]
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Logged => pick(lang, "Đã tiếp nhận hồ sơ.", "The dossier is logged."),
            Self::ImportDropped => pick(lang, "Đã xóa tệp nhập.", "The file is deleted."),
            Self::DraftDropped => pick(lang, "Đã bỏ phần nhập dở.", "The draft is dropped."),
            Self::Accepted => pick(
                lang,
                "Đã tiếp nhận hồ sơ trực tuyến; giấy tiếp nhận đang được gửi cho người nộp.",
                "The online file is accepted; its receipt is on the way to the applicant.",
            ),
            Self::SentBack => pick(
                lang,
                "Đã yêu cầu bổ sung; thời gian tiếp nhận dừng đến khi người nộp bổ sung.",
                "Sent back; the time for acceptance stands still until the applicant answers.",
            ),
            Self::Completed => pick(
                lang,
                "Đã ghi nhận bổ sung; thời gian tiếp nhận tính lại từ đầu.",
                "Recorded as completed; the time for acceptance starts afresh.",
            ),
            Self::Declined => pick(
                lang,
                "Đã ghi nhận không tiếp nhận; lý do đang được gửi cho người nộp.",
                "Declined; the reason is on the way to the applicant.",
            ),
            Self::Step => pick(lang, "Đã ghi nhận.", "Recorded."),
            Self::HandedOver => pick(lang, "Đã ghi nhận giao phiếu.", "The letter is recorded as handed over."),
            Self::Told => pick(lang, "Đã ghi nhận báo cho người dân.", "Recorded: the person was told."),
            Self::Undone => pick(lang, "Đã hoàn tác: việc lại chờ tại bàn.", "Undone: it waits at the desk again."),
            Self::Retried => pick(lang, "Tin sẽ được gửi lại ở lượt tới.", "It will be sent again at the next run."),
            Self::RetriedAll(count) => match lang {
                Lang::Vi => format!("{count} tin sẽ được gửi lại ở lượt tới."),
                Lang::En => format!("Messages that will be sent again: {count}."),
            },
            Self::JobRan => pick(lang, "Đã chạy xong.", "The job has run."),
            Self::ClockMoved => pick(
                lang,
                "Đồng hồ đã chạy tới; thông báo và phiếu đến hạn đã được lập.",
                "The clock has moved; notices and letters that fell due were made.",
            ),
            Self::ClockRefused => pick(
                lang,
                "Đồng hồ mô phỏng chỉ chạy tới, mỗi lần không quá 31 ngày.",
                "The clock only moves forward, 31 days at most at once.",
            ),
            Self::Approved => pick(lang, "Đã duyệt; thay đổi có hiệu lực.", "Approved; the change holds."),
            Self::Proposed => pick(
                lang,
                "Đã gửi đề xuất; thay đổi có hiệu lực khi người khác duyệt.",
                "Proposed; it takes effect when somebody else approves it.",
            ),
            Self::Signed => pick(
                lang,
                "Đã ký: phiếu có số và đang được gửi cho người nộp.",
                "Signed: the letter has its number and is on the way to the applicant.",
            ),
            Self::Refused => {
                pick(lang, "Đã trả lại phiếu cho công chức xử lý.", "The letter went back to the handling officer.")
            }
            Self::FilterSaved => {
                pick(lang, "Đã lưu bộ lọc; tên của nó đứng trên danh sách.", "Saved; its name stands above the list.")
            }
            Self::Saved => pick(lang, "Đã lưu.", "Saved."),
            Self::Stayed => pick(lang, "Đã gia hạn phiên làm việc.", "The session lasts longer now."),
            Self::SessionsEnded => {
                pick(lang, "Đã kết thúc mọi phiên của tài khoản.", "All sessions of the account have ended.")
            }
            Self::Enabled => pick(lang, "Đã mở lại tài khoản.", "The account is enabled."),
            Self::PasswordChanged => pick(lang, "Đã đổi mật khẩu.", "The password is changed."),
            Self::Revoked => pick(lang, "Đã thu hồi mã truy cập.", "The token is revoked."),
            Self::JobStarted => pick(
                lang,
                "Đang chạy; tải lại trang để xem tiến độ.",
                "It runs; load the page again to see how far it is.",
            ),
            Self::JobRunsAlready => {
                pick(lang, "Việc này đang chạy từ trước: hãy đợi nó xong.", "It runs already: wait until it has ended.")
            }
            Self::KeptForAnother => pick(
                lang,
                "Biểu mẫu đang gửi dở là của tài khoản khác nên đã bỏ, chưa có gì được ghi.",
                "The interrupted form belongs to another account and was dropped; nothing was saved.",
            ),
            Self::NoUnit => pick(
                lang,
                "Tài khoản chưa thuộc đơn vị nào nên chưa có bảng của đơn vị; quản trị viên gán đơn vị ở trang Tài khoản.",
                "The account belongs to no unit yet, so there is no board; an administrator names its unit on the page Accounts.",
            ),
            Self::PeriodClosed => pick(lang, "Đã ký chốt kỳ báo cáo.", "The period is signed and closed."),
            Self::Applied => pick(lang, "Đã áp dụng thay đổi.", "The change holds."),
            Self::Acknowledged => pick(lang, "Đã xác nhận nhận thông báo.", "Acknowledged."),
            Self::NothingChosen => {
                pick(lang, "Chưa chọn thông báo nào: hãy đánh dấu rồi xác nhận.", "Nothing chosen: tick alerts first.")
            }
        }
    }
}
