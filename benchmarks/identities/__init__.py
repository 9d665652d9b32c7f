"""Who is who on a generated corpus: a world whose identities are known, written by acts in every spelling they use."""
