// Filters and sorts the table of all goals. Without it the page shows everything.
"use strict";
(() => {
  const table = document.getElementById("goals");
  const form = document.getElementById("filter");
  const body = table.tBodies[0];
  const found = document.getElementById("found");
  const words = document.getElementById("words");
  const statuses = Array.from(form.elements.namedItem("status")?.length === undefined
    ? [form.elements.namedItem("status")].filter(Boolean)
    : form.elements.namedItem("status"));
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = Array.from(body.rows, (row) => ({
    row,
    status: row.dataset.status,
    text: plain(row.textContent + " " + row.dataset.words),
  }));

  const filter = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    const shown = new Set(statuses.filter((box) => box.checked).map((box) => box.value));
    let count = 0;
    for (const { row, status, text } of rows) {
      const hit = shown.has(status) && wanted.every((word) => text.includes(word));
      row.hidden = !hit;
      count += hit;
    }
    found.textContent = count.toLocaleString("en");
  };

  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.key ?? plain(cell.textContent.trim());
  };
  const compare = (a, b) => {
    const difference = Number(a) - Number(b);
    return Number.isNaN(difference) ? a.localeCompare(b) : difference;
  };
  const sort = (head, column) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const sorted = rows.slice().sort((a, b) => compare(key(a.row, column), key(b.row, column)));
    if (down) sorted.reverse();
    body.append(...sorted.map(({ row }) => row));
  };

  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head, column));
    head.append(button);
  });
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { words.value = ""; filter(); }
  });
  form.hidden = false;
  filter();
})();
