"use strict";
// Tables that can be sorted by a click on a column heading and filtered by words.
(() => {
  const orderOf = (cell) => {
    const text = cell.textContent.trim();
    // The page writes non-finite numbers as "inf", "-inf" and "nan".
    const written = cell.dataset.order;
    if (written === undefined) return text.toLowerCase();
    return written === "inf" ? Infinity : written === "-inf" ? -Infinity : Number(written);
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") {
      if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
      return a < b ? -1 : a > b ? 1 : 0;
    }
    return String(a).localeCompare(String(b), "en", { numeric: true });
  };

  const sort = (table, column, head) => {
    const descending = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row, place) => ({ row, place, order: orderOf(row.cells[column]) }));
    rows.sort((a, b) => (descending ? compare(b.order, a.order) : compare(a.order, b.order)) || a.place - b.place);
    body.append(...rows.map((entry) => entry.row));
  };

  const makeFilter = (frame, table) => {
    const label = document.createElement("label");
    label.className = "filter";
    const input = document.createElement("input");
    input.type = "search";
    const count = document.createElement("span");
    count.className = "quiet";
    count.setAttribute("role", "status");
    label.append("Filter rows: ", input, " ", count);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      count.textContent = words.length > 0 ? `${shown} of ${table.tBodies[0].rows.length} rows` : "";
    });
    frame.prepend(label);
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sort(table, column, head));
      head.replaceChildren(button);
    });
    const frame = table.parentElement;
    // A scrolling element must be reachable by keyboard.
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", table.caption.textContent);
    if ("filterable" in frame.dataset) makeFilter(frame, table);
  }
})();
