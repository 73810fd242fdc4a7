/** What the work brings, or "timeout" when it takes longer: it goes on then, and nobody hears of it any more. */
export async function withTimeout<Result>(work: Promise<Result>, milliseconds: number): Promise<Result | "timeout"> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<"timeout">((resolve) => {
    timer = setTimeout(() => resolve("timeout"), milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
