//! The words of the command line; fixed, since scripts rely on them.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::limit::Limit;
use crate::domain::pause::Pause;
use crate::domain::rates::Percent;
use crate::domain::role::Role;
use crate::domain::time::{Instant, parse_instant};
use crate::office::report_groups::Grouping;
use crate::render::pages::Lang;

use super::periods::PeriodWords;
use super::reasons;

/// Đúng Hẹn: hồ sơ một cửa trả đúng ngày hẹn, hoặc một lời xin lỗi có ngày hẹn mới.
#[derive(Debug, Parser)]
#[command(name = "dunghen", version, max_term_width = 100)]
pub struct Words {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every verb takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Tệp cài đặt (`TOML`), chồng lên cài đặt mặc định
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Làm như thể lúc này là T, ví dụ 2026-11-24T08:00
    #[arg(long, global = true, value_name = "T", value_parser = instant)]
    pub now: Option<Instant>,
    /// Mã cơ quan, khi một bản cài đặt phục vụ nhiều cơ quan
    #[arg(long, global = true, value_name = "A")]
    pub agency: Option<String>,
    /// Trả lời bằng JSON
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Chạy dịch vụ: trang web, giao diện máy và các việc định kỳ
    Serve {
        /// Một xã mẫu với dữ liệu dựng sẵn; không gửi gì ra ngoài
        #[arg(long)]
        demo: bool,
    },
    /// Tính ngày hẹn trả
    Deadline(DeadlineWords),
    /// Nhập thủ tục, lịch nghỉ hoặc hồ sơ từ tệp
    #[command(subcommand)]
    Import(ImportWords),
    /// Xuất lịch nghỉ ra tệp
    #[command(subcommand)]
    Export(ExportWords),
    /// Rà hồ sơ: nhắc việc, báo quá hạn, phát hành phiếu xin lỗi
    Sweep {
        /// Chỉ nói sẽ làm gì, không ghi
        #[arg(long)]
        dry_run: bool,
    },
    /// Gửi những gì đang chờ trong hộp đi
    Dispatch,
    /// Sáng mai ai nhận gì: chạy thử đến giờ mở cửa tới, không ghi và không gửi gì
    Tomorrow,
    /// Báo cáo
    Report(ReportWords),
    /// Đối chiếu tệp xuất từ Cổng Dịch vụ công quốc gia hoặc hệ thống của tỉnh với hồ sơ ở đây; không ghi gì
    Reconcile(ReconcileWords),
    /// Chốt kỳ báo cáo và xem lại kỳ đã chốt
    #[command(subcommand)]
    Period(PeriodWords),
    /// Phiếu xin lỗi của một hồ sơ, đúng bản đã phát hành
    Letter {
        code: String,
        /// Ghi PDF vào tệp này
        #[arg(long, value_name = "FILE.pdf")]
        out: Option<PathBuf>,
    },
    /// Vì sao mỗi ngày hẹn của hồ sơ là ngày ấy
    Ledger {
        code: String,
        /// Ngôn ngữ của lý do
        #[arg(long, value_name = "vi|en", default_value = "vi")]
        language: LanguageWord,
    },
    /// Bằng chứng của một hồ sơ: thông báo, thư, lần gửi, trả lời, ai xác nhận
    Proof { code: String },
    /// Kiểm tra chuỗi nhật ký và tính lại mọi ngày hẹn
    Verify,
    /// Các cơ quan của bản cài đặt này
    #[command(subcommand)]
    Agency(AgencyWords),
    /// Tài khoản
    #[command(subcommand)]
    User(UserWords),
    /// Mã truy cập của giao diện máy
    #[command(subcommand)]
    Token(TokenWords),
    /// Sao lưu cơ sở dữ liệu SQLite, kể cả khi dịch vụ đang chạy
    Backup { file: PathBuf },
    /// Đưa bản sao lưu vào dùng; dịch vụ phải dừng trước
    Restore {
        file: PathBuf,
        /// Thay cơ sở dữ liệu đang có (bản cũ được giữ lại bên cạnh)
        #[arg(long)]
        replace: bool,
    },
    /// Đưa cơ sở dữ liệu lên phiên bản của chương trình
    Migrate {
        /// Chỉ xem còn thiếu gì
        #[arg(long)]
        status: bool,
    },
    /// Cài đặt
    #[command(subcommand)]
    Config(ConfigWords),
    /// Mô tả `OpenAPI` của giao diện máy
    Openapi,
}

#[derive(Debug, Args)]
pub struct DeadlineWords {
    /// Thời điểm tiếp nhận
    #[arg(long, value_name = "T", value_parser = instant, required_unless_present = "batch")]
    pub received: Option<Instant>,
    /// Thời hạn: `5 working_day`, `1 month`, `same_day` …
    #[arg(long, value_name = "LIMIT", value_parser = limit, required_unless_present = "batch")]
    pub limit: Option<Limit>,
    /// Khoảng không tính; có thể lặp lại
    #[arg(long, value_name = "FROM/TO", value_parser = pause, conflicts_with = "batch")]
    pub pause: Vec<Pause>,
    /// Khi nhận đủ hồ sơ bổ sung: tính lại từ đầu
    #[arg(long, value_name = "T", value_parser = instant, conflicts_with = "batch")]
    pub restart: Option<Instant>,
    /// Kể từng ngày và vì sao tính hay không
    #[arg(long)]
    pub explain: bool,
    /// Tính cả tệp CSV (- là đầu vào chuẩn), trả CSV `id,due_at,error`
    #[arg(long, value_name = "IN.csv", conflicts_with_all = ["received", "limit"])]
    pub batch: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum ImportWords {
    /// Danh mục thủ tục hành chính
    Procedures {
        file: PathBuf,
        /// Chỉ xem sẽ thay đổi gì, không ghi
        #[arg(long)]
        dry_run: bool,
    },
    /// Quy tắc thời hạn: ngày cộng thêm theo địa bàn, các hạn nhỏ
    Rules { file: PathBuf },
    /// Bậc thang nhắc việc: ai nhận tin gì, khi nào, bằng cách nào
    Ladder { file: PathBuf },
    /// Lịch nghỉ, làm bù: CSV, XLSX hoặc iCalendar (.ics)
    Calendar { file: PathBuf },
    /// Hồ sơ, từ CSV hoặc XLSX
    Dossiers {
        file: PathBuf,
        /// Tệp ánh xạ cột (TOML)
        #[arg(long, value_name = "MAP.toml")]
        mapping: Option<PathBuf>,
        /// Chỉ kiểm tra, không ghi
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum ExportWords {
    /// Ngày nghỉ, làm bù của một năm
    Calendar {
        #[arg(long, value_name = "NĂM", value_parser = clap::value_parser!(i32).range(1990..=2100))]
        year: i32,
        #[arg(long, default_value = "csv")]
        format: CalendarFormat,
        /// Ghi vào tệp thay cho đầu ra chuẩn
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CalendarFormat {
    Csv,
    /// `iCalendar`
    Ics,
}

#[derive(Debug, Args)]
pub struct ReportWords {
    /// summary, 06a, reasons, 07a, online, late, at-risk, units, procedures, index, self-score, province
    pub kind: ReportKind,
    /// Ngày đầu, tính cả ngày này; at-risk không hỏi theo kỳ
    #[arg(long, value_name = "D")]
    pub from: Option<NaiveDate>,
    /// Ngày cuối, tính cả ngày này
    #[arg(long, value_name = "D")]
    pub to: Option<NaiveDate>,
    /// Nhìn như tại thời điểm này
    #[arg(long, value_name = "T", value_parser = instant)]
    pub as_of: Option<Instant>,
    /// procedures: tỷ lệ hồ sơ (%) được phép quá hạn nếu rút ngắn; không ghi thì theo cài đặt
    #[arg(long, value_name = "%", value_parser = late_share)]
    pub late_share: Option<Percent>,
    /// at-risk: chỉ hồ sơ của đơn vị có mã này
    #[arg(long, value_name = "MÃ")]
    pub unit: Option<String>,
    /// 06a, reasons, 07a: mỗi dòng một lĩnh vực (field; không ghi thì theo lĩnh vực) hoặc một đơn vị (unit)
    #[arg(long)]
    pub by: Option<ByWord>,
    #[arg(long)]
    pub format: Option<ReportFormat>,
    /// Ghi vào tệp thay cho đầu ra chuẩn
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ReconcileWords {
    /// CSV hoặc XLSX
    pub file: PathBuf,
    /// Tệp ánh xạ cột (TOML), như khi nhập hồ sơ
    #[arg(long, value_name = "MAP.toml")]
    pub mapping: Option<PathBuf>,
    /// Ngày đầu, tính cả ngày này
    #[arg(long, value_name = "D")]
    pub from: NaiveDate,
    /// Ngày cuối, tính cả ngày này
    #[arg(long, value_name = "D")]
    pub to: NaiveDate,
    #[arg(long)]
    pub format: Option<ReportFormat>,
    /// Ghi vào tệp thay cho đầu ra chuẩn
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Of an answer to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LanguageWord {
    Vi,
    En,
}

impl LanguageWord {
    #[must_use]
    pub const fn lang(self) -> Lang {
        match self {
            Self::Vi => Lang::Vi,
            Self::En => Lang::En,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportKind {
    Summary,
    #[value(name = "06a")]
    Form06a,
    Reasons,
    #[value(name = "07a")]
    Form07a,
    Online,
    Late,
    AtRisk,
    Units,
    Procedures,
    Province,
    Index,
    SelfScore,
}

/// What a line of a prescribed form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ByWord {
    Field,
    Unit,
}

impl ByWord {
    #[must_use]
    pub const fn grouping(self) -> Grouping {
        match self {
            Self::Field => Grouping::Field,
            Self::Unit => Grouping::Unit,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Json,
    Csv,
    Xlsx,
    Pdf,
}

impl Verb {
    /// Whether it works in one agency, which has to be named where there are several.
    #[must_use]
    pub fn is_of_one(&self) -> bool {
        match self {
            Self::Tomorrow
            | Self::Import(ImportWords::Dossiers { .. })
            | Self::User(UserWords::Add { .. })
            | Self::Reconcile(_)
            | Self::Period(_) => true,
            Self::Report(words) => words.kind != ReportKind::Province,
            Self::Serve { .. }
            | Self::Deadline(_)
            | Self::Import(_)
            | Self::Export(_)
            | Self::Sweep { .. }
            | Self::Dispatch
            | Self::Letter { .. }
            | Self::Ledger { .. }
            | Self::Proof { .. }
            | Self::Verify
            | Self::Agency(_)
            | Self::User(_)
            | Self::Token(_)
            | Self::Backup { .. }
            | Self::Restore { .. }
            | Self::Migrate { .. }
            | Self::Config(_)
            | Self::Openapi => false,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum AgencyWords {
    /// Thêm một cơ quan (xã, phường; hoặc trung tâm của tỉnh)
    Add {
        /// Mã định danh, ví dụ H38.20
        code: String,
        /// Tên cơ quan
        name: String,
        /// Lấy phòng ban, bậc thang nhắc việc và mẫu giấy như cơ quan này
        #[arg(long, value_name = "CODE")]
        like: Option<String>,
        /// Tài khoản của cơ quan này nhìn được mọi cơ quan và sửa thủ tục, lịch, quy tắc dùng chung
        #[arg(long)]
        province: bool,
        /// Địa danh ghi trước ngày tháng trên văn bản
        #[arg(long, default_value = "")]
        place: String,
        #[arg(long, default_value = "")]
        address: String,
        #[arg(long, default_value = "")]
        phone: String,
        #[arg(long, default_value = "")]
        email: String,
    },
    /// Kể các cơ quan
    List,
}

#[derive(Debug, Subcommand)]
pub enum UserWords {
    /// Thêm tài khoản; không có mật khẩu thì chỉ nhận thông báo
    Add {
        username: String,
        /// Họ và tên
        #[arg(long)]
        name: String,
        /// clerk, officer, supervisor, manager, admin
        #[arg(long)]
        role: Role,
        /// Mã hoặc tên phòng, ban
        #[arg(long)]
        unit: Option<String>,
        #[arg(long)]
        email: Option<String>,
        /// Đọc mật khẩu từ dòng đầu của đầu vào chuẩn
        #[arg(long)]
        password_stdin: bool,
    },
    /// Khóa tài khoản, kết thúc mọi phiên của nó
    Disable { username: String },
    /// Đặt mật khẩu, đọc từ dòng đầu của đầu vào chuẩn
    Password { username: String },
    /// Ghi ngày vắng mặt: thông báo đến người thay thế; không ghi ngày là đã trở lại
    Absent {
        username: String,
        /// Ngày đầu, 2026-11-24
        #[arg(long, requires = "to")]
        from: Option<chrono::NaiveDate>,
        /// Ngày cuối, 2026-11-28
        #[arg(long, requires = "from")]
        to: Option<chrono::NaiveDate>,
    },
}

#[derive(Debug, Subcommand)]
pub enum TokenWords {
    /// Cấp mã; chỉ hiện một lần
    Add { username: String, name: String },
    /// Thu hồi mọi mã mang tên này
    Revoke { name: String },
}

#[derive(Debug, Subcommand)]
pub enum ConfigWords {
    /// Kể mọi lỗi trong cài đặt
    Check,
}

fn instant(text: &str) -> Result<Instant, String> {
    parse_instant(text).ok_or_else(|| reasons::NOT_AN_INSTANT.to_owned())
}

fn late_share(text: &str) -> Result<Percent, String> {
    reasons::late_share(text)
}

fn limit(text: &str) -> Result<Limit, String> {
    text.parse().map_err(reasons::limit)
}

fn pause(text: &str) -> Result<Pause, String> {
    reasons::pause(text)
}
