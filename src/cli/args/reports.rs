//! Reports, and the comparison with what another system counts.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::instant;
use crate::cli::reasons;
use crate::domain::rates::Percent;
use crate::domain::time::Instant;
use crate::office::report_groups::Grouping;

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

fn late_share(text: &str) -> Result<Percent, String> {
    reasons::late_share(text)
}
