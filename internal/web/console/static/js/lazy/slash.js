// The list of canned replies that a slash opens: typing filters, arrows choose, Enter
// inserts, Esc leaves what was typed.
let at = null; // where the slash is, while the list is open

export async function open(area, done) {
  const form = area.form;
  if (!form.dataset.replies || at) return;
  const answer = await fetch(form.dataset.replies, { headers: { "X-Partial": "ready" } }).catch(() => null);
  if (!answer?.ok) return;
  const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[role=listbox]");
  const begin = area.value.lastIndexOf("/", area.selectionStart - 1);
  if (!list || begin < 0 || document.activeElement !== area) return;
  at = { area, list, begin, done };
  form.append(list);
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-expanded", "true");
  area.addEventListener("input", filter);
  area.addEventListener("keydown", key, true);
  area.addEventListener("blur", leave);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  filter();
}

function typed() {
  return at.area.value.slice(at.begin + 1, at.area.selectionStart);
}

function options() {
  return [...at.list.querySelectorAll("[role=option]:not([hidden])")];
}

function filter() {
  const { area, list, begin } = at;
  const words = typed();
  if (area.value[begin] !== "/" || area.selectionStart <= begin || words.includes("\n")) return close();
  const plain = (s) => s.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  for (const option of list.querySelectorAll("[role=option]")) option.hidden = !plain(option.textContent).includes(plain(words));
  list.querySelector("[data-none]").hidden = options().length > 0;
  choose(options()[0]);
}

function choose(option) {
  for (const other of at.list.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
  if (!option) return at.area.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  at.area.setAttribute("aria-activedescendant", option.id);
}

function key(event) {
  const all = options();
  const now = all.findIndex((o) => o.getAttribute("aria-selected") === "true");
  const acts = {
    ArrowDown: () => choose(all[(now + 1) % all.length]),
    ArrowUp: () => choose(all[(now - 1 + all.length) % all.length]),
    Enter: () => all[now] && take(all[now]),
    Tab: () => all[now] && take(all[now]),
    Escape: close,
  };
  if (!acts[event.key] || (event.key === "Enter" && (event.ctrlKey || !all[now])) || (event.key === "Tab" && !all[now])) return;
  event.preventDefault();
  event.stopPropagation();
  if (all.length || event.key === "Escape") acts[event.key]();
}

function take(option) {
  const { area, begin, done } = at;
  const words = option.querySelector("template").content.textContent;
  area.setRangeText(words, begin, area.selectionStart, "end");
  const slot = /\{[a-z0-9_]+\}/.exec(words);
  if (slot) area.setSelectionRange(begin + slot.index, begin + slot.index + slot[0].length);
  close();
  done(area.form);
}

function leave() {
  setTimeout(() => at && document.activeElement !== at.area && close(), 100);
}

function close() {
  if (!at) return;
  const { area, list } = at;
  at = null;
  list.remove();
  area.removeEventListener("input", filter);
  area.removeEventListener("keydown", key, true);
  area.removeEventListener("blur", leave);
  for (const name of ["aria-controls", "aria-activedescendant"]) area.removeAttribute(name);
  area.setAttribute("aria-expanded", "false");
}
