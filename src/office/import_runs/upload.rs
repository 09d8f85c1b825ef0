//! A file on its way in: written to the folder piece by piece, gone again unless it is kept.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::config::Imports;
use crate::office::error::{OfficeError, OfficeResult};

/// So long a file may lie without a run: a slow upload is younger.
const UNTOUCHED: Duration = Duration::from_hours(24);

/// Whether a piece found room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    Fits,
    /// The file is larger than a file may be.
    Full,
}

/// The file so far.
#[derive(Debug)]
pub struct Upload {
    id: String,
    path: PathBuf,
    file: File,
    bytes: u64,
    most: u64,
    kept: bool,
}

impl Upload {
    pub(super) fn begin(settings: &Imports, id: String) -> OfficeResult<Self> {
        let folder = Path::new(&settings.folder);
        private_folder(folder).map_err(|error| broken(folder, &error))?;
        let path = folder.join(&id);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let file = private(&mut options).open(&path).map_err(|error| broken(&path, &error))?;
        Ok(Self { id, path, file, bytes: 0, most: settings.max_bytes, kept: false })
    }

    /// Writes the next piece.
    ///
    /// # Errors
    /// When the disk cannot be written.
    pub fn push(&mut self, piece: &[u8]) -> OfficeResult<Room> {
        self.bytes = self.bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if self.bytes > self.most {
            return Ok(Room::Full);
        }
        self.file.write_all(piece).map_err(|error| broken(&self.path, &error))?;
        Ok(Room::Fits)
    }

    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn finish(&mut self) -> OfficeResult<()> {
        self.file.sync_all().map_err(|error| broken(&self.path, &error))
    }

    pub(super) fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.kept {
            remove(&self.path);
        }
    }
}

pub(super) fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, path = %path.display(), "a file that was brought could not be deleted");
    }
}

/// Files in the folder on which nothing was written for a day: a process that ended while they were
/// brought leaves them without a run.
pub(super) fn left_behind(settings: &Imports) -> Vec<PathBuf> {
    let Ok(folder) = fs::read_dir(&settings.folder) else { return Vec::new() };
    let old = |path: &PathBuf| {
        let written = path.metadata().and_then(|about| about.modified()).ok();
        written.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > UNTOUCHED)
    };
    folder.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_file() && old(path)).collect()
}

#[cfg(unix)]
fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn private_folder(folder: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).create(folder)
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn broken(path: &Path, error: &std::io::Error) -> OfficeError {
    OfficeError::Broken(format!("{}: {error}", path.display()))
}
