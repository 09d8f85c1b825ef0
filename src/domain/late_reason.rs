//! Why a file is late, in the groups of report II.07.

use super::text_enum;

text_enum! {
    /// Where a late file stands in report II.07.
    LateReason {
        Rules = "rules",
        Officials = "officials",
        Other = "other",
        /// no reason, or one that the settings no longer name
        NotRecorded = "not_recorded",
    }
}
