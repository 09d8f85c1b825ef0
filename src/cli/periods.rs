//! `period`: closed periods, for people and for scripts.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::domain::time::Instant;
use crate::office::closing::PeriodAsked;
use crate::office::{Actor, Office};
use crate::render::tables;
use crate::web::api::periods::{period_lines, signed};

use super::output::{Failure, Streams};

#[derive(Debug, Subcommand)]
pub enum PeriodWords {
    /// Chốt một kỳ đã hết: báo cáo được đóng băng, có chữ ký và mã băm
    Close {
        /// 2026-11, 2026-Q4, 2026-H2 hoặc 2026
        period: String,
        /// Tên đăng nhập của lãnh đạo ký chốt
        #[arg(long, value_name = "USER")]
        by: String,
        /// calendar hoặc official; không ghi thì theo cài đặt
        #[arg(long)]
        shape: Option<String>,
    },
    /// Các kỳ: đã chốt, đã hết chưa chốt, đang chạy
    List,
    /// Báo cáo đã chốt; --json in đúng từng byte đã ký
    Show {
        period: String,
        #[arg(long)]
        shape: Option<String>,
        /// Ghi các byte đã ký vào tệp này
        #[arg(long, value_name = "FILE.json")]
        out: Option<PathBuf>,
    },
    /// Số đã chốt, số hôm nay, và hồ sơ nào làm nên chênh lệch
    Delta {
        period: String,
        #[arg(long)]
        shape: Option<String>,
    },
}

/// Answers `period`.
///
/// # Errors
/// What the verb refuses; the database, or the output.
pub fn run(office: &Office, now: Instant, words: &PeriodWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match words {
        PeriodWords::Close { period, by, shape } => {
            let asked = PeriodAsked::read(period, shape.as_deref(), None)?;
            let closed = office.close_period(now, &actor(office, by)?, &asked, None)?;
            let answer = json!(signed(&closed));
            streams.answer(&answer, || format!("Đã chốt {}: SHA-256 {}", closed.period, closed.sha256))
        }
        PeriodWords::List => {
            let answer = json!({ "items": period_lines(&office.periods(now, None)?) });
            streams.answer(&answer, || tables::lines(&tables::periods(&answer)))
        }
        PeriodWords::Show { period, shape, out } => {
            let asked = PeriodAsked::read(period, shape.as_deref(), None)?;
            let found = office.closed_period(&asked).map_err(|error| Failure::office(&error, &missing(period)))?;
            let (closed, bytes) = found;
            if out.is_some() || streams.shape == super::Shape::Json {
                // As they were signed: not a line end more.
                return match out.as_deref() {
                    Some(file) => streams.document(&bytes, Some(file)),
                    None => Ok(streams.out.write_all(&bytes)?),
                };
            }
            let frozen: Value = serde_json::from_slice(&bytes).map_err(|error| Failure::reason(error.to_string()))?;
            let summary = frozen.pointer("/reports/summary").cloned().unwrap_or_default();
            let head =
                format!("{} {}, SHA-256 {}", closed.signer, super::output::moment(closed.closed_at), closed.sha256);
            Ok(writeln!(streams.out, "{}\n{head}", tables::lines(&tables::summary(&summary)))?)
        }
        PeriodWords::Delta { period, shape } => {
            let asked = PeriodAsked::read(period, shape.as_deref(), None)?;
            let delta = office.period_delta(now, &asked).map_err(|error| Failure::office(&error, &missing(period)))?;
            let answer = json!(delta);
            streams.answer(&answer, || tables::lines(&tables::period_delta(&answer)))
        }
    }
}

fn missing(period: &str) -> String {
    format!("kỳ {period} đã chốt")
}

/// The account that signs; a name that nobody has may sign nothing.
fn actor(office: &Office, username: &str) -> Result<Actor, Failure> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    let found = rules.accounts.values().find(|account| account.username == username);
    Ok(found.map_or(Actor::CommandLine, |account| Actor::Account {
        id: account.id.clone(),
        username: account.username.clone(),
    }))
}
