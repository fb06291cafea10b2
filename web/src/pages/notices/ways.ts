/** Where something can be done about what a notice is about. */
export const PAGES = {
  case: '/',
  certificate: '/people',
  call: '/calls',
  webhook: '/integrations',
  shiftList: '/change-of-shift',
} as const;
