import { fixture } from "../carrier-doubles.ts";
import { at, xmlBody, type CarrierSample, type Json } from "../carrier-sample.ts";

const LIST = ["s:Envelope", "s:Body", "TrackPackagesByPinResponse", "TrackingInformationList", "TrackingInformation"];

export const purolator: CarrierSample = {
  credentials: { apiKey: "key", password: "secret" },
  before: [],
  number: "330000042104",
  request: {
    method: "POST",
    url: "https://webservices.purolator.com/PWS/V1/Tracking/TrackingService.asmx",
    headers: {
      authorization: `Basic ${Buffer.from("key:secret").toString("base64")}`,
      soapaction: "http://purolator.com/pws/service/v1/TrackPackagesByPin",
    },
    body:
      '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ' +
      'xmlns:v1="http://purolator.com/pws/datatypes/v1"><soap:Header><v1:RequestContext><v1:Version>1.2</v1:Version>' +
      "<v1:Language>en</v1:Language><v1:GroupID></v1:GroupID><v1:RequestReference>req_1</v1:RequestReference>" +
      "</v1:RequestContext></soap:Header><soap:Body><v1:TrackPackagesByPinRequest><v1:PINs><v1:PIN>" +
      "<v1:Value>330000042104</v1:Value></v1:PIN></v1:PINs></v1:TrackPackagesByPinRequest></soap:Body></soap:Envelope>",
  },
  ...xmlBody("Scan"),
  delivered: fixture("purolator", "delivered.xml"),
  scans: (value) => at(value, ...LIST, "Scans", "Scan") as Json[],
  spoil: (scan) => Object.assign(scan, { ScanType: "Teleport" }),
  error: { body: fixture("purolator", "refused-key.xml"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: false,
  label: (scan, text) => Object.assign(scan, { Description: text }),
};
