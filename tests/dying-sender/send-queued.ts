import { systemClock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
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

type Office = Pick<Fate, "channel" | "providerUrl" | "maxMails"> & { db: Database };

/** One run of the real send path over what is queued; `reach` hears of each point that a message's way passes. */
export async function sendQueued(office: Office, reach: (point: CrashPoint) => void): Promise<void> {
  const deps = dispatchDeps({ db: office.db, clock: systemClock }, { lanes: 1 });
  const way = watchWay(deps, reach);
  const watched = { ...deps, db: way.db, recheck: way.recheck, render: way.render };
  if (office.channel === "email") {
    await dispatchMails({ ...watched, mail: watchMails(office, way), trialSender: TRIAL_SENDER });
    return;
  }
  const sender = watchTexts(office, way);
  const ports = { senderOf: () => Promise.resolve(sender), checkCaps: () => Promise.resolve({ ok: true } as const) };
  await dispatchTexts({ ...watched, ...ports }, "sms");
}

type Way = ReturnType<typeof watchWay>;

function watchMails({ providerUrl, maxMails }: Office, way: Way): MailSender {
  const real = createResendSender({ apiKey: RESEND_ACCOUNT.apiKey, baseUrl: providerUrl });
  return {
    ...real,
    maxMails,
    send: (mails, key) =>
      way.call(
        () => real.send(mails, key),
        ({ outcome }) => outcome.kind !== "unknown",
      ),
  };
}

function watchTexts({ providerUrl }: Office, way: Way): SmsSender {
  const real = textSenderAt(providerUrl);
  return {
    ...real,
    send: (message, ...rest) =>
      way.call(
        () => real.send(message, ...rest),
        ({ kind }) => kind !== "unknown",
      ),
  };
}
