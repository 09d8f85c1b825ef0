//! Every page with made-up facts: rendered strictly in both languages by the tests beside this file.
//! `name` stands wherever a stranger's text may appear, so that a test can put hostile text there.

mod administration;
mod alerts;
mod boards;
mod calendar;
mod citizen;
mod counter;
mod desk;
mod dossier;
mod imports;
mod ladder;
mod lists;
mod manager;
mod office;
mod periods;
mod proof;
mod reports;
mod rules;
mod sending;
mod signing;
mod time_limits;
mod work;

use askama::Template;

use super::ctx::{Ctx, Lang, Mode, Nav, Viewer};
use super::error::{ErrorPage, Problem};
use super::form::Choice;
use super::pager::Pager;
use super::sign_in::{DemoAccount, SignInPage, SignInProblem};
use super::words::Role;

/// Name of each page (a state after a dash) and its HTML.
pub fn all(lang: Lang, name: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut add = |title: &str, html: askama::Result<String>| out.push((title.to_owned(), html.unwrap()));
    add("sign_in", sign_in(lang, name, None).render());
    add("sign_in-wrong", sign_in(lang, name, Some(SignInProblem::Wrong)).render());
    add("sign_in-locked", sign_in(lang, name, Some(SignInProblem::Locked { minutes: 15 })).render());
    for problem in Problem::ALL {
        add(&format!("error-{}", problem.status()), error(lang, name, problem).render());
    }
    administration::all(lang, name, &mut add);
    alerts::all(lang, name, &mut add);
    manager::all(lang, name, &mut add);
    boards::all(lang, name, &mut add);
    calendar::all(lang, name, &mut add);
    citizen::all(lang, name, &mut add);
    counter::all(lang, name, &mut add);
    desk::all(lang, name, &mut add);
    dossier::all(lang, name, &mut add);
    imports::all(lang, name, &mut add);
    ladder::all(lang, name, &mut add);
    lists::all(lang, name, &mut add);
    office::all(lang, name, &mut add);
    periods::all(lang, name, &mut add);
    proof::all(lang, name, &mut add);
    reports::all(lang, name, &mut add);
    time_limits::all(lang, name, &mut add);
    rules::all(lang, name, &mut add);
    sending::all(lang, name, &mut add);
    signing::all(lang, name, &mut add);
    work::all(lang, name, &mut add);
    out
}

fn s(text: &str) -> String {
    text.to_owned()
}

/// A page in the middle of a list.
fn pager(href: &str) -> Pager {
    let (previous, next) = (Some(s(href)), Some(format!("{href}?cursor=120")));
    Pager { offset: 60, rows: 60, total: 1_234, previous, next }
}

fn ctx(lang: Lang, path: &str) -> Ctx {
    Ctx {
        lang,
        agency: s("UBND xã Mường Khương"),
        user: Some(Viewer {
            name: s("Trần Thị Hoa"),
            role: Role::Supervisor,
            nav: Nav::ALL.to_vec(),
            submissions: 4,
            alerts: 3,
            proposals: 3,
            tasks: 2,
        }),
        csrf: s("c5f1"),
        path: s(path),
        now: s("15:20 thứ Ba 17/11/2026"),
        mode: Mode::Demo,
        flash: None,
        outages: Vec::new(),
        session_ends: Some((s("18:00 17/11/2026"), 600)),
        assets: s("1"),
    }
}

/// The first entry stands for no choice and has an empty value, as in the real selects.
fn choices(list: &[&str]) -> Vec<Choice> {
    list.iter().enumerate().map(|(at, x)| Choice::new(if at == 0 { "" } else { x }, *x, "")).collect()
}

fn sign_in(lang: Lang, name: &str, problem: Option<SignInProblem>) -> SignInPage {
    let account = |username: &str, role, name: &str| DemoAccount {
        username: s(username),
        password: s("demo"),
        role,
        name: s(name),
    };
    SignInPage {
        c: Ctx { user: None, ..ctx(lang, "/dang-nhap") },
        username: if problem.is_some() { s(name) } else { String::new() },
        problem,
        next: s("/ho-so"),
        kept: if problem.is_some() { s(name) } else { String::new() },
        demo_accounts: vec![
            account("motcua", Role::Clerk, "Lý Văn Páo"),
            account("canbo", Role::Officer, "Nguyễn Thị Hạnh"),
            account("phutrach", Role::Supervisor, "Trần Thị Hoa"),
            account("lanhdao", Role::Manager, "Giàng A Sử"),
            account("quantri", Role::Admin, "Hoàng Minh Tuấn"),
        ],
    }
}

fn error(lang: Lang, name: &str, problem: Problem) -> ErrorPage {
    ErrorPage {
        c: ctx(lang, "/x"),
        problem,
        detail: (problem == Problem::Conflict).then(|| s(name)),
        request_id: (problem == Problem::Broken).then(|| s("01998f3a")),
        back: (problem == Problem::Conflict).then(|| s("/ho-so/H38.12-261109-0021")),
    }
}
