"""Who made a change, as a page names them: by name where the account still has one."""

from __future__ import annotations

from collections.abc import Mapping


def maker_name(reference: str, names: Mapping[str, str]) -> str:
    """`names` are those of accounts by reference; `program` and `token:…` are no people."""
    if reference.startswith("token:"):
        return "another program, with a token"
    if reference in ("program", "nobody", ""):
        return "the program"
    return names.get(reference, "somebody whose account is erased")
