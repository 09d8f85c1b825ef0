//! A mail server in memory that does what the test tells it.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use dunghen::delivery::{Courier, DeliveryError, Outgoing, Taken};

/// Takes every message, unless answers were prepared.
#[derive(Default)]
pub struct MemoryCourier {
    taken: Mutex<Vec<Outgoing>>,
    answers: Mutex<VecDeque<DeliveryError>>,
    down: Mutex<Option<DeliveryError>>,
    tried: AtomicU32,
}

impl MemoryCourier {
    /// Everything taken, in order.
    pub fn mails(&self) -> Vec<Outgoing> {
        self.taken.lock().unwrap().clone()
    }

    /// Every message is answered with `error` until [`Self::comes_back`].
    pub fn goes_down(&self, error: DeliveryError) {
        *self.down.lock().unwrap() = Some(error);
    }

    pub fn comes_back(&self) {
        *self.down.lock().unwrap() = None;
    }

    /// How many messages were offered while it was down.
    pub fn tried(&self) -> u32 {
        self.tried.load(Ordering::Relaxed)
    }

    /// The next message is answered with `error`.
    pub fn refuse_next(&self, error: DeliveryError) {
        self.answers.lock().unwrap().push_back(error);
    }
}

impl Courier for MemoryCourier {
    fn send(&self, message: &Outgoing) -> Result<Taken, DeliveryError> {
        // A message that cannot be written down must not pass a test.
        message.formatted()?;
        if let Some(error) = self.answers.lock().unwrap().pop_front() {
            return Err(error);
        }
        if let Some(error) = self.down.lock().unwrap().clone() {
            self.tried.fetch_add(1, Ordering::Relaxed);
            return Err(error);
        }
        let mut taken = self.taken.lock().unwrap();
        taken.push(message.clone());
        Ok(Taken { answer: format!("250 kept as {}", taken.len()), provider_id: None })
    }
}
