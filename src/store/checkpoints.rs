//! SQLite writes a commit to its log and moves it into the file later. Left to itself the commit that comes by
//! then does it, and who committed waits; here most of it is done beside them.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::r2d2::{Error, ManageConnection};
use diesel::sql_types::Integer;

use super::opener::{Opener, Pooled};
use super::turns::Turns;

/// What is committed within this time goes to the file together.
const TOGETHER: Duration = Duration::from_millis(500);

/// Pages from which the log is to begin anew, which it does when nothing is left in it that is not in the file.
const LONG: i32 = 4_000;

/// Moves what was committed into the file, until it is dropped.
#[derive(Debug)]
pub(super) struct Checkpoints {
    committed: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    pub(super) fn beside(opener: Opener, writing: Arc<Turns>) -> Self {
        let (committed, told) = sync_channel(1);
        let thread =
            thread::Builder::new().name("checkpoints".to_owned()).spawn(move || keep_up(&opener, &writing, &told));
        if let Err(error) = &thread {
            tracing::warn!(%error, "no thread for checkpoints: commits do them");
        }
        Self { committed: Some(committed), thread: thread.ok() }
    }

    /// Something was committed.
    pub(super) fn tell(&self) {
        if let Some(committed) = &self.committed {
            // One that waits to be heard is enough.
            let _ = committed.try_send(());
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.committed = None;
        // The last connection that is closed leaves one file; it must not be ours, after the process.
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread for checkpoints panicked");
        }
    }
}

fn keep_up(opener: &Opener, writing: &Turns, told: &Receiver<()>) {
    let mut conn = None;
    while told.recv().is_ok() {
        let until = Instant::now() + TOGETHER;
        loop {
            match told.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if let Err(error) = catch_up(opener, writing, &mut conn) {
            // Commits do it once the log is very long.
            tracing::warn!(%error, "what was committed could not be moved into the file yet");
            conn = None;
        }
    }
}

fn catch_up(opener: &Opener, writing: &Turns, conn: &mut Option<Pooled>) -> Result<(), Error> {
    let conn = match conn {
        Some(conn) => conn,
        None => conn.insert(opener.connect()?),
    };
    let moved = checkpoint(conn)?;
    if moved.log > LONG && moved.checkpointed < moved.log {
        // What came meanwhile is little; with nobody writing it can be all.
        let _turn = writing.take();
        checkpoint(conn)?;
    }
    Ok(())
}

/// Pages that are in the log, and those of them that are in the file.
#[derive(QueryableByName)]
struct Moved {
    #[diesel(sql_type = Integer)]
    log: i32,
    #[diesel(sql_type = Integer)]
    checkpointed: i32,
}

/// Waits for nobody: what readers and a writer keep stays in the log.
fn checkpoint(conn: &mut Pooled) -> Result<Moved, Error> {
    diesel::sql_query("PRAGMA wal_checkpoint(PASSIVE)").get_result(&mut **conn).map_err(Error::QueryError)
}
