"""The fields in which a person changes one row: for each column the right kind of field, with its help.

They come from the declarations by which tables are read (`api.imports.kinds`), so a form and a file take the
same. `typed_cells` reads a form back into cells; drawn by `templates/pages/tables/fields.html`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from api.errors import Fault
from api.imports.cells import list_of
from api.imports.columns import TABLES
from api.imports.kinds import CHOICE_COLUMN, Column, Kind
from api.presenters.typed_times import typed_moment
from api.storage.repositories.campaigns import KeptTable
from api.templating import moment_words

OPTIONS_MAX = 60
CHECKBOXES_MAX = 20
LONG_CHARACTERS = 70
LONG_TEXTS = frozenset({"evidence", "reason", "concern", "rules"})
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
COLUMN_LETTERS = re.compile(r"[A-Z]{1,3}")
EXAMPLES = {
    Kind.TIME: "A 24-hour time such as 09:00.",
    Kind.MOMENT: "Such as 3 August 2015, 16:20, or 3 8 2015 16:20.",
}
WIDTHS = {Kind.WHOLE: 5, Kind.DECIMAL: 10, Kind.COORDINATE: 10, Kind.TIME: 5, Kind.MOMENT: 20, Kind.NAME: 20}
KEYBOARDS = {Kind.WHOLE: "numeric", Kind.DECIMAL: "decimal", Kind.EMAIL: "email"}
Control = Literal["input", "area", "radios", "select", "listed", "checkboxes", "date"]
FormValues = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class RowField:
    """One field. `anchor` is its id, and what a form calls it; a date has three, that end in -day and so on.

    `options` are those of radios, a select, checkboxes, or suggestions (`listed`). `width` is in characters,
    0 for the whole line.
    """

    column: str
    anchor: str
    label: str
    hint: str
    control: Control
    value: str
    options: tuple[Option, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    width: int = 0
    keyboard: str = ""
    error: str = ""

    @property
    def focus(self) -> str:
        """The id of what is to be typed in first."""
        return f"{self.anchor}-day" if self.control == "date" else self.anchor


def field_id(column: str) -> str:
    return f"cell-{column}"


def column_label(column: str) -> str:
    """A column's name as a person reads it: extra_time_percent is "Extra time percent"."""
    words = column.replace("_", " ")
    return words[:1].upper() + words[1:]


def row_fields(
    table: str,
    columns: Sequence[str],
    cells: Mapping[str, str],
    tables: Mapping[str, KeptTable],
    faults: Iterable[Fault] = (),
) -> tuple[RowField, ...]:
    """A field for each column, filled in with these cells, what is wrong beside each."""
    spec = TABLES[table]
    errors = errors_by_column(faults, columns)
    return tuple(
        field_of(name, declared, cells.get(name, ""), tables, errors.get(name, ""))
        for name in columns
        if (declared := spec.column(name)) is not None
    )


def field_of(
    name: str, column: Column, value: str, tables: Mapping[str, KeptTable], error: str = ""
) -> RowField:
    """The field of one cell, or of one setting."""
    options = _options(column, value, tables)
    control = _control(column, value, options)
    if control in ("input", "area", "date"):
        options = ()
    return RowField(
        column=name,
        anchor=field_id(name),
        label=column_label(name),
        hint=_hint(name, column, control),
        control=control,
        value=moment_words(value) if column.kind is Kind.MOMENT else value,
        options=options,
        parts=_date_parts(value) if control == "date" else (),
        width=0 if control == "area" else WIDTHS.get(column.kind, 0),
        keyboard=KEYBOARDS.get(column.kind, ""),
        error=error,
    )


def typed_cells(
    columns: Iterable[tuple[str, Column]], before: Mapping[str, str], form: FormValues
) -> dict[str, str]:
    """What a person typed, by column; a field that was not sent leaves its cell as it was `before`."""
    typed: dict[str, str] = {}
    for name, column in columns:
        was = before.get(name, "")
        sent = [_plain(value) for value in form(field_id(name))]
        parts = [[_plain(v) for v in form(f"{field_id(name)}-{part}")] for part in ("day", "month", "year")]
        if column.kind is Kind.DATE and any(parts):
            typed[name] = _date_of([part[0] if part else "" for part in parts])
        elif len(sent) > 1:
            # Ticked boxes, after an empty one, in the order of the page; the same as before stay in theirs.
            ticked = [value for value in sent if value]
            typed[name] = was if sorted(ticked) == sorted(list_of(was)) else ";".join(ticked)
        elif sent:
            typed[name] = typed_moment(sent[0]) if column.kind is Kind.MOMENT else sent[0]
    return typed


def errors_by_column(faults: Iterable[Fault], columns: Sequence[str]) -> dict[str, str]:
    """What is wrong with each cell, in words; "" stands for the whole row."""
    errors: dict[str, list[str]] = {}
    for fault in faults:
        errors.setdefault(_column_of(fault, columns), []).append(fault_sentence(fault))
    return {column: ". ".join(sentences) for column, sentences in errors.items()}


def fault_sentence(fault: Fault) -> str:
    return f"Found {fault.found}; wanted {fault.wanted}"


def _column_of(fault: Fault, columns: Sequence[str]) -> str:
    """A fault names a column by its letters where its cell is no text at all."""
    column = fault.column or ""
    if column in columns or not COLUMN_LETTERS.fullmatch(column):
        return column if column in columns else ""
    place = 0
    for letter in column:
        place = place * 26 + ord(letter) - ord("A") + 1
    return columns[place - 1] if place <= len(columns) else ""


def _control(column: Column, value: str, options: tuple[Option, ...]) -> Control:
    match column.kind:
        case Kind.YES_NO:
            return "radios"
        case Kind.CHOICE:
            return "select"
        case Kind.REFERENCE:
            return "select" if len(options) - 1 <= OPTIONS_MAX else "listed"
        case Kind.LIST if 0 < len(options) <= CHECKBOXES_MAX:
            return "checkboxes"
        case Kind.DATE:
            return "date" if not value or ISO_DATE.fullmatch(value) or value.count("-") == 2 else "input"
        case Kind.TEXT if column.name in LONG_TEXTS or len(value) > LONG_CHARACTERS or "\n" in value:
            return "area"
        case Kind.LIST if len(value) > LONG_CHARACTERS:
            return "area"
    return "input"


def _options(column: Column, value: str, tables: Mapping[str, KeptTable]) -> tuple[Option, ...]:
    match column.kind:
        case Kind.YES_NO:
            given = [("yes", "Yes"), ("no", "No")]
            said = f"Not said, which counts as {column.default}" if column.default else "Not said"
            given += [] if column.required else [("", said)]
        case Kind.CHOICE:
            given = [("", _nothing(column)), *((w, column_label(w)) for w in column.words)]
        case Kind.REFERENCE:
            given = [("", _nothing(column)), *references_of(column.points_to, tables)]
        case Kind.LIST if column.words or column.points_to:
            given = [(w, column_label(w)) for w in column.words] or references_of(column.points_to, tables)
        case _:
            return ()
    chosen = list_of(value) if column.kind is Kind.LIST else (value,)
    known = {option for option, _ in given}
    # What stands in the cell is kept choosable, even where it is the fault to be mended.
    given += [(one, f"{one} (not known)") for one in chosen if one and one not in known]
    return tuple(Option(option, label, option in chosen) for option, label in given)


def references_of(names: Iterable[str], tables: Mapping[str, KeptTable]) -> list[tuple[str, str]]:
    """Every reference that these tables define, with the name beside it."""
    found = []
    for name in names:
        if (table := tables.get(name)) is not None and table.columns:
            place = table.columns.index("name") if "name" in table.columns else None
            for row in table.rows:
                label = row.cells[place] if place is not None else ""
                found.append((row.cells[0], f"{row.cells[0]} – {label}" if label else row.cells[0]))
    return [pair for pair in found if pair[0]]


def _nothing(column: Column) -> str:
    if column.required:
        return "Choose one"
    return f"Nothing, which counts as {column.default}" if column.default else "Nothing"


def _hint(name: str, column: Column, control: Control) -> str:
    parts = [column.help]
    if found := CHOICE_COLUMN.fullmatch(name):
        parts = [f"The council the applicant would go to as number {found[1]} of their choices."]
    if column.kind in EXAMPLES and "e.g." not in column.help:
        parts.append(EXAMPLES[column.kind])
    if control == "date":
        parts = [column.help.partition(", e.g.")[0].removesuffix(".") + ".", "For example, 14 7 2015."]
    if column.kind is Kind.LIST and control != "checkboxes":
        parts.append("Put ; between the parts.")
    if column.required:
        parts.append("It must be filled in.")
    elif column.default and control not in ("radios", "select"):
        parts.append(f"Left empty it means {column.default.replace(';', '; ')}.")
    return " ".join(parts)


def _date_parts(value: str) -> tuple[tuple[str, str], ...]:
    found = ISO_DATE.fullmatch(value)
    year, month, day = found.groups() if found else [*value.split("-"), "", "", ""][:3]
    if found:
        month, day = str(int(month)), str(int(day))
    return (("day", day), ("month", month), ("year", year))


def _date_of(parts: Sequence[str]) -> str:
    day, month, year = (part.strip() for part in parts)
    if not (day or month or year):
        return ""
    if all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (day, month, year)):
        return f"{year}-{int(month):02d}-{int(day):02d}"
    return f"{year}-{month}-{day}"


def _plain(text: str) -> str:
    """What was sent as text that a database can keep, whatever a program has put into the form."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
