import type { Request, Response } from "express";
import { XMLBuilder, XMLParser } from "fast-xml-parser";

import { isRecord } from "./read-body.ts";

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
});

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  suppressEmptyNode: false,
  suppressBooleanAttributes: false,
});

interface SoapRequest {
  header: Record<string, unknown>;
  /** Name of the operation without its prefix, and its fields. */
  operation: string;
  fields: Record<string, string>;
}

/** A SOAP 1.1 question, or null when the request is none (method, content type, envelope). */
export function readSoap(request: Request): SoapRequest | null {
  if (!request.is("text/xml") || !Buffer.isBuffer(request.body)) return null;
  const envelope = (parser.parse(request.body) as Record<string, unknown>)["Envelope"];
  const body = isRecord(envelope) ? envelope["Body"] : null;
  const [operation] = isRecord(body) ? Object.entries(body) : [];
  if (!isRecord(envelope) || operation === undefined || !isRecord(operation[1])) return null;
  const fields = Object.fromEntries(Object.entries(operation[1]).map(([name, value]) => [name, String(value)]));
  return { header: isRecord(envelope["Header"]) ? envelope["Header"] : {}, operation: operation[0], fields };
}

/** Sends what stands in the body of a SOAP 1.1 envelope; lists become repeated elements. */
export function sendSoap(response: Response, status: number, body: Record<string, unknown>): void {
  const envelope = { "@xmlns:soap": "http://schemas.xmlsoap.org/soap/envelope/", "soap:Body": body };
  response
    .status(status)
    .type("text/xml; charset=utf-8")
    .send(builder.build({ "soap:Envelope": envelope }) as string);
}

/** A SOAP fault, with HTTP 500 as SOAP 1.1 has it unless told otherwise. */
export function sendFault(
  response: Response,
  fault: { code: string; text: string; status?: number; detail?: Record<string, unknown> },
): void {
  const { code, text, status = 500, detail } = fault;
  sendSoap(response, status, {
    "soap:Fault": { faultcode: code, faultstring: text, ...(detail ? { detail } : {}) },
  });
}
