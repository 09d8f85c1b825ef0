//! Ids from the injected clock, and secrets from the machine's random source.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::domain::time::Instant;
use crate::store::journal::hex;

use super::error::{OfficeError, OfficeResult};

/// What tells the ids of this process from those of all others.
struct Maker {
    /// Counts them, from a random start: neighbours in time are neighbours in the index.
    count: AtomicU32,
    chance: [u8; 3],
}

static MAKER: LazyLock<Result<Maker, String>> = LazyLock::new(|| {
    let mut random = [0_u8; 7];
    getrandom::fill(&mut random).map_err(|error| error.to_string())?;
    let [start @ .., _, _, _] = random;
    let [_, _, _, _, chance @ ..] = random;
    Ok(Maker { count: AtomicU32::new(u32::from_be_bytes(start) >> 1), chance })
});

/// A UUIDv7 made at `now`: ids sort by time, and within a moment as they were made.
///
/// # Errors
/// When the machine gives no random bytes.
pub fn id(now: Instant) -> OfficeResult<String> {
    let maker = MAKER.as_ref().map_err(no_chance)?;
    let mut tail = [0_u8; 10];
    // Version and variant sit in the first three bytes; the count follows, then chance.
    let count = maker.count.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let bytes = [0; 3].into_iter().chain(count).chain(maker.chance);
    tail.iter_mut().zip(bytes).for_each(|(byte, given)| *byte = given);
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().to_string())
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

/// The secret of a citizen's page: 128 random bits, short enough for one line of a letter.
///
/// # Errors
/// When the machine gives no random bytes.
pub fn page_secret() -> OfficeResult<String> {
    let mut random = [0_u8; 16];
    fill(&mut random)?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}

/// Letters and digits that are not taken for each other when they are read out.
const SPOKEN: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// A secret that is read out or written on paper: three groups of four, 59 random bits.
///
/// # Errors
/// When the machine gives no random bytes.
pub fn spoken_secret() -> OfficeResult<String> {
    let mut random = [0_u8; 12];
    fill(&mut random)?;
    let letter = |byte: &u8| SPOKEN.get(usize::from(*byte) % SPOKEN.len()).copied().map_or('x', char::from);
    let groups: Vec<String> = random.chunks(4).map(|group| group.iter().map(letter).collect()).collect();
    Ok(groups.join("-"))
}

/// What is kept of a secret: high-entropy values need no slow hash.
#[must_use]
pub fn secret_hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn fill(bytes: &mut [u8]) -> OfficeResult<()> {
    getrandom::fill(bytes).map_err(no_chance)
}

fn no_chance(error: impl std::fmt::Display) -> OfficeError {
    OfficeError::Broken(format!("no random bytes: {error}"))
}
