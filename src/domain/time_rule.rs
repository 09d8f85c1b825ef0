//! Rules about time that are not limits of procedures: additions for an area, and the sub-deadlines
//! inside a limit. Each is data with a first day and a legal basis; the version of a day is the newest
//! that had begun.

use super::text_enum;

text_enum! {
    /// What a time rule says.
    RuleKind {
        /// Days added to limits in days for an area, such as mountain communes (land decrees).
        AreaAddition = "area_addition",
        /// Acceptance of an online file (NĐ 118/2025 Art. 17(2)(c)).
        Acceptance = "acceptance",
        /// The request to complete a file (Art. 19(5)).
        CompletionNotice = "completion_notice",
        /// How long the request is left open before the file is closed (Art. 19(5)).
        Supplement = "supplement",
        /// Paper from the counter to the handling unit (Art. 18).
        HandOver = "hand_over",
    }
}

text_enum! {
    /// How loudly a rule is kept.
    NoticeLevel {
        /// Not at all.
        Off = "off",
        /// Shown on pages and receipts.
        Screen = "screen",
        /// And told by message when its moment comes.
        Mail = "mail",
    }
}
