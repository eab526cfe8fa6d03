"""Pure media work: records and bytes in, records and bytes out; no I/O, clock or Dagster."""
