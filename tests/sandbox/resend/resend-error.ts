import type { Response } from "express";

/** One refusal in Resend's form: `{statusCode, name, message}`. */
export interface ResendError {
  statusCode: number;
  name: string;
  message: string;
}

export const resendError = (statusCode: number, name: string, message: string): ResendError => ({
  statusCode,
  name,
  message,
});

export const validationError = (message: string): ResendError => resendError(422, "validation_error", message);

export const RATE_LIMITED = resendError(
  429,
  "rate_limit_exceeded",
  "Too many requests. You can only make a limited number of requests per second. See rate limit response headers for more information.",
);

export const INTERNAL_ERROR = resendError(
  500,
  "internal_server_error",
  "Internal server error. We are unable to process your request right now, please try again later.",
);

export function sendError(response: Response, error: ResendError): void {
  response.status(error.statusCode).json(error);
}
