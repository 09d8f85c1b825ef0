//! What is read from files and written to them: rules, calendars, dossiers.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

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
