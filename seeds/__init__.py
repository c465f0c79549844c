"""Reference tables and the sample archive, as data files."""
