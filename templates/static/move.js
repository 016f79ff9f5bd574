// Lets a mouse or pen drag a block of a session's chart along the time. It only fills in and sends the form
// below the chart, which everybody can use without it; a finger scrolls as ever, and a click still follows.

const MOVED_UNITS = 4;

for (const box of document.querySelectorAll("[data-move-chart]")) prepare(box);

function prepare(box) {
  const form = document.getElementById("move-form");
  const svg = box.querySelector("svg");
  if (!form || !svg) return;
  const axis = ["x", "first", "scale", "step"].map((name) => Number(box.dataset[name]));
  document.querySelector("[data-move-hint]")?.removeAttribute("hidden");
  for (const block of svg.querySelectorAll("a.app-session-chart__block")) follow(block, svg, form, axis);
}

function follow(block, svg, form, [left, first, scale, step]) {
  let from = null;
  let shift = 0;

  block.addEventListener("dragstart", (event) => event.preventDefault());
  block.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    from = event.clientX;
    shift = 0;
  });
  block.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const wide = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const moved = (event.clientX - from) / wide;
    if (Math.abs(moved) >= MOVED_UNITS && !block.hasPointerCapture(event.pointerId)) {
      block.setPointerCapture(event.pointerId);
      svg.append(block);
    }
    // By whole steps of the grid of times.
    shift = Math.abs(moved) < MOVED_UNITS ? 0 : Math.round(moved / scale / step) * step;
    block.setAttribute("transform", `translate(${shift * scale} 0)`);
  });
  block.addEventListener("pointerup", () => {
    if (from === null) return;
    from = null;
    if (shift === 0) return;
    const x = Number(block.querySelector("rect").getAttribute("x"));
    const start = Math.round(((x - left) / scale + first + shift) / step) * step;
    form.elements.run.value = block.id.replace(/^block-\d+-/, "");
    form.elements.start.value = clockFace(start);
    form.requestSubmit();
  });
  block.addEventListener("pointercancel", () => {
    from = null;
    shift = 0;
    block.removeAttribute("transform");
  });
  // The end of a drag is no click.
  block.addEventListener("click", (event) => {
    if (shift !== 0) event.preventDefault();
    shift = 0;
  });
}

function clockFace(minutes) {
  const within = Math.max(0, Math.min(minutes, 24 * 60 - 1));
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}
