/** A request larger than this takes too long on its way. */
const MAX_BYTES = 5_000_000;

interface Planned {
  alone: boolean;
  bytes: number;
}

/** Puts mails into requests, in order: bounded in number and size; what must go alone goes alone. */
export function planRequests<Item extends Planned>(items: readonly Item[], maxItems: number): Item[][] {
  const requests: Item[][] = items.filter(({ alone }) => alone).map((item) => [item]);
  let open: Item[] = [];
  let bytes = 0;
  for (const item of items.filter(({ alone }) => !alone)) {
    if (open.length === 0 || open.length >= maxItems || bytes + item.bytes > MAX_BYTES) {
      open = [];
      bytes = 0;
      requests.push(open);
    }
    open.push(item);
    bytes += item.bytes;
  }
  return requests;
}
