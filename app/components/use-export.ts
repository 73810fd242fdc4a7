import { useState } from "react";

interface Export {
  busy: boolean;
  failed: boolean;
  start(query: Readonly<Record<string, string | undefined>>): void;
}

/** Fetches a file of the app and hands it to the browser. By fetch, because App Bridge puts the session token on it. */
export function useExport(path: string, fileName: string): Export {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const run = async (query: Readonly<Record<string, string | undefined>>) => {
    setState("busy");
    const asked = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(`${path}?${new URLSearchParams(asked).toString()}`).catch(() => null);
    const file = response?.ok ? await response.blob().catch(() => null) : null;
    setState(file ? "idle" : "failed");
    if (file) save(file, fileName);
  };
  return { busy: state === "busy", failed: state === "failed", start: (query) => void run(query) };
}

function save(file: Blob, fileName: string): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: url, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
