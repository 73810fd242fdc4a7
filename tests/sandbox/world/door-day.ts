import { type Day, weekdayOf } from "#app/modules/foresight/civil-day.ts";
import { createHolidayCalendar } from "#app/modules/foresight/holiday-calendar.ts";
import { localMoment } from "#app/modules/foresight/local-moment.ts";
import type { Place, SandboxParcel } from "./parcel.ts";
import { fractionOf } from "./seeded-random.ts";

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));
/** Working days by ground from the warehouse in Ohio, as carriers' maps of transit times have them. */
const NEAR = words("DC DE IL IN KY MD MI NC NJ NY OH PA TN VA WI WV");
const MIDDLE = words("AL AR CT FL GA IA KS LA MA ME MN MO MS NE NH OK RI SC TX VT");
const EXPRESS_DAYS = { home: 2, abroad: 3 };
const ABROAD_DAYS = { neighbour: 5, elsewhere: 7 };

/** How many days more or less than usual: most parcels keep the carrier's map, a few are quicker, some wait a day or three. */
const SHIFTS: readonly (readonly [days: number, share: number])[] = [
  [-1, 0.12],
  [0, 0.7],
  [1, 0.12],
  [2, 0.04],
  [3, 0.02],
];

const calendar = createHolidayCalendar();

/** Working days that carriers need to a place. */
export function usualDays({ country, region }: Pick<Place, "country" | "region">, express: boolean): number {
  if (country !== "US") {
    if (express) return EXPRESS_DAYS.abroad;
    return country === "CA" ? ABROAD_DAYS.neighbour : ABROAD_DAYS.elsewhere;
  }
  const ground = NEAR.has(region) ? 2 : MIDDLE.has(region) ? 3 : 4;
  return express ? Math.min(EXPRESS_DAYS.home, ground) : ground;
}

/** Whether a carrier's vans are out: never on Sundays and holidays, on Saturdays only the post's. */
export function vansAreOut(
  { company, destination }: Pick<SandboxParcel, "company" | "destination">,
  day: Day,
): boolean {
  const weekday = weekdayOf(day);
  if (weekday === 0 || calendar.isHoliday(destination.country, destination.region || null, day)) return false;
  return weekday !== 6 || company === "USPS";
}

/** The day on which an undisturbed parcel stands at the door: a pure function of the parcel. */
export function doorDay(parcel: SandboxParcel): Day {
  const { day: labelled } = localMoment(parcel.destination.zone, new Date(parcel.createdAt));
  let left = Math.max(1, usualDays(parcel.destination, parcel.express === true) + shiftOf(parcel.trackingNumber));
  let day = labelled;
  while (left > 0) {
    day += 1;
    if (vansAreOut(parcel, day)) left -= 1;
  }
  return day;
}

function shiftOf(trackingNumber: string): number {
  let rest = fractionOf(`days:${trackingNumber}`);
  for (const [days, share] of SHIFTS) {
    rest -= share;
    if (rest < 0) return days;
  }
  return 0;
}
