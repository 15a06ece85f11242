"""Questions put to a `Dataset`. Every figure is computed here, once; answers are plain rows and report values."""
