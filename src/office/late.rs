//! Every late file and what became of its apology. A late file is in exactly one state: the letter is in
//! the citizen's hand, it is on its way, there is a reason why none could be issued, or it is missing.

use std::collections::HashMap;

use serde::Deserialize;

use crate::config::ReasonGroup;
use crate::domain::dossier::StageName;
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::reschedule;
use crate::domain::summary::Bucket;
use crate::domain::time::Instant;
use crate::store::dossiers::DossierRow;
use crate::store::evidence;
use crate::store::letters::{LetterRow, LetterState};
use crate::store::outbox::{Message, OutboxState};

use super::error::OfficeResult;
use super::look::Lateness;
use super::messages::{Place, person};
use super::proof_of::{apologises, arrived, late_again};
use super::report::Question;
use super::rules::Rules;
use super::{Office, grouped};

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
}

impl Office {
    /// Every late file of the period, the longest late first; only what decides their state is read, so that
    /// tens of thousands are no burden. The cut decides which files are late and
    /// which letters were issued; how far those came is told as of now.
    ///
    /// # Errors
    /// A wrong period or agency; or the database.
    pub fn late_files(&self, now: Instant, question: &Question) -> OfficeResult<Vec<LateFile>> {
        let rows = self.behind(now, question, Bucket::LateAll)?;
        let cut = question.period(now)?.cut;
        self.reading(|conn, rules| {
            let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            let letters = evidence::standing_of(conn, &ids)?;
            let letter_ids: Vec<String> = letters.iter().map(|letter| letter.id.clone()).collect();
            let carriers = evidence::carriers_of(conn, &letter_ids)?;
            let told = evidence::messages_of(conn, &ids, &[NoticeKind::DelayNotice])?.into_iter();
            let known = Known {
                letters: grouped(letters, |letter| letter.dossier_id.clone()),
                carriers: grouped(carriers, |message| message.letter_id.clone().unwrap_or_default()),
                told: told
                    .filter(|message| message.state != OutboxState::Void)
                    .filter_map(|message| Some((message.dossier_id?, message.created_at)))
                    .collect(),
                recorded: evidence::recorded_at(conn, &ids)?,
            };
            let seen = question.as_of.map_or(now, |as_of| as_of.min(now));
            let mut files: Vec<LateFile> =
                rows.into_iter().map(|row| self.late_file(rules, (now, seen, cut), row, &known)).collect();
            files.sort_by(|a, b| b.days.promise.cmp(&a.days.promise).then_with(|| a.row.code.cmp(&b.row.code)));
            Ok(files)
        })
    }

    fn late_file(
        &self,
        rules: &Rules,
        (now, seen, cut): (Instant, Instant, Instant),
        row: DossierRow,
        known: &Known,
    ) -> LateFile {
        let letters = known.letters.get(&row.id).map_or(&[][..], Vec::as_slice);
        let apology = issued(letters, known, cut).unwrap_or_else(|| without_letter(rules, now, &row, letters, known));
        let reason = letters.iter().rev().find(|letter| apologises(letter));
        let reason_code = reason.map(|letter| letter.reason_code.clone()).unwrap_or_default();
        LateFile {
            days: Lateness::of(&row, seen, &rules.calendar),
            days_again: late_again(&row, &rules.calendar, seen),
            reason_group: self.settings().reason_group(&reason_code),
            reason_code,
            reason_letter: reason.map(|letter| letter.id.clone()),
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
        let ids: Vec<&str> = files.into_iter().filter_map(|file| file.reason_letter.as_deref()).collect();
        let mut found = HashMap::new();
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

/// The letter that counts as the apology, if one was issued before the cut: the same rule as the figures
/// of the summary have.
fn issued(letters: &[LetterRow], known: &Known, cut: Instant) -> Option<ApologyStanding> {
    let counts = |letter: &&LetterRow| {
        let before = letter.issued_at.is_some_and(|at| at < cut);
        before && letter.state == LetterState::Issued && apologises(letter) && !dropped(letter, known)
    };
    let letter = Box::new(letters.iter().filter(counts).min_by_key(|letter| letter.issued_at)?.clone());
    let carriers = known.carriers.get(&letter.id).map_or(&[][..], Vec::as_slice);
    let at_hand = carriers.iter().filter(|message| arrived(message.state));
    Some(match at_hand.min_by_key(|message| message.settled_at) {
        Some(message) => ApologyStanding::InHand { letter, at: message.settled_at },
        None => {
            // The newest says how it stands: a fallback comes after what failed.
            let newest = carriers.iter().rfind(|message| message.state != OutboxState::Void);
            ApologyStanding::OnTheWay { letter, message: newest.cloned().map(Box::new) }
        }
    })
}

/// Whether every message with the letter was dropped before it left.
fn dropped(letter: &LetterRow, known: &Known) -> bool {
    let carriers = known.carriers.get(&letter.id).map_or(&[][..], Vec::as_slice);
    !carriers.is_empty() && carriers.iter().all(|message| message.state == OutboxState::Void)
}

fn without_letter(
    rules: &Rules,
    now: Instant,
    row: &DossierRow,
    letters: &[LetterRow],
    known: &Known,
) -> ApologyStanding {
    let elsewhere = row.closed_at.filter(|closed| known.recorded.get(&row.id).is_some_and(|at| at >= closed));
    if let Some(at) = elsewhere {
        return ApologyStanding::Excused(Excuse::FinishedElsewhere { at });
    }
    match (row.closed_at, row.stage) {
        (Some(at), StageName::Withdrawn) => return ApologyStanding::Excused(Excuse::Withdrawn { at }),
        (Some(at), StageName::Stopped) => return ApologyStanding::Excused(Excuse::Stopped { at }),
        (Some(_) | None, _) => {}
    }
    if let Some(standing) = unsigned(rules, now, row, letters, known) {
        return standing;
    }
    if let Some(at) = row.closed_at {
        return ApologyStanding::Missing(Gap::FinishedWithout { at });
    }
    if let Some(since) = row.paused_since {
        return ApologyStanding::Excused(Excuse::WaitingForCitizen { since });
    }
    let date =
        row.due_at.map(|due_at| reschedule::propose(now, row.received_at, due_at, rules.new_date, &rules.calendar));
    match (date, row.next_check_at) {
        (Some(Err(_)), _) => ApologyStanding::Excused(Excuse::NoDate),
        (_, Some(since)) if since <= now => ApologyStanding::Missing(Gap::SweepDue { since }),
        (_, _) => ApologyStanding::Missing(Gap::Unexplained),
    }
}

/// How the newest letter that was drafted stands, if it was not issued or never left.
fn unsigned(
    rules: &Rules,
    now: Instant,
    row: &DossierRow,
    letters: &[LetterRow],
    known: &Known,
) -> Option<ApologyStanding> {
    let letter = letters.iter().rev().find(|letter| apologises(letter))?;
    let tray = || {
        person(rules, Place::of(rules, row), Audience::Supervisor, now).map(|who| who.name.clone()).unwrap_or_default()
    };
    match letter.state {
        LetterState::Draft => {
            let told_at = known.told.get(&row.id).copied();
            Some(match letter.decide_by.filter(|by| *by < now && told_at.is_none()) {
                Some(decide_by) => ApologyStanding::Missing(Gap::Unsigned { tray: tray(), decide_by }),
                None => ApologyStanding::Excused(Excuse::Draft {
                    tray: tray(),
                    since: letter.drafted_at,
                    decide_by: letter.decide_by,
                    told_at,
                }),
            })
        }
        LetterState::Refused => {
            Some(ApologyStanding::Missing(Gap::Refused { by: letter.signed_by.clone(), note: letter.note.clone() }))
        }
        LetterState::Issued if dropped(letter, known) => {
            Some(ApologyStanding::Missing(Gap::NeverLeft { number: letter.number.clone() }))
        }
        LetterState::Issued | LetterState::Void => None,
    }
}
