//! Vietnamese mobile numbers: what a short message can be sent to.

/// A mobile number, known by the nine digits after the 0 or the +84.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mobile(String);

impl Mobile {
    /// Reads `0900 000 001`, `+84 900 000 001`, `84.900.000.001`; `None` for a landline, a foreign
    /// number, two numbers in one field, or anything that is no number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')')).collect();
        let digits = digits.strip_prefix('+').unwrap_or(&digits);
        let national = match digits.strip_prefix("0084").or_else(|| digits.strip_prefix("84")) {
            // +84 0900…: both, as people write it.
            Some(rest) if digits.len() > 10 => rest.strip_prefix('0').unwrap_or(rest),
            _ => digits.strip_prefix('0')?,
        };
        let fine = national.len() == 9
            && national.starts_with(['3', '5', '7', '8', '9'])
            && national.bytes().all(|byte| byte.is_ascii_digit());
        fine.then(|| Self(national.to_owned()))
    }

    /// `0900000001`
    #[must_use]
    pub fn local(&self) -> String {
        format!("0{}", self.0)
    }

    /// `84900000001`
    #[must_use]
    pub fn international(&self) -> String {
        format!("84{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Mobile;

    #[test]
    fn a_mobile_number_is_read_however_people_write_it() {
        for text in
            ["0900 000 001", "0900.000.001", "+84 900 000 001", "84900000001", "(+84) 0900-000-001", "0084900000001"]
        {
            let mobile = Mobile::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((mobile.local().as_str(), mobile.international().as_str()), ("0900000001", "84900000001"));
        }
    }

    #[test]
    fn landlines_foreign_numbers_two_numbers_and_tricks_are_none() {
        for text in [
            "",
            "0",
            "0214 000 0000",
            "+1 202 555 0100",
            "0900 000 001 / 0900 000 002",
            "090000000",
            "09000000011",
            "0900000001\r\nBcc: x",
            "0900000001&to=113",
            "٠٩٠٠٠٠٠٠٠١",
            "84",
            "+84",
            "113",
        ] {
            assert_eq!(Mobile::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_local_number_that_begins_like_the_country_stays_local() {
        assert_eq!(Mobile::parse("0840000001").map(|mobile| mobile.local()), Some("0840000001".to_owned()));
    }
}
