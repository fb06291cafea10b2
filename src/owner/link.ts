import { caseOfLink, createCaseLink } from '#directory/account/case-link.ts';
import type { Db } from '#directory/within.ts';
import type { Instant } from '#kernel/instant.ts';

/** Makes a new unguessable path to a case's page. Only its hash is kept, so it can be shown this once; a case may have many. */
export async function createOwnerLink(db: Db, tenant: string, caseId: string, now: Instant): Promise<string> {
  return `/o/c/${await createCaseLink(db, tenant, caseId, { now })}`;
}

/** The case behind a link; null when it is wrong, has expired or was revoked. */
export const resolveOwnerLink = caseOfLink;
