/**
 * Repeats a bounded step until it does less than `most`, and at most so many `times`; whoever comes next goes on.
 * @returns how much all of them did.
 */
export async function repeatStep(
  step: () => Promise<number>,
  { most, times }: { most: number; times: number },
): Promise<number> {
  let total = 0;
  for (let round = 0; round < times; round += 1) {
    const count = await step();
    total += count;
    if (count < most) break;
  }
  return total;
}
