"""A dataset with one record of each kind, to be overwritten."""

from withdrawal_cli.imports.draft import Draft


def empty(title: str) -> Draft:
    """Return a valid draft, short enough to be read at a glance."""
    draft = Draft("")
    draft.say(title=title)
    draft.add("sides", "a-side", name="A side")
    draft.add("sources", "a-source", type="book", title="A book")
    draft.add("places", "a-place", name="A place")
    draft.add("people", "a-person", name="A person")
    draft.add("organizations", "a-body", name="A body")
    draft.add("routes", "a-route", name="A route", places=["a-place"])
    draft.add("phases", "a-phase", title="A phase", date="1900/1901")
    draft.add(
        "events",
        "an-event",
        date="1900-05-15",
        title="Something happens",
        places=["a-place"],
        people=["a-person"],
        citations=[{"source": "a-source"}],
    )
    draft.add("estimates", "a-figure", measure="dead", side="a-side", best=12)
    draft.add(
        "disputes",
        "a-dispute",
        title="What do sources disagree on?",
        accounts=[{"says": "One says this."}, {"says": "Another says that."}],
    )
    draft.add("terms", "a-term", name="A term", meaning="What a newcomer must know.")
    return draft
