"""The board: who has locked, begun or not begun, as sheets are opened, written on and locked."""

from __future__ import annotations

from api.presenters.board_cells import Board, BoardCell, Filling, Hand, Rater
from api.services.change_tables import DAY, add_rows
from api.services.follow_ratings import follow_ratings
from api.services.rating_sheets import take_script
from tests.api.routes.washup_made import begin, come, lock_begun, rate
from tests.rating_made import another, held, made_sheet_of, publish_draft
from tests.service import Service


def board_of(service: Service) -> Board:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        board = follow_ratings(work, record)
    assert board is not None
    return board


def cell_of(service: Service, applicant: str = "A007", exercise: str = "interview") -> BoardCell:
    cell = board_of(service).cell(applicant, exercise)
    assert cell is not None
    return cell


def hands(cell: BoardCell) -> list[tuple[str, Hand, int, int]]:
    return [(r.rater, r.hand, r.rated, r.owes) for r in cell.raters]


def test_with_nothing_published_nobody_is_expected(service: Service) -> None:
    board = board_of(service)
    assert (board.version, {cell.state for cell in board.cells.values()}) == (0, {Filling.NOT_EXPECTED})
    assert len(board.cells) == 8 * 5


def test_cell_goes_from_expected_to_begun_to_filled(any_service: Service) -> None:
    service = any_service
    publish_draft(service)
    cell = cell_of(service)
    assert (cell.state, cell.session, cell.locked, cell.due) == (Filling.WAITING, "H01", 0, 10)
    assert hands(cell) == [("S01", Hand.NOT_BEGUN, 0, 5), ("S04", Hand.NOT_BEGUN, 0, 5)]
    sheet = begin(service, "S01", 3)
    assert hands(cell_of(service)) == [("S01", Hand.BEGUN, 5, 5), ("S04", Hand.NOT_BEGUN, 0, 5)]
    lock_begun(service, sheet)
    cell = cell_of(service)
    assert hands(cell) == [("S01", Hand.LOCKED, 5, 0), ("S04", Hand.NOT_BEGUN, 0, 5)]
    assert (cell.state, cell.locked, cell.due, cell.outstanding) == (Filling.WAITING, 5, 10, ("S04",))
    rate(service, "S04", 4)
    cell = cell_of(service)
    assert (cell.state, cell.locked, cell.due, cell.outstanding) == (Filling.FILLED, 10, 10, ())


def test_sheet_that_is_only_opened_is_not_begun(service: Service) -> None:
    publish_draft(service)
    made_sheet_of(service, "S01")
    assert [r.hand for r in cell_of(service).raters] == [Hand.NOT_BEGUN, Hand.NOT_BEGUN]


def test_group_owes_until_enough_of_its_members_have_locked(service: Service) -> None:
    publish_draft(service)
    cell = cell_of(service, exercise="service_users")
    assert (hands(cell), cell.due) == ([("G1", Hand.NOT_BEGUN, 0, 6)], 6)
    rows = [
        {"applicant": "A007", "exercise": "service_users", "criterion": c, "assessor": who, "rating": "3"}
        for who in ("U1A", "U1B")
        for c in ("values", "communication", "motivation")
    ]
    with held(service) as at:
        add_rows(at.work, at.record, "ratings", rows, at.doing, DAY)
    cell = cell_of(service, exercise="service_users")
    assert (cell.state, hands(cell)) == (
        Filling.FILLED,
        [("U1A", Hand.LOCKED, 3, 0), ("U1B", Hand.LOCKED, 3, 0)],
    )


def test_written_work_is_missing_once_the_applicant_came_and_waits_once_all_is_taken(
    any_service: Service,
) -> None:
    service = any_service
    publish_draft(service)
    cell = cell_of(service, exercise="written")
    assert (cell.state, cell.wanted, cell.raters, cell.due) == (Filling.WAITING, 2, (), 4)
    come(service, "A007")
    assert cell_of(service, exercise="written").state is Filling.MISSING
    another(service, "S02")
    for person in ("S01", "S02"):
        with held(service) as at:
            take_script(at.work, at.record, at.campaign, at.published, person, "A007", "written", at.doing)
        cell = cell_of(service, exercise="written")
    assert (cell.state, cell.wanted, cell.due) == (Filling.WAITING, 0, 4)
    assert hands(cell) == [("S01", Hand.NOT_BEGUN, 0, 2), ("S02", Hand.NOT_BEGUN, 0, 2)]


def test_whoever_did_not_come_is_not_expected(service: Service) -> None:
    publish_draft(service)
    with held(service) as at:
        row = {"applicant": "A007", "status": "did_not_attend"}
        add_rows(at.work, at.record, "attendance", [row], at.doing, DAY)
    assert {board_of(service).cells["A007", e].state for e in ("interview", "written")} == {
        Filling.NOT_EXPECTED
    }


def test_signing_off_makes_what_is_lacking_missing_and_nobody_more_expected(service: Service) -> None:
    publish_draft(service)
    come(service, "A007")
    with held(service) as at:
        row = {"session": "H01", "at": "2015-07-06 13:15", "signed_by": "Max"}
        add_rows(at.work, at.record, "sign_offs", [row], at.doing, DAY)
    assert cell_of(service).state is Filling.MISSING
    assert cell_of(service, "A003").state is Filling.NOT_EXPECTED
    assert cell_of(service, "A006").state is Filling.WAITING


def test_nobody_waits_for_an_absent_rater_nor_for_one_kept_apart(service: Service) -> None:
    publish_draft(service)
    rate(service, "S01", 3)
    with held(service) as at:
        row = {"person": "S04", "session": "H01", "status": "absent"}
        add_rows(at.work, at.record, "staff_attendance", [row], at.doing, DAY)
        row = {"applicant": "A001", "person": "S04", "kind": "neighbours", "decision": "exclude"}
        add_rows(at.work, at.record, "interests", [row], at.doing, DAY)
    cell = cell_of(service)
    assert (cell.state, cell.outstanding, cell.locked, cell.due) == (Filling.MISSING, (), 5, 10)
    assert cell.raters[1] == Rater("S04", Hand.ABSENT, 0, 5, True)


def test_one_in_whose_place_another_rated_is_not_needed(service: Service) -> None:
    publish_draft(service)
    rate(service, "S01", 3)
    rows = [
        {"applicant": "A007", "exercise": "interview", "criterion": c, "assessor": "S05", "rating": "3"}
        for c in ("values", "communication", "analysis", "reflection", "motivation")
    ]
    with held(service) as at:
        add_rows(at.work, at.record, "ratings", rows, at.doing, DAY)
    cell = cell_of(service)
    assert (cell.state, cell.outstanding) == (Filling.FILLED, ())
    assert [(r.rater, r.hand) for r in cell.raters] == [
        ("S01", Hand.LOCKED),
        ("S05", Hand.LOCKED),
        ("S04", Hand.NOT_NEEDED),
    ]
    begin(service, "S04", 4)
    assert cell_of(service).outstanding == ("S04",)


def test_board_is_the_same_one_while_nothing_changes(service: Service) -> None:
    publish_draft(service)
    first = board_of(service)
    assert board_of(service) is first
    begin(service, "S01", 3)
    assert board_of(service) is not first


def test_tables_with_faults_have_no_board(service: Service) -> None:
    with service.database.writing() as work:
        record = work.campaigns.by_id(service.new_campaign({}))
        assert record is not None
        assert follow_ratings(work, record) is None
