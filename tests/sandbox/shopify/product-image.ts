import type { ProductRecord } from "#tests/sandbox/shopify/store-records.ts";

/** A neutral drawing in the product's colour: no photograph, no outside host. */
export function productImage(product: ProductRecord): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640" width="640" height="640" role="img">`,
    `<rect width="640" height="640" fill="#f1efea"/>`,
    `<path d="M0 520 L190 250 L300 400 L400 270 L640 520 V640 H0 Z" fill="${product.colour}" opacity="0.18"/>`,
    `<rect x="200" y="180" width="240" height="290" rx="44" fill="${product.colour}"/>`,
    `<rect x="244" y="146" width="152" height="70" rx="35" fill="none" stroke="${product.colour}" stroke-width="18"/>`,
    `<path d="M262 330 l36 -52 28 34 22 -26 32 44 z" fill="#ffffff" opacity="0.9"/>`,
    `</svg>`,
  ].join("");
}
