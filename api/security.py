"""Secrets: references that cannot be guessed, tokens of which only a hash is kept, passwords, one-time codes.

Nothing here knows the database or who may do what (`permissions.py`).
"""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

import pyotp
from pwdlib import PasswordHash

# Without the letters and digits that are easily taken for one another.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
REFERENCE_LETTERS = 14
PASSWORD_LEAST = 12
PASSWORD_MOST = 200
CODE_SECONDS = 30
# A pass code may be one step old or early: clocks of telephones differ.
CODE_WINDOW = 1


def new_reference() -> str:
    """A reference for an address: 14 letters and digits, about 69 bits, never in a row with another."""
    return "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LETTERS))


def new_token() -> str:
    """A secret to be shown or set as a cookie once: 256 bits."""
    return secrets.token_urlsafe(32)


def token_sha256(token: str) -> str:
    """What is kept of a token: enough to know it again, useless to whoever reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(16)


def password_hash(password: str) -> str:
    """Argon2id with the library's recommended cost."""
    return _hasher().hash(password)


def is_password(password: str, hashed: str | None) -> bool:
    """Whether the password is the one hashed. Takes as long where there is no account, so that none shows."""
    if len(password) > PASSWORD_MOST:
        return False
    known = hashed or _nobodys_hash()
    return _hasher().verify(password, known) and hashed is not None


def new_code_secret() -> str:
    """The secret that a telephone's app shares with us (RFC 6238)."""
    return pyotp.random_base32()


def code_secret_or_new(typed: str) -> str:
    """A secret that a form brought back, where it still is one; else a new one."""
    secret = new_code_secret()
    is_one = len(typed) == len(secret) and typed.isascii() and typed.isalnum() and typed.isupper()
    return typed if is_one and not set("0189") & set(typed) else secret


def code_address(secret: str, account: str) -> str:
    """What the square code holds that an app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name="Assessment centre")


def code_step(secret: str, code: str, at_seconds: int) -> int | None:
    """The time step for which this one-time code holds, None where it does not. A step is used only once."""
    totp = pyotp.TOTP(secret, interval=CODE_SECONDS)
    typed = "".join(code.split())
    step = at_seconds // CODE_SECONDS
    for near in range(step - CODE_WINDOW, step + CODE_WINDOW + 1):
        if secrets.compare_digest(totp.generate_otp(near).encode(), typed.encode()):
            return near
    return None


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
