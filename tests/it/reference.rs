//! Import of procedures and calendar: every change is a new version, what is wrong is told.

use dunghen::domain::time::rfc3339;
use dunghen::office::Actor;
use dunghen::office::reference::ReferenceReport;

use crate::support::{App, THREE_DAYS};

const PROCEDURES: &str = include_str!("../../config/procedures.csv");
const CALENDAR: &str = include_str!("../../config/calendar.csv");
const COLUMNS: &str = "code,name,field,channel,limit_value,limit_unit,filing,decision,confidence\n";

fn procedures(app: &App, text: &str) -> ReferenceReport {
    app.office.import_procedures(app.now(), &Actor::CommandLine, text.as_bytes()).unwrap()
}

fn calendar(app: &App, text: &str) -> ReferenceReport {
    app.office.import_calendar(app.now(), &Actor::CommandLine, text.as_bytes()).unwrap()
}

fn moved(report: &ReferenceReport) -> [u64; 4] {
    [report.added, report.changed, report.unchanged, report.removed]
}

fn told(report: &ReferenceReport) -> Vec<(u64, &str)> {
    report.rejected.iter().map(|line| (line.row, line.field)).collect()
}

#[test]
fn the_shipped_files_are_taken_whole_and_a_second_time_change_nothing() {
    let app = App::new();
    let lines = app.number("SELECT COUNT(*) AS value FROM journal");
    let report = procedures(&app, PROCEDURES);
    assert_eq!(report.rejected, []);
    assert_eq!((report.added, report.changed, report.read), (0, 0, 257));
    assert_eq!(i64::try_from(report.unchanged).unwrap(), app.number("SELECT COUNT(*) AS value FROM procedures"));
    let report = calendar(&app, CALENDAR);
    assert_eq!((report.read, moved(&report), report.rejected.len()), (60, [0, 0, 60, 0], 0));
    assert_eq!(app.number("SELECT COUNT(*) AS value FROM journal"), lines);
}

#[test]
fn a_changed_limit_is_a_new_version_and_older_dossiers_keep_theirs() {
    let app = App::new();
    let before = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-02 09:00");
    let text = format!("{COLUMNS}{THREE_DAYS},Xác nhận,Hộ tịch,any,1,working_day,partial,QĐ 1,confirmed\n");
    assert_eq!(moved(&procedures(&app, &text)), [0, 1, 0, 0]);
    assert_eq!(moved(&procedures(&app, &text)), [0, 0, 1, 0]);
    app.at("2026-03-02 09:30");
    let after = app.log(THREE_DAYS, "online").done();
    assert_eq!(rfc3339(after.due_at.unwrap()), "2026-03-03T17:00:00+07:00");
    assert_eq!(rfc3339(app.row(&before.code).due_at.unwrap()), "2026-03-05T17:00:00+07:00");
    assert_ne!(app.row(&before.code).procedure_id, after.procedure_id);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn limits_by_channel_belong_to_one_procedure_and_a_wrong_row_leaves_it_as_it_is() {
    let app = App::new();
    let good = format!(
        "\u{feff}{}9.000001;Thủ tục mới;Hộ tịch;online;1;working_day;online;;confirmed\n\
         9.000001;Thủ tục mới;Hộ tịch;counter;;same_day;online;;confirmed\n",
        COLUMNS.replace(',', ";")
    );
    assert_eq!(moved(&procedures(&app, &good)), [1, 0, 0, 0]);
    let bad = format!(
        "{COLUMNS}9.000001,Thủ tục mới,Hộ tịch,online,2,working_day,online,,confirmed\n\
         9.000001,Thủ tục mới,Hộ tịch,counter,-3,working_day,online,,confirmed\n\
         9.000002,,Hộ tịch,fax,1,fortnight,by_pigeon,,maybe\n\
         9.000003,Thủ tục khác,Hộ tịch,any,,,online,,limit_missing\n\
         9.000004,Thủ tục khác,Hộ tịch,any,,,online,,confirmed\n"
    );
    let report = procedures(&app, &bad);
    assert_eq!(moved(&report), [1, 0, 0, 0]);
    let wrong = told(&report);
    assert_eq!(wrong[..2], [(2, "code"), (3, "limit_value")]);
    let fields: Vec<_> = wrong.iter().filter(|(row, _)| *row == 4).map(|(_, field)| *field).collect();
    assert_eq!(fields, ["name", "channel", "confidence", "filing", "limit_unit"]);
    assert_eq!(wrong.last(), Some(&(6, "limit_unit")), "only limit_missing may lack a limit");
}

#[test]
fn calendar_changes_are_one_new_version_and_other_years_stay() {
    let app = App::new();
    let before = app.log(THREE_DAYS, "online").done();
    let days = app.number("SELECT COUNT(*) AS value FROM calendar_days WHERE until_version IS NULL");
    let of_2026: String = CALENDAR
        .lines()
        .filter(|line| line.starts_with("2026-"))
        .fold(String::new(), |text, line| if line.starts_with("2026-01-01") { text } else { text + line + "\n" });
    let text = format!("date,kind,name,basis,confidence\n{of_2026}2026-03-04,holiday,Ngày nghỉ mới,QĐ 2,confirmed\n");
    let report = calendar(&app, &text);
    assert_eq!((report.added, report.changed, report.removed), (1, 0, 1));
    assert_eq!(app.number("SELECT COUNT(*) AS value FROM calendar_days WHERE until_version IS NULL"), days);
    let after = app.log(THREE_DAYS, "online").done();
    assert_eq!(rfc3339(before.due_at.unwrap()), "2026-03-05T17:00:00+07:00");
    assert_eq!(rfc3339(after.due_at.unwrap()), "2026-03-06T17:00:00+07:00");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound(), "the old promise replays under the old calendar");
}

#[test]
fn wrong_calendar_rows_are_told_and_remove_nothing() {
    let app = App::new();
    let text = "date,kind,name,basis,confidence\n2026-13-01,holiday,A,,confirmed\n2026-05-05,party,A,,confirmed\n\
                2026-05-06,holiday,,,confirmed\n2026-05-07,holiday,A,,sure\n2026-05-08,holiday,A,,confirmed\n\
                2026-05-08,swapped_working,A,,confirmed\n1026-05-08,holiday,A,,confirmed\n";
    let report = calendar(&app, text);
    assert_eq!(moved(&report), [1, 0, 0, 0]);
    assert_eq!(told(&report), [(2, "date"), (3, "kind"), (4, "name"), (5, "confidence"), (7, "date"), (8, "date")]);
}
