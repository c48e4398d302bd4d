"use strict";
// A crosshair with figures over the charts, by pointer and by arrow keys. The page is complete without it.
(() => {
  const units = [[172800, 86400, "d"], [7200, 3600, "h"], [120, 60, "min"], [1, 1, "s"], [1e-3, 1e-3, "ms"], [1e-6, 1e-6, "µs"]];
  const digits = (x) => {
    const text = Math.abs(x) >= 1000 ? Math.round(x).toString() : Number(x.toPrecision(3)).toString();
    return text.replace(/\B(?=(\d{3})+$)/g, text.includes(".") ? "" : ",");
  };
  const duration = (s) => {
    if (s === 0) return "0 s";
    const unit = units.find((u) => s >= u[0]) || [0, 1e-9, "ns"];
    return digits(s / unit[1]) + " " + unit[2];
  };
  const shown = (text, unit) => {
    if (text === "") return "–";
    return unit === "s" ? duration(Number(text)) : digits(Number(text)) + " " + unit;
  };
  const two = (n) => String(n).padStart(2, "0");
  const moment = (s, total) => {
    if (total < 60) return duration(s);
    const n = Math.round(s), clock = two(Math.floor(n / 3600) % 24) + ":" + two(Math.floor(n / 60) % 60);
    if (total > 172800) return Math.floor(n / 86400) + " d " + clock;
    return total > 21600 ? Math.floor(n / 3600) + ":" + two(Math.floor(n / 60) % 60) + " h" : clock + ":" + two(n % 60);
  };
  const charts = [];
  for (const svg of document.querySelectorAll("svg.plot")) {
    const lines = [...svg.querySelectorAll("path.line")].map((path) => ({
      label: path.dataset.label, values: path.dataset.values.split(" "),
    }));
    const data = svg.dataset, count = Math.max(0, ...lines.map((line) => line.values.length));
    if (count === 0) continue;
    const cross = document.createElementNS(svg.namespaceURI, "line"), tip = document.createElement("div");
    cross.setAttribute("class", "cross");
    cross.setAttribute("y2", svg.getAttribute("height"));
    tip.className = "tip";
    tip.setAttribute("role", "status");
    tip.hidden = true;
    svg.parentElement.append(tip);
    // The title would pop up over the figures; as a label it says the same to a screen reader.
    const title = svg.querySelector("title");
    svg.setAttribute("aria-label", title.textContent);
    svg.removeAttribute("aria-labelledby");
    svg.setAttribute("aria-describedby", svg.querySelector("desc").id);
    title.remove();
    const at = data.at ? data.at.split(" ").map((x) => Number(x) / 1000) : null;
    const names = data.names ? data.names.split("|") : null;
    const step = Number(data.step), total = Number(data.total);
    charts.push({
      svg, lines, count, cross, tip, unit: data.unit, index: null, group: at ? svg.id : svg.closest("section").id,
      place: (i) => at ? at[i] : Math.min(1, (i + 0.5) * step / total),
      name: (i) => at ? names[i] : moment(i * step, total) + " to " + moment(Math.min(total, (i + 1) * step), total),
      find: (share) => {
        if (!at) return Math.floor(share * total / step);
        let best = 0;
        at.forEach((x, i) => { if (Math.abs(x - share) < Math.abs(at[best] - share)) best = i; });
        return best;
      },
    });
  }

  const hide = (chart) => {
    for (const other of charts) {
      if (other.group === chart.group) { other.cross.remove(); other.tip.hidden = true; }
    }
  };
  const point = (chart, wanted) => {
    const i = Math.min(chart.count - 1, Math.max(0, wanted)), share = chart.place(i);
    for (const other of charts) {
      if (other.group !== chart.group) continue;
      other.cross.setAttribute("x1", share * 100 + "%");
      other.cross.setAttribute("x2", share * 100 + "%");
      other.svg.append(other.cross);
      other.tip.hidden = true;
    }
    chart.index = i;
    const tip = chart.tip;
    tip.replaceChildren();
    const head = document.createElement("b");
    head.textContent = chart.name(i);
    tip.append(head);
    for (const line of chart.lines) {
      const row = document.createElement("div");
      row.textContent = line.label + "  " + shown(line.values[i] === undefined ? "" : line.values[i], chart.unit);
      tip.append(row);
    }
    tip.hidden = false;
    const width = chart.svg.parentElement.clientWidth, left = share * width;
    const free = left + 14 + tip.offsetWidth <= width ? left + 14 : left - 14 - tip.offsetWidth;
    tip.style.left = Math.max(-40, free) + "px";
    tip.style.top = "6px";
  };

  for (const chart of charts) {
    const svg = chart.svg;
    const follow = (event) => {
      const box = svg.parentElement.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      if (share >= 0 && share <= 1) point(chart, chart.find(share)); else hide(chart);
    };
    svg.addEventListener("pointermove", follow);
    svg.addEventListener("pointerdown", follow);
    svg.addEventListener("pointerleave", () => hide(chart));
    svg.addEventListener("blur", () => hide(chart));
    svg.addEventListener("keydown", (event) => {
      const now = chart.index === null ? -1 : chart.index, leap = event.shiftKey ? 10 : 1;
      const moves = { ArrowLeft: now - leap, ArrowRight: now + leap, Home: 0, End: chart.count - 1 };
      if (event.key === "Escape") hide(chart);
      if (!(event.key in moves)) return;
      event.preventDefault();
      point(chart, moves[event.key]);
    });
  }
})();
