/** Makes an element; strings become text, never markup. */
export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/** Runs `work` again and again, waiting for each run; pauses while the page is hidden; errors wait for the next run. */
export function every(milliseconds, work) {
  const loop = async () => {
    if (!document.hidden) await work().catch(() => undefined);
    setTimeout(loop, milliseconds);
  };
  void loop();
}

export async function getJson(url) {
  const answer = await fetch(url, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/**
 * Brings `list` to show `items` in order, touching only what changed: an item whose rendering would be the same keeps its
 * element, so nothing flickers and focus stays.
 */
export function showItems(list, items, { key, render }) {
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const signature = JSON.stringify(item);
    let node = known.get(key(item));
    if (node === undefined || node.dataset.signature !== signature) {
      const fresh = render(item, node);
      fresh.dataset.key = key(item);
      fresh.dataset.signature = signature;
      if (node !== undefined && node !== fresh) node.replaceWith(fresh);
      node = fresh;
    }
    known.delete(key(item));
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  for (const gone of known.values()) gone.remove();
}
