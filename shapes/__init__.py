"""SHACL shapes, one Turtle file a concern, and the gate that applies them."""
