// One key decides: a digit pressed outside a field presses the button or follows the link that has it as its access key.
// Without this script the browser's own way to access keys does the same.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !/^[0-9]$/.test(event.key)) return;
  if (event.target.closest("input, textarea, select")) return;
  const wanted = document.querySelector(`main [accesskey="${event.key}"]`);
  if (wanted) {
    event.preventDefault();
    wanted.click();
  }
});
