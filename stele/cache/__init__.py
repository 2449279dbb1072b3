"""What was made before, kept by the digest of everything that it depends on."""
