// Picking several conversations by keyboard and mouse, and filters without a new page.
import { visit } from "./regions.js";

let last = null; // the box picked last, for a range with shift

export function startLists() {
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-pick]");
    if (!box) return;
    if (event.shiftKey && last?.isConnected) range(last, box);
    last = box;
    tell();
  });
  document.addEventListener("change", (event) => event.target.matches("[data-picking], [data-pick]") && tell());
  document.addEventListener("keydown", key);
  document.addEventListener("regions", tell);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.visit === undefined) return;
    event.preventDefault();
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    form.closest("[data-menu]").open = false;
    visit(new URL(`/?${query}`, location.href).href);
  });
}

function key(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  if (event.key === "x") {
    const box = document.activeElement?.closest(".card-item")?.querySelector("[data-pick]");
    if (!box) return;
    box.checked = !box.checked;
    last = box;
    tell();
  } else if (event.key === "f") {
    const open = document.querySelector("[data-narrow]");
    if (!open) return;
    open.click();
    open.parentElement.querySelector("select")?.focus();
  } else {
    return;
  }
  event.preventDefault();
}

function range(from, to) {
  const boxes = [...document.querySelectorAll("[data-pick]")];
  const [a, b] = [boxes.indexOf(from), boxes.indexOf(to)].sort((x, y) => x - y);
  for (const box of boxes.slice(Math.max(a, 0), b + 1)) box.checked = to.checked;
}

function tell() {
  const count = document.querySelector("[data-picked]");
  if (count) count.textContent = document.querySelectorAll("[data-pick]:checked").length;
}
