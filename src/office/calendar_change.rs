//! A change of the calendar: days that become something else by a decision.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::calendar::{Confidence, DayKind};
use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::Instant;
use crate::store::calendar_days::{self, StoredDay};
use crate::store::calendar_versions::{self, CalendarVersion};
use crate::store::{Tx, journal};

use super::proposals::{Authors, Difference};
use super::rules::{self, Rules};
use super::{Office, OfficeError, OfficeResult, ids};

/// Days that change together, by one decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarChange {
    /// Number of the decision.
    pub decision: String,
    pub edits: Vec<DayEdit>,
}

/// What becomes of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayEdit {
    pub date: NaiveDate,
    /// `None`: a day as its weekday says.
    pub becomes: Option<SpecialDay>,
}

/// A day that is not what its weekday says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    pub kind: DayKind,
    pub name: String,
    pub basis: String,
    pub confidence: Confidence,
}

impl CalendarChange {
    pub(super) fn title(&self) -> String {
        let days: Vec<String> = self.edits.iter().map(|edit| edit.date.format("%d/%m/%Y").to_string()).collect();
        format!("{}: {}", self.decision, days.join(", "))
    }

    pub(super) fn check(&self, _rules: &Rules, _now: Instant) -> OfficeResult<()> {
        if self.edits.is_empty() {
            return Err(FieldError::new("date", "", Problem::Required).into());
        }
        Ok(())
    }

    pub(super) fn differences(&self, rules: &Rules) -> Vec<Difference> {
        let said = |day: &Option<SpecialDay>| {
            day.as_ref().map(|day| format!("{}: {} ({})", day.kind, day.name, day.basis)).unwrap_or_default()
        };
        let line = |edit: &DayEdit| Difference {
            what: edit.date.format("%d/%m/%Y").to_string(),
            before: if rules.calendar.is_working_day(edit.date) { "+".to_owned() } else { "-".to_owned() },
            after: said(&edit.becomes),
        };
        self.edits.iter().map(line).collect()
    }

    /// Writes the new version of the calendar.
    pub(super) fn apply(
        &self,
        _office: &Office,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        authors: &Authors,
    ) -> OfficeResult<()> {
        let current = rules.calendar_version;
        let next = current + 1;
        let known: BTreeMap<_, _> =
            calendar_days::of_version(tx, current)?.into_iter().map(|day| (day.day, day)).collect();
        for edit in &self.edits {
            if let Some(before) = known.get(&edit.date) {
                calendar_days::end(tx, &before.id, next)?;
            }
            let Some(day) = &edit.becomes else { continue };
            let row = StoredDay {
                id: ids::id(now)?,
                day: edit.date,
                kind: day.kind.to_string(),
                name: day.name.clone(),
                basis: day.basis.clone(),
                confidence: day.confidence.to_string(),
                since_version: next,
                until_version: None,
            };
            calendar_days::insert(tx, &row)?;
        }
        let before = calendar_versions::find(tx, current)?.ok_or(OfficeError::NotFound)?;
        let version = CalendarVersion {
            version: next,
            made_at: now,
            entered_by: authors.entered_by.clone(),
            approved_by: authors.approved_by.clone(),
            decision: self.decision.clone(),
            ..before
        };
        calendar_versions::insert(tx, version)?;
        // A calendar that contradicts itself undoes the change here, not the next deadline.
        rules::calendar_of(tx, next)?;
        let body = serde_json::json!({ "version": next, "decision": self.decision, "edits": self.edits }).to_string();
        let line = journal::Line {
            recorded_at: now,
            at: now,
            actor: &authors.entered_by,
            kind: "calendar_changed",
            dossier_id: None,
            body,
        };
        Ok(journal::append(tx, &[line])?)
    }
}
