// The preview of a template follows what is typed.
export function startTemplates() {
  document.addEventListener("input", (event) => {
    const key = event.target.dataset?.fills;
    if (!key) return;
    const slots = document.querySelectorAll(`[data-preview] [data-slot="${CSS.escape(key)}"]`);
    const name = key.slice(key.indexOf(".") + 1);
    for (const slot of slots) slot.textContent = event.target.value.trim().replace(/\s+/g, " ") || `{{${name}}}`;
  });
}
