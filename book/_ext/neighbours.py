"""A title shows on every page, in its list of chapters: when one changes, Sphinx writes all pages, not that alone."""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages if a title is not what the last build showed."""
    titles = {name: title.astext() for name, title in env.titles.items()}
    before, env.titles_shown = getattr(env, "titles_shown", None), titles  # the environment is kept between builds
    return sorted(titles) if titles != before else []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register it with Sphinx."""
    app.connect("env-updated", pages_to_write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
