//! What every page knows: the language, the agency, who is signed in, the moment shown as now.

use super::icon;
use super::words::Role;

mod nav;

pub use nav::Nav;

/// Language of the words on a page. Vietnamese is the default everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    /// Value of the `lang` attribute and of the `?lang=` switch.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language the switch in the page head leads to.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }
}

/// The signed-in person.
#[derive(Debug, Clone)]
pub struct Viewer {
    pub name: String,
    pub role: Role,
    pub nav: Vec<Nav>,
    /// Online files that wait for acceptance.
    pub submissions: u64,
    /// Proposals that wait for this person's decision.
    pub proposals: u64,
    /// Alerts that stand on this person's screen.
    pub alerts: u64,
    /// Tasks of the desk that are open.
    pub tasks: u64,
}

/// The highest number that stands beside an entry.
const MOST_SHOWN: u64 = 99;

impl Viewer {
    /// The number beside an entry, `99+` where there are more; empty where nothing waits.
    #[must_use]
    pub fn badge(&self, nav: &Nav) -> String {
        match self.count(nav) {
            0 => String::new(),
            count if count > MOST_SHOWN => format!("{MOST_SHOWN}+"),
            count => count.to_string(),
        }
    }

    fn count(&self, nav: &Nav) -> u64 {
        if *nav == Nav::Reception {
            self.submissions
        } else if *nav == Nav::Alerts {
            self.alerts
        } else if *nav == Nav::Proposals {
            self.proposals
        } else if *nav == Nav::Desk {
            self.tasks
        } else {
            0
        }
    }
}

/// How a message shown once at the top of the next page is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlashKind {
    Done,
    Refused,
}

/// A message shown once, e.g. after a redirect.
#[derive(Debug, Clone)]
pub struct Flash {
    pub kind: FlashKind,
    pub text: String,
}

impl Flash {
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.kind == FlashKind::Refused
    }
}

/// Whether the demonstration's clock and mailbox are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    #[default]
    Live,
    Demo,
}

/// Common part of every page view.
#[derive(Debug, Clone, Default)]
pub struct Ctx {
    pub lang: Lang,
    /// Name of the agency, e.g. `UBND xã Mường Khương`.
    pub agency: String,
    pub user: Option<Viewer>,
    /// Token put in the hidden field `csrf` of every form.
    pub csrf: String,
    /// Path and query of this page, e.g. `/ho-so?state=overdue`.
    pub path: String,
    /// The moment the program takes for now, as shown: `thứ Ba 24/11/2026 17:00`.
    pub now: String,
    pub mode: Mode,
    pub flash: Option<Flash>,
    /// What every page says of ways of delivery that do not work, to those who answer for them.
    pub outages: Vec<String>,
    /// When the session ends, and seconds until then: told before it does.
    pub session_ends: Option<(String, i64)>,
    /// Short hash of the embedded assets; goes into their addresses so that they may be cached for ever.
    pub assets: String,
}

impl Ctx {
    /// The text in the page's language; the two stand side by side so that neither can be forgotten.
    #[must_use]
    pub fn t<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    /// A count with the thousands mark of the language: `12.480` / `12,480`.
    #[must_use]
    pub fn n(&self, number: &u64) -> String {
        let digits = number.to_string();
        let mark = self.t(".", ",");
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(mark);
            }
            out.push(digit);
        }
        out
    }

    /// `82.45` as people of the language write it: `82,45%` / `82.45%`; no data is a dash.
    #[must_use]
    pub fn percent(&self, percent: &Option<String>) -> String {
        percent.as_deref().map_or_else(|| "–".to_owned(), |p| format!("{}%", p.replace('.', self.t(",", "."))))
    }

    /// Inline drawing of an icon; empty for an unknown name. Trusted markup.
    #[must_use]
    pub fn icon(&self, name: &str) -> &'static str {
        icon::svg(name)
    }

    /// A coloured mark with icon and word. `word` comes from [`super::words`], never from data.
    #[must_use]
    pub fn badge(&self, tone: &str, icon: &str, word: &str) -> String {
        format!(r#"<span class="badge {tone}">{}{word}</span>"#, icon::svg(icon))
    }

    /// Seconds before its end at which a session is said to end.
    #[must_use]
    pub fn session_told(&self) -> i64 {
        15 * 60
    }

    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.mode == Mode::Demo
    }

    /// The same page in the other language: `?lang=` is read and remembered by `web`.
    #[must_use]
    pub fn switch_href(&self) -> String {
        let join = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{join}lang={}", self.path, self.lang.other().code())
    }

    /// True for the entry whose page this is; `Intake` lies below `Queue` and wins there.
    #[must_use]
    pub fn is_at(&self, nav: &Nav) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        let below = |n: &Nav| path == n.href() || path.starts_with(&format!("{}/", n.href()));
        let inside = ["/tai-khoan", "/gui-tin", "/nhap-lieu", "/nhat-ky"].iter().any(|door| path.starts_with(door));
        (below(nav) && (*nav == Nav::Intake || !below(&Nav::Intake))) || (*nav == Nav::Administration && inside)
    }
}
