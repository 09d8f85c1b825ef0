//! Two agencies and a province centre in one install: nothing of one is seen or touched by another.

use std::path::Path;

use actix_web::http::Method;
use dunghen::domain::time::rfc3339;
use dunghen::office::agencies::AgencyForm;
use dunghen::office::correction::CorrectionForm;
use dunghen::office::intake::IntakeForm;
use dunghen::office::{Actor, Office};
use dunghen::store::dossiers::DossierRow;
use dunghen::web::routes::{self, Access};

use super::client::Service;
use crate::support::{App, NO_LIMIT, THREE_DAYS, acting};

/// What only the first agency's files hold; none of it may stand in an answer to the second.
const NAME: &str = "Lường Thị Riêng Tư";
const PHONE: &str = "0912345678";
const MAIL: &str = "rieng.tu@example.invalid";
/// Of the second's files.
const OTHER_NAME: &str = "Quàng Văn Bên Kia";
const OTHER: &str = "H38.20";
const CENTRE: &str = "H38";

/// User name and role of an account of the second agency for each role.
const THEIRS: [(&str, &str); 5] = [
    ("b.motcua", "clerk"),
    ("b.congchuc", "officer"),
    ("b.phutrach", "supervisor"),
    ("b.giamdoc", "manager"),
    ("b.quantri", "admin"),
];

fn add_agency(app: &App, code: &str, name: &str, oversees: bool) {
    let form = AgencyForm {
        code: code.to_owned(),
        name: name.to_owned(),
        like: (!oversees).then(|| app.settings.agency.code.clone()),
        oversees,
        place: "Bên Kia".to_owned(),
        phone: "0215 000 020".to_owned(),
        ..AgencyForm::default()
    };
    app.office.add_agency(app.now(), &Actor::CommandLine, &form).expect("an agency");
}

fn add_person(office: &Office, app: &App, username: &str, role: &str, unit: Option<&str>) {
    let form = dunghen::office::accounts::AccountForm {
        username: username.to_owned(),
        name: format!("Người dùng {username}"),
        role: role.parse().unwrap(),
        unit: unit.map(str::to_owned),
        email: Some(format!("{username}@example.invalid")),
        phone: None,
    };
    office.add_account(app.now(), &Actor::CommandLine, &form, None).expect("an account");
}

/// The first agency of the settings, a second one like it with an account for each role, a province centre.
fn province() -> App {
    let app = App::new();
    add_agency(&app, OTHER, "UBND xã Bên Kia", false);
    add_agency(&app, CENTRE, "Trung tâm Phục vụ hành chính công tỉnh", true);
    let unit = app.settings.units.iter().find(|unit| !unit.sectors.is_empty()).expect("a unit").code.clone();
    let theirs = app.office.of_agency_code(OTHER).unwrap();
    for (username, role) in THEIRS {
        add_person(&theirs, &app, username, role, Some(&unit).filter(|_| role != "admin").map(String::as_str));
    }
    let centre = app.office.of_agency_code(CENTRE).unwrap();
    add_person(&centre, &app, "tinh.lanhdao", "manager", None);
    add_person(&centre, &app, "tinh.quantri", "admin", None);
    app
}

fn logged(app: &App, agency: &str, procedure: &str, name: &str) -> DossierRow {
    let office = app.office.of_agency_code(agency).unwrap();
    let form = IntakeForm {
        procedure_code: procedure.to_owned(),
        channel: "online".to_owned(),
        applicant_name: name.to_owned(),
        applicant_phone: if agency == OTHER { "0900000020" } else { PHONE }.to_owned(),
        applicant_email: if agency == OTHER { "" } else { MAIL }.to_owned(),
        ..IntakeForm::default()
    };
    office.log_dossier(app.now(), &Actor::CommandLine, &form).expect("a dossier")
}

/// Late files of both with letters, alerts, tasks and messages; the later ones still open.
fn lived(app: &App) -> (DossierRow, DossierRow) {
    app.at("2026-03-02 08:00");
    let first = app.settings.agency.code.clone();
    let ours = logged(app, &first, THREE_DAYS, NAME);
    let theirs = logged(app, OTHER, THREE_DAYS, OTHER_NAME);
    logged(app, &first, NO_LIMIT, NAME);
    for at in ["2026-03-04 08:00", "2026-03-05 17:30", "2026-03-06 08:10", "2026-03-10 09:00"] {
        app.at(at);
        app.sweep();
        app.office.digest(app.now()).expect("a digest");
        app.dispatch();
    }
    (ours, theirs)
}

/// The code of a file of the first agency whose end somebody proposes to correct.
fn proposed_correction(app: &App) -> String {
    let code = logged(app, &app.settings.agency.code.clone(), NO_LIMIT, NAME).code;
    let version = app.resolve(&code).revision;
    let at = rfc3339(app.advance(chrono::Duration::hours(1)) - chrono::Duration::minutes(10));
    let form = CorrectionForm { at, reason: "Bấm sớm".to_owned(), version };
    app.office.propose_correction(app.now(), &acting(app, "motcua"), &code, &form).expect("a proposal");
    code
}

/// Ids of rows of the first agency, found in the database itself.
fn ids_of(app: &App, table: &str, agency_id: &str) -> Vec<String> {
    app.texts(&format!("SELECT id AS value FROM {table} WHERE agency_id = '{agency_id}' ORDER BY id LIMIT 3"))
}

fn agency_id(app: &App, code: &str) -> String {
    app.texts(&format!("SELECT id AS value FROM agencies WHERE code = '{code}'")).remove(0)
}

/// Everything by which an answer could give the first agency away.
fn marks(ours: &DossierRow) -> Vec<String> {
    vec![ours.code.clone(), NAME.to_owned(), PHONE.to_owned(), MAIL.to_owned(), ours.status_token.clone()]
}

fn none_of(marks: &[String], what: &str, body: &str) {
    for mark in marks {
        assert!(!body.contains(mark.as_str()), "{what} shows {mark:?}: {body}");
    }
}

/// The addresses of a row of the table, filled with what belongs to the first agency.
fn addresses(app: &App, path: &str, ours: &DossierRow, agency_id: &str) -> Vec<String> {
    let verb = if path.starts_with("/api") { "return" } else { "tra" };
    let path = path.replace("{code}", &ours.code).replace("{verb}", verb).replace("{kind}", "bien-nhan");
    let path = path.replace("{token}", "none").replace("{name}", "none").replace("{username}", "motcua");
    if !path.contains("{id}") {
        return vec![path];
    }
    let tables = ["letters", "outbox", "alerts", "tasks", "papers", "submissions"];
    let ids = tables.iter().flat_map(|table| ids_of(app, table, agency_id));
    let proposals = app.texts("SELECT id AS value FROM proposals");
    ids.chain(proposals).chain(["2026-02".to_owned()]).map(|id| path.replace("{id}", &id)).collect()
}

/// Whether the pattern names one thing of an agency.
fn names_a_thing(path: &str) -> bool {
    let shared = ["/thu-tuc/{code}", "/api/v1/procedures/{code}", "/cong-viec/{name}", "/assets/"];
    // Reports and periods have the same names in every agency.
    let alike = ["/bao-cao/", "/ho-so/nguy-co", "/ky-bao-cao/", "/api/v1/periods/", "/tre-chua-xin-loi."];
    let shared = [&shared[..], &alike[..]].concat();
    path.contains('{') && !shared.iter().any(|begins| path.starts_with(begins)) && !path.starts_with("/tra-cuu/")
}

#[test]
fn no_door_shows_or_touches_anything_of_another_agency() {
    let service = Service::of(province());
    let (ours, theirs) = lived(&service.app);
    let app = &service.app;
    let first = agency_id(app, &app.settings.agency.code);
    assert!(!ids_of(app, "letters", &first).is_empty(), "a letter of the first agency");
    assert!(!ids_of(app, "alerts", &first).is_empty(), "an alert of the first agency");
    assert!(!ids_of(app, "outbox", &first).is_empty(), "a message of the first agency");
    let corrected = proposed_correction(app);
    let before = untouched(app, &first);
    let marks = [marks(&ours), vec![corrected]].concat();
    let mut tried = 0;
    for (username, role) in THEIRS {
        let browser = service.signed_in(username);
        for route in routes::all() {
            if route.access == Access::Public || ["/dang-xuat", "/mat-khau"].contains(&route.path) {
                continue;
            }
            for path in addresses(app, route.path, &ours, &first) {
                let what = format!("{role} at {route:?} {path}");
                let is_list = route.method == Method::GET && !route.path.contains('{');
                let asked = if is_list { questions(&path) } else { vec![path.clone()] };
                for path in asked {
                    let answer = if route.method == Method::POST {
                        service.post(&browser, &path, &fields(&ours))
                    } else {
                        service.send("GET", &path, &[("Cookie", &browser.cookie)], "")
                    };
                    assert!(answer.status < 500, "{what}: {}", answer.body);
                    // A form that is refused shows again what was typed into it.
                    let posted = route.method == Method::POST;
                    let said: &[String] = if posted { &[ours.code.clone(), ours.id.clone()] } else { &[] };
                    none_of(&marks, &what, &echoless(&answer.body, &path, said));
                    if names_a_thing(route.path) {
                        let met = [303, 403, 404, 400, 422];
                        let may = if route.method == Method::POST { &met[..] } else { &met[1..3] };
                        assert!(may.contains(&answer.status), "{what}: {}", answer.status);
                    }
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 800, "only {tried} doors were tried");
    assert_eq!(untouched(app, &first), before, "something of the first agency was changed");
    // And the walk was no walk through empty rooms.
    let browser = service.signed_in("b.quantri");
    assert!(service.get(&browser, "/ho-so").body.contains(&theirs.code));
    assert!(service.get(&browser, &format!("/ho-so/{}", theirs.code)).body.contains(OTHER_NAME));
    assert!(service.get(&browser, "/tim?q=quang+van").body.contains(&theirs.code));
}

/// A list is asked as it is, and by what the first agency's files are found by.
fn questions(path: &str) -> Vec<String> {
    let asked = ["q=rieng+tu", "code=x&q=luong", "state=done&sort=newest", "co-quan=H38.19", "agency=H38.19"];
    let dates = "from=2026-03-01&to=2026-03-31";
    // What is set on paper takes long, and is asked by nothing but its days.
    if Path::new(path).extension().is_some_and(|ending| ending == "pdf") {
        return vec![format!("{path}?{dates}")];
    }
    let more = asked.iter().map(|asked| format!("{path}?{asked}"));
    let behind = ["received", "late_all", "overdue"].iter().map(|bucket| format!("{path}?{dates}&bucket={bucket}"));
    std::iter::once(path.to_owned()).chain(more).chain(behind).chain([format!("{path}?{dates}")]).collect()
}

/// What a form could name of the first agency.
fn fields(ours: &DossierRow) -> Vec<(&str, &str)> {
    vec![("code", &ours.code), ("codes", &ours.code), ("ids", &ours.id), ("verb", "tra"), ("step", "tra")]
}

/// The body without what the address and the form themselves said.
fn echoless(body: &str, path: &str, said: &[String]) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let body = body.replace(path, "");
    said.iter().fold(body, |body, said| body.replace(said.as_str(), ""))
}

/// Every row of the agency, as far as it can change.
fn untouched(app: &App, agency_id: &str) -> Vec<i64> {
    let counts = [
        "SELECT SUM(revision) FROM dossiers WHERE agency_id = '{}'",
        "SELECT COUNT(*) FROM letters WHERE agency_id = '{}'",
        "SELECT COUNT(*) FROM outbox WHERE agency_id = '{}' AND state = 'ready'",
        "SELECT COUNT(*) FROM alerts WHERE agency_id = '{}' AND ended_at IS NULL",
        "SELECT COUNT(*) FROM tasks WHERE agency_id = '{}' AND done_at IS NULL",
        "SELECT COUNT(*) FROM accounts WHERE agency_id = '{}' AND disabled_at IS NULL",
        "SELECT COUNT(*) FROM units WHERE agency_id = '{}'",
        "SELECT COUNT(*) FROM letterheads WHERE agency_id = '{}'",
    ];
    counts.iter().map(|count| app.number(&count.replace("{}", agency_id))).collect()
}

#[test]
fn the_words_of_the_machine_interface_find_nothing_of_another_agency() {
    let service = Service::of(province());
    let (ours, _) = lived(&service.app);
    let app = &service.app;
    let token = app.office.add_token(app.now(), &Actor::CommandLine, "b.quantri", "b").unwrap();
    let bearer = format!("Bearer {token}");
    let call = |method: &str, path: &str, body: &str| {
        service.send(method, path, &[("Authorization", &bearer), ("Content-Type", "application/json")], body)
    };
    let code = &ours.code;
    let step = r#"{"outcome":"granted"}"#;
    for (method, path, body) in [
        ("GET", format!("/api/v1/dossiers/{code}"), ""),
        ("GET", format!("/api/v1/dossiers/{code}/proof"), ""),
        ("POST", format!("/api/v1/dossiers/{code}/return"), "{}"),
        ("POST", format!("/api/v1/dossiers/{code}/resolve"), step),
        ("POST", format!("/api/v1/submissions/{code}/accept"), "{}"),
    ] {
        let answer = call(method, &path, body);
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.body);
    }
    // A code is unique in the install: that it is taken is told, and nothing else of it.
    let form = format!(
        r#"{{"code":"{code}","procedure_code":"{THREE_DAYS}","channel":"online","applicant":{{"name":"Trùng Mã"}}}}"#
    );
    let answer = call("POST", "/api/v1/dossiers", &form);
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(!answer.body.contains(NAME));
}

#[test]
fn what_all_share_is_changed_by_the_province_alone() {
    let service = Service::of(province());
    for (username, opens) in [("b.quantri", false), ("quantri", false), ("tinh.quantri", true)] {
        let browser = service.signed_in(username);
        for path in ["/thu-tuc/moi", "/quy-tac/sua", "/cong-viec"] {
            let status = service.get(&browser, path).status;
            assert_eq!(status == 403, !opens, "{username} at {path}: {status}");
        }
        assert_eq!(service.get(&browser, "/tinh").status, if opens { 200 } else { 403 }, "{username}");
    }
}

#[test]
fn each_agency_issues_its_own_letters_in_its_own_series() {
    let app = province();
    let (ours, theirs) = lived(&app);
    assert_ne!(ours.code, theirs.code);
    assert!(theirs.code.starts_with(OTHER), "{}", theirs.code);
    for (row, name) in [(&ours, app.settings.agency.name.as_str()), (&theirs, "UBND xã Bên Kia")] {
        let letters = app
            .texts(&format!("SELECT facts AS value FROM letters WHERE dossier_id = '{}' AND kind = 'apology'", row.id));
        assert_eq!(letters.len(), 1, "{}", row.code);
        assert!(letters[0].contains(name), "{}", letters[0]);
        let serial =
            app.number(&format!("SELECT serial FROM letters WHERE dossier_id = '{}' AND kind = 'apology'", row.id));
        assert_eq!(serial, 1, "each series begins with 1");
        let own = agency_id(&app, if row.agency_id == ours.agency_id { &app.settings.agency.code } else { OTHER });
        let alerted = app.number(&format!(
            "SELECT COUNT(*) FROM alerts a JOIN accounts p ON p.id = a.account_id \
             WHERE a.dossier_id = '{}' AND p.agency_id <> '{own}'",
            row.id
        ));
        assert_eq!(alerted, 0, "officials of the other agency were alerted");
    }
    for mail in app.mails() {
        let text = format!("{mail:?}");
        assert!(
            !(text.contains(&theirs.code) && text.contains(&app.settings.agency.name)),
            "a mail about the second agency's file speaks for the first: {text}"
        );
    }
    let strangers = app.number(&format!(
        "SELECT COUNT(*) FROM outbox o JOIN dossiers d ON d.id = o.dossier_id WHERE o.agency_id <> d.agency_id \
         OR (o.alert_id IS NOT NULL AND o.recipient LIKE 'b.%' AND d.agency_id = '{}')",
        ours.agency_id
    ));
    assert_eq!(strangers, 0);
}

#[test]
fn the_province_is_the_sum_of_its_agencies_and_each_number_opens_its_list() {
    let service = Service::of(province());
    let (ours, theirs) = lived(&service.app);
    let app = &service.app;
    let browser = service.signed_in("tinh.lanhdao");
    let dates = "from=2026-03-01&to=2026-03-31";
    let as_of = rfc3339(app.now()).replace('+', "%2B");
    let answer = service.get(&browser, &format!("/api/v1/reports/province?{dates}&as_of={as_of}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let report: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let lines = report["agencies"].as_array().unwrap();
    assert_eq!(lines.len(), 2, "the centre receives nothing: {report}");
    let received = |line: &serde_json::Value| line["received"]["total"].as_u64().unwrap();
    assert_eq!(lines.iter().map(received).sum::<u64>(), received(&report["total"]));
    assert_eq!(i64::try_from(received(&report["total"])).unwrap(), app.number("SELECT COUNT(*) FROM dossiers"));
    let page = service.get(&browser, &format!("/tinh?{dates}"));
    assert_eq!(page.status, 200);
    let mut opened = 0;
    for link in page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if !link.starts_with("/bao-cao/ho-so") {
            continue;
        }
        let list = service.get(&browser, &link.replace("&#38;", "&"));
        assert_eq!(list.status, 200, "{link}");
        let (own, other) = if link.contains(OTHER) { (&theirs, &ours) } else { (&ours, &theirs) };
        assert!(!list.body.contains(&other.code), "{link}");
        opened += usize::from(list.body.contains(&own.code));
    }
    assert!(opened >= 4, "only {opened} lists show their file");
    // The manager's page of an agency leads to the lists of that agency alone.
    assert!(page.body.contains(&format!("/dieu-hanh?co-quan={OTHER}")), "{}", page.body);
    app.office.refresh_figures(app.now(), &|_, _| {}).unwrap();
    let theirs_alone = service.get(&browser, &format!("/dieu-hanh?co-quan={OTHER}"));
    assert_eq!(theirs_alone.status, 200);
    let links = theirs_alone.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let lists: Vec<&str> =
        links.filter(|link| link.starts_with("/bao-cao")).filter(|link| link.contains("from=")).collect();
    assert!(lists.len() > 10, "{lists:?}");
    for link in lists {
        assert!(link.contains(&format!("co-quan={OTHER}")), "{link}");
        let list = service.get(&browser, &link.replace("&#38;", "&"));
        assert_eq!(list.status, 200, "{link}");
        assert!(!list.body.contains(&ours.code), "{link}");
    }
    assert!(theirs_alone.body.contains(&format!("/dieu-hanh.pdf?co-quan={OTHER}")));
    assert_eq!(service.get(&browser, &format!("/dieu-hanh.pdf?co-quan={OTHER}")).status, 200);
    // The files behind are read, and never changed: not even the forms are there.
    let admin = service.signed_in("tinh.quantri");
    let here = format!("/ho-so/{}", ours.code);
    let file = service.get(&admin, &here);
    assert_eq!(file.status, 200);
    assert!(file.body.contains(NAME));
    assert!(!file.body.contains(&format!("action=\"{here}")), "{}", file.body);
    assert_eq!(service.post(&admin, &format!("{here}/tra"), &[]).status, 404);
    for path in ["/tinh.csv", "/tinh.xlsx", "/tinh.pdf"] {
        assert_eq!(service.get(&browser, &format!("{path}?{dates}")).status, 200, "{path}");
    }
    assert_eq!(service.get(&browser, "/ho-so?co-quan=KHONG-CO").status, 404);
}

#[test]
fn one_agency_notices_nothing_of_all_this() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    assert_eq!(service.get(&admin, "/thu-tuc/moi").status, 200);
    assert_eq!(service.get(&admin, "/cong-viec").status, 200);
    assert_eq!(service.get(&admin, "/tinh").status, 403);
    assert!(!service.get(&admin, "/ho-so").body.contains("/tinh"));
}

#[test]
fn public_pages_speak_of_one_agency() {
    let service = Service::of(province());
    let (ours, theirs) = lived(&service.app);
    let get = |path: &str| service.send("GET", path, &[("X-Forwarded-For", "192.0.2.9")], "");
    for (row, name) in [(&ours, service.app.settings.agency.name.as_str()), (&theirs, "UBND xã Bên Kia")] {
        let page = get(&format!("/tra-cuu/{}", row.status_token));
        assert_eq!(page.status, 200);
        assert!(page.body.contains(name), "{name}: {}", page.body);
    }
    let board = get(&format!("/bang-thong-bao?co-quan={OTHER}"));
    assert_eq!(board.status, 200);
    assert!(!board.body.contains(&ours.code));
    assert!(!get("/bang-thong-bao").body.contains(&theirs.code));
    assert_eq!(get("/bang-thong-bao?co-quan=KHONG-CO").status, 404);
}
