//! The words of the command line; fixed, since scripts rely on them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::limit::Limit;
use crate::domain::pause::Pause;
use crate::domain::time::{Instant, parse_instant};
use crate::render::pages::Lang;

use super::periods::PeriodWords;
use super::reasons;

pub mod files;
pub mod people;
pub mod reports;

use files::{ExportWords, ImportWords};
use people::{AgencyWords, TokenWords, UserWords};
use reports::{ReconcileWords, ReportKind, ReportWords};

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
    /// Kiểm tra chuỗi nhật ký, tính lại mọi ngày hẹn và số liệu của những ngày đã qua
    Verify,
    /// Lập số liệu của những ngày đã qua cho báo cáo (dịch vụ tự làm)
    Facts {
        /// Bỏ số liệu đang có, lập lại từ hồ sơ
        #[arg(long)]
        anew: bool,
    },
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
            | Self::Facts { .. }
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

#[derive(Debug, Subcommand)]
pub enum ConfigWords {
    /// Kể mọi lỗi trong cài đặt
    Check,
}

fn instant(text: &str) -> Result<Instant, String> {
    parse_instant(text).ok_or_else(|| reasons::NOT_AN_INSTANT.to_owned())
}

fn limit(text: &str) -> Result<Limit, String> {
    text.parse().map_err(reasons::limit)
}

fn pause(text: &str) -> Result<Pause, String> {
    reasons::pause(text)
}
