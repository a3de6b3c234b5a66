// Joins the parts: reads the numbers of the page, and keeps every picture to what is chosen.

const data = JSON.parse(document.getElementById("plot-data").textContent, (key, value) => (value === "Infinity" ? Infinity : value));

function start(figure, plot) {
  const box = figure.querySelector(".picture");
  const controls = plot.selectors.map(selector => figure.querySelector(`[data-selector="${selector.id}"]`));
  const note = figure.querySelector(".frame-note");
  const readOut = figure.querySelector(".read-out");
  const table = figure.querySelector("table");
  const hint = readOut.textContent;
  const legend = document.createElement("ul");
  legend.className = "legend";
  box.after(legend);
  let picture = null;
  let cursor = -1;

  // The cursor is a slider over the computed points, so that it is read out and moved as one.
  box.tabIndex = 0;
  box.setAttribute("role", "slider");
  box.setAttribute("aria-label", `Computed points: ${figure.querySelector("figcaption").firstChild.textContent.trim()}`);

  function frame() {
    let index = 0;
    plot.selectors.forEach((selector, k) => {
      index = index * selector.values.length + Number(controls[k].value);
    });
    return plot.frames[index];
  }

  function moveTo(index) {
    cursor = Math.min(picture.grid.length - 1, Math.max(0, index));
    picture.moveTo(cursor);
    readOut.textContent = describe(plot, picture, cursor);
    box.setAttribute("aria-valuenow", cursor);
    box.setAttribute("aria-valuetext", readOut.textContent);
  }

  function redraw() {
    picture = draw(box, plot, frame());
    box.setAttribute("aria-valuemin", 0);
    box.setAttribute("aria-valuemax", picture.grid.length - 1);
    if (cursor >= 0) {
      moveTo(cursor);
    } else {
      box.setAttribute("aria-valuenow", 0);
      box.setAttribute("aria-valuetext", hint);
    }
  }

  function choose() {
    controls.forEach((control, k) => {
      const chosen = plot.selectors[k].values[Number(control.value)];
      if (control.type === "range") {
        control.setAttribute("aria-valuetext", chosen);
        control.nextElementSibling.value = chosen;
      }
    });
    redraw();
    note.textContent = frame().note;
    writeLegend(legend, picture.lines, frame().y.ends);
    writeTable(table, plot, frame(), picture);
  }

  function nearest(event) {
    const bounds = picture.svg.getBoundingClientRect();
    const at = (event.clientX - bounds.left) * picture.svg.viewBox.baseVal.width / bounds.width;
    let best = 0;
    picture.positions.forEach((position, i) => {
      if (Math.abs(position - at) < Math.abs(picture.positions[best] - at)) {
        best = i;
      }
    });
    return best;
  }

  const keys = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity };
  box.addEventListener("keydown", event => {
    if (event.key in keys) {
      event.preventDefault();
      const step = keys[event.key];
      moveTo(cursor < 0 && Number.isFinite(step) ? Math.floor(picture.grid.length / 2) : cursor + step);
    }
  });
  box.addEventListener("pointermove", event => moveTo(nearest(event)));
  box.addEventListener("pointerdown", event => moveTo(nearest(event)));
  controls.forEach(control => control.addEventListener("input", choose));
  choose();

  // The picture is drawn for the width it has, so that its letters keep their size on a phone.
  let width = box.clientWidth;
  new ResizeObserver(() => {
    if (box.clientWidth !== width) {
      width = box.clientWidth;
      redraw();
    }
  }).observe(box);
}

for (const plot of data.plots) {
  start(document.getElementById(`plot-${plot.id}`), plot);
}
