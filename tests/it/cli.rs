//! The built program on a temporary folder with a real SQLite database: what it prints, where, and
//! how it ends.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use serde_json::Value;
use tempfile::TempDir;

const HEADER: &str = "code,procedure_code,applicant_name,channel,received_at\n";

/// A folder of its own with a database that is not there yet.
struct Desk(TempDir);

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dunghen"));
        command.args(words).current_dir(self.0.path()).env_clear().env("DUNGHEN__LOG__FILTER", "warn");
        command.env("DUNGHEN__DATABASE__URL", "sqlite:office.db").env("DUNGHEN__MAIL__FOLDER", "mail");
        command
    }

    fn run(&self, words: &[&str]) -> Ran {
        self.run_with(words, b"")
    }

    fn run_with(&self, words: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(words);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that does not read its input may be gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(input);
        let done = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) }
    }

    /// The JSON answer of a verb that must succeed.
    fn json(&self, words: &[&str]) -> Value {
        let ran = self.run(&[words, &["--json"]].concat());
        assert_eq!(ran.code, Some(0), "{words:?}: {}{}", ran.out, ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }
}

const DOSSIERS: &str = "\
code,procedure_code,applicant_name,applicant_email,channel,received_at,resolved_at,returned_at,outcome
A-1,1.004873,Nguyễn Thị Mận,man@example.org,online,2026-11-02 08:00,,,
A-2,1.004873,Lò Văn Sáng,,counter,2026-11-02 09:00,2026-11-03 09:00,2026-11-03 10:00,granted
";

#[test]
fn one_deadline_needs_no_database_and_makes_none() {
    let desk = Desk::new();
    let answer = desk.json(&["deadline", "--received", "2026-11-23T08:00", "--limit", "2 working_day"]);
    assert_eq!(answer["received_at"], "2026-11-23T08:00:00+07:00");
    assert_eq!(answer["due_at"], "2026-11-26T17:00:00+07:00");
    assert_eq!(answer["provisional"], false);
    let days: Vec<_> = answer["ledger"].as_array().unwrap().iter().map(|day| (&day["date"], &day["counted"])).collect();
    assert_eq!(days.len(), 4);
    assert_eq!(days[1], (&"2026-11-24".into(), &false.into()), "Ngày Văn hóa Việt Nam");
    assert_eq!(days[3], (&"2026-11-26".into(), &true.into()));
    assert_eq!(std::fs::read_dir(desk.0.path()).unwrap().count(), 0, "something was written");
}

#[test]
fn pauses_and_a_restart_move_the_date_and_explain_tells_each_day() {
    let desk = Desk::new();
    let words = ["deadline", "--received", "2026-11-16 08:00", "--limit", "2 working_day", "--explain"];
    let ran = desk.run(&[&words[..], &["--pause", "2026-11-16T09:00/2026-11-17T09:00"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("Hẹn trả: 17:00, thứ Năm ngày 19/11/2026"), "{}", ran.out);
    assert!(ran.out.contains("17/11/2026 thứ Ba: tạm dừng, không tính"), "{}", ran.out);
    let ran = desk.run(&[&words[..], &["--restart", "2026-11-18T09:00"]].concat());
    assert!(ran.out.contains("Hẹn trả: 17:00, thứ Sáu ngày 20/11/2026"), "{}", ran.out);
}

#[test]
fn words_that_make_no_sense_end_with_two_and_a_refusal_with_one() {
    let desk = Desk::new();
    for words in [
        &["deadline", "--received", "gestern", "--limit", "2 working_day"][..],
        &["deadline", "--received", "2026-11-23T08:00", "--limit", "2 fortnight"],
        &["deadline", "--limit", "2 working_day"],
        &["deadline", "--batch", "x.csv", "--limit", "2 working_day"],
        &["nothing"],
        &["report", "units", "--from", "2026-11-01", "--to", "2026-11-30", "--by", "unit"],
        &["report", "06a", "--from", "2026-11-01", "--to", "2026-11-30", "--by", "procedure"],
    ] {
        let ran = desk.run(words);
        assert_eq!(ran.code, Some(2), "{words:?}: {}", ran.err);
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{words:?}");
    }
    for words in [
        &["deadline", "--received", "2019-11-23T08:00", "--limit", "2 working_day"][..],
        &["deadline", "--batch", "not-there.csv"],
        &["serve", "--now", "2026-11-24T08:00"],
        &["ledger", "H38.19-260101-0001"],
        &["report", "summary", "--from", "2026-11-30", "--to", "2026-11-01"],
        &["user", "disable", "nobody"],
    ] {
        let ran = desk.run(words);
        assert_eq!(ran.code, Some(1), "{words:?}: {}", ran.err);
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{words:?}");
        let ran = desk.run(&[words, &["--json"]].concat());
        let body: Value = serde_json::from_str(&ran.out).unwrap();
        assert!(body["error"].as_str().is_some_and(|why| !why.is_empty()), "{words:?}: {body}");
    }
}

#[test]
fn a_batch_keeps_order_and_goes_on_after_a_bad_row() {
    let desk = Desk::new();
    let rows = "1,2026-11-23T08:00,2,working_day,,\n2,never,2,working_day,,\n3,2026-11-23T08:00,,same_day,,\n";
    desk.write("in.csv", &format!("id,received,limit_value,limit_unit,pauses,restarted_at\n{rows}"));
    let ran = desk.run(&["deadline", "--batch", "in.csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(lines[..2], ["id,due_at,error", "1,2026-11-26T17:00:00+07:00,"]);
    assert!(lines[2].starts_with("2,,received: never: không phải một thời điểm"), "{}", lines[2]);
    assert_eq!(lines[3..], ["3,2026-11-23T17:00:00+07:00,"]);
}

#[test]
fn a_reader_that_leaves_ends_a_batch_quietly() {
    let desk = Desk::new();
    let mut csv = "id,received,limit_value,limit_unit,pauses,restarted_at\n".to_owned();
    for id in 0..20_000 {
        csv.push_str(&format!("{id},2026-11-23T08:00,2,working_day,,\n"));
    }
    desk.write("in.csv", &csv);
    let mut child = desk
        .command(&["deadline", "--batch", "in.csv"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8(done.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn config_check_names_every_mistake_at_once() {
    let desk = Desk::new();
    assert_eq!(desk.json(&["config", "check"]), serde_json::json!({ "ok": true, "differs": [] }));
    assert!(!desk.path("office.db").exists(), "a check makes no database");
    desk.write("wrong.toml", "[server]\nlisten = \"here\"\n[deadline]\nsame_day_cutoff = \"noon\"\n");
    let ran = desk.run(&["config", "check", "--config", "wrong.toml"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("server.listen") && ran.err.contains("deadline.same_day_cutoff"), "{}", ran.err);
}

#[test]
fn config_check_names_what_the_settings_say_otherwise_than_the_database() {
    let desk = Desk::new();
    desk.json(&["migrate"]);
    assert_eq!(desk.json(&["config", "check"])["differs"], serde_json::json!([]));
    let people = "[[people]]\nusername = \"motcua\"\nname = \"Tên khác\"\nrole = \"clerk\"\nunit = \"PKT\"\n";
    desk.write("other.toml", &format!("{people}[[units]]\ncode = \"PKT\"\nname = \"Phòng Kinh tế\"\n"));
    let told = desk.run(&["config", "check", "--config", "other.toml"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    assert!(told.out.contains("people.motcua: name, unit, email") && told.out.contains("units.PKT"), "{}", told.out);
}

#[test]
fn each_import_by_command_leaves_a_line_in_the_log() {
    let desk = Desk::new();
    desk.write("so.csv", DOSSIERS);
    let now = "2026-11-24T08:00:00+07:00";
    desk.json(&["import", "dossiers", "so.csv", "--dry-run", "--now", now]);
    desk.json(&["import", "dossiers", "so.csv", "--now", now]);
    desk.write("lich.csv", "no calendar\n");
    assert_eq!(desk.run(&["import", "calendar", "lich.csv"]).code, Some(1));
    let mut conn = SqliteConnection::establish(&desk.path("office.db").to_string_lossy()).unwrap();
    let mut count = |outcome: &str| {
        let query = format!("(SELECT COUNT(*) FROM imports WHERE outcome = '{outcome}')");
        let count = diesel::dsl::sql::<diesel::sql_types::BigInt>(&query);
        diesel::RunQueryDsl::get_result::<i64>(diesel::select(count), &mut conn).unwrap()
    };
    assert_eq!((count("looked"), count("taken"), count("failed")), (1, 1, 1));
}

#[test]
fn migrate_status_makes_no_file_and_a_second_migrate_does_nothing() {
    let desk = Desk::new();
    assert_eq!(desk.json(&["migrate", "--status"])["exists"], false);
    assert!(!desk.path("office.db").exists());
    assert_ne!(desk.json(&["migrate"])["applied"], serde_json::json!([]));
    assert_eq!(desk.json(&["migrate"])["applied"], serde_json::json!([]));
    assert_eq!(desk.json(&["migrate", "--status"]), serde_json::json!({ "exists": true, "pending": [] }));
}

#[test]
fn a_file_goes_from_import_to_a_letter_that_prints_the_same_twice() {
    let desk = Desk::new();
    desk.write("in.csv", DOSSIERS);
    let read = |answer: &Value, key: &str| answer[key].as_u64().unwrap();
    let dry = desk.json(&["import", "dossiers", "in.csv", "--dry-run", "--now", "2026-11-06T10:00"]);
    assert_eq!((read(&dry, "read"), read(&dry, "imported")), (2, 2), "{dry}");
    assert_eq!(desk.run(&["ledger", "A-1"]).code, Some(1), "the dry run wrote");
    let first = desk.json(&["import", "dossiers", "in.csv", "--now", "2026-11-06T10:00"]);
    assert_eq!(read(&first, "imported"), 2, "{first}");
    let again = desk.json(&["import", "dossiers", "in.csv", "--now", "2026-11-06T10:05"]);
    assert_eq!((read(&again, "imported"), read(&again, "unchanged")), (0, 2), "{again}");

    let ledger = desk.json(&["ledger", "A-1"]);
    let due = ledger["due_at"].as_str().unwrap().to_owned();
    assert_eq!(ledger["promises"][0]["ledger"][0]["date"], "2026-11-02");
    assert!(desk.run(&["ledger", "A-1"]).out.contains("ngày tiếp nhận, không tính"));
    let english = ["ledger", "A-1", "--language", "en"];
    assert!(desk.run(&english).out.contains("day of receipt, not counted"));
    assert_eq!(desk.json(&english)["promises"][0]["ledger"][0]["why"], "day of receipt, not counted");
    assert_eq!(desk.run(&["ledger", "A-1", "--language", "fr"]).code, Some(2));

    let late = "2027-06-01T08:00";
    let would = desk.json(&["sweep", "--dry-run", "--now", late]);
    assert_eq!(would["raised"]["apology"], 1, "{would}");
    assert_eq!(desk.json(&["sweep", "--now", late])["raised"], would["raised"]);
    assert_eq!(desk.json(&["sweep", "--now", late])["raised"], serde_json::json!({}));
    assert!(read(&desk.json(&["dispatch", "--now", late]), "sent") >= 1);
    assert!(std::fs::read_dir(desk.path("mail")).unwrap().count() >= 1);

    let piped = desk.command(&["letter", "A-1", "--now", late]).output().unwrap();
    assert!(piped.stdout.starts_with(b"%PDF-"));
    let kept = desk.json(&["letter", "A-1", "--out", "a.pdf", "--now", late]);
    assert_eq!(std::fs::read(desk.path("a.pdf")).unwrap(), piped.stdout);
    assert_eq!(kept["bytes"], piped.stdout.len());
    assert_eq!(desk.run(&["letter", "A-2", "--now", late]).code, Some(1), "it was on time");

    let period = ["--from", "2026-11-01", "--to", "2027-06-30", "--now", late];
    let summary = desk.json(&[&["report", "summary"], &period[..]].concat());
    assert_eq!((&summary["received"]["total"], &summary["in_progress"]["overdue"]), (&2.into(), &1.into()));
    let list = desk.json(&[&["report", "late"], &period[..]].concat());
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!((&list["items"][0]["code"], &list["items"][0]["due_at"]), (&"A-1".into(), &due.into()));
    assert!(!list.to_string().contains("Mận"), "an applicant's name in a report");

    let verified = desk.json(&["verify"]);
    assert!(read(&verified, "dates_replayed") >= 2 && verified["broken"] == serde_json::json!([]), "{verified}");
}

#[test]
fn the_list_of_late_files_has_both_dates_and_the_days_late_against_each() {
    let desk = Desk::new();
    desk.json(&["migrate", "--now", "2026-03-01T08:00"]);
    let mut conn = SqliteConnection::establish(&desk.path("office.db").to_string_lossy()).unwrap();
    let committed = "INSERT INTO procedure_limits (id, procedure_id, limit_value, limit_unit, basis, confidence, kind) \
         SELECT 'ours', id, 2, 'working_day', 'QĐ', 'confirmed', 'commitment' FROM procedures WHERE code = '1.004873'";
    conn.batch_execute(committed).unwrap();
    desk.write("in.csv", &format!("{HEADER}A-1,1.004873,Tẩn Thị Mận,online,2026-03-02 08:00\n"));
    desk.json(&["import", "dossiers", "in.csv", "--now", "2026-03-02T09:00"]);
    let words = ["report", "late", "--from", "2026-03-01", "--to", "2026-03-31", "--now"];
    let item = |now: &str| desk.json(&[&words[..], &[now]].concat())["items"][0].clone();
    let late = item("2026-03-09T08:00");
    assert_eq!(late["due_at"], "2026-03-04T17:00:00+07:00");
    assert_eq!(late["statutory_due_at"], "2026-03-05T17:00:00+07:00");
    assert_eq!((&late["working_days_late"], &late["working_days_late_by_statute"]), (&3.into(), &2.into()));
    let late = item("2026-03-05T08:00");
    assert_eq!((&late["working_days_late"], &late["working_days_late_by_statute"]), (&1.into(), &Value::Null));
    let printed = desk.command(&[&words[..], &["2026-03-09T08:00", "--format", "pdf"]].concat()).output().unwrap();
    if let Some(text) = crate::smtp::parts::pdf_text(&printed.stdout) {
        for fact in
            ["Hồ sơ quá hạn từ 01/03/2026 đến 31/03/2026", "A-1", "04/03/2026 17:00", "Công chức", "Trang 1 / 1"]
        {
            assert!(text.contains(fact), "{fact} is missing: {text}");
        }
    }
    let csv = desk.run(&[&words[..], &["2026-03-09T08:00", "--format", "csv"]].concat()).out;
    assert!(csv.contains("2026-03-04T17:00:00+07:00,3,2026-03-05T17:00:00+07:00,2,"), "{csv}");
}

#[test]
fn a_report_comes_as_csv_and_as_a_workbook() {
    let desk = Desk::new();
    let words = ["report", "summary", "--from", "2026-11-01", "--to", "2026-11-30", "--format"];
    let csv = desk.run(&[&words[..], &["csv"]].concat());
    assert!(csv.out.contains("received.total,\"Hồ sơ tiếp nhận, tổng số\",0"), "{}", csv.out);
    assert_eq!(desk.run(&[&words[..], &["xlsx", "--out", "r.xlsx"]].concat()).code, Some(0));
    assert!(std::fs::read(desk.path("r.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn the_prescribed_form_and_the_reports_by_unit_and_on_online_files_come_in_every_format() {
    let desk = Desk::new();
    desk.write("list.csv", DOSSIERS);
    assert_eq!(desk.run(&["import", "dossiers", "list.csv", "--now", "2026-11-04T08:00"]).code, Some(0));
    let period = ["--from", "2026-11-01", "--to", "2026-11-30", "--as-of", "2026-11-04T08:01"];
    for (kind, more) in [("06a", &["--by", "unit"][..]), ("06a", &[]), ("units", &[]), ("online", &[])] {
        let words = [&["report", kind], &period[..], more].concat();
        let report = desk.json(&words);
        assert!(report["definitions"].as_array().is_some_and(|all| !all.is_empty()), "{kind}: {report}");
        let text = desk.run(&words);
        assert_eq!(text.code, Some(0), "{kind}: {}", text.err);
        assert!(desk.run(&[&words[..], &["--format", "csv"]].concat()).out.starts_with('\u{feff}'), "{kind}");
        for (format, magic) in [("xlsx", &b"PK"[..]), ("pdf", b"%PDF-")] {
            let ran = desk.run(&[&words[..], &["--format", format, "--out", "r"]].concat());
            assert_eq!(ran.code, Some(0), "{kind} as {format}: {}", ran.err);
            assert!(std::fs::read(desk.path("r")).unwrap().starts_with(magic), "{kind} as {format}");
        }
    }
    let form = desk.json(&[&["report", "06a"], &period[..]].concat());
    assert_eq!((&form["form"], &form["by"]), (&"II.06a/VPCP/KSTT".into(), &"field".into()));
    assert_eq!(form["lines"][0]["name"], "Hộ tịch");
    assert_eq!(
        form["total"]["received"],
        serde_json::json!({"total": 2, "online": 1, "counter_post": 1, "carried_over": 0})
    );
}

#[test]
fn the_report_on_time_limits_says_each_procedure_and_takes_a_share() {
    let desk = Desk::new();
    let words = ["report", "procedures", "--from", "2026-01-01", "--to", "2026-11-30"];
    let report = desk.json(&[&words[..], &["--late-share", "2,5"]].concat());
    assert_eq!((&report["late_share_percent"], &report["target"]["cut"]), (&"2.50".into(), &0.into()));
    let lines = report["procedures"].as_array().unwrap();
    assert!(lines.len() > 200 && lines.iter().all(|line| line["could_cut"].is_null()), "nothing is known yet");
    let csv = desk.run(&[&words[..], &["--format", "csv"]].concat());
    assert_eq!(csv.out.lines().count(), lines.len() + 1);
    assert!(csv.out.contains("1.001193,Thủ tục đăng ký khai sinh,Hộ tịch,mọi kênh,0,trong ngày"), "{}", csv.out);
    assert_eq!(desk.run(&[&words[..], &["--format", "xlsx", "--out", "p.xlsx"]].concat()).code, Some(0));
    assert!(std::fs::read(desk.path("p.xlsx")).unwrap().starts_with(b"PK"));
    for wrong in [["--late-share", "100"], ["--late-share", "x"], ["--format", "doc"]] {
        assert_eq!(desk.run(&[&words[..], &wrong].concat()).code, Some(2), "{wrong:?}");
    }
    assert_eq!(desk.run(&[&words[..], &["--format", "pdf", "--out", "p.pdf"]].concat()).code, Some(0));
    let printed = std::fs::read(desk.path("p.pdf")).unwrap();
    if let Some(text) = crate::smtp::parts::pdf_text(&printed) {
        assert!(lines.iter().all(|line| text.contains(line["code"].as_str().unwrap())), "every procedure is there");
    }
    let summary = ["report", "summary", "--from", "2026-01-01", "--to", "2026-11-30", "--late-share", "5"];
    assert_eq!(desk.run(&summary).code, Some(2), "it would be without effect");
}

#[test]
fn accounts_and_tokens_are_made_and_taken_away() {
    let desk = Desk::new();
    let add = ["user", "add", "man", "--name", "Tẩn Thị Mây", "--role", "clerk", "--password-stdin"];
    assert_eq!(desk.run_with(&add, "ngắn\n".as_bytes()).code, Some(1), "a short password");
    assert_eq!(desk.run_with(&add, b"mot hai ba bon\n").code, Some(0));
    let twice = desk.run_with(&add, b"mot hai ba bon\n");
    assert_eq!(twice.code, Some(1));
    assert!(twice.err.starts_with("username: man: "), "{}", twice.err);
    assert_eq!(desk.run_with(&["user", "password", "man"], b"nam sau bay tam\n").code, Some(0));
    let token = desk.json(&["token", "add", "man", "printer"]);
    assert!(token["token"].as_str().unwrap().len() >= 32);
    assert_eq!(desk.run(&["token", "revoke", "printer"]).code, Some(0));
    assert_eq!(desk.run(&["token", "revoke", "printer"]).code, Some(1), "it is revoked already");
    assert_eq!(desk.run(&["user", "disable", "man"]).code, Some(0));
}

#[test]
fn a_backup_is_restored_only_where_nothing_is_lost() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["backup", "copy.db"]).code, Some(1), "there is nothing to copy");
    desk.json(&["migrate"]);
    assert_eq!(desk.run(&["backup", "copy.db"]).code, Some(0));
    assert_eq!(desk.run(&["backup", "copy.db"]).code, Some(1), "it would be overwritten");
    desk.json(&["token", "add", "quantri", "later"]);
    let entries = |desk: &Desk| desk.json(&["verify"])["entries"].as_u64().unwrap();
    let after = entries(&desk);

    assert_eq!(desk.run(&["restore", "copy.db"]).code, Some(1));
    desk.write("junk.db", "no database at all");
    std::fs::copy(desk.path("copy.db"), desk.path("half.db")).unwrap();
    cut(&desk.path("half.db"));
    desk.write("empty.db", "");
    for broken in ["junk.db", "half.db", "empty.db", "not-there.db"] {
        let ran = desk.run(&["restore", broken, "--replace"]);
        assert_eq!(ran.code, Some(1), "{broken}: {}", ran.out);
    }
    assert_eq!(entries(&desk), after, "a refused copy took the place");
    let done = desk.json(&["restore", "copy.db", "--replace"]);
    assert_eq!(entries(&desk), after - 1);
    assert!(Path::new(&desk.path(done["previous"].as_str().unwrap())).exists());
}

/// Leaves the first half of a file.
fn cut(path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

#[test]
fn a_list_of_procedures_is_compared_without_being_taken_and_rules_are_imported() {
    let desk = Desk::new();
    desk.json(&["migrate"]);
    desk.write(
        "list.csv",
        "code,name,field,limit_value,limit_unit,commitment_value\n1.004873,Tên mới,Hộ tịch,3,working_day,2\n\
         9.000001,Thủ tục mới,Hộ tịch,1,month,\n9.000002,Sai,Hộ tịch,-1,month,\n",
    );
    for _ in 0..2 {
        let report = desk.json(&["import", "procedures", "list.csv", "--dry-run"]);
        assert_eq!((&report["added"], &report["changed"]), (&1.into(), &1.into()), "nothing was written: {report}");
        assert_eq!(report["rejected"][0]["field"], "limit_value");
        let fields = report["changes"][0]["fields"].as_array().unwrap();
        let name = fields.iter().find(|field| field["field"] == "name").unwrap();
        assert_eq!(name["after"], "Tên mới");
        assert!(fields.iter().any(|field| field["field"] == "commitment" && field["after"] == "2 working_day"));
        assert_eq!(report["changes"][1]["added"], true);
    }
    let told = desk.run(&["import", "procedures", "list.csv"]);
    assert!(told.out.contains("thêm 1, đổi 1") && told.out.contains("~ 1.004873 Tên mới"), "{}", told.out);
    assert_eq!(desk.json(&["import", "procedures", "list.csv"])["unchanged"], 2);

    let rule = "kind,limit_value,limit_unit,valid_from,basis\nacceptance,6,working_hour,2027-01-01,Nghị định mới\n\
                hand_over,,,2027-01-01,bãi bỏ\nlunch,1,hour,2027-01-01,\n";
    desk.write("rules.csv", rule);
    let report = desk.json(&["import", "rules", "rules.csv"]);
    assert_eq!((&report["changed"], &report["rejected"][0]["field"]), (&2.into(), &"kind".into()));
    assert_eq!(desk.json(&["import", "rules", "rules.csv"])["unchanged"], 2);

    let rungs = "procedure,kind,level,working_days,audiences,ways,valid_from\n1.004873,still-overdue,1,5,manager,mail,2027-01-01\n\
                 1.004873,overdue,1,,boss,mail,2027-01-01\n";
    desk.write("ladder.csv", rungs);
    let told = desk.run(&["import", "ladder", "ladder.csv"]);
    assert!(told.out.contains("thêm 1") && told.out.contains("dòng 3: audiences: boss"), "{}", told.out);
    let report = desk.json(&["import", "ladder", "ladder.csv"]);
    assert_eq!((&report["unchanged"], &report["rejected"][0]["row"]), (&1.into(), &3.into()));
}

#[test]
fn with_several_agencies_a_verb_that_works_in_one_asks_which() {
    let desk = Desk::new();
    desk.json(&["agency", "add", "H38.20", "UBND xã Bên Kia", "--like", "H38.19"]);
    desk.json(&["agency", "add", "H38", "Trung tâm tỉnh", "--province"]);
    let twice = desk.run(&["agency", "add", "h38.20", "Lần nữa", "--like", "KHONG-CO"]);
    assert_eq!(twice.code, Some(1), "{}", twice.err);
    let all = desk.json(&["agency", "list"]);
    let codes: Vec<&str> =
        all["agencies"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["H38.19", "H38", "H38.20"]);
    assert_eq!(all["agencies"][2]["units"], all["agencies"][0]["units"]);
    let report = ["report", "summary", "--from", "2026-03-01", "--to", "2026-03-31"];
    let which = desk.run(&report);
    assert_eq!(which.code, Some(2));
    assert!(which.err.contains("H38.19, H38, H38.20"), "{}", which.err);
    assert_eq!(desk.json(&[&report[..], &["--agency", "H38.20"]].concat())["agency"], "H38.20");
    assert_eq!(desk.run(&[&report[..], &["--agency", "H38.99"]].concat()).code, Some(1));
    let add = ["user", "add", "b.canbo", "--name", "Cán bộ", "--role", "clerk"];
    assert_eq!(desk.run(&add).code, Some(2));
    desk.json(&[&add[..], &["--agency", "H38.20"]].concat());
    assert_eq!(desk.json(&["agency", "list"])["agencies"][2]["people"], 1);
    let province = desk.json(&["report", "province", "--from", "2026-03-01", "--to", "2026-03-31"]);
    assert_eq!(province["agencies"].as_array().unwrap().len(), 2);
    assert_eq!(province["agencies"][0]["rank"], Value::Null, "no files, no rank");
    desk.json(&["sweep"]);
    assert_eq!(desk.run(&["verify"]).code, Some(0));
}

#[test]
fn a_period_is_closed_by_a_manager_and_its_bytes_are_those_of_the_printed_hash() {
    use sha2::{Digest, Sha256};
    let desk = Desk::new();
    desk.write("dossiers.csv", DOSSIERS);
    let at = |words: &[&str]| desk.run(&[words, &["--now", "2026-12-01T08:00"]].concat());
    assert_eq!(at(&["import", "dossiers", "dossiers.csv"]).code, Some(0));
    let early = desk.run(&["period", "close", "2026-11", "--by", "giamdoc", "--now", "2026-11-30T08:00"]);
    assert!(early.code == Some(1) && early.err.contains("01/12/2026"), "{}", early.err);
    let nobody = at(&["period", "close", "2026-11", "--by", "motcua"]);
    assert!(nobody.code == Some(1) && nobody.err.contains("lãnh đạo"), "{}", nobody.err);
    let wrong = at(&["period", "close", "2026-13", "--by", "giamdoc"]);
    assert!(wrong.code == Some(1) && wrong.err.contains("2026-Q4"), "{}", wrong.err);
    let later = ["--now", "2026-12-01T09:00"];
    let closed = desk.json(&[&["period", "close", "2026-11", "--by", "giamdoc"][..], &later].concat());
    let shown = desk.run(&["period", "show", "2026-11", "--json"]);
    let hash = dunghen::store::journal::hex(&Sha256::digest(shown.out.as_bytes()));
    assert_eq!(closed["sha256"].as_str(), Some(hash.as_str()));
    assert!(desk.run(&["period", "show", "2026-11"]).out.contains(&hash));
    let list = desk.json(&[&["period", "list"][..], &later].concat());
    assert!(list["items"].as_array().unwrap().iter().any(|line| line["sha256"] == closed["sha256"]));
    let delta = desk.json(&[&["period", "delta", "2026-11"][..], &later].concat());
    assert_eq!((&delta["unexplained"], &delta["dossiers"]), (&serde_json::json!([]), &serde_json::json!([])));
    assert_eq!(desk.json(&["verify"])["periods"], 1);
}
