//! The naive pool and the correct pool compared, once per peer: which anchors only one has, and whom that costs.
