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

/// A field of a form, ready to be shown by `field.html`.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Name and `id` of the input.
    pub name: &'static str,
    pub label: String,
    pub value: String,
    /// `text`, `email`, `tel`, `date`, `password`, `select`.
    pub kind: &'static str,
    pub choices: Vec<Choice>,
    pub hint: String,
    pub error: Option<String>,
    /// Value of `autocomplete`.
    pub auto: &'static str,
    pub must: bool,
}

impl Field {
    #[must_use]
    pub fn new(kind: &'static str, name: &'static str, label: &str, value: &str) -> Self {
        let auto = "off";
        Self { kind, name, label: label.to_owned(), value: value.to_owned(), auto, ..Self::default() }
    }

    #[must_use]
    pub fn select(name: &'static str, label: &str, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::new("select", name, label, "") }
    }

    #[must_use]
    pub fn required(self) -> Self {
        Self { must: true, ..self }
    }

    #[must_use]
    pub fn hinted(self, hint: &str) -> Self {
        Self { hint: hint.to_owned(), ..self }
    }

    /// With what is wrong with it, if anything is.
    #[must_use]
    pub fn judged(self, errors: &[FieldError]) -> Self {
        Self { error: error_at(errors, self.name).map(str::to_owned), ..self }
    }

    /// Ids of what describes it, for `aria-describedby`.
    #[must_use]
    pub fn described(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}
