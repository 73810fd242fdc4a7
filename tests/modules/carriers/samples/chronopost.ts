import { fixture } from "../carrier-doubles.ts";
import { at, xmlBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const chronopost: CarrierSample = {
  credentials: { accountNumber: "19869502", password: "255562" },
  before: [],
  number: "XY000000014FR",
  request: {
    method: "POST",
    url: "https://ws.chronopost.fr/tracking-cxf/TrackingServiceWS",
    headers: { "content-type": "text/xml; charset=utf-8" },
    body:
      '<?xml version="1.0" encoding="UTF-8"?>' +
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
      ' xmlns:cxf="http://cxf.tracking.soap.chronopost.fr/"><soapenv:Header></soapenv:Header><soapenv:Body>' +
      "<cxf:trackSkybillV2><language>en_GB</language><skybillNumber>XY000000014FR</skybillNumber></cxf:trackSkybillV2>" +
      "</soapenv:Body></soapenv:Envelope>",
  },
  ...xmlBody("events", "infoCompList"),
  delivered: fixture("chronopost", "delivered.xml"),
  scans: (value) =>
    at(
      value,
      ...["soap:Envelope", "soap:Body", "ns2:trackSkybillV2Response", "return", "listEventInfoComp", "events"],
    ) as Json[],
  spoil: (scan) => Object.assign(scan, { code: "ZZ9" }),
  label: (scan, text) => Object.assign(scan, { eventLabel: text }),
  error: { body: fixture("chronopost", "refused-account.xml"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: true,
};
