/** How a case calls the one it was joined to, that one its members, and both an outage they belong to. */
export const LEAD = 'joinedTo';
export const MEMBER = 'member';
export const INCIDENT = 'incident';
