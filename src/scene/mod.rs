//! The graph as a drawing: a layered layout and its SVG, made from the report alone.
