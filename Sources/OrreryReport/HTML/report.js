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
    if (text === undefined || text === "") return "–";
    return unit === "s" ? duration(Number(text)) : digits(Number(text)) + " " + unit;
  };
  const two = (n) => String(n).padStart(2, "0");
  const moment = (s, total) => {
    if (total < 60) return duration(s);
    const n = Math.round(s), clock = two(Math.floor(n / 3600) % 24) + ":" + two(Math.floor(n / 60) % 60);
    if (total > 172800) return Math.floor(n / 86400) + " d " + clock;
    return total > 21600 ? Math.floor(n / 3600) + ":" + two(Math.floor(n / 60) % 60) + " h" : clock + ":" + two(n % 60);
  };
  // "0*12 3" is twelve times 0, then 3.
  const unpacked = (text) => text.split(" ").flatMap((part) => {
    const [value, count] = part.split("*");
    return Array(Number(count || 1)).fill(value);
  });
  const make = (svg, name, kind) => {
    const shape = document.createElementNS(svg.namespaceURI, name);
    shape.setAttribute("class", kind);
    return shape;
  };
  // What a reader hears; the figures beside the pointer are for the eye.
  const voice = document.createElement("div");
  voice.className = "hidden";
  voice.setAttribute("role", "status");
  document.querySelector("main").append(voice);

  const charts = [];
  for (const svg of document.querySelectorAll("svg.plot")) {
    const data = svg.dataset, split = (text) => text ? text.split("|") : null;
    const lines = [...svg.querySelectorAll("path.line")].map((path) => {
      const d = path.dataset, list = (text) => text ? text.split(" ") : null;
      return { label: d.label, values: d.values.split(" "), low: list(d.low), high: list(d.high) };
    });
    const names = split(data.names), texts = split(data.texts), parts = split(data.rows);
    const cells = parts ? data.cells.split(";").map(unpacked) : null;
    const count = Math.max(0, ...lines.map((line) => line.values.length), ...(cells || []).map((row) => row.length),
      texts ? texts.length : 0);
    if (count === 0) continue;
    const at = data.at ? data.at.split(" ").map((x) => Number(x) / 1000) : names ? names.map((_, i) => (i + 0.5) / count) : null;
    const step = Number(data.step), total = Number(data.total), tip = document.createElement("div");
    tip.className = "tip";
    tip.setAttribute("aria-hidden", "true");
    tip.hidden = true;
    svg.parentElement.append(tip);
    const cross = make(svg, "line", "cross");
    cross.setAttribute("y2", svg.getAttribute("height"));
    // The title would pop up over the figures; as a label it says the same to a screen reader.
    const title = svg.querySelector("title");
    svg.setAttribute("aria-label", title.textContent);
    svg.removeAttribute("aria-labelledby");
    svg.setAttribute("aria-describedby", svg.querySelector("desc").id);
    title.remove();
    charts.push({
      svg, count, cross, tip, index: null, row: 0, rows: cells ? cells.length : 0,
      cell: cells ? make(svg, "rect", "cell") : null, height: Number(svg.getAttribute("height")),
      group: data.total ? svg.closest("section").id : svg.id,
      place: (i) => at ? at[i] : Math.min(1, (i + 0.5) * step / total),
      name: (i) => names ? names[i] : moment(i * step, total) + " to " + moment(Math.min(total, (i + 1) * step), total),
      says: (i, row) => {
        if (texts) return [texts[i]];
        if (cells) return [parts[row] + "  " + shown(cells[row][i], data.unit)];
        return lines.map((line) => line.label + "  " + shown(line.values[i], data.unit)
          + (line.low && line.low[i] ? " (" + shown(line.low[i], data.unit) + " … " + shown(line.high[i], data.unit) + ")" : ""));
      },
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
      if (other.group !== chart.group) continue;
      other.cross.remove();
      if (other.cell) other.cell.remove();
      other.tip.hidden = true;
    }
  };
  const point = (chart, wanted, row) => {
    hide(chart);
    const i = Math.min(chart.count - 1, Math.max(0, wanted)), share = chart.place(i), tip = chart.tip;
    for (const other of charts) {
      if (other.group !== chart.group) continue;
      other.cross.setAttribute("x1", share * 100 + "%");
      other.cross.setAttribute("x2", share * 100 + "%");
      other.svg.append(other.cross);
    }
    chart.index = i;
    if (chart.cell) {
      chart.row = Math.min(chart.rows - 1, Math.max(0, row));
      const high = chart.height / chart.rows, box = { x: i * 100 / chart.count + "%", y: chart.row * high, width: 100 / chart.count + "%", height: high };
      for (const key in box) chart.cell.setAttribute(key, box[key]);
      chart.svg.append(chart.cell);
    }
    tip.replaceChildren();
    const head = document.createElement("b");
    head.textContent = chart.name(i);
    tip.append(head);
    for (const text of chart.says(i, chart.row)) {
      const line = document.createElement("div");
      line.textContent = text;
      tip.append(line);
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
      const box = svg.parentElement.getBoundingClientRect(), high = svg.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      const row = Math.floor((event.clientY - high.top) / chart.height * chart.rows);
      if (share >= 0 && share <= 1) point(chart, chart.find(share), row); else hide(chart);
    };
    svg.addEventListener("pointermove", follow);
    svg.addEventListener("pointerdown", follow);
    svg.addEventListener("pointerleave", () => hide(chart));
    svg.addEventListener("blur", () => hide(chart));
    svg.addEventListener("keydown", (event) => {
      const now = chart.index === null ? -1 : chart.index, leap = event.shiftKey ? 10 : 1;
      const moves = { ArrowLeft: now - leap, ArrowRight: now + leap, Home: 0, End: chart.count - 1 };
      if (chart.rows) Object.assign(moves, { ArrowUp: now, ArrowDown: now });
      if (event.key === "Escape") hide(chart);
      if (!(event.key in moves)) return;
      event.preventDefault();
      const down = chart.index === null ? 0 : { ArrowUp: -1, ArrowDown: 1 }[event.key] || 0;
      point(chart, moves[event.key], chart.row + down);
      voice.textContent = [...chart.tip.children].map((line) => line.textContent).join(", ");
    });
  }
  // Older browsers print what is folded only if it is open.
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details.fold")) fold.open = true;
  });
})();
