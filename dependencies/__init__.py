"""What the project stands on: its bill of materials (``make sbom``) and its known vulnerabilities (``make audit``)."""
