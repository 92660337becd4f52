// Tells the server now and then that somebody sits here, so that who has left is
// shown as away.
const every = 60_000;

export function startPresence() {
  if (!document.querySelector(".menu-presence")) return; // auditors work at nothing
  let last = 0;
  const moved = () => {
    const now = Date.now();
    if (now - last < every) return;
    last = now;
    fetch("/presence", { method: "POST", headers: { "X-Partial": "none" } }).catch(() => {});
  };
  for (const event of ["pointermove", "pointerdown", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(event, moved, { passive: true });
  }
}
