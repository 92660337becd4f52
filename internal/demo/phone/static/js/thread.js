// The thread is drawn by the server; here only what changed is put in place, so
// that a playing recording plays on and the reader keeps their place.

const near = 140; // pixels from the end that still count as the end

export function thread(path) {
  const wall = document.querySelector("[data-wall]");
  const box = document.querySelector("[data-thread]");
  const down = document.querySelector("[data-down]");
  const presence = document.querySelector("[data-presence]");
  const drawn = new Map(); // id: the server's drawing of it
  for (const item of list().children) drawn.set(item.dataset.id, item.outerHTML);

  function list() { return box.querySelector("[data-list]"); }
  function atEnd() { return wall.scrollHeight - wall.scrollTop - wall.clientHeight < near; }
  function toEnd(smooth) { wall.scrollTo({ top: wall.scrollHeight, behavior: smooth ? "smooth" : "instant" }); }

  // merge puts the items of the new list in place of those that differ.
  function merge(fresh) {
    const old = new Map([...list().children].map((item) => [item.dataset.id, item]));
    let place = list().firstElementChild;
    for (const item of [...fresh.children]) {
      const id = item.dataset.id, before = old.get(id), html = item.outerHTML;
      old.delete(id);
      if (before && drawn.get(id) === html) {
        if (place === before) place = before.nextElementSibling;
        else list().insertBefore(before, place);
        continue;
      }
      if (before) {
        if (place === before) place = before.nextElementSibling;
        before.replaceWith(item);
      } else {
        list().insertBefore(item, place);
      }
      drawn.set(id, html);
    }
    for (const [id, gone] of old) { gone.remove(); drawn.delete(id); }
    list().dataset.typing = fresh.dataset.typing;
    list().dataset.unread = fresh.dataset.unread;
  }

  function rest(page) { // typing and starters, which follow the list
    while (list().nextSibling) list().nextSibling.remove();
    box.append(...[...page.body.childNodes].filter((node) => !node.matches?.("[data-list]")));
  }

  function read() {
    if (list().dataset.unread === "true" && document.visibilityState === "visible") {
      fetch(path + "/read", { method: "POST", headers: { Accept: "application/json" } }).catch(() => {});
    }
  }

  let busy = false, again = false;
  async function refresh(mine) {
    if (busy) { again = again || (mine ? "mine" : "yes"); return; }
    busy = true;
    try {
      const answer = await fetch(path + "/thread");
      if (answer.ok) {
        const stick = mine || atEnd();
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        merge(page.querySelector("[data-list]"));
        rest(page);
        presence.textContent = list().dataset.typing === "true" ? presence.dataset.busy : presence.dataset.idle;
        if (stick) toEnd(true);
        read();
      }
    } catch { /* the stream tells when the server is back */ }
    busy = false;
    if (again) { const who = again === "mine"; again = false; await refresh(who); }
  }

  wall.addEventListener("scroll", () => { down.hidden = atEnd(); }, { passive: true });
  down.addEventListener("click", () => toEnd(true));
  document.addEventListener("visibilitychange", read);
  new ResizeObserver(() => { if (down.hidden) toEnd(false); }).observe(wall);
  toEnd(false);
  read();
  return { refresh, toEnd };
}
