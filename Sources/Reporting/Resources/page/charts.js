"use strict";
// Draws the interactive charts of a report with Chart.js from the JSON data in each section.
(() => {
  const darkScheme = matchMedia("(prefers-color-scheme: dark)");
  let isDark = darkScheme.matches;
  const charts = [];
  const paint = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colorOf = (style) => (isDark ? style.dark : style.color);

  // MARK: Words

  const superscripts = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
  const short = (value) => {
    // JSON has only null for non-finite numbers.
    if (value === null || !Number.isFinite(value)) return "not finite";
    if (value === 0) return "0";
    const size = Math.abs(value);
    if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(4))).replace("-", "−");
    const [digits, exponent] = value.toExponential(2).split("e");
    const power = "10" + [...String(Number(exponent))].map((sign) => superscripts[sign]).join("");
    const factor = String(Number(digits)).replace("-", "−");
    return factor === "1" ? power : factor === "−1" ? "−" + power : `${factor}·${power}`;
  };
  const grouped = (value) => Math.round(value).toLocaleString("en");
  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  // MARK: Markers: the same shapes as in the pictures by gnuplot

  const polygon = (sides, turn) => (context, size) => {
    context.beginPath();
    for (let corner = 0; corner < sides; corner += 1) {
      const angle = turn + (2 * Math.PI * corner) / sides;
      context[corner === 0 ? "moveTo" : "lineTo"](size * Math.sin(angle), -size * Math.cos(angle));
    }
    context.closePath();
  };
  const circle = (context, size) => {
    context.beginPath();
    context.arc(0, 0, 0.9 * size, 0, 2 * Math.PI);
    context.closePath();
  };
  const shapes = {
    circle, square: polygon(4, Math.PI / 4), up: polygon(3, 0), down: polygon(3, Math.PI), diamond: polygon(4, 0),
    pentagon: polygon(5, 0),
  };
  const drawMarker = (context, style, x, y, size) => {
    context.save();
    context.translate(x, y);
    shapes[style.shape](context, size);
    context.lineWidth = 2;
    context.strokeStyle = colorOf(style);
    context.fillStyle = style.filled ? colorOf(style) : paint("--ground");
    context.fill();
    context.stroke();
    context.restore();
  };
  const swatch = (style) => {
    const scale = Math.max(devicePixelRatio, 1);
    const canvas = element("canvas", { class: "swatch", width: 36 * scale, height: 16 * scale, "aria-hidden": "true" });
    canvas.style.width = "36px";
    canvas.style.height = "16px";
    canvas.paint = () => {
      const context = canvas.getContext("2d");
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.clearRect(0, 0, 36, 16);
      context.strokeStyle = colorOf(style);
      context.lineWidth = 2.5;
      context.setLineDash(style.dash);
      context.beginPath();
      context.moveTo(0, 8);
      context.lineTo(36, 8);
      context.stroke();
      context.setLineDash([]);
      drawMarker(context, style, 18, 8, 5.5);
    };
    canvas.paint();
    return canvas;
  };
  const repaint = () => {
    for (const canvas of document.querySelectorAll("canvas.swatch")) canvas.paint();
    for (const chart of charts) chart.refresh();
  };

  // A few markers along each line, and one at its end.
  const markers = {
    id: "markers",
    afterDatasetsDraw(chart) {
      const { ctx: context, chartArea: area } = chart;
      context.save();
      context.beginPath();
      context.rect(area.left - 9, area.top - 9, area.width + 18, area.height + 18);
      context.clip();
      const lines = chart.data.datasets.filter((set) => set.style);
      lines.forEach((set, place) => {
        const index = chart.data.datasets.indexOf(set);
        if (!chart.isDatasetVisible(index) || set.data.length === 0) return;
        const points = chart.getDatasetMeta(index).data;
        const every = Math.max(1, Math.floor(points.length / 7));
        const first = points.length > 8 ? Math.floor((every * (place + 1)) / (lines.length + 1)) : 0;
        for (let at = first; at < points.length - 1; at += every) {
          if (!points[at].skip) drawMarker(context, set.style, points[at].x, points[at].y, 4);
        }
        const last = points[points.length - 1];
        if (last && !last.skip) drawMarker(context, set.style, last.x, last.y, set.kept ? 4 : 6.5);
        if (set.kept) drawMarker(context, set.style, chart.scales.x.getPixelForValue(set.kept.x), chart.scales.y.getPixelForValue(set.kept.y), 7.5);
      });
      context.restore();
    },
  };

  const tooltip = (title, label) => ({
    filter: (item) => !item.dataset.isBand,
    callbacks: { title: (items) => (items.length > 0 ? title(items[0]) : ""), label },
  });
  const axis = (text, extra = {}) => ({
    title: { display: true, text, color: paint("--ink") },
    grid: { color: paint("--grid") },
    ...extra,
    ticks: { color: paint("--quiet"), maxRotation: 0, ...(extra.ticks || {}) },
  });
  const common = {
    animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
    interaction: { mode: "nearest", axis: "xy", intersect: false },
    layout: { padding: { right: 12, top: 8 } },
  };

  // MARK: Curves

  // The value at a step, on the line between its neighbors.
  const between = ({ step: steps, value: values }, step) => {
    const after = steps.findIndex((other) => other > step);
    if (after < 0) return values[values.length - 1];
    if (after === 0) return values[0];
    const share = (step - steps[after - 1]) / (steps[after] - steps[after - 1]);
    return values[after - 1] + share * (values[after] - values[after - 1]);
  };
  const axes = {
    step: { text: "step (parameter updates)", place: (series, step) => step },
    epoch: { text: "epoch (passes over the training set)", place: (series, step) => step * (series.epochs || 0) },
    evaluation: { text: "gradient evaluations", place: (series, step) => between(series.evaluations, step) },
    seconds: { text: "seconds", place: (series, step) => between(series.seconds, step) },
  };
  const wordsOf = (metric) => metric.name.replaceAll("_", " ");
  const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // Losses on a log axis, or a symmetric log axis (asinh) if some are negative; accuracies in percent.
  const valueScale = (metric) => {
    const values = metric.series.flatMap((series) => series.median).filter((value) => value !== null);
    const starts = metric.series.map((series) => Math.abs(series.median[0])).filter((value) => value > 0);
    const start = starts.length > 0 ? Math.max(...starts) : 1;
    if (metric.percent) {
      return { kind: "linear", to: (value) => 100 * value, text: (value) => `${Number((100 * value).toFixed(2))} %`,
        axis: { ticks: { callback: (value) => `${value} %` } } };
    }
    if (values.every((value) => value >= 0)) {
      const [lowest, highest] = metric.limits || [1, 10];
      const edges = metric.series.flatMap((series) => series.lower || series.median);
      const isNarrow = highest / lowest < 30;
      return {
        kind: "logarithmic", to: (value) => Math.max(value, lowest), text: short,
        floor: edges.some((value) => value !== null && value < lowest) ? lowest : undefined,
        axis: {
          type: "logarithmic", max: Math.max(...values) > highest ? highest : undefined,
          ticks: { callback: (value) => {
            const lead = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
            return lead < 1.0001 || (isNarrow && [2, 3, 5].some((digit) => Math.abs(lead - digit) < 1e-6)) ? short(value) : "";
          }, autoSkip: !isNarrow },
        },
      };
    }
    const scale = 10 ** Math.floor(Math.log10(start) - 1);
    const top = start * 1e4;
    const bottom = -Math.max(start, 1) * 1e8;
    const reach = Math.min(Math.max(...values.map(Math.abs)), -bottom);
    const ticks = [0];
    for (let power = Math.round(Math.log10(scale)) + 1; power <= Math.log10(reach) + 1; power += 1) {
      ticks.push(10 ** power, -(10 ** power));
    }
    return {
      kind: "asinh", to: (value) => Math.asinh(value / scale), text: short,
      axis: {
        max: Math.max(...values) > top ? Math.asinh(top / scale) : undefined,
        min: Math.min(...values) < bottom ? Math.asinh(bottom / scale) : undefined,
        afterBuildTicks: (axis) => {
          axis.ticks = ticks.map((value) => ({ value: Math.asinh(value / scale) }))
            .filter((tick) => tick.value >= axis.min && tick.value <= axis.max).sort((a, b) => a.value - b.value);
        },
        ticks: { callback: (value) => short(scale * Math.sinh(value)) },
      },
    };
  };

  // Height of a drawn line at a place; beyond its ends, that of the end.
  const heightAt = (points, x, isLogarithmic) => {
    const after = points.findIndex((point) => point.x > x);
    if (after < 0) return points[points.length - 1].y;
    if (after === 0) return points[0].y;
    const [from, to] = [points[after - 1], points[after]];
    const share = (x - from.x) / (to.x - from.x);
    return isLogarithmic ? from.y * (to.y / from.y) ** share : from.y + share * (to.y - from.y);
  };

  const curveSets = (scenario, metric, along, scale, hidden) => {
    const bands = [];
    const lines = [];
    const crosses = [];
    for (const series of metric.series) {
      const style = scenario.styles.get(series.label);
      const place = (step) => along.place(series, step);
      const points = (values) => series.step.map((step, at) => ({ x: place(step), y: scale.to(values[at]), step, value: values[at] }));
      const isHidden = hidden.has(series.label);
      const line = { label: series.label, data: points(series.median), style, series, hidden: isHidden, borderColor: colorOf(style),
        borderWidth: 2.2, borderDash: style.dash, pointRadius: 0, pointHitRadius: 8,
        kept: series.kept ? { x: place(series.kept[0]), y: scale.to(series.kept[1]) } : undefined };
      lines.push(line);
      if (series.lower) {
        const shared = { label: series.label, isBand: true, hidden: isHidden, borderWidth: 0, pointRadius: 0, pointHitRadius: 0,
          backgroundColor: colorOf(style) + "2e" };
        bands.push({ ...shared, data: points(series.lower) }, { ...shared, data: points(series.upper), fill: "-1" });
      }
      if (series.diverged.length > 0 && line.data.length > 0) {
        const heights = (x) => Math.max(Math.min(heightAt(line.data, x, scale.kind === "logarithmic"), scale.axis.max ?? Infinity), scale.axis.min ?? -Infinity);
        crosses.push({ label: series.label, hidden: isHidden, isCross: true, series, borderColor: colorOf(style), borderWidth: 4, showLine: false,
          pointStyle: "crossRot", pointRadius: 8, pointHoverRadius: 9, pointBorderWidth: 4,
          data: series.diverged.map((step) => ({ x: place(step), y: heights(place(step)), step })) });
      }
    }
    return [...bands, ...lines, ...crosses];
  };

  const addCurves = (scenario, place, first) => {
    const metrics = new Map(scenario.data.metrics.map((metric) => [metric.name, metric]));
    const pick = element("select");
    for (const [name, metric] of metrics) pick.append(element("option", { value: name }, wordsOf(metric)));
    pick.value = first;
    const along = element("select");
    const hasEpochs = scenario.data.metrics.some((metric) => metric.series.some((series) => series.epochs));
    for (const name of Object.keys(axes)) if (name !== "epoch" || hasEpochs) along.append(element("option", {}, name));
    // By steps, runs with small batches would compress the others into a vertical line.
    const lengths = metrics.get(first).series.filter((series) => series.diverged.length === 0).map((series) => series.step[series.step.length - 1]).filter((step) => step > 0);
    if (hasEpochs && Math.max(...lengths) > 10 * Math.min(...lengths)) along.value = "epoch";
    const caption = element("figcaption");
    const canvas = element("canvas", { role: "img" });
    place.append(element("figure", { class: "curves" }, caption,
      element("div", { class: "controls" }, element("label", {}, "y axis: ", pick), element("label", {}, "x axis: ", along)),
      element("div", { class: "plot" }, canvas)));

    const chart = { refresh: () => {
      const metric = metrics.get(pick.value);
      const scale = valueScale(metric);
      const seeds = Math.max(...metric.series.map((series) => series.seeds));
      const notes = [metric.summary];
      if (metric.stopped && seeds > 1) notes.push(metric.stopped);
      if (metric.series.some((series) => series.kept)) notes.push("large marker: restored epoch and result");
      const [least, most] = metric.window;
      if (most > 1) notes.push(`smoothed: means over windows of ${least === most ? grouped(most) : `${grouped(least)} to ${grouped(most)}`} steps`);
      if (seeds > 1) notes.push(`median of ${seeds} ${scenario.data.replicates}, band: quartiles`);
      if (scale.kind === "asinh") notes.push("symmetric log axis");
      if (scale.floor !== undefined) notes.push(`values below ${short(scale.floor)} are drawn at the lower edge`);
      if (metric.series.some((series) => series.diverged.length > 0)) notes.push("✕: step at which a run diverged");
      caption.replaceChildren(capitalized(wordsOf(metric)), element("span", { class: "quiet" }, ` – ${notes.join("; ")}`));
      const ends = metric.series.filter((series) => series.median.length > 0)
        .map((series) => `${series.label} ends at ${scale.text(series.median[series.median.length - 1])}`);
      canvas.setAttribute("aria-label", `Line chart of ${metric.summary} by ${along.value}. ${ends.join(", ")}.`);
      chart.instance.data.datasets = curveSets(scenario, metric, axes[along.value], scale, scenario.hidden);
      chart.instance.options.scales = { x: axis(axes[along.value].text, { type: "linear", min: 0 }),
        y: axis(wordsOf(metric) + (scale.kind === "logarithmic" ? " (log scale)" : ""), scale.axis) };
      chart.instance.options.plugins.tooltip = tooltip(
        (item) => `${along.value} ${short(item.raw.x)}` + (along.value === "step" ? "" : `, step ${grouped(item.raw.step)}`),
        (item) => item.dataset.isCross ? `${item.dataset.label}: diverged at step ${grouped(item.raw.step)}` : `${item.dataset.label}: ${scale.text(item.raw.value)}`);
      chart.instance.update("none");
    } };
    chart.instance = new Chart(canvas, { type: "line", data: { datasets: [] }, plugins: [markers],
      options: { ...common, plugins: { legend: { display: false } } } });
    pick.addEventListener("change", chart.refresh);
    along.addEventListener("change", chart.refresh);
    chart.refresh();
    charts.push(chart);
    scenario.charts.push(chart);
  };

  // MARK: Paths over a surface

  const mix = (stops, share) => {
    const at = Math.min(share * (stops.length - 1), stops.length - 1.0001);
    const [from, to] = [stops[Math.floor(at)], stops[Math.floor(at) + 1]];
    return from.map((part, index) => Math.round(part + (to[index] - part) * (at - Math.floor(at))));
  };
  const levelColors = (levels) => {
    const sequential = isDark ? [[26, 31, 38], [48, 60, 74], [82, 99, 120]] : [[252, 251, 246], [196, 209, 220], [126, 144, 166]];
    const diverging = isDark ? [[66, 92, 130], [44, 56, 72], [30, 33, 37], [58, 48, 38], [120, 90, 58]]
      : [[140, 158, 184], [205, 215, 226], [246, 245, 242], [230, 216, 196], [199, 172, 142]];
    const stops = levels.diverging ? diverging : sequential;
    return Array.from({ length: levels.count }, (_, index) => mix(stops, levels.count > 1 ? index / (levels.count - 1) : 0.5));
  };
  const surfaceImage = (surface, colors) => {
    const bytes = Uint8Array.from(atob(surface.grid), (sign) => sign.charCodeAt(0));
    const columns = surface.columns;
    const rows = bytes.length / columns;
    const image = new ImageData(columns, rows);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const at = row * columns + column;
        const level = bytes[at];
        // The edge of a level is a contour line.
        const isEdge = (column + 1 < columns && bytes[at + 1] !== level) || (row + 1 < rows && bytes[at + columns] !== level);
        const shade = isEdge ? (isDark ? 1.25 : 0.9) : 1;
        const pixel = ((rows - 1 - row) * columns + column) * 4;
        for (let part = 0; part < 3; part += 1) image.data[pixel + part] = Math.min(255, colors[level][part] * shade);
        image.data[pixel + 3] = 255;
      }
    }
    const canvas = element("canvas", { width: columns, height: rows });
    canvas.getContext("2d").putImageData(image, 0, 0);
    return canvas;
  };
  const landmark = (context, kind, x, y) => {
    context.save();
    context.translate(x, y);
    context.beginPath();
    if (kind === "minimum") {
      for (let corner = 0; corner < 10; corner += 1) {
        const size = corner % 2 === 0 ? 10 : 4;
        context[corner === 0 ? "moveTo" : "lineTo"](size * Math.sin((Math.PI * corner) / 5), -size * Math.cos((Math.PI * corner) / 5));
      }
    } else if (kind === "saddle") {
      for (const [dx, dy] of [[-3, -9], [3, -9], [3, -3], [9, -3], [9, 3], [3, 3], [3, 9], [-3, 9], [-3, 3], [-9, 3], [-9, -3], [-3, -3]]) context.lineTo(dx, dy);
    } else context.arc(0, 0, 8, 0, 2 * Math.PI);
    context.closePath();
    context.strokeStyle = paint("--ground");
    context.lineWidth = kind === "start" ? 7 : 4;
    context.stroke();
    context.strokeStyle = context.fillStyle = paint("--ink");
    context.lineWidth = 3;
    if (kind === "start") context.stroke(); else context.fill();
    context.restore();
  };

  const addPaths = (scenario, place) => {
    const surface = scenario.data.surface;
    const last = Math.max(...surface.paths.map((path) => path.last));
    const run = (path) => surface.starts.length > 1 ? `, start ${path.seed}` : "";
    const slider = element("input", { type: "range", min: 0, max: 1000, value: 1000, "aria-label": "step of the race" });
    const play = element("button", { type: "button" }, "▶ Play");
    const output = element("output", {});
    const canvas = element("canvas", { role: "img", "aria-label":
      `Paths of ${surface.paths.map((path) => path.label + run(path) + (path.fate ? ` (${path.fate})` : "")).join(", ")} over the contours of the surface.` });
    const scaleCanvas = element("canvas", { width: 200, height: 12, "aria-hidden": "true" });
    const scaleText = element("span");
    const plot = element("div", { class: "plot" }, canvas);
    const ratio = Math.min(Math.max((surface.y[1] - surface.y[0]) / (surface.x[1] - surface.x[0]), 0.55), 1);
    // The charts next to it have the same height.
    place.style.setProperty("--height", `clamp(19rem, ${Math.round(ratio * 40)}rem, 36rem)`);
    const kinds = new Set(surface.landmarks.map((mark) => mark.kind));
    const signs = ["◯ start"].concat(kinds.has("minimum") ? ["★ minimum"] : [], kinds.has("saddle") ? ["✚ saddle point"] : []);
    place.append(element("figure", { class: "paths" },
      element("figcaption", {}, "Optimizer paths", element("span", { class: "quiet" }, ` – ${surface.shown ? `${surface.shown}; ` : ""}${signs.join(", ")}; large marker: end of the path`)),
      element("div", { class: "race" }, play, slider, output), plot,
      element("div", { class: "scale" }, "low ", scaleCanvas, " high ", scaleText)));

    // Most happens in the early steps, so the slider is slow there.
    const stepAt = () => Math.round(last * (slider.value / 1000) ** 2);
    let colors;
    let background;
    const ground = {
      id: "ground",
      beforeDraw(instance) {
        const { ctx: context, chartArea: area } = instance;
        if (!area) return;
        context.imageSmoothingEnabled = true;
        context.drawImage(background, area.left, area.top, area.width, area.height);
      },
      afterDatasetsDraw(instance) {
        if (!instance.scales.x) return;
        const at = (x, y) => [instance.scales.x.getPixelForValue(x), instance.scales.y.getPixelForValue(y)];
        for (const start of surface.starts) landmark(instance.ctx, "start", ...at(...start));
        for (const mark of surface.landmarks) landmark(instance.ctx, mark.kind, ...at(mark.x, mark.y));
      },
    };
    const chart = {
      advance: () => {
        const step = stepAt();
        output.textContent = `step ${grouped(step)}`;
        slider.setAttribute("aria-valuetext", output.textContent);
        for (const set of chart.instance.data.datasets) {
          set.data = set.all.filter((point) => point.step === null || point.step <= step);
          while (set.data.length > 0 && set.data[set.data.length - 1].step === null) set.data.pop();
          set.hidden = scenario.hidden.has(set.label);
        }
        chart.instance.update("none");
      },
      refresh: () => {
        colors = levelColors(surface.levels);
        background = surfaceImage(surface, colors);
        const context = scaleCanvas.getContext("2d");
        colors.forEach((color, index) => {
          context.fillStyle = `rgb(${color.join(",")})`;
          context.fillRect((200 * index) / colors.length, 0, 200 / colors.length + 1, 12);
        });
        const tics = surface.levels.tics;
        scaleText.textContent = tics.length > 0 ? `${surface.levels.quantity}, from ${tics[0].text} to ${tics[tics.length - 1].text}` : surface.levels.quantity;
        chart.instance.data.datasets = surface.paths.map((path) => {
          const style = scenario.styles.get(path.label);
          const all = path.step.map((step, at) => ({ x: path.x[at] ?? NaN, y: path.y[at] ?? NaN, step, loss: path.loss[at] }));
          return { label: path.label, all, data: all, style, path, showLine: true, borderColor: colorOf(style), borderWidth: 2.4,
            borderDash: style.dash, pointRadius: 0, pointHitRadius: 6, spanGaps: false };
        });
        chart.instance.options.scales = {
          x: axis("first parameter, x", { type: "linear", min: surface.x[0], max: surface.x[1], grid: { display: false } }),
          y: axis("second parameter, y", { type: "linear", min: surface.y[0], max: surface.y[1], grid: { display: false } }),
        };
        chart.instance.options.plugins.tooltip = tooltip((item) => `step ${grouped(item.raw.step)}`,
          (item) => `${item.dataset.label}${run(item.dataset.path)}: loss ${short(item.raw.loss)} at (${short(item.raw.x)}, ${short(item.raw.y)})`
            + (item.dataset.path.fate ? `; ${item.dataset.path.fate}` : ""));
        chart.advance();
      },
    };
    colors = levelColors(surface.levels);
    background = surfaceImage(surface, colors);
    chart.instance = new Chart(canvas, { type: "scatter", data: { datasets: [] }, plugins: [ground, markers],
      options: { ...common, plugins: { legend: { display: false } } } });
    chart.refresh();

    let frame = 0;
    const stop = () => {
      cancelAnimationFrame(frame);
      frame = 0;
      play.textContent = "▶ Play";
    };
    const duration = 8000;
    play.addEventListener("click", () => {
      if (frame !== 0) { stop(); return; }
      if (Number(slider.value) >= 1000) slider.value = 0;
      const offset = (Number(slider.value) / 1000) * duration;
      let begin;
      play.textContent = "❚❚ Pause";
      const tick = (now) => {
        begin ??= now;
        slider.value = Math.min(1000, ((now - begin + offset) / duration) * 1000);
        chart.advance();
        if (Number(slider.value) >= 1000) stop(); else frame = requestAnimationFrame(tick);
      };
      frame = requestAnimationFrame(tick);
    });
    slider.addEventListener("input", () => { stop(); chart.advance(); });
    charts.push(chart);
    scenario.charts.push(chart);
  };

  // MARK: Averages of a series

  const addSmoothing = (scenario, place) => {
    const smoothing = scenario.data.smoothing;
    const pick = element("select", {}, element("option", { value: 60 }, "first 60 days"), element("option", { value: smoothing.values.length }, "all days"));
    const canvas = element("canvas", { role: "img", "aria-label":
      `${smoothing.quantity} with exponentially weighted averages: uncorrected ones start at zero and are too low at first, corrected ones are not.` });
    place.append(element("figure", { class: "curves" },
      element("figcaption", {}, "Averages that start at zero are too low at first", element("span", { class: "quiet" }, " – dashed: average v; solid: corrected, v / (1 − βᵗ)")),
      element("div", { class: "controls" }, element("label", {}, "Show: ", pick)), element("div", { class: "plot" }, canvas)));
    const chart = { refresh: () => {
      const days = Number(pick.value);
      const points = (values) => values.slice(0, days).map((value, at) => ({ x: at + 1, y: value }));
      const sets = [{ label: "daily value", data: points(smoothing.values), showLine: false, pointRadius: days > 100 ? 1.2 : 3,
        pointBackgroundColor: paint("--quiet"), pointBorderWidth: 0 }];
      smoothing.averages.forEach((average, at) => {
        const style = scenario.data.optimizers[at];
        const hidden = scenario.hidden.has(style.label);
        const line = { pointRadius: 0, pointHitRadius: 6, borderColor: colorOf(style), hidden };
        sets.push({ ...line, label: `${style.label}, average`, data: points(average.average), borderWidth: 2, borderDash: [7, 5] },
          { ...line, label: `${style.label}, corrected`, data: points(average.corrected), borderWidth: 2.6 });
      });
      chart.instance.data.datasets = sets;
      chart.instance.options.scales = { x: axis(`day (day 1 is ${smoothing.firstDay})`, { type: "linear", min: 0 }), y: axis(smoothing.quantity) };
      chart.instance.options.plugins.tooltip = tooltip((item) => `day ${item.raw.x}`, (item) => `${item.dataset.label}: ${short(item.raw.y)}`);
      chart.instance.update("none");
    } };
    chart.instance = new Chart(canvas, { type: "line", data: { datasets: [] }, options: { ...common, plugins: { legend: { display: false } } } });
    pick.addEventListener("change", chart.refresh);
    chart.refresh();
    charts.push(chart);
    scenario.charts.push(chart);
  };

  // MARK: Sections

  const addToggles = (scenario, place) => {
    const boxes = [];
    const field = element("fieldset", { class: "toggles" }, element("legend", {}, "Show:"));
    const update = () => {
      scenario.hidden = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
      for (const chart of scenario.charts) chart.refresh();
    };
    for (const style of scenario.data.optimizers) {
      const box = element("input", { type: "checkbox", value: style.label });
      box.checked = true;
      box.addEventListener("change", update);
      boxes.push(box);
      field.append(element("label", {}, box, " ", swatch(style), style.label));
    }
    for (const [text, checked] of [["all", true], ["none", false]]) {
      const button = element("button", { type: "button", class: "plain" }, text);
      button.addEventListener("click", () => { for (const box of boxes) box.checked = checked; update(); });
      field.append(button);
    }
    place.before(field);
  };

  const build = (section) => {
    const data = JSON.parse(section.querySelector("script[type='application/json']").textContent);
    const scenario = { data, styles: new Map(data.optimizers.map((style) => [style.label, style])), hidden: new Set(), charts: [] };
    const place = section.querySelector(".charts");
    addToggles(scenario, place);
    if (data.surface) addPaths(scenario, place);
    const names = data.metrics.filter((metric) => metric.series.some((series) => series.median.length > 0)).map((metric) => metric.name);
    for (const name of names.slice(0, data.surface ? 1 : 2)) addCurves(scenario, place, name);
    if (data.smoothing) addSmoothing(scenario, place);
  };

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  darkScheme.addEventListener("change", () => { isDark = darkScheme.matches; repaint(); });
  // Prints are white and show folded sections.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
    isDark = false;
    repaint();
    for (const chart of charts) chart.instance.resize();
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
    isDark = darkScheme.matches;
    repaint();
    for (const chart of charts) chart.instance.resize();
  });

  // One section at a time, so that the page is readable while it fills.
  const waiting = [...document.querySelectorAll("section.scenario")];
  const next = () => {
    const section = waiting.shift();
    if (section === undefined) {
      document.documentElement.dataset.ready = "true";
      return;
    }
    build(section);
    setTimeout(next, 0);
  };
  next();
})();
