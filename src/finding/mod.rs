//! Coded facts with severity, evidence and fix; one file per finding.
