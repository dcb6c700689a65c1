//! Reads the entry file, then every file that references lead to.

use std::collections::VecDeque;
use std::sync::Arc;

use super::arena::Text;
use super::builder::{Builder, Built};
use super::file::{File, Span};
use super::finding::Failure;
use super::loader::Loader;
use super::node::Kind;
use super::tree::{Lookup, Tree};
use super::{decode, json, uri, yaml};
use crate::diagnostic::{Diagnostics, Location, codes};

/// Limits that keep hostile descriptions from taking all memory.
#[derive(Clone, Debug)]
pub struct Options {
    /// The most bytes one file may have.
    pub max_file_bytes: usize,
    /// The most files that are read.
    pub max_files: usize,
    /// The most levels that values may be nested, also through aliases.
    pub max_depth: usize,
    /// The most values all files may have together.
    pub max_nodes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            max_file_bytes: 256 << 20,
            max_files: 10_000,
            max_depth: 512,
            max_nodes: 20_000_000,
        }
    }
}

impl Options {
    /// Offsets have 31 bits, and unescaping at most doubles a text; files have 16 bits.
    fn capped(&self) -> Options {
        Options {
            max_file_bytes: self.max_file_bytes.min(1 << 30),
            max_files: self.max_files.min(usize::from(u16::MAX)),
            max_depth: self.max_depth,
            max_nodes: self.max_nodes.min(1 << 30),
        }
    }
}

/// Reads the entry file and all files that its references, and theirs, lead to.
///
/// None when the entry cannot be read at all; a diagnostic says why. Files that cannot be read are
/// reported by whoever resolves a reference to them; files with broken syntax are reported here.
pub fn read(
    entry: &str,
    loader: &dyn Loader,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Tree> {
    let options = &options.capped();
    Reader {
        tree: Tree::default(),
        loader,
        options,
        diagnostics,
        met: 0,
    }
    .entry(entry)
}

/// Files that descriptions refer to for long texts.
const PROSE: [&str; 4] = [".md", ".markdown", ".txt", ".html"];

struct Reader<'a> {
    tree: Tree,
    loader: &'a dyn Loader,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
    /// How many files were met, broken ones too.
    met: u32,
}

impl Reader<'_> {
    fn entry(mut self, name: &str) -> Option<Tree> {
        let path = uri::normalize(name);
        let mut queue = match self.loader.load(name) {
            Ok(bytes) => VecDeque::from(self.file(name, &path, "", bytes)?),
            Err(reason) => {
                let message = format!("cannot read `{name}`: {reason}");
                self.diagnostics.bare(&codes::UNREADABLE_FILE, message);
                return None;
            }
        };
        while let Some(next) = queue.pop_front() {
            if self.tree.paths.contains_key(&next) {
                continue;
            }
            if self.tree.paths.len() >= self.options.max_files {
                let limit = self.options.max_files;
                let message =
                    format!("more than {limit} files; `{next}` and further ones are not read");
                self.diagnostics.bare(&codes::TOO_LARGE, message);
                break;
            }
            queue.extend(self.referenced_file(uri::folder(&path), next));
        }
        Some(self.tree)
    }

    /// Reads a file that a reference names; gives the paths it names itself.
    fn referenced_file(&mut self, entry_folder: &str, path: String) -> Vec<String> {
        match self.loader.load(&path) {
            Ok(bytes) => {
                let relative = uri::relative_to(entry_folder, &path);
                self.file(&path, &path, &relative, bytes)
                    .unwrap_or_default()
            }
            Err(reason) => {
                self.tree.paths.insert(path, Lookup::Missing(reason));
                Vec::new()
            }
        }
    }

    /// Makes nodes of a file's bytes, or reports why not; gives the paths it names.
    fn file(
        &mut self,
        name: &str,
        path: &str,
        relative: &str,
        bytes: Vec<u8>,
    ) -> Option<Vec<String>> {
        let (text, wrong_encoding) = decode::text(bytes, self.options.max_file_bytes);
        let mut file = File::new(name, self.met, text);
        path.clone_into(&mut file.path);
        relative.clone_into(&mut file.relative);
        self.met += 1;
        let first_entry = self.tree.arena.entries.len();
        let built = match wrong_encoding {
            Some(failure) => Err(failure),
            None => self.parse(&file),
        };
        match built {
            Ok(built) => Some(self.keep(file, built, first_entry)),
            Err(failure) => {
                self.tree.paths.insert(file.path.clone(), Lookup::Broken);
                self.report(&Arc::new(file), failure);
                None
            }
        }
    }

    fn parse(&mut self, file: &File) -> Result<Built, Failure> {
        if PROSE.iter().any(|ending| file.name.ends_with(ending)) {
            return self.parse_with(file, prose);
        }
        if !file.text.trim_start().starts_with(['{', '[']) {
            return self.parse_with(file, yaml::parse);
        }
        let json = self.parse_with(file, json::parse);
        let Err(json_failure) = json else { return json };
        if !file.name.ends_with(".yaml") && !file.name.ends_with(".yml") {
            return Err(json_failure);
        }
        // YAML may be written with brackets; the parser that got further understood more.
        self.parse_with(file, yaml::parse).map_err(|yaml_failure| {
            if yaml_failure.span.start > json_failure.span.start {
                yaml_failure
            } else {
                json_failure
            }
        })
    }

    fn parse_with(
        &mut self,
        file: &File,
        parser: impl FnOnce(&mut Builder<'_>, &Options) -> Result<(), Failure>,
    ) -> Result<Built, Failure> {
        // Fits: the number of files is capped.
        let number = self.tree.files.len() as u16;
        let before = self.tree.arena.mark();
        let mut builder = Builder::new(&file.text, number, &mut self.tree.arena, self.options);
        let result = parser(&mut builder, self.options).and_then(|()| builder.finish());
        if result.is_err() {
            self.tree.arena.rewind(before);
        }
        result
    }

    /// Adds a file whose nodes are in the arena, and reports what is odd in it.
    fn keep(&mut self, mut file: File, built: Built, first_entry: usize) -> Vec<String> {
        let number = self.tree.files.len() as u16;
        file.unescaped = built.unescaped;
        self.tree
            .paths
            .insert(file.path.clone(), Lookup::Found(number));
        let file = Arc::new(file);
        self.tree.files.push(Arc::clone(&file));
        self.tree.roots.push(built.root);
        for finding in built.findings {
            finding.report(&self.tree, &file, self.diagnostics);
        }
        self.tree.index_file(number, first_entry)
    }

    fn report(&mut self, file: &Arc<File>, failure: Failure) {
        // What refers to a broken file degrades; without the entry there is nothing at all.
        let code = if file.order == 0 {
            failure.code
        } else {
            &codes::BROKEN_FILE
        };
        let place = Location::in_file(file, failure.span);
        let diagnostic = self.diagnostics.located(code, place, failure.message);
        if let Some(help) = failure.help {
            diagnostic.help(help);
        }
    }
}

/// Takes a whole file as one string.
fn prose(builder: &mut Builder<'_>, _: &Options) -> Result<(), Failure> {
    let end = builder.source.len();
    builder.scalar(Kind::String, Text::source(0, end), Span::new(0, end))?;
    Ok(())
}
