//! Dates inside the limit that have their own clock.

use super::text_enum;

text_enum! {
    /// What is waited for.
    SubDeadlineKind {
        /// That the officer asks for completion, if something is missing (NĐ 118/2025 Art. 19(5)).
        CompletionNotice = "completion_notice",
        /// That the citizen completes the file; unanswered, it is closed.
        Supplement = "supplement",
        /// That the paper reaches the handling unit (Art. 18).
        HandOver = "hand_over",
        /// That a consulted body answers (Art. 19(4)); the clock of the file runs on.
        Consultation = "consultation",
    }
}

text_enum! {
    /// How it ended.
    SubOutcome {
        Met = "met",
        /// Done, after its time.
        Late = "late",
        /// Its time ended it: an unanswered request.
        Lapsed = "lapsed",
        /// The file ended first.
        Moot = "moot",
    }
}
