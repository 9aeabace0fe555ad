"""Baseline: a bare Flask route, which is the least that any route can cost."""

from flask import Flask, Response, jsonify

app = Flask(__name__)


@app.post("/c/<slug>/plays")
def plays(slug: str) -> Response:
    return jsonify(slug=slug)
