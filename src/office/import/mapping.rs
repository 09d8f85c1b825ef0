//! The mapping file: which column of a foreign register holds which of our fields.

use std::collections::{BTreeMap, HashMap};

use crate::domain::problem::{FieldError, FileProblem, Problem};
use crate::domain::text_enum;
use crate::office::intake::nfc;
use crate::office::{OfficeError, OfficeResult};

use super::dates::Dates;
use super::file::MappingFile;
use super::source::{Header, Wanted};

text_enum! {
    /// The native columns of the dossier import.
    Field {
        Code = "code",
        ProcedureCode = "procedure_code",
        ApplicantName = "applicant_name",
        ApplicantPhone = "applicant_phone",
        ApplicantEmail = "applicant_email",
        ApplicantAddress = "applicant_address",
        /// `mail`, `zalo`, `sms`, `tray`, in the order the applicant wishes
        ContactWays = "contact_ways",
        /// `online`, `counter` or `post`
        Channel = "channel",
        ReceivedAt = "received_at",
        /// the promise that was made
        DueAt = "due_at",
        ResolvedAt = "resolved_at",
        ReturnedAt = "returned_at",
        /// `granted`, `refused`, `withdrawn` or `stopped`
        Outcome = "outcome",
        Unit = "unit",
        Officer = "officer",
        PaperSupplement = "paper_supplement",
        PresenceRequired = "presence_required",
        FeeDue = "fee_due",
        PaidOnline = "paid_online",
        /// handed in at another centre than that of the applicant's home
        CrossBoundary = "cross_boundary",
        EResult = "e_result",
    }
}

/// Without these a dossier cannot be logged, nor known again at the next run.
pub const NEEDED: [Field; 5] =
    [Field::Code, Field::ProcedureCode, Field::ApplicantName, Field::Channel, Field::ReceivedAt];

/// Where each field comes from. A field that is not mapped comes from the column of its own name.
#[derive(Debug, Clone)]
pub struct Mapping {
    columns: BTreeMap<Field, String>,
    constants: BTreeMap<Field, String>,
    values: HashMap<Field, HashMap<String, String>>,
    pub(super) dates: Dates,
}

impl Mapping {
    /// Our own column names.
    #[must_use]
    pub fn native() -> Self {
        let dates = Dates::new(&[], None, &mut Vec::new());
        Self { columns: BTreeMap::new(), constants: BTreeMap::new(), values: HashMap::new(), dates }
    }

    /// Reads a mapping file.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn parse(text: &str) -> OfficeResult<Self> {
        Self::of(MappingFile::parse(text)?)
    }

    /// The mapping that a file means.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn of(written: MappingFile) -> OfficeResult<Self> {
        let mut errors = Vec::new();
        let mut columns = BTreeMap::new();
        for (name, column) in written.columns {
            let Some(field) = field(&name, &mut errors) else { continue };
            if column.trim().is_empty() {
                // It would be found in any header with an empty cell.
                errors.push(FieldError::new(field.as_str(), column.clone(), Problem::Required));
            }
            columns.insert(field, column);
        }
        let mut constants = BTreeMap::new();
        for (name, value) in written.constants {
            let Some(field) = field(&name, &mut errors) else { continue };
            let value = plain(&value).unwrap_or_else(|value| {
                let why = "a constant is a text, a number, a date, true or false".to_owned();
                errors.push(FieldError::new(field.as_str(), &value, Problem::Unreadable { why }));
                value
            });
            if columns.contains_key(&field) {
                errors.push(FieldError::new(field.as_str(), &value, FileProblem::FieldTwice));
            }
            constants.insert(field, value);
        }
        let mut values: HashMap<Field, HashMap<String, String>> = HashMap::new();
        for (name, words) in written.values {
            let words = words.into_iter().map(|(theirs, ours)| (word(&theirs), ours)).collect();
            values.extend(field(&name, &mut errors).map(|field| (field, words)));
        }
        let dates = Dates::new(&written.dates.formats, written.dates.zone.as_deref(), &mut errors);
        if errors.is_empty() {
            Ok(Self { columns, constants, values, dates })
        } else {
            Err(OfficeError::Invalid(errors))
        }
    }

    /// The columns that the file should have.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let mut wanted = Wanted::default();
        for field in Field::ALL.iter().copied().filter(|field| !self.constants.contains_key(field)) {
            match self.columns.get(&field) {
                Some(column) => wanted.must.push((field.as_str(), column.clone())),
                None if NEEDED.contains(&field) => wanted.must.push((field.as_str(), field.as_str().to_owned())),
                None => wanted.may.push(field.as_str().to_owned()),
            }
        }
        wanted
    }

    /// The columns of a file of which only this field is needed; the others may be there.
    #[must_use]
    pub fn wanted_for(&self, needed: Field) -> Wanted {
        let mut wanted = self.wanted();
        let (must, may): (Vec<_>, Vec<_>) = wanted.must.into_iter().partition(|(field, _)| *field == needed.as_str());
        wanted.may.extend(may.into_iter().map(|(_, column)| column));
        Wanted { must, ..wanted }
    }

    /// Where each field stands under this header.
    #[must_use]
    pub fn places(&self, header: &Header) -> HashMap<Field, usize> {
        let place = |field: &Field| {
            let column = self.columns.get(field).map_or(field.as_str(), String::as_str);
            header.find(column).map(|index| (*field, index))
        };
        Field::ALL.iter().filter(|field| !self.constants.contains_key(field)).filter_map(place).collect()
    }

    /// The constant of a field.
    #[must_use]
    pub fn constant(&self, field: Field) -> Option<&str> {
        self.constants.get(&field).map(String::as_str)
    }

    /// Our word for a word of the source; a word that is not mapped stays as it is.
    #[must_use]
    pub fn ours<'a>(&'a self, field: Field, theirs: &'a str) -> &'a str {
        let known = self.values.get(&field).and_then(|words| words.get(&word(theirs)));
        known.map_or(theirs, String::as_str)
    }
}

fn field(name: &str, errors: &mut Vec<FieldError>) -> Option<Field> {
    let field = name.parse().ok();
    if field.is_none() {
        errors.push(FieldError::new("mapping", name, FileProblem::UnknownField));
    }
    field
}

/// A word of the source, composed and without outer spaces.
fn word(text: &str) -> String {
    nfc(text.trim())
}

/// A constant as text: `"1.004873"`, but also `true` or `5`; a list or table as an error.
fn plain(value: &toml::Value) -> Result<String, String> {
    match value {
        toml::Value::String(text) => Ok(text.clone()),
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Boolean(_) | toml::Value::Datetime(_) => {
            Ok(value.to_string())
        }
        toml::Value::Array(_) | toml::Value::Table(_) => Err(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Mapping};
    use crate::domain::problem::{FieldError, FileProblem, Problem};
    use crate::office::OfficeError;

    fn refused(text: &str) -> Vec<FieldError> {
        match Mapping::parse(text) {
            Err(OfficeError::Invalid(errors)) => errors,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn columns_constants_and_words_are_mapped() {
        let mapping = Mapping::parse(
            "[columns]\ncode = 'Mã hồ sơ'\n[constants]\nprocedure_code = '1.004873'\nfee_due = true\n\
             [values.channel]\n'Trực tuyến' = 'online'\n",
        )
        .unwrap();
        let must: Vec<_> = mapping.wanted().must.into_iter().map(|(_, column)| column).collect();
        assert_eq!(must, ["Mã hồ sơ", "applicant_name", "channel", "received_at"]);
        assert_eq!(mapping.constant(Field::FeeDue), Some("true"));
        assert_eq!(mapping.ours(Field::Channel, " Tru\u{31b}\u{323}c tuyê\u{301}n"), "online");
        assert_eq!(mapping.ours(Field::Channel, "counter"), "counter");
    }

    #[test]
    fn every_mistake_of_a_mapping_is_told_at_once() {
        let errors = refused(
            "[columns]\nkode = 'A'\nunit = 'B'\n[constants]\nunit = 'C'\nofficier = 'D'\n[dates]\nzone = 'Mars'\n",
        );
        let told: Vec<_> = errors.iter().map(|error| (error.field, error.value.as_str())).collect();
        assert_eq!(told, [("mapping", "kode"), ("mapping", "officier"), ("unit", "C"), ("dates.zone", "Mars")]);
        assert_eq!(errors[2].problem, FileProblem::FieldTwice.into());
    }

    #[test]
    fn a_column_without_name_and_a_constant_without_value_are_told() {
        let errors = refused("[columns]\ncode = ' '\n[constants]\nunit = ['A']\n");
        let told: Vec<_> = errors.iter().map(|error| (error.field, error.problem.clone())).collect();
        assert_eq!(told[0], ("code", Problem::Required));
        assert!(matches!(told[1], ("unit", Problem::Unreadable { .. })), "{told:?}");
    }

    #[test]
    fn a_table_that_does_not_exist_is_told_with_its_place() {
        let errors = refused("[column]\ncode = 'A'\n");
        assert!(matches!(&errors[0].problem, Problem::Unreadable { why } if why.contains("column")), "{errors:?}");
    }
}
