import type { Services } from "#app/services.server.ts";
import { applyRetentionJob } from "./apply-retention.ts";
import { checkDomainsJob } from "./check-domains.ts";
import { checkShipmentsJob } from "./check-shipments.ts";
import { decideDigestJob } from "./decide-digest.ts";
import { decideNotificationsJob } from "./decide-notifications.ts";
import { decideWriteBackJob } from "./decide-write-back.ts";
import type { RunnableJob } from "./define-job.ts";
import { digestSweepJob } from "./digest-sweep.ts";
import { dispatchMailsJob } from "./dispatch-mails.ts";
import { dispatchTextsJob } from "./dispatch-texts.ts";
import { fetchTextPriceJob } from "./fetch-text-price.ts";
import { forecastParcelsJob } from "./forecast-parcels.ts";
import { foresightSweepJob } from "./foresight-sweep.ts";
import { importOrdersJob } from "./import-orders.ts";
import { intakeSweepJob } from "./intake-sweep.ts";
import { keepAliveJob } from "./keep-alive.ts";
import { learnRhythmsJob } from "./learn-rhythms.ts";
import { learnShopJob } from "./learn-shop.ts";
import { lookAtOrdersJob } from "./look-at-orders.ts";
import { outboxSweepJob } from "./outbox-sweep.ts";
import { poolLawsJob } from "./pool-laws.ts";
import { poolRhythmsJob } from "./pool-rhythms.ts";
import { processDeliveryJob } from "./process-delivery.ts";
import { reconcileOrdersJob } from "./reconcile-orders.ts";
import { reconcileSweepJob } from "./reconcile-sweep.ts";
import { refreshOrderJob } from "./refresh-order.ts";
import { rehearseMessagesJob } from "./rehearse-messages.ts";
import { rereadScansJob } from "./reread-scans.ts";
import { resumeWatchJob } from "./resume-watch.ts";
import { reviewMessagesJob } from "./review-messages.ts";
import { setUpShopJob } from "./set-up-shop.ts";
import { subscribeNumbersJob } from "./subscribe-numbers.ts";
import { subscribeSweepJob } from "./subscribe-sweep.ts";
import { watchSweepJob } from "./watch-sweep.ts";
import { writeBackJob } from "./write-back.ts";

/** Every job a worker runs. */
export const allJobs: readonly RunnableJob<Services>[] = [
  processDeliveryJob,
  intakeSweepJob,
  setUpShopJob,
  keepAliveJob,
  applyRetentionJob,
  importOrdersJob,
  reconcileSweepJob,
  reconcileOrdersJob,
  refreshOrderJob,
  decideWriteBackJob,
  writeBackJob,
  watchSweepJob,
  checkShipmentsJob,
  resumeWatchJob,
  subscribeSweepJob,
  subscribeNumbersJob,
  learnRhythmsJob,
  poolRhythmsJob,
  forecastParcelsJob,
  foresightSweepJob,
  learnShopJob,
  poolLawsJob,
  lookAtOrdersJob,
  rereadScansJob,
  decideNotificationsJob,
  reviewMessagesJob,
  digestSweepJob,
  decideDigestJob,
  fetchTextPriceJob,
  rehearseMessagesJob,
  checkDomainsJob,
  dispatchMailsJob,
  dispatchTextsJob,
  outboxSweepJob,
];
