// Tells of what is new in the browser's own way, for those who chose it: a note of
// the system while the page is not looked at, and a short tone.
let before = null;

export function notice(unread, waiting) {
  const had = before;
  before = { unread, waiting };
  if (!had || (unread <= had.unread && waiting <= had.waiting)) return;
  const { notify, notifyMine, notifyQueue } = document.body.dataset;
  if (notify.includes("sound")) tone();
  if (!notify.includes("desktop") || document.visibilityState === "visible" || globalThis.Notification?.permission !== "granted") return;
  const note = new Notification("Antena", { body: unread > had.unread ? notifyMine : notifyQueue, tag: "antena" });
  note.addEventListener("click", () => {
    window.focus();
    note.close();
  });
}

export function tone() {
  const audio = new AudioContext();
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0.08, audio.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.5);
  gain.connect(audio.destination);
  for (const [at, pitch] of [[0, 660], [0.12, 880]]) {
    const voice = audio.createOscillator();
    voice.frequency.value = pitch;
    voice.connect(gain);
    voice.start(audio.currentTime + at);
    voice.stop(audio.currentTime + at + 0.35);
  }
  setTimeout(() => audio.close(), 900);
}

// ask wants the browser's leave; it must be called by a click.
export async function ask() {
  if (!globalThis.Notification) return false;
  return (await Notification.requestPermission()) === "granted";
}
