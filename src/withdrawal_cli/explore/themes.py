"""The colours, in dark and in light. They are our own: of those that come with Textual, some cannot be read on their ground."""

from textual.theme import Theme


def _theme(
    name: str, *, dark: bool, ground: tuple[str, str, str], text: str, accent: str, **styles: str
) -> Theme:
    """Return a theme; `ground` is that of the page, of a dialog and of what stands out."""
    background, surface, panel = ground
    picked = {
        "block-cursor-background": "#0a5da8",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
    }
    keys = {
        "footer-key-foreground": accent,
        "footer-foreground": text,
        "footer-background": panel,
        "border": accent,
    }
    return Theme(
        name=f"withdrawal-{name}",
        dark=dark,
        primary=accent,
        foreground=text,
        background=background,
        surface=surface,
        panel=panel,
        variables={
            **picked,
            **keys,
            **{f"view-{style}": colour for style, colour in styles.items()},
        },
    )


DARK = _theme(
    "dark",
    dark=True,
    ground=("#121212", "#1e1e1e", "#2b2b2b"),
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
    ground=("#f4f4f4", "#ffffff", "#dedede"),
    text="#1a1a1a",
    accent="#00508c",
    heading="#00508c",
    date="#24597f",
    quiet="#5a5a5a",
    doubt="#8a4500",
    preferred="#1b6432",
)
