import type { ShopSettings } from "./settings.ts";
import { shopSettingsSchema } from "./settings.ts";

export const SETUP_STEPS = ["import", "carrier", "brand", "live"] as const;

export interface SetupStep {
  name: (typeof SETUP_STEPS)[number];
  done: boolean;
}

interface SetupFacts {
  settings: ShopSettings;
  accounts: readonly { status: string }[];
  imported: boolean;
}

/** What is left to do after the install. The app looks for itself; nobody ticks anything. */
export function setupSteps({ settings, accounts, imported }: SetupFacts): SetupStep[] {
  const untouched = JSON.stringify(shopSettingsSchema.parse({}).brand) === JSON.stringify(settings.brand);
  return [
    { name: "import", done: imported },
    { name: "carrier", done: accounts.some(({ status }) => status === "active") },
    { name: "brand", done: !untouched },
    { name: "live", done: settings.messages.live },
  ];
}
