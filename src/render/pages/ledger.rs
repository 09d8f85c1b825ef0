//! `/ho-so/{code}/so-tinh-ngay`: why each promised day is that day, with a picture of the counted days.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use chrono::{Datelike, NaiveDate};

use crate::domain::time::{civil_day, local};
use crate::render::ledger::{DayLine, LedgerFacts, PromiseFacts, day_lines, lines};

use super::ctx::{Ctx, Lang};
use super::month::{DayMark, MonthView};
use super::time;

/// Months that a picture shows at most; the table beside it has every day.
const MONTHS_SHOWN: usize = 24;

/// A day of the table.
#[derive(Debug, Clone)]
pub struct DayView {
    pub date: String,
    /// The how many-th counted day; empty when it does not count.
    pub number: String,
    /// The letter that stands for it in the picture when it does not count.
    pub tick: &'static str,
    pub mark: DayMark,
    pub why: String,
}

/// One promise.
#[derive(Debug, Clone)]
pub struct PromiseView {
    pub number: i32,
    pub made: &'static str,
    pub due: String,
    /// Replaced by a later one.
    pub is_past: bool,
    /// Name and value of what it was counted from.
    pub lines: Vec<(&'static str, String)>,
    pub months: Vec<MonthView>,
    /// Marks in the picture, each once.
    pub legend: Vec<DayMark>,
    pub days: Vec<DayView>,
    /// Why there are no days.
    pub uncounted: Option<&'static str>,
}

impl PromiseView {
    /// Arranges a promise; `new_due`, the new date of an apology, is marked in the picture as well.
    #[must_use]
    pub fn of(facts: &LedgerFacts, promise: &PromiseFacts, new_due: Option<NaiveDate>, lang: Lang) -> Self {
        let mut days = promise.ledger.as_ref().map(|ledger| day_lines(ledger, lang)).unwrap_or_default();
        let due = civil_day(promise.due_at);
        // A date that was kept, later than ours, is no day of our count.
        for day in days.iter_mut().filter(|day| day.date == due) {
            day.mark = DayMark::Due;
        }
        let new_due = new_due.filter(|_| !days.is_empty());
        let (months, legend) = picture(&days, due, new_due, lang);
        Self {
            number: promise.number,
            made: promise.made.word(lang),
            due: time::long_instant(lang, local(promise.due_at)),
            is_past: promise.superseded_at.is_some(),
            lines: lines(facts, promise, lang).into_iter().map(|line| (line.name, line.value)).collect(),
            months,
            legend,
            uncounted: days.is_empty().then(|| promise.made.uncounted(lang)),
            days: days.iter().map(|day| shown(day, lang)).collect(),
        }
    }

    /// Days that count.
    #[must_use]
    pub fn counted(&self) -> usize {
        self.days.iter().filter(|day| !day.number.is_empty()).count()
    }
}

fn shown(day: &DayLine, lang: Lang) -> DayView {
    DayView {
        date: time::long_date(lang, day.date),
        number: day.number.map(|number| number.to_string()).unwrap_or_default(),
        tick: day.mark.tick(&lang),
        mark: day.mark,
        why: day.why.clone(),
    }
}

fn picture(days: &[DayLine], due: NaiveDate, new_due: Option<NaiveDate>, lang: Lang) -> (Vec<MonthView>, Vec<DayMark>) {
    if days.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut marks: BTreeMap<NaiveDate, (DayMark, String, String)> = BTreeMap::new();
    for day in days {
        let letter = day.mark.tick(&lang);
        let tick = match day.number {
            Some(number) if day.mark == DayMark::Due => format!("{number}{letter}"),
            Some(number) => number.to_string(),
            None => letter.to_owned(),
        };
        marks.insert(day.date, (day.mark, tick, day.why.clone()));
    }
    for (day, mark) in [(Some(due), DayMark::Due), (new_due, DayMark::NewDue)] {
        if let Some(day) = day {
            let word = mark.word(&Ctx { lang, ..Ctx::default() }).to_owned();
            marks.entry(day).or_insert_with(|| (mark, mark.tick(&lang).to_owned(), word));
        }
    }
    let mut legend: Vec<DayMark> = Vec::new();
    for (mark, ..) in marks.values() {
        if !legend.contains(mark) {
            legend.push(*mark);
        }
    }
    legend.sort();
    let months: BTreeSet<(i32, u32)> = marks.keys().map(|day| (day.year(), day.month())).collect();
    let month = |(year, month): (i32, u32)| {
        let bare = MonthView::build(year, month, |day| match marks.get(&day) {
            Some((mark, _, why)) => (*mark, why.clone()),
            None => (DayMark::Plain, String::new()),
        })?;
        Some(bare.ticked(|day| marks.get(&day).map(|(_, tick, _)| tick.clone()).unwrap_or_default()))
    };
    (months.into_iter().take(MONTHS_SHOWN).filter_map(month).collect(), legend)
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "ledger.html")]
pub struct LedgerPage {
    pub c: Ctx,
    pub code: String,
    pub procedure: String,
    pub received: String,
    /// Newest first: the promise in force is what people come for.
    pub promises: Vec<PromiseView>,
}

impl LedgerPage {
    /// The page of a dossier's account.
    #[must_use]
    pub fn of(facts: &LedgerFacts, c: Ctx) -> Self {
        Self {
            code: facts.code.clone(),
            procedure: facts.procedure.clone(),
            received: time::long_instant(c.lang, local(facts.received_at)),
            promises: facts
                .promises
                .iter()
                .rev()
                .map(|promise| PromiseView::of(facts, promise, None, c.lang))
                .collect(),
            c,
        }
    }
}
