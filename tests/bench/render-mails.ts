import { printMail } from "#app/emails/print-mail.tsx";
import type { MailModel } from "#app/emails/mail-model.ts";
import { KeyRing, sha256 } from "#app/lib/crypto.server.ts";
import { createTemplateEngine } from "#app/modules/notifications/template-engine.server.ts";
import { buildMail } from "#app/modules/notifications/templates/build-mail.ts";
import { kindTexts } from "#app/modules/notifications/templates/kind-texts.ts";
import { mailSlots } from "#app/modules/notifications/templates/mail-slots.ts";
import { scopeOf } from "#app/modules/notifications/templates/message-scope.ts";
import { produceMail } from "#app/modules/notifications/templates/produce-mail.ts";
import { SlotRenderer } from "#app/modules/notifications/templates/render-slots.ts";
import { demoMail } from "#tests/support/demo-message.ts";
import type { BenchRow } from "./bench.ts";
import { callsPerSecond } from "./figures.ts";

const WARM_UP = 300;
const MAILS = 2_000;
const AT_ONCE = 4;
const SPLIT = { split: true, status: "in_transit" } as const;

/** Mails per second of one core's time, from facts to sealed bytes, all threads counted; beside its two costly parts alone. */
export async function renderMails(): Promise<{ mailsPerSecond: number; rows: BenchRow[] }> {
  const keys = KeyRing.parse(`bench:${Buffer.alloc(32, 7).toString("base64")}`);
  const engine = createTemplateEngine();
  const make = async () => {
    const mail = await produceMail(engine, demoMail(SPLIT));
    const plain = JSON.stringify(mail);
    keys.seal(plain, { shopId: "shop", field: "bench" });
    sha256(plain);
  };
  try {
    await many(WARM_UP, make);
    const before = process.cpuUsage();
    await many(MAILS, make);
    const { user, system } = process.cpuUsage(before);
    const mailsPerSecond = (MAILS * 1_000_000) / (user + system);
    return { mailsPerSecond, rows: [row("mails, from facts to sealed bytes", mailsPerSecond), ...partsAlone()] };
  } finally {
    await engine.close();
  }
}

async function many(count: number, make: () => Promise<void>): Promise<void> {
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await make();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function partsAlone(): BenchRow[] {
  const request = demoMail(SPLIT);
  const { facts, world } = request;
  const slots = mailSlots(request.document, kindTexts(facts.kind, "en", true), { locale: "en", shopLocale: "en" });
  const renderer = new SlotRenderer();
  const texts = () => renderer.render({ ...world, locale: "en", scope: scopeOf(facts), slots }).texts;
  const model: MailModel = buildMail({ ...request, texts: texts(), maxItems: 12 });
  return [
    row(
      "  React alone",
      callsPerSecond(() => printMail(model)),
    ),
    row("  Liquid alone", callsPerSecond(texts)),
  ];
}

const row = (label: string, value: number): BenchRow => ({ label, value, unit: "mails/s per core" });
