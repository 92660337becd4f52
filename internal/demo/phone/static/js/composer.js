// Writing: Enter sends, Shift+Enter is a new line; emoji, place, and the round
// button that is a microphone while there is nothing to send.
import { post, closePops, toast } from "./forms.js";

export function composer(path, chat) {
  const form = document.querySelector("[data-compose]");
  const text = form.querySelector("[data-text]");
  const quote = form.querySelector("[data-quote]");
  const quoting = document.querySelector("[data-quoting]");
  const send = document.querySelector("[data-send]");
  const record = document.querySelector("[data-record]");

  function fit() {
    const empty = text.value.trim() === "";
    send.hidden = empty;
    record.hidden = !empty;
    if (CSS.supports("field-sizing", "content")) return;
    text.style.height = "auto";
    text.style.height = Math.min(text.scrollHeight, 132) + "px";
  }

  function unquote() {
    quote.value = "";
    quoting.hidden = true;
    delete form.dataset.editing;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (text.value.trim() === "") return;
    const data = new URLSearchParams(new FormData(form));
    const editing = form.dataset.editing;
    if (editing) data.set("message", editing);
    text.value = "";
    unquote();
    fit();
    text.focus();
    if (await post(editing ? path + "/edit" : form.action, data)) return chat.refresh(true);
    if (text.value === "") { // give back what could not be sent
      text.value = data.get("text");
      fit();
    }
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  text.addEventListener("input", fit);
  document.querySelector("[data-quoting-end]").addEventListener("click", unquote);
  document.addEventListener("click", (event) => {
    const emoji = event.target.closest("[data-emoji]")?.dataset.emoji;
    if (!emoji) return;
    text.setRangeText(emoji, text.selectionStart, text.selectionEnd, "end");
    fit();
  });
  document.querySelector("[data-locate]").addEventListener("click", () => {
    closePops();
    if (!navigator.geolocation) return toast(document.body.dataset.failed);
    navigator.geolocation.getCurrentPosition(async ({ coords }) => {
      const place = new URLSearchParams({ latitude: coords.latitude, longitude: coords.longitude });
      if (await post(path + "/location", place)) chat.refresh(true);
    }, () => toast(document.body.dataset.failed), { timeout: 10000 });
  });
  fit();
}
