// Everything here is an extra: text and buttons work as plain forms without it.
import { forms } from "./forms.js";
import { thread } from "./thread.js";
import { live } from "./live.js";
import { composer } from "./composer.js";
import { voice } from "./voice.js";
import { menu } from "./menu.js";

document.documentElement.classList.add("live");
const path = document.body.dataset.path;
if (path) {
  const chat = thread(path);
  forms(chat.refresh);
  composer(path, chat);
  voice(path, chat.refresh);
  menu(path, chat.refresh);
  live(path, chat);
}
