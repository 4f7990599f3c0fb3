"""What hostile documents and servers leave behind: after the first rounds, no process of the service grows any more."""

from collections.abc import Iterator

import pytest

from tests.hostile.documents import LAUGHS, SENTENCE
from tests.hostile.server import Service, serving
from tests.hostile.test_servers import REPLIES, server
from tests.intake.offices import docx, epub, para
from tests.intake.pdfs import Page, Set, pdf
from tests.web.stage import stage

GROWTH_MB = 24  # what an allocator may keep back in three rounds
DOCUMENTS = (
    docx("", word__document_xml=b"<a>" + b" " * (8 << 20)),
    docx("", word__document_xml=f"{LAUGHS}<a>&a11;</a>"),
    docx("".join(para(f"{n}{SENTENCE}{n * n}") for n in range(3000))),
    epub({f"{n}.xhtml": f"<p>{SENTENCE * 100}{n}</p>" for n in range(40)}),
    pdf([Page([Set(7 * (n % 80), 800 - n // 80, 3, "长者") for n in range(800)])]),
    f"<p>{SENTENCE * 5}</p><p {' '.join(f'a{n}=b' for n in range(100_000))}>{SENTENCE}".encode(),
    f"{'<div>' * 20_000}{SENTENCE * 9}".encode(),
    f"<p>{SENTENCE}</p>".encode() * 12_000,
    f"{SENTENCE}\n".encode("gb18030") * 12_000,
    bytes(2 << 20),
    bytes(range(256)) * 8_000,
)
BOMBS = [place for place, name in enumerate(REPLIES) if "bomb" in name]


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with stage() as here:
        yield f"http://127.0.0.1:{here.enter(server())}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, origin: str) -> Iterator[Service]:
    port = origin.rpartition(":")[2]
    store = tmp_path_factory.mktemp("store")
    with serving(store, fetch_allow="127.0.0.1", fetch_ports=port, read_seconds="60", body_limit_mb="4") as service:
        yield service


def test_nothing_is_left_behind(service: Service, origin: str) -> None:
    def rounds(count: int) -> dict[int, int]:
        for _ in range(count):
            for body in DOCUMENTS:
                assert service.send(body).status_code in (200, 201, 400, 415, 422)
            for place in BOMBS:
                assert service.open(f"{origin}/reply/{place}").status_code == 502
        return service.megabytes()

    before = rounds(3)
    after = rounds(3)
    assert after.keys() == before.keys()  # no process had to be ended
    assert all(after[pid] - before[pid] < GROWTH_MB for pid in before), (before, after)
