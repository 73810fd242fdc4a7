import type { ReadableStream } from "node:stream/web";

/**
 * Reads a request's raw bytes and stops at the limit, so that a large body never stands in memory. A declared length
 * above the limit is refused before a byte is read.
 * @returns null when the body is larger than `maxBytes`
 */
export async function readBoundedBody(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  // Node's streams can be iterated; the browser's type of the same name does not say so.
  const body = request.body as ReadableStream<Uint8Array> | null;
  return body ? readBoundedStream(body, { declared, maxBytes }) : new Uint8Array();
}

/** The same for any stream of bytes; leaving the loop early cancels it. */
export async function readBoundedStream(
  stream: AsyncIterable<Uint8Array>,
  { declared, maxBytes }: { declared: number; maxBytes: number },
): Promise<Uint8Array | null> {
  if (declared > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
