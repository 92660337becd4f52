// Makes one element like another by touching only what differs, so that focus,
// scroll and open menus stay, and a screen reader hears only what is new.

export function morph(from, to) {
  if (from.dataset.key !== undefined && from.dataset.key === to.dataset.key) return;
  attributes(from, to);
  children(from, to);
}

function attributes(from, to) {
  const kept = from instanceof HTMLDetailsElement || from instanceof HTMLDialogElement ? ["open"] : [];
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !kept.includes(name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (!kept.includes(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

function children(from, to) {
  const named = new Map();
  for (const child of from.children) if (child.id) named.set(child.id, child);
  let at = from.firstChild;
  for (const want of [...to.childNodes]) {
    while (at instanceof Element && at.dataset.old !== undefined) at = at.nextSibling;
    const known = want instanceof Element && want.id ? named.get(want.id) : undefined;
    if (known) {
      if (known !== at) from.insertBefore(known, at);
      else at = at.nextSibling;
      morph(known, want);
    } else if (at && alike(at, want)) {
      const next = at.nextSibling;
      if (at instanceof Element) morph(at, want);
      else if (at.data !== want.data) at.data = want.data;
      at = next;
    } else {
      from.insertBefore(want, at);
    }
  }
  while (at) {
    const next = at.nextSibling;
    if (!(at instanceof Element && at.dataset.old !== undefined)) at.remove();
    at = next;
  }
}

// alike says whether one node can become the other.
function alike(a, b) {
  if (a.nodeType !== b.nodeType) return false;
  return !(a instanceof Element) || (a.tagName === b.tagName && !a.id && !b.id);
}
