"""The editions: every form of a day that readers get, each a pure function of one Digest value."""
