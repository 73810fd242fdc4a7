import type { Database } from "#app/lib/db.server.ts";
import type { DispatchDeps } from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import type { CrashPoint } from "./crash-points.ts";

type Reach = (point: CrashPoint) => void;
type Ports = Pick<DispatchDeps, "db" | "recheck" | "render">;

/** How far the message at hand has come. */
type Stage = "free" | "claimed" | "rechecked" | "rendered" | "recorded" | "answered";

/**
 * The real ports, watched: tells when the way of a message passes a point. The product knows nothing of it. For one lane
 * only, in which things follow each other.
 */
export function watchWay(ports: Ports, reach: Reach) {
  let stage: Stage = "free";
  let touched: "recheck" | "render" | null = null;
  const afterTransaction = () => {
    if (touched === "recheck") [stage, touched] = ["rechecked", (reach("after the re-check"), null)];
    else if (touched === "render") [stage, touched] = ["rendered", (reach("after rendering"), null)];
    else if (stage === "rendered") [stage] = ["recorded", reach("after the attempt is recorded")];
    else if (stage === "answered") [stage] = ["free", reach("after the commit")];
  };
  const db = Object.create(ports.db) as Database;
  const forShop: Database["forShop"] = async (shopId, work, options) => {
    const result = await ports.db.forShop(shopId, work, options);
    afterTransaction();
    return result;
  };
  const once = async <Row>(statement: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> => {
    const text = statement.join("");
    if (text.includes("claim_due")) reach("before the claim");
    if (text.includes("reserve_send")) reach("before the turn");
    const rows = await ports.db.once<Row>(statement, ...values);
    if (text.includes("claim_due") && rows.length > 0) [stage] = ["claimed", reach("after the claim")];
    return rows;
  };
  return {
    db: Object.assign(db, { forShop, once, acrossShops: ports.db.acrossShops.bind(ports.db) }),
    recheck: ((tx, claimed) => {
      touched = "recheck";
      return ports.recheck(tx, claimed);
    }) satisfies Ports["recheck"],
    render: ((tx, batch) => {
      if (touched !== "render") reach("before rendering");
      touched = "render";
      return ports.render(tx, batch);
    }) satisfies Ports["render"],
    /** Wraps the call of the provider. */
    async call<Answer>(send: () => Promise<Answer>, isAnswer: (answer: Answer) => boolean): Promise<Answer> {
      reach("before the request");
      const answer = await send();
      reach(isAnswer(answer) ? "after the answer, before the commit" : "answer lost");
      stage = "answered";
      return answer;
    },
  };
}
