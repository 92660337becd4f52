// Makes one element like another by touching only what differs, so that focus,
// scroll and open menus stay, and a screen reader hears only what is new.

export function morph(from, to) {
  if (from.dataset.old !== undefined) return;
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
  const wanted = [...to.childNodes];
  if (from.dataset.log !== undefined) keepOlder(from, wanted, named);
  let at = from.firstChild;
  for (const want of wanted) {
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

// keepOlder lets messages stay that a refresh no longer holds because newer ones
// took their place at the end of its page.
function keepOlder(log, wanted, named) {
  const day = wanted.find((want) => want.id?.startsWith("day-"));
  const first = wanted.find((want) => want.id && want !== day);
  const known = first && named.get(first.id);
  for (let older = known?.previousElementSibling; older; older = older.previousElementSibling) {
    older.dataset.old = "";
    if (older.id === day?.id) wanted.splice(wanted.indexOf(day), 1);
  }
}

// alike says whether one node can become the other.
function alike(a, b) {
  if (a.nodeType !== b.nodeType) return false;
  return !(a instanceof Element) || (a.tagName === b.tagName && !a.id && !b.id);
}
