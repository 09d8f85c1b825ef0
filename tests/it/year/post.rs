//! The post of the simulated year: it is down for hours, and knows addresses that do not exist.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use dunghen::delivery::{Courier, DeliveryError, Outgoing};
use dunghen::domain::time::Instant;

/// One message as it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub message_id: String,
    pub kind: String,
    pub to: String,
    pub code: String,
    pub at: Instant,
    pub with_letter: bool,
}

#[derive(Default)]
pub struct PostOffice {
    down: AtomicBool,
    taken: Mutex<Vec<Taken>>,
}

/// Nobody lives there: refused for good.
pub const NOBODY: &str = "khong-co@example.invalid";

impl PostOffice {
    pub fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::Relaxed);
    }

    /// Takes what left by another post.
    pub fn put(&self, taken: Vec<Taken>) {
        self.taken.lock().unwrap().extend(taken);
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }
}

impl Courier for PostOffice {
    fn send(&self, message: &Outgoing) -> Result<(), DeliveryError> {
        message.formatted()?;
        if self.down.load(Ordering::Relaxed) {
            return Err(DeliveryError::Temporary("421 the post is down".to_owned()));
        }
        if message.to == NOBODY {
            return Err(DeliveryError::Permanent("550 no such mailbox".to_owned()));
        }
        self.taken.lock().unwrap().push(Taken {
            message_id: message.message_id.clone(),
            kind: message.kind.clone(),
            to: message.to.clone(),
            code: message.dossier_code.clone(),
            at: message.at,
            with_letter: message.attachment.is_some(),
        });
        Ok(())
    }
}
