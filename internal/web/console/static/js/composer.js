// What is being written is kept on the server, per conversation and apart for replies
// and notes; until the server has it, it is kept in this browser. Sending shows the
// words at once, and puts them back when they were refused.
import { names } from "./forms.js";
import { refresh } from "./regions.js";
import { toast } from "./toast.js";

const drafts = "antena.draft.";
const pause = 800;
let sending = Promise.resolve(); // one after the other, so that order is kept
let timer = 0;
let unsaved = null; // the form whose words the server does not have

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
    if (!event.target.matches("[data-text]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.key === "/" && !event.isComposing) slash(event.target);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-composer]") || event.submitter?.formAction.endsWith("/suggest")) return;
    event.preventDefault();
    say(event.target);
  });
  document.addEventListener("click", click);
  window.addEventListener("pagehide", flush);
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
  prepare();
}

function click(event) {
  const hit = (what) => event.target.closest(what);
  const suggestion = hit("[data-suggest]");
  const words = hit("[data-insert]");
  const unsay = hit("[data-unsay] button");
  if (!suggestion && !words && !unsay) return;
  event.preventDefault();
  if (words) insert(words.dataset.insert || words.querySelector("template")?.content.textContent || "");
  else if (unsay) takeBack(unsay.form);
  else suggest(suggestion);
}

// prepare fills a composer that has just appeared: what the server does not have yet
// goes before what it has.
function prepare() {
  const form = document.querySelector("[data-composer]");
  if (!form) return;
  if (form.dataset.ready) return card(form);
  if (unsaved && unsaved !== form) flush();
  form.dataset.ready = "yes";
  form.dataset.mode = mode(form);
  const local = kept(form);
  if (local) {
    text(form).value = local;
    later(form);
  }
  const mod = form.querySelector("[data-mod]");
  if (mod && /Mac|iPhone|iPad/.test(navigator.platform)) mod.textContent = "⌘";
  show(form);
  card(form);
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

// insert puts words below what is written; a placeholder without a value is selected,
// to be typed over.
export function insert(words, form = document.querySelector("[data-composer]")) {
  if (!form || !words) return;
  const area = text(form);
  if (!area.value.includes(words)) area.value = area.value.trim() ? `${area.value.trimEnd()}\n\n${words}` : words;
  note(form);
  area.focus();
  const slot = /\{[a-z0-9_]+\}/.exec(area.value);
  if (slot) area.setSelectionRange(slot.index, slot.index + slot[0].length);
}

// suggest inserts what the card suggests, or asks for a reply.
async function suggest(button) {
  const form = button.form;
  const ready = button.dataset.suggest === "" && form.parentElement.querySelector("[data-first]");
  if (ready && !text(form).value.includes(ready.dataset.insert)) return insert(ready.dataset.insert, form);
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.formAction, { method: "POST", headers: { "X-Partial": "suggestion" }, body: new URLSearchParams() });
    const html = await answer.text();
    if (!answer.ok) return toast(html, true);
    const fresh = new DOMParser().parseFromString(html, "text/html");
    form.querySelector("[data-suggestion-slot]").replaceChildren(...fresh.querySelectorAll(".suggestion"));
    insert(fresh.querySelector("[data-suggested]")?.value ?? "", form);
  } catch {
    toast(document.body.dataset.offline, true);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

// card asks what is known and what could be said to what the contact wrote last.
async function card(form) {
  const slot = form.parentElement.querySelector("[data-arrival]");
  if (!slot) return;
  const said = [...document.querySelectorAll("[data-log] > .row:not(.row-note)")];
  const last = said.findLast((row) => row.classList.contains("row-in"))?.id ?? "none";
  slot.hidden = Boolean(said.at(-1)?.classList.contains("voice-agent")); // it was answered
  if (slot.hidden || slot.dataset.for === last) return;
  slot.dataset.for = last;
  const answer = await fetch(slot.dataset.arrival, { headers: { "X-Partial": "arrival" } }).catch(() => null);
  if (!answer?.ok || !slot.isConnected) return;
  slot.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.children);
}

// slash opens the canned replies where a word begins.
function slash(area) {
  if (!/(^|\s)$/.test(area.value.slice(0, area.selectionStart))) return;
  import("./lazy/slash.js").then((m) => m.open(area, (form) => note(form))).catch(() => {});
}

function change(form) {
  flush();
  form.dataset.mode = mode(form);
  const local = kept(form);
  text(form).value = local || form.dataset[mode(form) + "Draft"] || "";
  if (local) later(form);
  show(form);
}

function note(form) {
  form.dataset[mode(form) + "Draft"] = text(form).value;
  keep(form, text(form).value);
  later(form);
  show(form);
}

function later(form) {
  unsaved = form;
  clearTimeout(timer);
  timer = setTimeout(flush, pause);
}

// flush gives the server what it does not have. What it has is no longer kept here.
function flush() {
  const form = unsaved;
  clearTimeout(timer);
  unsaved = null;
  if (!form) return;
  const words = text(form).value;
  const where = key(form, form.dataset.mode);
  const body = new URLSearchParams({ text: words, mode: form.dataset.mode, id: form.querySelector("[data-draft]").value });
  fetch(form.dataset.keep, { method: "POST", headers: { "X-Partial": "act" }, body, keepalive: true })
    .then((answer) => {
      if (answer.ok && stored(where) === words) store(where, "");
    })
    .catch(() => setTimeout(() => form.isConnected && !unsaved && later(form), 5000));
  if (!words.trim()) store(where, "");
}

// say sends what is written. The words leave the composer at once and come back when
// they were refused, under the same id, so that trying again is not saying it twice.
function say(form) {
  const area = text(form);
  const words = area.value;
  const files = document.querySelector("[name=upload][form=say]");
  if (!words.trim() && !files) return area.focus();
  clearTimeout(timer);
  unsaved = null;
  const row = document.querySelector("[data-log] > .row:last-of-type");
  form.querySelector("[data-seen]").value = row?.id ?? "";
  const body = new URLSearchParams(new FormData(form));
  const where = key(form, mode(form));
  const id = body.get("id");
  store(where, words);
  form.querySelector("[data-draft]").value = fresh();
  area.value = form.dataset[mode(form) + "Draft"] = "";
  form.querySelector("[data-suggestion-slot]").replaceChildren();
  refused(form, "");
  show(form);
  area.focus();
  const bubble = shown(form, words, id);
  sending = sending.then(() => deliver({ form, body, where, words, id, bubble }));
}

async function deliver({ form, body, where, words, id, bubble }) {
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", headers: { "X-Partial": "act" }, body });
  } catch {
    answer = null;
  }
  if (answer?.status === 401) return location.reload();
  if (answer?.ok) {
    if (stored(where) === words) store(where, "");
    await refresh(names());
    return bubble?.remove();
  }
  bubble?.remove();
  if (form.isConnected) {
    const area = text(form);
    if (key(form, mode(form)) === where) area.value = area.value.trim() ? `${words}\n\n${area.value}` : words;
    if (area.value === words) form.querySelector("[data-draft]").value = id;
    form.dataset[mode(form) + "Draft"] = area.value;
    show(form);
  }
  const why = answer ? await answer.text() : document.body.dataset.failed;
  if (form.isConnected) refused(form, why);
  else toast(why, true);
  if (answer) {
    if (answer.status === 409) store(where, ""); // the server keeps it, with the reason
    refresh(names());
  }
}

// shown draws what is being sent at the end of the thread.
function shown(form, words, id) {
  const log = document.querySelector("[data-log]");
  const like = form.querySelector("[data-bubble]");
  if (!log || !like || !words.trim()) return null;
  const row = like.content.firstElementChild.cloneNode(true);
  row.id = `p-${id}`;
  row.dataset.old = "";
  row.classList.add(mode(form) === "note" ? "row-note" : "row-out");
  row.querySelector(".text").textContent = words;
  log.append(row);
  return row;
}

async function takeBack(form) {
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { "X-Partial": "act" } });
    const words = await answer.text();
    if (!answer.ok) toast(words, true);
    else if (compose("reply")) insert(words);
    refresh(names());
  } catch {
    toast(document.body.dataset.failed, true);
  }
}

function refused(form, why) {
  const place = form.querySelector("[data-refused]");
  place.textContent = why;
  place.hidden = !why;
}

function show(form) {
  const area = text(form);
  const counter = form.querySelector("[data-count]");
  const left = Number(counter.dataset.max) - area.value.length;
  counter.textContent = area.value.length ? `${area.value.length} / ${counter.dataset.max}` : "";
  counter.classList.toggle("over", left < 100);
  area.placeholder = area.dataset[mode(form)];
}

function key(form, which) {
  return `${drafts}${form.dataset.agent}.${form.dataset.composer}.${which}`;
}

function keep(form, words) {
  store(key(form, form.dataset.mode), words);
}

function kept(form) {
  return stored(key(form, mode(form)));
}

function store(where, words) {
  try {
    if (words.trim()) localStorage.setItem(where, words);
    else localStorage.removeItem(where);
  } catch {
    // Without storage the words live as long as the page, and on the server.
  }
}

function stored(where) {
  try {
    return localStorage.getItem(where) ?? "";
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
