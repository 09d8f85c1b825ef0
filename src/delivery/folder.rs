//! One `.eml` a message in a folder: the default, so that nothing leaves a machine not set up to send.

use std::io::Write;
use std::path::PathBuf;

use super::{Courier, DeliveryError, Outgoing, Taken};

/// Writes messages into a folder; the same Message-ID writes the same file again.
#[derive(Debug, Clone)]
pub struct FolderCourier {
    folder: PathBuf,
}

impl FolderCourier {
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }
}

impl Courier for FolderCourier {
    fn send(&self, message: &Outgoing) -> Result<Taken, DeliveryError> {
        let bytes = message.formatted()?.formatted();
        let failed = |error: std::io::Error| DeliveryError::Temporary(format!("{}: {error}", self.folder.display()));
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        let name: String =
            message.message_id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect();
        // Written beside and renamed: a reader of the folder never sees half a message.
        let draft = self.folder.join(format!(".{name}.part"));
        let mut file = std::fs::File::create(&draft).map_err(failed)?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(failed)?;
        let place = self.folder.join(format!("{name}.eml"));
        std::fs::rename(&draft, &place).map_err(failed)?;
        Ok(Taken { answer: place.display().to_string(), provider_id: None })
    }
}
