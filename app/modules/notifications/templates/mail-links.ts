import type { LinkTarget } from "../links/link-maker.ts";
import { isLinkTarget } from "../links/link-target.ts";
import type { MessageFacts } from "./message-facts.ts";
import type { Block, MailDocument } from "./template-document.ts";

/** Something that a message points at, under the name by which its blocks ask for it. */
export interface NamedTarget extends LinkTarget {
  key: string;
}

export const TRACK: NamedTarget = { key: "track", label: "track", target: "tracking" };

/** What a mail points at, so that its links can be made before its texts are rendered. */
export function mailTargets(document: MailDocument, facts: MessageFacts, marketing: boolean): NamedTarget[] {
  const blocks = document.blocks.filter(({ hidden }) => !hidden);
  const targets = [TRACK, ...blocks.flatMap((block) => targetsOf(block, facts, marketing))];
  return targets.filter(({ target }, index) => {
    const first = targets.findIndex(({ key }) => key === targets[index]?.key) === index;
    return first && isLinkTarget(target);
  });
}

function targetsOf(block: Block, facts: MessageFacts, marketing: boolean): NamedTarget[] {
  switch (block.type) {
    case "button":
      return buttonTarget(block);
    case "support":
      return [{ key: "support", label: "support", target: facts.shop.support_url }];
    case "promo":
      return marketing ? [{ key: block.id, label: "promo", target: block.url }] : [];
    case "recommendations":
      return marketing ? facts.recommendations.slice(0, block.count).map(productTarget) : [];
    default:
      return [];
  }

  function buttonTarget({ id, to, url }: Extract<Block, { type: "button" }>): NamedTarget[] {
    if (to === "url") return [{ key: id, label: "button", target: url }];
    if (to === "support") return [{ key: "support", label: "support", target: facts.shop.support_url }];
    return to === "feedback" ? [{ key: "feedback", label: "feedback", target: "tracking" }] : [];
  }
}

const productTarget = ({ url }: { url: string }): NamedTarget => ({
  key: `product:${url}`,
  label: "product",
  target: url,
});

/** The variables with the links that were made for this message in place of plain addresses. */
export function withLinks(facts: MessageFacts, hrefs: ReadonlyMap<string, string>): MessageFacts {
  const tracking = hrefs.get("track") || facts.links.tracking;
  const tracked = <Parcel extends { tracking_url: string }>(parcel: Parcel): Parcel => ({
    ...parcel,
    tracking_url: tracking,
  });
  return {
    ...facts,
    order: { ...facts.order, order_status_url: tracking },
    parcel: tracked(facts.parcel),
    parcels: facts.parcels.map(tracked),
    fulfillment: tracked(facts.fulfillment),
    links: {
      ...facts.links,
      tracking,
      support: hrefs.get("support") || facts.links.support,
      feedback: hrefs.get("feedback") || tracking,
    },
  };
}
