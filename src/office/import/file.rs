//! The mapping as a file: what the command line reads and the wizard writes, one form.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::domain::problem::{FieldError, Problem};
use crate::office::OfficeResult;

/// The file as it is written.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MappingFile {
    /// Native name = column in the source.
    pub columns: BTreeMap<String, String>,
    pub constants: BTreeMap<String, toml::Value>,
    /// Native name: word of the source = our word.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    pub dates: MappingDates,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MappingDates {
    pub formats: Vec<String>,
    pub zone: Option<String>,
}

impl MappingFile {
    /// Reads a mapping file; whether it makes sense, [`super::Mapping`] says.
    ///
    /// # Errors
    /// When it is no such file.
    pub fn parse(text: &str) -> OfficeResult<Self> {
        Ok(toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            FieldError::new("mapping", "", Problem::Unreadable { why: error.to_string().trim().replace('\n', " ") })
        })?)
    }

    /// The file as text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = String::new();
        let mut table = |name: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                let gap = if text.is_empty() { "" } else { "\n" };
                let _ = writeln!(text, "{gap}[{name}]\n{}", lines.join("\n"));
            }
        };
        table("columns", self.columns.iter().map(|(field, column)| format!("{field} = {}", quoted(column))).collect());
        table(
            "constants",
            self.constants.iter().map(|(field, value)| format!("{field} = {}", constant(value))).collect(),
        );
        for (field, words) in &self.values {
            let lines = words.iter().map(|(theirs, ours)| format!("{} = {}", quoted(theirs), quoted(ours)));
            table(&format!("values.{field}"), lines.collect());
        }
        let formats: Vec<String> = self.dates.formats.iter().map(|format| quoted(format)).collect();
        let formats = (!formats.is_empty()).then(|| format!("formats = [{}]", formats.join(", ")));
        let zone = self.dates.zone.as_deref().map(|zone| format!("zone = {}", quoted(zone)));
        table("dates", formats.into_iter().chain(zone).collect());
        text
    }
}

fn constant(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), quoted)
}

/// A basic string of TOML; the escapes of JSON are among its own.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

#[cfg(test)]
mod tests {
    use super::MappingFile;

    #[test]
    fn what_is_written_is_read_again_whatever_the_names_hold() {
        let mut file = MappingFile::default();
        file.columns.insert("code".to_owned(), "Mã \"hồ sơ\" \\ \u{7f}\t= [x]".to_owned());
        file.constants.insert("procedure_code".to_owned(), toml::Value::from("1.004873"));
        file.constants.insert("fee_due".to_owned(), toml::Value::from(true));
        let words = [("Trực tuyến".to_owned(), "online".to_owned()), ("a.b # c".to_owned(), "post".to_owned())];
        file.values.insert("channel".to_owned(), words.into());
        file.dates.formats = vec!["%d/%m/%Y".to_owned()];
        file.dates.zone = Some("Asia/Ho_Chi_Minh".to_owned());
        assert_eq!(MappingFile::parse(&file.write()).unwrap(), file);
        assert_eq!(MappingFile::default().write(), "");
    }
}
