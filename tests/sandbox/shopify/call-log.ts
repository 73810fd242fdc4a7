export interface CallRecord {
  at: string;
  kind: "graphql" | "oauth" | "proxy";
  shop: string;
  /** Operation name, grant type or path. */
  what: string;
  status: number;
  detail?: unknown;
}

const KEPT_CALLS = 500;

/** What the app asked the sandbox for, newest last. */
export class CallLog {
  calls: CallRecord[] = [];

  add(call: CallRecord): void {
    this.calls.push(call);
    if (this.calls.length > KEPT_CALLS) this.calls.shift();
  }
}
