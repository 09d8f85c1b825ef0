//! What the program says about its own work: lines on stderr, as text or JSON. Personal data never
//! stands in them: a field with a personal name is shown masked, whoever wrote the line.

use std::fmt;

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::field::MakeExt as _;
use tracing_subscriber::fmt::format::{FormatFields, Writer, debug_fn};
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormattedFields, MakeWriter};
use tracing_subscriber::registry::LookupSpan;

use crate::config::{Log, LogFormat};

/// Fields that hold a person's data, by themselves or as the end of a longer name (`applicant_name`).
const PERSONAL: [&str; 5] = ["name", "phone", "email", "address", "recipient"];

/// A personal value as a log may show it: the first letter, so that two people can be told apart; of a
/// number nothing.
///
/// ```
/// assert_eq!(dunghen::telemetry::masked("Ánh"), "Á***");
/// ```
#[must_use]
pub fn masked(value: &str) -> String {
    match value.trim().chars().next() {
        None => String::new(),
        Some(first) if first.is_alphabetic() => format!("{first}***"),
        Some(_) => "***".to_owned(),
    }
}

/// Sends what is logged to stderr from now on. A second call changes nothing.
///
/// # Errors
/// Names the setting when `log.filter` is not a filter.
pub fn start(log: &Log) -> Result<(), String> {
    let subscriber = subscriber(log, std::io::stderr)?;
    // Fails only when one is set already.
    tracing::subscriber::set_global_default(subscriber).unwrap_or_default();
    Ok(())
}

fn subscriber<W>(log: &Log, writer: W) -> Result<Box<dyn Subscriber + Send + Sync>, String>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(&log.filter).map_err(|error| format!("log.filter: {error}"))?;
    let fields = debug_fn(|writer: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug| match field.name() {
        "message" => write!(writer, "{value:?}"),
        name if is_personal(name) => write!(writer, "{name}={}", masked(&bare(value))),
        name => write!(writer, "{name}={value:?}"),
    })
    .delimited(" ");
    let base =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).fmt_fields(fields).with_writer(writer);
    Ok(match log.format {
        LogFormat::Text => Box::new(base.finish()),
        LogFormat::Json => Box::new(base.event_format(JsonLine).finish()),
    })
}

fn is_personal(field: &str) -> bool {
    PERSONAL
        .iter()
        .any(|personal| field.strip_suffix(personal).is_some_and(|rest| rest.is_empty() || rest.ends_with(['_', '.'])))
}

/// The value without the quotes of its debug form.
fn bare(value: &dyn fmt::Debug) -> String {
    format!("{value:?}").trim_matches('"').to_owned()
}

/// One JSON object a line: time, level, target, the spans it happened in, and its fields.
struct JsonLine;

impl<S, N> FormatEvent<S, N> for JsonLine
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut time = String::new();
        SystemTime.format_time(&mut Writer::new(&mut time))?;
        let mut line = Map::new();
        line.insert("time".to_owned(), time.into());
        line.insert("level".to_owned(), event.metadata().level().as_str().into());
        line.insert("target".to_owned(), event.metadata().target().into());
        let spans: Vec<Value> = context.event_scope().map_or_else(Vec::new, |scope| {
            scope
                .from_root()
                .map(|span| {
                    let extensions = span.extensions();
                    let fields = extensions.get::<FormattedFields<N>>().map_or("", |fields| fields.as_str());
                    Value::from(format!("{} {fields}", span.name()).trim().to_owned())
                })
                .collect()
        });
        if !spans.is_empty() {
            line.insert("spans".to_owned(), spans.into());
        }
        event.record(&mut JsonFields(&mut line));
        writeln!(out, "{}", Value::Object(line))
    }
}

struct JsonFields<'a>(&'a mut Map<String, Value>);

impl JsonFields<'_> {
    fn put(&mut self, field: &Field, value: Value) {
        let value = if is_personal(field.name()) { masked(value.as_str().unwrap_or("0")).into() } else { value };
        self.0.insert(field.name().to_owned(), value);
    }
}

impl Visit for JsonFields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = if is_personal(field.name()) { bare(value) } else { format!("{value:?}") };
        self.put(field, text.into());
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.into());
    }
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value.into());
    }
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value.into());
    }
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value.into());
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::{is_personal, masked, subscriber};
    use crate::config::{Log, LogFormat};

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat) -> String {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = Log { filter: "info".to_owned(), format };
        let subscriber = subscriber(&log, move || writer.clone()).unwrap();
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::info_span!("intake", phone = "0912000111", dossier = "H38.19-261124-0001");
            let _inside = span.enter();
            tracing::info!(name = "Nguyễn Thị Bưởi", applicant_email = ?"buoi@example.org", address = %"Thôn Bản Phiệt", recipient = 7, count = 3, "logged");
            tracing::debug!("below the filter");
        });
        let bytes = kept.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn no_personal_value_reaches_the_log_in_either_format() {
        for format in [LogFormat::Text, LogFormat::Json] {
            let text = logged(format);
            for personal in
                ["Nguyễn", "Bưởi", "0912", "buoi@", "example.org", "Bản Phiệt", "recipient=7", "\"recipient\":7"]
            {
                assert!(!text.contains(personal), "{personal} in {text}");
            }
            for kept in ["logged", "N***", "***", "H38.19-261124-0001"] {
                assert!(text.contains(kept), "{kept} not in {text}");
            }
            assert_eq!(text.lines().count(), 1, "{text}");
        }
    }

    #[test]
    fn a_json_line_is_one_object_with_typed_fields() {
        let line: serde_json::Value = serde_json::from_str(&logged(LogFormat::Json)).unwrap();
        assert_eq!(line["level"], "INFO");
        assert_eq!(line["message"], "logged");
        assert_eq!(line["count"], 3);
        assert_eq!(line["spans"][0], "intake phone=*** dossier=\"H38.19-261124-0001\"");
    }

    #[test]
    fn a_wrong_filter_names_the_setting() {
        let log = Log { filter: "dunghen=loud".to_owned(), format: LogFormat::Text };
        assert!(subscriber(&log, std::io::sink).err().unwrap().starts_with("log.filter: "));
    }

    #[test]
    fn a_masked_value_shows_one_letter_only() {
        assert_eq!(masked("Đỗ Văn Cường"), "Đ***");
        assert_eq!(masked("0912 000 111"), "***");
        assert_eq!(masked("  "), "");
    }

    #[test]
    fn only_whole_words_make_a_field_personal() {
        assert!(is_personal("applicant_phone") && is_personal("name") && is_personal("mail.address"));
        assert!(!is_personal("filename") && !is_personal("names") && !is_personal("job"));
    }
}
