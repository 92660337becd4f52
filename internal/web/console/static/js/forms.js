// Forms marked data-act stay on the page: the server answers with nothing or with
// why not, and the regions are asked for again.
import { refresh, regions, visit } from "./regions.js";
import { toast } from "./toast.js";

export function startForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.confirm && !confirm(form.dataset.confirm)) {
      event.preventDefault();
      return;
    }
    if (form.dataset.act === undefined) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const undo = event.target.closest("[data-undo-at]");
    if (undo) takeBack(undo);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form && event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) copyLink(copy);
  });
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

async function send(form, submitter) {
  const button = submitter ?? form.querySelector("button");
  if (button?.getAttribute("aria-busy")) return;
  button?.setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      headers: { "X-Partial": "act" },
      body: new URLSearchParams(new FormData(form, submitter)),
    });
  } catch {
    toast(document.body.dataset.failed, true);
    return;
  } finally {
    button?.removeAttribute("aria-busy");
  }
  if (answer.status === 401) return location.reload();
  if (!answer.ok) {
    toast(await answer.text(), true);
    refresh(names());
    return;
  }
  const done = answer.headers.get("X-Done");
  if (done && form.dataset.quiet === undefined) toast(decodeURIComponent(done), false, answer.headers.get("X-Undo"));
  if (form.dataset.reset !== undefined) form.reset();
  const menu = form.closest("[data-menu]") ?? button?.closest("[data-menu]");
  if (menu) menu.open = false;
  const next = submitter?.dataset.next === undefined ? null : beside(1);
  if (next) return visit(next.href);
  await refresh(names());
}

// beside is the card after the open one in the list, or before it.
export function beside(by) {
  const cards = [...document.querySelectorAll("[data-card]")];
  const at = cards.findIndex((card) => card.getAttribute("aria-current"));
  return cards[at + by] ?? (by > 0 && at === cards.length - 1 ? cards[at - 1] : undefined);
}

export function names() {
  return regions().map((region) => region.dataset.region);
}

async function takeBack(button) {
  const { undoAt } = button.dataset;
  button.closest(".toast").remove();
  const answer = await fetch(undoAt, { method: "POST", headers: { "X-Partial": "act" } }).catch(() => null);
  if (!answer) return toast(document.body.dataset.failed, true);
  const done = answer.headers.get("X-Done");
  toast(answer.ok ? decodeURIComponent(done) : await answer.text(), !answer.ok);
  const place = undoAt.replace(/\/undo$/, "");
  if (answer.ok && location.pathname !== place) return visit(place + location.search);
  refresh(names());
}

async function copyLink(button) {
  const source = button.parentElement.querySelector("[data-copy-source]");
  source.select();
  try {
    await navigator.clipboard.writeText(source.value);
    toast(document.body.dataset.copied);
  } catch {
    source.focus(); // selected, so that the keys for copying work
  }
}
