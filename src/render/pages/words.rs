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
    /// What a letter to a citizen is.
    LetterName {
        Apology => "Phiếu xin lỗi và hẹn lại", "Apology with a new day";
        LateResult => "Phiếu xin lỗi trả kết quả muộn", "Apology for a late result";
        Loss => "Phiếu xin lỗi do mất, hỏng, sai sót", "Apology for a loss or an error";
        SecondMiss => "Phiếu xin lỗi lỡ hẹn lần hai", "Apology for a second miss";
    }
}

words! {
    /// How a letter goes to a citizen.
    LetterWay {
        Mail => "Thư điện tử", "E-mail";
        Sms => "Tin nhắn", "Message";
        Zalo => "Zalo", "Zalo";
        Paper => "Bản in", "On paper";
    }
}

words! {
    /// Kind of a message to a person.
    MessageKind {
        DueSoon => "Sắp đến hạn", "Due soon";
        Overdue => "Quá hạn", "Overdue";
        Escalation => "Báo cáo lãnh đạo", "Escalation";
        Apology => "Phiếu xin lỗi", "Apology";
        Receipt => "Giấy tiếp nhận", "Receipt";
        Redated => "Dời ngày hẹn theo lịch", "Date moved by the calendar";
        AcceptanceDue => "Sắp hết giờ tiếp nhận", "Acceptance due";
        AcceptanceLate => "Quá giờ tiếp nhận", "Acceptance late";
        SubmissionReceived => "Đã nhận hồ sơ trực tuyến", "Online file arrived";
        SubmissionReturned => "Yêu cầu hoàn thiện hồ sơ", "Completion asked";
        SubmissionDeclined => "Từ chối tiếp nhận", "Not accepted";
        SupplementRequest => "Yêu cầu bổ sung", "Supplement request";
        SupplementReminder => "Nhắc bổ sung", "Supplement reminder";
        ClosedUnanswered => "Đóng hồ sơ không bổ sung", "Closed unanswered";
        CompletionLate => "Yêu cầu bổ sung muộn", "Completion asked late";
        ConsultationDue => "Sắp đến hạn lấy ý kiến", "Consultation due";
        ConsultationLate => "Chậm trả lời ý kiến", "Consultation late";
        HandOverLate => "Chậm bàn giao hồ sơ", "Hand-over late";
        CalendarMissing => "Thiếu lịch nghỉ năm tới", "Calendar missing";
        ApologyDue => "Đến lúc phải xin lỗi trước", "Apology due";
        StillOverdue => "Vẫn quá hạn", "Still overdue";
        Unacknowledged => "Chưa ai xác nhận", "Not acknowledged";
        Digest => "Bản tin buổi sáng", "Morning digest";
        LateResult => "Xin lỗi vì kết quả trễ", "Apology with the late result";
        Loss => "Xin lỗi vì mất, sai sót", "Apology for loss or error";
        SecondMiss => "Xin lỗi: trễ hẹn lần hai", "Second promise missed";
        DelayNotice => "Báo chậm trước phiếu xin lỗi", "Delay told before the letter";
        SignatureDue => "Thư chờ ký", "Letter to sign";
        Unsigned => "Thư quá lúc phải ký", "Letter not signed in time";
        LetterRefused => "Thư không được ký", "Letter refused";
        TaskLate => "Việc quá hạn tại bàn", "Desk task late";
        DeliveryAlarm => "Kênh gửi bị hỏng", "Delivery down";
        CitizenCost => "Người dân phản ánh thiệt hại", "What the delay cost";
    }
}

words! {
    /// Where a message stands in the outbox.
    SendState {
        Ready => "Chờ gửi", "Ready";
        Sending => "Đang gửi", "Sending";
        Sent => "Đã gửi", "Sent";
        Retry => "Sẽ gửi lại", "Will retry";
        Failed => "Không gửi được", "Failed";
        Void => "Đã bỏ (không còn đúng)", "Void (stale)";
        PrintTray => "Chờ in, giao tay", "To print and hand over";
        Delivered => "Đã đến tay", "Delivered";
        Bounced => "Bị trả lại", "Bounced";
        Collected => "Chờ bản tin sáng", "In the morning digest";
    }
}

impl SendState {
    /// Value of the `state` filter.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Retry => "retry",
            Self::Failed => "failed",
            Self::Void => "void",
            Self::PrintTray => "print",
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::Collected => "collected",
        }
    }

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Ready | Self::Sending | Self::Collected => "soon",
            Self::Sent | Self::Delivered => "good",
            Self::Retry | Self::PrintTray => "warn",
            Self::Failed | Self::Bounced => "bad",
            Self::Void => "none",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Ready | Self::Collected => "clock",
            Self::Sending => "send",
            Self::Sent | Self::Delivered => "check",
            Self::Retry => "again",
            Self::Failed | Self::Bounced => "alarm",
            Self::Void => "stop",
            Self::PrintTray => "print",
        }
    }

    /// Failed and waiting messages may be sent again by hand.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        matches!(self, Self::Failed | Self::Bounced | Self::Retry)
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

words! {
    /// To whom a message is owed.
    Hearer {
        Officer => "công chức xử lý", "handling officer";
        Supervisor => "phụ trách đơn vị", "supervisor";
        Manager => "lãnh đạo", "manager";
        Applicant => "người nộp", "applicant";
        Desk => "bộ phận một cửa", "one-stop desk";
        Admin => "quản trị", "administrator";
    }
}

words! {
    /// The way a message took.
    TakenWay {
        Mail => "thư điện tử", "e-mail";
        Sms => "tin nhắn SMS", "SMS";
        Zalo => "Zalo", "Zalo";
        Tray => "in giấy, giao tay hoặc gửi bưu điện", "on paper";
    }
}

words! {
    /// How an attempt to bring a message ended, or what was reported of it.
    AttemptWord {
        Sent => "bên nhận đã nhận", "taken";
        Retry => "bị từ chối tạm thời", "refused for now";
        Failed => "bị từ chối hẳn", "refused for good";
        Delivered => "báo đã đến tay", "reported as delivered";
        Bounced => "bị trả lại", "came back";
    }
}

words! {
    /// Where a letter stands.
    LetterWord {
        Draft => "Chờ ký", "Waiting for signature";
        Issued => "Đã phát hành", "Issued";
        Refused => "Bị từ chối ký", "Signature refused";
        Void => "Đã bỏ", "Dropped";
    }
}

words! {
    /// What the desk has to do.
    TaskWord {
        Phone => "Gọi điện báo người dân", "Tell the citizen by telephone";
        Print => "In, giao tay hoặc gửi bưu điện", "Print and hand over or post";
        Contact => "Sửa liên hệ của người dân", "Put the citizen's contact right";
    }
}

words! {
    /// How a task of the desk ended.
    TaskEndWord {
        Reached => "Đã báo trực tiếp", "Told in person";
        LeftWord => "Đã nhắn lại", "Left word";
        HandedOver => "Đã giao hoặc gửi", "Handed over or posted";
        Mended => "Đã có liên hệ mới", "Contact found";
        Settled => "Không còn việc phải làm", "Nothing left to do";
    }
}

impl TaskEndWord {
    /// As the records keep it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::LeftWord => "left-word",
            Self::HandedOver => "handed-over",
            Self::Mended => "mended",
            Self::Settled => "settled",
        }
    }
}

words! {
    /// What stands before a value in an account.
    Label {
        Way => "Cách gửi", "Way";
        Address => "Địa chỉ", "Address";
        Promise => "Ngày hẹn", "Promise";
        Why => "Lý do", "Why";
        Rule => "Theo bậc thông báo", "By the rung";
        Digest => "Gửi trong bản tin", "Left in the digest";
        InsteadOf => "Thay cho tin không đến", "Instead of the message that did not arrive";
        NotBefore => "Không gửi trước", "Not before";
        Settled => "Kết thúc lúc", "Settled";
        LastAnswer => "Trả lời cuối", "Last answer";
        Dropped => "Lý do bỏ", "Why it was dropped";
        Number => "Số", "Number";
        DecideBy => "Phải ký trước", "To be signed by";
        IssuedAt => "Phát hành lúc", "Issued";
        Signer => "Nhân danh", "In the name of";
        SignedBy => "Người ký", "Signed by";
        RefusedBy => "Người từ chối", "Refused by";
        Hash => "Mã băm SHA-256 của bản PDF", "SHA-256 of the PDF";
        Note => "Ghi chú", "Note";
        Person => "Người nhận", "To";
        By => "Người làm", "By";
        Detail => "Nội dung", "What";
        AcknowledgeBy => "Phải xác nhận trước", "To be acknowledged by";
        Acknowledged => "Đã xác nhận", "Acknowledged";
        Answer => "Trả lời", "Answer";
        Ended => "Hết hiệu lực", "Ended";
        DueBy => "Phải xong trước", "To be done by";
        Done => "Đã làm", "Done";
        Said => "Người dân viết", "The citizen wrote";
        Seen => "Đã đọc", "Read";
    }
}

words! {
    /// Whether the apology came in its time.
    ToldWord {
        NotOwed => "Không phải xin lỗi: không trễ, không hẹn lại", "No apology owed: neither late nor moved";
        Missing => "Chưa có thư xin lỗi", "No letter of apology";
        DayBefore => "Xin lỗi đúng lúc: trước ngày hẹn ít nhất một ngày", "Told in time: at least a day before the promise";
        SameDay => "Xin lỗi trong ngày hẹn, trước giờ hẹn; quy định là chậm nhất một ngày trước", "Told on the promised day, before the hour; the rule is a day before";
        After => "Xin lỗi sau khi đã quá hẹn", "Told after the promise had passed";
    }
}

impl ToldWord {
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::NotOwed => "none",
            Self::Missing => "bad",
            Self::DayBefore => "good",
            Self::SameDay | Self::After => "warn",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::NotOwed => "stop",
            Self::Missing => "alarm",
            Self::DayBefore => "check",
            Self::SameDay | Self::After => "clock",
        }
    }
}

words! {
    /// Why a late file has no letter of apology.
    NoLetter {
        Draft => "Thư đang chờ ký", "The letter waits for signature";
        WaitingForCitizen => "Đang chờ người dân: chưa thể hẹn ngày mới cho thật", "Waiting for the citizen: no new day can be promised truthfully";
        Withdrawn => "Người nộp đã rút hồ sơ", "Withdrawn by the applicant";
        Stopped => "Đã dừng giải quyết trước khi lập thư", "Stopped before a letter was made";
        FinishedElsewhere => "Nhập từ hệ thống khác khi đã xong", "Taken over already finished";
        NoDate => "Lịch làm việc chưa có đến ngày có thể hẹn: nhập lịch", "The calendar does not reach a day to promise: enter it";
        SweepDue => "Chưa rà từ khi quá hẹn: chạy rà hồ sơ", "Not swept since: run the sweep";
        Unsigned => "Quá lúc phải ký mà chưa ký, người dân chưa được báo", "Not signed in time, and the citizen was not told";
        Refused => "Bị từ chối ký, chưa có thư khác", "Signature refused, nothing came after";
        NeverLeft => "Đã cấp số nhưng thư bị bỏ trước khi gửi", "Numbered, but dropped before it left";
        FinishedWithout => "Xong trễ mà không xin lỗi", "Finished late without an apology";
        Unexplained => "Không rõ vì sao", "Nobody knows why";
    }
}
