// Short messages that go away by themselves; failures stay longer.

export function startToasts() {
  for (const shown of document.querySelectorAll("[data-toast]")) leave(shown, 4000);
  const here = new URL(location.href);
  if (here.searchParams.has("done")) {
    here.searchParams.delete("done");
    history.replaceState(null, "", here);
  }
}

export function toast(words, bad = false, undo = "") {
  const shelf = document.querySelector("[data-toasts]");
  if (!words || [...shelf.children].some((t) => t.textContent === words)) return;
  const p = document.createElement("p");
  p.className = bad ? "toast toast-bad" : "toast";
  p.textContent = words;
  if (bad) p.setAttribute("role", "alert");
  if (undo) {
    const button = document.createElement("button");
    button.className = "button button-small";
    button.dataset.undoAt = undo;
    button.textContent = document.body.dataset.undo;
    p.append(" ", button);
  }
  shelf.append(p);
  leave(p, bad ? 7000 : undo ? 5000 : 3000);
}

function leave(element, after) {
  setTimeout(() => element.remove(), after);
}
