"""SQL of the catalog, as data files; beside it, untracked, what a run writes."""
