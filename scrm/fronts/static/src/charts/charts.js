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

/** Draws every [data-chart] (an id of a JSON script with an ECharts option) and follows the page's changes. */
function drawAll(root = document) {
  for (const place of root.querySelectorAll("[data-chart]")) {
    const option = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const chart = init(place, null, { renderer: "svg" });
    chart.setOption({ color: COLOURS, aria: { enabled: true }, animationDuration: 300, ...option });
    new ResizeObserver(() => chart.resize()).observe(place);
  }
}

drawAll();
document.addEventListener("htmx:after:swap", ({ target }) => drawAll(target));
