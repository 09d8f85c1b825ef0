//! What a change of the calendar would do to the open dossiers, before anybody lets it.

use std::collections::HashMap;

use crate::domain::time::Instant;
use crate::store::{dossiers, redating};

use super::calendar_change::{CalendarChange, ChangeWarning};
use super::proposals::{Change, Difference};
use super::redate::plan::{self, Fate};
use super::rules::{Rules, calendar_made};
use super::{Office, OfficeResult};
use crate::store::calendar_versions::CalendarVersion;

/// A dossier that the change touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    pub code: String,
    pub procedure: String,
    pub was: Instant,
    pub fate: Fate,
    /// The one new date of the apology, before and after, when it moves.
    pub new_date: Option<(Instant, Instant)>,
}

/// The effect of a change, with one page of the dossiers it touches, by due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarPreview {
    pub differences: Vec<Difference>,
    pub warnings: Vec<ChangeWarning>,
    /// Open dossiers with a date to come.
    pub open: usize,
    pub later: usize,
    pub stays: usize,
    pub waits: usize,
    /// Only the new date of their apology moves.
    pub new_dates: usize,
    pub rows: Vec<PreviewRow>,
    /// Place of the first row among all that are touched.
    pub from: usize,
}

impl CalendarPreview {
    /// Dossiers that the change touches.
    #[must_use]
    pub const fn touched(&self) -> usize {
        self.later + self.stays + self.waits + self.new_dates
    }
}

impl Office {
    /// Holds a change against the calendar and says what it would do; nothing is written.
    ///
    /// # Errors
    /// What is wrong with the change; or the database.
    pub fn preview_calendar(
        &self,
        now: Instant,
        change: &CalendarChange,
        from: usize,
        limit: usize,
    ) -> OfficeResult<CalendarPreview> {
        self.reading(|conn, rules| {
            change.check(rules)?;
            let calendar = candidate(change, rules)?;
            let running = redating::running(conn, now)?;
            let open = running.len();
            let touched = plan::plan(running, redating::pauses(conn)?, now, &rules.calendar, &calendar);
            let count = |fate: fn(&Fate) -> bool| touched.iter().filter(|one| fate(&one.fate)).count();
            let shown: Vec<_> = touched.iter().skip(from).take(limit).collect();
            let ids: Vec<&str> = shown.iter().map(|one| one.row.dossier_id.as_str()).collect();
            let rows: HashMap<String, _> =
                dossiers::by_ids(conn, &ids)?.into_iter().map(|row| (row.id.clone(), row)).collect();
            let row = |one: &&plan::Touched| {
                let row = rows.get(&one.row.dossier_id)?;
                let procedure = rules.procedure_version(&row.procedure_id);
                Some(PreviewRow {
                    code: row.code.clone(),
                    procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
                    was: one.row.due_at,
                    fate: one.fate,
                    new_date: one.row.new_due_at.zip(one.new_due_at),
                })
            };
            Ok(CalendarPreview {
                differences: change.differences(rules),
                warnings: change.warnings(rules, now),
                open,
                later: count(|fate| matches!(fate, Fate::Later(_))),
                stays: count(|fate| *fate == Fate::Stays),
                waits: count(|fate| *fate == Fate::Waits),
                new_dates: count(|fate| *fate == Fate::Unchanged),
                rows: shown.iter().filter_map(row).collect(),
                from,
            })
        })
    }

    /// The calendar change of a proposal, to be looked at again.
    ///
    /// # Errors
    /// Not found, also for a proposal about something else; or the database.
    pub fn proposed_calendar(&self, id: &str) -> OfficeResult<CalendarChange> {
        match self.proposal(id)?.1 {
            Change::Calendar(change) => Ok(change),
            Change::Procedures(_) | Change::TimeRules(_) | Change::Ladder(_) | Change::Correction(_) => {
                Err(super::OfficeError::NotFound)
            }
        }
    }
}

/// The calendar as it would be.
fn candidate(change: &CalendarChange, rules: &Rules) -> OfficeResult<crate::domain::calendar::WorkingCalendar> {
    let version = rules.calendar_version + 1;
    let made = CalendarVersion { version, ..rules.made.clone() };
    calendar_made(&made, change.rows_after(&rules.days, version))
}
