//! The database as a whole: migrate, backup, restore.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::compose::{couriers_of, open_store};
use crate::config::Settings;
use crate::domain::time::{Instant, local};
use crate::office::setup_people::{self, Differs};
use crate::office::{Office, OfficeResult, setup};
use crate::store::{DatabaseUrl, Durability, Store, people};

use super::output::{Failure, Streams};

/// Answers `migrate`.
///
/// # Errors
/// The database.
pub fn migrate(settings: &Settings, now: Instant, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let store = open_store(settings)?;
    let applied = setup::prepare(&store, settings, now)?;
    streams.answer(&json!({ "applied": applied }), || match applied.len() {
        0 => "Cơ sở dữ liệu đã ở phiên bản của chương trình".to_owned(),
        _ => format!("Đã áp dụng: {}", applied.join(", ")),
    })
}

/// Answers `migrate --status`; a SQLite file that is not there is not made.
///
/// # Errors
/// The database.
pub fn migration_status(settings: &Settings, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let url = settings.database_url().map_err(Failure::reason)?;
    if let DatabaseUrl::Sqlite(path) = &url
        && !path.exists()
    {
        let text = format!("Chưa có cơ sở dữ liệu {}; migrate hoặc serve sẽ tạo", path.display());
        return streams.answer(&json!({ "exists": false, "pending": [] }), || text);
    }
    let pending = open_store(settings)?.pending_migrations().map_err(crate::office::OfficeError::from)?;
    streams.answer(&json!({ "exists": true, "pending": pending }), || match pending.len() {
        0 => "Không thiếu gì".to_owned(),
        _ => format!("Còn thiếu: {}", pending.join(", ")),
    })
}

/// Answers `config check` for settings without a mistake: what they say otherwise than a database that is there.
/// A database that cannot be asked is no mistake of the settings.
///
/// # Errors
/// When the answer cannot be written.
pub fn check(settings: &Settings, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let differs = known(settings).map(|store| setup_people::differences(&store, settings)).and_then(Result::ok);
    let differs = differs.unwrap_or_default();
    streams.answer(&json!({ "ok": true, "differs": differs }), || {
        let mut lines = vec!["Cài đặt không có lỗi".to_owned()];
        let line = |one: &Differs| {
            format!("{}: {} khác cơ sở dữ liệu; cơ sở dữ liệu được dùng", one.name, one.fields.join(", "))
        };
        lines.extend(differs.iter().map(line));
        lines.join("\n")
    })
}

/// The database of the settings as it is: not made, not migrated.
fn known(settings: &Settings) -> Option<Store> {
    if let DatabaseUrl::Sqlite(path) = settings.database_url().ok()?
        && !path.exists()
    {
        return None;
    }
    let store = open_store(settings).ok()?;
    store.pending_migrations().ok()?.is_empty().then_some(store)
}

/// Answers `backup`: a consistent copy, written beside and renamed, so that a name that is there is whole.
///
/// # Errors
/// When the file is there already or cannot be written; on PostgreSQL with the command to use.
pub fn backup(settings: &Settings, file: &Path, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let source = sqlite_of(settings, "pg_dump --format=custom --file=FILE \"$DATABASE_URL\"")?;
    if !source.exists() {
        return Err(Failure::reason(format!("chưa có cơ sở dữ liệu {}", source.display())));
    }
    if file.exists() {
        return Err(Failure::reason(format!("{} đã có; hãy chọn tên khác", file.display())));
    }
    let draft = beside(file, "part");
    discard(&draft);
    open_store(settings)?.copy_to(&draft).map_err(crate::office::OfficeError::from)?;
    let failed = |error: std::io::Error| Failure::reason(format!("{}: {error}", file.display()));
    let kept = std::fs::File::open(&draft).and_then(|copy| copy.sync_all());
    kept.and_then(|()| std::fs::rename(&draft, file)).map_err(failed)?;
    let bytes = std::fs::metadata(file).map_err(failed)?.len();
    streams.answer(&json!({ "file": file.display().to_string(), "bytes": bytes }), || {
        format!("Đã sao lưu vào {} ({bytes} byte). Tệp có dữ liệu cá nhân: hãy giữ như giữ hồ sơ.", file.display())
    })
}

/// Answers `restore`: the copy is opened and proven before it takes the place of anything.
///
/// # Errors
/// When the file is no sound copy, or a database is there and was not to be replaced.
pub fn restore(
    settings: &Settings,
    now: Instant,
    file: &Path,
    replacing: Replacing,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let target = sqlite_of(settings, "pg_restore --clean --if-exists --dbname=\"$DATABASE_URL\" FILE")?;
    let occupied = std::fs::metadata(&target).is_ok_and(|there| there.len() > 0);
    if occupied && replacing == Replacing::Refused {
        let why = format!("{} đã có dữ liệu; thêm --replace để thay (bản cũ được giữ lại bên cạnh)", target.display());
        return Err(Failure::reason(why));
    }
    let proven = beside(&target, "restore");
    let checked = prove(settings, file, &proven);
    discard(&beside(&proven, "copy"));
    let entries = checked.inspect_err(|_| discard(&proven))?;
    let failed = |error: std::io::Error| Failure::reason(format!("{}: {error}", target.display()));
    let old = beside(&target, &format!("before-restore-{}", local(now).format("%Y%m%d-%H%M%S")));
    set_aside(&target, &old)?;
    std::fs::rename(&proven, &target).map_err(failed)?;
    let kept = occupied.then(|| old.display().to_string());
    streams.answer(&json!({ "restored": target.display().to_string(), "entries": entries, "previous": kept }), || {
        let previous = kept.as_ref().map(|old| format!("; bản cũ ở {old}")).unwrap_or_default();
        format!("Đã đưa vào dùng {}, nhật ký {entries} dòng, đã kiểm tra{previous}", file.display())
    })
}

/// Whether a database that is there may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replacing {
    Refused,
    Allowed,
}

/// Makes `proven` a sound database out of `file`, which stays as it is; answers the journal's length.
fn prove(settings: &Settings, file: &Path, proven: &Path) -> Result<u64, Failure> {
    let failed = |error: std::io::Error| Failure::reason(format!("{}: {error}", file.display()));
    let (draft, begin) = (beside(proven, "copy"), b"SQLite format 3\0");
    discard(&draft);
    discard(proven);
    std::fs::copy(file, &draft).map_err(failed)?;
    if !std::fs::read(file).map_err(failed)?.starts_with(begin) {
        return Err(no_copy(file));
    }
    let unreadable = |error: crate::office::OfficeError| Failure::office(&error, "cơ quan trong bản sao lưu");
    let store = Store::open(&DatabaseUrl::Sqlite(draft), Durability::Full).map_err(|error| unreadable(error.into()))?;
    let known: OfficeResult<_> = store.read(|conn| Ok(people::all_agencies(conn)?));
    if known.map_err(|_| no_copy(file))?.is_empty() {
        return Err(no_copy(file));
    }
    store.migrate().map_err(|error| unreadable(error.into()))?;
    let couriers = couriers_of(settings).map_err(Failure::reason)?;
    let office = Office::open(store.clone(), settings.clone(), couriers).map_err(unreadable)?;
    let report = office.verify(&mut |_| {}).map_err(unreadable)?;
    if !report.is_sound() {
        let (broken, differ, days) = (report.broken.len(), report.dates_differ.len(), report.days_differ.len());
        return Err(Failure::reason(format!(
            "{}: kiểm tra không đạt: {broken} dòng nhật ký sai, {differ} ngày hẹn khác, số liệu của {days} ngày khác; \
             không thay gì",
            file.display()
        )));
    }
    // A copy of the copy is one whole file, whatever its connections still held back.
    store.copy_to(proven).map_err(|error| unreadable(error.into()))?;
    std::fs::File::open(proven).and_then(|file| file.sync_all()).map_err(failed)?;
    Ok(report.entries)
}

fn no_copy(file: &Path) -> Failure {
    Failure::reason(format!("{} không phải bản sao lưu của Đúng Hẹn", file.display()))
}

/// Moves away what is there, log first: a log left behind would be read into the new database.
fn set_aside(target: &Path, old: &Path) -> Result<(), Failure> {
    for suffix in ["-wal", "-shm", ""] {
        let (from, to) = (appended(target, suffix), appended(old, suffix));
        if from.exists() {
            std::fs::rename(&from, to).map_err(|error| Failure::reason(format!("{}: {error}", from.display())))?;
        }
    }
    Ok(())
}

fn sqlite_of(settings: &Settings, command: &str) -> Result<PathBuf, Failure> {
    match settings.database_url().map_err(Failure::reason)? {
        DatabaseUrl::Sqlite(path) => Ok(path),
        DatabaseUrl::Postgres(_) => Err(Failure::reason(format!("PostgreSQL: hãy dùng {command}"))),
    }
}

/// `PATH.SUFFIX` in the same folder, so that a rename is one step.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    appended(path, &format!(".{suffix}"))
}

fn appended(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Removes what an earlier run left, with its log.
fn discard(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        // What is not there need not go; what cannot go is met again when it is written.
        std::fs::remove_file(appended(path, suffix)).unwrap_or_default();
    }
}
