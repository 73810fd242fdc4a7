/** Black or white, whichever reads better on the given `#rrggbb` (WCAG 2.2 relative luminance). */
export function readableOn(background: string): "#000000" | "#ffffff" {
  const luminance = relativeLuminance(background);
  const withWhite = 1.05 / (luminance + 0.05);
  const withBlack = (luminance + 0.05) / 0.05;
  return withWhite >= withBlack ? "#ffffff" : "#000000";
}

/** Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2). */
export function contrastRatio(left: string, right: string): number {
  const [dark = 0, light = 0] = [relativeLuminance(left), relativeLuminance(right)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function relativeLuminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * The colour itself where it can be told from its ground, else the nearest shade of it that can: mixed with black or white
 * until the contrast is reached (WCAG 2.2: 3 for shapes, 4.5 for text).
 */
export function visibleOn(colour: string, ground: string, contrast: number): string {
  const towards = readableOn(ground) === "#ffffff" ? 255 : 0;
  const channels = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  for (let part = 0; part <= 20; part += 1) {
    const mixed = channels.map((channel) => Math.round(channel + ((towards - channel) * part) / 20));
    const shade = `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
    if (contrastRatio(shade, ground) >= contrast) return shade;
  }
  return readableOn(ground);
}
