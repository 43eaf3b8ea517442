//! Tests of `go`.
