//! Tests of `scene`: what must hold for every drawing, on samples made by hand and on real reports, and what certain
//! drawings must say.
//!
//! Every sample is written to the `tmp` folder of the target directory as `scene-<name>.svg`, to look at.

#[path = "scene/geometry.rs"]
mod geometry;
#[path = "scene/measure.rs"]
mod measure;
#[path = "scene/samples.rs"]
mod samples;
#[path = "scene/transcript.rs"]
mod transcript;

use rootlens::example::{EXAMPLES, Example};
use rootlens::report::Report;
use rootlens::role::Role;
use rootlens::scene::{self, Evidence, Fate, Kind, MAX_NODES, Mark, NARROWEST, Scene, View, Width, svg};
use serde_json::Value;

use crate::recorded;
use crate::scenario::{self, Scenario};
use measure::Measure;
use samples::{Pki, big, cross_sign, helm, regenerated, same_name, samples};

/// Every sample in every width.
fn scenes() -> Vec<(String, Scene)> {
    let drawn = |(name, report): (&str, Report)| {
        let scenes = every_width(&report).into_iter();
        scenes.map(|(width, scene)| (format!("{name}-{width}"), scene)).collect::<Vec<_>>()
    };
    samples().into_iter().flat_map(drawn).collect()
}

/// A desk, a telephone, and the smallest window that anyone asks for.
const WIDTHS: [(&str, Width); 3] =
    [("wide", Width::Wide), ("narrow", Width::Narrow(360)), ("narrowest", Width::Narrow(NARROWEST))];

fn every_width(report: &Report) -> [(&'static str, Scene); 3] {
    WIDTHS.map(|(name, width)| (name, scene::draw(report, &View { peer: None, width })))
}

/// Every fault of every drawing of a report.
fn faults(name: &str, report: &Report) -> Vec<String> {
    let mut faults = Vec::new();
    for ((width, scene), (_, asked)) in every_width(report).into_iter().zip(WIDTHS) {
        faults.extend(geometry::faults(&scene).into_iter().map(|fault| format!("{name}, {width}: {fault}")));
        assert!(
            asked == Width::Wide || asked == Width::Narrow(scene.width) || scene.width == 0,
            "{name}: {}",
            scene.width
        );
        assert!(scene.nodes.len() <= MAX_NODES, "{name}: {}", scene.nodes.len());
        assert_eq!(scene.table.len(), report.certificates.len(), "{name}: a row for every certificate");
    }
    faults
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn samples_are_drawn_without_fault() {
    none(samples().iter().flat_map(|(name, report)| faults(name, report)).collect());
}

/// Every sample in every width is drawn as it was: coordinates, words and what each line means. A snapshot that has to
/// change is looked at first (the drawings are in the `tmp` folder) and then accepted with `cargo insta review`.
#[test]
fn samples_are_drawn_as_they_were() {
    for (name, scene) in scenes() {
        insta::assert_snapshot!(name, transcript::transcript(&scene));
    }
}

/// The examples, the OpenZiti network and the scenarios in every width, one file of each: they are real files as people
/// bring them, and few of the drawings are large.
#[test]
fn examples_and_fixtures_are_drawn_as_they_were() {
    let examples = EXAMPLES.iter().map(|example| (example.name.to_owned(), of_example(example)));
    transcripts_hold("examples", examples.collect());
    let openziti = ["distinct", "same"].map(|kind| (kind.to_owned(), Scenario::openziti(kind).read().report()));
    transcripts_hold("openziti-ha", openziti.into());
    let scenarios = scenario::mtls_names().into_iter().map(|name| {
        let report = Scenario::mtls(&name).read().report();
        (name, report)
    });
    transcripts_hold("scenarios", scenarios.collect());
}

fn of_example(example: &Example) -> Report {
    let scenario = Scenario::new().at(example.at);
    example.inputs().into_iter().fold(scenario, |scenario, file| scenario.bytes(&file.name, file.bytes)).read().report()
}

#[track_caller]
fn transcripts_hold(title: &str, reports: Vec<(String, Report)>) {
    let drawings = reports.iter().flat_map(|(name, report)| {
        every_width(report)
            .map(|(width, scene)| format!("======== {name}, {width}\n{}\n", transcript::transcript(&scene)))
    });
    insta::assert_snapshot!(title, drawings.collect::<String>());
}

/// One file as it is written, without its style sheet: what the snapshots of scenes do not show.
#[test]
fn a_file_is_written_as_it_was() {
    let file = svg::document(&scene::draw(&helm().report(), &View::default()), svg::Theme::Light);
    let (head, rest) = file.split_once("<style>").expect("a style sheet");
    let (_, body) = rest.split_once("</style>").expect("its end");
    insta::assert_snapshot!("helm-svg", format!("{head}{body}").replace("><", ">\n<"));
}

/// What ten wide drawings reach. A worse layout fails here, and a better one asks for smaller numbers.
const MEASURES: [(&str, Measure); 10] = [
    ("helm", Measure { crossings: 0, bends: 12, overlap: 0, length: 1_639 }),
    ("same-name", Measure { crossings: 3, bends: 15, overlap: 0, length: 3_263 }),
    ("cross-sign", Measure { crossings: 0, bends: 3, overlap: 0, length: 398 }),
    ("regenerated", Measure { crossings: 3, bends: 12, overlap: 0, length: 2_204 }),
    ("ghosts", Measure { crossings: 0, bends: 0, overlap: 0, length: 139 }),
    ("cycle", Measure { crossings: 5, bends: 18, overlap: 0, length: 2_265 }),
    ("cross-signed", Measure { crossings: 2, bends: 18, overlap: 0, length: 3_373 }),
    ("broad", Measure { crossings: 0, bends: 31, overlap: 0, length: 8_004 }),
    ("names", Measure { crossings: 0, bends: 6, overlap: 0, length: 1_008 }),
    ("unchecked", Measure { crossings: 0, bends: 12, overlap: 0, length: 2_411 }),
];

#[test]
fn lines_are_as_easy_to_follow_as_they_were() {
    let samples = samples();
    let mut changed = Vec::new();
    for (name, reached) in MEASURES {
        let (_, report) = samples.iter().find(|(other, _)| *other == name).expect("a sample");
        let found = Measure::of(&scene::draw(report, &View::default()));
        changed.extend(found.against(reached).into_iter().map(|part| format!("{name}, {part}")));
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn pools_and_chains_of_the_field_are_drawn_without_fault() {
    let fault = |name: String| faults(&name, &Scenario::mtls(&name).read().report());
    none(scenario::mtls_names().into_iter().flat_map(fault).collect());
}

/// The helm case on the real files: the peers and clients are found, the pools marked, the losses told.
#[test]
fn the_openziti_case_is_drawn_from_its_files() {
    for kind in ["distinct", "same"] {
        let report = Scenario::openziti(kind).read().report();
        none(faults(kind, &report));
        let scene = scene::draw(&report, &View { peer: Some("ctrl1.tls.crt".to_owned()), width: Width::Wide });
        write(&format!("openziti-{kind}"), &svg::document(&scene, svg::Theme::Light));
        let marks: Vec<_> = scene.nodes.iter().filter_map(|node| node.mark).collect();
        assert_eq!(marks, [Mark::CorrectOnly, Mark::NaiveOnly], "{kind}");
        let lost = scene.nodes.iter().filter(|node| node.fate == Some(Fate::LockedOut)).count();
        assert_eq!(lost, 2, "{kind}");
        assert_eq!(scene.nodes.len(), 10, "{kind}: a root, three signers, three controllers, three clients");
    }
}

#[test]
fn random_graphs_are_drawn_without_fault() {
    let corpus: Value = serde_json::from_str(&recorded::text("conformance/corpus.json")).expect("JSON");
    let at = corpus["time"].as_str().expect("a time");
    let cases = corpus["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 600);
    let mut found = Vec::new();
    // A third of them keeps the test short.
    for case in cases.iter().step_by(3) {
        let trusted = pem(&corpus, case["trusted"].as_array().expect("indices"));
        let chain: Vec<Value> =
            [&case["leaf"]].into_iter().chain(case["presented"].as_array().expect("indices")).cloned().collect();
        let scenario = Scenario::new()
            .bytes("pool.pem", trusted)
            .chosen(&[Role::Bundle])
            .bytes("chain.pem", pem(&corpus, &chain))
            .chosen(&[Role::Peer, Role::Client])
            .at(at);
        found.extend(faults(&case["id"].to_string(), &scenario.read().report()));
    }
    none(found);
}

fn pem(corpus: &Value, indices: &[Value]) -> String {
    let der = |index: &Value| {
        corpus["certs"][index.as_u64().expect("an index") as usize].as_str().expect("base64").to_owned()
    };
    let block = |index: &Value| format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", der(index));
    indices.iter().map(block).collect()
}

#[test]
fn mutual_signatures_end_in_one_line_that_leads_up() {
    let upward = |(name, scene): (String, Scene)| {
        let lines = scene.edges.iter().filter(|edge| edge.upward).count();
        (lines > 0).then_some((name, lines))
    };
    let found: Vec<_> = scenes().into_iter().filter_map(upward).collect();
    assert_eq!(found, WIDTHS.map(|(width, _)| (format!("cycle-{width}"), 2)));
}

#[test]
fn the_same_report_gives_the_same_drawing() {
    for ((name, one), (_, other)) in scenes().into_iter().zip(scenes()) {
        assert_eq!(one, other, "{name}");
        assert_eq!(svg::document(&one, svg::Theme::System), svg::document(&other, svg::Theme::System), "{name}");
    }
}

#[test]
fn an_empty_report_gives_an_empty_drawing() {
    let scene = scene::draw(&Pki::default().report(), &View::default());
    assert_eq!(scene, Scene::default());
}

#[test]
fn too_many_boxes_are_put_together_and_the_notes_say_so() {
    for roots in [144, 300] {
        let report = big(roots).report();
        let scene = scene::draw(&report, &View::default());
        let idle = roots - 1;
        assert_eq!(scene.nodes.len(), 4, "root, intermediate, leaf and the rest");
        assert_eq!(scene.notes.len(), 1);
        assert!(
            scene.notes[0].starts_with(&format!("{idle} more roots: no chain here uses them")),
            "{:?}",
            scene.notes
        );
        assert_eq!(scene.table.len(), report.certificates.len(), "the table has every certificate");
        assert!(scene.table.iter().all(|row| row.node.is_some()), "each with its box");
    }
    for (name, scene) in scenes() {
        assert!(scene.nodes.len() <= MAX_NODES, "{name}: {}", scene.nodes.len());
        let groups = scene.nodes.iter().any(|node| node.kind == Kind::Group);
        let said = scene.notes.iter().any(|note| note.contains("the table lists them"));
        assert_eq!(groups, said, "{name}: {:?}", scene.notes);
    }
}

#[test]
fn both_pools_are_marked_and_clients_say_their_fate() {
    let scene = scene::draw(&helm().report(), &View::default());
    let marked: Vec<_> = scene
        .nodes
        .iter()
        .filter_map(|node| Some((node.title[0].words.as_str(), node.mark?, node.tags[0].line.words.as_str())))
        .collect();
    assert_eq!(
        marked,
        [
            ("ziti-controller1-edge-root", Mark::CorrectOnly, "correct root only"),
            ("ziti-controller1-edge-signer", Mark::NaiveOnly, "naive root only"),
        ]
    );
    let words = |name: &str| {
        let node = scene.nodes.iter().find(|node| node.title[0].words == name).unwrap();
        node.rows[0].lines[0].words.clone()
    };
    assert_eq!(words("client1"), "client, accepted");
    assert_eq!(words("client2"), "client, locked out");
    assert_eq!(words("controller1"), "sampled peer");
    assert_eq!(words("controller2"), "peer");
    assert_eq!(scene.legend.len(), 4, "{:?}", scene.legend);
}

#[test]
fn a_same_named_ca_whose_key_did_not_sign_is_crossed_out_in_words() {
    let scene = scene::draw(&regenerated().report(), &View::default());
    let failing: Vec<_> = scene.edges.iter().filter(|edge| edge.evidence == Evidence::Fails).collect();
    assert!(!failing.is_empty());
    for edge in failing {
        assert!(edge.cross.is_some() && edge.label.as_ref().is_some_and(|label| label.words == "signature fails"));
    }
    let tags: Vec<_> = scene.nodes.iter().flat_map(|node| &node.tags).map(|tag| tag.line.words.as_str()).collect();
    assert!(
        tags.contains(&"same name, other key: 1 of 2") && tags.contains(&"same name, other key: 2 of 2"),
        "{tags:?}"
    );
}

#[test]
fn of_twelve_namesakes_that_did_not_sign_the_two_that_lock_clients_out_are_drawn() {
    let scene = scene::draw(&same_name().report(), &View::default());
    let failing: Vec<_> = scene.edges.iter().filter(|edge| edge.evidence == Evidence::Fails).collect();
    let ends = |edge: &&scene::Edge| (scene.nodes[edge.issuer].mark, scene.nodes[edge.subject].title[0].words.clone());
    assert_eq!(
        failing.iter().map(ends).collect::<Vec<_>>(),
        [(Some(Mark::NaiveOnly), "client2".to_owned()), (Some(Mark::NaiveOnly), "client3".to_owned()),]
    );
    assert_eq!(scene.edges.len(), 11);
    assert!(scene.notes[0].starts_with("10 lines are left out"), "{:?}", scene.notes);
}

#[test]
fn a_renewed_ca_is_one_box_with_a_row_per_certificate() {
    let scene = scene::draw(&cross_sign().report(), &View::default());
    let isrg = scene.nodes.iter().find(|node| node.title[0].words == "ISRG Root X1").unwrap();
    assert_eq!(isrg.rows.len(), 2);
    assert_eq!(isrg.rows.iter().map(|row| row.mark).collect::<Vec<_>>(), [Some(Mark::Both), Some(Mark::NaiveOnly)]);
    let into: Vec<_> = scene.edges.iter().filter(|edge| scene.nodes[edge.subject].key == isrg.key).collect();
    assert_eq!(into.len(), 1, "one line, to the second row");
    let end = into[0].points[into[0].points.len() - 1];
    assert!(end.y > isrg.rows[1].area.y && end.y < isrg.rows[1].area.y + isrg.rows[1].area.height, "{end:?}");
}

#[test]
fn selecting_a_box_keeps_what_is_above_and_below() {
    let scene = scene::draw(&helm().report(), &View::default());
    let signer = scene.nodes.iter().position(|node| node.title[0].words == "ziti-controller2-edge-signer").unwrap();
    let name = |at: &usize| scene.nodes[*at].title[0].words.as_str();
    assert_eq!(scene.nodes[signer].ancestors.iter().map(name).collect::<Vec<_>>(), ["ziti-controller1-edge-root"]);
    assert_eq!(scene.nodes[signer].descendants.iter().map(name).collect::<Vec<_>>(), ["controller2", "client2"]);
}

#[test]
fn the_table_says_the_same() {
    let table = scene::draw(&helm().report(), &View::default()).table;
    let row = |name: &str| table.iter().find(|row| row.name == name).unwrap();
    let signer = row("ziti-controller1-edge-signer");
    assert_eq!(signer.issued_by, "ziti-controller1-edge-root");
    assert_eq!(signer.evidence, "signature verified");
    assert_eq!((signer.role.as_str(), signer.pools.as_str()), ("intermediate", "naive root only"));
    assert_eq!(row("client3").role, "client, locked out");
    assert_eq!(row("ziti-controller1-edge-root").issued_by, "itself");
}

#[test]
fn files_are_well_formed_and_hold_no_markup_of_strangers() {
    for (name, scene) in scenes() {
        for (suffix, theme) in [("", svg::Theme::Light), ("-dark", svg::Theme::Dark)] {
            let file = svg::document(&scene, theme);
            write(&format!("{name}{suffix}"), &file);
            assert!(!file.contains("var(--") && !file.contains("<script"), "{name}");
            assert_eq!(open_elements(&file), Vec::<String>::new(), "{name}");
        }
    }
}

/// To look at.
fn write(name: &str, file: &str) {
    let path = format!("{}/scene-{name}.svg", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, file).unwrap_or_else(|error| panic!("{path}: {error}"));
}

/// A file resolves every token, to the values that the page uses.
#[test]
fn files_use_the_colours_of_the_page() {
    let sheet = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("www").join(name);
        std::fs::read_to_string(path).expect("a style sheet")
    };
    let tokens = sheet("tokens.css");
    let value = |name: &str| {
        let declared = tokens.split_once(&format!("{name}:")).and_then(|(_, rest)| rest.split_once(';'));
        declared.unwrap_or_else(|| panic!("tokens.css has no {name}")).0.trim().to_owned()
    };
    for (name, light, dark) in svg::TOKENS {
        let direct = value(name);
        let palette = direct.strip_prefix("var(").and_then(|name| name.strip_suffix(')')).map(value);
        assert_eq!(palette.unwrap_or(direct), format!("light-dark({light}, {dark})"), "{name}");
    }
}

/// Names of elements that are not closed, or closed by another name.
fn open_elements(file: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for part in file.split('<').skip(1) {
        let (markup, text) = part.split_once('>').expect("every < has its >");
        assert!(!text.contains('\u{0}'), "no characters that XML forbids");
        if let Some(name) = markup.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
        } else if !markup.ends_with('/') {
            open.push(markup.split(' ').next().unwrap_or_default().to_owned());
        }
    }
    open
}
