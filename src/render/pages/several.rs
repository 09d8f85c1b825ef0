//! `/ho-so-nhieu`: what became of one step on several dossiers, each told by itself.

use askama::Template;

use super::ctx::Ctx;

/// A step that can be taken on several dossiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    HandOver,
    Ready,
    Result,
    ElectronicResult,
    Return,
    Slips,
}

impl Act {
    pub const ALL: [Self; 6] =
        [Self::HandOver, Self::Ready, Self::Result, Self::ElectronicResult, Self::Return, Self::Slips];

    /// Value in the form.
    #[must_use]
    pub fn slug(&self) -> &'static str {
        match self {
            Self::HandOver => "ban-giao",
            Self::Ready => "kip-han",
            Self::Result => "ket-qua",
            Self::ElectronicResult => "ket-qua-dien-tu",
            Self::Return => "tra",
            Self::Slips => "phieu-kiem-soat",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::HandOver => c.t("Bàn giao hồ sơ giấy cho đơn vị xử lý", "Hand the paper over to the handling unit"),
            Self::Ready => c.t("Xác nhận kịp hạn", "Confirm that it will be ready"),
            Self::Result => c.t("Có kết quả giấy: đồng ý giải quyết", "Result is ready: granted, on paper only"),
            Self::ElectronicResult => {
                c.t("Có kết quả điện tử: đồng ý giải quyết", "Result is ready: granted, electronic result issued")
            }
            Self::Return => c.t("Trả kết quả", "Return the result"),
            Self::Slips => c.t("In phiếu kiểm soát", "Print control slips"),
        }
    }

    /// What can be done about a mistake: nothing recorded is ever taken back.
    #[must_use]
    pub fn undo<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::HandOver => c.t(
                "Việc bàn giao đã ghi vào nhật ký và không xóa được. Nếu nhầm, hai bên ký lại phiếu kiểm soát và ghi rõ lý do.",
                "The hand-over stands in the journal and cannot be deleted. If it was a mistake, both sides sign a new control slip that says why.",
            ),
            Self::Ready => c.t(
                "Lời xác nhận đã ghi vào nhật ký. Nếu không còn kịp, mở hồ sơ và báo trễ hẹn: đó là bước ngược lại mà pháp luật cho phép.",
                "The confirmation stands in the journal. If it will not be ready after all, open the dossier and declare a delay: the opposite step that the law allows.",
            ),
            Self::Result | Self::ElectronicResult | Self::Return => c.t(
                "Đúng hạn hay trễ hạn tính theo ngày có kết quả, nên ngày đã ghi không sửa được và không có nút hoàn tác. Nếu nhầm, báo phụ trách đơn vị để lập biên bản kèm hồ sơ.",
                "Being on time is judged by the day of the result, so a day once recorded is never rewritten and there is no undo. If it was a mistake, tell the supervisor, who puts it on record beside the file.",
            ),
            Self::Slips => c.t(
                "In phiếu không làm thay đổi hồ sơ; in lại lúc nào cũng được.",
                "Printing changes no dossier; slips can be printed again at any time.",
            ),
        }
    }
}

/// What became of one dossier.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub code: String,
    /// Why it was refused; `None`: done.
    pub refused: Option<String>,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "several.html")]
pub struct SeveralPage {
    pub c: Ctx,
    /// `None`: nothing that exists was chosen.
    pub act: Option<Act>,
    pub outcomes: Vec<Outcome>,
    /// The slips that were made, as one file.
    pub print_href: Option<String>,
    /// The list it was chosen from.
    pub back: String,
}

impl SeveralPage {
    #[must_use]
    pub fn done(&self) -> String {
        self.count(|one| one.refused.is_none())
    }

    /// How many were refused; `None`: none.
    #[must_use]
    pub fn refused(&self) -> Option<String> {
        let some = self.outcomes.iter().any(|one| one.refused.is_some());
        some.then(|| self.count(|one| one.refused.is_some()))
    }

    fn count(&self, which: impl Fn(&Outcome) -> bool) -> String {
        self.c.n(&u64::try_from(self.outcomes.iter().filter(|one| which(one)).count()).unwrap_or(0))
    }
}
