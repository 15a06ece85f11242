"""One module for each subcommand: parse, select, show."""
