//! Tests of `decode`.
use rootlens::decode::*;
#[test]
fn dump() {
    let mut names: Vec<_> = std::fs::read_dir("tests/data/pem-variants").unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for p in names {
        let b = std::fs::read(&p).unwrap();
        let d = decode(&b);
        println!("{}", p.file_name().unwrap().to_str().unwrap());
        for i in &d.items {
            println!("   item {:?} {} {:?}", i.place, i.der.len(), i.repairs);
        }
        for i in &d.problems {
            println!("   problem {:?}", i);
        }
        for i in &d.secrets {
            println!("   secret {:?}", i);
        }
    }
}
