import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/** One meaning for several event identifiers. */
function meaning(value: Meaning, ...codes: number[]): Record<string, Meaning> {
  return Object.fromEntries(codes.map((code) => [String(code), value]));
}

/**
 * `event-identifier` without leading zeros ("0174" is 174). Identifiers that tell of papers, wishes and photographs and not
 * of the parcel are `unknown` here: known, and moving nothing. 0610 to 0620 ("Item is at …") stay out: nobody says whether
 * they tell of a delivery.
 */
export const CANADA_POST_CODES: StatusTable = {
  source:
    "Canada Post developer program, messages and code tables, tracking scan events (canadapost-postescanada.ca, " +
    "/info/mc/business/productsservices/developers/messagescodetables.jsf); 1497 and 1499 second-hand",
  codes: {
    ...meaning(["pre_transit", "label_created"], 3000, 3002),
    ...meaning(["in_transit", "picked_up"], 2300),
    ...meaning(["in_transit", "accepted"], 1300, 1301, 1302, 1303, 4000),
    ...meaning(["in_transit", "arrived_at_facility"], 100, 102, 104, 105, 106, 107, 113, 170, 400, 405, 4100, 4600),
    ...meaning(["in_transit", "arrived_at_facility"], 1240, 1241, 1244, 2500, 2501),
    ...meaning(["in_transit", "departed"], 114, 410, 815, 4202, 4950, 8901),
    ...meaning(["in_transit", "handed_to_partner"], 115, 116),
    ...meaning(["in_transit"], 175, 804, 1480, 1490, 1703, 1705, 4550, 4900, 629, 630),
    ...meaning(["in_transit", "arrived_in_destination_country"], 700, 701, 4310, 4311),
    ...meaning(["in_transit", "customs"], 800, 4330, 4400, 4450),
    ...meaning(["in_transit", "customs_cleared"], 130, 900, 910, 4500, 5201),
    ...meaning(["in_transit", "missorted"], 172),
    ...meaning(["in_transit", "rescheduled"], 1414, 1444, 2414),
    ...meaning(["in_transit", "held"], 1410, 2410, 2411),
    ...meaning(["out_for_delivery"], 174, 500),
    ...meaning(["available_for_pickup", "post_office"], 156, 1701),
    ...meaning(["available_for_pickup"], 1407, 2407),
    ...meaning(["delivery_attempted", "nobody_home"], 1435, 1436, 1437, 1438, 1479, 1488),
    ...meaning(["delivery_attempted", "rescheduled"], 1411, 1443),
    ...meaning(["delivered"], 1424, 1431, 1471, 1472, 1476, 1496, 1497, 1498, 1499),
    ...meaning(["delivered", "signed"], 1408, 1409),
    ...meaning(["delivered", "front_door"], 1421, 1422, 1423, 1428, 1429, 1430),
    ...meaning(["delivered", "safe_place"], 1427, 1434),
    ...meaning(["delivered", "mailbox"], 1426, 1433, 1441, 1442),
    ...meaning(["delivered", "locker"], 1405, 1406),
    ...meaning(
      ["delivered", "other_recipient"],
      1425,
      1432,
      1461,
      1462,
      1463,
      1465,
      1466,
      1467,
      1468,
      1469,
      1473,
      1475,
    ),
    ...meaning(["exception", "address_problem"], 120, 171, 173, 1412, 2412),
    ...meaning(["exception", "refused"], 121),
    ...meaning(["exception", "held"], 118, 1450, 1484, 1494, 4700),
    ...meaning(["exception", "customs_hold"], 117, 127, 810, 1487, 1495, 2601),
    ...meaning(["exception", "weather"], 159),
    ...meaning(["exception", "delayed"], 160, 161, 162, 163, 621, 622, 623, 624, 625, 626, 627, 628),
    ...meaning(["exception", "damaged"], 710),
    // 150: disposed of after the holding period.
    ...meaning(["exception"], 150, 179, 1483, 1493, 4650),
    ...meaning(["return_to_sender", "returning"], 167, 168, 169, 181, 182, 183, 184, 1100, 1415, 1416, 1417, 1418),
    ...meaning(["return_to_sender", "returning"], 1419, 1420, 1481, 1482, 1491, 1492, 2600, 2802, 3001),
    ...meaning(["cancelled"], 190),
    ...meaning(["unknown"], 20, 21, 2001, 152, 198, 1200, 1203, 1210, 1214, 1215, 1216, 1220, 1221, 1223, 1224, 1225),
    ...meaning(["unknown"], 1230, 1232, 1234, 1245, 2101),
  },
};

/**
 * The way back is told with the identifiers of the way there (0174, 1479, 1496, 1498); only the words differ: "Item
 * successfully returned to sender", "L'article a été renvoyé avec succès à l'expéditeur".
 */
export const RETURNED_WORDS = /\breturn(?:ed|ing)?\b.*\bsender\b|\b(?:renvoy|retourn)\S* .*\bexp/i;

/** `event-type` of the summary resource. */
export const CANADA_POST_TYPES: StatusTable = {
  source: "Canada Post developer program, Get Tracking Summary, documentation example; other types are not published",
  codes: { INDUCTION: ["in_transit", "accepted"] },
};

export const CANADA_POST_ERRORS: ErrorTable = {
  source:
    "Canada Post developer program, messages and code tables, error messages; 004 and E002 from recorded answers; 9xxx " +
    "schema errors by their HTTP status",
  codes: {
    "004": ["not_found", true],
    E002: ["auth", false],
    E003: ["auth", false],
    AA001: ["auth", false],
    AA002: ["auth", false],
    AA003: ["auth", false],
    AA004: ["auth", false],
    AA005: ["auth", false],
    AA006: ["auth", false],
    Server: ["rate_limited", true],
  },
};
