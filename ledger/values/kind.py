"""Kind: what the kind of a question's answer decides, and all that is asked of a kind.

There is one class for each kind, beside what its values are, and one list of them: `kinds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import digits
from typing import Any, ClassVar, Final, Generic, Literal, NamedTuple, Protocol, TypeVar

from ledger.values.comparison import Comparison
from ledger.values.tree import Tree
from ledger.words import Answer

TOLERANCE: Final = 0.1
"""How far "about" reaches where the question does not say: 10 % to both sides."""

VAGUE: Final = frozenset({"dozens", "scores", "hundreds", "thousands", "millions", "billions"})
"""Words that stand for a number only roughly; what they count comes after an `of`."""

FIGURES: Final = VAGUE | {
    "more",
    "fewer",
    "dozen",
    "hundred",
    "thousand",
    "million",
    "billion",
    "…",
}
"""What words of a quantity end in, if not in a digit or a sign."""

SINGULAR: Final = {"people": "person", "countries": "country"}
"""Units whose singular is more than an s less."""

V = TypeVar("V")

Bound = tuple[float, int]
"""An end of an interval and which side of it is left out: 1 just above, -1 just below, 0 none."""

Bounds = tuple[Bound, Bound]
"""The lower and the upper end; two are apart if the low of one is above the other's high."""

Turn = tuple[object, ...]
"""What puts values into the order in which they are laid into positions."""


class Room(Protocol):
    """The worlds in which a value holds, as far as it matters for what several values share."""

    def shared(self, other: Any, /) -> Room | None:  # noqa: ANN401 # rooms of one kind of answer
        """Return the worlds that are in both; None if there are none."""


class UnreadableValue(ValueError):  # noqa: N818 # named for what it says of the value
    """A value that cannot be read: `what` is wrong with it and which `forms` would be accepted."""

    def __init__(self, what: str, forms: str) -> None:
        super().__init__(what)
        self.what = what
        self.forms = forms


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for: the kind of its answer and what bounds the values."""

    answer: Answer
    options: tuple[str, ...] = ()
    tolerance: float = TOLERANCE
    coding: str = "plural"
    many: bool = False
    """Whether several answers can be true, so that only a denial excludes what it denies."""
    ordered: bool = False
    """Whether the options are a scale, of which neighbours hardly exclude each other."""


class Comparing(NamedTuple):
    """What comparing needs to know of a question: what it asks for, and whose tree."""

    asked: Asked
    tree: Tree


class Ends(NamedTuple):
    """The ends of a range as the database has them: numbers or days; one that is open is None."""

    low: float | None = None
    high: float | None = None
    low_open: int | None = None
    high_open: int | None = None
    earliest: str | None = None
    latest: str | None = None

    def row(self) -> tuple[object, ...]:
        """Return the ends of what several claims say, of whom none is left out."""
        return self.low, self.high, self.earliest, self.latest


class Misfit(NamedTuple):
    """Why a value is none that its question counts: what it is, what is counted, and the remedy."""

    is_one: str
    counted: str
    remedy: str


class Kind(Generic[V]):
    """A kind of answer; what is told here holds where it tells nothing of its own."""

    name: ClassVar[Answer]
    wanted: ClassVar[str]
    """What a question asks for, as a reader says it: `a date`, `yes or no`."""
    forms: ClassVar[str] = ""
    """How values are written, where they have forms of their own."""
    hint: ClassVar[str] = ""
    """The same in few words, for who is asked for a value; a choice shows its options."""
    examples: ClassVar[tuple[tuple[str, str], ...]]
    """Pairs of values whose comparison shows readers how the kind compares."""
    printed_as: ClassVar[Literal["figures", "dates", "names", "words"]] = "words"
    """As what a text that says it would have to print it; it need not have our own words."""
    register: ClassVar[Literal["actor", "place"] | None] = None
    """What values name by id: entries of this register, compared by their tree."""
    measured: ClassVar[bool] = False
    """Whether values are counted in the question's unit, so that parts add up to a whole."""
    can_be_many: ClassVar[bool] = True
    """Whether several values can hold together, if a question says so."""
    has_options: ClassVar[bool] = False
    """Whether the question lists the values that there are."""
    denies: ClassVar[bool] = False
    """Whether a value can be a denial, which excludes what it denies among any answers."""
    in_intervals: ClassVar[bool] = False
    """Whether values have ends, which alone tell which are apart but where days are left out."""
    for_people: ClassVar[bool] = False
    """Whether only people can compare two values that are not the same."""

    def parse(self, text: str, asked: Asked) -> V:
        """Return what a value means. Raises UnreadableValue with the forms accepted."""
        raise NotImplementedError

    def compare(
        self, one: V, other: V, written: tuple[str, str], question: Comparing
    ) -> Comparison:
        """Return whether two values can both be true; `written` is how each was written."""
        raise NotImplementedError

    def in_words(self, written: str, tree: Tree) -> str:
        """Return a value as a reader says it; `tree` has the names of what it names."""
        return written

    def read_back(self, written: str, value: V, unit: str, tree: Tree) -> str:
        """Return what a value was taken for, for who has just written it."""
        return self.in_words(written, tree)

    def misfit(self, written: str, unit: str) -> Misfit | None:
        """Return why a value is none of what its question counts, if it is none."""
        return None

    def bounds(self, value: V) -> Bounds | None:
        """Return the ends of an interval."""
        return None

    def room(self, value: V, question: Comparing) -> Room | None:
        """Return what a value leaves room for; None where pairs always tell all of it."""
        return None

    def in_parts(self, value: V) -> bool:
        """Return whether what a value leaves room for is in parts.

        Values that are not, any two of which can be true, can all be true: of such, pairs tell all.
        Where one is, rooms tell.
        """
        return False

    def best(self, value: V) -> float | None:
        """Return the best estimate within an interval, if one is told."""
        return None

    def ends(self, low: Bound, high: Bound) -> Ends:
        """Return the ends of an interval as the database has them."""
        return NO_ENDS

    def turn(self, value: V, asked: Asked, tree: Tree) -> Turn:
        """Return the turn of a value; those with ends come by these before."""
        return 0, False

    def distance(self, gap: float, unit: str | None) -> str:
        """Return how far two values are apart: `170 people`."""
        return with_unit(f"{gap:,.12g}", unit)

    def about_distance(self, gap: float, unit: str | None) -> str:
        """Return how far two values are apart, as nearly as a reader needs it."""
        return self.distance(gap, unit)


NO_ENDS: Final = Ends()


def with_unit(value: str | None, unit: str | None) -> str:
    """Return a value in words with its unit: `dozens of people`, `88% of those asked`.

    What does not end as a quantity does says its unit itself: an editor's name of a position.
    """
    if not value or not unit:
        return value or ""
    value, mark, best = value.partition(" (best ")
    if not value.endswith((*digits, "%", "+")) and value.rpartition(" ")[2] not in FIGURES:
        return value + mark + best
    if value.endswith("%"):
        unit = unit.removeprefix("percent").strip()
    elif value.rpartition(" ")[2] in VAGUE and not unit.startswith("of "):
        unit = f"of {unit}"
    elif value == "1" and " " not in unit:
        unit = SINGULAR.get(unit) or unit.removesuffix("s")
    return f"{value} {unit}".strip() + mark + best
