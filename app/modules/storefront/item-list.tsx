import type { StorefrontTexts } from "./storefront-texts.ts";
import type { ViewItem } from "./tracking-view.ts";

export function ItemList({ items, texts }: { items: readonly ViewItem[]; texts: StorefrontTexts }) {
  return (
    <ul className="doorstep-items">
      {items.slice(0, 50).map((item, index) => (
        <li key={index}>
          {item.imageUrl && <img alt="" height={52} loading="lazy" src={item.imageUrl} width={52} />}
          <span>
            {item.title}
            {item.variant && <span className="doorstep-muted"> · {item.variant}</span>}
            {item.quantity > 1 && (
              <span className="doorstep-muted"> · {texts("page.quantity", { count: item.quantity })}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
