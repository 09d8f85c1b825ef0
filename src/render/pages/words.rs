//! Words for the closed lists of the program, in both languages, with their icon and tone.
//! `web` maps domain values onto these; nothing here decides anything.

use super::ctx::Ctx;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident => $vi:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($variant,)+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The Vietnamese word, for forms and letters that have one language.
            #[must_use]
            pub fn vi(&self) -> &'static str {
                match self { $(Self::$variant => $vi,)+ }
            }

            /// The English word.
            #[must_use]
            pub fn en(&self) -> &'static str {
                match self { $(Self::$variant => $en,)+ }
            }

            #[must_use]
            pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
                match self { $(Self::$variant => c.t($vi, $en),)+ }
            }
        }
    };
}

mod proof;
mod sending;

pub use proof::{Label, LetterName, LetterWord, NoLetter, TaskEndWord, TaskWord, ToldWord};
pub use sending::{AttemptWord, Hearer, LetterWay, MessageKind, SendState, TakenWay};

words! {
    /// Role of an account.
    Role {
        Clerk => "Công chức tiếp nhận", "Receiving officer";
        Officer => "Công chức xử lý", "Handling officer";
        Supervisor => "Phụ trách đơn vị", "Supervisor";
        Manager => "Lãnh đạo", "Manager";
        Admin => "Quản trị", "Administrator";
    }
}

words! {
    /// How a dossier was filed.
    Channel {
        Online => "Trực tuyến", "Online";
        Counter => "Trực tiếp", "At the counter";
        Post => "Bưu chính", "By post";
    }
}

impl Channel {
    /// Value in forms and in the API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Counter => "counter",
            Self::Post => "post",
        }
    }

    /// Name of the icon, the same word as the code.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        self.code()
    }
}

words! {
    /// Where a dossier stands, as a clerk sees it.
    Standing {
        Overdue => "Quá hạn", "Overdue";
        Rescheduled => "Đã hẹn lại", "Rescheduled";
        Today => "Hôm nay", "Today";
        Tomorrow => "Ngày mai", "Tomorrow";
        ThisWeek => "Tuần này", "This week";
        Later => "Trong hạn", "In time";
        WaitingApplicant => "Chờ dân bổ sung", "Waiting for applicant";
        WaitingPayment => "Chờ nghĩa vụ tài chính", "Waiting for payment";
        NoPromise => "Chưa có hẹn", "No promise";
        Early => "Xong trước hạn", "Done early";
        OnTime => "Xong đúng hạn", "Done on time";
        Late => "Xong quá hạn", "Done late";
        Returned => "Đã trả kết quả", "Returned";
        Withdrawn => "Đã rút", "Withdrawn";
        Stopped => "Đã dừng", "Stopped";
        Accepted => "Đã tiếp nhận", "Accepted";
        NotAccepted => "Không tiếp nhận", "Declined";
    }
}

impl Standing {
    /// Class of the badge; the colour never stands without icon and word.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Overdue => "bad",
            Self::Today | Self::Rescheduled | Self::Late => "warn",
            Self::Tomorrow | Self::ThisWeek => "soon",
            Self::Later => "calm",
            Self::WaitingApplicant | Self::WaitingPayment => "wait",
            Self::Early | Self::OnTime | Self::Returned | Self::Accepted => "good",
            Self::NoPromise | Self::Withdrawn | Self::Stopped | Self::NotAccepted => "none",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Overdue => "alarm",
            Self::Rescheduled => "again",
            Self::Today | Self::Tomorrow | Self::ThisWeek | Self::Later => "clock",
            Self::WaitingApplicant => "pause",
            Self::WaitingPayment => "coin",
            Self::NoPromise => "question",
            Self::Early | Self::OnTime | Self::Returned | Self::Accepted => "check",
            Self::Late => "check-late",
            Self::Withdrawn | Self::Stopped | Self::NotAccepted => "stop",
        }
    }
}

words! {
    /// A broken promise held against the statutory limit, where that is another date.
    ByLaw {
        Within => "quá hẹn nhưng trong hạn luật định", "late by our promise, within the statutory limit";
        Past => "quá cả hạn luật định", "past the statutory limit too";
    }
}

/// A dossier's standing with the working time that goes with it.
#[derive(Debug, Clone)]
pub struct Status {
    pub standing: Standing,
    /// From [`super::time::left`] or [`super::time::over`], e.g. `còn 2 ngày 3 giờ làm việc`.
    pub remaining: Option<String>,
    /// Only of a broken promise that was shorter than the law's limit.
    pub by_law: Option<ByLaw>,
}

words! {
    /// What happened to a dossier.
    EventKind {
        SubmittedOnline => "Nộp trực tuyến", "Submitted online";
        SentBack => "Yêu cầu bổ sung trước khi tiếp nhận", "Sent back before acceptance";
        Completed => "Người nộp đã bổ sung", "Completed by the applicant";
        NotAccepted => "Không tiếp nhận", "Not accepted";
        Received => "Tiếp nhận hồ sơ", "Dossier received";
        PromiseMade => "Tính ngày hẹn trả", "Promise computed";
        SupplementAsked => "Yêu cầu bổ sung hồ sơ", "Supplement requested";
        Supplemented => "Đã nhận bổ sung, tính lại từ đầu", "Supplement received, time restarts";
        ObligationAsked => "Yêu cầu nghĩa vụ tài chính", "Payment requested";
        ObligationMet => "Đã hoàn thành nghĩa vụ tài chính", "Payment made";
        DelayDeclared => "Báo trễ hẹn", "Delay declared";
        Rescheduled => "Hẹn lại ngày trả", "New promise made";
        Redated => "Dời ngày hẹn theo lịch nghỉ", "Date moved by the calendar";
        NoticeSent => "Gửi thông báo nội bộ", "Notice sent";
        LetterIssued => "Gửi phiếu xin lỗi", "Letter of apology sent";
        ResultReady => "Có kết quả", "Result ready";
        Returned => "Trả kết quả", "Result returned";
        Withdrawn => "Người nộp rút hồ sơ", "Withdrawn by applicant";
        Stopped => "Dừng giải quyết", "Handling stopped";
        Corrected => "Đính chính", "Correction";
        HandedOver => "Bàn giao hồ sơ giấy", "Paper handed over";
        ConsultationAsked => "Lấy ý kiến cơ quan khác", "Another body asked";
        ConsultationAnswered => "Đã nhận ý kiến", "Opinion received";
        ReadyConfirmed => "Xác nhận sẽ kịp hạn", "Confirmed: in time";
        LetterDrafted => "Dự thảo phiếu xin lỗi, chờ ký", "Letter drafted, to be signed";
        LetterRefused => "Không ký phiếu xin lỗi", "Letter refused";
        LossDeclared => "Báo mất, hỏng hoặc sai sót", "Loss or error declared";
        Reassigned => "Chuyển đơn vị, cán bộ", "Passed on";
    }
}

impl EventKind {
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Received => "inbox",
            Self::SubmittedOnline => "online",
            Self::PromiseMade | Self::Redated => "calendar",
            Self::SupplementAsked | Self::SentBack => "pause",
            Self::ObligationAsked | Self::ObligationMet => "coin",
            Self::DelayDeclared | Self::LossDeclared => "alarm",
            Self::Supplemented | Self::Completed | Self::Rescheduled => "again",
            Self::NoticeSent => "send",
            Self::LetterIssued | Self::LetterDrafted => "letter",
            Self::ResultReady | Self::Returned | Self::ReadyConfirmed => "check",
            Self::Withdrawn | Self::Stopped | Self::NotAccepted | Self::LetterRefused => "stop",
            Self::Corrected | Self::HandedOver => "file",
            Self::ConsultationAsked | Self::ConsultationAnswered | Self::Reassigned => "people",
        }
    }
}

words! {
    /// Who filled a file in and handed it in.
    FiledBy {
        Itself => "Tự khai", "The applicant";
        Assisted => "Cán bộ nhập giúp", "Filled in by the office with the applicant";
        Representative => "Người được ủy quyền", "Somebody authorised";
    }
}

impl FiledBy {
    /// Value of the form.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Itself => "self",
            Self::Assisted => "assisted",
            Self::Representative => "representative",
        }
    }
}

words! {
    /// How the office's work on a dossier ended.
    Outcome {
        Granted => "Giải quyết, cấp kết quả", "Granted";
        Refused => "Từ chối giải quyết", "Refused";
    }
}

impl Outcome {
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }
}
