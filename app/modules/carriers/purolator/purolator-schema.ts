import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const scan = withRaw({
  ScanType: text(40),
  ScanDate: text(20),
  ScanTime: text(20),
  Description: text(500),
  Comment: text(500),
  Depot: part(z.object({ Name: text(120) })),
});

const remark = z.object({ Code: text(40), Description: text(300), AdditionalInformation: text(300) });

const remarks = part(z.object({ Errors: part(z.object({ Error: list(remark, { max: 20 }) })) }));

const information = z.object({
  PIN: part(z.object({ Value: text(60) })),
  Scans: part(z.object({ Scan: list(scan, { max: MAX_EVENTS, keep: "first" }) })),
  ResponseInformation: remarks,
});

const response = z.object({
  ResponseInformation: remarks,
  TrackingInformationList: part(z.object({ TrackingInformation: list(information, { max: 50 }) })),
});

/** An element that may carry attributes beside its words (`xml:lang`). */
const words = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "object" && value !== null && "#text" in value ? value["#text"] : value))
  .pipe(text(300));

const fault = z.object({ faultcode: words, faultstring: words });

/** The SOAP envelope around `TrackPackagesByPinResponse`, or around a fault. */
export const purolatorAnswer = z.object({
  Envelope: z.object({ Body: z.object({ TrackPackagesByPinResponse: part(response), Fault: part(fault) }) }),
});

export type PurolatorInformation = z.output<typeof information>;
export type PurolatorScan = z.output<typeof scan>;
export type PurolatorRemark = z.output<typeof remark>;
