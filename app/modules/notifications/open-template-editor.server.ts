import { mailTexts } from "#app/emails/mail-texts.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { type Locale, LOCALES, pickLocale } from "#app/lib/i18n.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { CHANNELS, type Channel } from "./channels/channel.ts";
import { kindOf } from "./kinds/kinds.ts";
import type { BuiltInTexts, EditorData, TemplateVersion } from "./template-editor.ts";
import { listVersions, readTemplate } from "./template-store.server.ts";
import { firstSampleOf } from "./templates/first-sample.ts";
import { kindTexts } from "./templates/kind-texts.ts";
import { listSamples } from "./templates/list-samples.server.ts";
import { builtInSlots } from "./templates/mail-slots.ts";
import { VARIABLES } from "./templates/variable-list.ts";

/** Everything that the editor of one kind of message starts with; null for a kind that nobody has. */
export async function openTemplateEditor(
  tx: ShopTx,
  { shopId, kind }: { shopId: string; kind: string },
): Promise<EditorData | null> {
  const definition = kindOf(kind);
  if (!definition) return null;
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { locale: true, email: true } });
  const { brand } = await loadSettings(tx, shopId);
  const mail = await readTemplate(tx, { shopId, kind, channel: "email" });
  const sms = await readTemplate(tx, { shopId, kind, channel: "sms" });
  const whatsapp = await readTemplate(tx, { shopId, kind, channel: "whatsapp" });
  const versions = {} as Record<Channel, TemplateVersion[]>;
  for (const channel of CHANNELS) {
    const found = await listVersions(tx, { shopId, kind, channel });
    versions[channel] = found.map(({ number, note, createdAt }) => ({
      number,
      note,
      createdAt: createdAt.toISOString(),
    }));
  }
  const accounts = await tx.smsAccount.count({ where: { shopId } });
  return {
    canText: accounts > 0,
    ...{ kind, versions, variables: VARIABLES, testAddress: shop.email, marketing: definition.marketing },
    dormant: definition.dormant,
    shopLocale: pickLocale(shop.locale),
    ...{ mail: mail.document, sms: sms.document, whatsapp: whatsapp.document },
    numbers: { email: mail.number, sms: sms.number, whatsapp: whatsapp.number },
    builtIn: Object.fromEntries(
      LOCALES.map((locale) => [locale, builtInTexts(kind, locale, brand.supportEmail)]),
    ) as Record<Locale, BuiltInTexts>,
    samples: await listSamples(tx, shopId),
    firstSample: firstSampleOf(kind),
  };
}

function builtInTexts(kind: string, locale: Locale, contact: string): BuiltInTexts {
  const words = mailTexts(locale);
  return {
    slots: builtInSlots(kindTexts(kind, locale, false)),
    words: {
      "window.label": words("label.expected"),
      "button.tracking": words("button.tracking"),
      "button.support": words("button.support"),
      "button.feedback": words("button.feedback"),
      "button.url": words("button.url"),
      "recommendations.heading": words("recommendations.heading"),
      "support.text": contact ? words("support", { contact }) : words("support.reply"),
    },
  };
}
