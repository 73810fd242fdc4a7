import type { SentMail } from "../resend/sent-mails.ts";
import type { ConsoleLinks } from "./console-actions.ts";
import { renderPage } from "./page-shell.ts";

const TABS = [
  ["html", "HTML"],
  ["text", "Plain text"],
  ["headers", "Headers"],
] as const;

/** The mailbox: every mail that Resend's double and every text that Twilio's accepted, newest first, and a reader of each. */
export function renderMailboxPage(base: string, links: ConsoleLinks): string {
  const tabs = TABS.map(
    ([id, label], index) =>
      `<button type="button" role="tab" id="tab-${id}" aria-controls="panel-${id}" aria-selected="${index === 0}" tabindex="${index === 0 ? 0 : -1}">${label}</button>`,
  );
  const main = `<h1 class="visually-hidden">Mailbox</h1>
<div class="mailbox" id="mailbox">
<section class="mail-list" aria-label="Mails and texts"><p id="mail-count" class="hint" role="status"></p><ol id="mails"></ol>
<p id="no-mails" class="empty" hidden>No mail and no text yet. Ship an order in the console and wait a few seconds.</p></section>
<article class="mail-reader" id="reader" aria-labelledby="mail-subject" hidden>
<button type="button" id="back" class="back">← All mails</button>
<h2 id="mail-subject" tabindex="-1"></h2>
<dl class="mail-meta"><dt>From</dt><dd id="mail-from"></dd><dt>To</dt><dd id="mail-to"></dd><dt>Accepted</dt><dd id="mail-at"></dd><dt>State</dt><dd id="mail-state"></dd></dl>
<div class="tabs" role="tablist" aria-label="Views of the mail">${tabs.join("")}</div>
<div role="tabpanel" id="panel-html" aria-labelledby="tab-html" class="panel"><iframe id="mail-frame" title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></div>
<div role="tabpanel" id="panel-text" aria-labelledby="tab-text" class="panel" tabindex="0" hidden><pre id="mail-text"></pre></div>
<div role="tabpanel" id="panel-headers" aria-labelledby="tab-headers" class="panel" tabindex="0" hidden><dl id="mail-headers" class="headers"></dl></div>
</article>
<article class="mail-reader" id="phone" aria-labelledby="phone-title" hidden>
<button type="button" id="phone-back" class="back">← All mails and texts</button>
<h2 id="phone-title" tabindex="-1"></h2>
<p class="hint" id="phone-sender"></p>
<ol id="bubbles" class="bubbles" aria-live="polite"></ol>
<form id="answer" class="answer"><label for="answer-body">Answer as this person</label>
<div><input id="answer-body" name="body" maxlength="1600" autocomplete="off" required placeholder="STOP"><button type="submit" class="primary">Send</button></div>
<div class="quick"><button type="button" data-answer="STOP">STOP</button><button type="button" data-answer="START">START</button><button type="button" data-answer="HELP">HELP</button></div>
<p id="answer-status" role="status" class="status"></p></form>
</article>
<p class="mail-hint empty" id="mail-hint">Choose a mail or a text to read it.</p>
</div>`;
  return renderPage({
    title: "Mailbox – Doorstep sandbox",
    base,
    script: "mailbox.js",
    nav: [
      { label: "Console", href: links.console },
      { label: "Mailbox", href: links.mailbox, current: true },
      { label: "Admin", href: links.admin },
      { label: "Storefront", href: links.storefront },
    ],
    main,
  });
}

/** What may load inside a mail's frame: pictures and inline styles, as in a mail program; never a script. */
export const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src * data:; style-src 'unsafe-inline'; font-src *";

/** The mail's HTML for the frame, its links opening outside of it; a text-only mail is shown as such. */
export function renderMailBody(mail: SentMail): string {
  const base = '<base target="_blank">';
  if (mail.html === null) return `<!doctype html><title>Text only</title><p>This mail has no HTML part.</p>`;
  const head = /<head[^>]*>/i;
  return head.test(mail.html) ? mail.html.replace(head, (tag) => tag + base) : base + mail.html;
}
