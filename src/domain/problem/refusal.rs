//! Why a step is refused.

use chrono::NaiveDate;

use crate::domain::dossier::InvalidTransition;

/// Why the stage forbids a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Transition(InvalidTransition),
    /// The period runs until the day before this one.
    PeriodRuns {
        until: NaiveDate,
    },
    /// Closed reports are never made again.
    PeriodClosed,
    /// Who closes a period signs for it: a person with the right.
    MayNotClose,
    /// The figures are others than those that were looked at.
    FiguresMoved,
    /// The return date may be moved once only (NĐ 118/2025 Art. 19(6)).
    AlreadyRescheduled,
    /// Nothing was promised, so nothing can be moved.
    NoPromise,
    /// Somebody said before that the result will be ready by this promise.
    AlreadyAnswered,
    /// The dossier is closed or waits for the citizen.
    NotInProgress,
    /// No paper waits to be handed over, or no such consultation waits for an answer.
    NothingWaits,
    /// The same `Idempotency-Key` came with another request.
    KeyReused,
    /// Who proposed a change of rules cannot let it take effect: four eyes.
    OwnProposal,
    /// Somebody decided the proposal before.
    ProposalDecided,
    /// The rules changed since the proposal was looked at.
    ProposalOutdated,
    /// The online file was accepted or declined, or waits for its applicant.
    NotWaiting,
    /// A file is sent back in full and once (NĐ 118/2025 Art. 17(2)).
    SentBackBefore,
    /// The file was not sent back, so there is nothing to complete.
    NotSentBack,
    /// The dossier is not late, so no delay can have cost anything.
    NotLate,
    /// A draft of the letter waits for its signature.
    LetterWaits,
    /// The letter was signed, refused or dropped before.
    LetterDecided,
    /// The letter belongs to a unit that the person neither supervises nor stands in for.
    NotTheirUnit,
    /// The office would be left without an administrator.
    LastAdministrator,
    /// Somebody else's absence: theirs to enter, their supervisor's, or an administrator's.
    NotYourPeople,
    /// A late file is not handed over before its apology is issued (`apology.before_hand_over`).
    ApologyFirst,
    /// The time in which a tick of the desk can be taken back is over.
    UndoOver,
    /// Somebody else's tick: theirs to take back, or the desk's supervisor's.
    NotYourTick,
    /// Something followed from the tick that cannot be taken back with it.
    TickFollowed,
}
