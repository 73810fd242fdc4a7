/** The product's own sender, for shops that have no domain of their own yet. */
export interface TrialSender {
  address: string;
  /** Mails of one shop in a day; 0 = there is no such sender. */
  mailsPerDay: number;
}
