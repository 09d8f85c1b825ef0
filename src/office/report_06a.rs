//! The report on form II.06a/VPCP/KSTT: received, resolved and open files by field or unit.

use serde::Serialize;

use crate::domain::form_06a::{FormCounts, FormNote};
use crate::domain::summary::{Counted, Period, Summary};
use crate::domain::time::Instant;
use crate::render::report_form::form_06a;
use crate::render::report_words::{Definition, form_definitions, form_note};

use super::error::OfficeResult;
use super::report::{Head, Question};
use super::report_groups::{Group, Grouping};
use super::{Office, OfficeError, Rules};

/// The report; which column shows what is in `render::report_form`.
#[derive(Debug, Clone, Serialize)]
pub struct Form06aReport {
    /// Symbol of the form that holds on the last day.
    pub form: &'static str,
    #[serde(flatten)]
    pub head: Head,
    pub by: Grouping,
    pub lines: Vec<Form06aLine>,
    pub total: FormCounts,
    pub notes: Vec<Note>,
    pub definitions: Vec<Definition>,
}

/// A field or a unit.
#[derive(Debug, Clone, Serialize)]
pub struct Form06aLine {
    pub no: u64,
    /// The field's name or the unit's code; empty: no unit handled the files.
    pub code: String,
    pub name: String,
    #[serde(flatten)]
    pub counts: FormCounts,
}

/// How many files stand in a column of the form only because it has none for them.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    pub key: &'static str,
    pub count: u64,
    pub text: String,
}

impl Office {
    /// The report of a period by field or by unit.
    ///
    /// # Errors
    /// A wrong period or agency; the database; [`OfficeError::Broken`] when the columns do not add up.
    pub fn form_06a(&self, now: Instant, question: &Question, by: Grouping) -> OfficeResult<Form06aReport> {
        let period = question.period(now)?;
        let (agency, files) = self.counted(question, &period)?;
        let summary = Summary::of(files.iter(), &period);
        let total = FormCounts::of(&summary);
        let lines = self.reading(|_, rules| Ok(lines(rules, by, &period, &files)))?;
        let sum = lines.iter().fold(FormCounts::default(), |sum, line| sum.plus(&line.counts));
        let sound = |counts: &FormCounts| counts.adds_up();
        if !lines.iter().all(|line| sound(&line.counts)) || !sound(&total) || sum != total {
            return Err(OfficeError::Broken("the columns of form 06a do not add up".to_owned()));
        }
        let form = form_06a(question.to).ok_or_else(|| OfficeError::Broken("no form 06a".to_owned()))?;
        let note = |key: &FormNote| Note::of(*key, key.count(&summary));
        Ok(Form06aReport {
            form: form.symbol,
            head: question.head(now, agency),
            by,
            lines,
            total,
            notes: FormNote::ALL.iter().filter_map(note).collect(),
            definitions: form_definitions(form),
        })
    }
}

impl Note {
    /// `None` where there are no such files.
    pub(super) fn of(key: FormNote, count: u64) -> Option<Self> {
        (count > 0).then(|| Self { key: key.as_str(), count, text: form_note(key, count) })
    }
}

fn lines(rules: &Rules, by: Grouping, period: &Period, files: &[Counted]) -> Vec<Form06aLine> {
    let groups = by.of(rules, period, files);
    let line = |(no, group): (u64, Group<'_>)| Form06aLine {
        no,
        code: group.code.to_owned(),
        counts: FormCounts::of(&Summary::of(group.files, period)),
        name: group.name,
    };
    (1..).zip(groups).map(line).collect()
}
