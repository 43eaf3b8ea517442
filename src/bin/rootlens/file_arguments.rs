//! The files of `rootlens inspect`, which stand in the order of the command line whatever flag each has.

use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use rootlens::role::Role;

/// What was named on the command line.
pub(crate) struct Files(pub(crate) Vec<File>);

/// One input; the same path under two flags is one input with two roles.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    /// Empty: the facts decide.
    pub(crate) roles: Vec<Role>,
}

/// The flags, the roles that they give, and what stands in the help.
const FLAGS: [(&str, Role, &str); 6] = [
    ("trust", Role::Bundle, "Certificates that the verifier was given to trust"),
    ("chain", Role::Chain, "A chain, leaf first; its certificate tells whether it is a server's or a client's"),
    ("bundle", Role::Bundle, "The same as --trust"),
    ("peer", Role::Peer, "What a server presents (with --lens router: a controller), leaf first"),
    ("client", Role::Client, "What a client presents, leaf first"),
    ("published", Role::Published, "What controllers publish to their routers (OpenZiti from 2.0.4)"),
];

/// The files without a flag.
const BY_THEMSELVES: &str = "files";

/// clap's derive keeps a list per flag; the order across flags has to be asked of it.
impl Args for Files {
    fn augment_args(command: Command) -> Command {
        let path = |id: &'static str, help: &'static str| {
            Arg::new(id).value_name("FILE").help(help).action(ArgAction::Append).value_parser(ValueParser::path_buf())
        };
        let flags = FLAGS.map(|(name, _, help)| path(name, help).long(name));
        let others =
            path(BY_THEMSELVES, "A file whose role is found out; the result says which it is and why").num_args(0..);
        command.args(flags).arg(others)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Files::augment_args(command)
    }
}

impl FromArgMatches for Files {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Files, Error> {
        let flags = FLAGS.iter().map(|(name, role, _)| (*name, Some(*role)));
        let mut named: Vec<(usize, &PathBuf, Option<Role>)> = Vec::new();
        for (id, role) in flags.chain([(BY_THEMSELVES, None)]) {
            let places = matches.indices_of(id).into_iter().flatten();
            let paths = matches.get_many::<PathBuf>(id).into_iter().flatten();
            named.extend(places.zip(paths).map(|(place, path)| (place, path, role)));
        }
        named.sort_by_key(|(place, ..)| *place);
        let mut files = Files(Vec::new());
        for (_, path, role) in named {
            files.add(path, role);
        }
        Ok(files)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Files::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Files {
    fn add(&mut self, path: &PathBuf, role: Option<Role>) {
        match self.0.iter_mut().find(|file| file.path == *path) {
            Some(file) => file.roles.extend(role),
            None => self.0.push(File { path: path.clone(), roles: role.into_iter().collect() }),
        }
    }
}
