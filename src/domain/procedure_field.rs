//! The parts of a procedure that can differ from one version to the next.

use super::text_enum;

text_enum! {
    /// A field of a procedure, as differences name it.
    ProcedureField {
        Name = "name",
        Sector = "sector",
        ServiceLevel = "service_level",
        Basis = "basis",
        Confidence = "confidence",
        Limit = "limit",
        LimitBasis = "limit_basis",
        LimitConfidence = "limit_confidence",
        Commitment = "commitment",
        CommitmentBasis = "commitment_basis",
    }
}
