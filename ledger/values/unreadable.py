"""The one way in which a value fails to parse."""


class UnreadableValue(ValueError):  # noqa: N818 # named for what it says of the value
    """A value that cannot be read: `what` is wrong with it and which `forms` would be accepted."""

    def __init__(self, what: str, forms: str) -> None:
        super().__init__(what)
        self.what = what
        self.forms = forms
