"""Values in templates: escaped, and kept from turning the text beside them round."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from api.templating import environment


def filled(source: str, **values: object) -> str:
    return environment().from_string(source).render(**values)


def test_right_to_left_name_is_closed_off_from_the_words_beside_it() -> None:
    assert filled("{{ name }}, 12", name="محمد") == "\u2068محمد\u2069, 12"
    assert filled("{{ name }}, 12", name="\u202eevil") == "\u2068\u202eevil\u2069, 12"


def test_other_values_stay_as_they_are() -> None:
    assert filled("{{ name }} {{ number }} {{ part | safe }}", name="Zoë 🦉", number=3, part="<b>x</b>") == (
        "Zoë 🦉 3 <b>x</b>"
    )


def test_closed_off_name_is_escaped_too() -> None:
    assert filled("{{ name }}", name="<b>محمد") == "\u2068&lt;b&gt;محمد\u2069"


def test_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        filled("{{ nothing }}")
