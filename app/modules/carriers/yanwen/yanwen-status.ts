import type { Meaning, StatusTable } from "../map-status.ts";

/** `tracking_status` of a checkpoint: two letters for the stage, two digits for what happened in it. */
export const YANWEN_CODES: StatusTable = {
  source:
    "Yanwen open platform, tracking query (opendocs.yw56.com.cn/webfile/7128663508291424256): OR10, LH20, LM40, LM54 in its " +
    "example; PU10 and SC20 from another documentation example; LM25, LM30, LM50, LM90 second-hand",
  codes: {
    OR10: ["pre_transit", "label_created"],
    PU10: ["in_transit", "accepted"],
    SC20: ["in_transit", "departed"],
    LH20: ["in_transit", "departed"],
    LM25: ["out_for_delivery"],
    LM30: ["available_for_pickup"],
    LM40: ["delivered"],
    LM50: ["delivery_attempted"],
    LM54: ["return_to_sender", "returning"],
    LM90: ["return_to_sender", "returned"],
  },
};

/**
 * Stages in which Yanwen holds the parcel whatever the digits say: sorting centre, line haul, customs of both countries. The
 * order, the pickup and the last mile are not among them: there the digits decide between everything and nothing.
 */
export const YANWEN_STAGES: { source: string; stages: Readonly<Record<string, Meaning>> } = {
  source: "the same documents, names of the stages; the digits inside a stage are published to customers only",
  stages: {
    SC: ["in_transit"],
    LH: ["in_transit"],
    EC: ["in_transit", "customs"],
    IC: ["in_transit", "customs"],
  },
};

/** `tracking_status_waybill.level1`: the parcel as a whole. 1 (no result), 7 (ended) and 8 (failed, also when it returns) tell nothing. */
export const YANWEN_LEVELS: StatusTable = {
  source: "Yanwen open platform, tracking query, status of the parcel (second-hand list of level1)",
  codes: {
    "0": ["return_to_sender"],
    "2": ["pre_transit", "label_created"],
    "3": ["in_transit"],
    "4": ["out_for_delivery"],
    "5": ["available_for_pickup"],
    "6": ["delivered"],
    "9": ["exception"],
  },
};

/** `code` is 1 for every failure: only the words tell. Unverified; the service answers in Chinese or English. */
export const YANWEN_ERROR_WORDS = {
  auth: /authori[sz]|unauthori[sz]ed|forbidden|授权|商户|制单账号|账号/i,
  rate_limited: /too many|frequen|limit|频繁|限流/i,
  invalid_request: /at most|maximum|exceed|最多|不能超过|不能为空/i,
  not_found: /not found|no result|no data|不存在|未查询到|无轨迹/i,
} as const;
