//! Example bundles, each with the date that belongs to it, so that they never age. Their files stand under
//! `www/examples` and are compiled in.

use crate::inventory::Input;

/// A bundle with its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// For links: `#example=NAME`. Also the folder under `www/examples`.
    pub name: &'static str,
    /// The title, for people.
    pub title: &'static str,
    /// What can be seen in it, in one or two sentences.
    pub story: &'static str,
    /// The instant at which it is to be judged, RFC 3339.
    pub at: &'static str,
    /// In the order in which they are given to the program.
    pub files: &'static [ExampleFile],
}

/// A file of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExampleFile {
    /// As in the folder.
    pub name: &'static str,
    /// What stands in it.
    pub text: &'static str,
}

/// The files of a folder under `www/examples`, by name.
macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(ExampleFile {
            name: $name,
            text: include_str!(concat!("../www/examples/", $folder, "/", $name)),
        }),+]
    };
}

/// Every example, the most telling first.
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "missing-intermediate",
        title: "A server that does not send its intermediate",
        story: "The shop's server sends its own certificate and nothing else. Whoever knows only the root cannot get from \
                one to the other, so every program refuses the connection, until the missing certificate is appended.",
        at: "2026-11-02T09:00:00Z",
        files: files!["missing-intermediate": "ca.pem", "shop.pem", "issuing-ca.pem"],
    },
    Example {
        name: "healthy-chain",
        title: "A chain as it should be",
        story: "The server sends its certificate and the intermediate below it, and the client trusts the root: all programs \
                accept it.",
        at: "2026-11-02T09:00:00Z",
        files: files!["healthy-chain": "ca.pem", "fullchain.pem"],
    },
    Example {
        name: "node-api",
        title: "Node agents that cannot reach their API",
        story: "A gateway asks nodes for certificates. One node still has that of a CA which existed for a day under today's \
                name, and the API does not read the form in which the gateway passes the certificate on. The logs show \
                one fault after the other, each behind the one before.",
        at: "2026-03-14T09:00:00Z",
        files: files!["node-api": "secret.yaml", "node-1.pem", "node-2.pem", "agent.log", "gateway.log"],
    },
    Example {
        name: "node-api-wrong-secret",
        title: "A secret with the wrong certificate",
        story: "The same gateway a day earlier: its own certificate stands in the secret, in the place of the CA that signed \
                the nodes'.",
        at: "2026-03-13T17:00:00Z",
        files: files!["node-api-wrong-secret": "secret.yaml", "node-1.pem", "gateway.log"],
    },
    Example {
        name: "openziti-helm",
        title: "Three OpenZiti controllers, chains without the root",
        story: "The router's bundle holds one controller's signer and the root. Each controller presents its leaf and \
                its own signer, so the naive rule trusts one signer or nothing at all, depending on which controller \
                it asked, and the clients of the other controllers are locked out.",
        at: OPENZITI_AT,
        files: files![
            "openziti-helm":
            "router1.cas.pem",
            "ctrl1.tls.crt",
            "ctrl2.tls.crt",
            "ctrl3.tls.crt",
            "client1.chain.pem",
            "client2.chain.pem",
            "client3.chain.pem",
        ],
    },
    Example {
        name: "openziti-chain-with-root",
        title: "The same controllers, chains with the root",
        story: "The same PKI, but every controller presents the root too, as `ziti pki` writes it. The root gets into \
                the naive pool that way, and the fault stays hidden.",
        at: OPENZITI_AT,
        files: files![
            "openziti-chain-with-root":
            "router1.cas.pem",
            "ctrl1.chain.pem",
            "ctrl2.chain.pem",
            "ctrl3.chain.pem",
            "client1.chain.pem",
            "client2.chain.pem",
            "client3.chain.pem",
        ],
    },
    Example {
        name: "three-signers-one-name",
        title: "Three signers under one name",
        story: "Three clusters were installed under the same release name, so their signers have one name and three \
                keys. The bundle lists all three, and still each controller leads to another trusted signer.",
        at: OPENZITI_AT,
        files: files![
            "three-signers-one-name":
            "router1.cas.all.pem",
            "ctrl1.tls.crt",
            "ctrl2.tls.crt",
            "ctrl3.tls.crt",
            "client1.chain.pem",
            "client2.chain.pem",
            "client3.chain.pem",
        ],
    },
    Example {
        name: "regenerated-ca",
        title: "A CA made again under the same name",
        story: "The API trusts the node CA of the second set-up. Two of three nodes still hold certificates of the \
                first one's CA, which has the same name and another key: the names match, the signatures do not.",
        at: "2026-03-02T09:00:00Z",
        files: files![
            "regenerated-ca":
            "ca.crt",
            "api.server.pem",
            "node-1.client.pem",
            "node-2.client.pem",
            "node-3.client.pem",
        ],
    },
    Example {
        name: "expired-cross-sign",
        title: "An expired cross-sign beside a fresh root",
        story: "Root R1 and the certificate by which it vouched for root R2 have expired, and the server still sends \
                that one. R2's own root certificate has the same name and key, so there is a good path beside the \
                expired one; a client that only R1 vouches for has none.",
        at: "2026-06-15T12:00:00Z",
        files: files![
            "expired-cross-sign":
            "roots.ca.pem",
            "api.server.chain.pem",
            "orders.client.chain.pem",
            "billing.client.pem",
        ],
    },
    Example {
        name: "renewed-beside-old",
        title: "One store, different answers",
        story: "The issuing CA was renewed. The store still holds last year's certificate beside the root, and a worker \
                sends this year's. Some verifiers take what stands in the store, find it expired and do not go back; \
                others find the good path. A batch job that sends nothing divides them in another way.",
        at: "2026-11-02T09:00:00Z",
        files: files!["renewed-beside-old": "store.ca.pem", "worker.client.chain.pem", "batch.client.pem"],
    },
];

/// Minutes after the OpenZiti PKI was made; its session certificates live for a day.
const OPENZITI_AT: &str = "2026-11-21T18:00:00Z";

/// The example of a name.
pub fn find(name: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.name == name)
}

impl Example {
    /// Its files, as if they had been dropped on the page.
    pub fn inputs(&self) -> Vec<Input> {
        self.files
            .iter()
            .map(|file| Input { name: file.name.to_owned(), bytes: file.text.as_bytes().to_vec(), ..Input::default() })
            .collect()
    }
}
