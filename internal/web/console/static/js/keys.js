// Shortcuts. They never act while somebody writes, but for Esc.
import { compose } from "./composer.js";
import { beside } from "./forms.js";
import { visit } from "./regions.js";
import { toast } from "./toast.js";

let chord = "";

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return escape(event);
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return bar();
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (act(event.key)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const dialog = document.querySelector("[data-dialog]");
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    const ask = event.target.closest("[data-ask-notify], [data-try-sound]");
    if (ask?.checked) notify(ask);
    if (event.target.closest("a[data-find]")) {
      event.preventDefault();
      bar();
    }
    if (event.target.closest("a[data-help]")) {
      event.preventDefault();
      help();
    }
  });
}

// notify asks the browser's leave, or lets the tone be heard, on a click.
async function notify(box) {
  const m = await import("./lazy/notify.js");
  if (box.dataset.trySound !== undefined) return m.tone();
  if (await m.ask()) return;
  box.checked = false;
  toast(box.dataset.denied, true);
}

function writing(target) {
  return target.matches("input, textarea, select, [contenteditable]");
}

function act(key) {
  if (chord === "g") {
    chord = "";
    return press(`[data-go="${CSS.escape(key)}"]`);
  }
  switch (key) {
    case "g":
      chord = "g";
      setTimeout(() => (chord = ""), 1200);
      return true;
    case "j":
    case "ArrowDown":
      return step(1);
    case "k":
    case "ArrowUp":
      return step(-1);
    case "r":
      return compose("reply");
    case "n":
      return compose("note");
    case "J":
      return go(beside(1));
    case "K":
      return go(beside(-1));
    case "e":
      return focus(opened("#menu-resolve") + " input:not([type=hidden])");
    case "E":
      return press("#menu-resolve [data-next]");
    case "z":
      return press("[data-undo-at]") || press("[data-unsay] button");
    case "t":
      return press('[data-key="t"]');
    case "s":
      return press("[data-suggest]");
    case "/":
      return focus("[data-search]");
    case "?":
      return help();
  }
  return /^[1-9]$/.test(key) && press(`[data-view="${key}"]`);
}

function opened(menu) {
  const found = document.querySelector(menu);
  if (found) found.open = true;
  return menu;
}

function go(card) {
  if (card) visit(card.href);
  return Boolean(card);
}

// bar opens the command bar.
function bar() {
  import("./lazy/palette.js").then((m) => m.open()).catch(() => location.assign("/find"));
}

function press(selector) {
  const found = document.querySelector(selector);
  found?.click();
  return Boolean(found);
}

function focus(selector) {
  const found = document.querySelector(selector);
  found?.focus();
  found?.select?.();
  return Boolean(found);
}

// step moves along the list; in the thread itself the arrows scroll.
function step(by) {
  if (document.activeElement?.matches("[data-scroller]")) return false;
  const cards = [...document.querySelectorAll("[data-card]")];
  if (!cards.length) return false;
  let at = cards.indexOf(document.activeElement);
  if (at < 0) at = cards.findIndex((card) => card.getAttribute("aria-current"));
  const next = cards[Math.min(Math.max(at + by, 0), cards.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function escape(event) {
  const open = document.querySelector("[data-menu][open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  } else if (writing(event.target)) {
    event.target.blur();
  } else {
    const back = document.querySelector("[data-back]");
    if (back && document.body.dataset.pane !== "list" && !document.querySelector("dialog[open]")) visit(back.href);
  }
}

function help() {
  const dialog = document.querySelector("[data-dialog]");
  fetch("/help", { headers: { "X-Partial": "main" } })
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
    .then((html) => {
      const page = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
      page.removeAttribute("data-region");
      dialog.replaceChildren(page);
      dialog.showModal();
    })
    .catch(() => location.assign("/help"));
  return true;
}
