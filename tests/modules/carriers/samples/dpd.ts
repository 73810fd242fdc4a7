import { answer, fixture } from "../carrier-doubles.ts";
import { at, xmlBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const dpd: CarrierSample = {
  credentials: { username: "SHOP0001", password: "secret" },
  before: [answer(fixture("dpd", "login.xml"))],
  number: "05220000000017",
  request: {
    method: "POST",
    url: "https://wsshipper.dpd.nl/soap/services/ParcelLifeCycleService/V2_0",
    headers: { soapaction: "http://dpd.com/common/service/types/ParcelLifeCycleService/2.0/getTrackingData" },
    body:
      '<?xml version="1.0" encoding="UTF-8"?>' +
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
      ' xmlns:ns="http://dpd.com/common/service/types/Authentication/2.0"' +
      ' xmlns:ns1="http://dpd.com/common/service/types/ParcelLifeCycleService/2.0"><soapenv:Header>' +
      "<ns:authentication><delisId>SHOP0001</delisId><authToken>tok_1</authToken>" +
      "<messageLanguage>en_EN</messageLanguage></ns:authentication></soapenv:Header><soapenv:Body>" +
      "<ns1:getTrackingData><parcelLabelNumber>05220000000017</parcelLabelNumber></ns1:getTrackingData>" +
      "</soapenv:Body></soapenv:Envelope>",
  },
  ...xmlBody("statusInfo"),
  delivered: fixture("dpd", "delivered.xml"),
  scans: (value) =>
    at(value, "soap:Envelope", "soap:Body", "getTrackingDataResponse", "trackingresult", "statusInfo") as Json[],
  spoil: (scan) => Object.assign(scan, { status: "Teleported" }),
  label: (scan, text) => Object.assign(scan, { label: { content: text } }),
  error: { body: fixture("dpd", "refused-login.xml"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: false,
};
