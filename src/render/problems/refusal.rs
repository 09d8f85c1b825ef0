//! Why a step is refused, and what can be done instead.

use crate::domain::dossier::{StageName, StepKind};
use crate::domain::problem::Refusal;

use crate::render::dates::short_date as day;

use super::{Language, pick};

/// Why the stage forbids the step, and what can be done instead.
#[must_use]
#[expect(clippy::too_many_lines, reason = "a table: one wording a refusal")]
pub fn refusal_text(refusal: &Refusal, language: Language) -> String {
    let say = |vi: &str, en: &str| pick(language, vi, en).to_owned();
    match refusal {
        Refusal::Transition(invalid) => match language {
            Language::Vietnamese => format!(
                "Hồ sơ đang ở trạng thái “{}” nên không thể “{}”: hãy xem lại các bước đã ghi.",
                stage_text(invalid.stage, language),
                step_text(invalid.step, language)
            ),
            Language::English => format!(
                "The dossier is “{}”, so “{}” cannot follow: look at the steps recorded.",
                stage_text(invalid.stage, language),
                step_text(invalid.step, language)
            ),
        },
        Refusal::AlreadyRescheduled => say(
            "Hồ sơ đã được hẹn lại một lần; pháp luật chỉ cho hẹn lại một lần. Hãy trả kết quả sớm nhất có thể.",
            "The dossier was rescheduled before, and the law allows it once. Finish it as soon as possible.",
        ),
        Refusal::NoPromise => say(
            "Hồ sơ chưa có ngày hẹn trả nên không thể hẹn lại: hãy bổ sung thời hạn của thủ tục.",
            "The dossier has no promised date to move: enter the limit of its procedure.",
        ),
        Refusal::AlreadyAnswered => say(
            "Ngày hẹn này đã có người xác nhận sẽ kịp: nếu không còn kịp, hãy báo trễ hẹn.",
            "Somebody confirmed before that this date will be kept: if it no longer will, declare a delay.",
        ),
        Refusal::NothingWaits => say(
            "Không có bản giấy chờ bàn giao hoặc lần lấy ý kiến nào đang chờ: hãy xem lại các mốc của hồ sơ.",
            "No paper or consultation of that number waits: look at the dossier's dates.",
        ),
        Refusal::NotInProgress => say(
            "Hồ sơ đã kết thúc hoặc đang chờ công dân: bước này chỉ dành cho hồ sơ đang giải quyết.",
            "The dossier is closed or waits for the citizen: this step is for one in progress.",
        ),
        Refusal::KeyReused => say(
            "Khóa Idempotency-Key đã dùng cho một yêu cầu khác: hãy gửi khóa mới.",
            "This Idempotency-Key came with another request: send a new one.",
        ),
        Refusal::PeriodRuns { until } => match language {
            Language::Vietnamese => format!("Kỳ báo cáo chưa hết: chốt được từ ngày {}.", day(*until)),
            Language::English => format!("The period is not over: it can be closed from {}.", day(*until)),
        },
        Refusal::PeriodClosed => say(
            "Kỳ này đã chốt; báo cáo đã chốt không được lập lại. Số liệu điều chỉnh sau đó xem ở phần chênh lệch.",
            "This period is closed, and closed reports are never made again. Later corrections stand in its differences.",
        ),
        Refusal::MayNotClose => say(
            "Chốt kỳ là ký vào số liệu: chỉ tài khoản của lãnh đạo, đang hoạt động, chốt được.",
            "To close a period is to sign its figures: only the active account of a manager can.",
        ),
        Refusal::FiguresMoved => say(
            "Số liệu của kỳ đã thay đổi từ khi xem: hãy tải lại trang, xem số mới rồi chốt.",
            "The figures changed since you looked: load the page again, read the new ones, then close.",
        ),
        Refusal::OwnProposal => say(
            "Người đề xuất không tự duyệt đề xuất của mình: nhờ quản trị viên khác hoặc lãnh đạo duyệt.",
            "Who proposed a change cannot approve it: ask another administrator or the manager.",
        ),
        Refusal::ProposalDecided => say(
            "Đề xuất này đã được người khác quyết định: hãy tải lại trang.",
            "Somebody decided this proposal before: load the page again.",
        ),
        Refusal::ProposalOutdated => say(
            "Quy định đã thay đổi từ khi xem đề xuất: hãy tải lại, xem phần khác biệt mới rồi duyệt.",
            "The rules changed since you looked: load the page again, read the new difference, then approve.",
        ),
        Refusal::NotWaiting => say(
            "Hồ sơ trực tuyến này không còn chờ tiếp nhận (đã tiếp nhận, đã từ chối, hoặc đang chờ công dân bổ sung): hãy mở lại để xem trạng thái.",
            "This online file no longer waits for acceptance (accepted, declined, or waiting for its applicant): open it again.",
        ),
        Refusal::SentBackBefore => say(
            "Hồ sơ đã được yêu cầu bổ sung một lần; yêu cầu bổ sung phải nêu đầy đủ trong một lần (khoản 2 Điều 17 Nghị định số 118/2025/NĐ-CP). Hãy tiếp nhận hoặc từ chối.",
            "The file was sent back before, and what is missing has to be asked for in full and once (Decree 118/2025, Art. 17(2)). Accept or decline it.",
        ),
        Refusal::NotLate => say(
            "Hồ sơ này không trễ hẹn nên chưa có thiệt hại do chậm trễ để phản ánh; việc khác hãy gọi điện cho cơ quan.",
            "This dossier is not late, so there is no cost of a delay to report; for anything else please call.",
        ),
        Refusal::LetterWaits => say(
            "Phiếu xin lỗi của hồ sơ này đang chờ ký: sửa câu chữ và ngày hẹn ở khay ký, hoặc từ chối ký rồi báo lại.",
            "A letter of this dossier waits for its signature: edit it in the signer's tray, or refuse it and declare again.",
        ),
        Refusal::LetterDecided => say(
            "Phiếu này không còn chờ ký (đã ký, đã từ chối hoặc đã hủy vì hồ sơ thay đổi): hãy tải lại trang.",
            "This letter no longer waits for its signature (signed, refused, or void since the dossier moved on): load the page again.",
        ),
        Refusal::NotTheirUnit => say(
            "Phiếu thuộc đơn vị do người khác phụ trách: người phụ trách đơn vị, người được phân công thay khi vắng, hoặc lãnh đạo ký.",
            "The letter belongs to another unit: its supervisor, who stands in for them, or the manager signs it.",
        ),
        Refusal::LastAdministrator => say(
            "Đây là quản trị viên cuối cùng còn hoạt động: hãy giao vai trò quản trị cho người khác trước.",
            "This is the last administrator: give the role to somebody else first.",
        ),
        Refusal::NotYourPeople => say(
            "Chỉ chính người đó, người phụ trách đơn vị của họ hoặc quản trị viên ghi được ngày vắng mặt.",
            "Only the person, the supervisor of their unit, or an administrator can enter an absence.",
        ),
        Refusal::ApologyFirst => say(
            "Hồ sơ trễ hẹn và phiếu xin lỗi chưa được phát hành: ký phiếu ở khay ký (/thu/ky) rồi mới trả kết quả; chưa có phiếu thì báo trễ hẹn trước.",
            "The dossier is late and its apology was not issued: sign the letter (/thu/ky), then return the result; without a letter, declare the delay first.",
        ),
        Refusal::UndoOver => say(
            "Đã quá thời gian hoàn tác: ghi nhận này giữ nguyên.",
            "The time to undo is over: what was recorded stays.",
        ),
        Refusal::NotYourTick => say(
            "Chỉ người đã ghi nhận hoặc phụ trách bộ phận một cửa hoàn tác được.",
            "Only who recorded it, or the desk's supervisor, can undo it.",
        ),
        Refusal::TickFollowed => say(
            "Không hoàn tác được: sau ghi nhận này hồ sơ đã có thay đổi khác, người dân đã được báo theo cách khác, hoặc việc đã quá giờ (khi đó phụ trách bộ phận một cửa hoàn tác).",
            "This cannot be undone: the file has moved on since, the person was told in another way, or the task's time has run out (then the desk's supervisor undoes it).",
        ),
        Refusal::NotSentBack => say(
            "Hồ sơ không ở trạng thái chờ bổ sung: không có gì để ghi nhận.",
            "The file was not sent back: there is nothing to complete.",
        ),
    }
}

/// Where a dossier stands.
#[must_use]
pub const fn stage_text(stage: StageName, language: Language) -> &'static str {
    let (vi, en) = match stage {
        StageName::Processing => ("đang giải quyết", "in progress"),
        StageName::AwaitingSupplement => ("chờ bổ sung giấy tờ", "waiting for a supplement"),
        StageName::AwaitingObligation => ("chờ thực hiện nghĩa vụ tài chính", "waiting for an obligation"),
        StageName::Granted => ("đã giải quyết", "granted"),
        StageName::Refused => ("đã từ chối", "refused"),
        StageName::Withdrawn => ("đã rút", "withdrawn"),
        StageName::Stopped => ("đã dừng", "stopped"),
    };
    pick(language, vi, en)
}

/// What a step is called.
#[must_use]
pub const fn step_text(step: StepKind, language: Language) -> &'static str {
    let (vi, en) = match step {
        StepKind::Logged => ("tiếp nhận", "log"),
        StepKind::SupplementRequested => ("yêu cầu bổ sung", "ask for a supplement"),
        StepKind::SupplementReceived => ("nhận bổ sung", "receive the supplement"),
        StepKind::ObligationRequested => ("yêu cầu nghĩa vụ tài chính", "ask for an obligation"),
        StepKind::ObligationMet => ("hoàn thành nghĩa vụ tài chính", "meet the obligation"),
        StepKind::DelayDeclared => ("báo chậm", "declare a delay"),
        StepKind::Rescheduled => ("hẹn lại", "reschedule"),
        StepKind::Redated => ("dời ngày hẹn theo lịch nghỉ", "move the date with the calendar"),
        StepKind::PromiseImported => ("nhận ngày hẹn từ hệ thống khác", "take over a promise"),
        StepKind::ResultReady => ("có kết quả", "result"),
        StepKind::Returned => ("trả kết quả", "return the result"),
        StepKind::Withdrawn => ("rút hồ sơ", "withdraw"),
        StepKind::Stopped => ("dừng giải quyết", "stop"),
        StepKind::HandedOver => ("bàn giao hồ sơ giấy", "hand over the paper"),
        StepKind::ConsultationAsked => ("lấy ý kiến", "ask for an opinion"),
        StepKind::ConsultationAnswered => ("nhận ý kiến", "receive an opinion"),
        StepKind::ReadyConfirmed => ("xác nhận kịp hạn", "confirm that it will be ready"),
        StepKind::LetterDrafted => ("dự thảo phiếu xin lỗi", "draft a letter"),
        StepKind::LetterIssued => ("phát hành phiếu xin lỗi", "issue a letter"),
        StepKind::LetterRefused => ("không ký phiếu xin lỗi", "refuse a letter"),
        StepKind::LossDeclared => ("xin lỗi do mất, sai sót", "apologise for a loss or an error"),
        StepKind::Reassigned => ("chuyển đơn vị, cán bộ khác", "pass on to another unit or officer"),
        StepKind::ResultCorrected => ("đính chính thời điểm có kết quả", "correct when the result was ready"),
    };
    pick(language, vi, en)
}
