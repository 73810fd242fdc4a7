import { SegmentedMessage } from "sms-segments-calculator";

export interface SegmentCount {
  /** GSM-7 as long as every character is in that alphabet; one that is not makes the whole text UCS-2. */
  encoding: "GSM-7" | "UCS-2";
  /** Parts that are paid for. */
  segments: number;
  /** Units used of `room`: septets in GSM-7, 16-bit units in UCS-2. */
  units: number;
  /** Units that fit into this number of parts. */
  room: number;
  /** Characters that make the text UCS-2, each once; empty in GSM-7. */
  costly: readonly string[];
}

const MAX_LENGTH = 1_600;

const SIZES = { "GSM-7": { single: 160, part: 153 }, "UCS-2": { single: 70, part: 67 } } as const;

/**
 * How a text is counted and paid for, after smart encoding (which every message of ours is sent with). What Twilio says
 * in its answer holds; this is for the merchant who is typing.
 */
export function segmentsOf(body: string): SegmentCount {
  const counted = new SegmentedMessage(body.slice(0, MAX_LENGTH), "auto", true);
  const encoding = counted.getEncodingName() === "GSM-7" ? "GSM-7" : "UCS-2";
  const segments = body === "" ? 0 : counted.segmentsCount;
  const { single, part } = SIZES[encoding];
  const units = counted.encodedChars.reduce((sum, { codeUnits }) => sum + (codeUnits?.length ?? 0), 0);
  const costly = encoding === "GSM-7" ? [] : [...new Set(counted.getNonGsmCharacters())].slice(0, 20);
  return { encoding, segments, units, room: segments <= 1 ? single : segments * part, costly };
}

/** ASCII but for the grave accent is left as it is: to look for one text among a thousand asks for a thousand answers. */
const PLAIN = /^[\n\x20-\x5f\x61-\x7e]*$/;

/** The text as smart encoding leaves it: curly quotes, dashes and hard spaces become plain ones. */
export function segmentedText(body: string): string {
  const text = body.slice(0, MAX_LENGTH);
  return PLAIN.test(text) ? text : new SegmentedMessage(text, "auto", true).graphemes.join("");
}
