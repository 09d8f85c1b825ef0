//! `/tai-khoan`: accounts, and what an administrator does with one.

use actix_web::http::StatusCode;
use actix_web::web;
use secrecy::ExposeSecret as _;
use serde::Deserialize;

use crate::domain::role::Role;
use crate::domain::time::Instant;
use crate::office::accounts::AccountForm;
use crate::office::{Actor, Office, OfficeError, OfficeResult};
use crate::render::pages::accounts::{AccountNewPage, AccountPage, AccountsPage, Secret};
use crate::render::pages::form::Choice;
use crate::render::pages::phrases::Done;
use crate::render::pages::{Ctx, Flash, FlashKind};
use crate::render::problems::refusal_text;
use crate::store::people::Account;
use crate::web::posted::Posted;

use super::account_view::{assemble, farewell, href, input, row};
use super::front::Front;
use super::{Nothing, PageResult, given, shown};

#[derive(Debug, Deserialize)]
pub struct Part {
    phan: Option<String>,
}

/// `GET /tai-khoan`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<Part>) -> PageResult {
    let c = front.ctx();
    let part = query.into_inner().phan.unwrap_or_default();
    let page = front
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let mut accounts: Vec<&Account> = rules.accounts.values().collect();
            accounts
                .sort_by(|a, b| (a.disabled_at.is_some(), &a.username).cmp(&(b.disabled_at.is_some(), &b.username)));
            let fits = |part: &str, who: &Account| match part {
                "ngung" => who.disabled_at.is_some(),
                "tat-ca" => true,
                _ => who.disabled_at.is_none(),
            };
            let chip = |value: &str, label: &str| {
                let count = accounts.iter().filter(|who| fits(value, who)).count().to_string();
                let current = part == value || (value.is_empty() && !matches!(part.as_str(), "ngung" | "tat-ca"));
                let to = if value.is_empty() { "/tai-khoan".to_owned() } else { format!("/tai-khoan?phan={value}") };
                (to, Choice { value: count, label: label.to_owned(), selected: current })
            };
            let shown = vec![
                chip("", c.t("Đang dùng", "In use")),
                chip("ngung", c.t("Ngừng dùng", "Disabled")),
                chip("tat-ca", c.t("Tất cả", "All")),
            ];
            let rows = accounts.iter().filter(|who| fits(&part, who)).map(|who| row(&rules, who, now)).collect();
            Ok(AccountsPage { c, rows, shown })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /tai-khoan/moi`
///
/// # Errors
/// The database.
pub async fn fresh(front: Front) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, _| new_page(office, c, &Typed::default().form(String::new()), &[])).await?;
    front.page(StatusCode::OK, &page)
}

/// What the forms of an account send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    username: String,
    name: String,
    role: String,
    unit: String,
    email: String,
    phone: String,
    with_password: String,
    token_name: String,
}

impl Typed {
    fn form(&self, username: String) -> AccountForm {
        let text = |text: &str| given(Some(text)).map(str::to_owned);
        AccountForm {
            username,
            name: self.name.clone(),
            // A word that no role has is a form that was not ours: the role with the least rights.
            role: self.role.parse().unwrap_or(Role::Clerk),
            unit: text(&self.unit),
            email: text(&self.email),
            phone: text(&self.phone),
        }
    }
}

/// `POST /tai-khoan`: the new account's page, with its one-time password where one was wanted.
///
/// # Errors
/// Wrong fields are the form again (422); the database.
pub async fn add(front: Front, Posted(typed): Posted<Typed>) -> PageResult {
    let (c, actor) = (front.ctx(), front.caller()?.actor());
    let form = typed.form(typed.username.trim().to_owned());
    let answer = front
        .work(move |office, now| match office.add_account(now, &actor, &form, None) {
            Ok(()) => {
                let wanted = typed.with_password == "true";
                let secret = wanted.then(|| office.set_one_time_password(now, &actor, &form.username)).transpose()?;
                let secret = secret.map(|secret| Secret::Password(secret.expose_secret().to_owned()));
                let c = said(c, Done::Saved);
                assemble(office, c, now, &form.username, (None, &[]), secret).map(Ok)
            }
            Err(OfficeError::Invalid(errors)) => new_page(office, c, &form, &errors).map(Err),
            Err(error) => Err(error),
        })
        .await?;
    match answer {
        Ok(page) => front.page(StatusCode::OK, &page),
        Err(page) => front.page(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

fn new_page(
    office: &Office,
    c: Ctx,
    form: &AccountForm,
    errors: &[crate::office::FieldError],
) -> OfficeResult<AccountNewPage> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    let (input, errors) = (input(&rules, &c, form), shown::errors(errors, c.lang));
    Ok(AccountNewPage { input, errors, c: Ctx { path: "/tai-khoan/moi".to_owned(), ..c } })
}

fn said(c: Ctx, done: Done) -> Ctx {
    Ctx { flash: Some(Flash { kind: FlashKind::Done, text: done.text(c.lang) }), ..c }
}

/// `GET /tai-khoan/{username}`
///
/// # Errors
/// 404.
pub async fn one(front: Front, username: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, now| assemble(office, c, now, &username, (None, &[]), None)).await?;
    front.page(StatusCode::OK, &page)
}

/// `POST /tai-khoan/{username}`
///
/// # Errors
/// 404; wrong fields (422) and the last administrator (409) are the page again.
pub async fn save(front: Front, username: web::Path<String>, Posted(typed): Posted<Typed>) -> PageResult {
    let form = typed.form(username.into_inner());
    let asked = form.clone();
    let verb = move |office: &Office, now, actor: &Actor, _: &str| {
        office.change_account(now, actor, &asked).map(|()| After::Lead(Done::Saved))
    };
    act(front, form.username.clone(), Some(form), verb).await
}

/// `POST /tai-khoan/{username}/mat-khau`: a password for one sign-in, shown once.
///
/// # Errors
/// 404.
pub async fn password(front: Front, username: web::Path<String>, _: Posted<Nothing>) -> PageResult {
    let verb = |office: &Office, now, actor: &Actor, username: &str| {
        let secret = office.set_one_time_password(now, actor, username)?;
        Ok(After::Show(Secret::Password(secret.expose_secret().to_owned())))
    };
    act(front, username.into_inner(), None, verb).await
}

/// `POST /tai-khoan/{username}/khoa`: says how many files stay open, and who hears of them.
///
/// # Errors
/// 404; the last administrator (409).
pub async fn disable(front: Front, username: web::Path<String>, _: Posted<Nothing>) -> PageResult {
    let c = front.ctx();
    let verb = move |office: &Office, now, actor: &Actor, username: &str| {
        office.disable_account(now, actor, username)?;
        let rules = office.store().read(|conn| office.rules(conn))?;
        let who = rules.accounts.values().find(|who| who.username == username).ok_or(OfficeError::NotFound)?;
        Ok(After::Say(farewell(&c, &office.handovers(now, &who.id)?)))
    };
    act(front, username.into_inner(), None, verb).await
}

/// `POST /tai-khoan/{username}/mo`
///
/// # Errors
/// 404.
pub async fn enable(front: Front, username: web::Path<String>, _: Posted<Nothing>) -> PageResult {
    let verb = |office: &Office, now, actor: &Actor, username: &str| {
        office.enable_account(now, actor, username).map(|()| After::Lead(Done::Enabled))
    };
    act(front, username.into_inner(), None, verb).await
}

/// `POST /tai-khoan/{username}/het-phien`
///
/// # Errors
/// 404.
pub async fn end_sessions(front: Front, username: web::Path<String>, _: Posted<Nothing>) -> PageResult {
    let verb = |office: &Office, now, actor: &Actor, username: &str| {
        office.end_sessions(now, actor, username).map(|()| After::Lead(Done::SessionsEnded))
    };
    act(front, username.into_inner(), None, verb).await
}

/// `POST /tai-khoan/{username}/ma-truy-cap`: an API token, shown once.
///
/// # Errors
/// 404; without a name the page again (422).
pub async fn add_token(front: Front, username: web::Path<String>, Posted(typed): Posted<Typed>) -> PageResult {
    let verb = move |office: &Office, now, actor: &Actor, username: &str| {
        office.add_token(now, actor, username, &typed.token_name).map(|token| After::Show(Secret::Token(token)))
    };
    act(front, username.into_inner(), None, verb).await
}

/// `POST /tai-khoan/{username}/ma-truy-cap/{id}/thu-hoi`
///
/// # Errors
/// 404.
pub async fn revoke_token(front: Front, path: web::Path<(String, String)>, _: Posted<Nothing>) -> PageResult {
    let (username, id) = path.into_inner();
    let verb = move |office: &Office, now, actor: &Actor, username: &str| {
        office.revoke_token_of(now, actor, username, &id).map(|()| After::Lead(Done::Revoked))
    };
    act(front, username, None, verb).await
}

/// What the page says after a verb.
enum After {
    /// Leads back, and says so there.
    Lead(Done),
    Say(String),
    /// What is shown this once.
    Show(Secret),
}

/// Does something with an account; what is wrong or refused is its page again, with what was typed.
async fn act(
    front: Front,
    username: String,
    typed: Option<AccountForm>,
    verb: impl FnOnce(&Office, Instant, &Actor, &str) -> OfficeResult<After> + Send + 'static,
) -> PageResult {
    let (c, actor, to) = (front.ctx(), front.caller()?.actor(), href(&username));
    let answer = front
        .work(move |office, now| {
            let page =
                |c, wrong: (Option<&AccountForm>, &[_]), secret| assemble(office, c, now, &username, wrong, secret);
            match verb(office, now, &actor, &username) {
                Ok(After::Lead(done)) => Ok(Answer::Lead(done)),
                Ok(After::Say(text)) => {
                    let flash = Some(Flash { kind: FlashKind::Done, text });
                    page(Ctx { flash, ..c }, (None, &[]), None).map(|page| Answer::Page(StatusCode::OK, Box::new(page)))
                }
                Ok(After::Show(secret)) => page(Ctx { flash: None, ..c }, (None, &[]), Some(secret))
                    .map(|page| Answer::Page(StatusCode::OK, Box::new(page))),
                Err(OfficeError::Invalid(errors)) => page(c, (typed.as_ref(), &errors), None)
                    .map(|page| Answer::Page(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page))),
                Err(OfficeError::Refused(refusal)) => {
                    let text = refusal_text(&refusal, shown::language(c.lang));
                    let flash = Some(Flash { kind: FlashKind::Refused, text });
                    page(Ctx { flash, ..c }, (typed.as_ref(), &[]), None)
                        .map(|page| Answer::Page(StatusCode::CONFLICT, Box::new(page)))
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    match answer {
        Answer::Lead(done) => front.done(done, &to),
        Answer::Page(status, page) => front.page(status, page.as_ref()),
    }
}

enum Answer {
    Lead(Done),
    Page(StatusCode, Box<AccountPage>),
}
