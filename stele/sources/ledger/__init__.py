"""content/ledger in, records out: what is stated, who states it, as of when, and where it is written."""
