// The four kinds of plot that the console draws, without the rest of ECharts.
import { BarChart, FunnelChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, DatasetComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  BarChart,
  FunnelChart,
  LineChart,
  PieChart,
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

const COLOURS = ["#24479b", "#c83f14", "#17654a", "#7a5200", "#5b4a9c", "#33477c"];

const charts = new Map();

/** Draws every [data-chart] (the id of a JSON script with an ECharts option), or gives a drawn one new numbers. */
function drawAll(root = document) {
  for (const place of root.querySelectorAll("[data-chart]")) {
    const option = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const chart = charts.get(place) ?? begin(place);
    chart.setOption({ color: COLOURS, aria: { enabled: true }, animationDuration: 300, ...option });
  }
}

function begin(place) {
  const chart = init(place, null, { renderer: "svg" });
  charts.set(place, chart);
  new ResizeObserver(() => chart.resize()).observe(place);
  return chart;
}

/** Fetches the figures of a live page again; plots that are there keep their place and move to the new numbers. */
async function refresh(live) {
  if (document.hidden) return;
  const answer = await fetch(live.dataset.figures, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const fresh = document.createElement("div");
  fresh.innerHTML = await answer.text();
  for (const place of fresh.querySelectorAll("[data-chart]")) {
    const drawn = live.querySelector(`[data-chart="${place.dataset.chart}"]`);
    if (drawn) place.replaceWith(drawn);
  }
  live.replaceChildren(...fresh.childNodes);
  drawAll(live);
}

function keepFresh(live) {
  setInterval(() => {
    refresh(live).catch(() => {
      const status = live.querySelector("[role=status]");
      if (status) status.textContent = live.dataset.stale;
    });
  }, Number(live.dataset.every));
}

drawAll();
document.addEventListener("htmx:after:swap", ({ target }) => drawAll(target));
for (const live of document.querySelectorAll("[data-figures][data-every]")) keepFresh(live);
