"""What an administrator can do to an account, as pages say it: what will happen, whether it can be undone."""

from __future__ import annotations

from dataclasses import dataclass

from api.storage.tables.people import Account


@dataclass(frozen=True, slots=True)
class ActWords:
    """One act: what its button says, what will happen, whether it can be undone, and that it was done."""

    key: str
    button: str
    what: str
    undo: str
    done: str
    grave: bool = False


def act_words(key: str, name: str, account: Account) -> ActWords:
    """The words for one act on one account."""
    if key == "link":
        return _link(name, account)
    return {
        "stop-codes": ActWords(
            key,
            "Stop the one-time codes",
            f"The telephone that {name} signs in with is of no use any more. They are signed out everywhere, "
            "and set up a new telephone when they next sign in with their password. Make sure that it is "
            "really they who ask.",
            "No, but a new telephone can be set up at any time.",
            f"{name} sets up a new telephone when they next sign in.",
            True,
        ),
        "close": ActWords(
            key,
            "Close the account",
            f"{name} is signed out everywhere and cannot sign in. Their parts in campaigns stay as they are.",
            "Yes: open the account again.",
            f"The account of {name} is closed.",
            True,
        ),
        "open": ActWords(
            key,
            "Open the account",
            f"{name} can sign in again, and has the parts in campaigns that they had.",
            "Yes: close the account again.",
            f"The account of {name} is open again.",
        ),
        "make-administrator": ActWords(
            key,
            "Make an administrator",
            f"{name} can look after every account, partnership and campaign of this installation. "
            "They see nothing inside a campaign unless they have a part in it.",
            "Yes: any administrator can take it away again.",
            f"{name} is an administrator now.",
        ),
        "unmake-administrator": ActWords(
            key,
            "Take administration away",
            f"{name} can look after nothing here any more. Their parts in campaigns stay.",
            "Yes: any administrator can give it again.",
            f"{name} is no administrator any more.",
            True,
        ),
        "erase": ActWords(
            key,
            "Erase the account",
            f"Name, e-mail address and password of {name} are forgotten, and every part in a campaign is "
            "taken away. The audit still says what was done, by a reference that leads to nobody.",
            "No, never.",
            "The account is erased. Nothing here says any more whose it was.",
            True,
        ),
    }[key]


def _link(name: str, account: Account) -> ActWords:
    if account.password_hash:
        return ActWords(
            "link",
            "Make a link for a new password",
            f"You get a link, to be sent to {name} by you. Whoever has it chooses a new password and comes "
            f"in as {name}: make sure that it is really they who ask. It works once, within 4 hours.",
            "Until it is used: a newer link ends it, and so does closing the account.",
            f"A link for {name}",
        )
    return ActWords(
        "link",
        "Make a new invitation link",
        f"You get a link, to be sent to {name} by you. It works once, within 7 days. The one before ends.",
        "Until it is used: a newer link ends it, and so does closing the account.",
        f"A link for {name}",
    )
