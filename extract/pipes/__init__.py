"""The spaCy components that read an act's text. Each module registers its factory under ``delibgraph_*``."""
