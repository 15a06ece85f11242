"""The interactive browser: shows what queries and views make. No other package knows Textual."""
