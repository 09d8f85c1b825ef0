//! Turns at the database, in the order in which they are asked for. A few cores that work on many questions at once
//! answer all of them late; one after the other most are answered at once. And who writes one batch after the other
//! lets those who wait go first. What takes long is counted no more, so that it holds up nobody for ever.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A read that runs longer is not one of the short ones, for which the turns are.
const SHORT: Duration = Duration::from_millis(50);

/// Whose turn it is, in the order in which they came.
#[derive(Debug)]
pub(super) struct Turns {
    most: usize,
    short: Duration,
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Queue {
    next: u64,
    waiting: VecDeque<u64>,
    /// Those that began a short time ago.
    running: Vec<(u64, Instant)>,
}

/// Somebody whose turn it is, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    of: &'a Turns,
    number: u64,
}

impl Turns {
    /// One more than this machine has cores: while one waits for an answer, another has one to use.
    pub(super) fn of_machine() -> Self {
        Self::of(std::thread::available_parallelism().map_or(1, NonZero::get) + 1, SHORT)
    }

    /// So many at once; what runs longer than `short` is counted no more.
    pub(super) fn of(most: usize, short: Duration) -> Self {
        Self { most, short, queue: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits for a turn; no longer than those before it that are short, or turn out not to be.
    pub(super) fn take(&self) -> Turn<'_> {
        let mut queue = self.lock();
        let number = queue.next;
        queue.next += 1;
        queue.waiting.push_back(number);
        loop {
            let now = Instant::now();
            queue.running.retain(|(_, began)| now.duration_since(*began) < self.short);
            if queue.running.len() < self.most && queue.waiting.front() == Some(&number) {
                queue.waiting.pop_front();
                queue.running.push((number, now));
                if queue.running.len() < self.most {
                    self.changed.notify_all();
                }
                return Turn { of: self, number };
            }
            let oldest = queue.running.iter().map(|(_, began)| *began).min();
            let wait = oldest.map_or(self.short, |began| (began + self.short).saturating_duration_since(now));
            let woken = self.changed.wait_timeout(queue, wait).unwrap_or_else(PoisonError::into_inner);
            queue = woken.0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.of.lock().running.retain(|(number, _)| *number != self.number);
        self.of.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    #[test]
    fn no_more_run_at_once_and_they_come_in_their_order() {
        let turns = Turns::of(2, Duration::from_hours(1));
        let (first, second) = (turns.take(), turns.take());
        let (told, hears) = mpsc::channel();
        thread::scope(|scope| {
            for number in 0..3 {
                let (turns, told) = (&turns, told.clone());
                scope.spawn(move || {
                    let turn = turns.take();
                    told.send(number).unwrap();
                    drop(turn);
                });
                // Until it stands in the queue.
                while turns.lock().waiting.len() <= number {
                    thread::yield_now();
                }
            }
            assert_eq!(turns.lock().running.len(), 2);
            drop(first);
            assert_eq!(hears.iter().take(3).collect::<Vec<_>>(), [0, 1, 2]);
        });
        drop(second);
        assert!(turns.lock().running.is_empty());
    }

    #[test]
    fn what_takes_long_holds_nobody_up_not_even_its_own_thread() {
        let turns = Turns::of(1, Duration::from_millis(1));
        let long = turns.take();
        let within = turns.take();
        assert_eq!(turns.lock().running.len(), 1, "the long one is counted no more");
        drop(long);
        assert_eq!(turns.lock().running.len(), 1);
        drop(within);
    }
}
