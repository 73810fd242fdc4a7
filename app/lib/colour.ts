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
 * The colour itself where it can be told from its ground, else the nearest shade of it that can: lighter or darker, of the
 * same hue, until the contrast is reached (WCAG 2.2: 3 for shapes, 4.5 for text).
 */
export function visibleOn(colour: string, ground: string, contrast: number): string {
  const away = readableOn(ground) === "#ffffff" ? 1 : 0;
  const { hue, saturation, lightness } = toHsl(colour);
  for (let part = 0; part <= 40; part += 1) {
    const shade = fromHsl({ hue, saturation, lightness: lightness + ((away - lightness) * part) / 40 });
    const candidate = part === 0 ? colour : shade;
    if (contrastRatio(candidate, ground) >= contrast) return candidate;
  }
  return readableOn(ground);
}

/** Hue in sixths of the circle; saturation and lightness 0…1. */
interface Hsl {
  hue: number;
  saturation: number;
  lightness: number;
}

function toHsl(colour: string): Hsl {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255,
  );
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const [lightness, range] = [(most + least) / 2, most - least];
  if (range === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = range / (1 - Math.abs(2 * lightness - 1));
  if (most === red) return { hue: ((green - blue) / range + 6) % 6, saturation, lightness };
  return { hue: most === green ? (blue - red) / range + 2 : (red - green) / range + 4, saturation, lightness };
}

function fromHsl({ hue, saturation, lightness }: Hsl): string {
  const channel = (shift: number): string => {
    const place = (hue * 2 + shift) % 12;
    const value =
      lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(place - 3, 9 - place, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
