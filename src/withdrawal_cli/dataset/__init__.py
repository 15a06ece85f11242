"""Dataset files: read, checked for dangling ids, packed into a page, written in canonical form."""
