// Regions are the parts of a page that the server can render alone. A refresh asks
// for some of them; following a link within the page asks for all.
import { morph } from "./morph.js";
import { toast } from "./toast.js";

let pending = null; // the question under way: its address, regions and how to stop it

export function startRegions() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-nav], a[data-earlier]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.dataset.earlier !== undefined) earlier(link);
    else visit(link.href);
  });
  window.addEventListener("popstate", () => visit(location.href, false));
  document.addEventListener("scroll", watchBottom, { capture: true, passive: true });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-jump]")) document.querySelector("[data-scroller]").scrollTop = 0;
  });
  seen();
}

export function regions() {
  return [...document.querySelectorAll("[data-region]")];
}

// visit goes to another place of the same page without loading it anew.
export async function visit(url, push = true) {
  const names = regions().map((r) => r.dataset.region);
  const place = new URL(url);
  if (!names.includes("list") || !(place.pathname === "/" || place.pathname.startsWith("/conversations/"))) {
    location.assign(url);
    return;
  }
  const before = document.querySelector("[data-region=thread]")?.dataset.id;
  if (push) history.pushState(null, "", url);
  place.searchParams.delete("done");
  if (!(await load(place.href, names))) return;
  const thread = document.querySelector("[data-region=thread]");
  document.body.dataset.pane = pane(place);
  if (thread?.dataset.id !== before) {
    const scroller = thread?.querySelector("[data-scroller]");
    if (scroller) scroller.scrollTop = 0;
  }
  const name = thread?.querySelector("h2")?.textContent;
  if (name) document.title = `${name} · Antena`;
}

function pane(place) {
  if (place.pathname === "/") return "list";
  return place.searchParams.get("pane") === "context" ? "context" : "thread";
}

// refresh asks for regions again.
export function refresh(names) {
  const here = new URL(location.href);
  here.searchParams.delete("done");
  here.searchParams.delete("before");
  return load(here.href, names);
}

async function load(url, names) {
  pending?.stop.abort();
  if (pending?.url === url) names = [...new Set([...pending.names, ...names])];
  const mine = (pending = { url, names, stop: new AbortController() });
  let answer;
  try {
    answer = await fetch(url, { headers: { "X-Partial": names.join(",") }, signal: mine.stop.signal });
  } catch (error) {
    if (error.name !== "AbortError") toast(document.body.dataset.offline, true);
    return false;
  } finally {
    if (pending === mine) pending = null;
  }
  if (answer.status === 401) location.reload();
  if (!answer.ok) {
    toast(await answer.text(), true);
    return false;
  }
  swap(await answer.text());
  seen();
  return true;
}

function swap(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const scroller = document.querySelector("[data-scroller]");
  const away = scroller && scroller.scrollTop < -80;
  const last = document.querySelector("[data-log] > .row:last-of-type")?.id;
  for (const want of fresh.querySelectorAll("[data-region]")) {
    const have = document.querySelector(`[data-region="${want.dataset.region}"]`);
    if (!have) continue;
    if (have.dataset.id !== want.dataset.id || have.tagName !== want.tagName) have.replaceWith(want);
    else morph(have, want);
  }
  const now = document.querySelector("[data-log] > .row:last-of-type")?.id;
  const jump = document.querySelector("[data-jump]");
  if (jump && away && now !== last) jump.hidden = false;
  document.dispatchEvent(new CustomEvent("regions"));
}

function watchBottom(event) {
  if (!event.target.matches?.("[data-scroller]")) return;
  const jump = document.querySelector("[data-jump]");
  if (jump && event.target.scrollTop > -80) jump.hidden = true;
}

// earlier puts older messages above, keeping them through refreshes.
async function earlier(link) {
  link.setAttribute("aria-busy", "true");
  const answer = await fetch(link.href, { headers: { "X-Partial": "thread" } }).catch(() => null);
  link.removeAttribute("aria-busy");
  if (!answer?.ok) return toast(document.body.dataset.offline, true);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const log = document.querySelector("[data-log]");
  const first = log.firstChild;
  for (const entry of [...(fresh.querySelector("[data-log]")?.children ?? [])]) {
    if (entry.id === "typing" || document.getElementById(entry.id)) continue;
    entry.dataset.old = "";
    log.insertBefore(entry, first);
  }
  const next = fresh.querySelector("[data-earlier]");
  const holder = link.closest("p");
  holder.dataset.old = "";
  if (next) link.href = next.href;
  else link.remove();
}

// seen tells the server that the holder has the open thread before their eyes.
function seen() {
  const thread = document.querySelector("[data-region=thread][data-seen]");
  if (!thread || document.visibilityState !== "visible") return;
  fetch(thread.dataset.seen, { method: "POST", headers: { "X-Partial": "none" } }).catch(() => {});
}
