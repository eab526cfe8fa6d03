"""One folder per pipeline, one file per asset: the tables that Showroom keeps."""
