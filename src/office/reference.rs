//! placeholder until the real one lands
use super::{Actor, OfficeResult};
use crate::config::Settings;
use crate::domain::time::Instant;
use crate::store::Tx;
pub fn take_calendar(_tx: &mut Tx<'_>, _s: &Settings, _now: Instant, _a: &Actor, _d: &[u8]) -> OfficeResult<()> {
    Ok(())
}
pub fn take_procedures(_tx: &mut Tx<'_>, _now: Instant, _a: &Actor, _d: &[u8]) -> OfficeResult<()> {
    Ok(())
}
