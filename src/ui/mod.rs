//! The page: stores the user's choices and derives the rest from the report.
