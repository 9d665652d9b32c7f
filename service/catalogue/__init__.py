"""What the service says of itself to machines: VoID, DCAT-AP, sitemap, schema.org."""
