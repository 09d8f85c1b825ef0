//! Progress on the error stream, only where somebody looks at it.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar with an end that is known, or a counter.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A counter of what is done.
    #[must_use]
    pub fn counting(what: &'static str) -> Self {
        let bar = Self::shown(ProgressBar::new_spinner);
        Self::styled(bar, "{spinner} {msg}: {human_pos} ({per_sec}, {elapsed})", what)
    }

    /// A bar up to `total`.
    #[must_use]
    pub fn up_to(total: u64, what: &'static str) -> Self {
        let bar = Self::shown(|| ProgressBar::new(total));
        Self::styled(bar, "{msg} {wide_bar} {percent} % ({elapsed}, còn {eta})", what)
    }

    /// So much is done.
    pub fn at(&self, done: u64) {
        self.0.set_position(done);
    }

    /// So much of a total that was learned on the way.
    pub fn of(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }

    fn shown(bar: impl FnOnce() -> ProgressBar) -> ProgressBar {
        if std::io::stderr().is_terminal() { bar() } else { ProgressBar::hidden() }
    }

    fn styled(bar: ProgressBar, template: &str, what: &'static str) -> Self {
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what);
        Self(bar)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
