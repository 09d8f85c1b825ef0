//! What the law and the office mean: pure values and functions.
//!
//! Nothing here can fail from outside: no database, no clock, no I/O. `now` is an argument.

pub mod ageing;
pub mod calendar;
pub mod channel;
pub mod code;
pub mod contribution;
pub mod cut;
mod day_table;
pub mod deadline;
pub mod disclosure;
pub mod dossier;
pub mod filing;
pub mod forecast;
pub mod form_06a;
pub mod form_07a;
mod fraction;
pub mod index_766;
pub mod indicator;
pub mod interval;
pub mod ladder;
pub mod late_reason;
pub mod ledger;
pub mod legal_moment;
pub mod limit;
pub mod needed;
pub mod notice;
pub mod office_hours;
pub mod outlook;
pub mod pause;
pub mod problem;
pub mod procedure_field;
pub mod quiet;
pub mod rates;
pub mod reception;
pub mod reconcile;
pub mod reporting_period;
pub mod reschedule;
pub mod risk;
pub mod role;
pub mod self_score;
pub mod sub_deadline;
pub mod summary;
pub mod survival;
pub mod time;
pub mod time_rule;
pub mod timeliness;
pub mod working_time;

/// Gives an enum its one text form: for the database, JSON, spreadsheets and the CHECK lists.
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The fixed text form, as stored and as seen in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::domain::UnknownWord { expected: &[$($text),+] }),
                }
            }
        }
    };
}
pub(crate) use text_enum;

/// A word outside its fixed list; `expected` names the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownWord {
    pub expected: &'static [&'static str],
}

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expected one of: {}", self.expected.join(", "))
    }
}

impl std::error::Error for UnknownWord {}
