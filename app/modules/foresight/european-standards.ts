import { FIRST_CLASS, GERMAN_PARCELS, SECOND_CLASS } from "./on-time-figures.ts";
import { byCarrier, fromMemory, ofCarrier, type PublishedStandard, rowsOf } from "./published-standard.ts";

/** DHL Express Norway, "Transittider": cities of the EU on the next working day, outside it two to three. */
const DHL_EXPRESS_EUROPE = byCarrier("https://expresseasy.no/delivery", null);
const DHL_EXPRESS_PAGE = fromMemory("https://mydhl.express.dhl/");
const EXPRESS = ["express", "express worldwide", "express 9 00", "express 12 00", "express easy"];
/** finanzen.net, "Das sind die Lieferzeiten von DHL": one to two working days "laut eigenen Angaben". */
const DHL_PAKET = ofCarrier(
  "https://www.finanzen.net/nachricht/geld-karriere-lifestyle/so-schnell-kann-es-gehen-das-sind-die-lieferzeiten-von-dhl-regellaufzeit-von-ein-bis-zwei-werktagen-9281583",
  null,
);
const GERMAN = { area: "country", within: "DE", days: [1, 2] } as const;

const express = (services: readonly (string | null)[]): Omit<PublishedStandard, "carrier">[] => [
  { services, area: "europe", days: [1, 2], evidence: DHL_EXPRESS_EUROPE },
  { services, area: "abroad", days: [1, 3], evidence: DHL_EXPRESS_PAGE },
];
const PAKET = { ...GERMAN, evidence: DHL_PAKET, onTime: GERMAN_PARCELS };

const DHL = [
  ...rowsOf("mydhl", express([...EXPRESS, null])),
  ...rowsOf("dhl-unified", [...express(EXPRESS), { services: ["paket", "parcel"], ...PAKET }]),
  ...rowsOf("dhl-parcel-de", [{ services: ["paket", "parcel", null], ...PAKET }]),
];

/** Royal Mail, "Special Delivery Guaranteed". */
const SPECIAL_DELIVERY = byCarrier(
  "https://www.royalmail.com/business/shipping/uk-services/special-delivery-guaranteed",
  null,
);
/** Royal Mail's terms of Tracked 24, cited in eBay's community: one working day, two after the latest acceptance time. */
const TRACKED_24 = ofCarrier(
  "https://community.ebay.co.uk/t5/Postage/FREE-Next-Day-Delivery-Setting/td-p/7754294",
  null,
);
/** Ofcom's targets: First Class within one working day, Second Class within three. */
const ROYAL_MAIL_TARGETS = ofCarrier(FIRST_CLASS.source, FIRST_CLASS.published);
const ROYAL_MAIL_PAGE = fromMemory("https://www.royalmail.com/sending/uk");

const ROYAL_MAIL = rowsOf("royal-mail", [
  { services: ["special delivery"], area: "country", days: [1, 1], evidence: SPECIAL_DELIVERY },
  { services: ["tracked 24", "24"], area: "country", days: [1, 2], evidence: TRACKED_24 },
  {
    services: ["1st class", "first class"],
    area: "country",
    days: [1, 2],
    evidence: ROYAL_MAIL_TARGETS,
    onTime: FIRST_CLASS,
  },
  { services: ["tracked 48", "48"], area: "country", days: [2, 3], evidence: ROYAL_MAIL_PAGE },
  {
    services: ["2nd class", "second class"],
    area: "country",
    days: [2, 3],
    evidence: ROYAL_MAIL_TARGETS,
    onTime: SECOND_CLASS,
  },
  { services: ["international"], area: "europe", days: [3, 5], evidence: ROYAL_MAIL_PAGE },
  { services: ["international"], area: "abroad", days: [5, 7], evidence: ROYAL_MAIL_PAGE },
]);

/** La Poste, "Quels sont les délais de livraison Colissimo ?" */
const COLISSIMO = {
  carrier: "la-poste",
  services: ["colissimo", null],
  evidence: byCarrier(
    "https://aide.laposte.fr/categorie/envoyer-et-receptionner-un-courrier-colis/receptionner-un-courrier-colis/reception-et-delais",
    null,
  ),
};
/** La Poste, "Chrono 13": the next day, with an option before 10. */
const CHRONO_13 = byCarrier(
  "http://www.laposte.fr/Professionnel/Vos-envois-de-colis/Envoyer-et-recevoir-des-colis-en-France/Chrono-13",
  null,
);
/** RMC, "La Poste vise son record de colis pour Noël": Chronopost's parcels are "promis sous 24 heures". */
const CHRONOPOST = ofCarrier(
  "https://rmc.bfmtv.com/actualites/economie/la-poste-vise-son-record-de-colis-pour-noel-avec-des-objectifs-de-livraison-ambitieux_AV-202311280397.html",
  2023,
);

const FRENCH: readonly PublishedStandard[] = [
  { ...COLISSIMO, area: "country", days: [2, 2] },
  // "11 à 31 jours" by the calendar.
  { ...COLISSIMO, area: "french_overseas", days: [8, 22] },
  { ...COLISSIMO, area: "abroad", days: [3, 8] },
  { carrier: "chronopost", services: ["chrono 10", "chrono 13"], area: "country", days: [1, 1], evidence: CHRONO_13 },
  {
    carrier: "chronopost",
    services: ["chrono 18", "chrono relais", null],
    area: "country",
    days: [1, 1],
    evidence: CHRONOPOST,
  },
];

/** PostNL, "Updates": "We strive to deliver your parcel the next working day". */
const POSTNL_UPDATES = byCarrier("https://postnl.nl/en/customer-service/updates", 2024);
const POSTNL_PAGE = fromMemory("https://www.postnl.nl/versturen/pakket-versturen/pakket-buitenland/");
const POSTNL = { carrier: "postnl", services: ["pakket", "parcel", null] };

/** GLS Netherlands, "Consignor": "generally delivered within 24 hours". */
const GLS_NETHERLANDS = byCarrier("https://gls-group.com/NL/en/faq-consignor", null);
const GLS_PAGE = fromMemory("https://gls-group.com/GROUP/en/services/");
/** posttip.de, "Fristen für den Versand": 24 to 96 hours within Europe. */
const GLS_EUROPE = ofCarrier(
  "https://posttip.de/pakete/artikel/paketversand-zu-weihnachten/fristen-fuer-den-versand",
  2010,
);
const GLS = {
  carrier: "gls",
  services: ["businessparcel", "euro businessparcel", "eurobusinessparcel", "parcel", null],
};

/**
 * Rheinpfalz, "Vier von fünf Paketen werden am nächsten Werktag zugestellt": DPD and GLS are two of the five that were
 * measured. GLS itself says "under 24 hours" (gls-pakete.de/en/glossary).
 */
const GERMAN_CARRIERS = ofCarrier(
  "https://www.rheinpfalz.de/wirtschaft_artikel,-vier-von-f%C3%BCnf-paketen-werden-am-n%C3%A4chsten-werktag-zugestellt-_arid,5434269.html",
  2022,
);
/** Practical Tips, on the times of DPD: one to two working days. */
const DPD_STANDARD = ofCarrier("https://practical-tips.com/?p=120433", null);
/** Apaczka, "Terminy doręczeń przesyłek dla poszczególnych przewoźników": of the carriers it books in Poland. */
const APACZKA = ofCarrier(
  "https://www.apaczka.pl/pomoc/terminy-doreczen-przesylek-dla-poszczegolnych-przewoznikow/",
  null,
);
const POLISH = { area: "country", within: "PL", days: [1, 1], evidence: APACZKA } as const;
/** Paradisi, "Versanddauer von Paketen zur Weihnachtszeit": up to six days. DPD Lithuania's table has one to eight. */
const DPD_EUROPE = ofCarrier(
  "https://news.paradisi.de/thema/versanddauer-von-paketen-zur-weihnachtszeit-damit-das-geschenk-noch-rechtzeitig-ankommt-35073/",
  2010,
);
const DPD = { carrier: "dpd", services: ["classic", "home", "parcel", null] };

/** paketda.de, on the services of UPS. */
const UPS_GERMANY = ofCarrier("https://www.paketda.de/frankieren/ups-versandarten.html", null);
/** Hermes, "Wann kommt meine Sendung?": two working days for most. */
const HERMES = byCarrier("https://www.myhermes.de/wps/portal/paket/Home/privatkunden/service", null);

const NEIGHBOURS: readonly PublishedStandard[] = [
  { ...POSTNL, area: "country", days: [1, 1], evidence: POSTNL_UPDATES },
  { ...POSTNL, area: "europe", days: [2, 5], evidence: POSTNL_PAGE },
  { ...GLS, ...GERMAN, evidence: GERMAN_CARRIERS, onTime: GERMAN_PARCELS },
  { ...GLS, area: "country", within: "NL", days: [1, 1], evidence: GLS_NETHERLANDS },
  { ...GLS, area: "country", days: [1, 2], evidence: GLS_PAGE },
  { ...GLS, area: "europe", days: [1, 4], evidence: GLS_EUROPE },
  { ...DPD, ...GERMAN, evidence: GERMAN_CARRIERS, onTime: GERMAN_PARCELS },
  { ...DPD, ...POLISH },
  { ...DPD, area: "country", days: [1, 2], evidence: DPD_STANDARD },
  { ...DPD, area: "europe", days: [2, 6], evidence: DPD_EUROPE },
  { carrier: "ups", services: ["standard"], ...GERMAN, evidence: UPS_GERMANY, onTime: GERMAN_PARCELS },
  { carrier: "ups", services: ["standard"], ...POLISH },
  { carrier: "ups", services: ["standard"], area: "europe", days: [1, 5], evidence: APACZKA },
  {
    carrier: "ups",
    services: ["express saver", "saver"],
    area: "country",
    within: "DE",
    days: [1, 1],
    evidence: UPS_GERMANY,
  },
  {
    carrier: "hermes-de",
    services: ["paket", "parcel", null],
    area: "country",
    within: "DE",
    days: [2, 2],
    evidence: HERMES,
  },
];

/** Of the carriers of Europe. */
export const EUROPEAN_STANDARDS: readonly PublishedStandard[] = [...DHL, ...ROYAL_MAIL, ...FRENCH, ...NEIGHBOURS];
