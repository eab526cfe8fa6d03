"""Tests of `resources`: real files, processes, a real S3 server, Parquet and DuckDB."""
