// Voice messages: recording one where there is a microphone, else a sample; and playing them.
import { post, toast } from "./forms.js";

const longest = 60; // seconds
const kinds = ["audio/ogg;codecs=opus", "audio/mp4", "audio/webm;codecs=opus"]; // as phones send them, best first

export function voice(path, refresh) {
  recorder(path, refresh);
  player();
}

function recorder(path, refresh) {
  const start = document.querySelector("[data-record]");
  const bar = document.querySelector("[data-recording]");
  const row = document.querySelector("[data-row]");
  const time = document.querySelector("[data-record-time]");
  let machine, clock;

  function show(on) {
    bar.hidden = !on;
    row.hidden = on;
  }

  async function sample() {
    if (!await post(path + "/samples", new URLSearchParams({ name: "voice" }))) return;
    toast(document.body.dataset.noMic);
    refresh(true);
  }

  async function begin() {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
      const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
      machine = new MediaRecorder(sound, { mimeType });
    } catch {
      sound?.getTracks().forEach((track) => track.stop());
      return sample();
    }
    const parts = [];
    machine.ondataavailable = (event) => parts.push(event.data);
    machine.onstop = async () => {
      clearInterval(clock);
      sound.getTracks().forEach((track) => track.stop());
      show(false);
      if (!machine.keep || !parts.length) return;
      const data = new FormData();
      data.append("file", new Blob(parts, { type: machine.mimeType }), "voice");
      if (await post(path + "/files", data)) refresh(true);
    };
    const began = Date.now();
    time.textContent = clockOf(0);
    clock = setInterval(() => {
      const seconds = (Date.now() - began) / 1000;
      time.textContent = clockOf(seconds);
      if (seconds >= longest) stop(true);
    }, 250);
    machine.start();
    show(true);
  }

  function stop(keep) {
    if (machine?.state !== "recording") return;
    machine.keep = keep;
    machine.stop();
  }

  start.addEventListener("click", begin);
  document.querySelector("[data-record-send]").addEventListener("click", () => stop(true));
  document.querySelector("[data-record-cancel]").addEventListener("click", () => stop(false));
}

function clockOf(seconds) {
  return Math.floor(seconds / 60) + ":" + String(Math.floor(seconds % 60)).padStart(2, "0");
}

function player() {
  function update(event) {
    const box = event.target.closest?.("[data-voice]");
    if (!box) return;
    const sound = event.target, long = Number.isFinite(sound.duration) ? sound.duration : 0;
    box.querySelector("[data-progress]").value = long ? sound.currentTime / long : 0;
    box.querySelector("[data-time]").textContent = clockOf(sound.currentTime || long);
    box.querySelector("use").setAttribute("href", sound.paused ? "#i-play" : "#i-pause");
  }
  for (const name of ["loadedmetadata", "timeupdate", "play", "pause", "ended"]) document.addEventListener(name, update, true);
  for (const sound of document.querySelectorAll("[data-voice] audio")) if (sound.readyState > 0) update({ target: sound });
  document.addEventListener("click", (event) => {
    const sound = event.target.closest("[data-play]")?.parentElement.querySelector("audio");
    if (!sound) return;
    for (const other of document.querySelectorAll("[data-voice] audio")) if (other !== sound) other.pause();
    if (sound.paused) sound.play().catch(() => toast(document.body.dataset.failed));
    else sound.pause();
  });
}
