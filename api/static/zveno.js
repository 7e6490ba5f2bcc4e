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
