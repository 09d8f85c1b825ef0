//! `/ho-so/{code}`: one dossier, its dates and why, its history, and what may be done now.

use askama::Template;

use super::citizen::Saying;
use super::ctx::Ctx;
use super::form::{Choice, FieldError, error_at};
use super::intake::Flag;
use super::ledger::PromiseView;
use super::papers::PaperView;
use super::sub_deadlines::SubDeadlineView;
use super::words::{Channel, EventKind, FiledBy, MessageKind, Outcome, SendState, Status};

/// An action on a dossier; `web` lists those that stage and role allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    SupplementRequest,
    Supplement,
    ObligationRequest,
    Obligation,
    Delay,
    Result,
    Return,
    Withdrawal,
    Stop,
    HandOver,
    Consultation,
    ConsultationAnswer,
    /// "Will it be ready?" "Yes."
    Ready,
    Loss,
    /// Another unit or officer goes on with it.
    Reassign,
}

impl Verb {
    pub const ALL: [Self; 15] = [
        Self::Ready,
        Self::Result,
        Self::Return,
        Self::Supplement,
        Self::Obligation,
        Self::HandOver,
        Self::ConsultationAnswer,
        Self::SupplementRequest,
        Self::ObligationRequest,
        Self::Consultation,
        Self::Reassign,
        Self::Delay,
        Self::Loss,
        Self::Withdrawal,
        Self::Stop,
    ];

    /// Last part of the address posted to: `/ho-so/{code}/{slug}`.
    #[must_use]
    pub fn slug(&self) -> &'static str {
        match self {
            Self::SupplementRequest => "bo-sung-yeu-cau",
            Self::Supplement => "bo-sung",
            Self::ObligationRequest => "nghia-vu-yeu-cau",
            Self::Obligation => "nghia-vu",
            Self::Delay => "tre-hen",
            Self::Result => "ket-qua",
            Self::Return => "tra",
            Self::Withdrawal => "rut",
            Self::Stop => "dung",
            Self::HandOver => "ban-giao",
            Self::Consultation => "lay-y-kien",
            Self::ConsultationAnswer => "y-kien-tra-loi",
            Self::Ready => "kip-han",
            Self::Loss => "mat-sai-sot",
            Self::Reassign => "chuyen",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::SupplementRequest => "pause",
            Self::Supplement => "again",
            Self::ObligationRequest | Self::Obligation => "coin",
            Self::Delay | Self::Loss => "alarm",
            Self::Result | Self::Return | Self::Ready => "check",
            Self::Withdrawal => "back",
            Self::Stop => "stop",
            Self::HandOver => "file",
            Self::Consultation | Self::ConsultationAnswer => "people",
            Self::Reassign => "forward",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::SupplementRequest => c.t("Yêu cầu bổ sung", "Ask for a supplement"),
            Self::Supplement => c.t("Nhận bổ sung đầy đủ", "Supplement is complete"),
            Self::ObligationRequest => c.t("Yêu cầu nghĩa vụ tài chính", "Ask for a payment"),
            Self::Obligation => c.t("Đã nộp nghĩa vụ tài chính", "Payment is made"),
            Self::Delay => c.t("Báo trễ hẹn", "Declare a delay"),
            Self::Result => c.t("Có kết quả", "Result is ready"),
            Self::Return => c.t("Trả kết quả", "Return the result"),
            Self::Withdrawal => c.t("Người nộp rút hồ sơ", "Applicant withdraws"),
            Self::Stop => c.t("Dừng giải quyết", "Stop handling"),
            Self::HandOver => c.t("Bàn giao hồ sơ giấy", "Hand over the paper"),
            Self::Consultation => c.t("Lấy ý kiến cơ quan khác", "Ask another body"),
            Self::ConsultationAnswer => c.t("Đã nhận ý kiến", "Opinion received"),
            Self::Ready => c.t("Kịp", "Yes, in time"),
            Self::Loss => c.t("Báo mất, hỏng hoặc sai sót", "Declare a loss or an error"),
            Self::Reassign => c.t("Chuyển đơn vị, cán bộ khác", "Pass on to another unit or officer"),
        }
    }

    /// What the action does to the clock, said before it is done.
    #[must_use]
    pub fn effect<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::SupplementRequest => c.t(
                "Hồ sơ chuyển sang chờ người nộp. Khi nhận đủ, thời hạn tính lại từ đầu. Chỉ hướng dẫn một lần, đầy đủ.",
                "The dossier waits for the applicant. Once complete, the time starts afresh. Ask once, and for everything.",
            ),
            Self::Supplement => c.t("Thời hạn tính lại từ đầu, có ngày hẹn mới.", "Time starts afresh with a new promise."),
            Self::ObligationRequest => c.t(
                "Thời gian chờ nộp tiền không tính vào thời hạn.",
                "Time spent waiting for the payment is not counted.",
            ),
            Self::Obligation => c.t("Thời hạn chạy tiếp từ hôm nay.", "Time runs on from today."),
            Self::Delay => c.t(
                "Người nộp nhận phiếu xin lỗi với lý do và ngày hẹn mới. Mỗi hồ sơ chỉ được hẹn lại một lần.",
                "The applicant receives a letter of apology with the reason and one new day. A dossier may be rescheduled only once.",
            ),
            Self::Result => c.t("Thời hạn dừng tại thời điểm này.", "The time stops at this moment."),
            Self::Return => c.t("Ghi nhận đã giao kết quả cho người nộp.", "Records that the applicant has the result."),
            Self::Withdrawal => c.t("Kết thúc theo đề nghị của người nộp.", "Ends at the applicant's request."),
            Self::Stop => c.t("Kết thúc hồ sơ; người nộp được biết lý do.", "Ends the dossier; the applicant is told why."),
            Self::HandOver => c.t(
                "Ghi nhận bản giấy đã đến đơn vị xử lý.",
                "Records that the paper has reached the handling unit.",
            ),
            Self::Consultation => c.t(
                "Thời hạn giải quyết vẫn chạy trong khi chờ ý kiến.",
                "The time runs on while the opinion is awaited.",
            ),
            Self::Loss => c.t(
                "Người nộp nhận phiếu xin lỗi nêu sự việc và cách khắc phục. Chỉ hẹn ngày mới nếu hồ sơ chưa từng hẹn lại.",
                "The applicant receives a letter of apology with what happened and what is done about it. A new day only if none was given before.",
            ),
            Self::ConsultationAnswer => c.t(
                "Ghi nhận cơ quan được hỏi đã trả lời.",
                "Records that the body that was asked has answered.",
            ),
            Self::Ready => c.t("Ghi nhận sẽ kịp ngày hẹn.", "Records that the date will be kept."),
            Self::Reassign => c.t(
                "Ngày hẹn và các hạn bên trong không đổi. Cảnh báo và thông báo chưa gửi chuyển sang người nhận; việc chuyển được ghi vào phiếu kiểm soát (mẫu 06).",
                "The promise and the dates inside it stay. Alerts and notices not yet sent follow to who takes over; the control slip (form 06) keeps the hand-over.",
            ),
        }
    }
}

/// "Will it be ready?" on the page of a dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ReadinessView {
    #[default]
    Unasked,
    Asked,
    /// For the one new date: it cannot be moved again.
    AskedAgain,
    /// `Lê Văn Thử xác nhận sẽ kịp hạn, 01/12/2026 08:10`.
    Confirmed(String),
}

/// Person who filed; empty texts are shown as a dash.
#[derive(Debug, Clone, Default)]
pub struct ApplicantView {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub address: String,
}

/// The promised days, as texts; see [`super::time::long_instant`].
#[derive(Debug, Clone, Default)]
pub struct DatesView {
    pub received: String,
    pub due: Option<String>,
    pub new_due: Option<String>,
    /// Numbers of the judged promise and of the new one: where the ledger tells of them.
    pub promise: i32,
    pub reschedule: i32,
    /// The later date of the statutory limit, where the promise is shorter.
    pub by_law: Option<String>,
    /// The promise is by the office's own shorter commitment.
    pub committed: bool,
    pub resolved: Option<String>,
    pub returned: Option<String>,
    /// The date rests on a year whose calendar is not published.
    pub provisional: bool,
    /// The same of the new date of the apology.
    pub new_provisional: bool,
}

#[derive(Debug, Clone)]
pub struct EventView {
    pub at: String,
    pub kind: EventKind,
    /// Name of the person, or of the program for what it did by itself.
    pub by: String,
    pub note: Option<String>,
}

/// A notice or letter about this dossier.
#[derive(Debug, Clone)]
pub struct MessageView {
    pub kind: MessageKind,
    pub to: String,
    pub at: String,
    pub state: SendState,
    /// `/thu/{id}.pdf` when a letter goes with it.
    pub pdf_href: Option<String>,
}

/// What a citizen wrote on their page.
#[derive(Debug, Clone)]
pub struct SaidView {
    pub what: Saying,
    pub at: String,
    pub text: String,
    /// Who read it, and when.
    pub seen: Option<String>,
    /// The address at which it is ticked off as read.
    pub action: Option<String>,
}

/// What was typed into an action form that was refused.
#[derive(Debug, Clone, Default)]
pub struct ActionDraft {
    pub note: String,
    pub reason: String,
    /// `2026-11-30`.
    pub new_due_on: String,
    pub body: String,
    pub content: String,
    /// `2026-11-30`.
    pub due_on: String,
    pub what_happened: String,
    pub remedy: String,
    /// All that was written by hand, when its form is no longer offered.
    pub typed: Vec<String>,
}

/// Who can go on with the dossier; who has it is chosen.
#[derive(Debug, Clone, Default)]
pub struct Holders {
    pub units: Vec<Choice>,
    pub officers: Vec<Choice>,
}

impl Holders {
    /// What was chosen in a form that was refused.
    pub fn choose(&mut self, unit: &str, officer: &str) {
        for (choices, chosen) in [(&mut self.units, unit), (&mut self.officers, officer)] {
            for choice in choices {
                choice.selected = choice.value == chosen;
            }
        }
    }
}

/// Actions post `csrf`, `version` and: `note` (supplement, obligation requests, withdrawal),
/// `reason` (stop), `reason_code`, `reason`, `new_due_on` (delay), `outcome`, `e_result` (result),
/// `body`, `content`, `due_on` (consultation), `number` (its answer), `kind`, `what_happened`, `remedy`,
/// `new_due_on` (loss), `unit`, `officer`, `reason` (reassign).
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "dossier.html")]
pub struct DossierPage {
    pub c: Ctx,
    pub code: String,
    /// Number of events so far: two people editing one dossier are told.
    pub version: u64,
    pub procedure_code: String,
    pub procedure: String,
    pub sector: String,
    pub channel: Channel,
    pub applicant: ApplicantView,
    pub unit: String,
    pub officer: Option<String>,
    pub flags: Vec<Flag>,
    /// Papers it came with: `Tờ khai (bản chính)`.
    pub papers_in: Vec<String>,
    /// Who handed in for the applicant, or filled it in with them.
    pub filed_by: Option<FiledBy>,
    /// Name and telephone.
    pub representative: Option<String>,
    pub dates: DatesView,
    pub status: Status,
    pub sub_deadlines: Vec<SubDeadlineView>,
    /// How often the applicant was asked for a supplement before.
    pub requests_before: u64,
    /// Consultations that wait for an answer.
    pub unanswered: Vec<Choice>,
    /// The judged promise and why; `None` when nothing was promised.
    pub ledger: Option<PromiseView>,
    pub events: Vec<EventView>,
    pub messages: Vec<MessageView>,
    /// What the citizen said on their page, oldest first.
    pub said: Vec<SaidView>,
    /// The forms that are there or can be made.
    pub papers: Vec<PaperView>,
    pub actions: Vec<Verb>,
    pub reasons: Vec<Choice>,
    pub holders: Holders,
    /// The action whose form was refused; shown open with its errors and draft.
    pub open: Option<Verb>,
    pub draft: ActionDraft,
    /// Done by others since the form was opened.
    pub since: Vec<EventView>,
    pub errors: Vec<FieldError>,
    pub readiness: ReadinessView,
    /// `/tra-cuu/{token}`.
    pub citizen_href: String,
}

impl DossierPage {
    /// The reason that was chosen in a form that comes back.
    pub fn choose_reason(&mut self, code: &str) {
        if self.reasons.iter().any(|one| one.value == code) {
            self.reasons.iter_mut().for_each(|one| one.selected = one.value == code);
        }
    }

    #[must_use]
    pub fn is_open(&self, verb: &Verb) -> bool {
        self.open == Some(*verb)
    }

    /// The error at a field of a form; only the refused form shows any.
    #[must_use]
    pub fn error(&self, verb: &Verb, field: &str) -> Option<&str> {
        self.is_open(verb).then(|| error_at(&self.errors, field)).flatten()
    }

    /// A draft belongs to the refused form alone.
    #[must_use]
    pub fn kept<'a>(&self, verb: &Verb, text: &'a str) -> &'a str {
        if self.is_open(verb) { text } else { "" }
    }

    /// Whether somebody is asked to answer yes or no.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        matches!(self.readiness, ReadinessView::Asked | ReadinessView::AskedAgain)
    }

    /// Whether the answer "no" is possible: a delay can be declared.
    #[must_use]
    pub fn may_delay(&self) -> bool {
        self.actions.contains(&Verb::Delay)
    }

    /// Who confirmed, when.
    #[must_use]
    pub fn confirmed(&self) -> Option<&str> {
        match &self.readiness {
            ReadinessView::Confirmed(text) => Some(text),
            ReadinessView::Unasked | ReadinessView::Asked | ReadinessView::AskedAgain => None,
        }
    }

    /// Whether the applicant would be asked for a supplement once more.
    #[must_use]
    pub fn asks_again(&self, verb: &Verb) -> bool {
        *verb == Verb::SupplementRequest && self.requests_before > 0
    }

    #[must_use]
    pub fn outcomes(&self) -> &'static [Outcome] {
        Outcome::ALL
    }
}
