// What is written into a long form is kept in this browser until it is sent, and offered again after a reload, a broken
// connection or a closed window. Nothing of it leaves the browser.
"use strict";

const LIFE_MS = 7 * 24 * 3600 * 1000;
const keyOf = (form) => `draft ${form.dataset.draft}`;
const fields = (form) =>
  [...form.elements].filter((each) => each.name && !["hidden", "file", "password", "submit", "button"].includes(each.type));
const ticks = (each) => ["checkbox", "radio"].includes(each.type);
const valueOf = (each) => (ticks(each) ? each.checked : each.value);
const nameOf = (form, each) => `${each.name} ${fields(form).filter((other) => other.name === each.name).indexOf(each)}`;

function stored(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(form)));
    return draft && Date.now() - draft.at < LIFE_MS ? draft : null;
  } catch {
    return null;
  }
}

function keep(form) {
  const values = Object.fromEntries(fields(form).map((each) => [nameOf(form, each), valueOf(each)]));
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
  } catch {
    // a full or forbidden store: the form works as it would without drafts
  }
}

function restore(form, draft) {
  let changed = false;
  for (const each of fields(form)) {
    const value = draft.values[nameOf(form, each)];
    if (value === undefined || value === valueOf(each)) continue;
    changed = true;
    if (ticks(each)) each.checked = value;
    else each.value = value;
  }
  return changed;
}

function offer(form, before) {
  const notice = document.getElementById("draft-notice").content.firstElementChild.cloneNode(true);
  notice.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(keyOf(form));
    restore(form, { values: before });
    notice.remove();
  });
  form.prepend(notice);
  const folded = form.closest("details");
  if (folded) folded.open = true;
}

// A form that was sent leaves the address it was on. The page that answers it comes from there, and the draft has served;
// whoever comes back from a broken connection comes from nowhere, and finds it.
const here = () => location.href.split("#")[0];
const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
const isRefused = (key) =>
  [...document.querySelectorAll("form[data-draft]")].some((form) => keyOf(form) === key && form.querySelector("[aria-invalid]"));
for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith("draft "))) {
  const answered = arrived && document.referrer === sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (answered && !isRefused(key)) localStorage.removeItem(key);
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const before = Object.fromEntries(fields(form).map((each) => [nameOf(form, each), valueOf(each)]));
  const draft = stored(form);
  if (draft && restore(form, draft)) offer(form, before);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("submit", () => {
    keep(form);
    sessionStorage.setItem(keyOf(form), here());
  });
}
