/** One weekly duty: weekday 1 = Monday … 7 = Sunday; minutes after local midnight; an end not after the begin is on the next day. */
export interface Shift {
  weekday: number;
  fromMinute: number;
  toMinute: number;
}
