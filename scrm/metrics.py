"""What Prometheus is told; all processes of one installation keep their figures under `var/metrics`."""

from prometheus_client import Counter, Histogram

# Few buckets and few labels: each request pays for them.
REQUESTS = Histogram(
    "scrm_request_seconds",
    "Time to answer a request, by front and by class of status.",
    ("front", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
SENT_AWAY = Counter(
    "scrm_requests_sent_away",
    "Told at the door that too many are here, or that they take too long.",
    ("what",),
)
DELIVERIES = Counter("scrm_deliveries", "Events delivered to a reaction, by what came of it.", ("outcome",))
PERIODIC_FAILURES = Counter("scrm_periodic_failures", "What fell due by time and failed, by job.", ("job",))
RELAYED = Counter("scrm_relayed_events", "Events turned into jobs: new ones, or again.", ("why",))
