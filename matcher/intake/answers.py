"""What people answer in a sheet about firms without INN, applied row by row."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.intake.rows import Parsed
from models.errors import DataError, UsageError
from models.events import Rejection, Tally
from models.review import Answer
from models.review_queue import Answered, ReviewQueue, Source
from models.unit import Unit


def take_answers(unit: Unit, run: int, batch: Sequence[Parsed]) -> tuple[Tally, list[Rejection]]:
    """Apply what rows of a sheet say of firms without INN; an answer that cannot hold is refused."""
    answers = {row.line: row.answer for row in batch if row.answer is not None}
    source = Source(unit.run(run).header.by, run) if answers else Source()
    tally, doubted = Tally(), []
    for line, answer in answers.items():
        try:
            done = take_answer(unit.review, answer, source)
        except (DataError, UsageError) as error:
            doubted.append(Rejection(line, None, "answer", "", error.message))
            tally += Tally(refused=1)
        else:
            tally += Tally(added=1) if done.tally.added else Tally(changed=1)
    return tally, doubted


def take_answer(review: ReviewQueue, answer: Answer, source: Source) -> Answered:
    """Apply one answer."""
    if answer.same:
        return review.confirm(answer.item, answer.inns[0], source)
    return review.reject(answer.item, answer.inns, source, close=True)
