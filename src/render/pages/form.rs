//! Parts that several forms and lists share.

/// An entry of a select.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub selected: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: &str) -> Self {
        let value = value.into();
        Self { selected: value == chosen, value, label: label.into() }
    }
}

/// What is wrong with one field; shown at the field and in the summary above the form.
#[derive(Debug, Clone)]
pub struct FieldError {
    /// Name of the field, which is also the `id` of its input.
    pub field: &'static str,
    pub message: String,
}

/// The message for a field, if there is one.
#[must_use]
pub fn error_at<'a>(errors: &'a [FieldError], field: &str) -> Option<&'a str> {
    errors.iter().find(|e| e.field == field).map(|e| e.message.as_str())
}

/// A filter above a list: a link with the number of rows behind it.
#[derive(Debug, Clone)]
pub struct Chip<K> {
    pub key: K,
    pub count: u64,
    pub href: String,
    pub current: bool,
}
