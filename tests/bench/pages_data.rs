//! Dossiers for the pages: a year of them by import, 3 % open; on PostgreSQL the import is multiplied there.

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Arc;

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use dunghen::clock::{Clock, SystemClock};
use dunghen::config::Settings;
use dunghen::delivery::KeptCourier;
use dunghen::domain::time::{Instant, civil_day};
use dunghen::office::import::{Mapping, Run};
use dunghen::office::{Actor, Office, setup};
use dunghen::store::dossiers::{self, Filter, Order, Part};
use dunghen::store::{DatabaseUrl, Durability, Store};
use secrecy::SecretString;

pub const PASSWORD: &str = "mat-khau-do-toc-do";
/// Imported one by one; the rest are copies.
const IMPORTED: u32 = 100_000;
/// Same day, three and ten working days, land.
const PROCEDURES: [&str; 4] = ["1.001193", "1.004873", "1.001653", "1.012753"];
const FAMILY: [&str; 10] = ["Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Lê", "Giàng", "Lù", "Vàng", "Sùng", "Hoàng"];
const MIDDLE: [&str; 8] = ["Văn", "Thị", "Văn", "Thị", "Seo", "Minh", "Đức", "Ngọc"];
const GIVEN: [&str; 40] = [
    "An", "Ánh", "Bình", "Chi", "Chúng", "Cường", "Dung", "Dũng", "Đào", "Giang", "Hà", "Hải", "Hạnh", "Hiền", "Hoa",
    "Hòa", "Hùng", "Hương", "Khánh", "Lan", "Lâm", "Linh", "Long", "Mai", "Minh", "Mỷ", "Nam", "Nga", "Páo", "Phúc",
    "Phương", "Quang", "Sơn", "Thảo", "Thủy", "Trang", "Tuấn", "Vân", "Vinh", "Yến",
];

/// What the clients ask for.
pub struct Sample {
    pub dossiers: i64,
    pub open: i64,
    pub codes: Vec<String>,
    pub queues: Vec<String>,
    pub questions: Vec<String>,
}

/// The address of the database `name` on that server, created if it is not there.
pub fn postgres(server: &str, name: &str) -> String {
    let mut conn = PgConnection::establish(server).unwrap();
    // It may be there from a run before.
    let _ = conn.batch_execute(&format!("CREATE DATABASE {name}"));
    let (before, _) = server.rsplit_once('/').unwrap();
    format!("{before}/{name}")
}

/// The database with its dossiers, filled if it is not, and people who can sign in.
pub fn filled(url: &str, wanted: u32, people: &[&str]) -> Sample {
    let url = DatabaseUrl::parse(url).unwrap();
    let now = SystemClock.now();
    let (office, fresh) = imported(&url, IMPORTED);
    if let (true, DatabaseUrl::Postgres(address)) = (fresh, &url) {
        multiply(address, wanted / IMPORTED);
    }
    for who in people {
        office.set_password(now, &Actor::CommandLine, who, &SecretString::from(PASSWORD)).unwrap();
    }
    sample(&office)
}

/// The database with that many dossiers by import, if it had none; answers whether it had none.
pub fn imported(url: &DatabaseUrl, rows: u32) -> (Office, bool) {
    let settings = Settings::from_toml("").unwrap();
    let now = SystemClock.now();
    let store = Store::open(url, Durability::Relaxed).unwrap();
    setup::prepare(&store, &settings, now - Duration::days(360)).unwrap();
    let office = Office::open(store.clone(), settings, Arc::new(KeptCourier)).unwrap();
    let fresh = store.read(|conn| dossiers::count(conn, &Filter::default())).unwrap() == 0;
    if fresh {
        let register = register(now, rows);
        let told = office
            .import_dossiers(
                now,
                &Actor::CommandLine,
                Cursor::new(register.into_bytes()),
                &Mapping::native(),
                Run::Real,
                &mut |_| {},
            )
            .unwrap();
        assert_eq!(told.imported, u64::from(rows), "{:?}", told.rejected.first());
    }
    (office, fresh)
}

fn sample(office: &Office) -> Sample {
    let read = |filter: &Filter, order| office.list(filter, order, None, 400).unwrap();
    let open = Filter { part: Part::Open, ..Filter::default() };
    let rows = [
        read(&open, Order::DueFirst),
        read(&Filter::default(), Order::OldestFirst),
        read(&Filter::default(), Order::NewestFirst),
    ];
    let codes: Vec<String> =
        (0..400).flat_map(|at| rows.iter().filter_map(move |rows| Some(rows.get(at)?.code.clone()))).collect();
    let count = |filter: &Filter| office.store().read(|conn| dossiers::count(conn, filter)).unwrap();
    let text = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
    let mut questions = text(&[
        "ng",
        "nguy",
        "nguyen",
        "nguyen+van",
        "nguyen+van+h",
        "hoa",
        "thao+hoa",
        "lu+seo",
        "giang+seo+pao",
        "pao+giang",
        "yen+vang",
        "dao",
        "nguyen+thi+ngoc",
        "minh+minh",
        "H38.19-26",
        "0900",
        "khong+co+ai",
    ]);
    for (at, row) in rows.iter().flatten().enumerate().take(300) {
        let name = row.applicant_name.replace(' ', "+");
        let phone = row.applicant_phone.clone().unwrap_or_default();
        let end = row.code.split_once('-').map(|(_, end)| end.to_owned()).unwrap_or_default();
        questions.push([name, phone.clone(), phone.chars().take(7).collect(), end, row.code.clone()][at % 5].clone());
    }
    Sample {
        dossiers: count(&Filter::default()),
        open: count(&open),
        codes,
        queues: text(&[
            "/ho-so",
            "/ho-so?state=overdue&officer=",
            "/ho-so?state=open&officer=",
            "/ho-so?state=week&officer=&unit=PKT",
            "/ho-so?state=waiting&officer=",
            "/ho-so?state=done&officer=",
            "/ho-so?state=done&officer=congchuc.vhxh",
            "/ho-so?state=open&officer=&sort=-received_at",
            "/ho-so?state=all&officer=",
            "/ho-so?state=no-promise&officer=",
        ]),
        questions: questions.iter().map(|question| in_ascii(question)).collect(),
    }
}

/// As a browser sends it: every byte that is not ASCII as `%C3`.
fn in_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Files of this year: 97 in 100 finished and returned, the rest received in the last three weeks.
fn register(now: Instant, rows: u32) -> String {
    let mut text = String::from(
        "code,procedure_code,applicant_name,applicant_phone,channel,received_at,resolved_at,outcome,returned_at\n",
    );
    let today = civil_day(now);
    let first = NaiveDate::from_ymd_opt(today.year(), 1, 5).unwrap();
    let days: Vec<NaiveDate> = first
        .iter_days()
        .take_while(|day| *day < today)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .collect();
    let pick = |list: &'static [&'static str], at: u32| list[usize::try_from(at).unwrap() % list.len()];
    for row in 0..rows {
        let dice = row.wrapping_mul(2_654_435_761);
        let open = row % 100 >= 97;
        let recent = days.len() - 15;
        let at = usize::try_from(dice >> 8).unwrap();
        let day = days[if open { recent + at % 15 } else { at % (recent - 5) }];
        let name = format!("{} {} {}", pick(&FAMILY, dice >> 5), pick(&MIDDLE, dice >> 11), pick(&GIVEN, dice >> 17));
        let channel = pick(&["online", "counter", "online", "post"], dice >> 3);
        let received = format!("{day}T{:02}:{:02}", 8 + row % 3, row % 60);
        let ended = |days: i64| (day + Duration::days(days)).to_string() + "T16:30";
        let (resolved, outcome, returned) = match open {
            true => (String::new(), "", String::new()),
            false => (ended(1 + i64::from(dice >> 9) % 3), "granted", ended(4)),
        };
        let _ = writeln!(
            text,
            "H38.19-{}-{row:06},{},{name},09{:08},{channel},{received},{resolved},{outcome},{returned}",
            day.format("%y%m%d"),
            pick(&PROCEDURES, dice >> 13),
            dice % 100_000_000
        );
    }
    text
}

/// Copies of every dossier with its promise, its journal and its words, until there are `times` of each.
fn multiply(address: &str, times: u32) {
    let mut conn = PgConnection::establish(address).unwrap();
    for copy in 1..times {
        conn.batch_execute(&format!(
            "INSERT INTO dossiers SELECT (json_populate_record(d, json_build_object(
                 'id', d.id || '-{copy}', 'code', d.code || '-{copy}', 'status_token', d.status_token || '-{copy}',
                 'search_key', ' ' || lower(d.code) || '-{copy}' || d.search_key))).*
               FROM dossiers d WHERE length(d.id) = 36;
             INSERT INTO promises SELECT (json_populate_record(p, json_build_object(
                 'id', p.id || '-{copy}', 'dossier_id', p.dossier_id || '-{copy}'))).*
               FROM promises p WHERE length(p.id) = 36;
             INSERT INTO journal SELECT j.seq + {copy} * 10000000::bigint, j.recorded_at, j.at, j.actor, j.kind, j.dossier_id || '-{copy}', j.body, j.hash
               FROM journal j WHERE length(j.dossier_id) = 36;"
        ))
        .unwrap();
    }
    conn.batch_execute("UPDATE journal_head SET seq = (SELECT MAX(seq) FROM journal)").unwrap();
    // As they lie where they were written down one after the other, the day they came.
    conn.batch_execute("CLUSTER dossiers USING dossiers_received").unwrap();
    // Made anew, with the words of the copies, at the next start.
    conn.batch_execute("DROP TABLE dossier_words").unwrap();
    // On its own: it runs in no transaction, and several statements at once are one.
    conn.batch_execute("VACUUM ANALYZE").unwrap();
}
