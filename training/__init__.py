"""Training of the money reader's models, in the open: observations out of annotated texts, and their scores."""
