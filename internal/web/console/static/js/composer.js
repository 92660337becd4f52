// What is being written stays in this browser until it is sent, per conversation
// and apart for replies and notes, so that a note never goes out as a reply.

import { toast } from "./toast.js";

const drafts = "antena.draft.";

export function startComposer() {
  document.addEventListener("regions", prepare);
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-text]")) note(event.target.form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-composer]");
    if (form && event.target.name === "mode") change(form);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("[data-text]")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-suggest]");
    if (!button) return;
    event.preventDefault();
    suggest(button);
  });
  document.addEventListener("sent", sent, true);
  prepare();
}

// prepare fills a composer that has just appeared.
function prepare() {
  const form = document.querySelector("[data-composer]");
  if (!form || form.dataset.ready) return;
  form.dataset.ready = "yes";
  form.dataset.mode = mode(form);
  if (!text(form).value) text(form).value = kept(form);
  const mod = form.querySelector("[data-mod]");
  if (mod && /Mac|iPhone|iPad/.test(navigator.platform)) mod.textContent = "⌘";
  show(form);
}

export function compose(which) {
  const form = document.querySelector("[data-composer]");
  const choice = form?.querySelector(`[name=mode][value="${which}"]`);
  if (!choice) return false;
  choice.checked = true;
  change(form);
  text(form).focus();
  return true;
}

// suggest asks for a reply and puts it below what is written, to be changed.
async function suggest(button) {
  const form = button.form;
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.formAction, { method: "POST", headers: { "X-Partial": "suggestion" }, body: new URLSearchParams() });
    const html = await answer.text();
    if (!answer.ok) return toast(html, true);
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const words = fresh.querySelector("[data-suggested]")?.value ?? "";
    form.querySelector("[data-suggestion-slot]").replaceChildren(...fresh.querySelectorAll(".suggestion"));
    const area = text(form);
    if (words && !area.value.includes(words)) area.value = area.value.trim() ? `${area.value.trimEnd()}\n\n${words}` : words;
    note(form);
    area.focus();
  } catch {
    toast(document.body.dataset.offline, true);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function change(form) {
  keep(form, form.dataset.mode);
  form.dataset.mode = mode(form);
  text(form).value = kept(form);
  show(form);
}

function note(form) {
  keep(form, mode(form));
  show(form);
}

function sent(event) {
  const form = event.target;
  if (!form.matches?.("[data-composer]")) return;
  text(form).value = "";
  form.querySelector("[data-suggestion-slot]").replaceChildren();
  form.querySelector("[data-draft]").value = fresh();
  note(form);
  text(form).focus();
}

function show(form) {
  const area = text(form);
  const counter = form.querySelector("[data-count]");
  const left = Number(counter.dataset.max) - area.value.length;
  counter.textContent = area.value.length ? `${area.value.length} / ${counter.dataset.max}` : "";
  counter.classList.toggle("over", left < 100);
  area.placeholder = area.dataset[mode(form)];
}

function keep(form, which) {
  const key = drafts + form.dataset.composer + "." + which;
  try {
    if (text(form).value.trim()) localStorage.setItem(key, text(form).value);
    else localStorage.removeItem(key);
  } catch {
    // Without storage the draft lives as long as the page.
  }
}

function kept(form) {
  try {
    return localStorage.getItem(drafts + form.dataset.composer + "." + mode(form)) ?? "";
  } catch {
    return "";
  }
}

// fresh names the next thing that is written: 16 random bytes as a UUID.
function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function text(form) {
  return form.querySelector("[data-text]");
}

function mode(form) {
  return form.querySelector("[name=mode]:checked")?.value ?? "note";
}
