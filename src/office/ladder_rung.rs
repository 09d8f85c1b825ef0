//! A rung as somebody states it: typed, checked, kept.

use std::fmt::Display;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ladder::{Bundling, Rung, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::rungs::RungRow;

use super::proposals::Authors;
use super::{OfficeResult, ids, rules};

mod typed;

pub(super) use typed::KnownCodes;
pub use typed::RungTyped;

/// A rung as somebody states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedRung {
    /// Empty: every agency.
    pub agency: String,
    /// Empty: every procedure.
    pub procedure: String,
    pub kind: NoticeKind,
    pub level: i32,
    pub share_percent: i32,
    pub working_days: i32,
    /// Empty: from `valid_from` on the rung is off.
    pub audiences: Vec<Audience>,
    pub accountable: Audience,
    pub ways: Vec<Way>,
    pub bundling: Bundling,
    pub urgency: Urgency,
    pub acknowledge_hours: i32,
    pub basis: String,
    pub valid_from: NaiveDate,
}

/// Words as they are kept.
pub(super) fn joined<T: Display>(words: &[T]) -> String {
    words.iter().map(T::to_string).collect::<Vec<_>>().join(" ")
}

impl StatedRung {
    /// Which rung it is.
    pub(super) fn title(&self) -> String {
        let level = self.level.to_string();
        let parts = [self.kind.as_str(), &level, &self.procedure, &self.agency];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What it says.
    pub(super) fn words(&self) -> String {
        let numbers = [self.share_percent, self.working_days, self.acknowledge_hours].map(|number| number.to_string());
        let lists = [joined(&self.audiences), self.accountable.to_string(), joined(&self.ways)];
        let how = [self.bundling.to_string(), self.urgency.to_string(), self.basis.clone()];
        let from = self.valid_from.format("%d/%m/%Y").to_string();
        [&numbers[..], &lists, &how, &[from]].concat().join("; ")
    }

    /// A kept version.
    ///
    /// # Errors
    /// When the row was not written by this program.
    pub fn of(row: &RungRow) -> Result<Self, StoreError> {
        let rung = rules::rung(row)?;
        Ok(Self {
            agency: row.agency_code.clone(),
            procedure: row.procedure_code.clone(),
            kind: row.kind,
            level: row.level,
            share_percent: row.share_percent,
            working_days: row.working_days,
            audiences: rung.audiences,
            accountable: rung.accountable,
            ways: rung.ways,
            bundling: row.bundling,
            urgency: row.urgency,
            acknowledge_hours: row.acknowledge_hours,
            basis: row.basis.clone(),
            valid_from: row.valid_from,
        })
    }

    /// As the form holds it.
    #[must_use]
    pub fn typed(&self) -> RungTyped {
        RungTyped {
            agency: self.agency.clone(),
            procedure: self.procedure.clone(),
            kind: self.kind.to_string(),
            level: self.level.to_string(),
            share_percent: self.share_percent.to_string(),
            working_days: self.working_days.to_string(),
            audiences: joined(&self.audiences),
            accountable: self.accountable.to_string(),
            ways: joined(&self.ways),
            bundling: self.bundling.to_string(),
            urgency: self.urgency.to_string(),
            acknowledge_hours: self.acknowledge_hours.to_string(),
            basis: self.basis.clone(),
            valid_from: self.valid_from.to_string(),
        }
    }

    /// As the domain sees it.
    #[must_use]
    pub fn rung(&self) -> Rung {
        let number = |value: i32| u32::try_from(value).unwrap_or_default();
        Rung {
            kind: self.kind,
            level: self.level,
            share_percent: number(self.share_percent),
            working_days: number(self.working_days),
            audiences: self.audiences.clone(),
            accountable: self.accountable,
            ways: self.ways.clone(),
            bundling: self.bundling,
            urgency: self.urgency,
            acknowledge_hours: number(self.acknowledge_hours),
        }
    }

    pub(super) fn is_version_of(&self, row: &RungRow) -> bool {
        (&self.agency, &self.procedure, self.kind, self.level)
            == (&row.agency_code, &row.procedure_code, row.kind, row.level)
    }

    pub(super) fn says_the_same(&self, row: &RungRow) -> bool {
        Self::of(row).is_ok_and(|kept| kept == *self)
    }

    pub(super) fn stored(&self, now: Instant, authors: &Authors, version: i32) -> OfficeResult<RungRow> {
        Ok(RungRow {
            id: ids::id(now)?,
            agency_code: self.agency.clone(),
            procedure_code: self.procedure.clone(),
            kind: self.kind,
            level: self.level,
            version,
            share_percent: self.share_percent,
            working_days: self.working_days,
            audiences: joined(&self.audiences),
            accountable: self.accountable.to_string(),
            ways: joined(&self.ways),
            bundling: self.bundling,
            urgency: self.urgency,
            acknowledge_hours: self.acknowledge_hours,
            basis: self.basis.clone(),
            valid_from: self.valid_from,
            entered_by: authors.entered_by.clone(),
            approved_by: authors.approved_by.clone(),
            entered_at: now,
        })
    }
}
