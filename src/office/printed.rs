//! Tables that leave the office as files.

use crate::domain::time::Instant;
use crate::render::pages::manager::ManagerPage;
use crate::render::sheets;
use crate::render::tables::{self, Table};

use super::Office;
use super::error::{OfficeError, OfficeResult};

/// How a table is written down; the figures are the same in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    Csv,
    Xlsx,
    Pdf,
}

impl TableFormat {
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Pdf];

    /// The ending of such a file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
        }
    }

    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

impl Office {
    /// The bytes of the table in this format, written at `now`; on paper under the office's name.
    ///
    /// # Errors
    /// The database; a page that cannot be set, more rows than a sheet holds.
    pub fn table_as(&self, now: Instant, table: &Table, format: TableFormat) -> OfficeResult<Vec<u8>> {
        match format {
            TableFormat::Csv => {
                let mut bytes = Vec::new();
                tables::csv(table, &mut bytes).map_err(|error| OfficeError::Broken(error.to_string()))?;
                Ok(bytes)
            }
            TableFormat::Xlsx => Ok(sheets::xlsx(table, now.timestamp())?),
            TableFormat::Pdf => {
                let office = self.reading(|_, rules| Ok(rules.agency()?.name.clone()))?;
                Ok(self.press.table(table, &office, now)?)
            }
        }
    }

    /// The manager's page as PDF.
    ///
    /// # Errors
    /// A page that cannot be set.
    pub fn printed_overview(&self, now: Instant, page: &ManagerPage) -> OfficeResult<Vec<u8>> {
        Ok(self.press.overview(page, now)?)
    }
}
