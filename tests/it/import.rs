//! Import of dossiers, procedures and calendar: what is right is taken once, what is wrong is told.

use std::io::Cursor;

use dunghen::domain::dossier::StageName;
use dunghen::domain::problem::{FieldError, FileProblem, Problem};
use dunghen::domain::time::rfc3339;
use dunghen::office::import::{ImportReport, Mapping, Run};
use dunghen::office::{Actor, OfficeError};
use dunghen::store::promises::PromiseKind;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::support::{App, NO_LIMIT, THREE_DAYS, is_postgres};

const HEADER: &str =
    "code,procedure_code,applicant_name,channel,received_at,due_at,resolved_at,returned_at,outcome,applicant_email\n";

fn import(app: &App, bytes: impl Into<Vec<u8>>, mapping: &Mapping, run: Run) -> Result<ImportReport, OfficeError> {
    let file = Cursor::new(bytes.into());
    app.office.import_dossiers(app.now(), &Actor::CommandLine, file, mapping, run, &mut |_| {})
}

fn take(app: &App, rows: &str) -> ImportReport {
    import(app, format!("{HEADER}{rows}"), &Mapping::native(), Run::Real).unwrap()
}

fn refused(result: Result<ImportReport, OfficeError>) -> Vec<FieldError> {
    match result {
        Err(OfficeError::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    }
}

fn counts(report: &ImportReport) -> [u64; 5] {
    [report.read, report.imported, report.unchanged, report.updated, report.rejected_rows]
}

fn told(report: &ImportReport) -> Vec<(u64, &str)> {
    report.rejected.iter().map(|line| (line.row, line.field)).collect()
}

#[test]
fn a_register_is_taken_over_with_its_history_and_a_second_run_changes_nothing() {
    let app = App::new();
    let rows = format!(
        "X-1,{THREE_DAYS},Nguyễn Văn An,online,2026-02-23 09:00,,,,,\n\
         X-2,{THREE_DAYS},Trần Thị Bình,counter,2026-02-23 09:00,,2026-02-25 10:00,2026-02-25 15:00,,\n\
         X-3,{THREE_DAYS},Lê Văn Cường,post,2026-02-23 09:00,,2026-02-24 10:00,,withdrawn,\n\
         X-4,{NO_LIMIT},Phạm Thị Dung,online,2026-02-23 09:00,,2026-02-24 10:00,,refused,\n"
    );
    assert_eq!(counts(&take(&app, &rows)), [4, 4, 0, 0, 0]);
    let open = app.whole("X-1");
    assert_eq!(rfc3339(open.row.due_at.unwrap()), "2026-02-26T17:00:00+07:00");
    assert!(open.row.next_check_at.is_some_and(|at| at <= app.now()), "it is overdue: the sweep looks at once");
    let returned = app.row("X-2");
    assert_eq!(returned.stage, StageName::Granted);
    assert_eq!(rfc3339(returned.returned_at.unwrap()), "2026-02-25T15:00:00+07:00");
    assert_eq!(app.row("X-3").stage, StageName::Withdrawn);
    assert_eq!((app.row("X-4").stage, app.row("X-4").due_at), (StageName::Refused, None));
    let lines = app.number("SELECT COUNT(*) AS value FROM journal");
    assert_eq!(counts(&take(&app, &rows)), [4, 0, 4, 0, 0]);
    assert_eq!(app.number("SELECT COUNT(*) AS value FROM journal"), lines);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn every_wrong_field_is_told_with_its_row_and_the_good_rows_are_kept() {
    let app = App::new();
    let long = "Ă".repeat(300);
    let rows = format!(
        "A-1,{THREE_DAYS},{long},online,2026-02-23 09:00,,,,,\n\
         A-2,9.999999,An,fax,23-02-2026,,,,,\n\
         ,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\n\
         A-4,{THREE_DAYS},An,online,2027-01-01 09:00,,,,,\n\
         A-5,{THREE_DAYS},An,online,2010-01-01 09:00,,,,,\n\
         A-6,{THREE_DAYS},An,online,2026-02-23 09:00,,2026-02-22 09:00,,,\n\
         A-7,{THREE_DAYS},An,online,2026-02-23 09:00,,,2026-02-24 09:00,,\n\
         A-8,{THREE_DAYS},An,online,2026-02-23 09:00,,2026-02-24 09:00,2026-02-24 10:00,stopped,\n\
         A-9,{THREE_DAYS},An,online,2026-02-23 09:00,,2026-02-24 09:00,,lost,\n\
         A-10,{THREE_DAYS},An,online,,,,,,\n\
         \n\
         A-11,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\n"
    );
    let report = take(&app, &rows);
    assert_eq!(counts(&report), [11, 1, 0, 0, 10], "{report:?}");
    let expected = [
        (2, "applicant_name"),
        (3, "received_at"),
        (3, "channel"),
        (3, "procedure_code"),
        (4, "code"),
        (5, "received_at"),
        (6, "received_at"),
        (7, "resolved_at"),
        (8, "resolved_at"),
        (9, "returned_at"),
        (10, "outcome"),
        (11, "received_at"),
    ];
    assert_eq!(told(&report), expected);
    assert_eq!(report.rejected[1].value, "23-02-2026");
    assert!(report.rejected.iter().all(|line| !line.reason.is_empty() && line.value.chars().count() <= 200));
    assert_eq!(app.row("A-11").code, "A-11");
}

#[test]
fn hostile_values_are_text_or_refused_and_never_run() {
    let app = App::new();
    let rows = format!(
        "H-1,{THREE_DAYS},\"=cmd|'/c calc'!A1\",online,2026-02-23 09:00,,,,,\n\
         H-2,{THREE_DAYS},Nguye\u{302}\u{303}n Va\u{306}n An,online,2026-02-23 09:00,,,,,an@example.vn\n\
         H-3,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\"a@example.vn\r\nBcc: b@example.vn\"\n\
         H-4,{THREE_DAYS},\"An, Bình; \"\"Cường\"\"\",online,2026-02-23 09:00,,,,,\n\
         H-5,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,an@\n\
         H/6,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\n\
         \"H-7,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\n\
         H-8,{THREE_DAYS},'; DROP TABLE dossiers; --,online,2026-02-23 09:00,,,,,\n\
         H-9,{THREE_DAYS},A\0n,online,2026-02-23 09:00,,,,,\n"
    );
    let report = take(&app, &rows);
    assert_eq!(counts(&report), [9, 4, 0, 0, 5], "{report:?}");
    // The address of H-3 spans two lines of the file; the zero byte costs its own row only.
    let expected = [(4, "applicant_email"), (7, "applicant_email"), (8, "code"), (9, "row"), (11, "applicant_name")];
    assert_eq!(told(&report), expected);
    assert_eq!(app.row("H-1").applicant_name, "=cmd|'/c calc'!A1");
    assert_eq!(app.row("H-2").applicant_name, "Nguyễn Văn An");
    assert_eq!(app.row("H-4").applicant_name, "An, Bình; \"Cường\"");
    assert_eq!(app.row("H-8").applicant_name, "'; DROP TABLE dossiers; --");
}

#[test]
fn a_row_in_another_encoding_is_refused_with_the_remedy_and_not_guessed() {
    let app = App::new();
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend_from_slice(format!("L-1,{THREE_DAYS},Nguy").as_bytes());
    bytes.extend_from_slice(b"\xean,online,2026-02-23 09:00,,,,,\n");
    bytes.extend_from_slice(format!("L-2,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\n").as_bytes());
    let report = import(&app, bytes, &Mapping::native(), Run::Real).unwrap();
    assert_eq!(counts(&report), [2, 1, 0, 0, 1]);
    assert_eq!(told(&report), [(2, "applicant_name")]);
    assert!(report.rejected[0].reason.contains("CSV UTF-8"), "{}", report.rejected[0].reason);
}

#[test]
fn a_file_without_rows_or_columns_is_told_before_anything_is_taken() {
    let app = App::new();
    assert_eq!(counts(&take(&app, "")), [0; 5]);
    let native = Mapping::native();
    assert_eq!(refused(import(&app, "", &native, Run::Real))[0].problem, FileProblem::Empty.into());
    let missing: Vec<_> =
        refused(import(&app, "code,channel\nA,online\n", &native, Run::Real)).into_iter().map(|e| e.value).collect();
    assert_eq!(missing, ["procedure_code", "applicant_name", "received_at"]);
    let twice = refused(import(&app, format!("code,{HEADER}"), &native, Run::Real));
    assert_eq!((twice[0].value.as_str(), &twice[0].problem), ("code", &Problem::ColumnTwice));
}

#[test]
fn the_promise_that_was_made_is_kept_and_the_difference_told() {
    let app = App::new();
    let rows = format!(
        "D-1,{THREE_DAYS},An,online,2026-02-23 09:00,2026-02-26 17:00,,,,\n\
         D-2,{THREE_DAYS},An,online,2026-02-26 09:00,2026-03-01 09:00,,,,\n\
         D-3,{THREE_DAYS},An,online,2010-10-04 09:00,2010-11-29 09:00,2010-11-30 09:00,,,\n\
         D-4,{NO_LIMIT},An,online,2026-02-23 09:00,03/03/2026,,,,\n\
         D-5,{THREE_DAYS},An,online,2026-02-23 09:00,2026-02-20 17:00,,,,\n"
    );
    let report = take(&app, &rows);
    assert_eq!(counts(&report), [5, 4, 0, 0, 1]);
    assert_eq!(told(&report), [(6, "due_at")]);
    let differs: Vec<_> =
        report.differs.iter().map(|line| (line.code.as_str(), line.computed.as_deref(), line.why.as_str())).collect();
    let from = "theo quy định: 3 ngày làm việc từ";
    assert_eq!(
        differs,
        [
            (
                "D-2",
                Some("2026-03-03T17:00:00+07:00"),
                format!("{from} 26/02/2026; không tính 2 ngày nghỉ hằng tuần").as_str()
            ),
            ("D-3", None, format!("{from} 04/10/2010; lịch làm việc năm 2010 chưa công bố").as_str()),
            ("D-4", None, format!("thủ tục {NO_LIMIT} chưa có thời hạn giải quyết trong danh mục").as_str()),
        ]
    );
    let whole = app.whole("D-2");
    assert_eq!(whole.promises[0].kind, PromiseKind::Imported);
    assert_eq!(rfc3339(whole.row.due_at.unwrap()), "2026-03-01T09:00:00+07:00");
    assert_eq!(rfc3339(app.row("D-4").due_at.unwrap()), "2026-03-03T17:00:00+07:00", "a day lasts until closing time");
    assert_eq!(counts(&take(&app, &rows)), [5, 0, 4, 0, 1]);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn later_steps_are_taken_and_facts_of_receipt_never_change() {
    let app = App::new();
    let first = format!("U-1,{THREE_DAYS},An,online,2026-02-23 09:00,2026-02-26 17:00,,,,\n");
    take(&app, &first);
    let resolved = format!("U-1,{THREE_DAYS},An,online,2026-02-23 09:00,,2026-02-25 10:00,,,\n");
    assert_eq!(counts(&take(&app, &resolved)), [1, 0, 0, 1, 0]);
    let returned = format!("U-1,{THREE_DAYS},An,online,2026-02-23 09:00,,2026-02-25 10:00,2026-02-26 10:00,granted,\n");
    assert_eq!(counts(&take(&app, &returned)), [1, 0, 0, 1, 0]);
    assert_eq!(counts(&take(&app, &returned)), [1, 0, 1, 0, 0]);
    assert_eq!(counts(&take(&app, &first)), [1, 0, 1, 0, 0], "an older copy of the register takes nothing back");
    let lines = app.number("SELECT COUNT(*) AS value FROM journal");
    for (row, field, kept) in [
        ("U-1,1.004873,An,online,2026-02-23 09:01,,,,,", "received_at", "2026-02-23T09:00:00+07:00"),
        ("U-1,1.004873,An,post,2026-02-23 09:00,,,,,", "channel", "online"),
        ("U-1,1.001193,An,online,2026-02-23 09:00,,,,,", "procedure_code", "1.004873"),
        ("U-1,1.004873,An,online,2026-02-23 09:00,2026-02-27 17:00,,,,", "due_at", "2026-02-26T17:00:00+07:00"),
        ("U-1,1.004873,An,online,2026-02-23 09:00,,2026-02-26 09:00,,,", "resolved_at", "2026-02-25T10:00:00+07:00"),
        ("U-1,1.004873,An,online,2026-02-23 09:00,,2026-02-25 10:00,,refused,", "outcome", "granted"),
    ] {
        let report = take(&app, row);
        assert_eq!(told(&report), [(2, field)], "{row}");
        assert!(report.rejected[0].reason.contains(kept), "{}", report.rejected[0].reason);
    }
    assert_eq!(app.number("SELECT COUNT(*) AS value FROM journal"), lines);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_file_brings_no_backdated_result_for_a_dossier_that_was_received_here() {
    let app = App::new();
    app.at("2026-02-23 09:00");
    let row = app.log(THREE_DAYS, "online").code("H-1").done();
    app.at("2026-03-02 08:00");
    let late = format!("H-1,{THREE_DAYS},{},online,2026-02-23 09:00,,2026-02-25 10:00,,,\n", row.applicant_name);
    let report = take(&app, &late);
    assert_eq!(told(&report), [(2, "resolved_at")], "{report:?}");
    assert_eq!(app.row("H-1").stage, StageName::Processing);
    // As it stands here it is no news.
    let same = format!("H-1,{THREE_DAYS},{},online,2026-02-23 09:00,,,,,\n", row.applicant_name);
    assert_eq!(counts(&take(&app, &same)), [1, 0, 1, 0, 0]);
}

#[test]
fn the_second_row_of_a_code_is_a_later_word_on_the_first() {
    let app = App::new();
    let rows = format!(
        "T-1,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\n\
         T-2,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\n\
         T-1,{THREE_DAYS},An,online,2026-02-23 09:00,,2026-02-24 09:00,,,\n\
         T-1,{THREE_DAYS},An,counter,2026-02-23 09:00,,,,,\n\
         T-2,{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\n"
    );
    let report = take(&app, &rows);
    assert_eq!(counts(&report), [5, 2, 1, 1, 1], "{report:?}");
    assert_eq!(told(&report), [(5, "channel")]);
    assert_eq!(app.row("T-1").stage, StageName::Granted);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_dry_run_counts_like_a_real_one_over_several_batches_and_keeps_nothing() {
    let app = App::new();
    let mut rows = String::from(HEADER);
    for number in 0..1200 {
        // Every tenth is wrong, and the last hundred repeat the first codes.
        let (channel, code) = (if number % 10 == 3 { "fax" } else { "online" }, number % 1100);
        rows.push_str(&format!("R-{code},{THREE_DAYS},An,{channel},2026-02-23 09:00,,,,,\n"));
    }
    let dry = import(&app, rows.clone(), &Mapping::native(), Run::Dry).unwrap();
    assert_eq!(counts(&dry), [1200, 990, 90, 0, 120]);
    assert_eq!(app.number("SELECT COUNT(*) AS value FROM dossiers"), 0);
    assert_eq!(app.number("SELECT COUNT(*) AS value FROM journal WHERE dossier_id IS NOT NULL"), 0);
    let mut heard = Vec::new();
    let file = Cursor::new(rows.into_bytes());
    let real = app
        .office
        .import_dossiers(app.now(), &Actor::CommandLine, file, &Mapping::native(), Run::Real, &mut |at| heard.push(at))
        .unwrap();
    assert_eq!(counts(&real), counts(&dry));
    assert_eq!(heard.iter().map(|at| at.read).collect::<Vec<_>>(), [500, 1000, 1200]);
    assert!(heard.last().is_some_and(|at| Some(at.bytes_done) == at.bytes_total));
    assert_eq!(app.number("SELECT COUNT(*) AS value FROM dossiers"), 990);
}

#[test]
fn a_row_that_the_database_refuses_does_not_take_its_batch_along() {
    let app = App::new();
    app.sql(if is_postgres() {
        "ALTER TABLE dossiers ADD CONSTRAINT not_this CHECK (code <> 'B-2')"
    } else {
        "CREATE TRIGGER not_this BEFORE INSERT ON dossiers WHEN NEW.code = 'B-2' BEGIN SELECT RAISE(ABORT, 'no'); END"
    });
    let row = |code: &str| format!("{code},{THREE_DAYS},An,online,2026-02-23 09:00,,,,,\n");
    let report = take(&app, &["B-1", "B-2", "B-3"].map(row).concat());
    assert_eq!(counts(&report), [3, 2, 0, 0, 1]);
    assert_eq!(told(&report), [(3, "row")]);
    assert_eq!(app.row("B-3").code, "B-3");
}

#[test]
fn a_mapping_renames_columns_sets_constants_and_reads_foreign_dates() {
    let app = App::new();
    let mapping = Mapping::parse(
        "[columns]\ncode = 'Mã hồ sơ'\nreceived_at = 'Ngày tiếp nhận'\nresolved_at = 'Ngày có kết quả'\n\
         applicant_name = 'Chủ hồ sơ'\nchannel = 'Hình thức'\ne_result = 'Bản điện tử'\n\
         [constants]\nprocedure_code = '1.004873'\nfee_due = true\n[values.channel]\n'Trực tuyến' = 'online'\n\
         [dates]\nformats = ['%d/%m/%Y %H:%M', '%d/%m/%Y', 'rfc3339']\nzone = 'Asia/Ho_Chi_Minh'\n",
    )
    .unwrap();
    let text = "\u{feff}DANH SÁCH HỒ SƠ;;;\n\nMã hồ sơ;Chủ hồ sơ;Hình thức;Ngày tiếp nhận;Ngày có kết quả;Bản điện tử\n\
                M-1;Trần Thị Bình;Trực tuyến;23/02/2026 09:30;25/02/2026;có\n\
                M-2;Lê Văn Cường;Zalo;23/02/2026 09:30;;không\n\
                M-3;Lê Văn Cường;Trực tuyến;2026-02-23 09:30:12.5+08:00;;đúng\n";
    let report = import(&app, text, &mapping, Run::Real).unwrap();
    assert_eq!(counts(&report), [3, 1, 0, 0, 2], "{report:?}");
    assert_eq!(told(&report), [(5, "channel"), (6, "e_result")]);
    let row = app.row("M-1");
    assert!(row.fee_due && row.e_result);
    assert_eq!(rfc3339(row.received_at), "2026-02-23T09:30:00+07:00");
    assert_eq!(rfc3339(row.closed_at.unwrap()), "2026-02-25T00:00:00+07:00");
}

#[test]
fn a_spreadsheet_with_titles_merged_cells_formulas_and_real_dates_is_read() {
    let app = App::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    sheet.merge_range(0, 0, 0, 4, "BÁO CÁO HỒ SƠ QUÝ I", &Format::new()).unwrap();
    for (column, name) in (0..).zip(["code", "procedure_code", "applicant_name", "channel", "received_at", "due_at"]) {
        sheet.write(2, column, name).unwrap();
    }
    let received = ExcelDateTime::parse_from_str("2026-02-23T09:41:07").unwrap();
    let due = ExcelDateTime::parse_from_str("2026-02-26T17:00").unwrap();
    sheet.write(3, 0, "S-1").unwrap();
    sheet.write(3, 1, THREE_DAYS).unwrap();
    sheet.write(3, 2, Formula::new("=\"Nguyễn \"&\"An\"").set_result("Nguyễn An")).unwrap();
    sheet.write(3, 3, "online").unwrap();
    sheet.write_with_format(3, 4, &received, &date).unwrap();
    sheet.write_with_format(3, 5, &due, &date).unwrap();
    sheet.write(5, 0, 260_223_000_001_u64).unwrap();
    sheet.write(5, 1, THREE_DAYS).unwrap();
    sheet.write(5, 2, "Trần Bình").unwrap();
    sheet.write(5, 3, "counter").unwrap();
    sheet.write(5, 4, "chiều thứ Hai").unwrap();
    sheet.write(6, 0, 260_223_000_002_u64).unwrap();
    sheet.write(6, 1, THREE_DAYS).unwrap();
    sheet.write(6, 2, "Trần Bình").unwrap();
    sheet.write(6, 3, "counter").unwrap();
    sheet.write(6, 4, "2026-02-23 10:00").unwrap();
    sheet.write(6, 9, "ghi chú ngoài bảng").unwrap();
    let report = import(&app, book.save_to_buffer().unwrap(), &Mapping::native(), Run::Real).unwrap();
    assert_eq!(counts(&report), [3, 2, 0, 0, 1], "{report:?}");
    assert_eq!(told(&report), [(6, "received_at")], "rows are numbered as the spreadsheet shows them");
    assert_eq!(report.differs, []);
    let row = app.row("S-1");
    assert_eq!(row.applicant_name, "Nguyễn An");
    assert_eq!(rfc3339(row.received_at), "2026-02-23T09:41:07+07:00");
    assert_eq!(app.row("260223000002").applicant_name, "Trần Bình");
}

#[test]
fn the_report_has_the_shape_that_scripts_rely_on() {
    let app = App::new();
    let report = take(&app, &format!("J-1,{THREE_DAYS},,online,2026-02-23 09:00,,,,,\n"));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["rejected"][0]["row"], 2);
    assert_eq!(json["rejected"][0]["field"], "applicant_name");
    for name in ["read", "imported", "unchanged", "updated"] {
        assert!(json[name].is_u64(), "{name}");
    }
    assert!(json["differs"].is_array());
}
