import type { CarrierError, CarrierReading, CarrierShipment } from "./carrier.ts";

/**
 * The answer to a question about several numbers, with every error under the number it is about: an error without a number
 * is about each that has no shipment, and a number that a good answer leaves out is not known to the carrier.
 */
export function nameNumbers(reading: CarrierReading, numbers: readonly string[]): CarrierReading {
  const { shipments, errors } = reading;
  const answered = shipments.flatMap((shipment) => [shipment.trackingNumber, ...shipment.alternateNumbers]);
  const named = errors.filter((error) => error.trackingNumber !== undefined);
  const settled = new Set([...answered, ...named.map((error) => error.trackingNumber)]);
  const general = errors.filter((error) => error.trackingNumber === undefined);
  const reasons = general.length > 0 ? general : shipments.length + named.length > 0 ? [LEFT_OUT] : [];
  const missing = numbers.filter((number) => !settled.has(number));
  return {
    shipments,
    errors: [...named, ...missing.flatMap((trackingNumber) => reasons.map((error) => ({ ...error, trackingNumber })))],
  };
}

const LEFT_OUT: CarrierError = {
  kind: "not_found",
  retryable: true,
  message: "The carrier does not know this number (yet).",
};

/** A parcel under the number it was asked by, where the carrier files it under another one and names both. */
export function underAskedNumber(shipment: CarrierShipment, asked: string): CarrierShipment {
  if (!shipment.alternateNumbers.includes(asked)) return shipment;
  const others = shipment.alternateNumbers.filter((number) => number !== asked);
  return { ...shipment, trackingNumber: asked, alternateNumbers: [shipment.trackingNumber, ...others] };
}

/** A refusal that names no number belongs to the asked one where there was but one. */
export function nameOnly(error: CarrierError, numbers: readonly string[]): CarrierError {
  const [only] = numbers;
  return numbers.length === 1 && only !== undefined ? { trackingNumber: only, ...error } : error;
}
