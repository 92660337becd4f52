// Reacting and quoting: the small button beside a bubble, a long press, or a right click.
import { post } from "./forms.js";

const long = 450; // milliseconds

export function menu(path, refresh) {
  const box = document.querySelector("[data-menu]");
  const quoting = document.querySelector("[data-quoting]");
  let line, timer;

  function show(at, x, y) {
    line = at;
    if (at.matches("[data-gone]")) return;
    box.hidden = false;
    box.querySelector("[data-edit]").hidden = !at.matches("[data-editable]");
    box.querySelector("[data-revoke]").hidden = !at.matches(".mine");
    const { width, height } = box.getBoundingClientRect();
    const frame = box.offsetParent.getBoundingClientRect(); // the screen of the phone
    box.style.left = Math.max(8, Math.min(x - frame.left - width / 2, frame.width - width - 8)) + "px";
    box.style.top = Math.max(8, Math.min(y - frame.top - height - 8, frame.height - height - 8)) + "px";
    box.querySelector("button").focus({ preventScroll: true });
  }
  function hide() { box.hidden = true; }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-more]");
    if (button) {
      const { left, top, width } = button.getBoundingClientRect();
      return show(button.closest(".line"), left + width / 2, top);
    }
    if (!event.target.closest("[data-menu]")) hide();
  });
  document.addEventListener("contextmenu", (event) => {
    const bubble = event.target.closest(".line .bubble");
    if (!bubble || event.target.closest("a, img")) return;
    event.preventDefault();
    show(bubble.closest(".line"), event.clientX, event.clientY);
  });
  document.addEventListener("touchstart", (event) => {
    const bubble = event.target.closest(".line .bubble");
    const { clientX, clientY } = event.touches[0];
    if (bubble) timer = setTimeout(() => show(bubble.closest(".line"), clientX, clientY), long);
  }, { passive: true });
  for (const name of ["touchend", "touchmove", "touchcancel"]) {
    document.addEventListener(name, () => clearTimeout(timer), { passive: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  for (const name of ["wheel", "touchmove"]) document.querySelector("[data-wall]").addEventListener(name, hide, { passive: true });

  box.addEventListener("click", async (event) => {
    const emoji = event.target.closest("[data-react]")?.dataset.react;
    if (emoji) {
      hide();
      const data = new URLSearchParams({ message: line.dataset.id, emoji });
      if (await post(path + "/react", data)) refresh(false);
    } else if (event.target.closest("[data-reply]")) {
      hide();
      quote();
    } else if (event.target.closest("[data-edit]")) {
      hide();
      edit();
    } else if (event.target.closest("[data-revoke]")) {
      hide();
      if (await post(path + "/revoke", new URLSearchParams({ message: line.dataset.id }))) refresh(false);
    }
  });

  function edit() { // the composer's next words replace what was written
    const text = document.querySelector("[data-text]");
    quote();
    document.querySelector("[data-quote]").value = "";
    document.querySelector("[data-compose]").dataset.editing = line.dataset.id;
    text.value = line.dataset.plain;
    text.dispatchEvent(new Event("input"));
  }

  function quote() {
    document.querySelector("[data-quote]").value = line.dataset.id;
    document.querySelector("[data-quoting-who]").textContent =
      line.matches(".mine") ? quoting.dataset.you : quoting.dataset.business;
    document.querySelector("[data-quoting-text]").textContent = line.dataset.plain;
    quoting.hidden = false;
    document.querySelector("[data-text]").focus();
  }
}
