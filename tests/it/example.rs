//! Tests of `example`: every example is whole, readable, and shows what its story says.

use std::path::PathBuf;

use rootlens::analysis::analyse;
use rootlens::choices::Choices;
use rootlens::decode;
use rootlens::example::{EXAMPLES, Example, find};
use rootlens::graph::Graph;
use rootlens::inventory::Inventory;
use rootlens::role::assign;
use rootlens::time::Timestamp;
use rootlens::verifier::Readings;

fn folder(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "www/examples", name].iter().collect()
}

fn entries(folder: PathBuf) -> Vec<(String, bool)> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<(String, bool)> =
        entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path().is_dir())).collect();
    names.sort();
    names
}

#[test]
fn every_folder_is_an_example_and_every_file_is_in_it() {
    let mut names: Vec<&str> = EXAMPLES.iter().map(|example| example.name).collect();
    names.sort_unstable();
    let folders: Vec<String> =
        entries(folder("")).into_iter().filter(|(_, is_dir)| *is_dir).map(|(name, _)| name).collect();
    assert_eq!(folders, names);
    for example in EXAMPLES {
        let mut files: Vec<&str> = example.files.iter().map(|file| file.name).collect();
        files.sort_unstable();
        let in_folder: Vec<String> = entries(folder(example.name)).into_iter().map(|(name, _)| name).collect();
        assert_eq!(files, in_folder, "{}", example.name);
        for input in example.inputs() {
            let path = folder(example.name).join(&input.name);
            assert_eq!(input.bytes, std::fs::read(&path).unwrap(), "{}", path.display());
        }
        assert_eq!(find(example.name), Some(example));
    }
    assert_eq!(find("nothing"), None);
}

#[test]
fn every_file_decodes_cleanly_to_the_expected_number_of_certificates() {
    let expected: [(&str, &[usize]); 10] = [
        ("missing-intermediate", &[1, 1, 1]),
        ("healthy-chain", &[1, 2]),
        ("node-api", &[1, 1, 1, 0, 1]),
        ("node-api-wrong-secret", &[1, 2, 0]),
        ("openziti-helm", &[2, 2, 2, 2, 2, 2, 2]),
        ("openziti-chain-with-root", &[2, 3, 3, 3, 2, 2, 2]),
        ("three-signers-one-name", &[4, 2, 2, 2, 2, 2, 2]),
        ("regenerated-ca", &[1, 1, 1, 2, 1]),
        ("expired-cross-sign", &[2, 3, 3, 1]),
        ("renewed-beside-old", &[2, 2, 1]),
    ];
    assert_eq!(EXAMPLES.len(), expected.len());
    for (name, counts) in expected {
        let inputs = find(name).unwrap().inputs();
        let found: Vec<usize> = inputs
            .iter()
            .map(|input| {
                let decoded = decode::read(&input.bytes);
                assert!(decoded.problems.is_empty() && decoded.secrets.is_empty(), "{name}/{}", input.name);
                // A secret and a log wrap what they hold.
                let is_pem = input.name.ends_with(".pem") || input.name.ends_with(".crt");
                let is_plain = decoded.items.iter().all(|item| item.repairs.is_empty());
                assert!(is_plain || !is_pem, "{name}/{}", input.name);
                decoded.items.len()
            })
            .collect();
        assert_eq!(found, counts, "{name}");
    }
}

#[test]
fn every_example_has_its_date_and_words() {
    for example in EXAMPLES {
        let at = Timestamp::parse(example.at).unwrap_or_else(|| panic!("{}: {}", example.name, example.at));
        let inventory = Inventory::from_inputs(&example.inputs());
        let leaves = inventory.certificates.iter().filter(|certificate| !certificate.is_ca());
        for leaf in leaves {
            assert!(leaf.not_before <= at && at <= leaf.not_after, "{}: {}", example.name, leaf.short_name());
        }
        assert!(!example.title.is_empty() && example.story.ends_with('.'), "{}", example.name);
        assert!(!example.story.contains("  "), "{}", example.name);
    }
}

fn read(example: &Example) -> (Inventory, Graph) {
    let inventory = Inventory::from_inputs(&example.inputs());
    let graph = Graph::build(inventory.certificates.clone());
    (inventory, graph)
}

#[test]
fn every_file_gets_the_role_that_its_name_says() {
    // The only chain beside a trust store stands for both sides, and the nodes' files do not say in their names whose they are.
    let others = ["missing-intermediate", "healthy-chain", "node-api", "node-api-wrong-secret"];
    for example in EXAMPLES.iter().filter(|example| !others.contains(&example.name)) {
        let (inventory, graph) = read(example);
        let roles = assign(&inventory, &graph, Choices::at(Timestamp(0)).of_roles());
        let peers: Vec<&str> = roles.peers.iter().map(|chain| chain.name.as_str()).collect();
        let clients: Vec<&str> = roles.clients.iter().map(|chain| chain.name.as_str()).collect();
        let named = |is: fn(&str) -> bool| -> Vec<&str> {
            example.files.iter().map(|file| file.name).filter(|name| is(name)).collect()
        };
        assert_eq!(peers, named(|name| name.starts_with("ctrl") || name.contains(".server.")), "{}", example.name);
        assert_eq!(clients, named(|name| name.contains("client")), "{}", example.name);
        assert!(!roles.bundle.is_empty(), "{}", example.name);
    }
}

/// How many clients each sampled peer costs.
#[test]
fn every_example_costs_the_clients_that_its_story_says() {
    let expected: [(&str, &[usize]); 10] = [
        ("missing-intermediate", &[0]),
        ("healthy-chain", &[1]),
        ("node-api", &[]),
        ("node-api-wrong-secret", &[0]),
        ("openziti-helm", &[2, 3, 3]),
        ("openziti-chain-with-root", &[0, 0, 0]),
        ("three-signers-one-name", &[2, 2, 2]),
        ("regenerated-ca", &[0]),
        ("expired-cross-sign", &[1]),
        ("renewed-beside-old", &[]),
    ];
    for (name, costs) in expected {
        let example = find(name).unwrap();
        let (inventory, graph) = read(example);
        let at = Timestamp::parse(example.at).unwrap();
        let analysis = analyse(&inventory, &Readings::of(&graph), &Choices::at(at));
        let lost: Vec<usize> = analysis.peers.iter().map(|peer| peer.divergence.lost.len()).collect();
        assert_eq!(lost, costs, "{name}");
    }
}

/// What the page says first of each example.
#[test]
fn every_example_is_answered_as_its_story_says() {
    use rootlens::lens::Lens;
    use rootlens::report::AnswerVerdict::{self, Depends, NotTrusted, Trusted};
    let expected: [(&str, Lens, AnswerVerdict, &str); 10] = [
        ("missing-intermediate", Lens::Chains, NotTrusted, "missing-intermediate"),
        ("healthy-chain", Lens::Chains, Trusted, "trusted"),
        ("node-api", Lens::Chains, NotTrusted, "stale-leaf"),
        ("node-api-wrong-secret", Lens::Chains, NotTrusted, "wrong-trust"),
        ("openziti-helm", Lens::Router, Depends, "naive-pool"),
        ("openziti-chain-with-root", Lens::Router, Trusted, "trusted"),
        ("three-signers-one-name", Lens::Router, Depends, "naive-pool"),
        ("regenerated-ca", Lens::Chains, NotTrusted, "stale-leaf"),
        ("expired-cross-sign", Lens::Chains, Depends, "expired"),
        ("renewed-beside-old", Lens::Chains, Depends, "expired-duplicate"),
    ];
    for (name, lens, verdict, cause) in expected {
        let example = find(name).unwrap();
        let (inventory, graph) = read(example);
        let choices = Choices::at(Timestamp::parse(example.at).unwrap());
        let answer = rootlens::inspect::inspect(&inventory, &graph, &choices).report.answer;
        let found = (answer.lens, answer.verdict, answer.cause);
        assert_eq!(found, (lens.into(), verdict, cause.into()), "{name}: {}", answer.sentence);
    }
}
