import { renderToStaticMarkup } from "react-dom/server";
import type { MailModel } from "./mail-model.ts";
import { MessageMail } from "./message-mail.tsx";

const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** The mail as HTML. This is the one place where text becomes markup: React escapes every text and attribute. */
export function printMail(model: MailModel): string {
  return `${DOCTYPE}${renderToStaticMarkup(<MessageMail {...model} />)}`;
}
