//! The journal as an auditor reads it: searched, and its chain walked from time to time.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::time::{Instant, day_begins, parse_instant, rfc3339};
use crate::store::journal::{self, Entry};
use crate::store::{dossiers, kept};

use super::Office;
use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::verify::{Progress, VerifyReport};

/// Where the last walk over the chain is kept.
const LAST_WALK: &str = "verify/last";

/// Faults that are named; more are counted.
const NAMED: usize = 20;

/// What somebody looks for in the journal, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AuditQuery {
    pub code: String,
    pub actor: String,
    pub kind: String,
    pub from: String,
    pub to: String,
    pub q: String,
}

/// A line with the code of its dossier.
#[derive(Debug, Clone)]
pub struct AuditLine {
    pub entry: Entry,
    pub code: Option<String>,
}

/// How the last walk over the chain ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastWalk {
    at: String,
    pub entries: u64,
    pub dates: u64,
    /// Lines whose seal is off, and promises that do not follow again: how many.
    pub broken: u64,
    pub differ: u64,
    /// Days whose facts are not what their files give.
    #[serde(default)]
    pub days_differ: u64,
    /// The first of them: numbers of lines, codes of dossiers, days of agencies.
    pub named: Vec<String>,
}

impl LastWalk {
    /// When it ended; `None` for a text that is no moment.
    #[must_use]
    pub fn at(&self) -> Option<Instant> {
        parse_instant(&self.at)
    }

    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.broken + self.differ + self.days_differ == 0
    }
}

impl Office {
    /// Lines that fit, newest first, before the line `before`.
    ///
    /// # Errors
    /// A day that is none, a code that no dossier has; the database.
    pub fn audit(&self, query: &AuditQuery, before: Option<i64>, limit: i64) -> OfficeResult<Vec<AuditLine>> {
        self.store().read(|conn| {
            let mut errors = Vec::new();
            let code = query.code.trim();
            let dossier = if code.is_empty() { None } else { dossiers::by_code(conn, code)? };
            if !code.is_empty() && dossier.is_none() {
                errors.push(FieldError::new("code", code, Problem::UnknownDossier));
            }
            let mut day = |field, text: &str| {
                let text = text.trim();
                let day = text.parse::<NaiveDate>().ok();
                if !text.is_empty() && day.is_none() {
                    errors.push(FieldError::new(field, text, Problem::NotADay));
                }
                day
            };
            let (from, to) = (day("from", &query.from), day("to", &query.to));
            if !errors.is_empty() {
                return Err(OfficeError::Invalid(errors));
            }
            let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            let wanted = journal::Wanted {
                dossier_id: dossier.as_ref().map(|row| row.id.clone()),
                actor: text(&query.actor),
                kinds: text(&query.kind).into_iter().collect(),
                from: from.map(day_begins),
                until: to.and_then(|day| day.succ_opt()).map(day_begins),
                text: text(&query.q),
            };
            let found = journal::search(conn, &wanted, before, limit)?;
            let ids: Vec<&str> = found.iter().filter_map(|entry| entry.dossier_id.as_deref()).collect();
            let rows = dossiers::by_ids(conn, &ids)?;
            let code = |entry: &Entry| {
                let row = rows.iter().find(|row| Some(&row.id) == entry.dossier_id.as_ref());
                row.map(|row| row.code.clone())
            };
            Ok(found.into_iter().map(|entry| AuditLine { code: code(&entry), entry }).collect())
        })
    }

    /// Walks the journal and replays every ledger ([`Office::verify`]), and keeps how it ended.
    ///
    /// # Errors
    /// The database.
    pub fn verify_and_keep(
        &self,
        now: Instant,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> OfficeResult<VerifyReport> {
        let report = self.verify(progress)?;
        let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        let lines = report.broken.iter().map(|line| format!("#{}", line.seq));
        let dates = report.dates_differ.iter().map(|date| date.code.clone());
        let days = report.days_differ.iter().map(|one| format!("{} {}", one.agency, one.day));
        let named = lines.chain(dates).chain(days).take(NAMED).collect();
        let walk = LastWalk {
            at: rfc3339(now),
            entries: report.entries,
            dates: report.dates_replayed,
            broken: count(report.broken.len()),
            differ: count(report.dates_differ.len()),
            days_differ: count(report.days_differ.len()),
            named,
        };
        let text = serde_json::to_string(&walk)?;
        self.store().write(|tx| kept::put(tx, LAST_WALK, &text))?;
        if !walk.is_sound() {
            tracing::error!(broken = walk.broken, differ = walk.differ, "the journal or a ledger is not sound");
        }
        Ok(report)
    }

    /// How the last walk ended; `None`: there was none.
    ///
    /// # Errors
    /// The database.
    pub fn last_walk(&self) -> OfficeResult<Option<LastWalk>> {
        // It names files of every agency.
        if !self.leads()? {
            return Ok(None);
        }
        let text = self.store().read(|conn| kept::get(conn, LAST_WALK))?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }
}
