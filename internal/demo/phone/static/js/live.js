// The stream says that something changed; what it is, is fetched. A browser has few
// connections to one address, so a tab in the background lets go of its own.

const patience = 30000; // milliseconds in the background

export function live(path, chat) {
  const linkstate = document.querySelector("[data-linkstate]");
  let source, hidden;

  function open() {
    if (source) return;
    source = new EventSource(path + "/events");
    source.addEventListener("open", () => { linkstate.hidden = true; });
    source.addEventListener("error", () => { linkstate.hidden = false; });
    source.addEventListener("thread", () => chat.refresh(false));
    source.addEventListener("state", (event) => show(JSON.parse(event.data)));
  }
  function close() {
    source?.close();
    source = undefined;
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(hidden);
    if (document.visibilityState === "visible") open();
    else hidden = setTimeout(close, patience);
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}

function show(state) {
  for (const box of document.querySelectorAll("[data-count]")) box.textContent = state[box.dataset.count];
  for (const box of document.querySelectorAll("[data-clock]")) box.textContent = state.clock;
  for (const button of document.querySelectorAll("[data-fault]")) {
    const on = state.faults.includes(button.dataset.fault);
    button.setAttribute("aria-checked", String(on));
    button.value = String(!on);
  }
}
