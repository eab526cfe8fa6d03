"""The command line `showroom`: one file per kind of command, `main` joins them."""
