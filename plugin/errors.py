"""What engines raise: whole sentences for people; only the edges show them."""


class WanggeError(Exception):
    """Something the user can understand and act on.

    Parameters
    ----------
    message : str
        One or more whole sentences in the user's language that name the layer,
        feature and field concerned and say what to do.
    detail : str, optional
        Technical detail for support; shown on demand, never holds a secret.
    """

    def __init__(self, message: str, detail: str = ""):
        super().__init__(message)
        self.message = message
        self.detail = detail

    def __reduce__(self):
        # Raised in worker processes too: both parts must survive the trip back.
        return type(self), (self.message, self.detail)


class Cancelled(WanggeError):  # noqa: N818 - no mistake has happened
    """The user cancelled; whatever was begun has been undone."""
