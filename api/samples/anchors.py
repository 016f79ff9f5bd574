"""What each number of the scale means for each criterion of the made-up campaigns: illustrative, and ours."""

from __future__ import annotations

ANCHORS: dict[str, tuple[str, str, str, str, str]] = {
    "values": (
        "Says something that demeans people, or sees no wrong in it.",
        "Speaks of respect in general, with no example of acting on it.",
        "Gives an example of treating somebody fairly, and says why it mattered.",
        "Notices an unfairness unprompted and says what they would do about it.",
        "Weighs people’s rights against their safety, and questions their own assumptions.",
    ),
    "communication": (
        "Talks over the other person, or cannot be followed.",
        "Can be followed, but does not check whether they were understood.",
        "Listens, answers what was asked, and checks once or twice.",
        "Adapts to the other person, picks up what is not said, and stays calm.",
        "Earns trust in a hard conversation, and leaves the other person clearer than before.",
    ),
    "analysis": (
        "Repeats what was given, or jumps to a conclusion.",
        "Names some facts but does not connect them.",
        "Connects facts with a risk, and reaches a sensible view.",
        "Weighs several explanations, and says what is not known yet.",
        "Builds a clear argument from mixed evidence, and says what would change their mind.",
    ),
    "writing": (
        "Cannot be understood without asking.",
        "Understandable, with mistakes that get in the way.",
        "Clear and in order, with few mistakes.",
        "Clear, exact and to the point, in words the reader would use.",
        "Could go on file as it is: fact and opinion kept apart, and every claim supported.",
    ),
    "reflection": (
        "Sees no part of their own in what went wrong.",
        "Describes what happened, and not what they learned.",
        "Says what they would do differently, and why.",
        "Describes how they reacted under strain, and how they look after themselves.",
        "Has sought out criticism, changed by it, and can show how.",
    ),
    "motivation": (
        "Cannot say what the work is.",
        "Wants to help, without knowing what the work asks of them.",
        "Knows the main tasks and limits of the work, and links them to experience.",
        "Understands the strain and the law behind the work, and wants it all the same.",
        "Speaks of the work from the child’s side, with experience that bears it out.",
    ),
}


def anchor_rows() -> tuple[tuple[str, ...], ...]:
    """Rows of the table `anchors`, from the lowest number of each criterion up."""
    return tuple(
        (criterion, str(number), anchor)
        for criterion, anchors in ANCHORS.items()
        for number, anchor in enumerate(anchors, start=1)
    )
