//! Tables that leave the office on paper.

use crate::domain::time::Instant;
use crate::render::pages::manager::ManagerPage;
use crate::render::tables::Table;

use super::Office;
use super::error::OfficeResult;

impl Office {
    /// The table as PDF, under the office's name and the moment of printing.
    ///
    /// # Errors
    /// The database; a page that cannot be set.
    pub fn printed_table(&self, now: Instant, table: &Table) -> OfficeResult<Vec<u8>> {
        let office = self.reading(|_, rules| Ok(rules.agency()?.name.clone()))?;
        Ok(self.press.table(table, &office, now)?)
    }

    /// The manager's page as PDF.
    ///
    /// # Errors
    /// A page that cannot be set.
    pub fn printed_overview(&self, now: Instant, page: &ManagerPage) -> OfficeResult<Vec<u8>> {
        Ok(self.press.overview(page, now)?)
    }
}
