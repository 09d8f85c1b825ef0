//! Dossier codes: ours by a pattern in settings, foreign ones kept as they came.

use chrono::NaiveDate;

/// Longest code that is kept; the national codes stay under 40 characters.
pub const MAX_LEN: usize = 64;

/// Why a code cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    Empty,
    TooLong,
    /// A control character or white space inside: such a code cannot be read back from a receipt.
    BadCharacter,
}

/// The code of a dossier (mã hồ sơ): an opaque string, unique in the installation (domain rule §3).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DossierCode(String);

impl DossierCode {
    /// Takes a foreign code as it came, trimmed.
    ///
    /// # Errors
    /// When it is empty, longer than [`MAX_LEN`] or holds white space, a slash or control characters.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(CodeError::Empty);
        }
        if text.chars().count() > MAX_LEN {
            return Err(CodeError::TooLong);
        }
        // A slash would end the code inside an address, where every dossier has its page.
        let bad =
            |c: char| c.is_control() || c.is_whitespace() || matches!(c, '/' | '\\' | '?' | '#' | '<' | '>' | '"');
        if text.chars().any(bad) {
            return Err(CodeError::BadCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for DossierCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The pattern of our own codes: `{agency}`, `{yymmdd}` and `{serial}` (four digits or more).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePattern(String);

impl CodePattern {
    /// Takes the pattern of the settings when it names the day and the serial.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let whole = text.contains("{yymmdd}") && text.contains("{serial}");
        let filled = text.replace("{agency}", "A").replace("{yymmdd}", "260101").replace("{serial}", "0001");
        (whole && DossierCode::parse(&filled).is_ok()).then(|| Self(text.to_owned()))
    }

    /// The code of the `serial`-th dossier that `agency` received on `day`.
    ///
    /// ```
    /// use dunghen::domain::code::CodePattern;
    /// let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    /// let pattern = CodePattern::parse("{agency}-{yymmdd}-{serial}").unwrap();
    /// assert_eq!(pattern.fill("H38.19", day, 7).as_str(), "H38.19-261124-0007");
    /// ```
    #[must_use]
    pub fn fill(&self, agency: &str, day: NaiveDate, serial: i64) -> DossierCode {
        DossierCode(
            self.0
                .replace("{agency}", agency)
                .replace("{yymmdd}", &day.format("%y%m%d").to_string())
                .replace("{serial}", &format!("{serial:04}")),
        )
    }
}
