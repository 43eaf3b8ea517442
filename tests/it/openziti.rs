//! Tests of `openziti`.
