//! What is wrong with a value, and what to do about it, in words.

pub use crate::domain::ledger::Language;
use crate::domain::problem::Problem;

mod account;
mod dates;
mod file;
mod refusal;

pub use dates::day_kind_text;
pub use refusal::{refusal_text, stage_text, step_text};

use self::account::account_text;
use self::dates::{before_calendar, code_text, day_text, deadline_text, limit_words, moment_text, new_date_text};
use self::file::{cannot_change, file_text};
use super::dates::short_date;

/// What is wrong, with the remedy, in the language asked for.
///
/// ```
/// use dunghen::domain::{ledger::Language, problem::Problem};
/// use dunghen::render::problems::problem_text;
/// assert_eq!(problem_text(&Problem::Required, Language::Vietnamese), "Bắt buộc: hãy nhập giá trị này.");
/// ```
#[must_use]
#[expect(clippy::too_many_lines, reason = "a table: one wording a problem")]
pub fn problem_text(problem: &Problem, language: Language) -> String {
    let say = |vi: &str, en: &str| pick(language, vi, en).to_owned();
    match problem {
        Problem::Required => say("Bắt buộc: hãy nhập giá trị này.", "Required: enter a value."),
        Problem::TooLong { max } => match language {
            Language::Vietnamese => format!("Quá dài: hãy rút còn tối đa {max} ký tự."),
            Language::English => format!("Too long: shorten it to {max} characters at most."),
        },
        Problem::NameTaken => say(
            "Tên này đã dùng: hãy đặt tên khác, hoặc xóa mục cũ trước.",
            "This name is taken: choose another, or delete the old one first.",
        ),
        Problem::TooMany { max } => match language {
            Language::Vietnamese => format!("Đã lưu đủ {max} mục: hãy xóa bớt trước khi lưu thêm."),
            Language::English => format!("{max} are saved, and no more are kept: delete some first."),
        },
        Problem::ControlCharacters => say(
            "Có ký tự xuống dòng hoặc ký tự điều khiển: hãy xóa chúng.",
            "It holds a line break or control characters: remove them.",
        ),
        Problem::TooManyLines { max } => match language {
            Language::Vietnamese => format!("Quá nhiều dòng: tối đa {max} dòng."),
            Language::English => format!("Too many lines: {max} at most."),
        },
        Problem::TooManyRows { max } => match language {
            Language::Vietnamese => {
                format!("Kỳ này có quá nhiều hồ sơ: hãy chọn kỳ ngắn hơn (tối đa {max} dòng), hoặc tải CSV.")
            }
            Language::English => format!("Too many dossiers: choose a shorter period ({max} rows at most), or CSV."),
        },
        Problem::EndsBeforeItBegins => {
            say("Ngày cuối trước ngày đầu: hãy đổi lại.", "The last day is before the first: exchange them.")
        }
        Problem::NotAnImage => say(
            "Không phải ảnh dùng được: hãy chọn tệp PNG, JPEG, hoặc SVG chỉ gồm hình vẽ (không chữ, liên kết, mã lệnh).",
            "No usable image: choose a PNG, a JPEG, or an SVG of plain shapes (no text, links, scripts).",
        ),
        Problem::ImageTooLarge { kilobytes, pixels } => match language {
            Language::Vietnamese => format!("Ảnh quá lớn: tối đa {kilobytes} kB, mỗi cạnh tối đa {pixels} điểm ảnh."),
            Language::English => format!("The image is too large: {kilobytes} kB and {pixels} pixels a side at most."),
        },
        Problem::NotAUnitCode => say(
            "Mã đơn vị gồm 1 đến 32 chữ không dấu, chữ số, dấu gạch.",
            "A unit's code has 1 to 32 letters without marks, digits, dashes.",
        ),
        Problem::SectorTaken { sector, unit } => match language {
            Language::Vietnamese => format!("Lĩnh vực “{sector}” đang do {unit} giải quyết: bỏ ở đơn vị đó trước."),
            Language::English => format!("The sector “{sector}” is handled by {unit}: take it away there first."),
        },
        Problem::WayNotSetUp => say(
            "Kênh này chưa cài đặt: thêm nhà cung cấp vào [[gateways]] rồi khởi động lại dịch vụ.",
            "This way is not set up: add a provider under [[gateways]] and restart the service.",
        ),
        Problem::TooOften { minutes } => match language {
            Language::Vietnamese => format!("Đã gửi thử nhiều lần liền nhau: hãy đợi {minutes} phút rồi gửi lại."),
            Language::English => format!("Several tests were sent just now: wait {minutes} minutes and try again."),
        },
        Problem::UnknownProcedure => say(
            "Không có thủ tục mang mã này: hãy kiểm tra mã, hoặc nạp danh mục thủ tục trước.",
            "No procedure has this code: check it, or import the list of procedures first.",
        ),
        Problem::UnknownUnit => say(
            "Không có phòng, ban này: hãy ghi mã hoặc tên đúng như trong cấu hình.",
            "No such unit: give its code or name as in the settings.",
        ),
        Problem::UnknownDossier => {
            say("Không có hồ sơ mang mã này: hãy kiểm tra mã.", "No dossier has this code: check it.")
        }
        Problem::UnknownChannel => say(
            "Kênh nộp phải là online (trực tuyến), counter (trực tiếp) hoặc post (bưu chính).",
            "The channel must be online, counter or post.",
        ),
        Problem::UnknownOfficer => say(
            "Không có công chức này: hãy ghi tên đăng nhập hoặc họ tên đúng như trong hệ thống.",
            "No such officer: give the user name or the name as in the system.",
        ),
        Problem::UnknownReason => {
            say("Không có lý do này: hãy chọn trong danh sách.", "No such reason: choose one of the list.")
        }
        Problem::CannedSentence => say(
            "Đây là tên nhóm lý do, không phải lý do của hồ sơ này: viết một câu nói rõ việc gì, vì sao.",
            "This is the name of a kind of reason, not the reason of this dossier: write what keeps it and why.",
        ),
        Problem::UnknownLoss => say(
            "Loại sự việc phải là loss (mất, hỏng) hoặc error (sai sót).",
            "What happened must be loss (lost, damaged) or error.",
        ),
        Problem::UnknownOutcome => say(
            "Kết quả phải là granted (giải quyết), refused (từ chối), withdrawn (rút) hoặc stopped (dừng).",
            "The outcome must be granted, refused, withdrawn or stopped.",
        ),
        Problem::NotAnInstant => say(
            "Không đọc được thời điểm: hãy ghi như 2026-11-24 08:00, hoặc khai báo định dạng ngày.",
            "Not a point in time: write it like 2026-11-24 08:00, or name the date format.",
        ),
        Problem::NotACursor => say(
            "Không phải vị trí trong danh sách: hãy lấy đúng giá trị next của trang trước, hoặc bỏ trống.",
            "Not a place in the list: take next of the page before as it is, or leave it out.",
        ),
        Problem::NotADay => say("Không đọc được ngày: hãy ghi như 2026-11-24.", "Not a day: write it like 2026-11-24."),
        Problem::NotAShare => say(
            "Tỷ lệ phải là số từ 0 đến dưới 100, ví dụ 5 hoặc 2,5.",
            "The share must be a number from 0 to below 100, for example 5 or 2.5.",
        ),
        Problem::NotInRange { min, max } => {
            let (from, to) = (say("Hãy ghi một số nguyên từ", "Write a whole number from"), say("đến", "to"));
            format!("{from} {min} {to} {max}.")
        }
        Problem::UnknownAgency => say(
            "Không có cơ quan mang mã này: để trống để áp dụng cho mọi cơ quan.",
            "No agency has this code: leave it empty for every agency.",
        ),
        Problem::NotAPeriod => say(
            "Không phải kỳ báo cáo: ghi như 2026-11 (tháng), 2026-Q4 (quý), 2026-H2 (6 tháng) hoặc 2026 (năm).",
            "No period: write 2026-11 (month), 2026-Q4 (quarter), 2026-H2 (half-year) or 2026 (year).",
        ),
        Problem::NotAYear => say(
            "Không phải năm: hãy ghi một năm từ 1990 đến 2100, như 2027.",
            "Not a year: write one from 1990 to 2100, like 2027.",
        ),
        Problem::NotYesOrNo => say("Hãy ghi có hoặc không (true/false, 1/0).", "Say yes or no (true/false, 1/0)."),
        Problem::InTheFuture => say(
            "Thời điểm này chưa đến: hãy sửa lại ngày giờ hoặc múi giờ.",
            "This lies in the future: correct the time or its zone.",
        ),
        Problem::BeforeReceipt => say(
            "Sớm hơn bước trước đó của hồ sơ: hãy sửa lại ngày giờ.",
            "Earlier than the dossier's step before: correct the time.",
        ),
        Problem::BeforeCalendar { first_day } => before_calendar(*first_day, language),
        Problem::NotAnEmail => say(
            "Không phải địa chỉ thư điện tử: hãy sửa hoặc để trống.",
            "Not a mail address: correct it or leave it empty.",
        ),
        Problem::NotAPhone => {
            say("Không phải số điện thoại: hãy sửa hoặc để trống.", "Not a phone number: correct it or leave it empty.")
        }
        Problem::Code(error) => code_text(*error, language),
        Problem::CodeTaken => {
            say("Mã này đã có hồ sơ khác dùng: hãy dùng mã khác.", "Another dossier has this code: use another one.")
        }
        Problem::NewDate(error) => new_date_text(*error, language),
        Problem::Deadline(error) => deadline_text(*error, language),
        Problem::CannotChange { kept } => cannot_change(kept, language),
        Problem::RecordedHere => say(
            "Hồ sơ này do đơn vị tiếp nhận: hãy ghi bước này trên trang của hồ sơ; tệp nhập không ghi lùi ngày thay được.",
            "This office received the dossier: record the step on its page; a file cannot date it back.",
        ),
        Problem::Contradicts { other } => match language {
            Language::Vietnamese => format!("Mâu thuẫn với {other}: hãy sửa một trong hai."),
            Language::English => format!("Contradicts {other}: correct one of the two."),
        },
        Problem::NotALimit => say(
            "Không phải thời hạn: cần một số nguyên và đơn vị working_day, calendar_day, month, working_hour, hour hoặc same_day.",
            "Not a limit: a whole number and one of working_day, calendar_day, month, working_hour, hour, same_day.",
        ),
        Problem::NotAProcedureCode => say(
            "Mã thủ tục chỉ gồm chữ cái không dấu, chữ số, dấu chấm và gạch ngang, ví dụ 1.001193.",
            "A procedure's code has plain letters, digits, dots and hyphens only, e.g. 1.001193.",
        ),
        Problem::ProcedureExists => say(
            "Đã có thủ tục mang mã này: hãy mở thủ tục đó và lập thay đổi.",
            "A procedure has this code already: open it and change it there.",
        ),
        Problem::NotYetInForce { from } => match language {
            Language::Vietnamese => format!("Thủ tục này có hiệu lực từ {}: chưa nhận hồ sơ được.", short_date(*from)),
            Language::English => format!("This procedure holds from {} on: no dossier yet.", short_date(*from)),
        },
        Problem::NotShorter { limit } => match language {
            Language::Vietnamese => format!(
                "Cam kết phải ngắn hơn thời hạn theo quy định ({}): hãy giảm, hoặc để trống.",
                limit_words(*limit, language)
            ),
            Language::English => format!(
                "A commitment must be shorter than the statutory limit ({}): lower it or leave it empty.",
                limit_words(*limit, language)
            ),
        },
        Problem::OtherUnit { limit } => match language {
            Language::Vietnamese => format!(
                "Cam kết phải cùng đơn vị với thời hạn theo quy định ({}): hãy đổi đơn vị.",
                limit_words(*limit, language)
            ),
            Language::English => format!(
                "A commitment must be in the unit of the statutory limit ({}): change the unit.",
                limit_words(*limit, language)
            ),
        },
        Problem::InThePast => {
            say("Ngày này đã qua: hãy chọn hôm nay hoặc ngày sau.", "This day is over: choose today or later.")
        }
        Problem::NoChange => say(
            "Không có gì khác với quy định đang áp dụng: hãy sửa rồi gửi lại.",
            "Nothing differs from what holds already: change something first.",
        ),
        Problem::SameHolder => say(
            "Hồ sơ đang ở đơn vị và cán bộ này: hãy chọn người nhận khác.",
            "They have the dossier already: choose somebody else.",
        ),
        Problem::NotAPaper { line } => match language {
            Language::Vietnamese => format!(
                "Dòng {line} chưa đúng: viết «tên giấy tờ; số bản; bản chính, bản sao hoặc bản điện tử», số bản từ 1 đến 99."
            ),
            Language::English => {
                format!(
                    "Line {line} cannot be read: write “name; number of copies; original, copy or electronic”, 1 to 99 copies."
                )
            }
        },
        Problem::NotADayKind => say(
            "Loại ngày phải là holiday, compensatory, swapped_off hoặc swapped_working.",
            "The kind must be holiday, compensatory, swapped_off or swapped_working.",
        ),
        Problem::NotOneOf { expected } => match language {
            Language::Vietnamese => format!("Phải là một trong: {}.", expected.join(", ")),
            Language::English => format!("Must be one of: {}.", expected.join(", ")),
        },
        Problem::ColumnMissing => say(
            "Tệp không có cột này: hãy thêm cột, hoặc khai báo tên cột khác trong tệp ánh xạ.",
            "The file has no such column: add it, or name another one in the mapping.",
        ),
        Problem::ColumnTwice => say(
            "Tiêu đề có hai cột cùng tên này: hãy đổi tên một cột.",
            "The header has this column twice: rename one of them.",
        ),
        Problem::Unreadable { why } => match language {
            Language::Vietnamese => format!("Không đọc được ({why}): hãy sửa rồi nạp lại."),
            Language::English => format!("Unreadable ({why}): mend it and import again."),
        },
        Problem::EnoughToday { max } => match language {
            Language::Vietnamese => {
                format!("Hôm nay cơ quan đã nhận {max} tin về hồ sơ này: hãy gọi điện, hoặc gửi lại vào ngày mai.")
            }
            Language::English => {
                format!("We have had {max} messages about this dossier today: please call, or send it tomorrow.")
            }
        },
        Problem::Refused(refusal) => refusal_text(refusal, language),
        Problem::File(problem) => file_text(problem, language).to_owned(),
        Problem::Day(problem) => day_text(*problem, language),
        Problem::Account(problem) => account_text(*problem, language),
        Problem::Moment(problem) => moment_text(*problem, language),
    }
}

const fn pick<'a>(language: Language, vi: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Vietnamese => vi,
        Language::English => en,
    }
}
