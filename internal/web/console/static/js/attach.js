// Files: chosen, dropped or pasted, they are stored at once and sent with the next
// reply; pictures of the thread open large. Without this the form has a button and
// pictures open in a tab.
import { refresh } from "./regions.js";
import { toast } from "./toast.js";

const most = 100 * 1024 * 1024;

export function startAttach() {
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-files]")) return;
    add([...event.target.files]);
    event.target.value = "";
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || !event.target.closest?.("[data-composer]") || !place()) return;
    event.preventDefault();
    add(files);
  });
  let depth = 0;
  const carries = (event) => place() && [...(event.dataTransfer?.types ?? [])].includes("Files");
  const over = (on) => document.body.classList.toggle("dropping", on);
  document.addEventListener("dragenter", (event) => carries(event) && over(++depth > 0));
  document.addEventListener("dragleave", (event) => carries(event) && over(--depth > 0));
  document.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    depth = 0;
    over(false);
    if (!carries(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
  document.addEventListener("click", open);
}

function place() {
  return document.querySelector("[data-uploads]");
}

// add sends one file after the other, so that each is refused or taken by itself.
async function add(files) {
  const section = place();
  const form = section?.querySelector("[data-attach]");
  if (!form || form.dataset.busy) return;
  form.dataset.busy = "yes";
  const bar = section.querySelector("[data-progress]");
  bar.hidden = false;
  try {
    for (const file of files) {
      if (file.size > most) toast(`${file.name}: ${section.dataset.tooLarge}`, true);
      else if (!(await send(form, file, bar))) break;
      await refresh(["uploads"]);
    }
  } finally {
    delete form.dataset.busy;
    bar.hidden = true;
    bar.value = 0;
  }
}

// send resolves to false when going on makes no sense.
function send(form, file, bar) {
  return new Promise((resolve) => {
    const body = new FormData();
    body.append("file", file, file.name || "file");
    const request = new XMLHttpRequest(); // fetch does not tell how far it is
    request.open("POST", form.action);
    request.setRequestHeader("X-Partial", "act");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status === 401) return location.reload();
      if (request.status >= 400) toast(`${file.name}: ${request.responseText}`, true);
      resolve(request.status < 500 && request.status !== 409);
    });
    request.addEventListener("error", () => {
      toast(document.body.dataset.failed, true);
      resolve(false);
    });
    request.send(body);
  });
}

// open shows a picture or the pages of a PDF large, above the page.
function open(event) {
  const link = event.target.closest?.("[data-photo]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const viewer = document.createElement("dialog");
  viewer.className = "viewer";
  viewer.setAttribute("aria-label", link.dataset.name);
  const bar = document.createElement("div");
  bar.className = "viewer-bar";
  const name = document.createElement("b");
  name.textContent = link.dataset.name;
  const save = document.createElement("a");
  save.href = link.dataset.save;
  save.textContent = link.dataset.saveWords;
  save.download = "";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = link.dataset.closeWords;
  const pages = "pages" in link.dataset;
  const picture = document.createElement(pages ? "iframe" : "img");
  picture.src = link.href;
  picture[pages ? "title" : "alt"] = link.dataset.name;
  bar.append(name, save, close);
  viewer.append(bar, picture);
  viewer.addEventListener("click", (event) => {
    if (event.target === viewer || event.target === picture || event.target === close) viewer.close();
  });
  viewer.addEventListener("close", () => {
    viewer.remove();
    link.focus();
  });
  document.body.append(viewer);
  viewer.showModal();
  close.focus();
}
