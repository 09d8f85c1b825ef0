//! The totals of both sides, and by how many files each cause moves them.

use std::collections::BTreeMap;

use super::differences::differences;
use super::places::{places, start_of, their_own_places, their_places};
use super::{Cause, Compared, OurFile, Span, TheirFile, Theirs, Total};

/// A total, ours, theirs, and by how many files each cause moves it.
pub type Moves = (Total, u64, u64, Vec<(Cause, i64)>);

/// The totals of both sides, and what moves each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    counts: BTreeMap<Total, (u64, u64)>,
    causes: BTreeMap<(Total, Cause), i64>,
}

impl Totals {
    /// Counts a file that both sides have.
    pub fn both(&mut self, ours: &OurFile, theirs: &TheirFile, span: Span) {
        let (here, there) = (places(ours, span), their_places(theirs, ours, span));
        let found = differences(ours, theirs);
        let of = |what: Compared| found.iter().find(|(compared, _)| *compared == what).map(|(_, cause)| *cause);
        let cause = if here.came == there.came {
            Cause::OtherRule
        } else {
            let received = of(Compared::ReceivedAt).filter(|_| moved(theirs.received, ours, span));
            received.or(of(Compared::Channel)).unwrap_or(Cause::OtherRule)
        };
        self.count(here.came, there.came, cause);
        let cause = if here.stands == there.stands { Cause::OtherRule } else { why(ours, theirs, span, of) };
        self.count(here.stands, there.stands, cause);
    }

    /// Counts a file that only we have.
    pub fn only_here(&mut self, ours: &OurFile, span: Span) {
        let here = places(ours, span);
        self.count(here.came, None, Cause::MissingThere);
        self.count(here.stands, None, Cause::MissingThere);
    }

    /// Counts a row that has no file here, or not once more.
    pub fn only_there(&mut self, theirs: &TheirFile, span: Span, cause: Cause) {
        let there = their_own_places(theirs, span);
        self.count(None, there.came, cause);
        self.count(None, there.stands, cause);
    }

    fn count(&mut self, here: Option<Total>, there: Option<Total>, cause: Cause) {
        if let Some(total) = here {
            self.counts.entry(total).or_default().0 += 1;
        }
        if let Some(total) = there {
            self.counts.entry(total).or_default().1 += 1;
        }
        if here != there {
            for (total, by) in [(here, -1), (there, 1)] {
                if let Some(total) = total {
                    *self.causes.entry((total, cause)).or_default() += by;
                }
            }
        }
    }

    /// Ours and theirs of each total, with what moves it: their sum is theirs less ours.
    #[must_use]
    pub fn lines(&self) -> Vec<Moves> {
        let line = |total: &Total| {
            let (ours, theirs) = self.counts.get(total).copied().unwrap_or_default();
            let causes = self.causes.iter().filter(|((of, _), by)| of == total && **by != 0);
            (*total, ours, theirs, causes.map(|((_, cause), by)| (*cause, *by)).collect())
        };
        Total::ALL.iter().map(line).collect()
    }
}

/// Whether their receipt puts the file into another period, or out of all.
fn moved(theirs: Theirs, ours: &OurFile, span: Span) -> bool {
    let at = start_of(theirs, Some(ours.received_at));
    at.is_none_or(|at| (at < span.begins) != (ours.received_at < span.begins) || at >= span.cut)
}

/// The one fact that moves a file between the totals of how it stands: the end, the promise, then the rule.
fn why(ours: &OurFile, theirs: &TheirFile, span: Span, of: impl Fn(Compared) -> Option<Cause>) -> Cause {
    let here = places(ours, span).stands;
    let same_end = TheirFile { resolved: ours.closed_at.map_or(Theirs::Nothing, Theirs::At), ..theirs.clone() };
    let same_due = TheirFile { due: ours.due_at.map_or(Theirs::Nothing, Theirs::At), ..theirs.clone() };
    let stands = |file: &TheirFile| their_places(file, ours, span).stands;
    let (end, due) = (of(Compared::ResolvedAt), of(Compared::DueAt));
    let alone = end.filter(|_| stands(&same_end) == here).or(due.filter(|_| stands(&same_due) == here));
    let waits = ours.paused_since.is_some_and(|since| since < span.cut);
    let received = of(Compared::ReceivedAt).filter(|_| moved(theirs.received, ours, span));
    alone.or(received).or(end).or(due).unwrap_or(match () {
        () if waits => Cause::Paused,
        // Without a promise on either side a finished file counts as on time there, and never here.
        () if ours.due_at.is_none() => Cause::NoDateThere,
        () => Cause::OtherRule,
    })
}
