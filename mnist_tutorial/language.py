"""The language of what a notebook shows: Korean, English, or whichever is around it."""

LANGUAGES = ("ko", "en")

_chosen: str | None = None


def set_language(language: str | None) -> None:
    """Let what notebooks show from here on, such as the drawing pad, speak Korean or English.

    Without it, the pad speaks the language of the page or of the notebook around it, and if that has neither, the
    browser's. On the book's own pages the language of the page holds in any case.

    Parameters
    ----------
    language
        ``"ko"``, ``"en"``, or None for the language around.

    Raises
    ------
    ValueError
        If it is none of these.

    Examples
    --------
    >>> set_language("ko")
    >>> draw_digit(build_mlp(16, (3,), 2)).html[:21]
    '<draw-digit lang="ko"'
    >>> set_language(None)
    """
    global _chosen
    if language is not None and language not in LANGUAGES:
        raise ValueError(f"language: found {language!r}; expected 'ko', 'en', or None")
    _chosen = language


def current_language() -> str | None:
    """Return what `set_language` chose, or None."""
    return _chosen


def spoken(language: str | None) -> tuple[str, ...]:
    """Return the languages in which to say something: the one given, or for None both."""
    return tuple(code for code in LANGUAGES if language in (code, None))
