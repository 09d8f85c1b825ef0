//! `/tra-cuu/{token}`: the page behind the receipt's QR code. No personal data beyond initials.

use askama::Template;

use super::ctx::Ctx;
use super::form::{FieldError, error_at};
use super::ledger::PromiseView;
use super::month::DayMark;
use super::phrases;
use super::words::{EventKind, MessageKind};

/// What the applicant is told, one sentence each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitizenState {
    InProgress,
    NoPromise,
    WaitingForYou,
    WaitingForPayment,
    Overdue,
    Rescheduled,
    /// the new day passed too
    SecondMiss,
    Ready,
    Returned,
    Refused,
    Withdrawn,
    Stopped,
}

impl CitizenState {
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::InProgress => "calm",
            Self::NoPromise | Self::Withdrawn | Self::Stopped | Self::Refused => "none",
            Self::WaitingForYou | Self::WaitingForPayment => "wait",
            Self::Overdue | Self::SecondMiss => "bad",
            Self::Rescheduled => "warn",
            Self::Ready | Self::Returned => "good",
        }
    }

    /// Whether the day in force lies ahead: only then somebody plans by it.
    #[must_use]
    pub fn awaits_its_day(&self) -> bool {
        match self {
            Self::InProgress | Self::NoPromise | Self::WaitingForYou | Self::WaitingForPayment | Self::Rescheduled => {
                true
            }
            Self::Overdue
            | Self::SecondMiss
            | Self::Ready
            | Self::Returned
            | Self::Refused
            | Self::Withdrawn
            | Self::Stopped => false,
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::InProgress => "clock",
            Self::NoPromise => "question",
            Self::WaitingForYou => "pause",
            Self::WaitingForPayment => "coin",
            Self::Overdue | Self::SecondMiss => "alarm",
            Self::Rescheduled => "again",
            Self::Ready | Self::Returned => "check",
            Self::Refused | Self::Withdrawn | Self::Stopped => "stop",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::InProgress => c.t("Đang giải quyết", "In progress"),
            Self::NoPromise => c.t("Đang giải quyết, chưa có ngày hẹn", "In progress, no day promised yet"),
            Self::WaitingForYou => c.t("Chờ ông/bà bổ sung hồ sơ", "Waiting for your supplement"),
            Self::WaitingForPayment => c.t("Chờ ông/bà nộp nghĩa vụ tài chính", "Waiting for your payment"),
            Self::Overdue => c.t("Đã quá ngày hẹn", "Past the promised day"),
            Self::Rescheduled => c.t("Đã hẹn lại ngày trả", "A new day is promised"),
            Self::SecondMiss => c.t("Đã quá cả ngày hẹn mới", "Past the new day too"),
            Self::Ready => c.t("Đã có kết quả", "The result is ready"),
            Self::Returned => c.t("Đã trả kết quả", "The result was returned"),
            Self::Refused => c.t("Không đủ điều kiện giải quyết", "Refused"),
            Self::Withdrawn => c.t("Đã rút hồ sơ", "Withdrawn"),
            Self::Stopped => c.t("Đã dừng giải quyết", "Stopped"),
        }
    }

    #[must_use]
    pub fn sentence<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::InProgress => c.t(
                "Hồ sơ đang được giải quyết. Mời ông/bà đến nhận kết quả theo ngày hẹn dưới đây.",
                "Your dossier is being handled. Please come for the result on the day below.",
            ),
            Self::NoPromise => c.t(
                "Hồ sơ đang được giải quyết. Cơ quan sẽ báo ngày hẹn trả kết quả.",
                "Your dossier is being handled. The office will tell you the day.",
            ),
            Self::WaitingForYou => c.t(
                "Cơ quan đã gửi yêu cầu bổ sung. Thời hạn được tính lại khi hồ sơ đầy đủ.",
                "The office asked for a supplement. Time starts afresh once the dossier is complete.",
            ),
            Self::WaitingForPayment => c.t(
                "Thời gian chờ nộp nghĩa vụ tài chính không tính vào thời hạn giải quyết.",
                "The time until your payment does not count.",
            ),
            Self::Overdue => c.t(
                "Cơ quan xin lỗi vì chưa trả được kết quả đúng hẹn và sẽ báo ngày hẹn mới.",
                "We apologise: the result is not ready as promised. You will be told a new day.",
            ),
            Self::Rescheduled => c.t(
                "Cơ quan xin lỗi vì chưa trả được kết quả đúng hẹn. Mời ông/bà đến nhận theo ngày hẹn mới.",
                "We apologise: the result is not ready as promised. Please come on the new day.",
            ),
            Self::SecondMiss => c.t(
                "Cơ quan xin lỗi vì lại chưa trả được kết quả. Ngày hẹn chỉ được hẹn lại một lần nên không có ngày hẹn thứ ba; ông/bà sẽ được báo ngay khi có kết quả.",
                "We apologise: the result is late again. A day may be moved only once, so there is no third one; you will be told as soon as it is ready.",
            ),
            Self::Ready => c.t(
                "Mời ông/bà đến nhận kết quả trong giờ làm việc, mang theo giấy tiếp nhận.",
                "Please collect it during office hours and bring the receipt.",
            ),
            Self::Returned => c.t("Kết quả đã được giao cho người nộp.", "The result has been handed over."),
            Self::Refused => {
                c.t("Văn bản nêu rõ lý do đã được gửi cho ông/bà.", "A letter with the reasons has been sent to you.")
            }
            Self::Withdrawn => c.t("Hồ sơ kết thúc theo đề nghị của người nộp.", "Ended at the applicant's request."),
            Self::Stopped => c.t("Cơ quan đã thông báo lý do dừng giải quyết.", "The office has told you why."),
        }
    }
}

/// A letter of the office about this dossier.
#[derive(Debug, Clone)]
pub struct CitizenLetter {
    pub kind: MessageKind,
    pub number: String,
    pub issued: String,
    /// Its PDF, behind the same secret.
    pub href: String,
}

/// Who answers for the dossier once the new day was missed too.
#[derive(Debug, Clone)]
pub struct InCharge {
    pub name: String,
    /// How to reach them.
    pub contact: String,
}

/// What the applicant can tell the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saying {
    Contact,
    Cost,
}

impl Saying {
    pub const ALL: [Self; 2] = [Self::Contact, Self::Cost];

    /// Last part of the address posted to.
    #[must_use]
    pub fn slug(&self) -> &'static str {
        match self {
            Self::Contact => "lien-he",
            Self::Cost => "thiet-hai",
        }
    }

    #[must_use]
    pub fn vi(&self) -> &'static str {
        match self {
            Self::Contact => "Liên hệ không đúng",
            Self::Cost => "Thiệt hại do chậm trễ",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Contact => c.t(self.vi(), "Wrong contact"),
            Self::Cost => c.t(self.vi(), "What the delay cost"),
        }
    }

    /// What follows once it was received.
    #[must_use]
    pub fn thanks<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Contact => c.t(
                "Cơ quan đã nhận được. Bộ phận một cửa sẽ kiểm tra và sửa liên hệ trước khi hết ngày làm việc tiếp theo.",
                "We have it. The one-stop desk will check and correct your contact by the end of the next working day.",
            ),
            Self::Cost => c.t(
                "Cơ quan đã nhận được. Phản ánh được chuyển ngay đến phụ trách đơn vị đang giải quyết hồ sơ và lưu cùng hồ sơ; người phụ trách phải xác nhận đã đọc.",
                "We have it. It went to the supervisor of the unit that handles your dossier, who has to confirm having read it, and is kept with the dossier.",
            ),
        }
    }
}

/// Something the applicant told before; its text is not shown to whoever holds the receipt.
#[derive(Debug, Clone)]
pub struct SaidBefore {
    pub what: Saying,
    pub at: String,
    /// When somebody of the office saw it.
    pub seen: Option<String>,
}

/// What was typed into a form that was refused.
#[derive(Debug, Clone, Default)]
pub struct SayingDraft {
    pub phone: String,
    pub email: String,
    pub note: String,
    pub text: String,
}

/// Forms post `csrf` and: `phone`, `email`, `note` (contact), `text` (cost).
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "citizen.html")]
pub struct CitizenPage {
    pub c: Ctx,
    pub initials: String,
    pub code: String,
    pub procedure: String,
    pub state: CitizenState,
    pub received: String,
    pub due: Option<String>,
    pub new_due: Option<String>,
    /// By when a supplement has to come, while it is awaited.
    pub supplement_by: Option<String>,
    /// The date in force rests on days that nobody published or confirmed yet.
    pub provisional: bool,
    /// Reason of the delay as written in the letter.
    pub reason: Option<String>,
    /// Moment and kind of each event the applicant may know of, oldest first.
    pub history: Vec<(String, EventKind)>,
    /// The issued letters, newest first.
    pub letters: Vec<CitizenLetter>,
    /// The unit it lies with.
    pub unit: String,
    /// Named only once the new day was missed too.
    pub in_charge: Option<InCharge>,
    /// Whether the dossier is or was late: only then a delay can have cost anything.
    pub late: bool,
    pub said: Vec<SaidBefore>,
    /// `/tra-cuu/{token}`
    pub here: String,
    /// The form that was refused; shown open with its errors and draft.
    pub open: Option<Saying>,
    pub draft: SayingDraft,
    pub errors: Vec<FieldError>,
    /// Why the judged promise is that day.
    pub ledger: Option<PromiseView>,
    pub centre_phone: String,
    pub centre_address: String,
    pub office_hours: String,
}

impl CitizenPage {
    #[must_use]
    pub fn is_open(&self, saying: Saying) -> bool {
        self.open == Some(saying)
    }

    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }

    /// How the promised day came about, in a sentence; `None` where no days were counted.
    #[must_use]
    pub fn account(&self) -> Option<String> {
        let days = &self.ledger.as_ref()?.days;
        let counted = days.iter().filter(|day| !day.number.is_empty()).count();
        // The day of receipt is never counted by anyone.
        let skipped = days.iter().filter(|day| day.number.is_empty() && day.mark != DayMark::Received).count();
        (counted > 0).then(|| phrases::counted_days(self.c.lang, counted, skipped))
    }

    #[must_use]
    pub fn contact(&self) -> Saying {
        Saying::Contact
    }

    #[must_use]
    pub fn cost(&self) -> Saying {
        Saying::Cost
    }
}

/// A short answer to somebody who is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    Thanks(Saying),
    /// The address leads nowhere; nothing is said of what exists.
    NotFound,
    /// Too many look-ups; again in so many seconds.
    TooMany(u32),
}

impl Note {
    #[must_use]
    pub fn title<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Thanks(_) => c.t("Cảm ơn ông/bà", "Thank you"),
            Self::NotFound => c.t("Không tìm thấy hồ sơ", "No dossier found"),
            Self::TooMany(_) => c.t("Tra cứu quá nhiều lần", "Too many look-ups"),
        }
    }

    #[must_use]
    pub fn text(&self, c: &Ctx) -> String {
        match self {
            Self::Thanks(saying) => saying.thanks(c).to_owned(),
            Self::NotFound => c
                .t(
                    "Địa chỉ này không dẫn đến hồ sơ nào. Hãy quét lại mã QR trên giấy tiếp nhận, hoặc gọi cho cơ quan và đọc mã hồ sơ.",
                    "This address leads to no dossier. Scan the QR code of your receipt again, or call us with the code of your dossier.",
                )
                .to_owned(),
            Self::TooMany(seconds) => match c.lang {
                super::ctx::Lang::Vi => format!("Từ địa chỉ của ông/bà có quá nhiều lượt tra cứu trong một phút. Vui lòng thử lại sau {seconds} giây."),
                super::ctx::Lang::En => format!("Too many look-ups came from your address in one minute. Please try again in {seconds} seconds."),
            },
        }
    }

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Thanks(_) => "good",
            Self::NotFound => "none",
            Self::TooMany(_) => "warn",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Thanks(_) => "check",
            Self::NotFound => "question",
            Self::TooMany(_) => "clock",
        }
    }
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "citizen_note.html")]
pub struct CitizenNotePage {
    pub c: Ctx,
    pub note: Note,
    /// Back to the dossier.
    pub back: Option<String>,
    pub centre_phone: String,
    pub centre_address: String,
}
