import type { CarrierError, CarrierReading, RawAnswer } from "../carrier.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { errorAnswer, type UpsRemark } from "./ups-schema.ts";
import { UPS_ERRORS } from "./ups-status.ts";

/** What UPS calls an error in this body, in any of its forms; empty when there is none. */
export function readUpsErrors(value: unknown, answer: RawAnswer): CarrierError[] {
  const parsed = errorAnswer.safeParse(value);
  if (!parsed.success) return [];
  const remarks: UpsRemark[] = [...(parsed.data.response?.errors ?? []), ...parsed.data.errors];
  const reported = remarks
    .filter((remark) => remark.code !== null || remark.message !== null)
    .map((remark) =>
      classifyError(UPS_ERRORS, { ...remark, httpStatus: failureStatus(answer), headers: answer.headers }),
    );
  if (reported.length > 0) return reported;
  return parsed.data.invalidTrackingNumbers.flatMap((number) => (number === null ? [] : [refusedNumber(number)]));
}

/** Reads the answer to a Track Alert subscription: empty when every number was accepted. */
export function readSubscription(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const errors = readUpsErrors(decoded.value, answer);
  if (errors.length > 0) return { shipments: [], errors };
  const accepted = errorAnswer.safeParse(decoded.value);
  if (accepted.success && accepted.data.validTrackingNumbers.length > 0) return { shipments: [], errors: [] };
  return failedReading(answer, unreadable("This is not an answer of the UPS Track Alert service."));
}

/** The HTTP status when it tells a failure; a 200 says nothing about an error found in its body. */
export function failureStatus(answer: RawAnswer): number | undefined {
  return answer.httpStatus !== undefined && answer.httpStatus >= 400 ? answer.httpStatus : undefined;
}

function refusedNumber(trackingNumber: string): CarrierError {
  return { kind: "invalid_number", retryable: false, message: "UPS does not accept this number.", trackingNumber };
}
