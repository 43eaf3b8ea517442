//! Packs the files under `www/examples` into the one text that the page loads beside its program; `src/example.rs` says
//! why, and takes the files out again.

use std::path::Path;

use crate::files::{entries, file_name, read_text, write};
use crate::process::{Failure, Outcome, relative, root};

/// What a line begins with that names the file below it.
const HEAD: &str = "=== ";

/// Every file of every folder, by name, each below a line with its path.
pub fn pack() -> Outcome<String> {
    let mut packed = String::new();
    for folder in entries(&root().join("www/examples"))?.iter().filter(|path| path.is_dir()) {
        for file in entries(folder)? {
            let text = read_text(&file)?;
            if text.contains(HEAD) {
                let path = relative(&file);
                return Err(Failure::new(format!("{} holds `{HEAD}`, by which files are told apart", path.display())));
            }
            packed += &format!("{HEAD}{}/{}\n{text}", file_name(folder), file_name(&file));
        }
    }
    Ok(packed)
}

/// Trunk packs nothing, so a hook in `Trunk.toml` runs this.
pub fn for_trunk() -> Outcome {
    let Some(folder) = std::env::var_os("TRUNK_STAGING_DIR") else {
        return Err(Failure::new("this command is a hook of Trunk, which names its folder in TRUNK_STAGING_DIR"));
    };
    write(&Path::new(&folder).join("examples.txt"), pack()?.as_bytes())
}

#[cfg(test)]
mod tests {
    use rootlens::example::EXAMPLES;

    use super::*;

    #[test]
    fn the_program_finds_every_file_as_it_stands_in_its_folder() {
        let packed = pack().expect("packed");
        for example in EXAMPLES {
            let inputs = example.inputs(&packed).expect(example.name);
            assert_eq!(inputs.len(), example.files.len(), "{}", example.name);
            for (input, file) in inputs.iter().zip(example.files) {
                let path = root().join("www/examples").join(example.name).join(file);
                assert_eq!(input.name, *file);
                assert_eq!(input.bytes, std::fs::read(path).expect(file), "{}/{file}", example.name);
            }
        }
    }

    #[test]
    fn nothing_is_packed_that_no_example_has() {
        let packed = pack().expect("packed");
        let files: usize = EXAMPLES.iter().map(|example| example.files.len()).sum();
        assert_eq!(packed.matches(HEAD).count(), files);
    }
}
