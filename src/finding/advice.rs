//! What to do about a naive pool, said once for all findings that need it.

use super::facts::Kind;
use super::{facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;

/// How to get the correct pool: in any verifier, and in the routers that cannot be configured to it.
///
/// A bundle alone does not help routers up to v2.0.3: with every signer in it the pool holds one of them, with the
/// root alone it is empty (`docs/background/openziti.md`, section 1.5). What helps is v2.0.4, which takes the published
/// roots, or a peer that presents its root (rows with `ziti pki` chains).
pub(super) fn make_the_pool_correct(analysis: &Analysis<'_>) -> String {
    let of_today = |id| !facts::is_outside_validity(analysis, id);
    let roots = facts::bundled(analysis, Kind::Root).iter().copied().filter(|id| of_today(*id)).collect::<Vec<_>>();
    if roots.is_empty() {
        return "Add the root to the bundle: a self-signed CA that the peers and the clients lead to.".to_owned();
    }
    format!(
        "{} No bundle makes OpenZiti 2.0.3 and earlier work here: upgrade to 2.0.4, or have every controller send its root \
         too.",
        what_to_trust(analysis, &roots)
    )
}

fn what_to_trust(analysis: &Analysis<'_>, roots: &[CertId]) -> String {
    let intermediates = facts::bundled(analysis, Kind::Intermediate);
    let (named, form) = (words::names(analysis, roots), words::form(roots.len(), "root", "roots"));
    if roots == analysis.roles.bundle {
        return format!("The bundle is right as it is: {named} as {form}, nothing else.");
    }
    let rest = match intermediates.len() {
        0 => String::new(),
        number => {
            let form = words::form(number, "an intermediate", "intermediates");
            format!(" and {} as {form}", words::names(analysis, &intermediates))
        }
    };
    format!("Give the verifier only {named} as {form}{rest}.")
}
