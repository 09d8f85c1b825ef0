//! The report in the shape of 2026: dossiers, what waits for reception, and payments, by field or unit.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::domain::form_06a::FormNote;
use crate::domain::form_07a::CentreCounts;
use crate::domain::summary::{Counted, Period, Summary};
use crate::domain::time::Instant;
use crate::render::report_form::form_07a;
use crate::render::report_words::{Definition, form_definitions, unrecorded_notes};
use crate::store::submissions::Submission;

use super::error::OfficeResult;
use super::report::{Head, Question, WaitingForReception};
use super::report_06a::Note;
use super::report_groups::Grouping;
use super::report_waiting::part_of;
use super::{Office, OfficeError, Rules};

#[derive(Debug, Clone, Serialize)]
pub struct Form07aReport {
    /// Symbol of the form that holds on the last day.
    pub form: &'static str,
    #[serde(flatten)]
    pub head: Head,
    pub by: Grouping,
    pub lines: Vec<Form07aLine>,
    pub total: Form07aCounts,
    pub notes: Vec<Note>,
    pub definitions: Vec<Definition>,
}

/// A field or a unit.
#[derive(Debug, Clone, Serialize)]
pub struct Form07aLine {
    pub no: u64,
    /// The field's name or the unit's code; empty: none.
    pub code: String,
    pub name: String,
    #[serde(flatten)]
    pub counts: Form07aCounts,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct Form07aCounts {
    #[serde(flatten)]
    pub dossiers: CentreCounts,
    pub waiting_for_reception: WaitingForReception,
}

impl Office {
    /// The report of a period by field or by unit.
    ///
    /// # Errors
    /// A wrong period or agency; the database; [`OfficeError::Broken`] when the columns do not add up.
    pub fn form_07a(&self, now: Instant, question: &Question, by: Grouping) -> OfficeResult<Form07aReport> {
        let period = question.period(now)?;
        let (agency, files) = self.counted(question, &period)?;
        let waiting = self.waiting(question, &period)?;
        let whole =
            Part { summary: Summary::of(files.iter(), &period), waiting: WaitingForReception::of(&waiting, &period) };
        let parts = self.reading(|_, rules| Ok(parts(rules, by, &period, &files, &waiting)))?;
        let lines: Vec<Form07aLine> = (1..)
            .zip(&parts)
            .map(|(no, (code, name, part))| Form07aLine {
                no,
                code: code.clone(),
                name: name.clone(),
                counts: part.counts(),
            })
            .collect();
        let sound = |counts: &Form07aCounts| counts.dossiers.adds_up();
        let together = Summary::sum(parts.iter().map(|(_, _, part)| &part.summary)) == whole.summary;
        let waits = parts.iter().fold(WaitingForReception::default(), |sum, (_, _, part)| sum.plus(&part.waiting));
        let total = whole.counts();
        if !lines.iter().all(|line| sound(&line.counts)) || !sound(&total) || !together || waits != whole.waiting {
            return Err(OfficeError::Broken("the columns of form 07a do not add up".to_owned()));
        }
        let form = form_07a(question.to).ok_or_else(|| OfficeError::Broken("no form 07a".to_owned()))?;
        let note = |key: &FormNote| Note::of(*key, key.count(&whole.summary));
        Ok(Form07aReport {
            form: form.symbol,
            head: question.head(now, agency),
            by,
            lines,
            total,
            notes: FormNote::ALL.iter().filter_map(note).chain(unrecorded()).collect(),
            definitions: form_definitions(form),
        })
    }
}

/// What no record holds.
fn unrecorded() -> impl Iterator<Item = Note> {
    unrecorded_notes().into_iter().map(|(key, text)| Note { key, count: 0, text: text.to_owned() })
}

/// A line before it is written.
struct Part {
    summary: Summary,
    waiting: WaitingForReception,
}

impl Part {
    fn counts(&self) -> Form07aCounts {
        Form07aCounts { dossiers: CentreCounts::of(&self.summary), waiting_for_reception: self.waiting }
    }
}

/// The lines by code: what has dossiers, and what only has files that wait for reception.
fn parts(
    rules: &Rules,
    by: Grouping,
    period: &Period,
    files: &[Counted],
    waiting: &[Submission],
) -> Vec<(String, String, Part)> {
    let groups: BTreeMap<&str, _> = by.of(rules, period, files).into_iter().map(|group| (group.code, group)).collect();
    let stands = |file: &&Submission| file.moments().standing(period.cut).is_some();
    let mut waits: BTreeMap<&str, Vec<&Submission>> = BTreeMap::new();
    for file in waiting.iter().filter(stands) {
        waits.entry(part_of(by, rules, file)).or_default().push(file);
    }
    let codes: BTreeSet<&str> = groups.keys().chain(waits.keys()).copied().collect();
    let part = |code: &str| {
        let files = groups.get(code).map(|group| group.files.as_slice()).unwrap_or_default();
        let waits = waits.get(code).map(Vec::as_slice).unwrap_or_default();
        let part = Part {
            summary: Summary::of(files.iter().copied(), period),
            waiting: WaitingForReception::of(waits.iter().copied(), period),
        };
        (code.to_owned(), by.name(rules, period, code), part)
    };
    codes.into_iter().map(part).collect()
}
