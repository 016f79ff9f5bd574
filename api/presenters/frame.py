"""What stands round every page of the service: its title, who is signed in, where one can go, what is new.

The layout is `templates/service.html`; every page is filled in with one `frame`. Which pages a person may go
to is decided by permissions, not here.
"""

from __future__ import annotations

from dataclasses import dataclass

SERVICE = "Assessment centre"


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One page of the campaign in the row of pages; `current` is the one being looked at."""

    label: str
    url: str
    current: bool = False

    # Under these names the design system's macro asks for them.
    @property
    def text(self) -> str:
        return self.label

    @property
    def href(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class PageError:
    """One thing to mend before a form can be taken: in words, and the address of its field (`#date`)."""

    text: str
    url: str

    # Under this name the design system's macro asks for it.
    @property
    def href(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class Frame:
    """`title` is the page's question. `state` is the campaign's, such as "Draft 4 · published version 2".

    `flash` is what was just done, said once; `flash_is_success` is false where it was not done. `nonce` is
    what the page's one inline script carries, the same as in the answer's Content-Security-Policy.
    `wide` lets a table or chart have the whole width of the window.
    """

    title: str
    signed_in_as: str | None = None
    role: str | None = None
    navigation: tuple[NavigationItem, ...] = ()
    campaign: str | None = None
    state: str | None = None
    flash: str | None = None
    nonce: str = ""
    flash_is_success: bool = True
    errors: tuple[PageError, ...] = ()
    service: str = SERVICE
    home_url: str = "/"
    account_url: str = "/account"
    sign_out_url: str = "/sign-out"
    wide: bool = False

    @property
    def full_title(self) -> str:
        """What the browser's tab says: error first, then question, campaign, service."""
        parts = (self.title, self.campaign, self.service)
        return ("Error: " if self.errors else "") + " – ".join(part for part in parts if part)
