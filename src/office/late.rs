//! Every late file and what became of its apology. A late file is in exactly one state: the letter is in
//! the citizen's hand, it is on its way, there is a reason why none could be issued, or it is missing.
//! Which of them is judged by `late/standing.rs`.

use std::collections::HashMap;

use chrono::Duration;
use serde::Deserialize;

use crate::config::ReasonGroup;
use crate::domain::notice::NoticeKind;
use crate::domain::summary::Bucket;
use crate::domain::time::Instant;
use crate::store::dossiers::DossierRow;
use crate::store::evidence;
use crate::store::letters::LetterRow;
use crate::store::outbox::{Message, OutboxState};

use super::error::OfficeResult;
use super::look::Lateness;
use super::proof_of::{apologises, late_again};
use super::report::Question;
use super::rules::Rules;
use super::{Office, grouped};
use standing::{issued, without_letter};

mod standing;
mod then;

/// A file that is late by its original promise, open or closed. Letter and message stand here without
/// their texts.
#[derive(Debug, Clone)]
pub struct LateFile {
    pub row: DossierRow,
    /// Working days late against the promise and the law.
    pub days: Lateness,
    /// The same against the new date.
    pub days_again: Option<u32>,
    /// Of the settings; empty: nobody gave one.
    pub reason_code: String,
    /// `None`: no reason, or one that the settings no longer name.
    pub reason_group: Option<ReasonGroup>,
    /// The letter that gives the reason; [`Office::late_reasons`] reads its sentence.
    pub reason_letter: Option<String>,
    /// Its sentence at a moment that is past, when it was not issued yet: a draft is written again in its row.
    reason_then: Option<String>,
    pub apology: ApologyStanding,
}

/// What became of the apology.
#[derive(Debug, Clone)]
pub enum ApologyStanding {
    InHand {
        letter: Box<LetterRow>,
        at: Option<Instant>,
    },
    /// Issued; `message` is the one that came furthest, `None` when nothing carries the letter.
    OnTheWay {
        letter: Box<LetterRow>,
        message: Option<Box<Message>>,
    },
    Excused(Excuse),
    Missing(Gap),
}

/// Why there is no letter, and rightly so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Excuse {
    /// Waits to be signed, the legal moment has not come or the citizen was told without the letter.
    Draft { tray: String, since: Instant, decide_by: Option<Instant>, told_at: Option<Instant> },
    /// The clock stands still: no new date can be promised truthfully before the citizen answers.
    WaitingForCitizen { since: Instant },
    /// Ended by its applicant.
    Withdrawn { at: Instant },
    /// Ended by the office before a letter was due.
    Stopped { at: Instant },
    /// Taken over when another system had finished it.
    FinishedElsewhere { at: Instant },
    /// The calendar does not reach a day that could be promised.
    NoDate,
}

/// Why there is no letter, and something has to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// The sweep should have looked at it since.
    SweepDue {
        since: Instant,
    },
    /// The legal moment passed, nobody signed, and the citizen was not told.
    Unsigned {
        tray: String,
        decide_by: Instant,
    },
    /// Somebody refused to sign, and nothing came after.
    Refused {
        by: String,
        note: String,
    },
    /// Issued, but every message with it was dropped before it left.
    NeverLeft {
        number: String,
    },
    /// Finished late, and nobody apologised.
    FinishedWithout {
        at: Instant,
    },
    Unexplained,
}

impl ApologyStanding {
    /// How lists and files name the state.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InHand { .. } => "in_hand",
            Self::OnTheWay { .. } => "on_the_way",
            Self::Excused(_) => "excused",
            Self::Missing(_) => "missing",
        }
    }

    /// Why no letter was issued; `None` when one was.
    #[must_use]
    pub const fn exception(&self) -> Option<&'static str> {
        match self {
            Self::InHand { .. } | Self::OnTheWay { .. } => None,
            Self::Excused(excuse) => Some(match excuse {
                Excuse::Draft { .. } => "waiting_for_signature",
                Excuse::WaitingForCitizen { .. } => "waiting_for_citizen",
                Excuse::Withdrawn { .. } => "withdrawn",
                Excuse::Stopped { .. } => "stopped",
                Excuse::FinishedElsewhere { .. } => "finished_elsewhere",
                Excuse::NoDate => "no_date_possible",
            }),
            Self::Missing(gap) => Some(match gap {
                Gap::SweepDue { .. } => "sweep_due",
                Gap::Unsigned { .. } => "unsigned",
                Gap::Refused { .. } => "refused",
                Gap::NeverLeft { .. } => "never_left",
                Gap::FinishedWithout { .. } => "finished_without_letter",
                Gap::Unexplained => "unexplained",
            }),
        }
    }

    /// The letter that was issued.
    #[must_use]
    pub fn letter(&self) -> Option<&LetterRow> {
        match self {
            Self::InHand { letter, .. } | Self::OnTheWay { letter, .. } => Some(letter),
            Self::Excused(_) | Self::Missing(_) => None,
        }
    }
}

/// What is known of the letters and messages of late files, by dossier.
struct Known {
    letters: HashMap<String, Vec<LetterRow>>,
    /// By letter.
    carriers: HashMap<String, Vec<Message>>,
    /// When a citizen was told of the delay while the letter was not signed.
    told: HashMap<String, Instant>,
    recorded: HashMap<String, Instant>,
    /// Of letters that were not issued yet at a moment that is past: their sentences.
    sentences: HashMap<String, String>,
}

impl Office {
    /// Every late file of the period, the longest late first; only what decides their state is read, so that
    /// tens of thousands are no burden. The cut decides which files are late and which letters were issued; how far
    /// those came is told as of now, or as of the moment that is asked for.
    ///
    /// # Errors
    /// A wrong period or agency; or the database.
    pub fn late_files(&self, now: Instant, question: &Question) -> OfficeResult<Vec<LateFile>> {
        let mut rows = self.behind(now, question, Bucket::LateAll)?;
        let past = question.as_of.filter(|as_of| *as_of <= now);
        let cut = question.period(now)?.cut;
        self.reading(|conn, rules| {
            if let Some(seen) = past {
                then::rows_at(conn, rules, &question.agency_of(rules)?.id, seen, &mut rows)?;
            }
            let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            let letters = evidence::standing_of(conn, &ids)?;
            let letter_ids: Vec<String> = letters.iter().map(|letter| letter.id.clone()).collect();
            let carriers = evidence::carriers_of(conn, &letter_ids)?;
            let told = evidence::messages_of(conn, &ids, &[NoticeKind::DelayNotice])?.into_iter();
            let mut known = Known {
                letters: grouped(letters, |letter| letter.dossier_id.clone()),
                carriers: grouped(carriers, |message| message.letter_id.clone().unwrap_or_default()),
                told: told
                    .filter(|message| past.is_none_or(|seen| message.created_at < seen))
                    .filter(|message| {
                        let dropped = message.settled_at.filter(|_| message.state == OutboxState::Void);
                        dropped.is_none_or(|at| past.is_some_and(|seen| at >= seen))
                    })
                    .filter_map(|message| Some((message.dossier_id?, message.created_at)))
                    .collect(),
                recorded: evidence::recorded_at(conn, &ids)?,
                sentences: HashMap::new(),
            };
            if let Some(seen) = past {
                known = known.at(conn, seen, &rows)?;
            }
            // What happens at "as of" is not seen.
            let seen = past.map_or(now, |as_of| as_of - Duration::seconds(1));
            let mut files: Vec<LateFile> =
                rows.into_iter().map(|row| self.late_file(rules, (seen, cut), row, &known)).collect();
            files.sort_by(|a, b| b.days.promise.cmp(&a.days.promise).then_with(|| a.row.code.cmp(&b.row.code)));
            Ok(files)
        })
    }

    fn late_file(&self, rules: &Rules, (seen, cut): (Instant, Instant), row: DossierRow, known: &Known) -> LateFile {
        let letters = known.letters.get(&row.id).map_or(&[][..], Vec::as_slice);
        let apology = issued(letters, known, cut).unwrap_or_else(|| without_letter(rules, seen, &row, letters, known));
        let reason = letters.iter().rev().find(|letter| apologises(letter));
        let reason_code = reason.map(|letter| letter.reason_code.clone()).unwrap_or_default();
        LateFile {
            days: Lateness::of(&row, seen, &rules.calendar),
            days_again: late_again(&row, &rules.calendar, seen),
            reason_group: self.settings().reason_group(&reason_code),
            reason_code,
            reason_letter: reason.map(|letter| letter.id.clone()),
            reason_then: reason.and_then(|letter| known.sentences.get(&letter.id)).cloned(),
            apology,
            row,
        }
    }

    /// The sentences that the letters of these files give as their reason, by letter. Apart from the list,
    /// because a letter's facts are long: a page asks for the files that it shows.
    ///
    /// # Errors
    /// The database.
    pub fn late_reasons<'a>(
        &self,
        files: impl IntoIterator<Item = &'a LateFile>,
    ) -> OfficeResult<HashMap<String, String>> {
        #[derive(Deserialize)]
        struct Facts {
            reason: String,
        }
        let (mut ids, mut found) = (Vec::new(), HashMap::new());
        for file in files {
            let Some(id) = file.reason_letter.as_deref() else { continue };
            match &file.reason_then {
                Some(sentence) => drop(found.insert(id.to_owned(), sentence.clone())),
                None => ids.push(id),
            }
        }
        self.store().read(|conn| {
            evidence::facts_of(conn, &ids, &mut |id, facts| {
                // A letter of a loss tells its reason with what happened; facts of another form give none.
                let reason = serde_json::from_str(facts).map(|facts: Facts| facts.reason).unwrap_or_default();
                if !reason.is_empty() {
                    found.insert(id, reason);
                }
            })
        })?;
        Ok(found)
    }
}
