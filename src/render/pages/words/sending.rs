//! Messages, their ways and their attempts.

use crate::render::pages::ctx::Ctx;

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
