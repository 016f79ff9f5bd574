"use strict";
// Adds to each table of people a field to find rows and buttons to sort by a column.
// Without it the tables are whole and in order of reference.
for (const table of document.querySelectorAll("table[data-find]")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const box = document.createElement("div");
  box.className = "find";
  const label = document.createElement("label");
  label.textContent = table.dataset.find;
  const input = document.createElement("input");
  input.type = "search";
  input.autocomplete = "off";
  input.id = table.id + "-find";
  label.htmlFor = input.id;
  const count = document.createElement("p");
  count.setAttribute("role", "status");
  box.append(label, input, count);
  table.closest(".scroll").before(box);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    count.textContent = words.length ? `${shown} of ${rows.length} shown` : "";
  });
  Array.from(table.tHead.rows[0].cells).forEach((cell, column) => {
    if (cell.dataset.fixed !== undefined) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = cell.textContent;
    cell.textContent = "";
    cell.append(button);
    button.addEventListener("click", () => {
      const down = cell.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.cells[column].dataset.order || row.cells[column].textContent.trim();
      rows.sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }) * (down ? -1 : 1));
      body.append(...rows);
    });
  });
}
