"""Everything outside Showroom, one role per file: the store, the workers, tables, providers."""
