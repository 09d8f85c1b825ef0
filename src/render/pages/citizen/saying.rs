//! What the applicant can tell the office from the page, and told before.

use crate::render::pages::ctx::Ctx;

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
