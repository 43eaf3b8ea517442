//! Writes down what rustls-webpki decides, in the conformance format (see `tests/it/conformance/mod.rs`).
//!
//! ```text
//! cargo run --release -- check FILE...             compares fresh verdicts with those on record
//! cargo run --release -- verify old.json > new.json    fresh verdicts for the cases of an existing file
//! ```
//!
//! The crate checks signatures with *ring* and is given the algorithms that rustls gives it. Exit status: 0 done and
//! equal, 1 something differs, 2 something cannot be read.

use std::fs;
use std::process::ExitCode;
use std::time::Duration;

use rustls_pki_types::{CertificateDer, ServerName, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use serde_json::{Value, json};
use webpki::{EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, KeyUsage, VerifiedPath, ring};

/// The name that the verdicts bear.
const ENGINE: &str = "rustls-webpki-0.103.16";

/// `SUPPORTED_SIG_ALGS` of rustls's provider made with *ring*, in its order.
static ALGORITHMS: [&dyn SignatureVerificationAlgorithm; 11] = [
    ring::ECDSA_P256_SHA256,
    ring::ECDSA_P256_SHA384,
    ring::ECDSA_P384_SHA256,
    ring::ECDSA_P384_SHA384,
    ring::ED25519,
    ring::RSA_PKCS1_2048_8192_SHA256,
    ring::RSA_PKCS1_2048_8192_SHA384,
    ring::RSA_PKCS1_2048_8192_SHA512,
    ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let answer = match words.as_slice() {
        ["verify", file] => verify(file),
        ["check", files @ ..] if !files.is_empty() => check(files),
        _ => Err("say `verify FILE` or `check FILE...`".to_owned()),
    };
    match answer {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(why) => {
            eprintln!("record: {why}");
            ExitCode::from(2)
        }
    }
}

fn verify(name: &str) -> Result<usize, String> {
    let mut file = read(name)?;
    let certificates = certificates(&file)?;
    let top = file.clone();
    for case in file["cases"].as_array_mut().ok_or("no cases")? {
        let verdict = judge(&Case { case, top: &top, certificates: &certificates })?;
        case["verdicts"] = json!({ ENGINE: verdict });
    }
    file["engines"] = json!([ENGINE]);
    println!("{file}");
    Ok(0)
}

fn check(names: &[&str]) -> Result<usize, String> {
    let mut different = 0;
    for name in names {
        let file = read(name)?;
        let certificates = certificates(&file)?;
        let (mut all, mut same) = (0, 0);
        for case in file["cases"].as_array().ok_or("no cases")? {
            let recorded = &case["verdicts"][ENGINE];
            if recorded.is_null() {
                continue;
            }
            let fresh = judge(&Case { case, top: &file, certificates: &certificates })?;
            all += 1;
            match differs(recorded, &fresh) {
                None => same += 1,
                Some(what) => println!("{}: {what} differs: {recorded} on record, {fresh} now", case["id"]),
            }
        }
        println!("{name}: {same} of {all} verdicts are as on record");
        different += all - same;
    }
    Ok(different)
}

/// Details on record may be cut, so the shorter must begin the longer.
fn differs(recorded: &Value, fresh: &Value) -> Option<&'static str> {
    let detail = |verdict: &Value| verdict["detail"].as_str().unwrap_or_default().to_owned();
    if recorded["accepts"] != fresh["accepts"] {
        return Some("the verdict");
    }
    if !recorded["chains"].is_null() && fresh["accepts"] == true && recorded["chains"] != fresh["chains"] {
        return Some("the chain");
    }
    (!detail(fresh).starts_with(&detail(recorded))).then_some("the detail")
}

fn read(name: &str) -> Result<Value, String> {
    let text = fs::read_to_string(name).map_err(|why| format!("{name}: {why}"))?;
    serde_json::from_str(&text).map_err(|why| format!("{name}: {why}"))
}

fn certificates(file: &Value) -> Result<Vec<CertificateDer<'static>>, String> {
    let decode = |text: &Value| {
        let der = data_encoding::BASE64.decode(text.as_str().unwrap_or_default().as_bytes());
        der.map(CertificateDer::from).map_err(|why| why.to_string())
    };
    file["certs"].as_array().ok_or("no certs")?.iter().map(decode).collect()
}

/// One case in the file that it stands in.
struct Case<'f> {
    case: &'f Value,
    /// The file, for what all cases share.
    top: &'f Value,
    certificates: &'f [CertificateDer<'static>],
}

impl<'f> Case<'f> {
    fn field(&self, name: &str) -> &'f Value {
        self.case.get(name).unwrap_or(&self.top[name])
    }

    fn indices(&self, name: &str) -> Vec<usize> {
        let list = self.case[name].as_array().into_iter().flatten();
        list.filter_map(|index| usize::try_from(index.as_u64()?).ok()).collect()
    }

    fn der(&self, index: usize) -> Result<&'f CertificateDer<'static>, String> {
        self.certificates.get(index).ok_or_else(|| format!("there is no certificate {index}"))
    }
}

fn judge(case: &Case<'_>) -> Result<Value, String> {
    let leaf_index = usize::try_from(case.case["leaf"].as_u64().ok_or("no leaf")?).map_err(|why| why.to_string())?;
    let leaf = match EndEntityCert::try_from(case.der(leaf_index)?) {
        Ok(leaf) => leaf,
        Err(why) => return Ok(rejects(format!("leaf parse: {why:?}"))),
    };
    let (trusted, presented) = (case.indices("trusted"), case.indices("presented"));
    let (mut anchors, mut anchor_of, mut note) = (Vec::new(), Vec::new(), String::new());
    for index in trusted {
        match webpki::anchor_from_trusted_cert(case.der(index)?) {
            Ok(anchor) => {
                anchors.push(anchor.to_owned());
                anchor_of.push(index);
            }
            Err(why) => note.push_str(&format!(" (trusted unparsable: {why:?})")),
        }
    }
    let ders: Vec<CertificateDer<'_>> =
        presented.iter().map(|index| case.der(*index).cloned()).collect::<Result<_, String>>()?;
    let (at, usage) = (instant(case)?, Usage(case.field("purpose").as_str().unwrap_or("serverAuth").to_owned()));
    let path = match leaf.verify_for_usage(&ALGORITHMS, &anchors, &ders, at, usage, None, None) {
        Ok(path) => path,
        Err(why) => return Ok(rejects(format!("{why:?}{note}"))),
    };
    if let Err(why) = check_name(&leaf, case.field("host")) {
        return Ok(rejects(why));
    }
    let chain = chain(&path, leaf_index, (&presented, &ders), (&anchor_of, &anchors));
    Ok(json!({ "accepts": true, "detail": "", "chains": [chain] }))
}

fn rejects(detail: String) -> Value {
    json!({ "accepts": false, "detail": detail, "chains": [] })
}

/// Leaf first; a certificate is found by its contents.
fn chain(
    path: &VerifiedPath<'_>,
    leaf: usize,
    (presented, ders): (&[usize], &[CertificateDer<'_>]),
    (anchor_of, anchors): (&[usize], &[TrustAnchor<'_>]),
) -> Vec<usize> {
    let mut chain = vec![leaf];
    for certificate in path.intermediate_certificates() {
        let der = certificate.der();
        chain.extend(ders.iter().position(|it| *it == der).map(|position| presented[position]));
    }
    chain.extend(anchors.iter().position(|it| it == path.anchor()).map(|position| anchor_of[position]));
    chain
}

/// The words of the recordings: an error of a name is quoted.
fn check_name(leaf: &EndEntityCert<'_>, host: &Value) -> Result<(), String> {
    let text = host.as_str().or_else(|| host["value"].as_str());
    let Some(text) = text else { return Ok(()) };
    let name = ServerName::try_from(text).map_err(|why| format!("{why:?}"))?;
    leaf.verify_is_valid_for_subject_name(&name).map_err(|why| format!("{:?}", format!("{why:?}")))
}

struct Usage(String);

impl ExtendedKeyUsageValidator for Usage {
    fn validate(&self, usages: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        match self.0.as_str() {
            "clientAuth" => KeyUsage::client_auth().validate(usages),
            "any" => Ok(()),
            _ => KeyUsage::server_auth().validate(usages),
        }
    }
}

/// `2026-06-01T00:00:00Z`, always in UTC; `+00:00` says the same, and a fraction of a second is dropped.
fn instant(case: &Case<'_>) -> Result<UnixTime, String> {
    let text = case.field("time").as_str().ok_or("no time")?;
    if !text.ends_with('Z') && !text.ends_with("+00:00") {
        return Err(format!("{text} is not in UTC"));
    }
    let parts = text.get(..19).unwrap_or_default().split(['-', 'T', ':']);
    let numbers: Vec<i64> = parts.filter_map(|part| part.parse().ok()).collect();
    let [year, month, day, hour, minute, second] = numbers.as_slice() else { return Err(format!("{text} is no time")) };
    let seconds = days(*year, *month, *day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Ok(UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(seconds).map_err(|why| why.to_string())?)))
}

/// Days since 1970-01-01 in the Gregorian calendar, which is counted in years that begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}
