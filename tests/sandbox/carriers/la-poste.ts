import type { Request, RequestHandler, Response } from "express";
import express from "express";

import { arrivalOf } from "../world/journey.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";
import { timeInZone } from "./scan-time.ts";

const CREDENTIALS = { apiKey: "okapi-sandbox-4f1d" };
const MAX_NUMBERS = 10;
const LANGUAGES = new Set(["fr_FR", "en_GB", "en_US", "de_DE", "es_ES", "it_IT"]);

/** La Poste's code and French words for a scan. */
const WORDS: Readonly<Record<ScanKind, readonly [code: string, label: string]>> = {
  label: ["DR1", "Votre Colissimo est en cours de préparation chez son expéditeur."],
  accepted: ["PC1", "Votre colis a été pris en charge par La Poste."],
  departed: ["ET1", "Votre colis est en transit sur nos plateformes logistiques."],
  arrived: ["ET1", "Votre colis est en cours d'acheminement."],
  arrived_destination: ["ET3", "Votre colis est arrivé dans le pays du destinataire."],
  customs_held: ["DO3", "Votre colis est retenu par la douane."],
  customs_cleared: ["DO2", "Votre colis est sorti de douane."],
  weather_delay: ["PB1", "Les intempéries retardent votre colis."],
  out_for_delivery: ["MD2", "Votre colis est en cours de livraison."],
  attempted: ["ND1", "Le destinataire était absent lors de la livraison."],
  available_for_pickup: ["AG1", "Votre colis est disponible au bureau de poste."],
  collected: ["DI1", "Votre colis a été retiré au bureau de poste."],
  refused: ["ND1", "Votre colis a été refusé par le destinataire."],
  returning: ["RE1", "Votre colis est retourné à l'expéditeur."],
  returned: ["DI2", "Votre colis a été remis à l'expéditeur."],
  handed_over: ["ET2", "Votre colis a été remis au transporteur partenaire."],
  declared_lost: ["PB1", "Votre colis n'a pas été retrouvé."],
  delivered: ["DI1", "Votre colis est livré."],
};

const gateway = (response: Response, status: number, [code, message]: readonly [string, string]) =>
  void response.status(status).json({ code, message });

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) =>
    gateway(response.set("Retry-After", "30"), 429, ["TOO_MANY_REQUESTS", "Max quota reached."]),
  server_error: (_request, response) => gateway(response, 500, ["INTERNAL_SERVER_ERROR", "Service unavailable."]),
  forbidden: (_request, response) =>
    gateway(response, 403, ["FORBIDDEN", "The application has no subscription to this product."]),
};

const common = { lang: "fr_FR", scope: "open" };

/** La Poste stamps every scan with the time of Paris, wherever it happened. */
function parisTime(scan: Scan): string {
  const { local, offset } = timeInZone(scan, "Europe/Paris");
  return `${local}${offset}`;
}

function failure(number: string, returnCode: 400 | 404) {
  const returnMessage =
    returnCode === 400 ? "Le numéro saisi n'est pas valide." : "Nous n'avons pas d'information sur cet envoi.";
  return { ...common, returnCode, returnMessage, idShip: number };
}

function answerFor({ world }: SandboxCarrierParts, number: string) {
  if (!/^[A-Z0-9]{11,15}$/.test(number)) return failure(number, 400);
  const parcel = world.parcel(number);
  const scans = parcel?.carrierId === "la-poste" ? world.scans(number) : [];
  if (parcel === null || scans.length === 0) return failure(number, 404);
  const delivered = scans.findLast((scan) => WORDS[scan.kind][0] === "DI1");
  const arrival = arrivalOf(parcel, world.clock.now());
  const shipment = {
    idShip: number,
    holder: 4,
    product: "colissimo",
    isFinal: delivered !== undefined,
    entryDate: parcel.createdAt,
    ...(delivered ? { deliveryDate: parisTime(delivered) } : {}),
    ...(arrival ? { estimDate: `${arrival.expectedOn}T00:00:00+01:00` } : {}),
    event: scans.toReversed().map((scan) => ({
      code: WORDS[scan.kind][0],
      label: WORDS[scan.kind][1],
      date: parisTime(scan),
    })),
    contextData: { originCountry: parcel.origin.country, arrivalCountry: parcel.destination.country },
    url: `https://www.laposte.fr/outils/suivre-vos-envois?code=${number}`,
  };
  return { ...common, returnCode: 200, shipment };
}

function requireKey(rate: () => { allowed: boolean }): RequestHandler {
  return (request, response, next) => {
    if (request.get("x-okapi-key") !== CREDENTIALS.apiKey) {
      return gateway(response, 401, ["UNAUTHORIZED", "The API key is missing or unknown."]);
    }
    return rate().allowed ? next() : REFUSALS.rate_limited(request, response, next);
  };
}

/** One number is answered by an object and its own status, several by a list and 207. */
function track(parts: SandboxCarrierParts) {
  return (request: Request<{ ids: string }>, response: Response) => {
    const numbers = request.params.ids.split(",").map(normaliseNumber);
    const { lang } = request.query;
    if (numbers.length > MAX_NUMBERS || (lang !== undefined && !LANGUAGES.has(String(lang)))) {
      return void response.status(400).json(failure(numbers[0] ?? "", 400));
    }
    const answers = numbers.map((number) => answerFor(parts, number));
    const [only] = answers;
    if (answers.length === 1 && only) response.status(only.returnCode).json(only);
    else response.status(207).json(answers);
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  router.use(requireKey(parts.rate({ requests: 100, perMs: 60_000 })));
  router.get("/suivi/v2/idships/:ids", track(parts));
  router.use((_request, response) => gateway(response, 404, ["RESOURCE_NOT_FOUND", "No such resource."]));
  return { router, refusals: REFUSALS };
}

/** Colissimo: product, ten digits and a modulo-10 check digit, weights 3 1 from the right. */
function makeNumber(serial: number): string {
  const body = `4${String(serial % 1_000_000_000).padStart(9, "0")}`;
  const sum = [...body].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `8R${body}${(10 - (sum % 10)) % 10}`;
}

export const laPoste: SandboxCarrier = {
  id: "la-poste",
  label: "La Poste",
  company: "La Poste Colissimo",
  credentials: CREDENTIALS,
  makeNumber,
  create,
};
