import { escapeXml } from "./write-xml.ts";

interface SoapParts {
  /** Prefix → namespace. */
  namespaces: Readonly<Record<string, string>>;
  /** Finished XML. */
  header?: string;
  body: string;
}

/** A SOAP 1.1 envelope on one line. */
export function soapEnvelope({ namespaces, header = "", body }: SoapParts): string {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${escapeXml(uri)}"`);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"${declared.join("")}>` +
    `<soapenv:Header>${header}</soapenv:Header><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}
