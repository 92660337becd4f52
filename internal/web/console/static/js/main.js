// Everything here makes the pages quicker. None of it is needed: each page is
// links and forms that work without it.
import { startAttach } from "./attach.js";
import { startCompany } from "./company.js";
import { startComposer } from "./composer.js";
import { startForms } from "./forms.js";
import { startKeys } from "./keys.js";
import { startLists } from "./lists.js";
import { startLive } from "./live.js";
import { startPresence } from "./presence.js";
import { startRegions } from "./regions.js";
import { startTemplates } from "./template.js";
import { startToasts } from "./toast.js";

document.documentElement.classList.add("has-script");
startToasts();
startRegions();
startForms();
startComposer();
startAttach();
startKeys();
startTemplates();
startLists();
startPresence();
document.addEventListener("input", (event) => {
  const area = event.target;
  if (event.data === "@" && area.dataset?.mention && area.form?.dataset.mode !== "reply") import("./lazy/mention.js").then((m) => m.open(area)).catch(() => {});
});
startCompany(startLive());
