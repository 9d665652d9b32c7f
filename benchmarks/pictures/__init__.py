"""Pictures of the pages for the README, of the bundled samples: ``make screenshots``; plan in pictures.toml."""
