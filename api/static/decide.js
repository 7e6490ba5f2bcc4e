// Lists that are decided about by keys: j and k move, a, l and d decide, u undoes, ? explains. Every key presses a button
// that is there without this script too.
"use strict";

const items = () => [...document.querySelectorAll("[data-decide]")];
const place = () => items().indexOf(document.activeElement?.closest("[data-decide]"));
const remembered = () => "place " + location.pathname;

function moveTo(number) {
  const all = items();
  const item = all[Math.max(0, Math.min(number, all.length - 1))];
  if (!item) return;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const within = key === "u" ? document.getElementById("told") : items()[Math.max(0, place())];
  const button = within?.querySelector(`[data-key="${key}"]`);
  if (button) button.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]") || !items().length) return;
  const does = {
    j: () => moveTo(place() + 1),
    k: () => moveTo(place() - 1),
    a: () => press("a"),
    l: () => press("l"),
    d: () => press("d"),
    u: () => press("u"),
    "?": () => document.getElementById("keys-help")?.showModal(),
  }[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-help]")) document.getElementById("keys-help")?.showModal();
});

// Whoever decides goes on where the list was left.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.quick")) return;
  sessionStorage.setItem(remembered(), String(items().indexOf(event.target.closest("[data-decide]"))));
});
const left = sessionStorage.getItem(remembered());
sessionStorage.removeItem(remembered());
if (items().length) {
  document.documentElement.classList.add("with-keys");
  if (left !== null && document.getElementById("told")) moveTo(Number(left));
}
