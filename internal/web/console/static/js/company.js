// Who else has a conversation open, and who types: told while it is so, kept nowhere.
const beat = 10_000;
const lasts = { looking: 25_000, typing: 6_000 };
const known = new Map(); // conversation + agent → {words, doing, until}
let open = "";
let typed = 0;

export function startCompany(stream) {
  stream.addEventListener("company", (event) => hear(JSON.parse(event.data)));
  document.addEventListener("regions", () => {
    look();
    draw();
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-text]") || Date.now() - typed < 3000) return;
    typed = Date.now();
    tell("typing");
  });
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? look() : leave()));
  window.addEventListener("pagehide", leave);
  setInterval(() => open && tell("looking"), beat);
  setInterval(draw, 2000);
  look();
}

function look() {
  const now = document.visibilityState === "visible" ? (document.querySelector("[data-region=thread]")?.dataset.id ?? "") : "";
  if (now === open) return;
  leave();
  open = now;
  if (open) tell("looking");
}

function leave() {
  if (open) tell("left");
  open = "";
}

function tell(doing) {
  const talk = open;
  if (!talk) return;
  fetch(`/conversations/${talk}/here`, { method: "POST", headers: { "X-Partial": "act" }, body: new URLSearchParams({ doing }), keepalive: true })
    .then((answer) => (answer.status === 200 ? answer.json() : null))
    .then((said) => said?.with.forEach(hear))
    .catch(() => {});
}

function hear({ id, by, doing, words }) {
  const key = `${id} ${by}`;
  if (doing === "left") known.delete(key);
  else {
    const types = known.get(key);
    if (doing === "looking" && types?.doing === "typing" && types.until > Date.now()) return;
    known.set(key, { id, doing, words, until: Date.now() + lasts[doing] });
  }
  draw();
}

function draw() {
  const now = Date.now();
  const here = {};
  for (const [key, one] of known) {
    if (one.until < now) known.delete(key);
    else (here[one.id] ??= []).push(one);
  }
  for (const place of document.querySelectorAll("[data-company]")) {
    const all = here[place.dataset.company] ?? [];
    const words = all.map((one) => one.words).join(", ");
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("typing-now", all.some((one) => one.doing === "typing"));
  }
}
