//! `/gui-tin`: how mail and messages leave, how each way stands, and a test through the real one.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, Field, FieldError};

/// How a way stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayState {
    Works,
    Down,
    /// Nothing left by it yet.
    Unused,
    NotSetUp,
}

impl WayState {
    pub const ALL: [Self; 4] = [Self::Works, Self::Down, Self::Unused, Self::NotSetUp];

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Works => "good",
            Self::Down => "bad",
            Self::Unused => "wait",
            Self::NotSetUp => "warn",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Works => "check",
            Self::Down => "alarm",
            Self::Unused => "pause",
            Self::NotSetUp => "question",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Works => c.t("Đang gửi được", "Works"),
            Self::Down => c.t("Đang hỏng", "Down"),
            Self::Unused => c.t("Chưa gửi tin nào", "Nothing sent yet"),
            Self::NotSetUp => c.t("Chưa cài đặt", "Not set up"),
        }
    }
}

/// A way of delivery: what is set, without its secrets, and how it stands.
#[derive(Debug, Clone)]
pub struct WayView {
    /// `Thư điện tử`, `SMS`, `Zalo`.
    pub name: String,
    pub state: WayState,
    pub down_since: Option<String>,
    pub last_error: Option<String>,
    pub last_sent: Option<String>,
    pub waiting: u64,
    pub dead: u64,
    /// Name in the settings, and what is set.
    pub settings: Vec<(&'static str, String)>,
    /// `/hop-di?way=mail`
    pub href: String,
}

/// How a test ended.
#[derive(Debug, Clone)]
pub struct TestView {
    pub taken: bool,
    pub way: String,
    /// In the words of the other side.
    pub answer: String,
}

/// POST `/gui-tin/thu`: `way`, `to`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "sending.html")]
pub struct SendingPage {
    pub c: Ctx,
    pub ways: Vec<WayView>,
    pub to: String,
    pub way_choices: Vec<Choice>,
    pub tested: Option<TestView>,
    pub errors: Vec<FieldError>,
}

impl SendingPage {
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let c = &self.c;
        let fields = [
            Field::select("way", c.t("Kênh", "Way"), self.way_choices.clone()),
            Field::new("text", "to", c.t("Gửi đến", "Send to"), &self.to)
                .required()
                .hinted(c.t("Địa chỉ thư, hoặc số di động", "A mail address, or a mobile number")),
        ];
        fields.into_iter().map(|field| field.judged(&self.errors)).collect()
    }
}

/// Subject and text of a test.
#[must_use]
pub fn test_text(agency: &str, at: &str) -> (String, String) {
    let subject = "Đúng Hẹn: tin thử".to_owned();
    let text = format!("Tin thử của {agency}, {at}. Nhận được tin này nghĩa là kênh gửi hoạt động; không cần trả lời.");
    (subject, text)
}
