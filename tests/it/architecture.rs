//! The rooms and their arrows: `docs/architecture.md` against `src/`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The room of a file: the first part of its path under `src/`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The code of a file without its own test module and comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Room → (what it may import, what it never may), from the table in the docs.
fn table() -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    let docs = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let section = docs.split("## Who may import whom").nth(1).unwrap().split("\n## ").next().unwrap();
    let words =
        |cell: &str| cell.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
    section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            (cells[0].trim_matches('`').to_owned(), (words(cells[1]), words(cells[2])))
        })
        .collect()
}

/// The rooms and crates that a file names: `crate::room`, and crates by `use` or by path.
fn named(text: &str, crates: &BTreeSet<String>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in text.split("crate::").skip(1) {
        if let Some(rest) = part.strip_prefix('{') {
            let inner = rest.split('}').next().unwrap();
            names.extend(inner.split(',').filter_map(|one| one.trim().split("::").next()).map(str::to_owned));
        }
        names.insert(part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
    }
    for name in crates {
        let path = format!("{name}::");
        let by_path = text
            .match_indices(&path)
            .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
        if by_path || text.contains(&format!("use {name};")) {
            names.insert(name.clone());
        }
    }
    names.remove("");
    names
}

fn dependencies() -> BTreeSet<String> {
    let manifest: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    manifest["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect()
}

#[test]
fn no_room_imports_what_the_table_forbids() {
    let (table, crates) = (table(), dependencies());
    assert!(table.len() >= 9, "the table of docs/architecture.md was not read");
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut faults = Vec::new();
    for file in &files {
        let Some((may, never)) = table.get(&room(file)) else { continue };
        let rooms: BTreeSet<String> =
            table.keys().cloned().chain(["compose", "serve", "telemetry"].map(str::to_owned)).collect();
        for name in named(&code(file), &crates) {
            let known = rooms.contains(&name) || crates.contains(&name);
            if known && name != room(file) && (never.contains(&name) || !may.contains(&name)) {
                faults.push(format!("{} imports {name}", file.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(faults.is_empty(), "forbidden arrows:\n{}", faults.join("\n"));
}

#[test]
fn every_room_stands_in_the_table() {
    let table = table();
    for entry in std::fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(table.contains_key(&name), "src/{name} has no row in docs/architecture.md");
        }
    }
}

#[test]
fn the_web_writes_nothing_itself() {
    let mut files = Vec::new();
    sources(&root().join("src/web"), &mut files);
    for file in files {
        let text = code(&file);
        assert!(!text.contains(".write("), "{} calls write", file.display());
        let tx = text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "Tx");
        assert!(!tx, "{} names Tx", file.display());
    }
}

#[test]
fn the_check_would_see_a_forbidden_import() {
    let crates = dependencies();
    assert!(named("use diesel::prelude::*;", &crates).contains("diesel"));
    assert!(named("let x = crate::store::Store::open();", &crates).contains("store"));
    assert!(named("use crate::{clock::Clock, domain};", &crates).contains("clock"));
    assert!(!named("let my_diesel::x;", &crates).contains("diesel"));
}

#[test]
fn no_handler_has_another_office_than_the_callers() {
    let mut found = Vec::new();
    sources(&root().join("src/web"), &mut found);
    let mut looked = 0;
    for path in found {
        let inside = path.strip_prefix(root().join("src/web")).unwrap().to_string_lossy().into_owned();
        let text = code(&path);
        // The guard makes the request's `Site` out of the service's; the jobs are those of the whole install.
        let may = |known: &str| inside == known;
        assert!(may("guard.rs") || !text.contains("Data<Site>"), "{inside} takes the office of everybody");
        assert!(may("pages/jobs.rs") || !text.contains("everywhere()"), "{inside} leaves the office of the caller");
        let others = ["of_agency(", "of_agency_code(", "of_what(", "each()"];
        let leaves = others.iter().any(|call| text.contains(&format!("office.{call}")));
        assert!(may("scope.rs") || !leaves, "{inside} goes into the office of another");
        looked += 1;
    }
    assert!(looked > 80, "only {looked} files were looked at");
}
