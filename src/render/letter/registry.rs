//! Which template a paper is set with: versions with the day they begin, the newest in force taken.
//!
//! A template that was once in use is never edited: a change of wording or layout is a new file and a
//! new line here, so that what an older paper's facts name still exists.

use chrono::NaiveDate;

use crate::domain::text_enum;

text_enum! {
    /// The papers there are, by the forms of TT 03/2025/TT-VPCP, Annex I.
    FormKind {
        /// 01, A5
        Receipt = "receipt",
        /// 02, A5
        SupplementRequest = "supplement-request",
        /// 03, A5
        Refusal = "refusal",
        /// 04, A4: apologies
        Letter = "letter",
        /// 05, A5
        Stop = "stop",
        /// 06, A4
        ControlSlip = "control-slip",
        /// 07, A4 landscape
        Register = "register",
    }
}

/// One version of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    pub kind: FormKind,
    /// Name of the version, kept in the facts.
    pub version: &'static str,
    /// First day of issue that takes it: year, month, day.
    pub valid_from: (i32, u32, u32),
    /// Typst source; reads `sheet.json`.
    pub source: &'static str,
}

macro_rules! form {
    ($file:literal) => {
        concat!(
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/forms/frame.typ")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/forms/", $file))
        )
    };
}

/// In force since NĐ 118/2025/NĐ-CP.
const DECREE: (i32, u32, u32) = (2025, 7, 1);
/// In force since TT 03/2025/TT-VPCP.
const CIRCULAR: (i32, u32, u32) = (2025, 9, 15);

/// The shipped templates.
pub static SHIPPED: [Template; 7] = [
    Template {
        kind: FormKind::Letter,
        version: "2025-07",
        valid_from: DECREE,
        source: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/letters/apology.typ")),
    },
    Template { kind: FormKind::Receipt, version: "2025-09", valid_from: CIRCULAR, source: form!("receipt.typ") },
    Template {
        kind: FormKind::SupplementRequest,
        version: "2025-09",
        valid_from: CIRCULAR,
        source: form!("supplement-request.typ"),
    },
    Template { kind: FormKind::Refusal, version: "2025-09", valid_from: CIRCULAR, source: form!("refusal.typ") },
    Template { kind: FormKind::Stop, version: "2025-09", valid_from: CIRCULAR, source: form!("stop.typ") },
    Template {
        kind: FormKind::ControlSlip,
        version: "2025-09",
        valid_from: CIRCULAR,
        source: form!("control-slip.typ"),
    },
    Template { kind: FormKind::Register, version: "2025-09", valid_from: CIRCULAR, source: form!("register.typ") },
];

/// The newest of the templates of `kind` that began on or before `day`; before all of them, the first.
pub fn in_force<'a>(
    templates: impl Iterator<Item = &'a Template> + Clone,
    kind: FormKind,
    day: NaiveDate,
) -> Option<&'a Template> {
    let begins = |template: &&Template| {
        let (year, month, day) = template.valid_from;
        NaiveDate::from_ymd_opt(year, month, day)
    };
    let of_kind = templates.filter(move |template| template.kind == kind);
    let begun = of_kind.clone().filter(|template| begins(template).is_some_and(|from| from <= day));
    begun.max_by_key(begins).or_else(|| of_kind.min_by_key(begins))
}
