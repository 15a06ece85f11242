"""Questions put to a `Dataset`, answered in rows and reports. Every figure is computed here, once."""
