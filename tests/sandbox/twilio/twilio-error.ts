import type { Response } from "express";

/** One refusal in Twilio's form: `{code, message, more_info, status}`. */
export interface TwilioError {
  status: number;
  code: number;
  message: string;
}

export const twilioError = (status: number, code: number, message: string): TwilioError => ({ status, code, message });

export const badRequest = (code: number, message: string): TwilioError => twilioError(400, code, message);

export const AUTHENTICATE = twilioError(401, 20003, "Authenticate");

export const TOO_MANY_REQUESTS = twilioError(429, 20429, "Too Many Requests");

export const INTERNAL_ERROR = twilioError(500, 20500, "An internal server error has occurred");

export const notFound = (path: string): TwilioError =>
  twilioError(404, 20404, `The requested resource ${path} was not found`);

export function sendError(response: Response, { status, code, message }: TwilioError): void {
  const more = `https://www.twilio.com/docs/errors/${code}`;
  response.status(status).json({ code, message, more_info: more, status });
}
