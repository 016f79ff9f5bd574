"""Made-up names, each given once, with an address at example.org. Nobody in here exists.

Read `applicants.py` next.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up name and its address."""

    name: str
    email: str


@dataclass
class Names:
    """Gives every name once. The same `random.Random` gives the same names in the same order."""

    rng: random.Random
    taken: set[str] = field(default_factory=set)

    def next(self) -> Person:
        while True:
            first, last = self.rng.choice(_FIRST), self.rng.choice(_LAST)
            name = f"{first} {last}"
            if name not in self.taken:
                self.taken.add(name)
                return Person(name, f"{first}.{last}@example.org".lower())


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST = _words(
    "Abena Ade Aisha Alba Aled Amara Amit Ana Anwen Arlo Asha Ayo Bea Beatriz Ben Bilal Bronwen Caleb "
    "Carys Cerys Chidi Clara Dafydd Dalia Daniel Deepa Demi Dina Efe Eira Elena Elif Elis Emeka Emre "
    "Esme Esther Faisal Farah Fatima Femi Fern Freya Gethin Grace Hamza Hana Harriet Hassan Hope Ida "
    "Idris Imani Ines Iona Isaac Ivy Jamal Jasmin Jay Joana Jonah Josie Juno Kamal Karim Kasia Kayla "
    "Keir Keziah Kofi Lara Leila Leon Lewis Lina Lowri Lucia Luca Maeve Magda Malik Mara Marcus Marta "
    "Mehmet Mei Mina Mira Morgan Musa Nadia Naomi Neha Nell Nia Niamh Nikhil Noor Obi Olga Omar Oscar "
    "Owen Paolo Petra Pia Priya Rafi Rania Reena Rhian Rhys Rosa Rowan Ruth Sadia Salma Samir Sana "
    "Seren Shanice Simran Sofia Stefan Suki Tamar Tariq Tegan Theo Tomos Uma Vera Wanda Xanthe Yasmin "
    "Yusuf Zara Zofia "
)
_LAST = _words(
    "Abara Achebury Addlecombe Ashdene Balewick Barrowmere Beckonsall Birchdale Blackmarsh Brackenby "
    "Bramhope Briarley Brindlecote Calderbeck Carrowmore Chalkwell Chaudry-Lane Cloverdene Coombeley "
    "Cottersby Cranmoor Danjumah Darrowby Dellamar Dinglewood Dovecliff Drakemoor Eastlake Eldermere "
    "Elmhart Fairweir Farrowdale Fennimoor Fernleigh Foxcombe Galebrook Garrowhill Glenmarsh Gorsefield "
    "Greywell Hallowby Harkmoor Hartlake Hawksworthy Hazelrigg Heronsgate Hollowmere Ibekwen Inglefield "
    "Jarrowdene Kalimoor Kestrelby Kilnsea Kingsmarsh Lakhanby Langmere Larkham Lindenby Longmarsh "
    "Lovelake Maddocksby Malinowick Marlbeck Meadowcroft Merrowdale Millbrae Moorgate Nettlecombe "
    "Newtimber Nightingall Norwell Oakhanger Okonjosby Orchardleigh Otterbury Ovensdale Patelham "
    "Pebblecoombe Pennimoor Polwhistle Quantockby Quillfeather Rahmanby Ravensdene Redmarsh "
    "Ridgeway-Cole Rookhope Rosemoor Rushbrooke Saltmarsh Sandhurley Sedgebrook Shalebridge Silverdene "
    "Singhwell Sorrelby Starlingford Stonelake Swallowcliff Tamarby Thistlewood Thornmere Tidewell "
    "Trelawnby Underhill-Shah Valemoor Wadebeck Watermead Westlake Whitmarsh Willowbank Windermoor "
    "Wrenfield Yarrowdale Yewcombe Zielonby "
)
