// Axes: where a value stands in the picture, and which round values are labelled.

// The ends of an axis: the ones it was given, or those of the values that are shown.
function ends(axis, values) {
  const shown = values.filter(value => Number.isFinite(value) && (!axis.log || value > 0));
  let low = axis.least ?? Math.min(...shown);
  let high = axis.greatest ?? Math.max(...shown);
  if (shown.length === 0 || low === high) {
    low = axis.least ?? (axis.log ? 0.1 : 0);
    high = axis.greatest ?? (axis.log ? 10 : 1);
  }
  return [low, high];
}

// A little room above and below what was fitted, so that no line lies on the frame.
function widened(axis, [low, high]) {
  const room = axis.log ? (high / low) ** 0.04 : (high - low) * 0.04;
  return [
    axis.least ?? (axis.log ? low / room : low - room),
    axis.greatest ?? (axis.log ? high * room : high + room),
  ];
}

// The function from values to positions.
function scale(axis, [low, high], from, to) {
  const place = axis.log ? Math.log : value => value;
  return value => from + (to - from) * (place(value) - place(low)) / (place(high) - place(low));
}

// Round values within the ends, at most about so many.
function ticks(axis, [low, high], most) {
  return axis.log ? decades(low, high, most) : steps(low, high, most);
}

function steps(low, high, most) {
  const raw = (high - low) / most;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(factor => factor * unit).find(candidate => candidate >= raw);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    found.push(Number((k * step).toPrecision(12)));
  }
  return found;
}

function decades(low, high, most) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const found = [];
  for (let k = first; k <= last; k++) {
    if ((last - k) % every === 0) {
      found.push(Number(`1e${k}`));
    }
  }
  // Within one or two decades their ends are too few.
  return found.length > 2 || high / low > 1000 ? found : within(low, high);
}

function within(low, high) {
  const found = [];
  for (let k = Math.floor(Math.log10(low)); k <= Math.log10(high); k++) {
    for (const factor of [1, 2, 5]) {
      const value = Number(`${factor}e${k}`);
      if (value >= low && value <= high) {
        found.push(value);
      }
    }
  }
  return found;
}

// A round value as it is labelled.
function label(value) {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : digits(value);
}

// A number as it was computed; an infinite one as people write it.
function digits(value) {
  return Number.isFinite(value) ? String(value).replace("e+", "e") : "∞";
}
