/** One header whatever its capitalisation; null when absent. */
export function header(headers: Readonly<Record<string, string>>, name: string): string | null {
  const wanted = name.toLowerCase();
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === wanted);
  return key === undefined ? null : (headers[key] ?? null);
}

/** Tries every live secret, without stopping at the first match, so that time tells nothing about which one it was. */
export function anySecret(secrets: readonly string[], matches: (secret: string) => boolean): boolean {
  let found = false;
  for (const secret of secrets) {
    if (secret !== "" && matches(secret)) found = true;
  }
  return found;
}
