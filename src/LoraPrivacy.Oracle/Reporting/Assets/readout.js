// What the picture shows, in words and numbers: the legend, the values at the cursor, and the table below.

function element(parent, name, text, style) {
  const node = document.createElement(name);
  if (text !== undefined) {
    node.textContent = text;
  }
  if (style) {
    node.className = style;
  }
  parent.append(node);
  return node;
}

// A number as it was computed; an infinite one as people write it.
function digits(value) {
  return Number.isFinite(value) ? String(value).replace("e+", "e") : "∞";
}

// A short stroke in the style of a line.
function swatch(parent, k) {
  const svg = document.createElementNS(svgNamespace, "svg");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("viewBox", "0 0 26 10");
  svg.setAttribute("aria-hidden", "true");
  shape(svg, "path", { class: `line line-${k}`, d: "M1 5L25 5" });
  parent.append(svg);
}

// A line that lies beyond the picture is in the read-out only.
function writeLegend(list, lines, [low, high]) {
  list.replaceChildren();
  lines.forEach((line, k) => {
    if (!line.y.some(value => value === Infinity || (value >= low && value <= high))) {
      return;
    }
    const item = element(list, "li");
    swatch(item, k);
    item.append(line.name);
  });
}

// The values at a point, as one line of text.
function describe(plot, picture, index) {
  const values = picture.lines.map(line => `${line.name}: ${digits(line.y[index])}`);
  return `${plot.x.label} = ${digits(picture.grid[index])} — ${values.join("; ")}`;
}

function writeTable(table, plot, frame, picture) {
  table.caption.firstElementChild.textContent = frame.note;
  const head = table.tHead.rows[0];
  head.replaceChildren();
  [plot.x.label, ...picture.lines.map(line => line.name)].forEach(text => {
    element(head, "th", text).scope = "col";
  });
  const body = table.tBodies[0];
  body.replaceChildren();
  picture.grid.forEach((at, i) => {
    const row = element(body, "tr");
    element(row, "th", digits(at)).scope = "row";
    picture.lines.forEach(line => element(row, "td", digits(line.y[i])));
  });
}
