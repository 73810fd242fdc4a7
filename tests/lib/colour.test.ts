import { expect, test } from "vitest";
import { contrastRatio, visibleOn } from "#app/lib/colour.ts";

test.each(["#000000", "#ffffff", "#1f5199", "#ffd400", "#14532d", "#7f7f7f", "#ff0000"])(
  "%s can be told from a light and a dark ground",
  (colour) => {
    for (const ground of ["#ffffff", "#1e1e21"]) {
      expect(contrastRatio(visibleOn(colour, ground, 4.5), ground)).toBeGreaterThanOrEqual(4.5);
    }
  },
);

test("a colour that can be told already stays as it is, and another keeps its hue", () => {
  expect(visibleOn("#1f5199", "#ffffff", 4.5)).toBe("#1f5199");
  const green = visibleOn("#14532d", "#1e1e21", 4.5);
  const [red = 0, most = 0, blue = 0] = [1, 3, 5].map((start) => Number.parseInt(green.slice(start, start + 2), 16));
  expect(most).toBeGreaterThan(red + 60);
  expect(most).toBeGreaterThan(blue + 40);
});
