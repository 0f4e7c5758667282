"""Why a change to a user's file was not made."""


class Refused(Exception):
    """Nothing was changed; the message says why and what to do.

    `after` is the text that the file would have had, where it could be told: a person can still make the change by hand.
    """

    def __init__(self, message: str, after: str | None = None) -> None:
        super().__init__(message)
        self.after = after
