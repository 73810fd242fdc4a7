/** Where a published transit time holds; the first row that fits a parcel counts, so the nearer areas come first. */
export type StandardArea = "country" | "overseas" | "europe" | "us_canada" | "abroad";

export interface PublishedStandard {
  /** The carrier's id in this application. */
  carrier: string;
  /** Whole words of the service's name in lower case; null: nobody named a service. */
  services: readonly (string | null)[];
  area: StandardArea;
  /** Working days after the hand-over: the earliest and the last that the carrier names. */
  days: readonly [number, number];
  /** The carrier's own page or service guide that names them. */
  source: string;
  /** Year of the text the figure comes from. */
  published: number;
}

const UPS = { carrier: "ups", source: "https://www.ups.com/us/en/supplychain/services/domestic", published: 2024 };
const UPS_ABROAD = { ...UPS, source: "https://www.ups.com/us/en/shipping/international-services" };
const FEDEX = { carrier: "fedex", source: "https://www.fedex.com/en-us/shipping/ground.html", published: 2024 };
const FEDEX_AIR = { ...FEDEX, source: "https://www.fedex.com/en-us/service-guide.html" };
const USPS = { carrier: "usps", source: "https://www.usps.com/ship/mail-shipping-services.htm", published: 2024 };
const USPS_ABROAD = { ...USPS, source: "https://www.usps.com/international/mail-shipping-services.htm" };
const DHL_EXPRESS = { source: "https://mydhl.express.dhl/", published: 2024 };
const EXPRESS = ["express", "express worldwide", "express 9 00", "express 12 00", "express easy"];
const ROYAL_MAIL = { carrier: "royal-mail", source: "https://www.royalmail.com/sending/uk", published: 2024 };
const CANADA_POST = {
  carrier: "canada-post",
  source: "https://www.canadapost-postescanada.ca/cpc/en/support/articles/delivery-standards/overview.page",
  published: 2024,
};
const AUSTRALIA_POST = {
  carrier: "australia-post",
  source: "https://auspost.com.au/sending/check-sending-guidelines/delivery-times",
  published: 2024,
};
const COLISSIMO = {
  carrier: "la-poste",
  services: ["colissimo", null],
  source:
    "https://aide.laposte.fr/categorie/envoyer-et-receptionner-un-courrier-colis/receptionner-un-courrier-colis/reception-et-delais",
  published: 2024,
};
const DHL_PAKET = {
  services: ["paket", "parcel", null],
  source: "https://www.dhl.de/de/privatkunden/hilfe-kundenservice/sendungsverfolgung/laufzeiten.html",
  published: 2024,
};
const POSTNL = { carrier: "postnl", services: ["pakket", "parcel", null], published: 2024 };
const GLS = {
  carrier: "gls",
  services: ["businessparcel", "euro businessparcel", "eurobusinessparcel", "parcel", null],
  source: "https://gls-group.com/GROUP/en/services/",
  published: 2023,
};
const DPD = {
  carrier: "dpd",
  services: ["classic", "home", "parcel", null],
  source: "https://www.dpd.com/group/en/our-services/",
  published: 2023,
};

/**
 * What carriers say of themselves; a fact about a service, not a promise. A forecast starts from it and leaves it as soon
 * as the shop's own parcels say otherwise.
 */
export const PUBLISHED_STANDARDS: readonly PublishedStandard[] = [
  { ...UPS, services: ["next day air", "next day"], area: "country", days: [1, 1] },
  { ...UPS, services: ["2nd day air", "second day air", "2 day"], area: "country", days: [2, 2] },
  { ...UPS, services: ["3 day select", "three day select"], area: "country", days: [3, 3] },
  { ...UPS, services: ["ground saver", "surepost"], area: "country", days: [2, 7] },
  { ...UPS, services: ["ground"], area: "country", days: [1, 5] },
  { ...UPS, services: ["ground"], area: "overseas", days: [3, 7] },
  { ...UPS_ABROAD, services: ["standard"], area: "us_canada", days: [2, 7] },
  { ...UPS_ABROAD, services: ["standard"], area: "europe", days: [1, 5] },
  { ...UPS_ABROAD, services: ["express", "express saver", "worldwide saver"], area: "abroad", days: [1, 3] },
  { ...UPS_ABROAD, services: ["expedited", "worldwide expedited"], area: "abroad", days: [2, 5] },

  { ...FEDEX_AIR, services: ["overnight"], area: "country", days: [1, 1] },
  { ...FEDEX_AIR, services: ["2day", "2 day"], area: "country", days: [2, 2] },
  { ...FEDEX_AIR, services: ["express saver"], area: "country", days: [3, 3] },
  { ...FEDEX, services: ["ground economy", "smartpost"], area: "country", days: [2, 7] },
  { ...FEDEX, services: ["ground", "home delivery"], area: "country", days: [1, 5] },
  { ...FEDEX, services: ["ground", "home delivery"], area: "overseas", days: [3, 7] },
  { ...FEDEX, services: ["ground"], area: "us_canada", days: [2, 7] },
  { ...FEDEX_AIR, services: ["international economy"], area: "abroad", days: [2, 5] },
  { ...FEDEX_AIR, services: ["international priority"], area: "abroad", days: [1, 3] },

  { ...USPS, services: ["priority mail express", "express"], area: "country", days: [1, 2] },
  { ...USPS, services: ["priority", "priority mail"], area: "country", days: [2, 3] },
  { ...USPS, services: ["ground advantage", "first class package"], area: "country", days: [2, 5] },
  { ...USPS, services: ["media mail"], area: "country", days: [2, 8] },
  { ...USPS_ABROAD, services: ["priority mail express international"], area: "abroad", days: [3, 5] },
  { ...USPS_ABROAD, services: ["priority mail international"], area: "abroad", days: [6, 10] },

  { ...DHL_EXPRESS, carrier: "mydhl", services: [...EXPRESS, null], area: "europe", days: [1, 2] },
  { ...DHL_EXPRESS, carrier: "mydhl", services: [...EXPRESS, null], area: "abroad", days: [1, 3] },
  { ...DHL_EXPRESS, carrier: "dhl-unified", services: EXPRESS, area: "europe", days: [1, 2] },
  { ...DHL_EXPRESS, carrier: "dhl-unified", services: EXPRESS, area: "abroad", days: [1, 3] },

  { ...ROYAL_MAIL, services: ["special delivery"], area: "country", days: [1, 1] },
  { ...ROYAL_MAIL, services: ["tracked 24", "24", "1st class", "first class"], area: "country", days: [1, 2] },
  { ...ROYAL_MAIL, services: ["tracked 48", "48", "2nd class", "second class"], area: "country", days: [2, 3] },
  { ...ROYAL_MAIL, services: ["international"], area: "europe", days: [3, 5] },
  { ...ROYAL_MAIL, services: ["international"], area: "abroad", days: [5, 7] },

  { ...CANADA_POST, services: ["priority"], area: "country", days: [1, 2] },
  { ...CANADA_POST, services: ["xpresspost"], area: "country", days: [1, 3] },
  { ...CANADA_POST, services: ["expedited", "expedited parcel"], area: "country", days: [1, 7] },
  { ...CANADA_POST, services: ["regular", "regular parcel"], area: "country", days: [2, 9] },
  { ...CANADA_POST, services: ["xpresspost usa", "xpresspost"], area: "us_canada", days: [2, 3] },
  { ...CANADA_POST, services: ["expedited parcel usa", "expedited"], area: "us_canada", days: [4, 7] },

  { ...AUSTRALIA_POST, services: ["express", "express post"], area: "country", days: [1, 2] },
  { ...AUSTRALIA_POST, services: ["parcel", "parcel post"], area: "country", days: [2, 6] },

  { ...COLISSIMO, area: "country", days: [2, 2] },
  { ...COLISSIMO, area: "abroad", days: [3, 8] },
  {
    carrier: "chronopost",
    services: ["chrono 10", "chrono 13", "chrono 18", "chrono relais", null],
    area: "country",
    days: [1, 1],
    source: "https://www.chronopost.fr/fr/chrono-13",
    published: 2024,
  },
  { ...DHL_PAKET, carrier: "dhl-parcel-de", area: "country", days: [1, 2] },
  {
    ...POSTNL,
    area: "country",
    days: [1, 1],
    source: "https://www.postnl.nl/versturen/pakket-versturen/pakket-binnen-nederland/",
  },
  {
    ...POSTNL,
    area: "europe",
    days: [2, 5],
    source: "https://www.postnl.nl/versturen/pakket-versturen/pakket-buitenland/",
  },
  { ...GLS, area: "country", days: [1, 2] },
  { ...GLS, area: "europe", days: [1, 4] },
  { ...DPD, area: "country", days: [1, 2] },
  { ...DPD, area: "europe", days: [2, 6] },
];
