//! The administrator's pages, and what everybody does for themselves.

use askama::Template;

use super::{choices, ctx, s};
use crate::render::pages::accounts::{
    AccountInput, AccountMark, AccountNewPage, AccountPage, AccountRow, AccountsPage, HandoverRow, Secret, TokenRow,
};
use crate::render::pages::administration::{AdministrationPage, Door, DoorView};
use crate::render::pages::audit::{AuditPage, AuditRow, WalkView};
use crate::render::pages::ctx::Lang;
use crate::render::pages::form::{Choice, FieldError};
use crate::render::pages::import_log::{
    FileFate, FileKind, ImportLogEntryPage, ImportLogPage, ImportView, RejectionView,
};
use crate::render::pages::own::{AbsencePage, AwayRow, Kept, OwnPasswordPage, ResumePage};
use crate::render::pages::sending::{SendingPage, TestView, WayState, WayView};
use crate::render::pages::unit::{SectorView, UnitPage};
use crate::render::pages::words::Role;

pub(super) fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    let doors = Door::ALL.into_iter().enumerate().map(|(at, door)| DoorView { door, says: s(name), bad: at == 3 });
    add("administration", AdministrationPage { c: ctx(lang, "/quan-tri"), doors: doors.collect() }.render());
    add("accounts", accounts(lang, name).render());
    add("accounts-empty", AccountsPage { rows: Vec::new(), ..accounts(lang, name) }.render());
    add("account", account(lang, name).render());
    add("account-disabled", disabled(lang, name).render());
    let errors = wrong(&["name", "email", "phone", "unit", "token_name"], name);
    add("account-errors", AccountPage { errors, ..account(lang, name) }.render());
    add("account_new", account_new(lang, name, &[]).render());
    add("account_new-errors", account_new(lang, name, &["username", "name"]).render());
    add("unit", unit(lang, name, Some("PKT")).render());
    add("unit-new", UnitPage { errors: wrong(&["code", "sectors"], name), ..unit(lang, name, None) }.render());
    add("own_password", own_password(lang, name, false).render());
    let errors = wrong(&["current", "new", "again"], name);
    add("own_password-once", OwnPasswordPage { errors, ..own_password(lang, name, true) }.render());
    add("absence", absence(lang, name).render());
    let errors = wrong(&["from", "to", "stand_in"], name);
    add("absence-errors", AbsencePage { errors, rows: Vec::new(), ..absence(lang, name) }.render());
    add("resume", resume(lang, name).render());
    add("sending", sending(lang, name, None).render());
    for taken in [true, false] {
        let test = TestView { taken, way: s("SMS"), answer: s(name) };
        add(&format!("sending-{taken}"), sending(lang, name, Some(test)).render());
    }
    add("import-log", import_log(lang, name).render());
    add("import-log-empty", ImportLogPage { rows: Vec::new(), next: None, ..import_log(lang, name) }.render());
    add("import-log-entry", import(lang, name).render());
    add("audit", audit(lang, name).render());
    let empty = AuditPage { rows: Vec::new(), walk: None, next: None, q: s(name), ..audit(lang, name) };
    add("audit-empty", AuditPage { errors: wrong(&["code", "from"], name), ..empty }.render());
}

fn wrong(fields: &[&'static str], name: &str) -> Vec<FieldError> {
    fields.iter().map(|field| FieldError { field, message: s(name) }).collect()
}

fn accounts(lang: Lang, name: &str) -> AccountsPage {
    let row = |at: usize, mark: AccountMark| AccountRow {
        username: s("canbo"),
        href: format!("/tai-khoan/canbo{at}"),
        name: s(name),
        role: Role::Officer,
        unit: s(name),
        email: s(name),
        marks: vec![mark],
        stand_in: if at == 0 { String::new() } else { s(name) },
        circle: at == 1,
    };
    AccountsPage {
        c: ctx(lang, "/tai-khoan"),
        rows: AccountMark::ALL.into_iter().enumerate().map(|(at, mark)| row(at, mark)).collect(),
        shown: vec![(s("/tai-khoan"), Choice { value: s("5"), label: s("Đang dùng"), selected: true })],
    }
}

fn input(name: &str) -> AccountInput {
    AccountInput {
        username: s("canbo"),
        name: s(name),
        email: s(name),
        phone: s(name),
        roles: choices(&["clerk", "admin"]),
        units: choices(&["TT", "PKT"]),
    }
}

fn account(lang: Lang, name: &str) -> AccountPage {
    let token = |at: usize| TokenRow {
        id: format!("t{at}"),
        name: s(name),
        made: s("08:00 24/11/2026"),
        used: (at == 1).then(|| s("08:05 24/11/2026")),
        revoked: (at == 2).then(|| s("09:00 24/11/2026")),
    };
    AccountPage {
        c: ctx(lang, "/tai-khoan/canbo"),
        href: s("/tai-khoan/canbo"),
        input: input(name),
        marks: vec![AccountMark::OneTime],
        disabled: None,
        since: s("08:00 01/03/2026"),
        sessions: 2,
        handovers: vec![
            HandoverRow { unit: Some(s(name)), open: 12, to: Some(s(name)) },
            HandoverRow { unit: None, open: 1, to: None },
        ],
        circle: vec![s(name), s("Lý Văn Páo"), s(name)],
        away: Some(s("từ 01/12/2026 đến hết 05/12/2026")),
        stand_in: Some(s(name)),
        tokens: (0..3).map(token).collect(),
        secret: Some(Secret::Password(s("abcd-efgh-jkmn"))),
        errors: Vec::new(),
    }
}

fn disabled(lang: Lang, name: &str) -> AccountPage {
    AccountPage {
        disabled: Some(s("08:00 24/11/2026")),
        marks: vec![AccountMark::Disabled],
        handovers: Vec::new(),
        circle: Vec::new(),
        tokens: Vec::new(),
        away: None,
        stand_in: None,
        secret: Some(Secret::Token(s(name))),
        ..account(lang, name)
    }
}

fn account_new(lang: Lang, name: &str, fields: &[&'static str]) -> AccountNewPage {
    AccountNewPage { c: ctx(lang, "/tai-khoan/moi"), input: input(name), errors: wrong(fields, name) }
}

fn unit(lang: Lang, name: &str, known: Option<&str>) -> UnitPage {
    let sector = |at: usize| SectorView { name: s(name), checked: at == 0, other: (at == 1).then(|| s(name)) };
    UnitPage {
        c: ctx(lang, "/don-vi/PKT"),
        known: known.map(s),
        action: s("/don-vi"),
        code: s(name),
        name: s(name),
        supervisors: choices(&["a", "b"]),
        officers: choices(&["a", "b"]),
        sectors: (0..3).map(sector).collect(),
        errors: Vec::new(),
    }
}

fn own_password(lang: Lang, name: &str, must_change: bool) -> OwnPasswordPage {
    OwnPasswordPage {
        c: ctx(lang, "/mat-khau"),
        username: s(name),
        must_change,
        session_ends: s("18:00 24/11/2026"),
        min: 10,
        kept: Kept { next: s("/ho-so"), packed: s(name) },
        errors: Vec::new(),
    }
}

fn absence(lang: Lang, name: &str) -> AbsencePage {
    let row = |at: usize| AwayRow {
        name: s(name),
        href: s("/vang-mat?nguoi=canbo"),
        current: at == 0,
        days: (at == 0).then(|| s("từ 01/12/2026 đến hết 05/12/2026")),
        today: at == 0,
        stand_in: (at == 0).then(|| s(name)),
    };
    AbsencePage {
        c: ctx(lang, "/vang-mat"),
        username: s("canbo"),
        name: s(name),
        from: s("2026-12-01"),
        to: s("2026-12-05"),
        stand_ins: choices(&["a", "b"]),
        circle: vec![s(name), s("Lý Văn Páo"), s(name)],
        rows: (0..2).map(row).collect(),
        errors: Vec::new(),
    }
}

fn resume(lang: Lang, name: &str) -> ResumePage {
    ResumePage {
        c: ctx(lang, "/"),
        action: s("/ho-so"),
        fields: vec![(s(name), s(name)), (s("version"), s("3"))],
        file_lost: true,
    }
}

fn sending(lang: Lang, name: &str, tested: Option<TestView>) -> SendingPage {
    let way = |state: WayState| WayView {
        name: s(name),
        state,
        down_since: (state == WayState::Down).then(|| s("08:12 24/11/2026")),
        last_error: (state == WayState::Down).then(|| s(name)),
        last_sent: (state == WayState::Works).then(|| s("08:00 24/11/2026")),
        waiting: 3,
        dead: u64::from(state == WayState::Down),
        settings: vec![("mail.host", s(name))],
        href: s("/hop-di?way=mail"),
    };
    let errors = if tested.is_none() { wrong(&["to", "way"], name) } else { Vec::new() };
    SendingPage {
        c: ctx(lang, "/gui-tin"),
        ways: WayState::ALL.into_iter().map(way).collect(),
        to: s(name),
        way_choices: choices(&["mail", "sms"]),
        tested,
        errors,
    }
}

fn import_view(name: &str, fate: FileFate, kind: FileKind) -> ImportView {
    ImportView {
        href: s("/nhap-lieu/1"),
        kind,
        fate,
        at: s("08:00 24/11/2026"),
        by: s(name),
        file_name: s(name),
        size: s("12,3 kB"),
        read: 1_200,
        added: 1_000,
        changed: 100,
        unchanged: 90,
        removed: 1,
        rejected: 10,
    }
}

fn import_log(lang: Lang, name: &str) -> ImportLogPage {
    let kinds = [FileKind::Dossiers, FileKind::Procedures, FileKind::Calendar, FileKind::Rules];
    ImportLogPage {
        c: ctx(lang, "/nhap-lieu"),
        kinds: vec![Choice::new("/nhap-lieu", "Tất cả", "/nhap-lieu")],
        rows: FileFate::ALL.into_iter().zip(kinds).map(|(fate, kind)| import_view(name, fate, kind)).collect(),
        next: Some(s("/nhap-lieu?truoc=1")),
    }
}

fn import(lang: Lang, name: &str) -> ImportLogEntryPage {
    ImportLogEntryPage {
        c: ctx(lang, "/nhap-lieu/1"),
        view: import_view(name, FileFate::Failed, FileKind::Ladder),
        bytes: 12_345,
        sha256: "ab".repeat(32),
        error: Some(s(name)),
        rejections: vec![RejectionView { row: 12, field: s(name), reason: s(name) }],
    }
}

fn audit(lang: Lang, name: &str) -> AuditPage {
    let row = |seq: i64| AuditRow {
        seq,
        at: s("08:00 24/11/2026"),
        effect: (seq == 2).then(|| s("08:00 23/11/2026")),
        by: s(name),
        says: s(name),
        code: (seq == 2).then(|| s("H38.12-261109-0001")),
        href: (seq == 2).then(|| s("/ho-so/H38.12-261109-0001")),
        kind: s("logged"),
        body: s(name),
        hash: "ab".repeat(32),
    };
    AuditPage {
        c: ctx(lang, "/nhat-ky"),
        walk: Some(WalkView {
            at: s("02:45 24/11/2026"),
            sound: false,
            entries: 48_000,
            dates: 12_000,
            broken: 1,
            differ: 1,
            days_differ: 1,
            named: vec![s("#12"), s(name)],
        }),
        walking: Some((12_000, 60_000)),
        code: s(name),
        from: s("2026-11-01"),
        to: s("2026-11-24"),
        q: String::new(),
        actors: choices(&["", "canbo"]),
        kinds: choices(&["", "logged"]),
        rows: vec![row(2), row(1)],
        next: Some(s("/nhat-ky?truoc=1")),
        csv_href: s("/nhat-ky.csv"),
        errors: Vec::new(),
    }
}
