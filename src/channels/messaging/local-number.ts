/** A mobile number of mainland China without its country's code; any other number as it is. */
export const localNumber = (digits: string): string => digits.replace(/^\+?(?:00)?86(?=1\d{10}$)/, '');
