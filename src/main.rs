//! The page's entry point.

fn main() {
    rootlens::ui::start();
}
