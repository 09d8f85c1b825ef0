//! Ids from the injected clock, and secrets from the machine's random source.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::domain::time::Instant;
use crate::store::journal::hex;

use super::error::{OfficeError, OfficeResult};

/// A UUIDv7 made at `now`: ids sort by time.
///
/// # Errors
/// When the machine gives no random bytes.
pub fn id(now: Instant) -> OfficeResult<String> {
    let mut random = [0_u8; 10];
    fill(&mut random)?;
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string())
}

/// A secret of 256 random bits, fit for addresses and cookies.
///
/// # Errors
/// When the machine gives no random bytes.
pub fn secret() -> OfficeResult<String> {
    let mut random = [0_u8; 32];
    fill(&mut random)?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}

/// What is kept of a secret: high-entropy values need no slow hash.
#[must_use]
pub fn secret_hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn fill(bytes: &mut [u8]) -> OfficeResult<()> {
    getrandom::fill(bytes).map_err(|error| OfficeError::Broken(format!("no random bytes: {error}")))
}
