//! What the proof page and the desk say of letters, tasks and late files.

use crate::render::pages::ctx::Ctx;

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
