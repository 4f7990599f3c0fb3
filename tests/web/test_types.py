"""What TypeScript says: of the player's types, used as an editor would, and of what search engines are told."""

import subprocess
from pathlib import Path

import msgspec
import pytest

from service.article import Heading, Paragraph, make_article
from service.errors import VoiceUnavailable
from service.errors.problem import problem
from service.inlines import Text
from service.speech.track import Fallback, InEachLanguage
from service.web.linkeddata import linked_data
from tests.speech.house import THREE, house
from tests.web.rendering import TEMPLATES, track

MODULES = Path(__file__).parents[1] / "browser" / "node_modules"
COMPILER = MODULES / "typescript" / "bin" / "tsc"
OPTIONS = "--strict --noEmit --target es2022 --lib es2022,dom --module es2022 --moduleResolution bundler".split()
needs_typescript = pytest.mark.skipif(
    not COMPILER.exists(), reason="typescript is not installed: npm ci in tests/browser"
)

USE = """
import type { ChangduPlayer, Cue, Segment, Track } from "./player";

const player = document.querySelector("changdu-player")!;
const same: ChangduPlayer = player;
const played: Promise<void> = player.play("b1.s1");
player.play().then(() => player.pause());
player.next();
player.previous();
const rests: boolean = player.paused;
const sentence: string | null = player.sentence;
const length: number = player.track?.duration_ms ?? player.track?.expected_ms ?? 0;
player.addEventListener("changdu-sentence", ({ detail }) => detail?.toUpperCase());
player.addEventListener("changdu-error", ({ detail }) => detail.toUpperCase());
document.addEventListener("changdu-play", ({ detail }) => { const on: true = detail; return on; });
const cues = (segment: Segment): Cue[] => segment.cues;
const starts = (track: Track): number[] => track.segments.flatMap(cues).map(({ words }) => words[0][2]);

// @ts-expect-error it can only be read
player.paused = true;
// @ts-expect-error a sentence is named by its id
player.play(1);
// @ts-expect-error there are no other states
player.track?.state === "waiting";
export { length, played, rests, same, sentence, starts };
"""


def complaints(folder: Path, *files: str) -> str:
    """What the compiler says of some files of a folder."""
    (folder / "node_modules").symlink_to(MODULES)
    command = ["node", str(COMPILER), *OPTIONS, *files]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120).stdout


@needs_typescript
@pytest.mark.anyio
async def test_the_players_types_are_those_of_its_tracks_and_serve_an_editor(tmp_path: Path) -> None:
    (tmp_path / "player.d.ts").write_text((TEMPLATES / "player" / "player.d.ts").read_text("utf-8"), "utf-8")
    (tmp_path / "use.ts").write_text(USE, "utf-8")
    async with house() as at:
        ready = await at.read(THREE)
    failed = msgspec.structs.replace(
        ready,
        state="failed",
        problem=problem(VoiceUnavailable(voice="x", what="y")),
        fallback=Fallback(asked="x", reason=InEachLanguage(zh="x", hant="x", en="y")),
    )
    tracks = msgspec.json.encode([ready, failed]).decode()
    given = f'import type {{ Track }} from "./player";\nexport const tracks: Track[] = {tracks};\n'
    (tmp_path / "tracks.ts").write_text(given, "utf-8")
    assert complaints(tmp_path, "use.ts", "tracks.ts") == ""


@needs_typescript
def test_what_search_engines_are_told_is_of_schema_orgs_types(tmp_path: Path) -> None:
    article = make_article(
        source="https://www.example.cn/1",
        title="社区食堂开放",
        byline="林秋",
        site="柳溪镇",
        published="2024-03-05",
        blocks=(Heading(level=2, inlines=(Text(text="时间"),)), Paragraph(inlines=(Text(text="六点半开门。"),))),
    )
    told = linked_data(article, track(opus="/tracks/t1.opus"), "https://read.example")
    sound = {"@context": "https://schema.org", **told["audio"]}
    for kind, data in {"Article": told, "AudioObject": sound}.items():
        given = msgspec.json.encode(data).decode()
        module = f'import type {{ {kind}, WithContext }} from "schema-dts";\nexport const data: WithContext<{kind}> = {given};\n'
        (tmp_path / f"{kind}.ts").write_text(module, "utf-8")
    assert complaints(tmp_path, "Article.ts", "AudioObject.ts") == ""
