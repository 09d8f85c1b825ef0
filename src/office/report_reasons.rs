//! Why files are late, in the three official groups; what nobody gave a reason for has a column of its own.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::config::{IN_PROCESS, ReasonGroup, Settings};
use crate::domain::late_reason::LateReason;
use crate::domain::summary::{Bucket, Counted, Period};
use crate::domain::time::Instant;
use crate::render::report_form::form_reasons;
use crate::render::report_words::{Definition, form_definitions, own_reasons_note, reasons_line, undated_note};
use crate::store::journal;
use crate::store::{Conn, letters::LetterKind};

use super::error::OfficeResult;
use super::report::{Head, Question};
use super::report_06a::Note;
use super::report_groups::Grouping;
use super::{Office, OfficeError};

#[derive(Debug, Clone, Serialize)]
pub struct ReasonsReport {
    /// Symbol of the form that holds on the last day.
    pub form: &'static str,
    #[serde(flatten)]
    pub head: Head,
    pub by: Grouping,
    pub lines: Vec<ReasonsLine>,
    pub total: ReasonCounts,
    pub notes: Vec<Note>,
    pub definitions: Vec<Definition>,
}

/// A field or a unit that has late files.
#[derive(Debug, Clone, Serialize)]
pub struct ReasonsLine {
    pub no: u64,
    pub code: String,
    pub name: String,
    #[serde(flatten)]
    pub counts: ReasonCounts,
    /// The single reasons and how often each was given.
    pub note: String,
}

/// The late files of a line: those of the columns 10 and 13 of form II.06a.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ReasonCounts {
    pub late: LateCounts,
    pub reasons: GroupCounts,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LateCounts {
    pub total: u64,
    pub resolved: u64,
    pub open: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct GroupCounts {
    pub rules: u64,
    pub officials: u64,
    pub other: u64,
    pub not_recorded: u64,
}

impl ReasonCounts {
    fn count(&mut self, file: &Counted, reason: LateReason, period: &Period) {
        self.late.total += 1;
        self.late.resolved += u64::from(file.is_in(Bucket::LateOrUndated, period));
        self.late.open += u64::from(file.is_in(Bucket::Overdue, period));
        *match reason {
            LateReason::Rules => &mut self.reasons.rules,
            LateReason::Officials => &mut self.reasons.officials,
            LateReason::Other => &mut self.reasons.other,
            LateReason::NotRecorded => &mut self.reasons.not_recorded,
        } += 1;
    }

    const fn adds_up(&self) -> bool {
        let Self { late, reasons } = self;
        late.total == late.resolved + late.open
            && late.total == reasons.rules + reasons.officials + reasons.other + reasons.not_recorded
    }

    const fn plus(self, other: &Self) -> Self {
        let (late, reasons) = (&other.late, &other.reasons);
        Self {
            late: LateCounts {
                total: self.late.total + late.total,
                resolved: self.late.resolved + late.resolved,
                open: self.late.open + late.open,
            },
            reasons: GroupCounts {
                rules: self.reasons.rules + reasons.rules,
                officials: self.reasons.officials + reasons.officials,
                other: self.reasons.other + reasons.other,
                not_recorded: self.reasons.not_recorded + reasons.not_recorded,
            },
        }
    }
}

/// The reasons of late files as they stood at a cut: codes of the settings, by dossier.
pub(super) struct Reasons<'a> {
    codes: HashMap<String, String>,
    settings: &'a Settings,
}

/// What the journal's line of a letter says of its reason.
#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    reason_code: String,
    letter_kind: Option<LetterKind>,
    /// The one new date, given or proposed.
    new_due_at: Option<String>,
    proposed_at: Option<String>,
}

impl<'a> Reasons<'a> {
    /// Read from the journal, which no later letter changes: the last reason before the cut is the one that stood.
    pub(super) fn at<'f>(
        conn: &mut Conn,
        settings: &'a Settings,
        cut: Instant,
        files: impl IntoIterator<Item = &'f Counted>,
    ) -> OfficeResult<Self> {
        let ids: Vec<&str> = files.into_iter().map(|file| file.dossier_id.as_str()).collect();
        let mut codes = HashMap::new();
        for (dossier_id, body) in journal::of_letters_before(conn, &ids, cut)? {
            let given: Given = serde_json::from_str(&body)?;
            let dated = given.new_due_at.is_some() || given.proposed_at.is_some();
            let apologises = match given.letter_kind {
                Some(LetterKind::Apology | LetterKind::LateResult) => true,
                Some(LetterKind::Loss) => dated,
                Some(LetterKind::SecondMiss) | None => false,
            };
            if apologises && !given.reason_code.is_empty() {
                codes.insert(dossier_id, given.reason_code);
            }
        }
        Ok(Self { codes, settings })
    }

    fn code(&self, file: &Counted) -> Option<&str> {
        self.codes.get(&file.dossier_id).map(String::as_str)
    }

    pub(super) fn of(&self, file: &Counted) -> LateReason {
        match self.code(file).and_then(|code| self.settings.reason_group(code)) {
            Some(ReasonGroup::Rules) => LateReason::Rules,
            Some(ReasonGroup::Officials) => LateReason::Officials,
            Some(ReasonGroup::Other) => LateReason::Other,
            None => LateReason::NotRecorded,
        }
    }

    /// The single reasons of a line in words, the most frequent first.
    fn note(&self, files: &[&Counted]) -> String {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for code in files.iter().filter_map(|file| self.code(file)) {
            *counts.entry(code).or_default() += 1;
        }
        let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let listed = |code: &str| self.settings.delay_reasons.iter().find(|reason| reason.code == code);
        let named =
            |(code, count): &(&str, u64)| (listed(code).map(|reason| reason.name.clone()), (*code).to_owned(), *count);
        reasons_line(&counts.iter().map(named).collect::<Vec<_>>())
    }
}

impl Office {
    /// The reasons of the late files of a period by field or by unit.
    ///
    /// # Errors
    /// A wrong period or agency; the database; [`OfficeError::Broken`] when the columns do not add up.
    pub fn reasons_report(&self, now: Instant, question: &Question, by: Grouping) -> OfficeResult<ReasonsReport> {
        let period = question.period(now)?;
        let (agency, files) = self.counted(question, &period)?;
        let late: Vec<Counted> =
            files.iter().filter(|file| file.is_in(Bucket::OnTimeMissed, &period)).cloned().collect();
        let (lines, total, notes) = self.reading(|conn, rules| {
            let reasons = Reasons::at(conn, self.settings(), period.cut, &late)?;
            let counted = |files: &mut dyn Iterator<Item = &Counted>| {
                let mut counts = ReasonCounts::default();
                files.for_each(|file| counts.count(file, reasons.of(file), &period));
                counts
            };
            let groups = by.of(rules, &period, &late);
            let lines = (1..).zip(groups).map(|(no, group)| ReasonsLine {
                no,
                code: group.code.to_owned(),
                counts: counted(&mut group.files.iter().copied()),
                note: reasons.note(&group.files),
                name: group.name,
            });
            let undated = late.iter().filter(|file| file.is_in(Bucket::ResolvedNoPromise, &period)).count();
            let own = late.iter().filter(|file| reasons.code(file) == Some(IN_PROCESS)).count();
            let notes = [note("resolved_no_promise", undated, undated_note), note("own_reason", own, own_reasons_note)];
            Ok((lines.collect::<Vec<_>>(), counted(&mut late.iter()), notes))
        })?;
        let sum = lines.iter().fold(ReasonCounts::default(), |sum, line| sum.plus(&line.counts));
        if !lines.iter().all(|line| line.counts.adds_up()) || !total.adds_up() || sum != total {
            return Err(OfficeError::Broken("the reasons of the late files do not add up".to_owned()));
        }
        let form = form_reasons(question.to).ok_or_else(|| OfficeError::Broken("no form II.07".to_owned()))?;
        Ok(ReasonsReport {
            form: form.symbol,
            head: question.head(now, agency),
            by,
            lines,
            total,
            notes: notes.into_iter().flatten().collect(),
            definitions: form_definitions(form),
        })
    }
}

fn note(key: &'static str, count: usize, text: fn(u64) -> String) -> Option<Note> {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    (count > 0).then(|| Note { key, count, text: text(count) })
}
