//! A mail server in memory that does what the test tells it.

use std::collections::VecDeque;
use std::sync::Mutex;

use dunghen::delivery::{Courier, DeliveryError, Outgoing, Taken};

/// Takes every message, unless answers were prepared.
#[derive(Default)]
pub struct MemoryCourier {
    taken: Mutex<Vec<Outgoing>>,
    answers: Mutex<VecDeque<DeliveryError>>,
}

impl MemoryCourier {
    /// Everything taken, in order.
    pub fn mails(&self) -> Vec<Outgoing> {
        self.taken.lock().unwrap().clone()
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
        self.taken.lock().unwrap().push(message.clone());
        Ok(Taken { answer: "250 taken".to_owned(), provider_id: None })
    }
}
