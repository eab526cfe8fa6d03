"""One file per page of the app; each draws itself when it is run."""
