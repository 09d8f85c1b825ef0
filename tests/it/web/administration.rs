//! The administrator's pages: accounts, units, absences, sending, imports, the journal.

use chrono::Duration;
use dunghen::delivery::DeliveryError;
use dunghen::office::Actor;
use dunghen::office::import::{Mapping, Run};
use dunghen::office::import_log::{ReadFile, RowCounts};
use dunghen::store::imports::{ImportKind, ImportOutcome};

use super::client::{Browser, PASSWORD, Service, between};
use crate::support::{App, THREE_DAYS, instant};

/// Kinds and bodies of the journal, newest first.
fn journal(app: &App) -> Vec<(String, String)> {
    let lines = app.office.audit(&dunghen::office::audit::AuditQuery::default(), None, 50).unwrap();
    lines.into_iter().map(|line| (line.entry.kind, line.entry.body)).collect()
}

fn add_account(service: &Service, admin: &Browser, username: &str, role: &str) -> String {
    let fields = [
        ("username", username),
        ("name", "Nông Thị Mới"),
        ("role", role),
        ("unit", "PKT"),
        ("email", "moi@example.vn"),
        ("phone", "0912 345 678"),
        ("with_password", "true"),
    ];
    let answer = service.post(admin, "/tai-khoan", &fields);
    assert_eq!(answer.status, 200, "{}", answer.body);
    between(&answer.body, "<output class=\"mono\">", "</output>").expect("a password").to_owned()
}

#[test]
fn a_new_account_signs_in_once_with_its_password_and_then_sets_its_own() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let once = add_account(&service, &admin, "congchuc.moi", "officer");
    assert!(!service.get(&admin, "/tai-khoan/congchuc.moi").body.contains(&once), "shown once");

    let answer = service.try_sign_in("congchuc.moi", &once);
    assert_eq!(answer.status, 303);
    let cookie = format!("dunghen_session={}", answer.cookie("dunghen_session").unwrap());
    let get = |path: &str| service.send("GET", path, &[("Cookie", &cookie)], "");
    for path in ["/ho-so", "/", "/vang-mat"] {
        assert_eq!(get(path).header("location"), Some("/mat-khau"), "{path}");
    }
    let page = get("/mat-khau");
    assert!(page.body.contains("chỉ dùng một lần"), "{}", page.body);
    let browser = Browser {
        csrf: between(&page.body, "name=\"csrf\" value=\"", "\"").unwrap().to_owned(),
        cookie: cookie.clone(),
    };
    let change = |current: &str, new: &str, again: &str| {
        service.post(&browser, "/mat-khau", &[("current", current), ("new", new), ("again", again)])
    };
    let wrong = change("sai-mat-khau", "ngan", "khac");
    assert_eq!(wrong.status, 422);
    for field in ["current", "new", "again"] {
        assert!(wrong.body.contains(&format!("href=\"#{field}\"")), "{field} is not named");
    }
    assert_eq!(change(&once, &once, &once).status, 422, "the old one is no new one");
    assert_eq!(change(&once, "mat-khau-cua-minh", "mat-khau-cua-minh").status, 303);
    assert_eq!(get("/ho-so").status, 200);
    assert_eq!(service.try_sign_in("congchuc.moi", &once).status, 401);

    let told = journal(&service.app);
    let kinds: Vec<&str> = told.iter().map(|(kind, _)| kind.as_str()).take(4).collect();
    assert_eq!(kinds, ["password_changed", "signed_in", "one_time_password_set", "account_added"]);
    for (_, body) in &told {
        assert!(!body.contains("Nông") && !body.contains("0912") && !body.contains('@'), "{body}");
    }
}

#[test]
fn guessing_ones_present_password_ends_as_guessing_at_the_door_does() {
    let service = Service::start();
    let browser = service.signed_in("motcua");
    let new = [("new", "mat-khau-cua-minh"), ("again", "mat-khau-cua-minh")];
    let change = |current: &str| service.post(&browser, "/mat-khau", &[("current", current), new[0], new[1]]);
    for _ in 0..4 {
        assert!(change("sai-mat-khau").body.contains("Mật khẩu hiện tại chưa đúng"));
    }
    for current in ["sai-mat-khau", PASSWORD] {
        let answer = change(current);
        assert!(answer.status == 422 && answer.body.contains("tạm khóa"), "{current}: {}", answer.body);
    }
    assert_eq!(service.try_sign_in("motcua", PASSWORD).status, 429);
    service.app.advance(Duration::minutes(16));
    assert_eq!(change(PASSWORD).status, 303);
}

#[test]
fn wrong_fields_of_an_account_are_named_and_nothing_typed_is_lost() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    for username in ["", "a", "Hoa", "hoa hồng", "system", "moi", "../x"] {
        let answer = service.post(&admin, "/tai-khoan", &[("username", username), ("name", "Hoàng Còn Nguyên")]);
        assert_eq!(answer.status, 422, "{username:?}");
        assert!(answer.body.contains("Hoàng Còn Nguyên") && answer.body.contains("href=\"#username\""), "{username:?}");
    }
    let fields = [("name", " "), ("email", "không"), ("phone", "12"), ("unit", "XX"), ("role", "admin")];
    let answer = service.post(&admin, "/tai-khoan/motcua", &fields);
    assert_eq!(answer.status, 422);
    for field in ["name", "email", "phone", "unit"] {
        assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{field} is not named");
    }
    let taken = service.post(&admin, "/tai-khoan", &[("username", "motcua"), ("name", "X")]);
    assert_eq!(taken.status, 422);
    assert_eq!(service.app.number("SELECT COUNT(*) FROM accounts WHERE role = 'admin'"), 1);
}

#[test]
fn the_last_administrator_stays_and_another_one_may_go() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let lose = [("name", "Quản trị"), ("role", "officer")];
    for (path, fields) in [("/tai-khoan/quantri/khoa", &[][..]), ("/tai-khoan/quantri", &lose[..])] {
        let answer = service.post(&admin, path, fields);
        assert_eq!(answer.status, 409, "{path}");
        assert!(answer.body.contains("quản trị viên cuối cùng"), "{path}: {}", answer.body);
    }
    add_account(&service, &admin, "quantri.hai", "admin");
    assert_eq!(service.post(&admin, "/tai-khoan/quantri", &lose).status, 303);
    assert_eq!(service.get(&admin, "/tai-khoan").status, 403, "the role is gone at once");
}

#[test]
fn who_is_disabled_is_out_at_once_and_it_is_said_who_hears_of_their_files() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let officer = service.signed_in("congchuc.vhxh");
    for _ in 0..3 {
        service.app.log(THREE_DAYS, "counter").done();
    }
    let page = service.get(&admin, "/tai-khoan/congchuc.vhxh").body;
    assert!(page.contains("Phòng Văn hóa – Xã hội (3): <b>Trưởng phòng Văn hóa – Xã hội</b>"), "{page}");
    let answer = service.post(&admin, "/tai-khoan/congchuc.vhxh/khoa", &[]);
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("3 hồ sơ đang giải quyết: thông báo nay đến Trưởng phòng Văn hóa – Xã hội"));
    assert_eq!(service.get(&officer, "/ho-so").status, 303);
    assert_eq!(service.try_sign_in("congchuc.vhxh", PASSWORD).status, 401);
    assert!(service.get(&admin, "/tai-khoan?phan=ngung").body.contains("congchuc.vhxh"));
    assert_eq!(service.post(&admin, "/tai-khoan/congchuc.vhxh/mo", &[]).status, 303);
    assert_eq!(service.try_sign_in("congchuc.vhxh", PASSWORD).status, 303);
}

#[test]
fn all_sessions_of_somebody_end_with_one_button() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let clerk = service.signed_in("motcua");
    let second = service.sign_in("motcua");
    assert_eq!(service.post(&admin, "/tai-khoan/motcua/het-phien", &[]).status, 303);
    for browser in [&clerk, &second] {
        assert_eq!(service.get(browser, "/ho-so").status, 303);
    }
    assert_eq!(service.get(&admin, "/ho-so").status, 200);
}

#[test]
fn a_token_is_shown_once_says_when_it_was_used_and_stops_when_revoked() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let path = "/tai-khoan/giamdoc/ma-truy-cap";
    assert_eq!(service.post(&admin, path, &[("token_name", " ")]).status, 422);
    let made = service.post(&admin, path, &[("token_name", "Phần mềm báo cáo")]);
    let token = between(&made.body, "<output class=\"mono\">", "</output>").unwrap().to_owned();
    let page = || service.get(&admin, "/tai-khoan/giamdoc").body;
    assert!(page().contains("chưa dùng") && !page().contains(&token));
    let call = || {
        let bearer = format!("Bearer {token}");
        service.send("GET", "/api/v1/procedures", &[("Authorization", &bearer)], "").status
    };
    service.app.at("2026-03-02 09:00");
    assert_eq!(call(), 200);
    assert!(page().contains("09:00 02/03/2026"));
    let id = between(&page(), "/ma-truy-cap/", "/thu-hoi").unwrap().to_owned();
    assert_eq!(service.post(&admin, &format!("/tai-khoan/motcua/ma-truy-cap/{id}/thu-hoi"), &[]).status, 404);
    assert_eq!(service.post(&admin, &format!("{path}/{id}/thu-hoi"), &[]).status, 303);
    assert_eq!(call(), 401);
    assert!(page().contains("đã thu hồi"));
}

#[test]
fn absences_are_entered_by_the_person_their_supervisor_and_an_administrator_only() {
    let service = Service::start();
    let everybody = service.everybody();
    let away = |role: &str, username: &str, to: &str| {
        let fields = [("username", username), ("from", "2026-03-09"), ("to", to), ("stand_in", "motcua")];
        service.post(&everybody[role], "/vang-mat", &fields).status
    };
    assert_eq!(away("officer", "congchuc.vhxh", "2026-03-10"), 303);
    assert_eq!(away("supervisor", "congchuc.vhxh", "2026-03-11"), 303);
    assert_eq!(away("admin", "congchuc.vhxh", "2026-03-12"), 303);
    assert_eq!(away("clerk", "congchuc.vhxh", "2026-03-13"), 409);
    assert_eq!(away("supervisor", "congchuc.kt", "2026-03-13"), 409);
    assert_eq!(service.get(&everybody["clerk"], "/vang-mat?nguoi=congchuc.vhxh").status, 409);
    let page = service.get(&everybody["officer"], "/vang-mat").body;
    assert!(page.contains("2026-03-12"), "{page}");
    let body = journal(&service.app).remove(0).1;
    assert!(body.contains("congchuc.vhxh") && body.contains("2026-03-12") && body.contains("motcua"), "{body}");

    let wrong = |from: &str, to: &str, stand_in: &str| {
        let fields = [("from", from), ("to", to), ("stand_in", stand_in)];
        service.post(&everybody["officer"], "/vang-mat", &fields)
    };
    for (from, to, stand_in, field) in [
        ("2026-03-09", "", "", "to"),
        ("", "2026-03-09", "", "from"),
        ("2026-03-09", "2026-03-08", "", "to"),
        ("hôm nay", "2026-03-08", "", "from"),
        ("", "", "congchuc.vhxh", "stand_in"),
        ("", "", "nobody", "stand_in"),
    ] {
        let answer = wrong(from, to, stand_in);
        assert_eq!(answer.status, 422, "{from} {to} {stand_in}");
        assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{from} {to} {stand_in}: {field}");
    }
}

#[test]
fn a_circle_of_stand_ins_is_told_where_it_was_made() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let stand_in = |username: &str, other: &str| {
        let fields = [("username", username), ("stand_in", other)];
        assert_eq!(service.post(&admin, "/vang-mat", &fields).status, 303, "{username}");
    };
    stand_in("motcua", "congchuc.kt");
    assert!(!service.get(&admin, "/vang-mat?nguoi=motcua").body.contains("theo vòng"));
    stand_in("congchuc.kt", "giamdoc");
    stand_in("giamdoc", "motcua");
    for path in ["/vang-mat?nguoi=motcua", "/tai-khoan/giamdoc"] {
        assert!(service.get(&admin, path).body.contains("Thay thế theo vòng"), "{path}");
    }
    assert!(service.get(&admin, "/tai-khoan").body.contains("thay vòng"));
}

#[test]
fn a_unit_is_changed_on_its_page_and_a_sector_has_one_unit() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let taken = [("code", "MOI-1"), ("name", "Phòng Mới"), ("sectors", "Hộ tịch"), ("supervisor", "phutrach.kt")];
    let answer = service.post(&admin, "/don-vi", &taken);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("đang do Phòng Văn hóa – Xã hội giải quyết"), "{}", answer.body);
    let fresh = [("code", "MOI-1"), ("name", "Phòng Mới"), ("sectors", "Lĩnh vực lạ"), ("officer", "congchuc.kt")];
    assert_eq!(service.post(&admin, "/don-vi", &fresh).status, 303);
    assert_eq!(service.post(&admin, "/don-vi", &fresh).status, 422, "the code is taken");
    assert!(service.get(&admin, "/don-vi").body.contains("Phòng Mới"));
    let page = service.get(&admin, "/don-vi/MOI-1").body;
    assert!(
        page.contains("value=\"Lĩnh vực lạ\" checked") && page.contains("value=\"congchuc.kt\" selected"),
        "{page}"
    );
    let change = [("name", "Phòng Đổi Tên"), ("sectors", "Lĩnh vực lạ"), ("sectors", "Lĩnh vực khác")];
    assert_eq!(service.post(&admin, "/don-vi/MOI-1", &change).status, 303);
    let (kind, body) = journal(&service.app).remove(0);
    assert_eq!(kind, "unit_changed");
    assert!(body.contains("MOI-1") && body.contains("sectors") && !body.contains("Đổi Tên"), "{body}");
    assert_eq!(service.get(&admin, "/don-vi/NONE").status, 404);
}

#[test]
fn what_was_changed_on_the_pages_stays_when_the_service_starts_again() {
    let mut app = App::new();
    let admin = Actor::Account { id: "x".to_owned(), username: "quantri".to_owned() };
    let form = dunghen::office::accounts::AccountForm {
        username: "motcua".to_owned(),
        name: "Tên Mới".to_owned(),
        role: dunghen::domain::role::Role::Officer,
        unit: Some("PKT".to_owned()),
        email: None,
        phone: None,
    };
    app.office.change_account(app.now(), &admin, &form).unwrap();
    let unit = dunghen::office::units::UnitForm {
        code: "PKT".to_owned(),
        name: "Phòng Đổi Tên".to_owned(),
        ..dunghen::office::units::UnitForm::default()
    };
    app.office.change_unit(app.now(), &admin, &unit).unwrap();
    let people = "[[people]]\nusername = \"them.moi\"\nname = \"Thêm\"\nrole = \"clerk\"\nunit = \"PKT\"\nstand_in = \"motcua\"\n\
        [[people]]\nusername = \"motcua\"\nname = \"Tên Cũ\"\nrole = \"clerk\"\nunit = \"PKT\"\n";
    let units = "[[units]]\ncode = \"PKT\"\nname = \"Phòng Kinh tế\"\nofficer = \"them.moi\"\n";
    app.settings = dunghen::config::Settings::from_toml(&format!("{people}{units}")).unwrap();
    app.restart();
    assert_eq!(app.number("SELECT COUNT(*) FROM accounts WHERE name = 'Tên Mới' AND role = 'officer'"), 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM units WHERE name = 'Phòng Đổi Tên' AND officer_id IS NULL"), 1);
    let stand_in = "SELECT COUNT(*) FROM accounts a JOIN accounts b ON a.stand_in_id = b.id \
        WHERE a.username = 'them.moi' AND b.username = 'motcua'";
    assert_eq!(app.number(stand_in), 1, "who is missing is added whole");
    let differs = app.office.settings_differ().unwrap();
    let told: Vec<String> = differs.iter().map(|one| format!("{} {}", one.name, one.fields.join(" "))).collect();
    assert_eq!(told, ["units.PKT name officer", "people.motcua name role"]);
}

#[test]
fn the_sending_page_shows_what_is_set_and_never_a_secret() {
    let service = Service::with(
        "[mail]\ntransport = \"smtp\"\nhost = \"mail.example.vn\"\nusername = \"hop-thu\"\npassword = \"rat-bi-mat\"\n\
         [[gateways]]\nway = \"sms\"\nurl = \"https://user:geheim@sms.example.vn/send?key={secret}\"\n\
         headers = { \"X-Key\" = \"khoa-{secret}\" }\nbody = \"{phone} {text}\"\nsecret = \"sieu-bi-mat\"\n",
    );
    let admin = service.signed_in("quantri");
    let page = service.get(&admin, "/gui-tin").body;
    for shown in ["mail.example.vn", "hop-thu", "sms.example.vn", "X-Key", "Chưa gửi tin nào"] {
        assert!(page.contains(shown), "{shown} is missing: {page}");
    }
    for secret in ["rat-bi-mat", "sieu-bi-mat", "geheim", "khoa-"] {
        assert!(!page.contains(secret), "{secret} is shown");
    }
}

#[test]
fn a_test_goes_through_the_courier_tells_its_answer_and_is_limited() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let test = |to: &str| service.post(&admin, "/gui-tin/thu", &[("way", "mail"), ("to", to)]);
    let answer = test("thu@example.vn");
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("250 kept as 1"), "{}", answer.body);
    let mail = service.app.mails().remove(0);
    assert_eq!((mail.to.as_str(), mail.kind.as_str()), ("thu@example.vn", "test"));
    service.app.mailbox.refuse_next(DeliveryError::Permanent("550 <b>no such</b> user".to_owned()));
    let refused = test("sai@example.vn");
    assert!(refused.body.contains("550 &#60;b&#62;no such"), "{}", refused.body);
    for wrong in ["", "không", "a@example.vn, b@example.vn"] {
        assert_eq!(test(wrong).status, 422, "{wrong}");
    }
    let sms = service.post(&admin, "/gui-tin/thu", &[("way", "sms"), ("to", "0912345678")]);
    assert_eq!(sms.status, 422, "no provider is set up");
    for _ in 0..3 {
        assert_eq!(test("thu@example.vn").status, 200);
    }
    let limited = test("thu@example.vn");
    assert_eq!((limited.status, limited.body.contains("hãy đợi 10 phút")), (422, true));
    service.app.advance(Duration::minutes(11));
    assert_eq!(test("thu@example.vn").status, 200);
    for (kind, body) in journal(&service.app) {
        assert!(!body.contains("example.vn"), "{kind} {body}");
    }
}

#[test]
fn the_outbox_is_narrowed_by_kind_and_way_and_dead_letters_leave_together() {
    let service = Service::with("[dispatch]\nmax_attempts = 1\n");
    let app = &service.app;
    app.log(THREE_DAYS, "counter").done();
    app.log(THREE_DAYS, "counter").done();
    app.at("2026-03-04 08:00");
    app.sweep();
    app.mailbox.goes_down(DeliveryError::Permanent("550 no".to_owned()));
    app.dispatch();
    app.mailbox.comes_back();
    let dead = app.number("SELECT COUNT(*) FROM outbox WHERE state = 'failed'");
    assert!(dead >= 2, "{dead}");
    let admin = service.signed_in("quantri");
    let page = service.get(&admin, "/hop-di?state=failed&way=mail").body;
    assert!(page.contains("Gửi lại mọi tin không gửi được") && page.contains("state=sent&#38;way=mail"), "{page}");
    assert!(service.get(&admin, "/hop-di?kind=apology&way=sms").body.contains("Không có tin nào ở mục này"));
    for unknown in [("kind", "thu-la"), ("way", "fax")] {
        let answer = service.post(&admin, "/hop-di/gui-lai", &[unknown]);
        assert_eq!(answer.status, 422, "{unknown:?}: not every message");
        assert!(answer.body.contains("Phải là một trong"), "{}", answer.body);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE state = 'failed'"), dead);
    let none = service.post(&admin, "/hop-di/gui-lai", &[("kind", "apology"), ("way", "zalo")]);
    assert_eq!(none.header("location"), Some("/hop-di?kind=apology&way=zalo"));
    let all = service.post(&admin, "/hop-di/gui-lai", &[("kind", ""), ("way", "mail")]);
    assert_eq!(all.header("location"), Some("/hop-di?way=mail"));
    let flash = all.cookie("dunghen_flash").expect("the number");
    let cookies = format!("{}; dunghen_flash={flash}", admin.cookie);
    let said = service.send("GET", "/hop-di?way=mail", &[("Cookie", &cookies)], "");
    assert!(said.body.contains(&format!("{dead} tin sẽ được gửi lại")), "{}", said.body);
    assert_eq!(said.cookie("dunghen_flash"), Some(""), "said once");
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE state = 'failed'"), 0);
    assert_eq!(journal(app).remove(0).0, "messages_retried");
}

#[test]
fn a_job_says_in_words_what_came_of_it_or_why_it_failed() {
    let service = Service::start();
    let admin = service.signed_in("quantri");
    let names: Vec<&str> = ["sweep", "verify", "housekeeping", "bounces"].into();
    service.app.office.register_jobs(service.app.now(), &names).unwrap();
    for name in names {
        let answer = service.post(&admin, &format!("/cong-viec/{name}/chay"), &[]);
        assert_eq!(answer.cookie("dunghen_flash"), Some("job-ran"), "{name}");
    }
    let page = service.get(&admin, "/cong-viec").body;
    for words in ["đã xét 0", "dòng nhật ký", "dòng sai 0", "đã dọn 0", "đã đọc 0"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains('{'), "no JSON: {page}");
    let now = service.app.now();
    service.app.office.finish_job("sweep", now, now, "failed: database is locked").unwrap();
    assert!(service.get(&admin, "/cong-viec").body.contains("Lý do: database is locked"));
}

#[test]
fn every_import_is_in_the_log_without_what_stood_in_rejected_rows() {
    let service = Service::start();
    let app = &service.app;
    let rows = format!(
        "code,procedure_code,applicant_name,channel,received_at,applicant_phone\n\
         X-1,{THREE_DAYS},Lý Văn Kín,counter,2026-02-23 09:00,\n\
         X-2,9.999,Lý Văn Kín,counter,2026-02-23 09:00,số nhà\n"
    );
    let file = ReadFile::of(ImportKind::Dossiers, "/home/hoa/<b>so.csv", rows.as_bytes()).unwrap();
    let source = std::io::Cursor::new(rows.clone().into_bytes());
    let run =
        app.office.import_dossiers(app.now(), &Actor::CommandLine, source, &Mapping::native(), Run::Real, &mut |_| {});
    let told = |report: &dunghen::office::import::ImportReport| (RowCounts::from(report), report.rejected.clone());
    app.office.logged(app.now(), &Actor::CommandLine, &file, ImportOutcome::Taken, run, told).unwrap();
    let admin = service.signed_in("quantri");
    let list = service.get(&admin, "/nhap-lieu").body;
    assert!(list.contains("&#60;b&#62;so.csv") && !list.contains("/home/hoa") && list.contains("dòng lệnh"), "{list}");
    let href = between(&list, "href=\"/nhap-lieu/", "\"").unwrap().to_owned();
    let page = service.get(&admin, &format!("/nhap-lieu/{href}")).body;
    assert!(page.contains("procedure_code") && page.contains(&file.sha256), "{page}");
    assert!(!page.contains("Lý Văn Kín") && !page.contains("số nhà"), "values stay out");
    assert_eq!(app.number("SELECT COUNT(*) FROM import_rejections"), 2);
    let boundary = "----x";
    let body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--{boundary}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"thu-tuc.csv\"\r\n\r\nkhông phải bảng\r\n--{boundary}--\r\n",
        admin.csrf
    );
    let media = format!("multipart/form-data; boundary={boundary}");
    let headers = [("Cookie", admin.cookie.as_str()), ("Content-Type", media.as_str())];
    assert_eq!(service.send("POST", "/thu-tuc/nhap", &headers, &body).status, 422);
    let list = service.get(&admin, "/nhap-lieu?loai=procedures").body;
    assert!(list.contains("thu-tuc.csv") && list.contains("Không đọc được"), "{list}");
    assert!(service.get(&admin, "/nhap-lieu?loai=calendar").body.contains("Chưa có tệp nào"));
    assert_eq!(service.get(&admin, "/nhap-lieu/none").status, 404);
}

#[test]
fn the_journal_is_searched_in_words_and_paged_and_leaves_as_a_harmless_table() {
    let service = Service::start();
    let app = &service.app;
    let code = app.log(THREE_DAYS, "counter").done().code;
    let officer = service.signed_in("congchuc.vhxh");
    let asked = [("version", "0"), ("note", "=HYPERLINK(\"x\") bản sao 100%_")];
    assert_eq!(service.post(&officer, &format!("/ho-so/{code}/bo-sung-yeu-cau"), &asked).status, 303);
    app.at("2026-03-03 08:00");
    let manager = service.signed_in("giamdoc");
    let found = |query: &str| service.get(&manager, &format!("/nhat-ky?{query}")).body;
    let lines = |page: &str| page.matches("<details>").count();
    let of_code = found(&format!("code={code}"));
    assert_eq!(lines(&of_code), 2, "{of_code}");
    assert!(of_code.contains("yêu cầu bổ sung giấy tờ") && of_code.contains("tiếp nhận hồ sơ"), "{of_code}");
    assert_eq!(lines(&found("actor=congchuc.vhxh&kind=supplement_requested")), 1);
    assert_eq!(lines(&found("q=100%25_")), 1, "wildcards are text");
    assert_eq!(lines(&found("q=100x_")), 0);
    assert_eq!(lines(&found("q=hyperLINK")), 1, "in small letters or capitals, on either database");
    assert_eq!(lines(&found("from=2026-03-03&kind=signed_in")), 1);
    assert_eq!(lines(&found("to=2026-03-02&kind=signed_in")), 1);
    assert!(found("kind=logged&lang=en").contains("logged a dossier"));
    for wrong in ["code=NONE", "from=x", "to=2026-13-01"] {
        assert_eq!(service.get(&manager, &format!("/nhat-ky?{wrong}")).status, 422, "{wrong}");
    }
    let csv = service.get(&manager, &format!("/nhat-ky.csv?code={code}"));
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(csv.body.contains("supplement_requested") && !csv.body.contains("\n="), "{}", csv.body);
    for _ in 0..60 {
        app.log(THREE_DAYS, "counter").done();
    }
    let first = found("kind=logged");
    assert_eq!(lines(&first), 50);
    let next = between(&first, "href=\"/nhat-ky?kind=logged&#38;truoc=", "\"").unwrap();
    assert_eq!(lines(&found(&format!("kind=logged&truoc={next}"))), 11);
}

#[test]
fn the_chain_is_walked_on_demand_and_a_changed_line_is_told() {
    let service = Service::start();
    let app = &service.app;
    app.log(THREE_DAYS, "counter").done();
    let admin = service.signed_in("quantri");
    app.office.register_jobs(app.now(), &["verify"]).unwrap();
    assert!(service.get(&admin, "/nhat-ky").body.contains("Chưa kiểm tra lần nào"));
    assert_eq!(service.post(&admin, "/nhat-ky/kiem-tra", &[]).header("location"), Some("/nhat-ky"));
    assert!(service.get(&admin, "/nhat-ky").body.contains("Nguyên vẹn"));
    app.sql("UPDATE journal SET body = '{}' WHERE kind = 'logged'");
    service.post(&admin, "/nhat-ky/kiem-tra", &[]);
    let page = service.get(&admin, "/nhat-ky").body;
    assert!(page.contains("Có sai lệch") && page.contains("Dòng sai mã băm"), "{page}");
    let doors = service.get(&admin, "/quan-tri").body;
    assert!(doors.contains("Chuỗi có sai lệch") && doors.contains("việc, 1 lỗi"), "as many as the list shows: {doors}");
    assert!(service.get(&admin, "/cong-viec").body.contains("Lỗi"));
    assert_eq!(app.office.last_walk().unwrap().unwrap().at(), Some(instant("2026-03-02 08:00")));
}
