"""Training of the money reader's models, in the open: observations from annotated acts and sentences, and their scores."""
