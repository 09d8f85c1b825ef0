//! How a dossier was handed in: by whom, with which papers, and who is told of it.

use crate::domain::filing::{Addressee, COPIES_MAX, FiledBy, PAPERS_MAX, PaperLine};
use crate::store::Tx;
use crate::store::dossiers::DossierRow;
use crate::store::filings::{self, Filing};

use super::Office;
use super::error::{FieldError, OfficeResult, Problem};
use super::intake_form::{IntakeForm, NAME_MAX, is_phone, text_field};
use super::reach::Addresses;

/// What the form says of it, every field right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedFiling {
    filed_by: FiledBy,
    representative_name: String,
    representative_phone: String,
    addressee: Addressee,
    papers: Vec<PaperLine>,
    cross_boundary: bool,
}

/// Holds the fields of the filing against what they should be.
pub(super) fn check(form: &IntakeForm, errors: &mut Vec<FieldError>) -> CheckedFiling {
    let filed_by = word(&form.filed_by, "filed_by", &["self", "assisted", "representative"], errors);
    let addressee = word(&form.addressee, "addressee", &["applicant", "representative"], errors);
    let represented = filed_by == Some(FiledBy::Representative);
    let mut name = String::new();
    let mut phone = String::new();
    // What somebody typed before choosing another way of filing is not kept.
    if represented {
        name = text_field(errors, "representative_name", &form.representative_name, NAME_MAX).unwrap_or_default();
        required("representative_name", &name, errors);
        phone = phone_of(&form.representative_phone, errors);
    }
    let addressee = addressee.filter(|_| represented).unwrap_or(Addressee::Applicant);
    CheckedFiling {
        filed_by: filed_by.unwrap_or(FiledBy::Itself),
        representative_name: name,
        representative_phone: phone,
        addressee,
        papers: papers(&form.papers, errors),
        cross_boundary: form.cross_boundary,
    }
}

/// The telephone of a representative, who is reached by nothing else.
pub(super) fn phone_of(text: &str, errors: &mut Vec<FieldError>) -> String {
    let phone = text_field(errors, "representative_phone", text, 30).unwrap_or_default();
    required("representative_phone", &phone, errors);
    if !phone.is_empty() && !is_phone(&phone) {
        errors.push(FieldError::new("representative_phone", &phone, Problem::NotAPhone));
    }
    phone
}

fn required(field: &'static str, text: &str, errors: &mut Vec<FieldError>) {
    if text.is_empty() && !errors.iter().any(|error| error.field == field) {
        errors.push(FieldError::new(field, "", Problem::Required));
    }
}

fn word<T: std::str::FromStr>(
    text: &str,
    field: &'static str,
    expected: &'static [&'static str],
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let word = text.parse().ok();
    if word.is_none() {
        errors.push(FieldError::new(field, text, Problem::NotOneOf { expected }));
    }
    word
}

fn papers(lines: &[PaperLine], errors: &mut Vec<FieldError>) -> Vec<PaperLine> {
    if lines.len() > PAPERS_MAX {
        let max = u32::try_from(PAPERS_MAX).unwrap_or(u32::MAX);
        errors.push(FieldError::new("papers", lines.len().to_string(), Problem::NotInRange { min: 0, max }));
        return Vec::new();
    }
    let mut kept = Vec::with_capacity(lines.len());
    for (line, at) in lines.iter().zip(1..) {
        let before = errors.len();
        let name = text_field(errors, "papers", &line.name, NAME_MAX);
        if errors.len() > before {
            continue;
        }
        match name {
            Some(name) if (1..=COPIES_MAX).contains(&line.copies) => kept.push(PaperLine { name, ..line.clone() }),
            Some(_) | None => errors.push(FieldError::new("papers", &line.name, Problem::NotAPaper { line: at })),
        }
    }
    kept
}

impl CheckedFiling {
    /// Keeps it with its dossier; one that says nothing beyond the usual is not written.
    pub(super) fn keep(&self, tx: &mut Tx<'_>, row: &DossierRow, procedure_code: &str) -> OfficeResult<()> {
        if self.filed_by == FiledBy::Itself && self.papers.is_empty() && !self.cross_boundary {
            return Ok(());
        }
        let filing = Filing {
            dossier_id: row.id.clone(),
            procedure_code: procedure_code.to_owned(),
            filed_at: row.received_at,
            filed_by: self.filed_by,
            representative_name: self.representative_name.clone(),
            representative_phone: self.representative_phone.clone(),
            addressee: self.addressee,
            papers: serde_json::to_string(&self.papers)?,
            cross_boundary: self.cross_boundary,
        };
        Ok(filings::insert(tx, filing)?)
    }
}

/// The papers of a filing.
#[must_use]
pub fn papers_of(filing: &Filing) -> Vec<PaperLine> {
    serde_json::from_str(&filing.papers).unwrap_or_default()
}

impl Office {
    /// How a dossier was handed in; `None`: as usual, and no papers were listed.
    ///
    /// # Errors
    /// The database.
    pub fn filing(&self, row: &DossierRow) -> OfficeResult<Option<Filing>> {
        Ok(self.store().read(|conn| filings::find(conn, &row.id))?)
    }

    /// The papers that the last dossier of a procedure came with.
    ///
    /// # Errors
    /// The database.
    pub fn usual_papers(&self, procedure_code: &str) -> OfficeResult<Vec<PaperLine>> {
        let last = self.store().read(|conn| filings::last_papers(conn, procedure_code))?;
        Ok(last.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }
}

/// Who is told about a dossier, and where they are reached: the applicant, or the person they authorised.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub name: &'a str,
    pub phone: Option<&'a str>,
    pub email: Option<&'a str>,
    pub address: Option<&'a str>,
}

impl<'a> Told<'a> {
    pub(super) fn of(row: &'a DossierRow, filing: Option<&'a Filing>) -> Self {
        match filing.filter(|filing| filing.addressee == Addressee::Representative) {
            Some(filing) => Self {
                name: &filing.representative_name,
                phone: Some(&filing.representative_phone),
                email: None,
                address: None,
            },
            None => Self {
                name: &row.applicant_name,
                phone: row.applicant_phone.as_deref(),
                email: row.applicant_email.as_deref(),
                address: row.applicant_address.as_deref(),
            },
        }
    }
}

impl<'a> From<Told<'a>> for Addresses<'a> {
    fn from(told: Told<'a>) -> Self {
        Self { email: told.email, phone: told.phone, address: told.address }
    }
}
