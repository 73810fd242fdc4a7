import type { Response } from "express";
import { XMLBuilder } from "fast-xml-parser";

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

/** Answers with a document; names that begin with `@` are attributes, lists repeat their element. */
export function sendXml(response: Response, document: Readonly<Record<string, unknown>>): void {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document) as string}`;
  response.type("text/xml").send(text);
}
