"""The colours, dark and light: our own, because some of Textual's have too little contrast."""

from textual.theme import Theme


def _theme(
    name: str, *, dark: bool, grounds: tuple[str, str, str], text: str, accent: str, **styles: str
) -> Theme:
    """Return a theme with the backgrounds of a page, of a dialog and of the footer.

    `styles` are the colours of the views' styles.
    """
    background, surface, panel = grounds
    return Theme(
        name=f"withdrawal-{name}",
        dark=dark,
        primary=accent,
        foreground=text,
        background=background,
        surface=surface,
        panel=panel,
        variables={
            "block-cursor-background": "#0a5da8",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-text-style": "bold",
            "footer-key-foreground": accent,
            "footer-foreground": text,
            "footer-background": panel,
            "border": accent,
            **{f"view-{style}": colour for style, colour in styles.items()},
        },
    )


DARK = _theme(
    "dark",
    dark=True,
    grounds=("#121212", "#1e1e1e", "#2b2b2b"),
    text="#e0e0e0",
    accent="#5fafef",
    heading="#5fafef",
    date="#87b5dd",
    quiet="#a3a3a3",
    doubt="#fea62b",
    preferred="#8ad4a1",
)
LIGHT = _theme(
    "light",
    dark=False,
    grounds=("#f4f4f4", "#ffffff", "#dedede"),
    text="#1a1a1a",
    accent="#00508c",
    heading="#00508c",
    date="#24597f",
    quiet="#5a5a5a",
    doubt="#8a4500",
    preferred="#1b6432",
)
