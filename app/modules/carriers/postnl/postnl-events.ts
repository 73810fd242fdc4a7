import type { Meaning, StatusTable } from "../map-status.ts";

/**
 * `Event[].Code` by what its published words say. The status that PostNL files an event under is coarser and at times wrong
 * for a shopper: "missed you" (K14) and "customs approved" (X04) stand under "out for delivery", "refused, return to sender"
 * (H01) under "not delivered", "return shipment transferred to sender" (I07) under "delivered".
 */
const EVENTS: readonly (readonly [meaning: Meaning, codes: string])[] = [
  [["pre_transit", "label_created"], "A01 A71 F01 J93 M03 X80"],
  [["pre_transit"], "A10 A20 A21 A22 J56 Q02"],
  [["in_transit", "accepted"], "A74 B01 B06 C02 V12 V13 V22 V23 V50 X40"],
  [["in_transit", "picked_up"], "A73 B04 C01 Z80"],
  [["in_transit", "arrived_at_facility"], "J01 J06 J10 J27 J61 R01 X07 X08 X14 X15 X16 X17 X50 X51"],
  [["in_transit", "departed"], "A75 Q12 Q13 X19"],
  [["in_transit", "arrived_in_destination_country"], "A76 X02"],
  [
    ["in_transit"],
    "A08 A09 A11 A27 A28 A29 A30 A31 A34 A72 A99 J28 J33 J45 J47 K02 K03 Q15 Q16 Q17 Q18 Q19 S05 X01 X52 X68 Y23 Y24",
  ],
  [
    ["in_transit", "rescheduled"],
    "A12 A13 A32 A35 A42 A43 A94 H32 J07 J09 J14 J17 J22 J24 J26 J36 J39 J90 J92 K01 T02 V01 V02 V03 V11 V21 Y07 Y08 Y33 Y35 Y60 Y61 Y62",
  ],
  [["in_transit", "delayed"], "J95 K25 V04 V06 V31 Y43 Y66"],
  [["in_transit", "weather"], "Y65"],
  [["in_transit", "held"], "Q14"],
  [["in_transit", "customs"], "X03 X11 X30 X60 X62 X63 X64 Y25 Y64"],
  [["in_transit", "customs_cleared"], "X04 X61 X65"],
  [["exception", "customs_hold"], "X10 X66 X67 Y46"],
  [["out_for_delivery"], "J05 J55 J59 X06 X55 Y05"],
  [["delivery_attempted", "nobody_home"], "D08 J94 K14 K71 Y02 Y10 Y42"],
  [["delivery_attempted"], "H34 J08 J16 J29 J41 J42 J48 K16 K70"],
  [["available_for_pickup", "post_office"], "I08 J02 J12"],
  [["available_for_pickup", "locker"], "J23"],
  [["available_for_pickup"], "J52 X05 Y26"],
  [["delivered"], "I01 I03 I06 I23 J91 Z01 Z02 Z03 Z04 Z08"],
  [["delivered", "mailbox"], "I05 I11"],
  [["delivered", "locker"], "I09"],
  [["delivered", "other_recipient"], "I10 Z05"],
  [["delivered", "safe_place"], "I12 Z09"],
  [["delivered", "post_office"], "I02 I22 Z06"],
  [["exception", "address_problem"], "D02 D04 H36 Y01 Y09 Y12 Y17 Y22 Y30 Y31 Y32"],
  [["exception", "refused"], "Y03 Y13 Y44 Y50"],
  [["exception", "damaged"], "K92 Y04 Y11 Y14 Y29"],
  [["exception", "lost"], "Y71"],
  [["exception", "held"], "K91"],
  [
    ["exception"],
    "D03 D05 D06 D07 D09 D40 F03 F04 F05 F06 F07 F08 F10 G01 G02 G03 G05 H23 K15 K30 K41 M01 X42 X43 Y15 Y36 Y38 Y39 Y41 Y45 Y48 Y80 Y81",
  ],
  [
    ["return_to_sender", "returning"],
    "H01 H02 H03 H04 H05 H07 H08 H09 H10 H12 H15 H16 H17 H18 H20 H22 H24 H25 H35 H38 H51 H52 K43 X20 X21 X22 X81 Y16 Y18 Y19 Y20 Y21 Y37 Y40 Y47",
  ],
  [["return_to_sender", "returned"], "I07 J63 X24"],
  [["cancelled"], "D41 H30 H31 R06"],
  [["unknown"], "A41 A46 J80 K90 P20 P21 P22 P23 P24"],
];

export const POSTNL_EVENTS: StatusTable = {
  source: "PostNL developer portal, T&T status codes, event codes with their English words (developer.postnl.nl/docs)",
  codes: Object.fromEntries(
    EVENTS.flatMap(([meaning, codes]) => codes.split(" ").map((code) => [code, meaning] as const)),
  ),
};
