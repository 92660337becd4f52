// Forms marked data-live are sent without leaving the page.

let timer;

// toast shows a short sentence.
export function toast(text) {
  const box = document.querySelector("[data-toast]");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { box.hidden = true; }, 4000);
}

// post sends a form's data and says whether it was taken.
export async function post(url, data) {
  try {
    const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (answer.ok) return true;
    const problem = await answer.json();
    toast(problem.error.message);
  } catch {
    toast(document.body.dataset.failed);
  }
  return false;
}

// encode keeps forms without files small: multipart is for files only.
export function encode(data, form) {
  return form?.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
}

export function closePops(except) {
  for (const open of document.querySelectorAll("details[data-pop][open]")) {
    if (open !== except) open.open = false;
  }
}

// turn shows a switch the other way at once; the stream confirms it.
function turn(button) {
  const on = button.value === "true";
  button.setAttribute("aria-checked", String(on));
  button.value = String(!on);
}

export function forms(refresh) {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-live]") || form.matches("[data-compose]")) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    const data = new FormData(form, event.submitter);
    closePops();
    const target = event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form.action;
    if (await post(target, encode(data, form))) {
      if (event.submitter?.matches("[data-fault]")) turn(event.submitter);
      else await refresh(true);
    }
    delete form.dataset.busy;
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-file]") || !event.target.files.length) return;
    event.target.form.requestSubmit();
    event.target.form.reset();
  });
  document.addEventListener("click", (event) => {
    const code = event.target.closest("[data-copy]")?.dataset.copy;
    if (code) navigator.clipboard?.writeText(code).then(() => toast(document.body.dataset.copied), () => toast(code));
    closePops(event.target.closest("details[data-pop]"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePops();
  });
}
