"""Tables on a grid: whatever the spans say, the rows make up one rectangle and no cell's text is lost."""

from hypothesis import given, settings

from service.article import Cell, Table
from service.inlines import Text, plain
from service.web.grid import grid, labels
from tests.web.trees import rows


def _cell(text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(inlines=(Text(text=text),), rows=rows, columns=columns)


def _texts(lines: list[list[Cell]]) -> list[list[str]]:
    return [[plain(cell.inlines) for cell in line] for line in lines]


def _widths(lines: list[list[Cell]]) -> list[int]:
    """Columns each line covers, those that cells from above hang down into included."""
    widths = [0] * len(lines)
    for row, line in enumerate(lines):
        for cell in line:
            for covered in range(row, row + cell.rows):
                widths[covered] += cell.columns
    return widths


def test_honest_spans_stay() -> None:
    table = Table(rows=((_cell("甲", rows=2), _cell("乙")), (_cell("丙"),)))
    head, body = grid(table)
    assert _texts(head + body) == [["甲", "乙"], ["丙"]]
    assert body[0][0].rows == 2


def test_a_span_beyond_the_table_is_cut() -> None:
    _, body = grid(Table(rows=((_cell("甲", rows=9, columns=50), _cell("乙")),)))
    assert [(cell.rows, cell.columns) for cell in body[0]] == [(1, 1), (1, 1)]


def test_a_short_row_is_filled_and_an_empty_one_left_out() -> None:
    head, body = grid(Table(head=((_cell("一"), _cell("二")),), rows=((_cell("三"),), ())))
    assert _texts(head) == [["一", "二"]]
    assert _texts(body) == [["三", ""]]


def test_without_headers_the_first_row_is_the_head() -> None:
    head, body = grid(Table(rows=((_cell("一"), _cell("二")), (_cell("三"), _cell("四")))))
    assert (_texts(head), _texts(body)) == ([["一", "二"]], [["三", "四"]])


def test_without_headers_the_first_column_names_a_single_row_or_what_hangs_down() -> None:
    for lines in (((_cell("电话"), _cell("一二三")),), ((_cell("甲", rows=2), _cell("乙")), (_cell("丙"),))):
        head, body = grid(Table(rows=lines))
        assert head == []
        assert [cell.header for cell in body[0]] == [True, False]


@given(rows, rows)
@settings(max_examples=200, deadline=None)
def test_every_table_is_a_rectangle_with_all_its_text(
    head: tuple[tuple[Cell, ...], ...], body: tuple[tuple[Cell, ...], ...]
) -> None:
    first, rest = grid(Table(head=head, rows=body))
    assert len({*_widths(first), *_widths(rest)}) <= 1
    assert all(line for line in first + rest)
    written = [plain(cell.inlines) for row in head + body for cell in row]
    shown = [text for line in _texts(first + rest) for text in line]
    assert [text for text in shown if text] == [text for text in written if text]


def test_a_cell_knows_what_it_stands_under() -> None:
    table = Table(
        head=((_cell("楼"), _cell("日期"), _cell("时间")),),
        rows=((_cell("一"), _cell("二"), _cell("三")), (_cell("四"), _cell("五", columns=2))),
    )
    assert labels(*grid(table)) == [["楼", "日期", "时间"], ["楼", "日期 时间"]]


def test_a_table_that_is_no_list() -> None:
    names, plain = (_cell("楼"), _cell("日期")), (_cell("一"), _cell("二"))
    hanging = (_cell("一", rows=2), _cell("二")), (_cell("三"),)
    assert labels(*grid(Table(head=(names, names), rows=(plain,)))) == []
    assert labels(*grid(Table(head=((_cell("楼", columns=2),),), rows=(plain,)))) == []
    assert labels(*grid(Table(head=((_cell("楼"), _cell(" ")),), rows=(plain,)))) == []
    assert labels(*grid(Table(head=(names,), rows=hanging))) == []
