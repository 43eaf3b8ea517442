//! The WebAssembly of the inspector, which `www/start-inspector.js` runs in a worker.

fn main() {
    rootlens::inspector::start();
}
