//! A change of the calendar: days that become something else by a decision. A swap is one change of two
//! days, so that the week's work is neither lost nor doubled.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::calendar::{Confidence, DayKind};
use crate::domain::time::{Instant, civil_day};
use crate::render::dates::short_date;
use crate::render::words::special_day_text;
use crate::store::calendar_days::{self, StoredDay};
use crate::store::calendar_versions::{self, CalendarVersion};
use crate::store::{Tx, journal};

use super::proposals::{Authors, Difference};
use super::rules::{self, Rules};
use super::{Office, OfficeResult, ids};

mod check;

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

/// What is allowed and worth a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeWarning {
    /// The day is over: files closed by now keep their verdict, promises that passed stay judged.
    Past(NaiveDate),
    /// The year has no row left: promises in it become provisional.
    YearEmptied(i32),
}

impl SpecialDay {
    /// What a row of the calendar says; `None` for words that are none of ours.
    #[must_use]
    pub fn of(row: &StoredDay) -> Option<Self> {
        Some(Self {
            kind: row.kind.parse().ok()?,
            name: row.name.clone(),
            basis: row.basis.clone(),
            confidence: row.confidence.parse().ok()?,
        })
    }

    fn stored(&self, date: NaiveDate, id: String, version: i32) -> StoredDay {
        StoredDay {
            id,
            day: date,
            kind: self.kind.to_string(),
            name: self.name.clone(),
            basis: self.basis.clone(),
            confidence: self.confidence.to_string(),
            since_version: version,
            until_version: None,
        }
    }
}

/// The special days of the calendar in force.
#[must_use]
pub fn special_days(rows: &[StoredDay]) -> BTreeMap<NaiveDate, SpecialDay> {
    rows.iter().filter_map(|row| Some((row.day, SpecialDay::of(row)?))).collect()
}

impl CalendarChange {
    pub(super) fn title(&self) -> String {
        const NAMED: usize = 4;
        let mut days: Vec<String> = self.edits.iter().take(NAMED).map(|edit| short_date(edit.date)).collect();
        if let Some(more) = self.edits.len().checked_sub(NAMED).filter(|more| *more > 0) {
            days.push(format!("… +{more}"));
        }
        format!("{}: {}", self.decision, days.join(", "))
    }

    /// The special days as they would be.
    #[must_use]
    pub fn after(&self, before: &BTreeMap<NaiveDate, SpecialDay>) -> BTreeMap<NaiveDate, SpecialDay> {
        let mut days = before.clone();
        for edit in &self.edits {
            match &edit.becomes {
                Some(day) => drop(days.insert(edit.date, day.clone())),
                None => drop(days.remove(&edit.date)),
            }
        }
        days
    }

    /// The rows of the calendar as they would be.
    pub(super) fn rows_after(&self, rows: &[StoredDay], version: i32) -> Vec<StoredDay> {
        let edited: BTreeSet<NaiveDate> = self.edits.iter().map(|edit| edit.date).collect();
        let kept = rows.iter().filter(|row| !edited.contains(&row.day)).cloned();
        let new =
            self.edits.iter().filter_map(|edit| Some(edit.becomes.as_ref()?.stored(edit.date, String::new(), version)));
        kept.chain(new).collect()
    }

    /// What is allowed and worth a second look.
    #[must_use]
    pub fn warnings(&self, rules: &Rules, now: Instant) -> Vec<ChangeWarning> {
        let today = civil_day(now);
        let past = self.edits.iter().map(|edit| edit.date).filter(|date| *date < today).map(ChangeWarning::Past);
        let after = self.after(&special_days(&rules.days));
        let left: BTreeSet<i32> = after.keys().map(Datelike::year).collect();
        let touched: BTreeSet<i32> = self.edits.iter().map(|edit| edit.date.year()).collect();
        let emptied = touched.into_iter().filter(|year| rules.calendar.is_published(*year) && !left.contains(year));
        past.chain(emptied.map(ChangeWarning::YearEmptied)).collect()
    }

    pub(super) fn differences(&self, rules: &Rules) -> Vec<Difference> {
        let before = special_days(&rules.days);
        let said = |day: Option<&SpecialDay>| {
            day.map(|day| special_day_text(day.kind, &day.name, &day.basis, day.confidence)).unwrap_or_default()
        };
        let line = |edit: &DayEdit| Difference {
            what: short_date(edit.date),
            before: said(before.get(&edit.date)),
            after: said(edit.becomes.as_ref()),
        };
        self.edits.iter().map(line).collect()
    }

    /// Writes the new version of the calendar and brings the open dossiers to it.
    pub(super) fn apply(
        &self,
        office: &Office,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        authors: &Authors,
    ) -> OfficeResult<()> {
        let version = CalendarVersion {
            version: rules.calendar_version + 1,
            made_at: now,
            entered_by: authors.entered_by.clone(),
            approved_by: authors.approved_by.clone(),
            decision: self.decision.clone(),
            ..rules.made.clone()
        };
        let next = version.version;
        if write_days(tx, now, &rules.days, &self.edits, version)? == Written::default() {
            return Ok(());
        }
        let body = serde_json::json!({ "version": next, "decision": self.decision, "edits": self.edits }).to_string();
        let line = journal::Line {
            recorded_at: now,
            at: now,
            actor: &authors.entered_by,
            kind: "calendar_changed",
            dossier_id: None,
            body,
        };
        journal::append(tx, &[line])?;
        let by = if authors.approved_by.is_empty() { &authors.entered_by } else { &authors.approved_by };
        office.redate_open(tx, now, by)?;
        Ok(())
    }
}

/// How many days of a version became something else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub added: u64,
    pub changed: u64,
    pub removed: u64,
}

/// Writes the days that differ, and `version` with them; nothing when none does.
pub(super) fn write_days(
    tx: &mut Tx<'_>,
    now: Instant,
    current: &[StoredDay],
    edits: &[DayEdit],
    version: CalendarVersion,
) -> OfficeResult<Written> {
    let next = version.version;
    let known: BTreeMap<NaiveDate, &StoredDay> = current.iter().map(|row| (row.day, row)).collect();
    let mut written = Written::default();
    for edit in edits {
        let before = known.get(&edit.date);
        if before.and_then(|row| SpecialDay::of(row)) == edit.becomes {
            continue;
        }
        if let Some(before) = before {
            calendar_days::end(tx, &before.id, next)?;
        }
        if let Some(day) = &edit.becomes {
            calendar_days::insert(tx, &day.stored(edit.date, ids::id(now)?, next))?;
        }
        match (before, &edit.becomes) {
            (Some(_), Some(_)) => written.changed += 1,
            (Some(_), None) => written.removed += 1,
            (None, _) => written.added += 1,
        }
    }
    if written != Written::default() {
        calendar_versions::insert(tx, version)?;
        // A calendar that contradicts itself undoes the change here, not the next deadline.
        rules::calendar_of(tx, next)?;
    }
    Ok(written)
}
