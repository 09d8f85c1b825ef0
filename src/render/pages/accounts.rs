//! `/tai-khoan`: everybody who works here; one account, what may be done with it, and its tokens.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, Field, FieldError};
use super::words::Role;

/// What stands beside a name in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountMark {
    Disabled,
    Locked,
    NoPassword,
    OneTime,
    Away,
}

impl AccountMark {
    pub const ALL: [Self; 5] = [Self::Disabled, Self::Locked, Self::NoPassword, Self::OneTime, Self::Away];

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Disabled | Self::Locked => "bad",
            Self::NoPassword | Self::OneTime => "warn",
            Self::Away => "wait",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Disabled | Self::Locked => "lock",
            Self::NoPassword | Self::OneTime => "question",
            Self::Away => "pause",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Disabled => c.t("ngừng dùng", "disabled"),
            Self::Locked => c.t("tạm khóa", "locked out"),
            Self::NoPassword => c.t("chưa có mật khẩu", "no password"),
            Self::OneTime => c.t("chờ đổi mật khẩu", "password to be changed"),
            Self::Away => c.t("vắng", "away"),
        }
    }
}

#[derive(Debug, Clone)]
pub struct AccountRow {
    pub username: String,
    pub href: String,
    pub name: String,
    pub role: Role,
    pub unit: String,
    pub email: String,
    pub marks: Vec<AccountMark>,
    /// Who stands in, by name.
    pub stand_in: String,
    /// Part of a circle of people who stand in for each other.
    pub circle: bool,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "accounts.html")]
pub struct AccountsPage {
    pub c: Ctx,
    pub rows: Vec<AccountRow>,
    /// `working`, `disabled`, or all.
    pub shown: Vec<(String, Choice)>,
}

/// What an account's form holds.
#[derive(Debug, Clone, Default)]
pub struct AccountInput {
    pub username: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub roles: Vec<Choice>,
    pub units: Vec<Choice>,
}

impl AccountInput {
    /// The fields in the order of the form; the user name of an account that is there never changes.
    #[must_use]
    pub fn fields(&self, c: &Ctx, errors: &[FieldError], fresh: bool) -> Vec<Field> {
        let username = fresh.then(|| {
            Field::new("text", "username", c.t("Tên đăng nhập", "User name"), &self.username).required().hinted(c.t(
                "Chữ thường không dấu, chữ số, dấu chấm. Nhật ký ghi tên này; sau không đổi được.",
                "Small letters, digits, dots. The journal names it; it cannot be changed later.",
            ))
        });
        let others = [
            Field::new("text", "name", c.t("Họ tên hoặc chức danh", "Name or post"), &self.name).required(),
            Field::select("role", c.t("Vai trò", "Role"), self.roles.clone()),
            Field::select("unit", c.t("Đơn vị", "Unit"), self.units.clone()),
            Field::new("email", "email", c.t("Thư điện tử", "E-mail"), &self.email)
                .hinted(c.t("Nhận thông báo của hệ thống", "For the notices of the system")),
            Field::new("tel", "phone", c.t("Điện thoại di động", "Mobile phone"), &self.phone)
                .hinted(c.t("Nhận thông báo khẩn bằng tin nhắn", "For urgent notices by message")),
        ];
        username.into_iter().chain(others).map(|field| field.judged(errors)).collect()
    }
}

/// POST `/tai-khoan`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "account_new.html")]
pub struct AccountNewPage {
    pub c: Ctx,
    pub input: AccountInput,
    pub errors: Vec<FieldError>,
}

impl AccountNewPage {
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        self.input.fields(&self.c, &self.errors, true)
    }
}

#[derive(Debug, Clone)]
pub struct TokenRow {
    pub id: String,
    pub name: String,
    pub made: String,
    pub used: Option<String>,
    pub revoked: Option<String>,
}

/// A secret that is shown this once.
#[derive(Debug, Clone)]
pub enum Secret {
    Password(String),
    Token(String),
}

impl Secret {
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Password(text) | Self::Token(text) => text,
        }
    }

    #[must_use]
    pub fn says<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Password(_) => c.t(
                "Mật khẩu dùng một lần, chỉ hiện lúc này. Giao tận tay; người dùng phải đổi khi đăng nhập lần đầu.",
                "A one-time password, shown only now. Hand it over; it has to be changed at the first sign-in.",
            ),
            Self::Token(_) => c.t(
                "Mã truy cập API, chỉ hiện lúc này. Hãy cất giữ ngay.",
                "An API token, shown only now. Put it away at once.",
            ),
        }
    }
}

/// Open files in a unit, and who hears of them without this account.
#[derive(Debug, Clone)]
pub struct HandoverRow {
    pub unit: Option<String>,
    pub open: u64,
    pub to: Option<String>,
}

/// POST `/tai-khoan/{username}` and below it `/mat-khau`, `/khoa`, `/mo`, `/het-phien`, `/ma-truy-cap`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "account.html")]
pub struct AccountPage {
    pub c: Ctx,
    pub href: String,
    pub input: AccountInput,
    pub marks: Vec<AccountMark>,
    pub disabled: Option<String>,
    pub since: String,
    pub sessions: u64,
    pub handovers: Vec<HandoverRow>,
    /// Names of a circle of stand-ins, the first one again at the end; empty: none.
    pub circle: Vec<String>,
    pub away: Option<String>,
    pub stand_in: Option<String>,
    pub tokens: Vec<TokenRow>,
    pub secret: Option<Secret>,
    pub errors: Vec<FieldError>,
}

impl AccountPage {
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        self.input.fields(&self.c, &self.errors, false)
    }

    #[must_use]
    pub fn token_field(&self) -> Field {
        let label = self.c.t("Dùng cho việc gì", "What it is for");
        Field::new("text", "token_name", label, "").required().judged(&self.errors)
    }

    #[must_use]
    pub fn open_files(&self) -> u64 {
        self.handovers.iter().map(|one| one.open).sum()
    }
}
