"""The engines that check pages, as npm brings them: axe-core, IBM's checker, html-validate and vnu."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from playwright.sync_api import Page

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"

AXE_OPTIONS = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22a", "wcag22aa", "wcag22aaa",
        "best-practice",
    ],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}  # fmt: skip


@cache
def _source(path: str) -> str:
    file = MODULES / path
    if not file.exists():
        pytest.skip("the checking engines are not installed: npm ci in tests/browser")
    return file.read_text(encoding="utf-8")


def both(page: Page) -> list[str]:
    """What axe-core and IBM's checker complain about."""
    return axe(page) + ibm(page)


def axe(page: Page) -> list[str]:
    """Violations by axe-core, as "rule: element", with every tag."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source("axe-core/axe.min.js"))
    found = page.evaluate("options => axe.run(document, options).then(({ violations }) => violations)", AXE_OPTIONS)
    return [
        f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for violation in found
        for node in violation["nodes"]
    ]


def ibm(page: Page) -> list[str]:
    """What IBM's accessibility-checker-engine calls a violation of WCAG 2.2."""
    if not page.evaluate("'ace' in window"):
        page.evaluate(_source("accessibility-checker-engine/ace-window.js"))
    found: list[str] = page.evaluate(
        """async () => {
          const { results } = await new ace.Checker().check(document, ["WCAG_2_2"]);
          return results.filter(({ value }) => value[0] === "VIOLATION" && value[1] === "FAIL")
            .map(({ ruleId, snippet, message }) => `${ruleId}: ${snippet.slice(0, 160)} ${message}`);
        }"""
    )
    return found


def html_validate(files: list[Path]) -> list[str]:
    """Errors of html-validate."""
    node = shutil.which("node")
    if node is None or not (MODULES / "html-validate").exists():
        pytest.skip("html-validate is not installed: npm ci in tests/browser")
    script = str(MODULES / "html-validate/bin/html-validate.mjs")
    command = [node, script, "--formatter=json", f"--config={HERE / 'htmlvalidate.json'}", *map(str, files)]
    with TemporaryFile() as report_file:  # a pipe would be cut at 64 kB when node ends
        subprocess.run(command, stdout=report_file, check=False)
        report_file.seek(0)
        reports = json.load(report_file)
    return [
        f"{Path(report['filePath']).name}:{message['line']} {message['ruleId']}: {message['message']}"
        for report in reports
        for message in report["messages"]
    ]


def vnu(files: list[Path]) -> list[str]:
    """Errors of the W3C's validator, except that its style parser does not know `::highlight`."""
    java, jar = shutil.which("java"), MODULES / "vnu-jar/build/dist/vnu.jar"
    if java is None or not jar.exists():
        pytest.skip("vnu needs java and npm ci in tests/browser")
    run = subprocess.run(
        [java, "-jar", str(jar), "--errors-only", "--format", "json", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [
        f"{Path(message['url']).name}:{message.get('lastLine')} {message['message']}"
        for message in json.loads(run.stderr)["messages"]
        if message["message"] != "CSS: Parse Error."
    ]


def said(page: Page) -> list[str]:
    """What a screen reader says from the start of the page to its end, item by item."""
    page.evaluate(
        """async (source) => {
          const module = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
          window.reader = (await import(module)).virtual;
        }""",
        _source("@guidepup/virtual-screen-reader/lib/esm/index.browser.js"),
    )
    spoken: list[str] = page.evaluate(
        """async () => {
          await reader.start({ container: document.body });
          do await reader.next(); while (await reader.lastSpokenPhrase() !== "end of document");
          const log = await reader.spokenPhraseLog();
          await reader.stop();
          return log;
        }"""
    )
    return spoken
