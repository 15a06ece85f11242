"""Questions put to a `Dataset`, answered in rows. Every figure is computed here, once."""
