//! The life of a dossier: its stages, the steps that move it, and what each step may follow.
//!
//! Steps are recorded as events and never taken back; the stage is a fold of them.

use chrono::NaiveDate;

use super::text_enum;
use super::time::Instant;

text_enum! {
    /// Where a dossier stands (mirrors the portal's statuses 4–10, domain rule §2.4).
    StageName {
        Processing = "processing",
        /// yêu cầu bổ sung giấy tờ
        AwaitingSupplement = "awaiting_supplement",
        /// yêu cầu thực hiện nghĩa vụ tài chính
        AwaitingObligation = "awaiting_obligation",
        Granted = "granted",
        Refused = "refused",
        Withdrawn = "withdrawn",
        Stopped = "stopped",
    }
}

text_enum! {
    /// How the office's work on a dossier ended.
    Outcome {
        Granted = "granted",
        Refused = "refused",
        Withdrawn = "withdrawn",
        Stopped = "stopped",
    }
}

impl Outcome {
    #[must_use]
    pub const fn stage(self) -> StageName {
        match self {
            Self::Granted => StageName::Granted,
            Self::Refused => StageName::Refused,
            Self::Withdrawn => StageName::Withdrawn,
            Self::Stopped => StageName::Stopped,
        }
    }
}

/// The stage with what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Processing,
    AwaitingSupplement { since: Instant },
    AwaitingObligation { since: Instant },
    Closed { at: Instant, outcome: Outcome, returned_at: Option<Instant> },
}

text_enum! {
    /// A step in the life of a dossier, as named in its events.
    StepKind {
        Logged = "logged",
        SupplementRequested = "supplement_requested",
        SupplementReceived = "supplement_received",
        ObligationRequested = "obligation_requested",
        ObligationMet = "obligation_met",
        DelayDeclared = "delay_declared",
        /// the system's own reschedule, when the promise passed unmet
        Rescheduled = "rescheduled",
        /// a change of the calendar moved the promise later
        Redated = "redated",
        /// a promise made in another system and taken over by import
        PromiseImported = "promise_imported",
        ResultReady = "result_ready",
        Returned = "returned",
        Withdrawn = "withdrawn",
        Stopped = "stopped",
        /// the paper reached the handling unit
        HandedOver = "handed_over",
        ConsultationAsked = "consultation_asked",
        ConsultationAnswered = "consultation_answered",
        /// somebody answered that the result will be ready in time
        ReadyConfirmed = "ready_confirmed",
        /// a letter waits for its signature
        LetterDrafted = "letter_drafted",
        /// a letter without a new date was signed and numbered
        LetterIssued = "letter_issued",
        /// a draft went back to who wrote it
        LetterRefused = "letter_refused",
        /// the office lost or spoiled something, and says so
        LossDeclared = "loss_declared",
        /// another unit or officer goes on with it
        Reassigned = "reassigned",
        /// two people put right when the result was ready
        ResultCorrected = "result_corrected",
    }
}

/// Who handles a dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    pub unit_id: Option<String>,
    pub officer_id: Option<String>,
    /// Code of the unit and user name of the officer, as the journal names them; empty: nobody.
    pub unit: String,
    pub officer: String,
}

/// The verbs a person can use on a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    RequestSupplement {
        note: String,
    },
    ReceiveSupplement,
    RequestObligation {
        note: String,
    },
    MeetObligation,
    Resolve {
        outcome: ResultOutcome,
        electronic: ElectronicResult,
    },
    Return,
    Withdraw {
        reason: String,
    },
    Stop {
        reason: String,
    },
    /// The paper of the file reached the handling unit.
    HandOver,
    /// Another body is asked for its opinion, to be given by the end of office of a day.
    Consult {
        body: String,
        content: String,
        due_on: NaiveDate,
    },
    /// The consultation with this number is answered.
    AnswerConsultation {
        number: i32,
    },
    /// "Will it be ready?" "Yes": for the promise in force, once.
    ConfirmReady,
    /// Another unit or officer goes on with it.
    Reassign {
        from: Holder,
        to: Holder,
        reason: String,
    },
}

text_enum! {
    /// The two ends a result can have; withdrawal and stop are steps of their own.
    ResultOutcome {
        Granted = "granted",
        Refused = "refused",
    }
}

/// Whether the result was issued in electronic form as well (NĐ 118/2025 Art. 22).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElectronicResult {
    Issued,
    PaperOnly,
}

/// The step cannot follow the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTransition {
    pub stage: StageName,
    pub step: StepKind,
}

impl Step {
    #[must_use]
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::RequestSupplement { .. } => StepKind::SupplementRequested,
            Self::ReceiveSupplement => StepKind::SupplementReceived,
            Self::RequestObligation { .. } => StepKind::ObligationRequested,
            Self::MeetObligation => StepKind::ObligationMet,
            Self::Resolve { .. } => StepKind::ResultReady,
            Self::Return => StepKind::Returned,
            Self::Withdraw { .. } => StepKind::Withdrawn,
            Self::Stop { .. } => StepKind::Stopped,
            Self::HandOver => StepKind::HandedOver,
            Self::Consult { .. } => StepKind::ConsultationAsked,
            Self::AnswerConsultation { .. } => StepKind::ConsultationAnswered,
            Self::ConfirmReady => StepKind::ReadyConfirmed,
            Self::Reassign { .. } => StepKind::Reassigned,
        }
    }
}

impl Stage {
    #[must_use]
    pub const fn name(&self) -> StageName {
        match self {
            Self::Processing => StageName::Processing,
            Self::AwaitingSupplement { .. } => StageName::AwaitingSupplement,
            Self::AwaitingObligation { .. } => StageName::AwaitingObligation,
            Self::Closed { outcome, .. } => outcome.stage(),
        }
    }

    /// The moment since when the clock stands still, if it does.
    #[must_use]
    pub const fn paused_since(&self) -> Option<Instant> {
        match self {
            Self::AwaitingSupplement { since } | Self::AwaitingObligation { since } => Some(*since),
            Self::Processing | Self::Closed { .. } => None,
        }
    }

    /// The stage after `step`, taken at `at`.
    ///
    /// # Errors
    /// When the step cannot follow this stage: a closed dossier never opens again, a request is
    /// answered before the next one, a result is returned once.
    pub fn after(&self, step: &Step, at: Instant) -> Result<Self, InvalidTransition> {
        let closed = |outcome| Ok(Self::Closed { at, outcome, returned_at: None });
        match (self, step) {
            (Self::Processing, Step::RequestSupplement { .. }) => Ok(Self::AwaitingSupplement { since: at }),
            (Self::Processing, Step::RequestObligation { .. }) => Ok(Self::AwaitingObligation { since: at }),
            (Self::AwaitingSupplement { .. }, Step::ReceiveSupplement)
            | (Self::AwaitingObligation { .. }, Step::MeetObligation) => Ok(Self::Processing),
            (Self::Processing, Step::Resolve { outcome, .. }) => closed(match outcome {
                ResultOutcome::Granted => Outcome::Granted,
                ResultOutcome::Refused => Outcome::Refused,
            }),
            (
                Self::Closed {
                    at: closed_at,
                    outcome: outcome @ (Outcome::Granted | Outcome::Refused),
                    returned_at: None,
                },
                Step::Return,
            ) => Ok(Self::Closed { at: *closed_at, outcome: *outcome, returned_at: Some(at) }),
            (
                Self::Processing | Self::AwaitingSupplement { .. } | Self::AwaitingObligation { .. },
                Step::Withdraw { .. },
            ) => closed(Outcome::Withdrawn),
            (
                Self::Processing | Self::AwaitingSupplement { .. } | Self::AwaitingObligation { .. },
                Step::Stop { .. },
            ) => closed(Outcome::Stopped),
            // Inside the limit: neither moves the stage nor stops the clock (NĐ 118/2025 Art. 18, 19(4)).
            (
                Self::Processing | Self::AwaitingSupplement { .. } | Self::AwaitingObligation { .. },
                Step::HandOver | Step::Consult { .. } | Step::AnswerConsultation { .. } | Step::Reassign { .. },
            )
            | (Self::Processing, Step::ConfirmReady) => Ok(*self),
            (
                Self::Processing
                | Self::AwaitingSupplement { .. }
                | Self::AwaitingObligation { .. }
                | Self::Closed { .. },
                step,
            ) => Err(InvalidTransition { stage: self.name(), step: step.kind() }),
        }
    }
}
