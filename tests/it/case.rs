//! Files with chosen roles, and what is asked of them.

use rootlens::choices::Choices;
use rootlens::inventory::Input;
use rootlens::report::{Fix, Report};
use rootlens::role::Role;
use rootlens::time::Timestamp;

use crate::incident;

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) inputs: Vec<Input>,
    /// One for each input, or none at all.
    pub(crate) roles: Vec<Option<Role>>,
    pub(crate) choices: Choices,
}

impl Case {
    pub(crate) fn new(name: &str, inputs: Vec<Input>, at: &str) -> Case {
        let at = Timestamp::parse(at).expect("an instant");
        Case { name: name.to_owned(), inputs, roles: Vec::new(), choices: Choices::at(at) }
    }

    pub(crate) fn report(&self) -> Report {
        incident::inspect(&self.inputs, &self.roles, self.choices.clone())
    }

    /// With the files of a fix in the place of those that they replace, or beside the others.
    pub(crate) fn mended(&self, fix: &Fix) -> Case {
        let (mut inputs, mut roles) = (self.inputs.clone(), self.roles.clone());
        roles.resize(inputs.len(), None);
        for file in &fix.files {
            let bytes = file.text.clone().into_bytes();
            match inputs.iter().position(|input| Some(&input.name) == file.replaces.as_ref()) {
                Some(at) => inputs[at].bytes = bytes,
                None => {
                    inputs.push(Input { name: file.name.clone(), bytes, ..Input::default() });
                    roles.push(Some(Role::Bundle));
                }
            }
        }
        Case { name: self.name.clone(), inputs, roles, choices: self.choices.clone() }
    }
}

/// Those of `expected.tsv` that are due.
pub(crate) fn incidents() -> Vec<Case> {
    let case = |row: incident::Row| {
        let (inputs, roles) = row.inputs();
        Case { roles, ..Case::new(&row.folder, inputs, incident::AT) }
    };
    incident::rows().into_iter().map(case).collect()
}
