import type { MailBlock, MailModel, MailParcel } from "#app/emails/mail-model.ts";
import { type MailKey, mailTexts } from "#app/emails/mail-texts.ts";
import type { Locale, Translator } from "#app/lib/i18n.ts";
import { mailColours } from "../templates/mail-colours.ts";
import { DAILY_LIST, type StaffLine, type StaffMail, type StaffSection, type StaffSectionName } from "./staff-mail.ts";

/** What a mail to staff is composed with, beside what it says. */
export interface StaffMailWorld {
  kind: string;
  locale: Locale;
  shopName: string;
  /** `#rrggbb` */
  colour: string;
  /** IANA zone of the shop. */
  zone: string;
  /** The address of a page of the app, from its path. */
  linkTo(path: string): string;
}

type Words = Translator<MailKey>;

/** Where all of a list can be seen; the sections without a page of their own begin at home. */
const PAGES: Partial<Record<StaffSectionName, string>> = {
  attempted: "/app/shipments?tab=attention",
  exception: "/app/shipments?tab=attention",
  returned: "/app/shipments?tab=attention",
  pickup_ending: "/app/shipments?tab=available_for_pickup",
  suspected_lost: "/app/shipments?risk=suspected_lost",
  delayed: "/app/shipments?risk=delayed",
  delay_predicted: "/app/shipments?risk=delay_predicted",
  stalled: "/app/shipments?risk=stalled",
  unscanned: "/app/shipments?problem=unscanned",
  unshipped: "/app/orders",
  messages: "/app/messages",
  copies: "/app/messages",
};

/** Puts a mail to staff together: what needs somebody, list by list, each line with the page that deals with it. */
export function composeStaffMail(mail: StaffMail, world: StaffMailWorld, mostLines: number): MailModel {
  const words = mailTexts(world.locale);
  const count = mail.sections.reduce((total, section) => total + section.count, 0);
  const about = world.kind === DAILY_LIST ? "digest" : "copies";
  const [urgent] = mail.sections;
  return {
    locale: world.locale,
    subject: words(`staff.${about}.subject`, { count, shop: world.shopName }),
    preheader: urgent ? headingOf(urgent, words) : "",
    colours: mailColours(world.colour),
    blocks: [
      { type: "logo", image: null, name: world.shopName, align: "left", width: 120 },
      { type: "heading", text: words(`staff.${about}.heading`, { count }) },
      { type: "text", text: words(`staff.${about}.text`) },
      ...mail.sections.map((section) => listOf(section, { world, words, mostLines })),
      { type: "button", label: words("staff.open"), url: world.linkTo("/app") },
      {
        ...{ type: "footer", text: "", address: "" },
        why: words("staff.why", { shop: world.shopName }),
        links: [{ label: words("staff.settings"), url: world.linkTo("/app/settings/messages") }],
      },
    ],
  };
}

interface Listing {
  world: StaffMailWorld;
  words: Words;
  mostLines: number;
}

function listOf(section: StaffSection, { world, words, mostLines }: Listing): MailBlock {
  const shown = section.lines.slice(0, mostLines);
  const more = section.count - shown.length;
  const rest: MailParcel = {
    ...{ title: words("staff.more", { count: more }), status: "", when: "", here: false },
    url: world.linkTo(PAGES[section.name] ?? "/app"),
  };
  return {
    type: "parcels",
    heading: headingOf(section, words),
    parcels: [...shown.map((line) => lineOf(section, line, { world, words })), ...(more > 0 ? [rest] : [])],
    action: words("staff.look"),
  };
}

function headingOf({ name, count, fresh }: StaffSection, words: Words): string {
  const heading = `${words(`staff.section.${name}`)}: ${words("staff.count", { count })}`;
  return fresh > 0 && fresh < count ? `${heading} (${words("staff.fresh", { count: fresh })})` : heading;
}

/** What happened has its day; what lasts says since when. */
const HAPPENED: readonly StaffSectionName[] = ["messages", "copies"];

function lineOf(
  { name }: StaffSection,
  { title, detail, state, since, path }: StaffLine,
  { world, words }: Pick<Listing, "world" | "words">,
): MailParcel {
  const day = since === null ? "" : dayIn(world, since);
  return {
    title: [title, detail].filter(Boolean).join(" · "),
    status: state === "" ? "" : words(state as MailKey),
    when: day === "" || HAPPENED.includes(name) ? day : words("staff.since", { when: day }),
    url: world.linkTo(path),
    here: false,
  };
}

function dayIn({ locale, zone }: StaffMailWorld, at: string): string {
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: zone });
  return format.format(new Date(at));
}
