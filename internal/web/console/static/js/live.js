// Hears that something changed and asks again for the regions that show it. Many
// changes at once are one question.
import { refresh, regions } from "./regions.js";
import { toast } from "./toast.js";

const pause = 120;
const minute = 60_000;

export function startLive() {
  const wanted = new Set();
  let timer = 0;
  let lost = false;

  const ask = () => {
    timer = 0;
    const called = document.body.dataset.notify?.trim(); // whoever chose to be told is told while not looking
    const names = document.visibilityState === "visible" ? [...wanted] : called && wanted.has("counts") ? ["counts"] : [];
    wanted.clear(); // what is not looked at now is all asked for when it is
    if (names.length) refresh(names);
  };
  const want = (names) => {
    for (const name of names) wanted.add(name);
    timer ||= setTimeout(ask, pause);
  };
  const everything = () => want(regions().map((r) => r.dataset.region));

  const stream = new EventSource("/events");
  stream.addEventListener("change", (event) => {
    const { topic, id } = JSON.parse(event.data);
    want(concerned(topic, id));
  });
  stream.addEventListener("open", () => {
    if (lost) everything(); // what happened meanwhile was not heard
    lost = false;
  });
  stream.addEventListener("error", () => {
    if (!lost) toast(document.body.dataset.offline, true);
    lost = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") everything();
  });
  window.addEventListener("pagehide", () => stream.close());
  setInterval(everything, minute); // "5 min" becomes "6 min"
  document.addEventListener("regions", news);
  news();
  return stream;
}

// news shows how much is unread in the title, and tells of it whoever chose to be told.
function news() {
  const { unread, waiting } = document.querySelector("[data-region=counts]")?.dataset ?? {};
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = Number(unread) ? `(${unread}) ${title}` : title;
  if (document.body.dataset.notify?.trim()) import("./lazy/notify.js").then((m) => m.notice(Number(unread), Number(waiting))).catch(() => {});
}

function concerned(topic, id) {
  return regions()
    .filter((region) => {
      if (!region.dataset.on?.split(" ").includes(topic)) return false;
      if (topic === "notification") return id === document.body.dataset.me;
      return topic !== "conversation" || !region.dataset.id || region.dataset.id === id;
    })
    .map((region) => region.dataset.region);
}
