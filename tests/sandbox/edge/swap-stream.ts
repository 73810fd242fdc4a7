import { StringDecoder } from "node:string_decoder";
import { Transform } from "node:stream";

/** Replaces one text by another in a stream of UTF-8, also where it lies across two chunks. */
export function swapText(wanted: string, instead: string): Transform {
  const decoder = new StringDecoder("utf8");
  let held = "";
  const keepFrom = (text: string): number => {
    for (let length = Math.min(wanted.length - 1, text.length); length > 0; length -= 1) {
      if (wanted.startsWith(text.slice(-length))) return text.length - length;
    }
    return text.length;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = (held + decoder.write(chunk)).replaceAll(wanted, instead);
      const cut = keepFrom(text);
      held = text.slice(cut);
      done(null, text.slice(0, cut));
    },
    flush(done) {
      done(null, held + decoder.end());
    },
  });
}
