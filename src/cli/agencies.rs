//! Several agencies in one install: which one a verb means, `agency add` and `agency list`.

use serde_json::json;

use crate::domain::time::Instant;
use crate::office::agencies::AgencyForm;
use crate::office::scope::Named;
use crate::office::{Actor, Office};

use super::args::Verb;
use super::args::people::AgencyWords;
use super::output::{Failure, Streams};

/// Whose office a verb means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Means {
    /// All agencies, or whichever a user name is of.
    All,
    /// One, which has to be named where there are several.
    One,
    /// The one that has the file with this code.
    Of(String),
}

impl Means {
    #[must_use]
    pub fn of(verb: &Verb) -> Self {
        if let Verb::Letter { code, .. } | Verb::Ledger { code, .. } | Verb::Proof { code } = verb {
            return Self::Of(code.clone());
        }
        if verb.is_of_one() { Self::One } else { Self::All }
    }
}

/// The office that a verb works in.
///
/// # Errors
/// A code that no agency has; none named where the verb needs one and there are several.
pub fn office_for(office: Office, code: Option<&str>, means: &Means) -> Result<Office, Failure> {
    if let Some(code) = code {
        return Ok(office.of_agency_code(code)?);
    }
    let agencies = office.agencies()?;
    if agencies.len() < 2 {
        return Ok(office);
    }
    match means {
        Means::All => Ok(office),
        // A code that nobody has is told by the verb.
        Means::Of(code) => Ok(office.of_what(Named::File(code))?.unwrap_or(office)),
        Means::One => {
            let codes: Vec<&str> = agencies.iter().map(|agency| agency.code.as_str()).collect();
            let codes = codes.join(", ");
            Err(Failure::Usage(format!("có nhiều cơ quan, hãy nêu một cơ quan bằng --agency: {codes}")))
        }
    }
}

/// Answers `agency`.
///
/// # Errors
/// Wrong fields; the database.
pub fn run(office: &Office, now: Instant, words: AgencyWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match words {
        AgencyWords::Add { code, name, like, province, place, address, phone, email } => {
            let form = AgencyForm { code: code.clone(), name, like, oversees: province, place, address, phone, email };
            office.add_agency(now, &Actor::CommandLine, &form)?;
            streams.answer(&json!({ "added": code, "oversees": province }), || {
                format!("Đã thêm cơ quan {code}. Tiếp theo: dunghen user add … --agency {code}, rồi trang /mau-giay")
            })
        }
        AgencyWords::List => {
            let all = office.list_agencies()?;
            let rows = all.iter().map(|one| {
                let agency = &one.agency;
                json!({
                    "code": agency.code, "name": agency.name, "oversees": agency.oversees,
                    "units": one.units, "people": one.people, "files": one.files,
                })
            });
            streams.answer(&json!({ "agencies": rows.collect::<Vec<_>>() }), || {
                let line = |one: &crate::office::agencies::Listed| {
                    let role = if one.agency.oversees { ", nhìn toàn tỉnh" } else { "" };
                    format!(
                        "{}  {}: {} đơn vị, {} tài khoản, {} hồ sơ{role}",
                        one.agency.code, one.agency.name, one.units, one.people, one.files
                    )
                };
                all.iter().map(line).collect::<Vec<_>>().join("\n")
            })
        }
    }
}
