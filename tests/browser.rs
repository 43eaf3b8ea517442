//! What only a browser can show: the WebCrypto back end gives the answers of the pure-Rust one.
#![cfg(target_arch = "wasm32")]

use rootlens::certificate::Certificate;
use rootlens::decode;
use rootlens::signature::{Check, Status, verify_batch, verify_batch_in_browser};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// One recorded certificate: name, PEM, and whether WebCrypto is expected to answer for it.
struct Recorded {
    name: &'static str,
    pem: &'static str,
    by_webcrypto: bool,
}

macro_rules! recorded {
    ($($name:literal, $by_webcrypto:literal;)*) => {
        [$(Recorded {
            name: $name,
            pem: include_str!(concat!("data/signatures/", $name, ".pem")),
            by_webcrypto: $by_webcrypto,
        }),*]
    };
}

const RECORDED: [Recorded; 32] = recorded! {
    "rsa-1024-sha256", true;
    "rsa-2048-sha1", true;
    "rsa-2048-sha224", false;
    "rsa-2048-sha256", true;
    "rsa-2048-sha512", true;
    "rsa-2048-exponent-3", true;
    "rsa-2048-exponent-41-bits", false;
    "rsa-4096-sha256", true;
    "pss-2048-sha1", true;
    "pss-2048-sha256", true;
    "pss-2048-sha256-salt-0", true;
    "pss-2048-sha256-salt-max", true;
    "pss-2048-sha512", true;
    "pss-key-sha256", false;
    "ecdsa-p256-sha1", true;
    "ecdsa-p256-sha256", true;
    "ecdsa-p256-sha512", true;
    "ecdsa-p256-compressed", false;
    "ecdsa-p384-sha1", true;
    "ecdsa-p384-sha384", true;
    "ecdsa-p521-sha256", true;
    "ecdsa-p521-sha512", true;
    "ed25519", true;
    "ecdsa-p224-sha256", false;
    "ecdsa-secp256k1-sha256", false;
    "ecdsa-brainpool-p256r1-sha256", false;
    "ed448", false;
    "dsa-2048-sha256", false;
    "ml-dsa-44", false;
    "ml-dsa-65", false;
    "ml-dsa-87", false;
    "unsupported-ecdsa-brainpool-p512r1", false;
};

/// A check that owns its bytes.
struct Question {
    name: String,
    issuer_key: Vec<u8>,
    algorithm: Vec<u8>,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl Question {
    fn new(name: &str, issuer: &Certificate, subject: &Certificate) -> Question {
        Question {
            name: name.to_owned(),
            issuer_key: issuer.key.spki.clone(),
            algorithm: subject.signature_algorithm.der.clone(),
            message: subject.tbs_der().to_vec(),
            signature: subject.signature.clone(),
        }
    }

    fn check(&self) -> Check<'_> {
        Check {
            issuer_key: &self.issuer_key,
            algorithm: &self.algorithm,
            message: &self.message,
            signature: &self.signature,
        }
    }
}

fn certificate(recorded: &Recorded) -> Certificate {
    let decoded = decode::read(recorded.pem.as_bytes());
    Certificate::parse(&decoded.items[0].der).expect(recorded.name)
}

/// As recorded; with a damaged message; with damaged and cut signatures; with every other key.
fn questions() -> Vec<Question> {
    let certificates: Vec<Certificate> = RECORDED.iter().map(certificate).collect();
    let mut questions = Vec::new();
    for (recorded, subject) in RECORDED.iter().zip(&certificates) {
        let genuine = || Question::new(recorded.name, subject, subject);
        let middle = subject.signature.len() / 2;
        let mut damaged = [genuine(), genuine(), genuine(), genuine(), genuine()];
        damaged[1].message[40] ^= 1;
        damaged[2].signature[middle] ^= 1;
        damaged[3].signature.pop();
        damaged[4].signature[0] ^= 0x80;
        questions.extend(damaged);
        let other_keys = RECORDED.iter().zip(&certificates).filter(|(other, _)| other.name != recorded.name);
        questions
            .extend(other_keys.map(|(other, issuer)| {
                Question::new(&format!("{} by {}", recorded.name, other.name), issuer, subject)
            }));
    }
    questions
}

/// Counts the answers that `crypto.subtle.verify` gives from now on.
const COUNT_ANSWERS: &str = "
    globalThis.webcryptoAnswers = 0;
    const verify = SubtleCrypto.prototype.verify;
    SubtleCrypto.prototype.verify = function (...parameters) {
        const answer = verify.apply(this, parameters);
        answer.then(() => { globalThis.webcryptoAnswers += 1; }, () => {});
        return answer;
    };";

fn webcrypto_answers() -> f64 {
    js_sys::eval("globalThis.webcryptoAnswers").expect("counted").as_f64().expect("a number")
}

#[wasm_bindgen_test]
async fn webcrypto_and_rust_agree_on_every_question() {
    let questions = questions();
    let checks: Vec<Check<'_>> = questions.iter().map(Question::check).collect();
    let in_browser = verify_batch_in_browser(&checks).await;
    let in_rust = verify_batch(&checks);
    for ((question, browser), rust) in questions.iter().zip(in_browser).zip(in_rust) {
        assert_eq!(browser, rust, "{}", question.name);
    }
}

#[wasm_bindgen_test]
async fn webcrypto_answers_what_it_knows() {
    js_sys::eval(COUNT_ANSWERS).expect("crypto.subtle is there");
    for recorded in &RECORDED {
        let certificate = certificate(recorded);
        let question = Question::new(recorded.name, &certificate, &certificate);
        let before = webcrypto_answers();
        let expected = if recorded.name.starts_with("unsupported") { Status::Unsupported } else { Status::Valid };
        assert_eq!(verify_batch_in_browser(&[question.check()]).await, [expected], "{}", recorded.name);
        assert_eq!(webcrypto_answers() - before, f64::from(u8::from(recorded.by_webcrypto)), "{}", recorded.name);
    }
}

#[wasm_bindgen_test]
async fn rust_answers_where_webcrypto_is_missing() {
    let certificate = certificate(&RECORDED[3]);
    let question = Question::new(RECORDED[3].name, &certificate, &certificate);
    js_sys::eval("Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true })").expect("hidden");
    let statuses = verify_batch_in_browser(&[question.check()]).await;
    js_sys::eval("delete globalThis.crypto").expect("restored");
    assert_eq!(statuses, [Status::Valid]);
}
