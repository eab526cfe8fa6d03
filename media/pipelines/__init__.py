"""One module per pipeline: what it takes, which parameters it has, which tables it fills."""
