/** Nothing runs, nothing is sent anywhere, no link leaves the frame; pictures and styles show as in the inbox. */
const POLICY =
  "default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; font-src https:; form-action 'none'";

/**
 * A mail to be shown in a frame with `sandbox=""`. The frame forbids scripts and windows; the policy forbids the rest, and
 * `base` sends every click to a window that the frame may not open.
 */
export function previewDocument(html: string): string {
  const guard = `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><base target="_blank">`;
  return `<!doctype html>${guard}${html.replace(/^\s*<!doctype[^>]*>/i, "")}`;
}
