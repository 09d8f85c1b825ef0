//! The import wizard: brought, mapped, checked, imported, reconciled; too large, broken, interrupted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::client::{Answer, Browser, Service, between};
use crate::support::{App, THREE_DAYS, instant};

const HEAD: &str = "Mã hồ sơ;Mã TTHC;Chủ hồ sơ;Hình thức nộp;Ngày tiếp nhận;Ngày hẹn trả\n";

/// A service whose files lie in a folder of its own.
fn service() -> (Service, PathBuf) {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("dunghen-imports-{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let settings = format!("[imports]\nfolder = '{}'\nmax_bytes = 65536\n", folder.display());
    (Service::with(&settings), folder)
}

fn brought(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

fn bring(service: &Service, browser: &Browser, csrf: &str, data: &[u8]) -> Answer {
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"../quy I <b>.csv\"\r\nContent-Type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(data);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let head = format!(
        "POST /nhap HTTP/1.1\r\nCookie: {}\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: {}\r\n",
        browser.cookie,
        body.len()
    );
    service.raw(&head, &body)
}

/// Brings a file and answers the address of its run.
fn run(service: &Service, browser: &Browser, rows: &str) -> String {
    let answer = bring(service, browser, &browser.csrf, format!("{HEAD}{rows}").as_bytes());
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").unwrap().to_owned()
}

const MAPPED: [(&str, &str); 10] = [
    ("step", "check"),
    ("c-code", "Mã hồ sơ"),
    ("c-procedure_code", "Mã TTHC"),
    ("c-applicant_name", "Chủ hồ sơ"),
    ("c-channel", "Hình thức nộp"),
    ("c-received_at", "Ngày tiếp nhận"),
    ("c-due_at", "Ngày hẹn trả"),
    ("t-channel-0", "Trực tiếp tại quầy"),
    ("w-channel-0", "counter"),
    ("save_as", "Cổng tỉnh"),
];

/// Waits for the page of a run to say that nothing works on it.
fn settled(service: &Service, browser: &Browser, at: &str) -> String {
    for _ in 0..50_000 {
        let state = service.get(browser, &format!("{at}/trang-thai")).body;
        if state.contains("\"works\":false") {
            return service.get(browser, at).body;
        }
        std::thread::yield_now();
    }
    panic!("{at} is still worked on");
}

fn dossiers(app: &App) -> i64 {
    app.number("SELECT COUNT(*) FROM dossiers")
}

fn rows() -> String {
    format!(
        "X-1;{THREE_DAYS};Nguyễn Văn An;Trực tiếp tại quầy;23/02/2026 09:00;26/02/2026 17:00\n\
         X-2;{THREE_DAYS};Trần Thị Bình;Trực tiếp tại quầy;23/02/2026 09:00;27/02/2026 17:00\n\
         X-3;9.999999;Lê Văn Cường;Trực tiếp tại quầy;31/02/2026;\n"
    )
}

#[test]
fn a_file_is_brought_mapped_checked_imported_and_reconciled() {
    let (service, folder) = service();
    let browser = service.signed_in("motcua");
    service.app.at("2026-02-24 08:00");
    let ours = service.app.log(THREE_DAYS, "counter").received_at("2026-02-23 10:00").done().code;
    service.app.at("2026-03-02 08:00");
    let before = dossiers(&service.app);
    let at = run(&service, &browser, &rows());
    // Columns are recognised, the word of the channel is understood, the file's name is text.
    let page = service.get(&browser, &at).body;
    assert!(page.contains("<option value=\"Mã hồ sơ\" selected>") && page.contains("X-1 · X-2"), "{page}");
    assert!(page.contains("«Trực tiếp tại quầy»") && page.contains("quy I &#60;b&#62;.csv"), "{page}");
    assert_eq!(service.post(&browser, &format!("{at}/cot"), &MAPPED).status, 303);
    let preview = settled(&service, &browser, &at);
    assert_eq!(dossiers(&service.app), before, "a check writes nothing");
    assert!(preview.contains("Nếu nhập bây giờ"), "{preview}");
    assert!(preview.contains("9.999999") && preview.contains("31/02/2026"), "the wrong cells are shown: {preview}");
    assert!(!preview.contains("Nguyễn Văn An"), "only rows with faults");
    assert!(service.get(&browser, &format!("{at}?xem=tat-ca")).body.contains("Nguyễn Văn An"));
    let by_field = service.get(&browser, &format!("{at}?truong=received_at")).body;
    assert!(by_field.contains("31/02/2026"));
    assert!(preview.contains("27/02/2026") && preview.contains("X-2"), "who differs, and why");
    assert_eq!(service.post(&browser, &format!("{at}/nhap"), &[]).status, 303);
    let done = settled(&service, &browser, &at);
    assert_eq!(dossiers(&service.app), before + 2);
    assert!(done.contains("Kết quả nhập") && done.contains("X-3") && done.contains(&ours), "{done}");
    let list = service.get(&browser, &format!("{at}/bi-loai.csv"));
    assert!(list.body.contains("4,procedure_code,9.999999,"), "{}", list.body);
    // The command line reads the mapping that was made here.
    let map = service.get(&browser, &format!("{at}/MAP.toml")).body;
    assert!(dunghen::office::import::Mapping::parse(&map).is_ok(), "{map}");
    assert!(map.contains("\"Trực tiếp tại quầy\" = \"counter\""), "{map}");
    // Again, by the saved mapping: nothing changes.
    let again = run(&service, &browser, &rows());
    assert!(service.get(&browser, &again).body.contains("Cổng tỉnh"));
    let by_name = service.get(&browser, &format!("{again}?mau=C%E1%BB%95ng%20t%E1%BB%89nh")).body;
    assert!(by_name.contains("value=\"Cổng tỉnh\"") && by_name.contains("<option value=\"Mã TTHC\" selected>"));
    service.post(&browser, &format!("{again}/cot"), &MAPPED);
    settled(&service, &browser, &again);
    service.post(&browser, &format!("{again}/nhap"), &[]);
    let second = settled(&service, &browser, &again);
    assert_eq!(dossiers(&service.app), before + 2);
    assert!(second.contains("<dt>Không đổi</dt><dd>2</dd>"), "{second}");
    assert_eq!(brought(&folder), 2);
    for one in [&at, &again] {
        assert_eq!(service.post(&browser, &format!("{one}/bo"), &[]).status, 303);
    }
    assert_eq!(brought(&folder), 0, "nothing of the files is left");
    assert_eq!(dossiers(&service.app), before + 2, "what was imported stays");
}

#[test]
fn a_file_that_is_too_large_is_refused_with_a_sentence_and_leaves_nothing() {
    let (service, folder) = service();
    let browser = service.signed_in("motcua");
    let large = vec![b'a'; 70_000];
    let answer = bring(&service, &browser, &browser.csrf, &large);
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("Tệp quá lớn") && answer.body.contains("aria-invalid"), "{}", answer.body);
    let just = format!("{HEAD}X-1;{}\n", "a".repeat(65_000 - HEAD.len()));
    assert_eq!(bring(&service, &browser, &browser.csrf, just.as_bytes()).status, 303, "below the limit");
    assert_eq!(brought(&folder), 1);
}

#[test]
fn what_is_no_table_or_not_our_form_is_refused_and_leaves_nothing() {
    let (service, folder) = service();
    let browser = service.signed_in("motcua");
    for (data, status) in [(&b""[..], 422), (b"\n\n", 422), (b"PK\x03\x04 no zip", 422), (b"\xD0\xCF\x11\xE0", 422)] {
        let answer = bring(&service, &browser, &browser.csrf, data);
        assert_eq!(answer.status, status, "{data:?}: {}", answer.body);
        assert!(answer.body.contains("href=\"#file\""));
    }
    assert_eq!(bring(&service, &browser, "guessed", b"a,b\n").status, 403);
    assert_eq!(brought(&folder), 0);
    assert_eq!(service.app.number("SELECT COUNT(*) FROM import_runs"), 0);
}

#[test]
fn a_mapping_that_makes_no_sense_is_named_at_its_field_and_kept() {
    let (service, _) = service();
    let browser = service.signed_in("motcua");
    let at = run(&service, &browser, &rows());
    let mut wrong = MAPPED.to_vec();
    wrong.extend([("k-channel", "online"), ("formats", "ngày")]);
    let page = service.post(&browser, &format!("{at}/cot"), &wrong);
    assert_eq!(page.status, 422);
    assert!(page.body.contains("href=\"#c-channel\"") && page.body.contains("value=\"online\""), "{}", page.body);
    assert!(page.body.contains("href=\"#formats\"") && page.body.contains("id=\"formats\""), "{}", page.body);
    assert_eq!(service.app.number("SELECT COUNT(*) FROM import_mappings"), 0, "not saved");
    // A needed field without a column: the file cannot be read by it, and the form is there again.
    let lacking: Vec<_> = MAPPED.into_iter().filter(|(name, _)| *name != "c-code").collect();
    assert_eq!(service.post(&browser, &format!("{at}/cot"), &lacking).status, 303);
    let page = settled(&service, &browser, &at);
    assert!(page.contains("Không đọc được tệp theo cách ghép này") && page.contains("id=\"ghep\""), "{page}");
}

#[test]
fn an_import_that_a_restart_cut_off_is_taken_up_again_by_the_job() {
    let (service, _) = service();
    let browser = service.signed_in("motcua");
    let at = run(&service, &browser, &rows());
    service.post(&browser, &format!("{at}/cot"), &MAPPED);
    settled(&service, &browser, &at);
    // As a process leaves it that ended in the middle: it says that it works, and nobody does.
    let app = &service.app;
    app.sql("UPDATE import_runs SET state = 'importing', beats = beats + 3");
    let resume = |text: &str| {
        app.clock.set(instant(text));
        app.office.resume_imports(app.now()).unwrap()
    };
    assert_eq!(resume("2026-03-02 08:10"), BTreeMap::default(), "somebody may still be at it");
    assert_eq!(resume("2026-03-02 08:11"), BTreeMap::default());
    assert_eq!(resume("2026-03-02 08:13"), [("resumed".to_owned(), 1)].into());
    assert_eq!(dossiers(app), 2);
    assert_eq!(app.number("SELECT COUNT(*) FROM import_runs WHERE state = 'done'"), 1);
    assert_eq!(resume("2026-03-02 08:20"), BTreeMap::default(), "done is done");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
    // Files are not kept for ever.
    assert_eq!(resume("2026-04-05 08:00"), [("forgotten".to_owned(), 1)].into());
    let browser = service.sign_in("motcua");
    assert_eq!(service.get(&browser, &at).status, 404);
}

#[test]
fn the_journal_names_who_asked_for_the_import_and_who_deleted_the_file() {
    let (service, _) = service();
    let (clerk, other) = (service.signed_in("motcua"), service.signed_in("quantri"));
    let at = run(&service, &clerk, &rows());
    service.post(&clerk, &format!("{at}/cot"), &MAPPED);
    settled(&service, &clerk, &at);
    assert_eq!(service.post(&other, &format!("{at}/nhap"), &[]).status, 303);
    settled(&service, &clerk, &at);
    let app = &service.app;
    assert_eq!(app.number("SELECT COUNT(*) FROM journal WHERE kind = 'logged' AND actor = 'quantri'"), 2);
    // A check and an import: both stand in the log, each with its own person.
    assert_eq!(app.number("SELECT COUNT(*) FROM imports"), 2);
    // While it is imported nobody deletes it: how it ended would be lost.
    app.sql("UPDATE import_runs SET state = 'importing'");
    assert_eq!(service.post(&clerk, &format!("{at}/bo"), &[]).status, 409);
    app.sql("UPDATE import_runs SET state = 'done'");
    assert_eq!(service.post(&clerk, &format!("{at}/bo"), &[]).status, 303);
    assert_eq!(app.number("SELECT COUNT(*) FROM journal WHERE kind = 'import_dropped' AND actor = 'motcua'"), 1);
}

#[test]
fn a_file_without_a_run_is_deleted_once_nobody_writes_to_it() {
    let (service, folder) = service();
    let browser = service.signed_in("motcua");
    run(&service, &browser, &rows());
    let now = std::fs::metadata(&folder).unwrap().modified().unwrap();
    let old = now - std::time::Duration::from_hours(25);
    for entry in std::fs::read_dir(&folder).unwrap() {
        std::fs::File::options().write(true).open(entry.unwrap().path()).unwrap().set_modified(old).unwrap();
    }
    for (name, age) in [("left", old), ("coming", now)] {
        std::fs::File::create(folder.join(name)).unwrap().set_modified(age).unwrap();
    }
    let app = &service.app;
    assert_eq!(app.office.resume_imports(app.now()).unwrap(), [("orphans".to_owned(), 1)].into());
    assert!(brought(&folder) == 2 && folder.join("coming").exists(), "what has a run stays, and what is on its way");
}

#[test]
fn a_spreadsheet_is_recognised_too() {
    let (service, _) = service();
    let browser = service.signed_in("motcua");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Danh sách hồ sơ quý I").unwrap();
    for (column, name) in (0..).zip(["MaHoSo", "MaTTHC", "ChuHoSo", "HinhThuc", "NgayTiepNhan"]) {
        sheet.write(2, column, name).unwrap();
    }
    for (column, text) in (0..).zip(["X-9", THREE_DAYS, "Đào Thị Bảng", "Nộp trực tuyến", "23/02/2026 09:00"])
    {
        sheet.write(3, column, text).unwrap();
    }
    let answer = bring(&service, &browser, &browser.csrf, &book.save_to_buffer().unwrap());
    assert_eq!(answer.status, 303, "{}", answer.body);
    let at = answer.header("location").unwrap().to_owned();
    let page = service.get(&browser, &at).body;
    assert!(page.contains("<option value=\"NgayTiepNhan\" selected>"), "{page}");
    let words = between(&page, "name=\"w-channel-0\">", "</select>").unwrap();
    assert!(words.contains("<option value=\"online\" selected>"), "{words}");
    let mapped = [
        ("c-code", "MaHoSo"),
        ("c-procedure_code", "MaTTHC"),
        ("c-applicant_name", "ChuHoSo"),
        ("c-channel", "HinhThuc"),
        ("c-received_at", "NgayTiepNhan"),
        ("t-channel-0", "Nộp trực tuyến"),
        ("w-channel-0", "online"),
    ];
    service.post(&browser, &format!("{at}/cot"), &mapped);
    settled(&service, &browser, &at);
    service.post(&browser, &format!("{at}/nhap"), &[]);
    settled(&service, &browser, &at);
    assert_eq!(service.app.row("X-9").channel.to_string(), "online");
}
