import { Database } from "#app/lib/db.server.ts";
import { systemClock } from "#app/lib/clock.ts";
import { dispatchMails } from "#app/modules/notifications/dispatch-mails.server.ts";
import { dispatchTexts } from "#app/modules/notifications/dispatch-texts.server.ts";
import type { SmsSender } from "#app/modules/notifications/channels/sms-sender.ts";
import type { MailSender } from "#app/modules/notifications/mail-sender.ts";
import { createResendSender } from "#app/modules/notifications/resend-sender.server.ts";
import { RESEND_ACCOUNT } from "#tests/sandbox/resend/account.ts";
import { TRIAL_SENDER, dispatchDeps } from "#tests/support/plain-messages.ts";
import { textSenderAt } from "#tests/support/text-sender-at.ts";
import type { CrashPoint, Fate } from "./crash-points.ts";
import { watchWay } from "./watch-way.ts";

/** A worker with the real send path that dies, without a word, where it is told to; then somebody else takes over. */
const fate = JSON.parse(process.argv[2] ?? "") as Fate;
const db = new Database({ url: fate.databaseUrl, poolSize: 3 });
let passed = 0;

function reach(point: CrashPoint): void {
  if (point !== fate.point) return;
  passed += 1;
  if (passed === fate.pass) process.kill(process.pid, "SIGKILL");
}

const deps = dispatchDeps({ db, clock: systemClock }, { lanes: 1 });
const way = watchWay(deps, reach);
const watched = { ...deps, db: way.db, recheck: way.recheck, render: way.render };

if (fate.channel === "email") await dispatchMails({ ...watched, mail: watchMails(), trialSender: TRIAL_SENDER });
else {
  const sender = watchTexts();
  const ports = {
    senderOf: () => Promise.resolve(sender),
    checkCaps: () => Promise.resolve({ ok: true } as const),
  };
  await dispatchTexts({ ...watched, ...ports }, "sms");
}
await db.close();

function watchMails(): MailSender {
  const real = createResendSender({ apiKey: RESEND_ACCOUNT.apiKey, baseUrl: fate.providerUrl });
  return {
    ...real,
    maxMails: fate.maxMails,
    send: (mails, key) =>
      way.call(
        () => real.send(mails, key),
        ({ outcome }) => outcome.kind !== "unknown",
      ),
  };
}

function watchTexts(): SmsSender {
  const real = textSenderAt(fate.providerUrl);
  return {
    ...real,
    send: (message, ...rest) =>
      way.call(
        () => real.send(message, ...rest),
        ({ kind }) => kind !== "unknown",
      ),
  };
}
