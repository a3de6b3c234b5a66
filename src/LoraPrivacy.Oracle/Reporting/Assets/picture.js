// The picture of one frame, as SVG: lines through computed points, and nothing between them but straight strokes.

const svgNamespace = "http://www.w3.org/2000/svg";

// The function from values to positions on an axis whose ends are given.
function scale(log, [low, high], from, to) {
  const place = log ? Math.log : value => value;
  return value => from + (to - from) * (place(value) - place(low)) / (place(high) - place(low));
}

function shape(parent, name, attributes, text) {
  const node = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  if (text !== undefined) {
    node.textContent = text;
  }
  parent.append(node);
  return node;
}

// Where the picture has its frame, for a width in pixels.
function layout(width) {
  const height = Math.round(Math.min(400, Math.max(250, width * 0.52)));
  return { width, height, left: 62, right: width - 14, top: 30, bottom: height - 46 };
}

// Draws a frame into a box and returns what a read-out needs: its points and a function that moves the cursor.
function draw(box, plot, frame) {
  const area = layout(Math.max(260, box.clientWidth));
  const lines = frame.lines.map(index => plot.lines[index]);
  const context = frame.context.map(index => plot.lines[index]);
  const grid = plot.grids[lines[0].grid];
  const x = scale(plot.x.log, frame.x.ends, area.left, area.right);
  const y = scale(plot.y.log, frame.y.ends, area.bottom, area.top);

  const svg = document.createElementNS(svgNamespace, "svg");
  svg.setAttribute("viewBox", `0 0 ${area.width} ${area.height}`);
  svg.setAttribute("aria-hidden", "true");
  const clip = `clip-${plot.id}`;
  shape(shape(svg, "clipPath", { id: clip }), "rect", {
    x: area.left, y: area.top - 3, width: area.right - area.left, height: area.bottom - area.top + 6,
  });
  drawAxes(svg, plot, frame, area, x, y);
  const drawn = shape(svg, "g", { "clip-path": `url(#${clip})` });
  for (const line of context) {
    shape(drawn, "path", { class: "context", d: path(grid, line, x, y, plot.y.log) });
  }
  // The first line is solid, the others are dashed and lie above it: lines that coincide are all seen.
  lines.forEach((line, k) => {
    shape(drawn, "path", { class: `line line-${k}`, d: path(grid, line, x, y, plot.y.log) });
    if (line.points) {
      drawPoints(drawn, `point point-${k}`, 2.2, grid, line.y, x, y, plot.y.log);
    }
  });
  lines.forEach((line, k) => drawInfinite(svg, k, grid, line.y, x, area.top));
  if (frame.mark >= 0) {
    shape(drawn, "circle", { class: "mark", cx: x(grid[frame.mark]), cy: y(lines[0].y[frame.mark]), r: 6 });
  }
  const cursor = shape(svg, "g", { class: "cursor" });
  box.querySelector("svg")?.remove();
  box.append(svg);
  return { svg, grid, lines, positions: grid.map(x), moveTo: index => drawCursor(cursor, area, grid, lines, index, x, y, plot.y.log) };
}

function tick(parent, [, text, exponent], attributes) {
  const node = shape(parent, "text", attributes, text);
  if (exponent) {
    shape(node, "tspan", { dy: -5, "font-size": 9 }, exponent);
  }
}

function drawAxes(svg, plot, frame, area, x, y) {
  const axes = shape(svg, "g", { class: "axes" });
  for (const entry of frame.y.ticks) {
    const at = y(entry[0]);
    shape(axes, "line", { class: "grid", x1: area.left, x2: area.right, y1: at, y2: at });
    tick(axes, entry, { x: area.left - 6, y: at + 4, "text-anchor": "end" });
  }
  let end = 0;
  for (const entry of frame.x.ticks) {
    const at = x(entry[0]);
    shape(axes, "line", { class: "grid", x1: at, x2: at, y1: area.top, y2: area.bottom });
    // Where labels would touch, as on a phone, some are left out.
    const half = 4 * (entry[1].length + entry[2].length);
    if (at - half > end) {
      tick(axes, entry, { x: at, y: area.bottom + 17, "text-anchor": "middle" });
      end = at + half;
    }
  }
  shape(axes, "rect", { class: "frame", x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top });
  shape(axes, "text", { class: "name", x: 4, y: 16 }, plot.y.label);
  shape(axes, "text", { class: "name", x: (area.left + area.right) / 2, y: area.height - 8, "text-anchor": "middle" }, plot.x.label);
}

function isDrawn(value, log) {
  return Number.isFinite(value) && (!log || value > 0);
}

// The strokes between neighbouring points; beyond the frame where a line of many points is infinite, none where points are single.
function path(grid, line, x, y, log) {
  let d = "";
  let pen = "M";
  grid.forEach((at, i) => {
    const value = line.y[i];
    if (isDrawn(value, log) || (value === Infinity && !line.points)) {
      d += `${pen}${x(at).toFixed(2)} ${Math.max(-1000, y(value)).toFixed(2)}`;
      pen = "L";
    } else {
      pen = "M";
    }
  });
  return d;
}

function drawPoints(parent, style, radius, grid, values, x, y, log) {
  grid.forEach((at, i) => {
    if (isDrawn(values[i], log)) {
      shape(parent, "circle", { class: style, cx: x(at).toFixed(2), cy: y(values[i]).toFixed(2), r: radius });
    }
  });
}

// An arrow at the upper edge where a line is infinite.
function drawInfinite(parent, k, grid, values, x, top) {
  grid.forEach((at, i) => {
    if (values[i] === Infinity) {
      shape(parent, "path", { class: `point-${k}`, d: `M${x(at).toFixed(2)} ${top + 1}l5 9h-10z` });
      shape(parent, "text", { x: (x(at) + 8).toFixed(2), y: top + 13 }, "∞");
    }
  });
}

function drawCursor(cursor, area, grid, lines, index, x, y, log) {
  cursor.replaceChildren();
  const at = x(grid[index]);
  shape(cursor, "line", { x1: at, x2: at, y1: area.top, y2: area.bottom });
  lines.forEach((line, k) => {
    const place = isDrawn(line.y[index], log) ? y(line.y[index]) : NaN;
    if (place >= area.top && place <= area.bottom) {
      shape(cursor, "circle", { class: `point point-${k}`, cx: at, cy: place, r: 4.5 });
    }
  });
}
