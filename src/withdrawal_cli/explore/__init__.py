"""The interactive browser: the only room that knows Textual. It shows what queries/ and views/ make, and computes nothing."""
