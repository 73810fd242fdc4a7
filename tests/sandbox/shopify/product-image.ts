import type { ProductRecord } from "#tests/sandbox/shopify/store-records.ts";

/** Outlines by product type on a 640 square; anything else is shown as a pack. */
const SHAPES: Record<string, string> = {
  top: "M250 170 h140 l90 60 -38 92 -42 -20 v178 h-160 v-178 l-42 20 -38 -92 z",
  sock: "M270 150 h110 v190 q0 24 -20 44 l-74 84 q-34 34 -70 4 -30 -34 4 -70 l50 -56 z",
  bottle: "M292 130 h56 v60 q52 22 52 86 v200 q0 24 -24 24 h-112 q-24 0 -24 -24 v-200 q0 -64 52 -86 z",
  hat: "M180 400 q0 -200 140 -200 t140 200 z M164 400 h312 v62 h-312 z",
  pack: "M244 180 q0 -54 76 -54 t76 54 q44 14 44 66 v180 q0 44 -44 44 h-152 q-44 0 -44 -44 v-180 q0 -52 44 -66 z",
};

const SHAPE_OF_TYPE: Record<string, string> = {
  Jackets: "top",
  Fleece: "top",
  "Base layers": "top",
  Socks: "sock",
  Gloves: "sock",
  Hats: "hat",
  Accessories: "bottle",
};

/** A neutral drawing in the product's colour: no photograph, no outside host. */
export function productImage(product: ProductRecord): string {
  const shape = SHAPES[SHAPE_OF_TYPE[product.productType] ?? "pack"] ?? "";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640" width="640" height="640" role="img">`,
    `<rect width="640" height="640" fill="#f1efea"/>`,
    `<path d="M0 540 L190 290 L300 420 L420 300 L640 540 V640 H0 Z" fill="${product.colour}" opacity="0.16"/>`,
    `<path d="${shape}" fill="${product.colour}"/>`,
    `<path d="M282 346 l26 -38 20 24 16 -18 24 32 z" fill="#ffffff" opacity="0.9"/>`,
    `</svg>`,
  ].join("");
}
