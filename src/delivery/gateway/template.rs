//! Filling in a provider's template: a value is escaped for where it stands and never filled in again.

use std::fmt::Write as _;

/// How a value has to be written so that it stays one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// inside a JSON string
    Json,
    /// in a form or an address
    Form,
    /// in the text of an XML element or attribute
    Xml,
    /// in a header or plain text: one line
    Line,
}

impl Escape {
    /// The one that a body of this media type needs.
    pub(super) fn of(content_type: &str) -> Self {
        let kind = content_type.to_ascii_lowercase();
        if kind.contains("json") {
            Self::Json
        } else if kind.contains("x-www-form-urlencoded") {
            Self::Form
        } else if kind.contains("xml") {
            Self::Xml
        } else {
            Self::Line
        }
    }

    pub(super) fn apply(self, value: &str) -> String {
        match self {
            Self::Json => {
                let quoted = serde_json::Value::String(value.to_owned()).to_string();
                quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default().to_owned()
            }
            Self::Form => value.bytes().fold(String::with_capacity(value.len()), |mut text, byte| {
                if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
                    text.push(char::from(byte));
                } else {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "%{byte:02X}");
                }
                text
            }),
            Self::Xml => one_line(value)
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
                .replace('\'', "&apos;"),
            Self::Line => one_line(value),
        }
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// `template` with each `{name}` of `values` replaced; other braces stay as they are.
pub(super) fn fill(template: &str, values: &[(&str, &str)], escape: Escape) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        let known = values.iter().find_map(|(name, value)| {
            let after = from.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?;
            Some((value, after))
        });
        match known {
            Some((value, after)) => {
                filled.push_str(&escape.apply(value));
                rest = after;
            }
            None => {
                filled.push('{');
                rest = from.strip_prefix('{').unwrap_or_default();
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::{Escape, fill};

    const VALUES: [(&str, &str); 2] = [("phone", "0900000001"), ("text", "a \"b\"\n{secret} & <c>")];

    #[test]
    fn a_value_stays_inside_its_json_string() {
        let body = fill(r#"{"to":"{phone}","text":"{text}","more":{}}"#, &VALUES, Escape::Json);
        let json: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(json["text"], "a \"b\"\n{secret} & <c>");
        assert_eq!(json["to"], "0900000001");
    }

    #[test]
    fn a_value_that_begins_with_a_quotation_mark_is_whole() {
        let body = fill(r#"{"text":"{text}"}"#, &[("text", "\"\"a\"")], Escape::Json);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&body).unwrap()["text"], "\"\"a\"");
    }

    #[test]
    fn a_value_stays_inside_its_form_field() {
        assert_eq!(
            fill("t={text}&p={phone}", &VALUES, Escape::Form),
            "t=a%20%22b%22%0A%7Bsecret%7D%20%26%20%3Cc%3E&p=0900000001"
        );
    }

    #[test]
    fn a_value_stays_inside_its_element_and_its_line() {
        assert_eq!(fill("<t>{text}</t>", &VALUES, Escape::Xml), "<t>a &quot;b&quot; {secret} &amp; &lt;c&gt;</t>");
        assert_eq!(fill("{text}", &[("text", "a\r\nX: b")], Escape::Line), "a  X: b");
    }

    #[test]
    fn what_is_no_placeholder_stays() {
        assert_eq!(fill("{unknown} {phone {text", &VALUES, Escape::Line), "{unknown} {phone {text");
    }
}
