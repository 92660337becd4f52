// The list of names that an @ opens in a note: typing filters, arrows choose, Enter
// inserts, Esc leaves what was typed.
let names = null;
let at = null; // where the @ is, while the list is open

export async function open(area) {
  if (at) return;
  names ??= await fetch("/names").then((r) => (r.ok ? r.json() : null)).catch(() => null);
  const begin = area.value.lastIndexOf("@", area.selectionStart - 1);
  if (!names?.length || begin < 0 || (begin > 0 && !/\s/.test(area.value[begin - 1])) || document.activeElement !== area) return;
  const list = document.createElement("div");
  list.className = "mention-list";
  list.id = "mention-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", area.dataset.mention);
  area.form.append(list);
  at = { area, begin, list };
  area.setAttribute("aria-controls", list.id);
  area.addEventListener("input", filter);
  area.addEventListener("keydown", key, true);
  area.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  filter();
}

function filter() {
  const { area, begin, list } = at;
  const typed = area.value.slice(begin + 1, area.selectionStart);
  if (area.value[begin] !== "@" || area.selectionStart <= begin || typed.includes("\n")) return close();
  const plain = (s) => s.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const found = names.filter((name) => plain(name).includes(plain(typed))).slice(0, 8);
  if (!found.length) return close();
  list.replaceChildren(
    ...found.map((name, i) => {
      const option = document.createElement("div");
      option.setAttribute("role", "option");
      option.id = `mention-${i}`;
      option.textContent = name;
      return option;
    }),
  );
  choose(list.firstElementChild);
}

function choose(option) {
  for (const other of at.list.children) other.setAttribute("aria-selected", String(other === option));
  at.area.setAttribute("aria-activedescendant", option.id);
}

function key(event) {
  const all = [...at.list.children];
  const now = all.findIndex((o) => o.getAttribute("aria-selected") === "true");
  const acts = {
    ArrowDown: () => choose(all[(now + 1) % all.length]),
    ArrowUp: () => choose(all[(now - 1 + all.length) % all.length]),
    Enter: () => take(all[now]),
    Tab: () => take(all[now]),
    Escape: close,
  };
  const act = !event.ctrlKey && !event.metaKey && acts[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  act();
}

function take(option) {
  const { area, begin } = at;
  area.setRangeText(`@${option.textContent} `, begin, area.selectionStart, "end");
  close();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function close() {
  const { area, list } = at;
  at = null;
  list.remove();
  area.removeEventListener("input", filter);
  area.removeEventListener("keydown", key, true);
  area.removeEventListener("blur", close);
  area.removeAttribute("aria-controls");
  area.removeAttribute("aria-activedescendant");
}
