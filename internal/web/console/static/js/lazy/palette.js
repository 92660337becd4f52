// The command bar: places, whatever can be done with the open conversation, and what
// the server finds. It presses the page's own links and buttons, so it can do what
// they can and nothing else.
let timer = 0;
let asked = 0;

export function open() {
  const dialog = document.querySelector("[data-palette]");
  if (dialog.open) return dialog.close();
  const input = dialog.querySelector("input");
  if (!dialog.dataset.ready) prepare(dialog, input);
  dialog.querySelector("[data-found]").replaceChildren();
  input.value = "";
  dialog.showModal();
  commands(dialog);
  filter(dialog);
  input.focus();
}

function prepare(dialog, input) {
  dialog.dataset.ready = "yes";
  input.addEventListener("input", () => {
    filter(dialog);
    clearTimeout(timer);
    timer = setTimeout(() => find(dialog, input.value.trim()), 180);
  });
  dialog.addEventListener("keydown", (event) => {
    const all = options(dialog);
    const now = all.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose(dialog, all[(now + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(dialog, all[(now - 1 + all.length) % all.length]);
    else if (event.key === "Enter" && all[now]) run(dialog, all[now]);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (event.target === dialog) dialog.close();
    else if (option) run(dialog, option);
  });
}

// commands gathers what the page offers now.
function commands(dialog) {
  const list = dialog.querySelector("[data-commands]");
  list.replaceChildren();
  const seen = new Set();
  const add = (group, element, name) => {
    const words = (name ?? element.dataset.command ?? element.title ?? "").trim() || element.textContent.trim().replace(/\s+/g, " ");
    if (!words || seen.has(group + words)) return;
    seen.add(group + words);
    const option = document.createElement("li");
    option.id = `command-${list.children.length}`;
    option.setAttribute("role", "option");
    option.append(words);
    const small = document.createElement("small");
    small.textContent = group;
    option.append(small);
    option.act = () => press(element);
    list.append(option);
  };
  const { here, places } = dialog.dataset;
  const clean = (element) => [...element.childNodes].filter((n) => n.nodeName !== "KBD").map((n) => n.textContent).join("").trim();
  for (const form of document.querySelectorAll(".verbs form")) {
    const group = form.querySelector(".menu-title, label")?.textContent.trim() ?? "";
    const select = form.querySelector("select");
    if (select) {
      for (const value of select.options) add(here, { pressed: () => ((select.value = value.value), form.requestSubmit()) }, `${group}: ${value.textContent}`);
      continue;
    }
    for (const button of form.querySelectorAll("button")) add(here, button, button.classList.contains("menu-item") ? `${group}: ${clean(button)}` : button.title && !clean(button) ? button.title : clean(button));
  }
  for (const element of document.querySelectorAll("[data-composer] .tab input, [data-suggest], [data-macro], [data-unsay] button, [data-insert][data-command]")) {
    add(here, element, element.dataset.command ?? clean(element.closest(".tab") ?? element));
  }
  for (const link of document.querySelectorAll(".nav a[href]")) add(places, link, link.title || clean(link.querySelector("span") ?? link));
}

function press(element) {
  if (element.pressed) return element.pressed();
  if (element.matches("input[type=radio]")) {
    element.click();
    document.querySelector("[data-text]")?.focus();
    return;
  }
  element.click();
}

async function find(dialog, words) {
  const mine = ++asked;
  const found = dialog.querySelector("[data-found]");
  if (words.length < 2) return found.replaceChildren();
  const answer = await fetch(`/find?${new URLSearchParams({ q: words })}`, { headers: { "X-Partial": "found" } }).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  found.replaceChildren(...fresh.querySelectorAll("[role=option]"));
  filter(dialog);
}

function options(dialog) {
  return [...dialog.querySelectorAll("[role=option]:not([hidden])")];
}

function filter(dialog) {
  const plain = (s) => s.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const words = plain(dialog.querySelector("input").value).split(/\s+/).filter(Boolean);
  for (const option of dialog.querySelectorAll("[data-commands] [role=option]")) {
    const text = plain(option.textContent);
    option.hidden = !words.every((w) => text.includes(w));
  }
  dialog.querySelector("[data-none]").hidden = options(dialog).length > 0;
  choose(dialog, options(dialog)[0]);
}

function choose(dialog, option) {
  for (const other of dialog.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
  const input = dialog.querySelector("input");
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function run(dialog, option) {
  dialog.close();
  if (option.act) option.act();
  else if (option.dataset.url) location.assign(option.dataset.url);
}
