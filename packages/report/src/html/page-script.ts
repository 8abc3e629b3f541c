/**
 * What the page can do besides being read: tables sort, a point is chosen, all are opened. Without it nothing is missing.
 * It reads the page only, and builds elements from nothing but texts.
 */
export const PAGE_SCRIPT = `
"use strict";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const points = all("details.point");
const open = (point) => { point.open = true; point.scrollIntoView(); point.querySelector("summary").focus({ preventScroll: true }); };
const follow = () => { const target = document.getElementById(location.hash.slice(1)); if (target && target.matches("details")) open(target); };
addEventListener("hashchange", follow);
follow();
const tools = document.querySelector(".tools");
if (tools && points.length > 1) {
  const label = document.createElement("label");
  label.textContent = "Show point ";
  const select = document.createElement("select");
  select.append(new Option("choose one", ""));
  for (const point of points) select.append(new Option(point.dataset.title, point.id));
  select.addEventListener("change", () => { if (select.value === "") return; for (const point of points) point.open = false; open(document.getElementById(select.value)); });
  label.append(select);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Open all";
  button.addEventListener("click", () => { const opening = points.some((point) => !point.open); for (const point of points) point.open = opening; button.textContent = opening ? "Close all" : "Open all"; });
  tools.append(label, button);
}
const keyOf = (cell) => cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
const compare = (a, b) => typeof a === "number" && typeof b === "number" ? (Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1 : a - b) : String(a).localeCompare(String(b));
for (const table of all("table")) {
  const body = table.tBodies[0];
  if (!body || body.rows.length < 3) continue;
  for (const [index, heading] of all("thead th", table).entries()) {
    if (!all("tr", body).some((row) => row.cells[index].textContent.trim())) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", direction);
      const sign = direction === "ascending" ? 1 : -1;
      body.append(...[...body.rows].sort((a, b) => sign * compare(keyOf(a.cells[index]), keyOf(b.cells[index]))));
    });
  }
}
`;

/** The SHA-256 of the script, in Base64: the only script that the page's policy lets run. A test compares the two. */
export const PAGE_SCRIPT_SHA256 = "G3B9ixCu42x5Ik+LpI2G28vpYnixgBkp3sYrAiwgVLc=";
