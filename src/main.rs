//! The program: its streams, its words, its exit code.

use std::io::{self, BufWriter};
use std::process::ExitCode;

use dunghen::cli::{self, Shape, Streams};

/// Rows become many small texts: glibc's allocator took a seventh of the time of a sweep.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Not locked for the whole run: the service writes from other threads.
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
    let mut streams = Streams {
        input: &mut io::stdin().lock(),
        out: &mut out,
        err: &mut io::stderr(),
        sink: cli::sink(),
        shape: Shape::Human,
    };
    ExitCode::from(cli::run(std::env::args_os(), &mut streams))
}
