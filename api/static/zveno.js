// What every page does more comfortably with a script; without one all of it works through links and buttons.
"use strict";

// The menu closes when one turns away from it.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".menu details[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll(".menu details[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// What a reader unfolded stays unfolded when a part of the page is replaced.
const unfolded = new Map();
document.addEventListener("htmx:beforeSwap", (event) => {
  unfolded.clear();
  for (const each of event.detail.target.querySelectorAll("details[id]")) unfolded.set(each.id, each.open);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, open] of unfolded) {
    const each = document.getElementById(id);
    if (each) each.open = open;
  }
});

// One tick for all rows of a table.
document.addEventListener("change", (event) => {
  const name = event.target.dataset.ticksAll;
  if (!name) return;
  for (const box of document.querySelectorAll(`input[type="checkbox"][name="${name}"]`)) box.checked = event.target.checked;
});

// Filters beside a list stand open where there is room for them.
function unfoldWide(root) {
  if (!matchMedia("(min-width: 56rem)").matches) return;
  for (const each of root.querySelectorAll("details[data-wide]")) each.open = true;
}
unfoldWide(document);

// An address holds only what was filled in.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get" || !event.detail.formData) return;
  for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
});
