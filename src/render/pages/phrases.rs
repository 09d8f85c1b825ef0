//! Short texts of the pages that depend on a fact: what was done, a limit, office hours, the name of
//! a number of the report.

use crate::domain::channel::ServiceLevel;
use crate::domain::limit::LimitUnit;
use crate::domain::summary::Bucket;

use super::ctx::Lang;

fn pick(lang: Lang, vi: &str, en: &str) -> String {
    match lang {
        Lang::Vi => vi.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// What the next page says after something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Logged,
    Accepted,
    SentBack,
    Completed,
    Declined,
    Step,
    HandedOver,
    Told,
    Retried,
    JobRan,
    ClockMoved,
    ClockRefused,
    Approved,
    Proposed,
    Applied,
    Acknowledged,
    NothingChosen,
    Signed,
    Refused,
    FilterSaved,
    DraftDropped,
    ImportDropped,
}

impl Done {
    pub const ALL: [Self; 22] = [
        Self::Logged,
        Self::Accepted,
        Self::SentBack,
        Self::Completed,
        Self::Declined,
        Self::Step,
        Self::HandedOver,
        Self::Told,
        Self::Retried,
        Self::JobRan,
        Self::ClockMoved,
        Self::ClockRefused,
        Self::Approved,
        Self::Proposed,
        Self::Applied,
        Self::Acknowledged,
        Self::NothingChosen,
        Self::Signed,
        Self::Refused,
        Self::FilterSaved,
        Self::DraftDropped,
        Self::ImportDropped,
    ];

    /// The word that travels in the cookie.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Logged => "logged",
            Self::Accepted => "accepted",
            Self::SentBack => "sent-back",
            Self::Completed => "completed",
            Self::Declined => "declined",
            Self::Step => "step",
            Self::HandedOver => "handed-over",
            Self::Told => "told",
            Self::Retried => "retried",
            Self::JobRan => "job-ran",
            Self::ClockMoved => "clock-moved",
            Self::ClockRefused => "clock-refused",
            Self::Approved => "approved",
            Self::Proposed => "proposed",
            Self::Applied => "applied",
            Self::Acknowledged => "acknowledged",
            Self::NothingChosen => "nothing-chosen",
            Self::Signed => "signed",
            Self::Refused => "refused",
            Self::FilterSaved => "filter-saved",
            Self::DraftDropped => "draft-dropped",
            Self::ImportDropped => "import-dropped",
        }
    }

    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table: one sentence a word")]
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Logged => pick(lang, "Đã tiếp nhận hồ sơ.", "The dossier is logged."),
            Self::ImportDropped => pick(lang, "Đã xóa tệp nhập.", "The file is deleted."),
            Self::DraftDropped => pick(lang, "Đã bỏ phần nhập dở.", "The draft is dropped."),
            Self::Accepted => pick(
                lang,
                "Đã tiếp nhận hồ sơ trực tuyến; giấy tiếp nhận đang được gửi cho người nộp.",
                "The online file is accepted; its receipt is on the way to the applicant.",
            ),
            Self::SentBack => pick(
                lang,
                "Đã yêu cầu bổ sung; thời gian tiếp nhận dừng đến khi người nộp bổ sung.",
                "Sent back; the time for acceptance stands still until the applicant answers.",
            ),
            Self::Completed => pick(
                lang,
                "Đã ghi nhận bổ sung; thời gian tiếp nhận tính lại từ đầu.",
                "Recorded as completed; the time for acceptance starts afresh.",
            ),
            Self::Declined => pick(
                lang,
                "Đã ghi nhận không tiếp nhận; lý do đang được gửi cho người nộp.",
                "Declined; the reason is on the way to the applicant.",
            ),
            Self::Step => pick(lang, "Đã ghi nhận.", "Recorded."),
            Self::HandedOver => pick(lang, "Đã ghi nhận giao phiếu.", "The letter is recorded as handed over."),
            Self::Told => pick(lang, "Đã ghi nhận báo cho người dân.", "Recorded: the person was told."),
            Self::Retried => pick(lang, "Tin sẽ được gửi lại ở lượt tới.", "It will be sent again at the next run."),
            Self::JobRan => pick(lang, "Đã chạy xong.", "The job has run."),
            Self::ClockMoved => pick(
                lang,
                "Đồng hồ đã chạy tới; thông báo và phiếu đến hạn đã được lập.",
                "The clock has moved; notices and letters that fell due were made.",
            ),
            Self::ClockRefused => pick(
                lang,
                "Đồng hồ mô phỏng chỉ chạy tới, mỗi lần không quá 31 ngày.",
                "The clock only moves forward, 31 days at most at once.",
            ),
            Self::Approved => pick(lang, "Đã duyệt; thay đổi có hiệu lực.", "Approved; the change holds."),
            Self::Proposed => pick(
                lang,
                "Đã gửi đề xuất; thay đổi có hiệu lực khi người khác duyệt.",
                "Proposed; it takes effect when somebody else approves it.",
            ),
            Self::Signed => pick(
                lang,
                "Đã ký: phiếu có số và đang được gửi cho người nộp.",
                "Signed: the letter has its number and is on the way to the applicant.",
            ),
            Self::Refused => {
                pick(lang, "Đã trả lại phiếu cho công chức xử lý.", "The letter went back to the handling officer.")
            }
            Self::FilterSaved => {
                pick(lang, "Đã lưu bộ lọc; tên của nó đứng trên danh sách.", "Saved; its name stands above the list.")
            }
            Self::Applied => pick(lang, "Đã áp dụng thay đổi.", "The change holds."),
            Self::Acknowledged => pick(lang, "Đã xác nhận nhận thông báo.", "Acknowledged."),
            Self::NothingChosen => {
                pick(lang, "Chưa chọn thông báo nào: hãy đánh dấu rồi xác nhận.", "Nothing chosen: tick alerts first.")
            }
        }
    }
}

/// How the queue is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueSort {
    DueFirst,
    DueLast,
    NewestFirst,
    OldestFirst,
}

impl QueueSort {
    pub const ALL: [Self; 4] = [Self::DueFirst, Self::DueLast, Self::NewestFirst, Self::OldestFirst];

    /// Value of the `sort` parameter, as in the machine interface.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DueFirst => "due_at",
            Self::DueLast => "-due_at",
            Self::NewestFirst => "-received_at",
            Self::OldestFirst => "received_at",
        }
    }

    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::DueFirst => pick(lang, "Hẹn sớm trước", "Due first"),
            Self::DueLast => pick(lang, "Hẹn muộn trước", "Due last"),
            Self::NewestFirst => pick(lang, "Mới nhận trước", "Newest first"),
            Self::OldestFirst => pick(lang, "Nhận lâu trước", "Oldest first"),
        }
    }
}

/// A way to a citizen, as its choice reads; empty: as usual.
#[must_use]
pub fn way_choice(lang: Lang, way: &str) -> String {
    match way {
        "mail" => pick(lang, "Thư điện tử", "E-mail"),
        "sms" => pick(lang, "Tin nhắn SMS", "SMS"),
        "zalo" => pick(lang, "Zalo", "Zalo"),
        "tray" => pick(lang, "Giấy, hoặc điện thoại", "Paper, or telephone"),
        _ => pick(lang, "Theo thứ tự chung của cơ quan", "As the office usually does"),
    }
}

/// The reason of a letter that no list names: the program's own, or of a loss.
#[must_use]
pub fn own_reason(lang: Lang, code: &str) -> String {
    match code {
        "in_process" => pick(lang, "theo nơi hồ sơ đang dừng", "as the file stands"),
        "loss" => pick(lang, "mất hoặc hỏng giấy tờ", "loss or damage"),
        "error" => pick(lang, "sai sót của cơ quan", "an error of the office"),
        other => other.to_owned(),
    }
}

/// `Sắp đến hạn, bậc 1, bản 2: QĐ 12`: the rung that an alert came from.
#[must_use]
pub fn rung(lang: Lang, kind: &str, level: i32, version: i32, basis: &str) -> String {
    match lang {
        Lang::Vi => format!("{kind}, bậc {level}, bản {version}: {basis}"),
        Lang::En => format!("{kind}, rung {level}, version {version}: {basis}"),
    }
}

/// `Lê Văn Thử xác nhận sẽ kịp hạn, 08:10 01/12/2026`.
#[must_use]
pub fn confirmed_by(lang: Lang, who: &str, at: &str) -> String {
    match lang {
        Lang::Vi => format!("{who} xác nhận sẽ kịp hạn, {at}"),
        Lang::En => format!("{who} confirmed that it will be ready, {at}"),
    }
}

/// `5 ngày làm việc` / `5 working days`.
#[must_use]
pub fn limit(lang: Lang, value: i64, unit: LimitUnit) -> String {
    let (vi, en) = match unit {
        LimitUnit::SameDay => return pick(lang, "trong ngày", "same day"),
        LimitUnit::WorkingDay => ("ngày làm việc", "working day"),
        LimitUnit::CalendarDay => ("ngày", "day"),
        LimitUnit::Month => ("tháng", "month"),
        LimitUnit::WorkingHour => ("giờ làm việc", "working hour"),
        LimitUnit::Hour => ("giờ", "hour"),
    };
    match lang {
        Lang::Vi => format!("{value} {vi}"),
        Lang::En if value == 1 => format!("1 {en}"),
        Lang::En => format!("{value} {en}s"),
    }
}

/// How late something is: `quá 3 ngày làm việc`; the due day itself has no whole day.
#[must_use]
pub fn working_days_late(lang: Lang, days: Option<u32>) -> String {
    match days {
        None => pick(lang, "chưa quá hạn", "not past it"),
        Some(0) => pick(lang, "quá trong ngày", "late the same day"),
        Some(1) => pick(lang, "quá 1 ngày làm việc", "1 working day late"),
        Some(days) => pick(lang, &format!("quá {days} ngày làm việc"), &format!("{days} working days late")),
    }
}

/// Both limits as the receipt states them, in Vietnamese: the law's, and the shorter one that the
/// office committed to.
#[must_use]
pub fn both_limits(statutory: &str, commitment: &str) -> String {
    format!("{statutory} theo quy định; cơ quan cam kết {commitment}")
}

/// Where no limit is known.
#[must_use]
pub fn no_limit(lang: Lang) -> String {
    pick(lang, "chưa có thời hạn", "no limit known")
}

/// `chờ từ 11/11/2026`.
#[must_use]
pub fn waiting_since(lang: Lang, day: &str) -> String {
    format!("{} {day}", pick(lang, "chờ từ", "waiting since"))
}

/// `lần 1, 17:00 24/11/2026`: which promise, and its moment.
#[must_use]
pub fn promise_number(lang: Lang, number: i32, at: &str) -> String {
    format!("{} {number}, {at}", pick(lang, "lần", "no."))
}

/// Why a promise is that day, in a sentence: how many days count and how many do not.
#[must_use]
pub fn counted_days(lang: Lang, counted: usize, skipped: usize) -> String {
    match lang {
        Lang::Vi if skipped == 0 => format!("Tính {counted} ngày, không bỏ ngày nào."),
        Lang::Vi => format!("Tính {counted} ngày; không tính {skipped} ngày (nghỉ hằng tuần, lễ, hoặc chờ ông/bà)."),
        Lang::En if skipped == 0 => format!("Days counted: {counted}; none left out."),
        Lang::En => {
            format!("Days counted: {counted}; not counted: {skipped} (weekly rest, holidays, or waiting for you).")
        }
    }
}

/// `từ 17:00 11/11/2026`.
#[must_use]
pub fn since(lang: Lang, at: &str) -> String {
    format!("{} {at}", pick(lang, "từ", "since"))
}

/// Where a draft waits, since when, until when, and whether the citizen was told without it.
#[must_use]
pub fn in_tray(lang: Lang, whose: &str, from: &str, by: Option<String>, told: Option<String>) -> String {
    let by = by.map(|by| format!("{} {by}", pick(lang, "phải ký trước", "to be signed by")));
    let told = told.map(|at| format!("{} {at}", pick(lang, "đã báo chậm cho dân lúc", "the citizen was told at")));
    let parts = [Some(whose.to_owned()).filter(|whose| !whose.is_empty()), Some(since(lang, from)), by, told];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// `đến 30/11/2026`.
#[must_use]
pub fn away_until(lang: Lang, day: &str) -> String {
    format!("{} {day}", pick(lang, "đến", "until"))
}

/// `hẹn trả 17:00 thứ Ba 24/11/2026`.
#[must_use]
pub fn promised(lang: Lang, when: &str) -> String {
    format!("{} {when}", pick(lang, "hẹn trả", "promised for"))
}

/// Who did it when nobody did.
#[must_use]
pub fn by_itself(lang: Lang) -> String {
    pick(lang, "hệ thống", "the system")
}

/// Done at the machine's command line.
#[must_use]
pub fn by_command(lang: Lang) -> String {
    pick(lang, "dòng lệnh quản trị", "the command line")
}

/// Online level of a procedure.
#[must_use]
pub fn level(lang: Lang, level: ServiceLevel) -> String {
    match level {
        ServiceLevel::Full => pick(lang, "Toàn trình", "Full"),
        ServiceLevel::Partial => pick(lang, "Một phần", "Partial"),
        ServiceLevel::None => pick(lang, "Trực tiếp, bưu chính", "Counter or post"),
    }
}

/// The form was logged before, with other contents.
#[must_use]
pub fn logged_before(lang: Lang) -> String {
    pick(
        lang,
        "Biểu mẫu này đã được ghi thành một hồ sơ trước đó. Nếu đây là hồ sơ khác, hãy kiểm tra rồi gửi lại.",
        "This form was logged as a dossier before. If this is another one, check it and send it again.",
    )
}

/// A file of the import wizard that is larger than one may be.
#[must_use]
pub fn file_too_large(lang: Lang, megabytes: u64) -> String {
    match lang {
        Lang::Vi => format!(
            "Tệp quá lớn: tối đa {megabytes} MB. Hãy chia nhỏ tệp, hoặc nhập bằng lệnh dunghen import dossiers."
        ),
        Lang::En => format!(
            "The file is too large: {megabytes} MB at most. Split it, or use the command dunghen import dossiers."
        ),
    }
}

/// `760 kB`, `3,2 MB`.
#[must_use]
pub fn file_size(lang: Lang, bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1024);
    if kilobytes < 1024 {
        return format!("{kilobytes} kB");
    }
    let point = pick(lang, ",", ".");
    let tenths = kilobytes * 10 / 1024;
    format!("{}{point}{} MB", tenths / 10, tenths % 10)
}

/// First entries of selects.
#[must_use]
pub fn nobody_yet(lang: Lang) -> String {
    pick(lang, "chưa giao ai", "nobody yet")
}

/// The name of a number of a unit's board.
#[must_use]
pub fn board_part(lang: Lang, code: &str) -> String {
    match code {
        "qua-han" => pick(lang, "quá hạn", "late"),
        "sap-tre" => pick(lang, "sắp trễ", "at risk"),
        "cho-ky" => pick(lang, "chờ ký phiếu", "letter to be signed"),
        "cho-dan" => pick(lang, "chờ dân", "waiting for the citizen"),
        _ => pick(lang, "đang giải quyết", "in progress"),
    }
}

#[must_use]
pub fn no_unit(lang: Lang) -> String {
    pick(lang, "chưa rõ đơn vị", "no unit")
}

#[must_use]
pub fn every_unit(lang: Lang) -> String {
    pick(lang, "Tất cả đơn vị", "All units")
}

#[must_use]
pub fn every_officer(lang: Lang) -> String {
    pick(lang, "Mọi cán bộ", "Everybody")
}

#[must_use]
pub fn every_sector(lang: Lang) -> String {
    pick(lang, "Mọi lĩnh vực", "All sectors")
}

#[must_use]
pub fn unit_by_procedure(lang: Lang) -> String {
    pick(lang, "Theo thủ tục", "By the procedure")
}

#[must_use]
pub fn officer_by_unit(lang: Lang) -> String {
    pick(lang, "Theo đơn vị", "By the unit")
}

/// How a message travels.
#[must_use]
pub fn by_mail(lang: Lang) -> String {
    pick(lang, "thư điện tử", "e-mail")
}

/// A way of delivery by its word in the database: `mail`, `sms`, `zalo`, `tray`.
#[must_use]
pub fn way(lang: Lang, way: &str) -> String {
    match way {
        "mail" => by_mail(lang),
        "sms" => "SMS".to_owned(),
        "zalo" => "Zalo".to_owned(),
        _ => on_paper(lang),
    }
}

/// For the banner: `Không gửi được thư điện tử từ 08:12 24/11/2026.`
#[must_use]
pub fn way_is_down(lang: Lang, way: &str, since: &str) -> String {
    match lang {
        Lang::Vi => format!("Không gửi được {way} từ {since}."),
        Lang::En => format!("No {way} could be sent since {since}."),
    }
}

/// Why a message waits, with the moment where there is one.
#[must_use]
pub fn waits(lang: Lang, why: MessageWaits, moment: &str) -> String {
    match (lang, why) {
        (Lang::Vi, MessageWaits::ForDigest) => "chờ bản tin buổi sáng".to_owned(),
        (Lang::En, MessageWaits::ForDigest) => "for the digest of the morning".to_owned(),
        (Lang::Vi, MessageWaits::AtTheDesk) => "chờ in, giao tay".to_owned(),
        (Lang::En, MessageWaits::AtTheDesk) => "to be printed and handed over".to_owned(),
        (Lang::Vi, MessageWaits::Quiet) => format!("ngoài giờ gửi, gửi lúc {moment}"),
        (Lang::En, MessageWaits::Quiet) => format!("quiet hours, leaves at {moment}"),
        (Lang::Vi, MessageWaits::Until) => format!("gửi lúc {moment}"),
        (Lang::En, MessageWaits::Until) => format!("leaves at {moment}"),
        (Lang::Vi, MessageWaits::WayDown) => format!("kênh gửi hỏng từ {moment}"),
        (Lang::En, MessageWaits::WayDown) => format!("the way is down since {moment}"),
        (Lang::Vi, MessageWaits::Next) => "gửi ở lượt kế tiếp".to_owned(),
        (Lang::En, MessageWaits::Next) => "leaves with the next round".to_owned(),
        (Lang::Vi, MessageWaits::OnItsWay) => "đang được gửi".to_owned(),
        (Lang::En, MessageWaits::OnItsWay) => "being sent".to_owned(),
        (Lang::Vi, MessageWaits::Stuck) => "bị kẹt: đang gửi quá lâu".to_owned(),
        (Lang::En, MessageWaits::Stuck) => "stuck: on its way for too long".to_owned(),
    }
}

/// What a message waits for, for its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageWaits {
    ForDigest,
    AtTheDesk,
    Quiet,
    Until,
    WayDown,
    Next,
    OnItsWay,
    Stuck,
}

#[must_use]
pub fn on_paper(lang: Lang) -> String {
    pick(lang, "in giấy, giao tay", "on paper")
}

/// Office hours, a line for each run of weekdays with the same sessions; `week` starts on Monday.
#[must_use]
pub fn office_hours(lang: Lang, week: [&[String]; 7]) -> Vec<String> {
    let names = match lang {
        Lang::Vi => ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"],
        Lang::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    };
    let mut runs: Vec<(&str, &str, &[String])> = Vec::new();
    for (name, sessions) in names.into_iter().zip(week) {
        match runs.last_mut() {
            Some((_, last, same)) if *same == sessions => *last = name,
            Some(_) | None => runs.push((name, name, sessions)),
        }
    }
    let to = pick(lang, "đến", "to");
    let line = |(first, last, sessions): (&str, &str, &[String])| {
        let days = if first == last { first.to_owned() } else { format!("{first} {to} {last}") };
        let hours: Vec<String> = sessions.iter().map(|session| session.replace('-', "–")).collect();
        format!("{days} {}", hours.join(", "))
    };
    runs.into_iter().filter(|(_, _, sessions)| !sessions.is_empty()).map(line).collect()
}

/// What brought a version of the calendar: a decision, or a word of ours for what was done.
#[must_use]
pub fn decision(lang: Lang, decision: &str) -> String {
    match decision {
        "import" => pick(lang, "nhập từ tệp", "import of a file"),
        "office hours" => pick(lang, "giờ làm việc trong cấu hình", "office hours of the settings"),
        other => other.to_owned(),
    }
}

/// A date that rests on days that nobody published or confirmed yet.
#[must_use]
pub fn provisionally(lang: Lang, date: &str) -> String {
    format!("{date} ({})", pick(lang, "tạm tính", "provisional"))
}

/// The name of a calendar of days off.
#[must_use]
pub fn calendar_title(lang: Lang, year: i32) -> String {
    let words = pick(lang, "Lịch nghỉ, làm bù", "Days off and make-up days");
    format!("{words} {year}")
}

/// A wrong row of an uploaded file.
#[must_use]
pub fn wrong_row(lang: Lang, row: u64, field: &str, value: &str, reason: &str) -> String {
    let line = pick(lang, "Dòng", "Row");
    match value {
        "" => format!("{line} {row}, {field}: {reason}"),
        value => format!("{line} {row}, {field} “{value}”: {reason}"),
    }
}

/// What is allowed in a change of the calendar and worth a second look: a day that is over.
#[must_use]
pub fn past_day(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Vi => format!(
            "Ngày {day} đã qua: hồ sơ đã có kết quả và ngày hẹn đã qua giữ nguyên; chỉ hồ sơ còn hạn được tính lại."
        ),
        Lang::En => format!(
            "{day} is over: finished dossiers and promises that passed stay; only dossiers still in time are counted again."
        ),
    }
}

/// A year that has no day left.
#[must_use]
pub fn year_emptied(lang: Lang, year: i32) -> String {
    match lang {
        Lang::Vi => format!("Năm {year} không còn ngày nào: ngày hẹn rơi vào năm này sẽ ghi «tạm tính»."),
        Lang::En => format!("{year} has no day left: promises in it become provisional."),
    }
}

/// The result of a job, kept as JSON, in words: `đã gửi 3, gửi lại sau 0`.
#[must_use]
pub fn job_result(lang: Lang, result: &str) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(result) else { return result.to_owned() };
    let words = fields.iter().map(|(name, value)| {
        let word = match name.as_str() {
            "examined" => pick(lang, "đã xét", "examined"),
            "raised" => pick(lang, "lập mới", "raised"),
            "already_there" => pick(lang, "đã có sẵn", "already there"),
            "failed" => pick(lang, "lỗi", "failed"),
            "sent" => pick(lang, "đã gửi", "sent"),
            "retry" => pick(lang, "gửi lại sau", "to retry"),
            "missing" => pick(lang, "năm còn thiếu", "years missing"),
            "void" => pick(lang, "đã bỏ", "void"),
            other => other.to_owned(),
        };
        let count = match value {
            serde_json::Value::Object(kinds) => {
                kinds.values().filter_map(serde_json::Value::as_u64).sum::<u64>().to_string()
            }
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::String(_)
            | serde_json::Value::Array(_) => value.to_string(),
        };
        format!("{word} {count}")
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The name of a number of the report, over the list behind it.
#[must_use]
pub fn bucket(lang: Lang, bucket: Bucket) -> String {
    let (vi, en) = match bucket {
        Bucket::Received => ("tổng tiếp nhận", "received"),
        Bucket::ReceivedOnline => ("tiếp nhận trực tuyến", "received online"),
        Bucket::ReceivedCounter => ("tiếp nhận trực tiếp", "received at the counter"),
        Bucket::ReceivedPost => ("tiếp nhận qua bưu chính", "received by post"),
        Bucket::CarriedOver => ("kỳ trước chuyển sang", "carried over"),
        Bucket::Resolved => ("đã giải quyết", "resolved"),
        Bucket::Early => ("giải quyết trước hạn", "resolved early"),
        Bucket::OnTime => ("giải quyết đúng hạn", "resolved on time"),
        Bucket::Late => ("giải quyết quá hạn", "resolved late"),
        Bucket::LateWithApology => ("giải quyết quá hạn, đã xin lỗi", "resolved late, with apology"),
        Bucket::LateWithoutApology => ("giải quyết quá hạn, chưa xin lỗi", "resolved late, without apology"),
        Bucket::ResolvedNoPromise => ("đã giải quyết, không có ngày hẹn", "resolved, nothing promised"),
        Bucket::InProgress => ("đang giải quyết", "in progress"),
        Bucket::InTime => ("đang giải quyết, trong hạn", "in progress, in time"),
        Bucket::Overdue => ("đang giải quyết, quá hạn", "in progress, overdue"),
        Bucket::Paused => ("đang tạm dừng", "paused"),
        Bucket::NoPromise => ("đang giải quyết, chưa có hẹn", "in progress, no promise"),
        Bucket::FullOnlineOffered => ("tiếp nhận của thủ tục toàn trình", "received for full online procedures"),
        Bucket::FullOnline => ("nộp trực tuyến của thủ tục toàn trình", "online for full online procedures"),
        Bucket::HandledResults => ("đã có kết quả", "with a result"),
        Bucket::EntirelyOnline => ("xử lý hoàn toàn trực tuyến", "handled entirely online"),
        Bucket::ReceivedInPeriod => ("tiếp nhận trong kỳ", "received in the period"),
        Bucket::ReceivedWithResult => ("tiếp nhận trong kỳ, đã có kết quả", "received in the period, with a result"),
        Bucket::ReceivedWithoutResult => {
            ("tiếp nhận trong kỳ, chưa có kết quả", "received in the period, without a result")
        }
        Bucket::OnTimeBase => ("đã giải quyết và đang quá hạn", "resolved or overdue"),
        Bucket::OnTimeMet => ("giải quyết trước và đúng hạn", "resolved early or on time"),
        Bucket::LateAll => ("quá hạn, đã hoặc đang giải quyết", "late, resolved or open"),
        Bucket::ApologyGiven => ("quá hạn, đã xin lỗi", "late, with apology"),
        Bucket::StatutoryBase => {
            ("đã giải quyết và đang quá hạn theo quy định", "resolved or past the statutory limit")
        }
        Bucket::StatutoryMet => ("giải quyết trong hạn theo quy định", "resolved within the statutory limit"),
        Bucket::StatutoryLate => ("quá hạn theo quy định, đã hoặc đang giải quyết", "past the statutory limit"),
        Bucket::OnTimeMissed => {
            ("không đúng hẹn: quá hạn hoặc không có ngày hẹn", "not on time: late or never promised")
        }
        Bucket::NotEntirelyOnline => ("có kết quả, chưa hoàn toàn trực tuyến", "with a result, not entirely online"),
        Bucket::ReceivedNotOnline => ("tiếp nhận không qua trực tuyến", "received otherwise than online"),
        Bucket::FullOnlineMissed => {
            ("thủ tục toàn trình, không nộp trực tuyến", "full online procedures, not submitted online")
        }
    };
    pick(lang, vi, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_with_the_same_hours_stand_in_one_line() {
        let day = vec!["07:30-11:30".to_owned(), "13:30-17:00".to_owned()];
        let half = vec!["07:30-11:30".to_owned()];
        let week = [&day[..], &day, &day, &day, &day, &half, &[]];
        let lines = office_hours(Lang::Vi, week);
        assert_eq!(lines, ["thứ Hai đến thứ Sáu 07:30–11:30, 13:30–17:00", "thứ Bảy 07:30–11:30"]);
    }

    #[test]
    fn a_jobs_result_is_told_in_words_and_an_error_as_it_is() {
        let told = job_result(Lang::Vi, r#"{"sent":3,"retry":0,"failed":0,"void":1}"#);
        assert!(told.contains("đã gửi 3") && told.contains("đã bỏ 1"), "{told}");
        assert_eq!(job_result(Lang::Vi, r#"{"raised":{"overdue":2,"apology":1}}"#), "lập mới 3");
        assert_eq!(job_result(Lang::Vi, "failed: no route"), "failed: no route");
    }

    #[test]
    fn every_word_of_a_flash_is_found_again() {
        let codes: std::collections::BTreeSet<_> = Done::ALL.iter().map(|done| done.code()).collect();
        assert_eq!(codes.len(), Done::ALL.len());
    }
}
