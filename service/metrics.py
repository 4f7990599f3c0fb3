"""Metrics for Prometheus: read off the parts of the house when they are asked for, so that no part knows of them."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from service.jobs.engine import Engine
from service.jobs.processes import Processes
from service.speech.recorder import Recorder
from service.speech.studio import Studio
from service.web.problems import Problems
from service.web.traffic import Traffic
from service.web.views import Views
from service.workshop import Workshop


class SpeechMetrics(Collector):
    """What one process speaks, and what waits to be spoken."""

    def __init__(self, engine: Engine, recorder: Recorder) -> None:
        self._engine = engine
        self._recorder = recorder

    def collect(self) -> Iterable[Metric]:
        queue = GaugeMetricFamily("changdu_queue_waiting", "Segments that wait to be spoken.", labels=["queue", "lane"])
        age = GaugeMetricFamily("changdu_queue_age_seconds", "How long the first has waited.", labels=["queue", "lane"])
        for (name, lane), (count, seconds) in self._engine.waiting().items():
            queue.add_metric([name, lane], count)
            age.add_metric([name, lane], seconds)
        yield from (queue, age)
        taken = SummaryMetricFamily("changdu_synthesis_seconds", "Time taken for segments.", labels=["queue"])
        sound = CounterMetricFamily(
            "changdu_sound_seconds", "Sound made; seconds taken by it is the real-time factor.", labels=["queue"]
        )
        for name, totals in self._recorder.totals.items():
            taken.add_metric([name], totals.segments, totals.seconds)
            sound.add_metric([name], totals.sound_ms / 1000)
        yield from (taken, sound)


class ServiceMetrics(Collector):
    """What one server answers, reads and serves. `reading` are the processes that read documents."""

    def __init__(self, traffic: Traffic, reading: Processes, views: Views, studio: Studio, problems: Problems) -> None:
        self._traffic = traffic
        self._reading = reading
        self._views = views
        self._studio = studio
        self._problems = problems

    def collect(self) -> Iterable[Metric]:
        requests = SummaryMetricFamily("changdu_request_seconds", "Time of requests.", labels=["route", "status"])
        for (route, status), (count, seconds) in self._traffic.totals.items():
            requests.add_metric([route, str(status)], count, seconds)
        yield requests
        yield SummaryMetricFamily(
            "changdu_extraction_seconds", "Time for reading documents.", self._reading.calls, self._reading.seconds
        )
        pages = CounterMetricFamily("changdu_pages", "Pages sent, by where they came from.", labels=["source"])
        for source, count in self._views.sources.items():
            pages.add_metric([source], count)
        problems = CounterMetricFamily("changdu_problems", "Errors told, by their slug.", labels=["slug"])
        for slug, count in self._problems.told.items():
            problems.add_metric([slug], count)
        fallbacks = CounterMetricFamily(
            "changdu_fallbacks", "Readings that an embedded voice took over.", self._studio.fallbacks
        )
        yield from (pages, problems, fallbacks)


def registry(*collectors: Collector) -> CollectorRegistry:
    """The collectors given and those of the process itself."""
    found = CollectorRegistry()
    for collector in (*collectors, ProcessCollector(registry=None), PlatformCollector(registry=None)):
        found.register(collector)
    return found


def serve(workshop: Workshop, port: int) -> None:
    """Answer Prometheus on a port of loopback from now on; a worker has no server of its own."""
    start_http_server(port, "127.0.0.1", registry(SpeechMetrics(workshop.engine, workshop.recorder)))
